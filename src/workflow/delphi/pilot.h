// A pilot: a few test seats try the questionnaire before the first round. Their cards are of round 0, which no result, count, export or rule ever reads.
// A new set of questions starts the pilot anew; opening the first round ends it.
#pragma once

#include <string>
#include <string_view>

#include "workflow/delphi/desk.h"

namespace jianwei::workflow {

// Errors: conflict  a round has been opened already, or the study is over
Result<DelphiStudy> set_pilot(Delphi& delphi, std::string_view study, bool open, std::string_view actor);

// How the questionnaire fares: {"open","seats","consented","started","finished","seconds_a_card","minutes_a_seat","dont_know_share","skipped_share",
//  "items":[{"item","zh","en","cards","seconds","questions":[{"question","answered","dont_know","skipped"}]}],"questions":[the same over all items]}
// Of a card counts what its seat saved last. Time of a card: from the seat's save before it (of whatever card, or consent) to its own, summed over its saves; medians over
// seats and cards. Pauses of more than 15 minutes are left out. "skipped": a question of a saved card without an answer; a card never saved is told by "cards" alone.
Result<std::string> pilot_json(Delphi& delphi, const DelphiStudy& study);

}  // namespace jianwei::workflow

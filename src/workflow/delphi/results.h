// A study's results as JSON: the funnel, the consensus table, subgroups, the dissent report.
// Nothing here says who sits on a seat; figures of fewer people than the small cell are left out, and what would give them away with them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/progress.h"
#include "workflow/delphi/desk.h"

namespace jianwei::workflow {

// {"invited":n,"consented":n,"started":n,"finished":n,"by":{"sector":[{"value":"academia","invited":n,"finished":n}, ...]}}: of the current round. Small groups are put together
// as "(other)"; finished: every item the seat may judge has a card.
Result<std::string> funnel_json(Delphi& delphi, const DelphiStudy& study);

// {"round":n,"live":bool,"withheld":n,"pending":n,"items":[{"item","field","zh","en","state","result":to_json(ItemResult)}]}: stored at the end of a round; live while it is open (item_results.h: live_cards), and as they were last from its
// closing to its analysis. Items of fewer cards than may be shown are counted in "withheld"; a look at a large
// open round measures for a second, what is left is "pending" for the next one.
Result<std::string> results_json(Delphi& delphi, const DelphiStudy& study, std::int64_t round, Progress& progress);

// One item, split by an attribute of the seats: {"attribute","groups":[{"value","result"}],"hidden":n}. A group that may not be shown is counted in "hidden": all of them while the round is open.
Result<std::string> subgroups_json(Delphi& delphi, const DelphiStudy& study, std::string_view item, std::int64_t round, std::string_view attribute);

// Items with two camps, stable dissent or a minority that knows better, with the arguments of each side.
Result<std::string> dissent_json(Delphi& delphi, const DelphiStudy& study, std::int64_t round, Progress& progress);

}  // namespace jianwei::workflow

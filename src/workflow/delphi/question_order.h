// Which questions to ask first in an open round, and what that order would have saved in one that is over (docs/methods/active_questions.md).
#pragma once

#include <cstdint>
#include <string>

#include "base/progress.h"
#include "workflow/delphi/desk.h"

namespace jianwei::workflow {

// {"study","round","certainty","undecided":n,"questions":[{"item","seat","value"}],"items":[{"item","zh","en","answered","due","decided","in","out","value"}]}: seats as codes.
// Probabilities of an item with fewer answers than the small cell are null. Errors: conflict  no round is open
Result<std::string> next_questions_json(Delphi& delphi, const DelphiStudy& study, std::int32_t limit, Progress& progress);

// {"study","round","questions":n,"active_needed","random_needed","random_needed_low","random_needed_high","saved","stopped_at","right_when_stopped",
//  "points":[{"asked","active","random","random_low","random_high"}]}. Errors: conflict  the round is not closed yet, or does not exist
Result<std::string> replay_json(Delphi& delphi, const DelphiStudy& study, std::int64_t round, Progress& progress);

}  // namespace jianwei::workflow

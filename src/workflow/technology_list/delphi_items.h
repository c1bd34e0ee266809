// A Delphi study about the entries of a technology list: each item's origin names its entry, topic, records and authors, so that answers find their way back.
#pragma once

#include <string>
#include <string_view>

#include "workflow/delphi/desk.h"
#include "workflow/technology_list/technology_list.h"

namespace jianwei::workflow {

// Adds the accepted entries (without any: the candidates) that the study does not ask about yet. `study` "" makes one of the list's title with the national questionnaire. Gives the study's id.
// Errors: not_found; conflict  a round is open; invalid_input  the list is empty
Result<std::string> ask_about_list(Delphi& delphi, const Longlist& list, std::string_view study, std::string_view actor);

}  // namespace jianwei::workflow

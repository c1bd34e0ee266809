// Named lists of key technologies: terms or topics that every issue of a series follows. Events in WS/routine.db, append-only.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "workflow/report/report.h"
#include "workflow/watch/watch.h"
#include "workflow/workspace.h"

namespace jianwei::workflow {

// Alive, by name.
Result<std::vector<TechnologyList>> technology_lists(const Workspace& workspace);

// Adds the units to the list; makes it when there is none. Errors: invalid_input  no name, no unit, no reason
Result<TechnologyList> add_technologies(Workspace& workspace, std::string_view name, const std::vector<std::string>& units, const Decision& decision);

// Takes the units off; without units, the whole list. Errors: not_found  no such list or unit; invalid_input  no reason
Result<> remove_technologies(Workspace& workspace, std::string_view name, const std::vector<std::string>& units, const Decision& decision);

}  // namespace jianwei::workflow

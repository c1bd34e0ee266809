// Routes of the expert library (/w/{ws}/experts), technology lists (/w/{ws}/longlists), selections and look-back.
#pragma once

#include <memory>

#include "server/experts/desks.h"
#include "server/services.h"

namespace jianwei::server {

void add_expert_routes(Router& router, Services& services);

void add_library_routes(Router& router, Services& services, const std::shared_ptr<ExpertDesks>& desks);
void add_technology_routes(Router& router, Services& services, const std::shared_ptr<ExpertDesks>& desks);
void add_table_routes(Router& router, Services& services, const std::shared_ptr<ExpertDesks>& desks);  // imports

// Who sees people, and who decides on them.
inline constexpr RoleSet kExpertReaders = {Role::moderator, Role::curator, Role::analyst, Role::admin};
inline constexpr RoleSet kExpertDeciders = {Role::moderator, Role::curator};

}  // namespace jianwei::server

// Routes of Delphi studies: the moderator's (/w/{ws}/delphi/...; of seats: links, who is missing, reminders, pilots), signed in with a role; the panel's (/w/{ws}/panel/...), opened by the secret of a link.
#pragma once

#include <memory>

#include "server/delphi/studies.h"
#include "server/services.h"

namespace jianwei::server {

void add_delphi_routes(Router& router, Services& services);

void add_moderator_routes(Router& router, Services& services, const std::shared_ptr<DelphiStudies>& studies);
void add_seat_routes(Router& router, Services& services, const std::shared_ptr<DelphiStudies>& studies);
void add_panel_routes(Router& router, Services& services, const std::shared_ptr<DelphiStudies>& studies);

}  // namespace jianwei::server

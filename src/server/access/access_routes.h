// Routes of accounts: /session, /setup, /password, /users, /tokens, /audit.
#pragma once

#include "server/services.h"

namespace jianwei::server {

void add_access_routes(Router& router, Services& services);
void add_session_routes(Router& router, Services& services);
void add_user_routes(Router& router, Services& services);
void add_audit_routes(Router& router, Services& services);

// Signs a user in: cookie, and the JSON of GET /session. Also used by single sign-on.
Result<Response> signed_in_response(Services& services, const Request& request, const store::UserRow& user, int status);

}  // namespace jianwei::server

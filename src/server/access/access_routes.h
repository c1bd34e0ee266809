// Routes of accounts: /session, /setup, /password, /users, /tokens, /audit.
#pragma once

#include "server/services.h"

namespace jianwei::server {

void add_access_routes(Router& router, Services& services);
void add_session_routes(Router& router, Services& services);
void add_user_routes(Router& router, Services& services);
void add_sign_on_routes(Router& router, Services& services);
void add_audit_routes(Router& router, Services& services);

// Who our proxy says is asking, when its secret is right. Such a visitor gets a session at GET /session.
std::optional<Visitor> proxy_visitor(const Services& services, const Request& request);

// Enters a sign-in or a failed one in the audit log.
Result<> note_sign_in(Services& services, const Request& request, std::string_view action, std::string_view user_id, std::string_view name, std::int64_t status);

// Signs a user in: cookie, and the JSON of GET /session.
Result<Response> signed_in_response(Services& services, const Request& request, const store::UserRow& user, int status);

}  // namespace jianwei::server

// From a request to an answer: route, caller, roles, limits, handler, audit, headers, log. The order is that of App::answer().
#pragma once

#include <optional>

#include "server/access/idempotency.h"
#include "server/access/rate_limit.h"
#include "server/http/router.h"
#include "server/http/static_files.h"
#include "server/services.h"

namespace jianwei::server {

class App {
 public:
  App(Services& services, StaticFiles pages);

  Response answer(Request&& request);
  const Router& router() const { return router_; }

 private:
  Response answer_page(const Request& request) const;
  Response answer_api(Request& request);
  Result<Caller> find_caller(const Request& request, const Route& route);
  std::optional<Response> refuse(const Request& request, const Route& route) const;
  std::optional<Response> slow_down(const Request& request);
  Result<> enter_audit(const Request& request, const Response& response);

  Services& services_;
  const StaticFiles pages_;
  Router router_;
  Idempotency idempotency_;
  RateLimit users_, addresses_;
};

// Every route of the program.
void add_all_routes(Router& router, Services& services);

}  // namespace jianwei::server

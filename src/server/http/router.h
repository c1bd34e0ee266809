// The table of routes: method, path with {parameters}, the roles it takes, and the handler.
//
// A literal segment goes before a parameter, so that /topics/history and /topics/{id} can stand side by side.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "server/http/message.h"

namespace jianwei::server {

using Handler = std::function<Result<Response>(const Request&)>;

// What a route asks beyond roles.
struct RouteOptions {
  std::size_t max_body_bytes = std::size_t{1} << 20;
  bool json_body = true;      // of POST, PUT, PATCH: application/json; false: any bytes
  bool audited = true;        // unsafe requests are entered in the audit log
  bool feed = false;          // GET: takes ?token= of scope feed, for readers of feeds that send no headers
  bool idempotent = false;    // POST takes Idempotency-Key: the same key again gives the first answer again
};

struct Route {
  Method method = Method::get;
  std::string path;           // "/api/v1/w/{ws}/topics/{id}"
  RoleSet roles;              // one of them is needed; kEveryone: none, not even a sign-in
  Handler handler;
  RouteOptions options;
  std::vector<std::string> segments;
};

class Router {
 public:
  void add(Method method, std::string path, RoleSet roles, Handler handler, RouteOptions options = {});
  void get(std::string path, RoleSet roles, Handler handler, RouteOptions options = {}) { add(Method::get, std::move(path), roles, std::move(handler), options); }
  void post(std::string path, RoleSet roles, Handler handler, RouteOptions options = {}) { add(Method::post, std::move(path), roles, std::move(handler), options); }
  void put(std::string path, RoleSet roles, Handler handler, RouteOptions options = {}) { add(Method::put, std::move(path), roles, std::move(handler), options); }
  void patch(std::string path, RoleSet roles, Handler handler, RouteOptions options = {}) { add(Method::patch, std::move(path), roles, std::move(handler), options); }
  void remove(std::string path, RoleSet roles, Handler handler, RouteOptions options = {}) { add(Method::remove, std::move(path), roles, std::move(handler), options); }

  struct Match {
    const Route* route = nullptr;     // null: no route of this method
    bool path_known = false;          // another method has the path
    Fields parameters;
  };
  Match find(Method method, std::string_view path) const;
  const std::vector<Route>& routes() const { return routes_; }

 private:
  std::vector<Route> routes_;
};

}  // namespace jianwei::server

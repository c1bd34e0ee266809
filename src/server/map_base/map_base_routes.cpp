// GET, PUT, DELETE /map-base, GET /map-base/geojson. Putting and removing are entered in the audit log like every unsafe request.
#include "server/map_base/map_base_routes.h"

#include "server/http/answers.h"
#include "server/http/json_body.h"
#include "server/map_base/map_base.h"

namespace jianwei::server {
namespace {

Result<Response> install(Services& services, const Request& request) {
  const JsonBody body = TRY(JsonBody::parse(request));
  TRY(body.only({"approval", "name", "geojson"}));
  const std::string approval = TRY(body.text("approval"));
  const std::string name = TRY(body.text_or("name", ""));
  if (!body.has("geojson")) return fail(ErrorKind::invalid_input, "geojson: is missing");
  TRY(body.object_or_empty("geojson"));
  return json_response(to_json(TRY(install_map_base(services.state, body.raw_or_empty("geojson"), approval, name, request.caller.name))), 201);
}

}  // namespace

void add_map_base_routes(Router& router, Services& services) {
  const std::string base = "/api/v1/map-base";
  // Who may mend a file that is not what was installed is told of it here; others when they fetch it. Hashing megabytes for every page would be a waste.
  router.get(base, kReaders, [&services](const Request& request) -> Result<Response> {
    const bool checks = request.caller.roles.has(Role::admin);
    return json_response(to_json(TRY(checks ? installed_map_base(services.state) : read_map_base_about(services.state))));
  });
  router.get(base + "/geojson", kReaders, [&services](const Request& request) -> Result<Response> {
    const auto installed = TRY(read_map_base_about(services.state));
    return if_changed(request, installed ? installed->sha256 : "none", [&]() -> Result<Response> {
      Response response;
      response.content_type = "application/geo+json";
      response.body = TRY(read_map_base(services.state));
      return response;
    });
  });
  router.put(base, kAdmins, [&services](const Request& request) { return install(services, request); }, {.max_body_bytes = kMaxMapBytes + 4096});
  router.remove(base, kAdmins, [&services](const Request&) -> Result<Response> {
    TRY(remove_map_base(services.state));
    return empty_response();
  });
}

}  // namespace jianwei::server

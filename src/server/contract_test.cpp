// The table of routes against openapi.yaml: the same methods, paths and roles, in both directions.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>

#include "base/source_dir.h"
#include "base/strings.h"
#include "server/access/secrets.h"
#include "server/app.h"

namespace jianwei::server {
namespace {

// "GET /path" -> "admin,auditor", "" where nobody needs to sign in. The file is read by its indentation: paths at 2, methods at 4, x-roles at 6.
std::map<std::string, std::string> read_contract() {
  std::map<std::string, std::string> routes;
  std::ifstream file(std::filesystem::path(kSourceDir) / "src/server/openapi.yaml");
  std::string line, path, route;
  bool in_paths = false;
  while (std::getline(file, line)) {
    if (!line.empty() && line[0] != ' ') in_paths = line == "paths:";
    if (!in_paths) continue;
    if (line.starts_with("  /")) path = std::string(trim(line.substr(0, line.rfind(':'))));
    for (const std::string_view method : {"get", "post", "put", "patch", "delete"}) {
      if (line != fmt::format("    {}:", method)) continue;
      std::string upper(method);
      for (char& c : upper) c = static_cast<char>(c - 'a' + 'A');
      route = upper + " " + path;
      routes[route] = "no security and no x-roles";
    }
    if (line.starts_with("      security:")) routes[route] = "";  // nothing, or a secret that the handler itself looks at
    if (line.starts_with("      x-roles: [")) routes[route] = to_string(parse_roles(line.substr(16, line.find(']') - 16)).value());
  }
  return routes;
}

TEST(Contract, NamesEveryRouteWithItsRoles) {
  const std::filesystem::path state = std::filesystem::temp_directory_path() / ("jianwei-contract-" + random_hex(12));
  std::filesystem::create_directories(state);
  const auto database = store::ServerDb::open(state / "server.db").value();
  const auto accounts = Accounts::open(*database, state).value();
  const auto workspaces = WorkspaceCache::open({}).value();
  EventBus events;
  JobQueue jobs(*database, events, job_kinds());
  Metrics metrics;
  const ServerSettings sign_on;
  Services services{state, "", 100, *database, *accounts, *workspaces, events, jobs, metrics, sign_on, nullptr};
  Router router;
  add_all_routes(router, services);

  std::map<std::string, std::string> table;
  for (const Route& route : router.routes()) table[fmt::format("{} {}", to_string(route.method), route.path)] = to_string(route.roles);
  const auto contract = read_contract();
  EXPECT_GT(contract.size(), 10u);
  for (const auto& [route, roles] : table) {
    const auto found = contract.find(route);
    if (found == contract.end()) {
      ADD_FAILURE() << route << " is not in src/server/openapi.yaml";
    } else {
      EXPECT_EQ(found->second, roles) << route;
    }
  }
  for (const auto& [route, roles] : contract) EXPECT_TRUE(table.contains(route)) << route << " is in openapi.yaml, but is no route";
  std::filesystem::remove_all(state);
}

}  // namespace
}  // namespace jianwei::server

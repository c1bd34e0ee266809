// What handlers may use. One of each a server.
#pragma once

#include <filesystem>
#include <string>

#include "server/access/accounts.h"
#include "server/access/oidc.h"
#include "server/events.h"
#include "server/http/router.h"
#include "server/jobs/queue.h"
#include "server/metrics.h"
#include "server/workspaces.h"
#include "store/server_db.h"

namespace jianwei::server {

struct Services {
  std::filesystem::path state;    // of the server: server.db, uploads/
  std::string public_url;         // as browsers see us, without a slash at the end; "" = as they ask
  double requests_per_second;     // of one user
  store::ServerDb& database;
  Accounts& accounts;
  WorkspaceCache& workspaces;
  EventBus& events;
  JobQueue& jobs;
  Metrics& metrics;
  const ServerSettings& sign_on;
  Oidc* oidc;                     // null: not set up

  bool secure() const { return public_url.starts_with("https://"); }
};

}  // namespace jianwei::server

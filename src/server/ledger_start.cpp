#include "server/ledger_start.h"

#include "server/log.h"
#include "store/ledger_place.h"

namespace jianwei::server {

Result<> place_ledger(const std::filesystem::path& workspace, const std::string& database) {
  const std::filesystem::path app_db = workspace / "app.db";
  if (database.empty() || !TRY(store::ledger_place(app_db)).location.empty()) return {};
  if (TRY(store::ledger_state(app_db)).count == 0) {
    TRY(store::move_ledger(app_db, database));
    return {};
  }
  log_event("warning", "judgements in the workspace",
            std::move(log_fields().field("workspace", workspace.filename().string()).field("remedy", "jianwei judge place WS --to " + store::shown_location(database))));
  return {};
}

}  // namespace jianwei::server

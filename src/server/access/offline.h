// Accounts and the audit log of a state folder without its server: for the command line, beside a running server or not.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "server/access/accounts.h"
#include "server/access/audit.h"
#include "server/map_base/map_base.h"

namespace jianwei::server {

struct OfflineState {
  std::filesystem::path folder;
  std::unique_ptr<store::ServerDb> database;
  std::unique_ptr<Accounts> accounts;
};

// Errors: not_found  there is no server.db in the folder: names the one looked for
Result<OfflineState> open_state(const std::filesystem::path& state);

// Each is entered in the audit log as done by `by` on the command line.
Result<store::UserRow> add_user_offline(OfflineState& state, const NewUser& user, std::string_view by);
Result<> set_password_offline(OfflineState& state, std::string_view name, std::string_view password, std::string_view by);
Result<> set_roles_offline(OfflineState& state, std::string_view name, RoleSet roles, std::string_view by);
Result<> set_disabled_offline(OfflineState& state, std::string_view name, bool disabled, std::string_view by);
Result<MapBase> install_map_offline(OfflineState& state, std::string_view geojson, std::string_view approval, std::string_view name, std::string_view by);
Result<> remove_map_offline(OfflineState& state, std::string_view by);

}  // namespace jianwei::server

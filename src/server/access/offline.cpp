#include "server/access/offline.h"

#include "base/strings.h"
#include "server/access/secrets.h"
#include "server/access/sign_on.h"

namespace jianwei::server {
namespace {

Result<> enter(OfflineState& state, std::string_view by, std::string_view action, std::string_view target) {
  return append_audit(*state.database, {.user_name = std::string(by), .address = "command line", .action = std::string(action), .target = std::string(target), .status = 200});
}

Result<store::UserRow> find(OfflineState& state, std::string_view name) {
  auto user = TRY(state.database->user_by_name(to_lower_ascii(trim(name))));
  if (!user) return fail(ErrorKind::not_found, "no user \"{}\"; `jianwei users list` shows them", name);
  return *user;
}

}  // namespace

Result<OfflineState> open_state(const std::filesystem::path& folder) {
  std::error_code ignored;
  const ServerSettings settings = TRY(read_settings(folder / "server.toml"));
  if (settings.database.empty() && !std::filesystem::exists(folder / "server.db", ignored)) return fail(ErrorKind::not_found, "{}: no server.db there; give the folder that `jianwei serve --state` uses (WS/server unless said otherwise)", folder.string());
  OfflineState state;
  state.folder = folder;
  state.database = TRY(store::ServerDb::open(database_location(settings, folder)));
  state.accounts = TRY(Accounts::open(*state.database, folder));
  return state;
}

Result<store::UserRow> add_user_offline(OfflineState& state, const NewUser& user, std::string_view by) {
  store::UserRow row = TRY(state.accounts->add_user(user));
  TRY(enter(state, by, "add_user", row.name));
  return row;
}

Result<> set_password_offline(OfflineState& state, std::string_view name, std::string_view password, std::string_view by) {
  const store::UserRow user = TRY(find(state, name));
  TRY(state.accounts->set_password(user.id, password, ""));
  return enter(state, by, "set_password", user.name);
}

Result<> set_roles_offline(OfflineState& state, std::string_view name, RoleSet roles, std::string_view by) {
  store::UserRow user = TRY(find(state, name));
  if (roles.empty()) return fail(ErrorKind::invalid_input, "roles: give at least one of {}", to_string(kReaders));
  user.roles = to_string(roles);
  TRY(state.database->update_user(user));
  return enter(state, by, "set_roles " + user.roles, user.name);
}

Result<> set_disabled_offline(OfflineState& state, std::string_view name, bool disabled, std::string_view by) {
  store::UserRow user = TRY(find(state, name));
  user.disabled = disabled;
  TRY(state.database->update_user(user));
  return enter(state, by, disabled ? "disable" : "enable", user.name);
}

Result<MapBase> install_map_offline(OfflineState& state, std::string_view geojson, std::string_view approval, std::string_view name, std::string_view by) {
  MapBase base = TRY(install_map_base(state.folder, geojson, approval, name, by));
  TRY(enter(state, by, "install_map " + base.approval, base.sha256));
  return base;
}

Result<> remove_map_offline(OfflineState& state, std::string_view by) {
  TRY(remove_map_base(state.folder));
  return enter(state, by, "remove_map", "map-base");
}

}  // namespace jianwei::server

#include "server/access/sign_on.h"

#include <algorithm>

#include "base/strings.h"
#include "base/toml.h"
#include "store/sql_database.h"

namespace jianwei::server {
namespace {

Result<RoleSet> read_roles(const toml::node_view<const toml::node>& node, std::string_view key) {
  RoleSet roles;
  if (!node) return roles;
  if (const toml::array* list = node.as_array()) {
    for (const auto& item : *list) {
      const auto name = item.value<std::string>();
      if (!name) return fail(ErrorKind::invalid_input, "{}: must be a list of roles", key);
      for (const Role role : kAllRoles) {
        if (TRY(parse_roles(*name)).has(role)) roles = roles.with(role);
      }
    }
    return roles;
  }
  return fail(ErrorKind::invalid_input, "{}: must be a list of roles", key);
}

Result<RoleMap> read_role_map(const toml::table& section, std::string_view name) {
  RoleMap map;
  map.everybody = TRY(read_roles(toml::node_view<const toml::node>(section.get("roles")), fmt::format("{}.roles", name)));
  if (const toml::table* groups = section["groups"].as_table()) {
    for (const auto& [group, roles] : *groups) map.groups[std::string(group.str())] = TRY(read_roles(toml::node_view<const toml::node>(&roles), fmt::format("{}.groups.{}", name, group.str())));
  }
  return map;
}

// Fields of one section; an unknown key is an error, for a slip must not turn a check off.
class Section {
 public:
  Section(const toml::table& table, std::string_view name) : table_(table), name_(name) {}

  Result<std::string> text(std::string_view key, std::optional<std::string> otherwise) {
    known_.emplace_back(key);
    const auto node = table_[key];
    if (!node) return otherwise ? Result<std::string>(*otherwise) : fail(ErrorKind::invalid_input, "{}.{} is missing", name_, key);
    const auto value = node.value<std::string>();
    if (!value) return fail(ErrorKind::invalid_input, "{}.{}: must be a string", name_, key);
    return *value;
  }
  Result<bool> flag(std::string_view key, bool otherwise) {
    known_.emplace_back(key);
    const auto node = table_[key];
    if (node && !node.is_boolean()) return fail(ErrorKind::invalid_input, "{}.{}: must be true or false", name_, key);
    return node.value_or(otherwise);
  }
  Result<RoleMap> roles() {
    known_.emplace_back("roles");
    known_.emplace_back("groups");
    return read_role_map(table_, name_);
  }
  Result<> nothing_else() const {
    for (const auto& [key, value] : table_) {
      if (std::find(known_.begin(), known_.end(), key.str()) == known_.end()) return fail(ErrorKind::invalid_input, "{}.{} is not known", name_, key.str());
    }
    return {};
  }

 private:
  const toml::table& table_;
  const std::string name_;
  std::vector<std::string> known_;
};

Result<std::string> read_database(const toml::table& table) {
  Section section(table, "database");
  const std::string url = TRY(section.text("url", std::nullopt));
  TRY(section.nothing_else());
  if (!store::SqlDatabase::is_server(url)) return fail(ErrorKind::invalid_input, "database.url: must start with postgresql://");
  return url;
}

Result<std::filesystem::path> read_workspaces(const toml::table& table) {
  Section section(table, "workspaces");
  std::filesystem::path folder = TRY(section.text("folder", std::nullopt));
  TRY(section.nothing_else());
  std::error_code error;
  if (!folder.is_absolute() || !std::filesystem::is_directory(folder, error)) return fail(ErrorKind::invalid_input, "workspaces.folder: {} is no folder; make it, and give its whole path", folder.string());
  return folder;
}

Result<ProxySignOn> read_proxy(const toml::table& table) {
  Section section(table, "proxy");
  ProxySignOn proxy;
  proxy.user_header = to_lower_ascii(TRY(section.text("user_header", std::nullopt)));
  proxy.groups_header = to_lower_ascii(TRY(section.text("groups_header", "")));
  proxy.secret_header = to_lower_ascii(TRY(section.text("secret_header", "X-Proxy-Secret")));
  proxy.secret = TRY(section.text("secret", std::nullopt));
  if (proxy.secret.size() < 20) return fail(ErrorKind::invalid_input, "proxy.secret: at least 20 characters, which the proxy sends as {}", proxy.secret_header);
  proxy.roles = TRY(section.roles());
  TRY(section.nothing_else());
  return proxy;
}

Result<OidcSettings> read_oidc(const toml::table& table) {
  Section section(table, "oidc");
  OidcSettings oidc;
  oidc.issuer = TRY(section.text("issuer", std::nullopt));
  oidc.client_id = TRY(section.text("client_id", std::nullopt));
  oidc.client_secret = TRY(section.text("client_secret", ""));
  oidc.label = TRY(section.text("label", "OpenID Connect"));
  oidc.name_claim = TRY(section.text("name_claim", oidc.name_claim));
  oidc.groups_claim = TRY(section.text("groups_claim", oidc.groups_claim));
  oidc.scope = TRY(section.text("scope", oidc.scope));
  oidc.allow_http = TRY(section.flag("allow_http", false));
  if (!oidc.issuer.starts_with("https://") && !oidc.allow_http) return fail(ErrorKind::invalid_input, "oidc.issuer: must start with https://");
  oidc.roles = TRY(section.roles());
  TRY(section.nothing_else());
  return oidc;
}

Result<LdapSettings> read_ldap(const toml::table& table) {
  Section section(table, "ldap");
  LdapSettings ldap;
  ldap.url = TRY(section.text("url", std::nullopt));
  ldap.start_tls = TRY(section.flag("start_tls", true));
  ldap.allow_plain = TRY(section.flag("allow_plain", false));
  ldap.bind_dn = TRY(section.text("bind_dn", ""));
  ldap.bind_password = TRY(section.text("bind_password", ""));
  ldap.base = TRY(section.text("base", std::nullopt));
  ldap.filter = TRY(section.text("filter", ldap.filter));
  ldap.group_attribute = TRY(section.text("group_attribute", ldap.group_attribute));
  ldap.name_attribute = TRY(section.text("name_attribute", ldap.name_attribute));
  if (ldap.filter.find("{}") == std::string::npos) return fail(ErrorKind::invalid_input, "ldap.filter: must hold {{}} where the name goes");
  if (!ldap.url.starts_with("ldaps://") && !ldap.start_tls && !ldap.allow_plain) return fail(ErrorKind::invalid_input, "ldap.url: without ldaps:// or start_tls passwords would be sent in clear text");
  ldap.roles = TRY(section.roles());
  TRY(section.nothing_else());
  return ldap;
}

}  // namespace

RoleSet RoleMap::roles_of(std::span<const std::string> member_of) const {
  RoleSet roles = everybody;
  for (const std::string& group : member_of) {
    const auto found = groups.find(group);
    if (found == groups.end()) continue;
    for (const Role role : kAllRoles) {
      if (found->second.has(role)) roles = roles.with(role);
    }
  }
  return roles;
}

Result<ServerSettings> read_settings(const std::filesystem::path& file) {
  ServerSettings settings;
  std::error_code ignored;
  if (!std::filesystem::exists(file, ignored)) return settings;
  toml::table root;
  try {
    root = toml::parse_file(file.string());
  } catch (const toml::parse_error& error) {
    return fail(ErrorKind::invalid_input, "{}:{}: not TOML: {}", file.string(), error.source().begin.line, error.description());
  } catch (const std::invalid_argument& error) {
    return fail(ErrorKind::invalid_input, "{}: {}", file.string(), error.what());
  }
  const auto named = [&](Error error) { return tl::unexpected<Error>(Error{error.kind, fmt::format("{}: {}", file.string(), error.message)}); };
  for (const auto& [key, value] : root) {
    const toml::table* section = value.as_table();
    Result<> read = section == nullptr ? Result<>(fail(ErrorKind::invalid_input, "{} is not known; known are [database], [workspaces], [proxy], [oidc], [ldap]", key.str())) : Result<>();
    const auto keep = [&](auto& place, auto result) {
      if (result) {
        place = std::move(*result);
      } else {
        read = tl::unexpected(result.error());
      }
    };
    if (read && key == "database") {
      keep(settings.database, read_database(*section));
    } else if (read && key == "workspaces") {
      keep(settings.workspaces, read_workspaces(*section));
    } else if (read && key == "proxy") {
      keep(settings.proxy, read_proxy(*section));
    } else if (read && key == "oidc") {
      keep(settings.oidc, read_oidc(*section));
    } else if (read && key == "ldap") {
      keep(settings.ldap, read_ldap(*section));
    } else if (read) {
      read = fail(ErrorKind::invalid_input, "[{}] is not known; known are [database], [workspaces], [proxy], [oidc], [ldap]", key.str());
    }
    if (!read) return named(read.error());
  }
  return settings;
}

std::string database_location(const ServerSettings& settings, const std::filesystem::path& state) { return settings.database.empty() ? (state / "server.db").string() : settings.database; }

}  // namespace jianwei::server

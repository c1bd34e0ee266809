// Single sign-on, all of it off unless <state>/server.toml turns it on: OpenID Connect, a header set by a proxy, LDAP. docs/operations.md shows the file.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "server/access/roles.h"

namespace jianwei::server {

// Roles of people from elsewhere: those of everybody, and more by the groups they are in there.
struct RoleMap {
  RoleSet everybody;
  std::map<std::string, RoleSet> groups;

  // With groups in the map the roles follow them at every sign-in; without, an admin may change them later.
  bool follows_groups() const { return !groups.empty(); }
  RoleSet roles_of(std::span<const std::string> member_of) const;
};

struct ProxySignOn {
  std::string user_header, groups_header;    // lower case
  std::string secret_header, secret;         // what proves that our proxy wrote them
  RoleMap roles;
};

struct OidcSettings {
  std::string issuer, client_id, client_secret;
  std::string label;                         // of the button
  std::string name_claim = "preferred_username", groups_claim = "groups", scope = "openid profile email";
  bool allow_http = false;                   // an issuer without TLS: for tests on one machine
  RoleMap roles;
};

struct LdapSettings {
  std::string url;                           // ldaps://..., or ldap://... with start_tls
  bool start_tls = true;
  bool allow_plain = false;                  // passwords in clear text on the wire: for tests on one machine
  std::string bind_dn, bind_password;        // to search with; "" = anonymous
  std::string base, filter = "(uid={})";     // {}: the name, escaped
  std::string group_attribute = "memberOf", name_attribute = "cn";
  RoleMap roles;
};

// What <state>/server.toml says.
struct ServerSettings {
  std::string database;              // [database] url: where people, jobs and the audit log are kept; "" = server.db beside the file
  std::filesystem::path workspaces;  // [workspaces] folder: where people make new ones; "" = nowhere. Those in it are served, too
  std::optional<ProxySignOn> proxy;
  std::optional<OidcSettings> oidc;
  std::optional<LdapSettings> ldap;
};

// An absent file turns nothing on and keeps everything in server.db. Errors: invalid_input  names the file and the key
Result<ServerSettings> read_settings(const std::filesystem::path& file);

// Where the server's database is: that of the settings, else the file in the state folder.
std::string database_location(const ServerSettings& settings, const std::filesystem::path& state);

// Somebody whom another system vouches for.
struct Visitor {
  std::string origin;                        // oidc, ldap, proxy
  std::string subject;                       // lasting id there
  std::string name, display_name;
  std::vector<std::string> groups;
};

}  // namespace jianwei::server

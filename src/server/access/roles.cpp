#include "server/access/roles.h"

#include "base/strings.h"

namespace jianwei::server {

std::string_view to_string(Role role) {
  constexpr std::string_view kNames[] = {"viewer", "analyst", "expert", "moderator", "curator", "admin", "auditor"};
  return kNames[static_cast<std::size_t>(role)];
}

std::string to_string(RoleSet roles) {
  std::string text;
  for (const Role role : kAllRoles) {
    if (!roles.has(role)) continue;
    if (!text.empty()) text += ',';
    text += to_string(role);
  }
  return text;
}

Result<RoleSet> parse_roles(std::string_view text) {
  RoleSet roles;
  for (const std::string& name : split_trimmed(text, ",")) {
    bool known = false;
    for (const Role role : kAllRoles) {
      if (name != to_string(role)) continue;
      roles = roles.with(role);
      known = true;
    }
    if (!known) return fail(ErrorKind::invalid_input, "\"{}\" is no role; known are {}", name, to_string(kReaders));
  }
  return roles;
}

}  // namespace jianwei::server

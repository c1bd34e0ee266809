// Passwords checked by an LDAP directory: the entry is searched with our own account, then bound to with the password that was given.
#pragma once

#include <string_view>

#include "server/access/sign_on.h"

namespace jianwei::server {

// Errors: forbidden  no such entry, several, or a wrong password (it does not say which); unavailable  the directory does not answer
Result<Visitor> ldap_sign_in(const LdapSettings& settings, std::string_view name, std::string_view password);

// RFC 4515: what would end or widen a filter is written as \xx.
std::string escape_ldap_filter(std::string_view text);

}  // namespace jianwei::server

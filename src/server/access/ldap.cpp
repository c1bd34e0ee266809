#include "server/access/ldap.h"

#include <ldap.h>

#include <memory>

#include "base/strings.h"

namespace jianwei::server {
namespace {

struct Unbind {
  void operator()(LDAP* connection) const { ldap_unbind_ext_s(connection, nullptr, nullptr); }
};
struct FreeMessage {
  void operator()(LDAPMessage* message) const { ldap_msgfree(message); }
};
using Connection = std::unique_ptr<LDAP, Unbind>;

tl::unexpected<Error> unreachable(const LdapSettings& settings, int code) { return fail(ErrorKind::unavailable, "{}: {}", settings.url, ldap_err2string(code)); }

Result<Connection> connect(const LdapSettings& settings) {
  LDAP* handle = nullptr;
  if (const int code = ldap_initialize(&handle, settings.url.c_str()); code != LDAP_SUCCESS) return unreachable(settings, code);
  Connection connection(handle);
  const int version = LDAP_VERSION3;
  const timeval patience{5, 0};
  ldap_set_option(handle, LDAP_OPT_PROTOCOL_VERSION, &version);
  ldap_set_option(handle, LDAP_OPT_NETWORK_TIMEOUT, &patience);
  ldap_set_option(handle, LDAP_OPT_TIMEOUT, &patience);
  ldap_set_option(handle, LDAP_OPT_REFERRALS, LDAP_OPT_OFF);
  if (settings.start_tls && !settings.url.starts_with("ldaps://")) {
    if (const int code = ldap_start_tls_s(handle, nullptr, nullptr); code != LDAP_SUCCESS) return unreachable(settings, code);
  }
  return connection;
}

int simple_bind(LDAP* connection, const std::string& dn, std::string_view password) {
  std::string copy(password);
  berval credentials{copy.size(), copy.data()};
  return ldap_sasl_bind_s(connection, dn.c_str(), LDAP_SASL_SIMPLE, &credentials, nullptr, nullptr, nullptr);
}

std::vector<std::string> values_of(LDAP* connection, LDAPMessage* entry, const std::string& attribute) {
  std::vector<std::string> values;
  berval** list = ldap_get_values_len(connection, entry, attribute.c_str());
  for (berval** value = list; value != nullptr && *value != nullptr; ++value) values.emplace_back((*value)->bv_val, (*value)->bv_len);
  ldap_value_free_len(list);
  return values;
}

}  // namespace

std::string escape_ldap_filter(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    if (c == '*' || c == '(' || c == ')' || c == '\\' || c == '\0') {
      escaped += fmt::format("\\{:02x}", static_cast<unsigned>(static_cast<unsigned char>(c)));
    } else {
      escaped += c;
    }
  }
  return escaped;
}

Result<Visitor> ldap_sign_in(const LdapSettings& settings, std::string_view name, std::string_view password) {
  const auto refused = [] { return fail(ErrorKind::forbidden, "name or password is wrong"); };
  // A bind without a password is anonymous and succeeds for everybody.
  if (password.empty() || name.empty() || name.size() > 200) return refused();
  const Connection connection = TRY(connect(settings));
  if (const int code = simple_bind(connection.get(), settings.bind_dn, settings.bind_password); code != LDAP_SUCCESS) return unreachable(settings, code);

  const std::string filter = replace_all(settings.filter, "{}", escape_ldap_filter(name));
  std::string name_attribute = settings.name_attribute, group_attribute = settings.group_attribute;
  char* attributes[] = {name_attribute.data(), group_attribute.data(), nullptr};
  LDAPMessage* found = nullptr;
  const int code = ldap_search_ext_s(connection.get(), settings.base.c_str(), LDAP_SCOPE_SUBTREE, filter.c_str(), attributes, 0, nullptr, nullptr, nullptr, 2, &found);
  const std::unique_ptr<LDAPMessage, FreeMessage> result(found);
  if (code == LDAP_NO_SUCH_OBJECT || code == LDAP_SIZELIMIT_EXCEEDED) return refused();
  if (code != LDAP_SUCCESS) return unreachable(settings, code);
  if (ldap_count_entries(connection.get(), result.get()) != 1) return refused();
  LDAPMessage* entry = ldap_first_entry(connection.get(), result.get());
  char* dn = ldap_get_dn(connection.get(), entry);
  Visitor visitor{"ldap", dn == nullptr ? "" : dn, std::string(name), {}, values_of(connection.get(), entry, settings.group_attribute)};
  ldap_memfree(dn);
  const std::vector<std::string> names = values_of(connection.get(), entry, settings.name_attribute);
  visitor.display_name = names.empty() ? visitor.name : names.front();

  const Connection own = TRY(connect(settings));
  const int bound = simple_bind(own.get(), visitor.subject, password);
  if (bound == LDAP_SUCCESS && !visitor.subject.empty()) return visitor;
  if (bound == LDAP_INVALID_CREDENTIALS || bound == LDAP_SUCCESS || bound == LDAP_UNWILLING_TO_PERFORM || bound == LDAP_INAPPROPRIATE_AUTH) return refused();
  return unreachable(settings, bound);
}

}  // namespace jianwei::server

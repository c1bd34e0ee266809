#include "workflow/routine/delivery_settings.h"

#include <algorithm>

#include "base/strings.h"
#include "sources/live/http.h"
#include "workflow/settings_file.h"

namespace jianwei::workflow {
namespace {

Result<> read_texts(const std::string& path, std::string_view table, std::string_view key, const toml::node& value, std::vector<std::string>& into) {
  const toml::array* list = value.as_array();
  if (list != nullptr) {
    for (const toml::node& item : *list) into.push_back(item.value_or<std::string>(""));
  }
  if (into.empty() || std::any_of(into.begin(), into.end(), [](const std::string& text) { return text.empty() || text.find_first_of("\r\n<> ") != std::string::npos; })) {
    return fail(ErrorKind::invalid_input, "{}:{}: \"{}\" of [{}] must be a list of texts without blanks", path, value.source().begin.line, key, table);
  }
  return {};
}

Result<> read_text(const std::string& path, std::string_view table, std::string_view key, const toml::node& value, std::string& into) {
  into = value.value_or<std::string>("");
  if (into.empty() || into.find_first_of("\r\n<> ") != std::string::npos) return fail(ErrorKind::invalid_input, "{}:{}: \"{}\" of [{}] must be a text without blanks", path, value.source().begin.line, key, table);
  return {};
}

Result<MailSettings> read_mail(const std::string& path, const toml::table& table) {
  MailSettings mail;
  for (const auto& [key, value] : table) {
    if (key == "url") TRY(read_text(path, "mail", "url", value, mail.url));
    else if (key == "from") TRY(read_text(path, "mail", "from", value, mail.from));
    else if (key == "user") TRY(read_text(path, "mail", "user", value, mail.user));
    else if (key == "password_variable") TRY(read_text(path, "mail", "password_variable", value, mail.password_variable));
    else if (key == "to") TRY(read_texts(path, "mail", "to", value, mail.to));
    else return fail(ErrorKind::invalid_input, "{}:{}: [mail] has no key \"{}\": url, from, to, user, password_variable", path, value.source().begin.line, key.str());
  }
  if (mail.url.empty() || mail.from.empty() || mail.to.empty()) return fail(ErrorKind::invalid_input, "{}:{}: [mail] needs url, from and to; take it out to send no mail", path, table.source().begin.line);
  if (!mail.url.starts_with("smtp://") && !mail.url.starts_with("smtps://")) return fail(ErrorKind::invalid_input, "{}: the url of [mail] is \"{}\", expected smtp:// or smtps://", path, mail.url);
  return mail;
}

Result<WebhookSettings> read_webhook(const std::string& path, const toml::table& table) {
  WebhookSettings webhook;
  for (const auto& [key, value] : table) {
    if (key == "url") TRY(read_text(path, "webhook", "url", value, webhook.url));
    else if (key == "secret_variable") TRY(read_text(path, "webhook", "secret_variable", value, webhook.secret_variable));
    else if (key == "hosts") TRY(read_texts(path, "webhook", "hosts", value, webhook.hosts));
    else return fail(ErrorKind::invalid_input, "{}:{}: [webhook] has no key \"{}\": url, secret_variable, hosts", path, value.source().begin.line, key.str());
  }
  if (webhook.url.empty() || webhook.secret_variable.empty() || webhook.hosts.empty()) return fail(ErrorKind::invalid_input, "{}:{}: [webhook] needs url, secret_variable and hosts; take it out to call nobody", path, table.source().begin.line);
  const std::string host = sources::host_of(webhook.url);
  if (std::find(webhook.hosts.begin(), webhook.hosts.end(), host) == webhook.hosts.end()) return fail(ErrorKind::invalid_input, "{}: the host \"{}\" of [webhook] is not in its list of hosts: {}", path, host, join(webhook.hosts, ", "));
  if (!webhook.url.starts_with("https://") && !(webhook.url.starts_with("http://") && sources::is_this_machine(host))) return fail(ErrorKind::invalid_input, "{}: the url of [webhook] must be https:// (http:// only to this machine)", path);
  return webhook;
}

}  // namespace

Result<DeliverySettings> delivery_settings(const Workspace& workspace) {
  return read_settings_file<DeliverySettings>(workspace, [](const std::string& path, const toml::table& settings) -> Result<DeliverySettings> {
    DeliverySettings delivery;
    if (const toml::table* mail = settings["mail"].as_table()) delivery.mail = TRY(read_mail(path, *mail));
    if (const toml::table* webhook = settings["webhook"].as_table()) delivery.webhook = TRY(read_webhook(path, *webhook));
    return delivery;
  });
}

}  // namespace jianwei::workflow

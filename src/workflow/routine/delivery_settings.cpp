#include "workflow/routine/delivery_settings.h"

#include <algorithm>

#include "base/file.h"
#include "base/strings.h"
#include "base/toml.h"

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
  const std::string host = host_of(webhook.url);
  if (std::find(webhook.hosts.begin(), webhook.hosts.end(), host) == webhook.hosts.end()) return fail(ErrorKind::invalid_input, "{}: the host \"{}\" of [webhook] is not in its list of hosts: {}", path, host, join(webhook.hosts, ", "));
  if (!webhook.url.starts_with("https://") && !(webhook.url.starts_with("http://") && is_this_machine(host))) return fail(ErrorKind::invalid_input, "{}: the url of [webhook] must be https:// (http:// only to this machine)", path);
  return webhook;
}

}  // namespace

std::string host_of(std::string_view url) {
  const std::size_t start = url.find("://");
  if (start == std::string_view::npos) return "";
  std::string_view rest = url.substr(start + 3);
  rest = rest.substr(0, rest.find_first_of("/?#"));
  if (const std::size_t at = rest.rfind('@'); at != std::string_view::npos) rest.remove_prefix(at + 1);
  if (rest.starts_with('[')) return std::string(rest.substr(0, rest.find(']') + 1));
  return std::string(rest.substr(0, rest.find(':')));
}

// Names like 127.example.org are other machines.
bool is_this_machine(std::string_view host) {
  return host == "localhost" || host == "[::1]" || (host.starts_with("127.") && std::all_of(host.begin(), host.end(), [](char c) { return is_digit(c) || c == '.'; }));
}

Result<DeliverySettings> delivery_settings(const Workspace& workspace) {
  const std::string path = (workspace.root() / "jianwei.toml").string();
  const Result<std::string> text = read_file(path);
  if (!text && text.error().kind == ErrorKind::not_found) return DeliverySettings{};
  if (!text) return tl::unexpected<Error>(text.error());
  try {
    const toml::table settings = toml::parse(*text, path);
    DeliverySettings delivery;
    if (const toml::table* mail = settings["mail"].as_table()) delivery.mail = TRY(read_mail(path, *mail));
    if (const toml::table* webhook = settings["webhook"].as_table()) delivery.webhook = TRY(read_webhook(path, *webhook));
    return delivery;
  } catch (const toml::parse_error& error) {
    return fail(ErrorKind::invalid_input, "{}:{}: {}", path, error.source().begin.line, error.description());
  } catch (const std::invalid_argument& error) {
    return fail(ErrorKind::invalid_input, "{}: {}", path, error.what());
  }
}

}  // namespace jianwei::workflow

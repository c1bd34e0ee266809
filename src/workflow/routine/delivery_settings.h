// Where alerts go: [mail] and [webhook] of jianwei.toml. Without them nothing is sent anywhere.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "workflow/workspace.h"

namespace jianwei::workflow {

struct MailSettings {
  std::string url;                  // smtp://host:port or smtps://host:port; "" = off
  std::string from;
  std::vector<std::string> to;
  std::string user, password_variable;  // environment variable that holds the password
  bool is_set() const { return !url.empty(); }
};

struct WebhookSettings {
  std::string url;                  // "" = off
  std::string secret_variable;      // environment variable that holds the secret of the signature
  std::vector<std::string> hosts;   // the url's host must be one of them
  bool is_set() const { return !url.empty(); }
};

struct DeliverySettings {
  MailSettings mail;
  WebhookSettings webhook;
};

// Errors: invalid_input  names the file and the key: a missing or unknown one, an address with a line break, a host that is not allowed, plain http or smtp without
// TLS to another machine
Result<DeliverySettings> delivery_settings(const Workspace& workspace);

}  // namespace jianwei::workflow

// One request to another server of the house (an identity provider): short, bounded, TLS checked.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "base/result.h"

namespace jianwei::server {

struct HttpCall {
  std::string url;
  std::vector<std::pair<std::string, std::string>> form;  // not empty: POST, else GET
  std::string user, password;                             // HTTP Basic, "" = none
  bool allow_http = false;
};

// The body of an answer with status 200. Errors: unavailable  not reached within ten seconds, another status, more than 1 MiB
Result<std::string> call_http(const HttpCall& call);
std::string form_encode(const std::vector<std::pair<std::string, std::string>>& form);

}  // namespace jianwei::server

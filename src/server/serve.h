// Starts the server and keeps it until it is asked to stop.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "base/progress.h"
#include "base/result.h"

namespace jianwei::server {

struct ServeOptions {
  std::vector<std::filesystem::path> workspaces;
  std::string listen = "127.0.0.1:8080";   // [host:]port; port 0: any free one
  std::filesystem::path state;             // "" = <first workspace>/server
  std::filesystem::path pages;             // "" = share/jianwei/web
  std::string public_url;                  // "https://foresight.example.org", behind a proxy
  bool trust_proxy = false;
  double requests_per_second = 100;        // of one user; half of it of an address when nobody is signed in; four times as many at once
};

struct Started {
  std::string url;                         // to open
  std::string secret;                      // of the first run, "" when there are users
};

// `on_start` is called when requests are answered. Returns when progress.cancelled(), after running requests were answered.
// Errors: not_found  a workspace; invalid_input  listen, public_url; conflict  another server has this state; unavailable  the address is taken
Result<> serve(const ServeOptions& options, const std::function<void(const Started&)>& on_start, Progress& progress);


}  // namespace jianwei::server

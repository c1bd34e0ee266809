// HTTP as a polite guest: one request at a time, spaced per host, retried with growing pauses, bounded in time and size.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/progress.h"
#include "base/result.h"

namespace jianwei::sources {

struct HttpOptions {
  std::string contact;                            // e-mail address or page, sent in the user agent; services ask for it
  int connect_timeout_ms = 15'000;
  int timeout_ms = 120'000;                       // of one answer
  std::size_t max_body_bytes = std::size_t{128} << 20;
  int max_tries = 6;                              // of one request, the first included
  int first_backoff_ms = 1'000;                   // doubled at each failure
  int max_backoff_ms = 64'000;
  int max_retry_after_ms = 600'000;               // a longer Retry-After ends the collection with a clear error
  bool allow_http = false;                        // plain http and redirects to it
  std::string retry_hint = "run again later, the collection goes on where it stopped";  // ends the error of a host that was not reached
};

struct HttpAnswer {
  int status = 0;
  std::string body;
  std::string etag;
  std::string last_modified;
};

using HttpHeaders = std::vector<std::pair<std::string, std::string>>;

class HttpClient {
 public:
  explicit HttpClient(HttpOptions options);
  ~HttpClient();
  HttpClient(const HttpClient&) = delete;
  HttpClient& operator=(const HttpClient&) = delete;

  // One answer of status 200 or 304. Requests to a host start at least `min_interval_ms` apart. Transport errors, 408, 429 and 5xx are
  // tried again, not before Retry-After says so.
  // Errors: unavailable    not reached in max_tries, or asked to wait too long
  //         invalid_input  another status, a body over the limit, a URL that is not https
  //         cancelled      while waiting or reading
  Result<HttpAnswer> get(const std::string& url, const HttpHeaders& headers, int min_interval_ms, Progress& progress);

  // The same for a POST: an answer of status 200. Redirects are not followed: what is sent goes where it was meant to go.
  Result<HttpAnswer> post(const std::string& url, const HttpHeaders& headers, const std::string& body, Progress& progress);

 private:
  struct Attempt;
  Result<HttpAnswer> ask(const std::string& url, const HttpHeaders& headers, const std::string* body, int min_interval_ms, Progress& progress);
  Attempt try_once(const std::string& url, const HttpHeaders& headers, const std::string* body, Progress& progress);
  Result<> wait_until(std::chrono::steady_clock::time_point time, Progress& progress);

  HttpOptions options_;
  void* curl_ = nullptr;  // CURL
  std::map<std::string, std::chrono::steady_clock::time_point> next_start_;  // by host
};

// Percent-encoding of a query value.
std::string url_encode(std::string_view text);

std::string host_of(std::string_view url);      // without port and user; "" = no URL
bool is_this_machine(std::string_view host);    // names like 127.example.org are other machines

}  // namespace jianwei::sources

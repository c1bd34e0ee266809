#include "server/access/http_call.h"

#include <curl/curl.h>

#include <memory>

#include "sources/live/http.h"

namespace jianwei::server {
namespace {

constexpr std::size_t kMaxBytes = std::size_t{1} << 20;

std::size_t take_bytes(char* data, std::size_t size, std::size_t count, void* body) {
  auto& text = *static_cast<std::string*>(body);
  if (text.size() + size * count > kMaxBytes) return 0;
  text.append(data, size * count);
  return size * count;
}

struct Cleanup {
  void operator()(CURL* curl) const { curl_easy_cleanup(curl); }
};

}  // namespace

std::string form_encode(const std::vector<std::pair<std::string, std::string>>& form) {
  std::string text;
  for (const auto& [name, value] : form) text += (text.empty() ? "" : "&") + sources::url_encode(name) + "=" + sources::url_encode(value);
  return text;
}

Result<std::string> call_http(const HttpCall& call) {
  const std::unique_ptr<CURL, Cleanup> curl(curl_easy_init());
  if (!curl) return fail(ErrorKind::unavailable, "libcurl cannot start");
  std::string body;
  const std::string form = form_encode(call.form);
  curl_easy_setopt(curl.get(), CURLOPT_URL, call.url.c_str());
  curl_easy_setopt(curl.get(), CURLOPT_PROTOCOLS_STR, call.allow_http ? "https,http" : "https");
  curl_easy_setopt(curl.get(), CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(curl.get(), CURLOPT_TIMEOUT_MS, 10'000L);
  curl_easy_setopt(curl.get(), CURLOPT_WRITEFUNCTION, take_bytes);
  curl_easy_setopt(curl.get(), CURLOPT_WRITEDATA, &body);
  if (!call.form.empty()) curl_easy_setopt(curl.get(), CURLOPT_POSTFIELDS, form.c_str());
  if (!call.user.empty()) {
    curl_easy_setopt(curl.get(), CURLOPT_HTTPAUTH, CURLAUTH_BASIC);
    curl_easy_setopt(curl.get(), CURLOPT_USERNAME, call.user.c_str());
    curl_easy_setopt(curl.get(), CURLOPT_PASSWORD, call.password.c_str());
  }
  const CURLcode code = curl_easy_perform(curl.get());
  if (code != CURLE_OK) return fail(ErrorKind::unavailable, "{}: {}", call.url, curl_easy_strerror(code));
  long status = 0;
  curl_easy_getinfo(curl.get(), CURLINFO_RESPONSE_CODE, &status);
  if (status != 200) return fail(ErrorKind::unavailable, "{} answered {}", call.url, status);
  return body;
}

}  // namespace jianwei::server

#include "sources/live/http.h"

#include <curl/curl.h>

#include <algorithm>
#include <ctime>
#include <mutex>
#include <thread>

#include "base/strings.h"

namespace jianwei::sources {
namespace {

using Clock = std::chrono::steady_clock;

std::string authority_of(std::string_view url) {
  const std::size_t begin = url.find("://");
  const std::string_view rest = begin == std::string_view::npos ? url : url.substr(begin + 3);
  return to_lower_ascii(rest.substr(0, rest.find_first_of("/?#")));
}

void initialise_curl() {
  static std::once_flag once;
  std::call_once(once, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
}

}  // namespace

struct HttpClient::Attempt {
  HttpAnswer answer;
  int curl_code = 0;
  std::string problem;
  int retry_after_ms = 0;
  bool too_large = false;
  std::size_t max_body_bytes = 0;
  const Progress* progress = nullptr;

  static std::size_t on_body(char* data, std::size_t size, std::size_t count, void* self) {
    auto& attempt = *static_cast<Attempt*>(self);
    if (attempt.answer.body.size() + size * count > attempt.max_body_bytes) {
      attempt.too_large = true;
      return 0;
    }
    attempt.answer.body.append(data, size * count);
    return size * count;
  }
  static std::size_t on_header(char* data, std::size_t size, std::size_t count, void* self) {
    auto& attempt = *static_cast<Attempt*>(self);
    const std::string_view line(data, size * count);
    const std::size_t colon = line.find(':');
    if (line.starts_with("HTTP/")) {  // a redirect's headers are not the answer's
      attempt.answer.etag.clear();
      attempt.answer.last_modified.clear();
      attempt.retry_after_ms = 0;
    } else if (colon != std::string_view::npos) {
      const std::string name = to_lower_ascii(line.substr(0, colon));
      const std::string value(trim(line.substr(colon + 1)));
      if (name == "etag") attempt.answer.etag = value;
      if (name == "last-modified") attempt.answer.last_modified = value;
      if (name == "retry-after") {
        // Seconds, or a date.
        const auto seconds = parse_int(value);
        const std::int64_t wait = seconds ? *seconds : static_cast<std::int64_t>(curl_getdate(value.c_str(), nullptr)) - static_cast<std::int64_t>(std::time(nullptr));
        attempt.retry_after_ms = static_cast<int>(std::clamp<std::int64_t>(wait, 0, 1'000'000) * 1000);
      }
    }
    return size * count;
  }
  static int on_progress(void* self, curl_off_t, curl_off_t, curl_off_t, curl_off_t) { return static_cast<Attempt*>(self)->progress->cancelled() ? 1 : 0; }
};

HttpClient::HttpClient(HttpOptions options) : options_(std::move(options)) {
  initialise_curl();
  curl_ = curl_easy_init();
}

HttpClient::~HttpClient() { curl_easy_cleanup(static_cast<CURL*>(curl_)); }

HttpClient::Attempt HttpClient::try_once(const std::string& url, const HttpHeaders& headers, const std::string* body, Progress& progress) {
  CURL* curl = static_cast<CURL*>(curl_);
  curl_easy_reset(curl);
  Attempt attempt;
  attempt.max_body_bytes = options_.max_body_bytes;
  attempt.progress = &progress;
  char reason[CURL_ERROR_SIZE] = "";
  const std::string agent = fmt::format("jianwei/{} ({})", JIANWEI_VERSION, options_.contact.empty() ? "no contact given" : options_.contact);
  const char* protocols = options_.allow_http ? "http,https" : "https";
  curl_slist* list = nullptr;
  for (const auto& [name, value] : headers) list = curl_slist_append(list, (name + ": " + value).c_str());
  curl_easy_setopt(curl, CURLOPT_URL, url.c_str());
  curl_easy_setopt(curl, CURLOPT_USERAGENT, agent.c_str());
  curl_easy_setopt(curl, CURLOPT_HTTPHEADER, list);
  curl_easy_setopt(curl, CURLOPT_ACCEPT_ENCODING, "");
  curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, protocols);
  curl_easy_setopt(curl, CURLOPT_REDIR_PROTOCOLS_STR, protocols);
  curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, body == nullptr ? 1L : 0L);
  if (body != nullptr) {
    curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(body->size()));
    curl_easy_setopt(curl, CURLOPT_POSTFIELDS, body->data());
  }
  curl_easy_setopt(curl, CURLOPT_MAXREDIRS, 5L);
  curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(options_.connect_timeout_ms));
  curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, static_cast<long>(options_.timeout_ms));
  curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, reason);
  curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, &Attempt::on_body);
  curl_easy_setopt(curl, CURLOPT_WRITEDATA, &attempt);
  curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, &Attempt::on_header);
  curl_easy_setopt(curl, CURLOPT_HEADERDATA, &attempt);
  curl_easy_setopt(curl, CURLOPT_NOPROGRESS, 0L);
  curl_easy_setopt(curl, CURLOPT_XFERINFOFUNCTION, &Attempt::on_progress);
  curl_easy_setopt(curl, CURLOPT_XFERINFODATA, &attempt);
  const CURLcode code = curl_easy_perform(curl);
  curl_slist_free_all(list);
  long status = 0;
  curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
  attempt.curl_code = static_cast<int>(code);
  attempt.answer.status = static_cast<int>(status);
  if (code != CURLE_OK) attempt.problem = reason[0] != '\0' ? reason : curl_easy_strerror(code);
  return attempt;
}

Result<> HttpClient::wait_until(Clock::time_point time, Progress& progress) {
  for (;;) {
    TRY(progress.check());
    const auto left = time - Clock::now();
    if (left <= Clock::duration::zero()) return {};
    std::this_thread::sleep_for(std::min<Clock::duration>(left, std::chrono::milliseconds(50)));
  }
}

Result<HttpAnswer> HttpClient::get(const std::string& url, const HttpHeaders& headers, int min_interval_ms, Progress& progress) {
  return ask(url, headers, nullptr, min_interval_ms, progress);
}

Result<HttpAnswer> HttpClient::post(const std::string& url, const HttpHeaders& headers, const std::string& body, Progress& progress) {
  return ask(url, headers, &body, 0, progress);
}

Result<HttpAnswer> HttpClient::ask(const std::string& url, const HttpHeaders& headers, const std::string* body, int min_interval_ms, Progress& progress) {
  const bool secure = url.starts_with("https://");
  if (!secure && !(options_.allow_http && url.starts_with("http://"))) return fail(ErrorKind::invalid_input, "\"{}\" is not an https address", url.substr(0, url.find('?')));
  if (curl_ == nullptr) return fail(ErrorKind::unavailable, "the HTTP library cannot be started");
  const std::string host = authority_of(url);
  int backoff_ms = options_.first_backoff_ms;
  std::string problem;
  for (int tries = 1; tries <= std::max(1, options_.max_tries); ++tries) {
    TRY(wait_until(next_start_[host], progress));
    next_start_[host] = Clock::now() + std::chrono::milliseconds(min_interval_ms);
    Attempt attempt = try_once(url, headers, body, progress);
    if (attempt.curl_code == CURLE_ABORTED_BY_CALLBACK) return fail(ErrorKind::cancelled, "stopped while reading {}", host);
    if (attempt.too_large) return fail(ErrorKind::invalid_input, "{} answers with more than {} bytes", host, options_.max_body_bytes);
    if (attempt.curl_code == CURLE_UNSUPPORTED_PROTOCOL || attempt.curl_code == CURLE_TOO_MANY_REDIRECTS || attempt.curl_code == CURLE_URL_MALFORMAT) {
      return fail(ErrorKind::invalid_input, "{}: {}", host, attempt.problem);
    }
    const int status = attempt.answer.status;
    if (attempt.curl_code == CURLE_OK && (status == 200 || (status == 304 && body == nullptr))) return std::move(attempt.answer);
    if (attempt.curl_code == CURLE_OK && status != 408 && status != 429 && status < 500) {
      return fail(ErrorKind::invalid_input, "{} answers with status {}: {}", host, status, collapse_spaces(attempt.answer.body.substr(0, 300)));
    }
    problem = attempt.curl_code == CURLE_OK ? fmt::format("status {}", status) : attempt.problem;
    if (attempt.retry_after_ms > options_.max_retry_after_ms) {
      return fail(ErrorKind::unavailable, "{} asks to wait {} seconds ({}); {}", host, attempt.retry_after_ms / 1000, problem, options_.retry_hint);
    }
    const int wait_ms = std::max(attempt.retry_after_ms, backoff_ms);
    backoff_ms = std::min(2 * backoff_ms, options_.max_backoff_ms);
    next_start_[host] = std::max(next_start_[host], Clock::now() + std::chrono::milliseconds(wait_ms));
  }
  return fail(ErrorKind::unavailable, "{} could not be read in {} tries: {}; {}", host, options_.max_tries, problem, options_.retry_hint);
}

std::string url_encode(std::string_view text) {
  std::string encoded;
  for (const char c : text) {
    if (is_alpha(c) || is_digit(c) || c == '-' || c == '_' || c == '.' || c == '~') encoded += c;
    else encoded += fmt::format("%{:02X}", static_cast<unsigned>(static_cast<unsigned char>(c)));
  }
  return encoded;
}

std::string host_of(std::string_view url) {
  const std::size_t start = url.find("://");
  if (start == std::string_view::npos) return "";
  std::string_view rest = url.substr(start + 3);
  rest = rest.substr(0, rest.find_first_of("/?#"));
  if (const std::size_t at = rest.rfind('@'); at != std::string_view::npos) rest.remove_prefix(at + 1);
  if (rest.starts_with('[')) return std::string(rest.substr(0, rest.find(']') + 1));
  return std::string(rest.substr(0, rest.find(':')));
}

bool is_this_machine(std::string_view host) {
  return host == "localhost" || host == "[::1]" || (host.starts_with("127.") && std::all_of(host.begin(), host.end(), [](char c) { return is_digit(c) || c == '.'; }));
}

}  // namespace jianwei::sources

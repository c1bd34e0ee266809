// A request and a response as our handlers see them: plain values, without the HTTP library.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/catalogue.h"
#include "base/result.h"
#include "server/access/roles.h"
#include "server/http/event_stream.h"

namespace jianwei::server {

enum class Method : std::uint8_t { get, post, put, patch, remove };
std::string_view to_string(Method method);  // "GET", ..., "DELETE"
constexpr bool is_safe(Method method) { return method == Method::get; }

using Fields = std::vector<std::pair<std::string, std::string>>;

struct Request {
  Method method = Method::get;
  bool head = false;              // HEAD: answered as GET, without the body
  std::string path;               // percent-decoded, without the query
  Fields query;                   // percent-decoded
  Fields headers;                 // names in lower case
  std::string body;
  std::string address;            // of the client; of the last proxy's client when proxies are trusted
  bool forwarded = false;         // came through a proxy

  // Set on the way to the handler.
  std::string id;                 // in the log and in problems
  Fields parameters;              // {ws} of the route's path
  Caller caller;
  Language language = Language::en;

  std::string_view header(std::string_view name) const;          // "" = absent
  std::string_view parameter(std::string_view name) const;       // of the path; "" = no such
  std::optional<std::string_view> find_query(std::string_view name) const;
  std::string_view query_or(std::string_view name, std::string_view otherwise) const;
  // Errors: invalid_input  not a whole number of [low, high]
  Result<std::int64_t> query_integer(std::string_view name, std::int64_t otherwise, std::int64_t low, std::int64_t high) const;
  Result<double> query_number(std::string_view name, double otherwise) const;
  std::string_view cookie(std::string_view name) const;
};

struct Response {
  int status = 200;
  std::string content_type = "application/json";
  Fields headers;
  std::string body;
  std::shared_ptr<const std::string> shared_body;                 // instead of `body`: bytes kept elsewhere
  std::function<void(std::shared_ptr<EventStream>)> on_stream;    // set: the body is a stream of events that starts now
};

Response json_response(std::string body, int status = 200);
Response empty_response();                                        // 204
// application/problem+json (RFC 9457) {type, title, status, detail, field?}.
Response problem(int status, std::string_view title, std::string_view detail, std::string_view field = "");
Response problem(const Error& error);
std::string_view status_text(int status);

// "a%20b+c" -> "a b c" (plus only in queries); nothing for broken escapes or a NUL.
std::optional<std::string> percent_decode(std::string_view text, bool plus_is_blank);
Fields parse_query(std::string_view text);

}  // namespace jianwei::server

#include "server/http/message.h"

#include "base/json_writer.h"
#include "base/strings.h"
#include "records/unicode.h"

namespace jianwei::server {
namespace {

std::string_view find_field(const Fields& fields, std::string_view name) {
  for (const auto& [key, value] : fields) {
    if (key == name) return value;
  }
  return {};
}

int hex_digit(char c) {
  if (is_digit(c)) return c - '0';
  const char lower = to_lower_ascii(c);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

int http_status(ErrorKind kind) {  // docs/errors.md
  switch (kind) {
    case ErrorKind::invalid_input: return 400;
    case ErrorKind::not_found: return 404;
    case ErrorKind::conflict: return 409;
    case ErrorKind::forbidden: return 403;
    case ErrorKind::unavailable: return 503;
    case ErrorKind::cancelled: return 503;
    case ErrorKind::corrupt:
    case ErrorKind::internal: break;
  }
  return 500;
}

}  // namespace

std::string_view to_string(Method method) {
  constexpr std::string_view kNames[] = {"GET", "POST", "PUT", "PATCH", "DELETE"};
  return kNames[static_cast<std::size_t>(method)];
}

std::string_view Request::header(std::string_view name) const { return find_field(headers, name); }
std::string_view Request::parameter(std::string_view name) const { return find_field(parameters, name); }

std::optional<std::string_view> Request::find_query(std::string_view name) const {
  for (const auto& [key, value] : query) {
    if (key == name) return value;
  }
  return std::nullopt;
}

std::string_view Request::query_or(std::string_view name, std::string_view otherwise) const {
  const auto found = find_query(name);
  return found && !found->empty() ? *found : otherwise;
}

Result<std::int64_t> Request::query_integer(std::string_view name, std::int64_t otherwise, std::int64_t low, std::int64_t high) const {
  const std::string_view text = query_or(name, "");
  if (text.empty()) return otherwise;
  const auto value = parse_int(text);
  if (!value || *value < low || *value > high) return fail(ErrorKind::invalid_input, "query parameter {}: \"{}\" is not a whole number from {} to {}", name, text, low, high);
  return *value;
}

Result<double> Request::query_number(std::string_view name, double otherwise) const {
  const std::string_view text = query_or(name, "");
  if (text.empty()) return otherwise;
  const auto value = parse_double(text);
  if (!value) return fail(ErrorKind::invalid_input, "query parameter {}: \"{}\" is not a number", name, text);
  return *value;
}

std::string_view Request::cookie(std::string_view name) const {
  for (std::string_view part : split(header("cookie"), ";")) {
    part = trim(part);
    const std::size_t equals = part.find('=');
    if (equals != std::string_view::npos && part.substr(0, equals) == name) return part.substr(equals + 1);
  }
  return {};
}

Response json_response(std::string body, int status) { return {.status = status, .body = std::move(body)}; }
Response empty_response() { return {.status = 204, .content_type = ""}; }

Response problem(int status, std::string_view title, std::string_view detail, std::string_view field) {
  JsonWriter json;
  json.begin_object().field("type", "about:blank").field("title", title).field("status", status).field("detail", detail);
  if (!field.empty()) json.field("field", field);
  return {.status = status, .content_type = "application/problem+json", .body = json.end_object().text()};
}

// "query parameter limit: ..." and, of a body, "limit: ..." name what is wrong.
static std::string_view field_of(std::string_view message) {
  constexpr std::string_view kStart = "query parameter ";
  if (message.starts_with(kStart)) return message.substr(kStart.size(), message.find(':') - kStart.size());
  const std::size_t end = message.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_");
  return end != std::string_view::npos && message.substr(end, 2) == ": " ? message.substr(0, end) : std::string_view();
}

Response problem(const Error& error) {
  const bool names_a_field = error.kind == ErrorKind::invalid_input || error.kind == ErrorKind::conflict;
  return problem(http_status(error.kind), error_name(error.kind), error.message, names_a_field ? field_of(error.message) : std::string_view());
}

std::string_view status_text(int status) {
  switch (status) {
    case 200: return "OK";
    case 201: return "Created";
    case 202: return "Accepted";
    case 204: return "No Content";
    case 302: return "Found";
    case 303: return "See Other";
    case 304: return "Not Modified";
    case 400: return "Bad Request";
    case 401: return "Unauthorized";
    case 403: return "Forbidden";
    case 404: return "Not Found";
    case 405: return "Method Not Allowed";
    case 409: return "Conflict";
    case 412: return "Precondition Failed";
    case 413: return "Content Too Large";
    case 415: return "Unsupported Media Type";
    case 422: return "Unprocessable Content";
    case 429: return "Too Many Requests";
    case 503: return "Service Unavailable";
    default: return status < 500 ? "Error" : "Internal Server Error";
  }
}

std::optional<std::string> percent_decode(std::string_view text, bool plus_is_blank) {
  std::string decoded;
  decoded.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    char c = text[i];
    if (c == '%') {
      if (i + 2 >= text.size()) return std::nullopt;
      const int high = hex_digit(text[i + 1]), low = hex_digit(text[i + 2]);
      if (high < 0 || low < 0) return std::nullopt;
      c = static_cast<char>(high * 16 + low);
      i += 2;
    } else if (c == '+' && plus_is_blank) {
      c = ' ';
    }
    if (c == '\0') return std::nullopt;
    decoded += c;
  }
  if (!is_valid_utf8(decoded)) return std::nullopt;  // what is looked up is text
  return decoded;
}

Fields parse_query(std::string_view text) {
  Fields fields;
  for (const std::string_view pair : split(text, "&")) {
    if (pair.empty()) continue;
    const std::size_t equals = pair.find('=');
    auto name = percent_decode(pair.substr(0, equals), true);
    auto value = equals == std::string_view::npos ? std::string() : percent_decode(pair.substr(equals + 1), true);
    if (name && value) fields.emplace_back(std::move(*name), std::move(*value));
  }
  return fields;
}

}  // namespace jianwei::server

#include "server/resources/result_routes.h"

#include <algorithm>

#include "base/strings.h"
#include "sources/live/http.h"

namespace jianwei::server {

std::string workspace_base(const Request& request) { return "/api/v1/w/" + sources::url_encode(request.parameter("ws")); }

std::string body_key(const Request& request) {
  std::string key = fmt::format("{}\n{}", to_string(request.language), request.path);
  for (const auto& [name, value] : request.query) key += fmt::format("\n{}={}", name, value);
  return key;
}

Result<std::string> query_choice(const Request& request, std::string_view name, std::string_view otherwise, std::initializer_list<std::string_view> values) {
  const std::string_view text = request.query_or(name, otherwise);
  if (std::find(values.begin(), values.end(), text) != values.end()) return std::string(text);
  std::string known;
  for (const std::string_view value : values) known += (known.empty() ? "" : ", ") + std::string(value);
  return fail(ErrorKind::invalid_input, "query parameter {}: \"{}\" is not one of {}", name, text, known);
}

Result<bool> query_flag(const Request& request, std::string_view name) {
  const std::string text = TRY(query_choice(request, name, "false", {"true", "false", "1", "0"}));
  return text == "true" || text == "1";
}

Result<workflow::Unit> query_unit(const Request& request, std::string_view otherwise) {
  return TRY(query_choice(request, "unit", otherwise, {"term", "topic"})) == "term" ? workflow::Unit::term : workflow::Unit::topic;
}

Result<Years> query_years(const Request& request) {
  Years years;
  const std::int64_t one = TRY(request.query_integer("year", 0, 0, 2999));
  if (one != 0) return Years{static_cast<std::int16_t>(one), static_cast<std::int16_t>(one)};
  years.from = static_cast<std::int16_t>(TRY(request.query_integer("from", 0, 0, 2999)));
  years.to = static_cast<std::int16_t>(TRY(request.query_integer("to", 0, 0, 2999)));
  if (years.from != 0 && years.to != 0 && years.from > years.to) return fail(ErrorKind::invalid_input, "query parameter from: {} is after to = {}", years.from, years.to);
  return years;
}

}  // namespace jianwei::server

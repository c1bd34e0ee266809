#include "sources/json/values.h"

#include <fmt/format.h>

namespace jianwei::sources {

std::optional<JsonElement> member(const JsonElement& value, std::string_view key) {
  JsonObject object;
  if (value.get_object().get(object) != simdjson::SUCCESS) return std::nullopt;
  JsonElement found;
  if (object.at_key(key).get(found) != simdjson::SUCCESS || found.is_null()) return std::nullopt;
  return found;
}

std::string scalar_text(const JsonElement& value) {
  switch (value.type()) {
    case simdjson::dom::element_type::STRING: return std::string(std::string_view(value.get_string().value_unsafe()));
    case simdjson::dom::element_type::INT64: return fmt::format("{}", value.get_int64().value_unsafe());
    case simdjson::dom::element_type::UINT64: return fmt::format("{}", value.get_uint64().value_unsafe());
    case simdjson::dom::element_type::DOUBLE: return fmt::format("{}", value.get_double().value_unsafe());
    case simdjson::dom::element_type::BOOL: return value.get_bool().value_unsafe() ? "true" : "false";
    default: return "";
  }
}

std::string text(const JsonElement& value, std::string_view key) {
  const auto found = member(value, key);
  return found ? scalar_text(*found) : "";
}

std::string_view string_member(const JsonElement& value, std::string_view key) {
  const auto found = member(value, key);
  std::string_view content;
  if (!found || found->get_string().get(content) != simdjson::SUCCESS) return {};
  return content;
}

std::optional<std::int64_t> integer(const JsonElement& value, std::string_view key) {
  const auto found = member(value, key);
  if (!found) return std::nullopt;
  std::int64_t number = 0;
  if (found->get_int64().get(number) == simdjson::SUCCESS) return number;
  double real = 0;
  if (found->get_double().get(real) == simdjson::SUCCESS && real > -9e15 && real < 9e15) return static_cast<std::int64_t>(real);
  return std::nullopt;
}

std::vector<JsonElement> elements(const JsonElement& value, std::string_view key) {
  std::vector<JsonElement> list;
  const auto found = member(value, key);
  if (!found) return list;
  JsonArray array;
  if (found->get_array().get(array) != simdjson::SUCCESS) return {*found};
  for (const JsonElement element : array) {
    if (!element.is_null()) list.push_back(element);
  }
  return list;
}

bool is_object(const JsonElement& value) { return value.is_object(); }
bool is_string(const JsonElement& value) { return value.is_string(); }

}  // namespace jianwei::sources

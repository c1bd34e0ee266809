// Reading values out of parsed JSON. For the .cpp files of this folder only (it brings the parser in).
#pragma once

#include <simdjson.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace jianwei::sources {

using JsonElement = simdjson::dom::element;
using JsonObject = simdjson::dom::object;
using JsonArray = simdjson::dom::array;

// The member, nothing when it is missing or null.
std::optional<JsonElement> member(const JsonElement& value, std::string_view key);
// A member as text: strings as they are, numbers and booleans spelled, anything else "".
std::string text(const JsonElement& value, std::string_view key);
std::string_view string_member(const JsonElement& value, std::string_view key);
std::optional<std::int64_t> integer(const JsonElement& value, std::string_view key);
std::string scalar_text(const JsonElement& value);
// The elements of an array member; a single value counts as an array of one.
std::vector<JsonElement> elements(const JsonElement& value, std::string_view key);
bool is_object(const JsonElement& value);
bool is_string(const JsonElement& value);

}  // namespace jianwei::sources

#include "server/http/json_body.h"

#include "workflow/expert_library/typed_words.h"

namespace jianwei::server {

Result<JsonBody> JsonBody::parse(std::string_view text) {
  JsonBody body(std::make_shared<simdjson::dom::parser>());
  simdjson::dom::element element;
  if (const auto error = body.parser_->parse(text.empty() ? std::string("{}") : std::string(text)).get(element)) return fail(ErrorKind::invalid_input, "the body is not JSON: {}", simdjson::error_message(error));
  if (element.get(body.object_)) return fail(ErrorKind::invalid_input, "the body must be a JSON object");
  return body;
}

std::optional<simdjson::dom::element> JsonBody::find(std::string_view name) const {
  simdjson::dom::element element;
  if (object_.at_key(name).get(element) || element.is_null()) return std::nullopt;
  return element;
}

bool JsonBody::has(std::string_view name) const { return find(name).has_value(); }

Result<std::string> JsonBody::text(std::string_view name) const {
  if (!has(name)) return fail(ErrorKind::invalid_input, "{}: is missing", name);
  return text_or(name, "");
}

Result<std::string> JsonBody::text_or(std::string_view name, std::string_view otherwise) const {
  const auto element = find(name);
  if (!element) return std::string(otherwise);
  std::string_view value;
  if (element->get(value)) return fail(ErrorKind::invalid_input, "{}: must be a string", name);
  return std::string(value);
}

Result<std::int64_t> JsonBody::integer_or(std::string_view name, std::int64_t otherwise, std::int64_t low, std::int64_t high) const {
  const auto element = find(name);
  if (!element) return otherwise;
  std::int64_t value = 0;
  if (element->get(value) || value < low || value > high) return fail(ErrorKind::invalid_input, "{}: must be a whole number from {} to {}", name, low, high);
  return value;
}

Result<double> JsonBody::number_or(std::string_view name, double otherwise) const {
  const auto element = find(name);
  if (!element) return otherwise;
  double value = 0;
  if (element->get(value)) return fail(ErrorKind::invalid_input, "{}: must be a number", name);
  return value;
}

Result<bool> JsonBody::flag_or(std::string_view name, bool otherwise) const {
  const auto element = find(name);
  if (!element) return otherwise;
  bool value = false;
  if (element->get(value)) return fail(ErrorKind::invalid_input, "{}: must be true or false", name);
  return value;
}

Result<std::vector<std::string>> JsonBody::texts_or_empty(std::string_view name) const {
  std::vector<std::string> list;
  const auto element = find(name);
  if (!element) return list;
  simdjson::dom::array array;
  if (element->get(array)) return fail(ErrorKind::invalid_input, "{}: must be a list of strings", name);
  for (const simdjson::dom::element item : array) {
    std::string_view value;
    if (item.get(value)) return fail(ErrorKind::invalid_input, "{}: must be a list of strings", name);
    list.emplace_back(value);
  }
  return list;
}

Result<JsonBody> JsonBody::object_or_empty(std::string_view name) const {
  const auto element = find(name);
  if (!element) return parse("");
  JsonBody part(parser_);
  if (element->get(part.object_)) return fail(ErrorKind::invalid_input, "{}: must be an object", name);
  return part;
}

std::string JsonBody::raw_or_empty(std::string_view name) const {
  const auto element = find(name);
  return element ? simdjson::minify(*element) : "{}";
}

Result<> JsonBody::only(std::initializer_list<std::string_view> names) const {
  return workflow::only_members(object_, "", names);
}

}  // namespace jianwei::server

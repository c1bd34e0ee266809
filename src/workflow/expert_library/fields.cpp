#include "workflow/expert_library/fields.h"

#include "workflow/expert_library/typed_words.h"

namespace jianwei::workflow {

using simdjson::dom::element;

Result<Fields> Fields::parse(std::string_view json, std::string_view what) {
  auto parser = std::make_shared<simdjson::dom::parser>();
  simdjson::dom::object object;
  const simdjson::padded_string text(json);
  if (const auto error = parser->parse(text).get(object)) return fail(ErrorKind::invalid_input, "{}: no JSON object ({})", what, simdjson::error_message(error));
  return Fields(std::move(parser), object);
}

Result<> Fields::only(std::initializer_list<std::string_view> names) const {
  return only_members(object_, "", names);
}

bool Fields::has(std::string_view name) const {
  element value;
  return !object_.at_key(name).get(value) && !value.is_null();
}

template <class T>
Result<T> Fields::read(std::string_view name, T otherwise, std::string_view expected) const {
  element value;
  if (object_.at_key(name).get(value) || value.is_null()) return otherwise;
  T read{};
  if (value.get(read)) return fail(ErrorKind::invalid_input, "{}: must be {}", name, expected);
  return read;
}

Result<std::string> Fields::text(std::string_view name, std::string_view otherwise) const { return std::string(TRY(read<std::string_view>(name, otherwise, "a string"))); }
Result<std::int64_t> Fields::integer(std::string_view name, std::int64_t otherwise) const { return read<std::int64_t>(name, otherwise, "a whole number"); }
Result<double> Fields::number(std::string_view name, double otherwise) const { return read<double>(name, otherwise, "a number"); }
Result<bool> Fields::flag(std::string_view name, bool otherwise) const { return read<bool>(name, otherwise, "true or false"); }

Result<std::vector<std::string>> Fields::texts(std::string_view name) const {
  std::vector<std::string> list;
  if (!has(name)) return list;
  for (const element item : TRY(read<simdjson::dom::array>(name, {}, "a list of strings"))) {
    std::string_view text;
    if (item.get(text)) return fail(ErrorKind::invalid_input, "{}: must be a list of strings", name);
    list.emplace_back(text);
  }
  return list;
}

Result<std::vector<double>> Fields::numbers(std::string_view name) const {
  std::vector<double> list;
  if (!has(name)) return list;
  for (const element item : TRY(read<simdjson::dom::array>(name, {}, "a list of numbers"))) {
    double number = 0.0;
    if (item.get(number)) return fail(ErrorKind::invalid_input, "{}: must be a list of numbers", name);
    list.push_back(number);
  }
  return list;
}

Result<std::vector<Fields>> Fields::objects(std::string_view name) const {
  std::vector<Fields> list;
  if (!has(name)) return list;
  for (const element item : TRY(read<simdjson::dom::array>(name, {}, "a list of objects"))) {
    simdjson::dom::object one;
    if (item.get(one)) return fail(ErrorKind::invalid_input, "{}: must be a list of objects", name);
    list.push_back(Fields(parser_, one));
  }
  return list;
}

Result<Fields> Fields::object(std::string_view name) const {
  if (!has(name)) return parse("{}", name);
  return Fields(parser_, TRY(read<simdjson::dom::object>(name, {}, "an object")));
}

std::string Fields::raw(std::string_view name, std::string_view otherwise) const {
  element value;
  if (object_.at_key(name).get(value) || value.is_null()) return std::string(otherwise);
  return simdjson::minify(value);
}

std::vector<std::pair<std::string, std::string>> Fields::members() const {
  std::vector<std::pair<std::string, std::string>> list;
  for (const auto [name, value] : object_) list.emplace_back(std::string(name), simdjson::minify(value));
  return list;
}

}  // namespace jianwei::workflow

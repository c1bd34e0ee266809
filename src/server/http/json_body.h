// The JSON object of a request's body, read field by field; an error names the field.
#pragma once

#include <simdjson.h>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/http/message.h"

namespace jianwei::server {

class JsonBody {
 public:
  // An empty body is an empty object. Errors: invalid_input  no JSON object
  static Result<JsonBody> parse(const Request& request) { return parse(request.body); }
  static Result<JsonBody> parse(std::string_view text);

  // Errors: invalid_input  a field that is none of these
  Result<> only(std::initializer_list<std::string_view> names) const;
  bool has(std::string_view name) const;
  // Errors: invalid_input  absent, of another type, out of [low, high]
  Result<std::string> text(std::string_view name) const;
  Result<std::string> text_or(std::string_view name, std::string_view otherwise) const;
  Result<std::int64_t> integer_or(std::string_view name, std::int64_t otherwise, std::int64_t low, std::int64_t high) const;
  Result<double> number_or(std::string_view name, double otherwise) const;
  Result<bool> flag_or(std::string_view name, bool otherwise) const;
  Result<std::vector<std::string>> texts_or_empty(std::string_view name) const;
  // The object that is the field; an empty one when absent. Errors: invalid_input  it is none
  Result<JsonBody> object_or_empty(std::string_view name) const;
  // The field as JSON text, "{}" when absent.
  std::string raw_or_empty(std::string_view name) const;
  std::string text() const { return simdjson::minify(object_); }

  const simdjson::dom::object& object() const { return object_; }

 private:
  explicit JsonBody(std::shared_ptr<simdjson::dom::parser> parser) : parser_(std::move(parser)) {}
  std::optional<simdjson::dom::element> find(std::string_view name) const;

  std::shared_ptr<simdjson::dom::parser> parser_;  // owns what object_ points into
  simdjson::dom::object object_;
};

}  // namespace jianwei::server

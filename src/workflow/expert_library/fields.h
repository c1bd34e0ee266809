// The fields of a JSON object, read by name; an error names the field. What experts.db keeps and what callers send is read through this.
#pragma once

#include <simdjson.h>

#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"

namespace jianwei::workflow {

class Fields {
 public:
  // `what` names the object in errors. Errors: invalid_input  no JSON object
  static Result<Fields> parse(std::string_view json, std::string_view what);

  // Errors: invalid_input  a member that is none of `names`: a slip must not be passed over
  Result<> only(std::initializer_list<std::string_view> names) const;
  bool has(std::string_view name) const;
  // Absent or null: `otherwise`. Errors: invalid_input  of another type
  Result<std::string> text(std::string_view name, std::string_view otherwise = "") const;
  Result<std::int64_t> integer(std::string_view name, std::int64_t otherwise) const;
  Result<double> number(std::string_view name, double otherwise) const;
  Result<bool> flag(std::string_view name, bool otherwise) const;
  Result<std::vector<std::string>> texts(std::string_view name) const;
  Result<std::vector<double>> numbers(std::string_view name) const;
  Result<std::vector<Fields>> objects(std::string_view name) const;
  Result<Fields> object(std::string_view name) const;               // absent: an empty one
  std::string raw(std::string_view name, std::string_view otherwise) const;
  std::vector<std::pair<std::string, std::string>> members() const; // name, raw JSON; in order

 private:
  Fields(std::shared_ptr<simdjson::dom::parser> parser, simdjson::dom::object object) : parser_(std::move(parser)), object_(object) {}
  template <class T>
  Result<T> read(std::string_view name, T otherwise, std::string_view expected) const;

  std::shared_ptr<simdjson::dom::parser> parser_;  // owns what object_ points into
  simdjson::dom::object object_;
};

}  // namespace jianwei::workflow

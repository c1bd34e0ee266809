// Writes JSON text in order, without a tree. Numbers are written so that they read back to the same double; not-finite ones as null.
//
//   JsonWriter json;
//   json.begin_object().key("topics").begin_array();
//   json.begin_object().field("id", "T1").field("documents", 12).end_object();
//   json.end_array().end_object();
//   std::string text = std::move(json).text();
#pragma once

#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace jianwei {

class JsonWriter {
 public:
  JsonWriter& begin_object();
  JsonWriter& end_object();
  JsonWriter& begin_array();
  JsonWriter& end_array();
  JsonWriter& key(std::string_view name);

  JsonWriter& value(std::string_view text);
  JsonWriter& value(const char* text) { return value(std::string_view(text)); }
  JsonWriter& value(double number);
  JsonWriter& value(bool flag);
  template <std::integral T>
  JsonWriter& value(T number) {
    return integer(static_cast<std::int64_t>(number));
  }
  JsonWriter& null();
  JsonWriter& raw(std::string_view json);  // text that is JSON already

  template <class T>
  JsonWriter& field(std::string_view name, const T& content) {
    return key(name).value(content);
  }

  const std::string& text() const& { return text_; }
  std::string text() && { return std::move(text_); }

 private:
  JsonWriter& integer(std::int64_t number);
  void separate();

  std::string text_;
  std::vector<bool> has_items_;  // one per open object or array
  bool after_key_ = false;
};

// Appends `text` as the inside of a JSON string. Bytes that are not UTF-8 become U+FFFD.
void append_json_escaped(std::string& out, std::string_view text);

}  // namespace jianwei

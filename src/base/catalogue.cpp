// Each catalogue is a flat JSON object of strings, read once when first asked.
#include "base/catalogue.h"

#include <simdjson.h>

#include <cstdlib>
#include <map>

#include "base/log.h"
#include "base/share.h"

namespace jianwei {
namespace {

using Messages = std::map<std::string, std::string, std::less<>>;

Messages load(std::string_view language) {
  Messages messages;
  const auto path = share_file(fmt::format("messages.{}.json", language));
  if (!path) {
    log_warning("{}", path.error().message);
    return messages;
  }
  try {
    simdjson::dom::parser parser;
    const simdjson::dom::object object = parser.load(path->string());
    for (const auto field : object) messages.emplace(std::string(field.key), std::string(std::string_view(field.value)));
  } catch (const simdjson::simdjson_error& error) {
    log_warning("{} is not a flat JSON object of strings: {}", path->string(), error.what());
  }
  return messages;
}

}  // namespace

Language parse_language(std::string_view tag) { return tag.starts_with("zh") ? Language::zh : Language::en; }
std::string_view to_string(Language language) { return language == Language::zh ? "zh" : "en"; }

Language environment_language() {
  for (const char* name : {"JIANWEI_LANG", "LC_ALL", "LC_MESSAGES", "LANG"}) {
    const char* value = std::getenv(name);
    if (value != nullptr && *value != '\0') return parse_language(value);
  }
  return Language::en;
}

const std::string& message(Language language, std::string_view key) {
  static const Messages catalogues[] = {load("en"), load("zh")};
  static std::map<std::string, std::string, std::less<>> missing;
  const Messages& messages = catalogues[static_cast<std::size_t>(language)];
  if (const auto found = messages.find(key); found != messages.end()) return found->second;
  return missing.emplace(key, key).first->second;
}

}  // namespace jianwei

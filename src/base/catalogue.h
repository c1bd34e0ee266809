// The messages people read, one catalogue a language: data/messages.en.json and data/messages.zh.json, shared by every face and the reports.
#pragma once

#include <fmt/format.h>

#include <string>
#include <string_view>

namespace jianwei {

enum class Language { en, zh };

// "zh..." is zh, all else en.
Language parse_language(std::string_view tag);
std::string_view to_string(Language language);

// From $JIANWEI_LANG, else $LC_ALL, $LC_MESSAGES, $LANG; en when none is set.
Language environment_language();

// The message of a key; the key itself when the catalogue lacks it (the test `messages` finds those).
const std::string& message(Language language, std::string_view key);

// ... with its {} filled. A message that does not fit its arguments gives the bare message.
template <class... Args>
std::string message(Language language, std::string_view key, const Args&... args) {
  try {
    return fmt::format(fmt::runtime(message(language, key)), args...);
  } catch (const fmt::format_error&) {
    return message(language, key);
  }
}

}  // namespace jianwei

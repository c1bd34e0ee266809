#include "base/sentence.h"

#include <simdjson.h>

#include <algorithm>
#include <map>
#include <optional>
#include <vector>

#include "base/log.h"
#include "base/share.h"
#include "base/strings.h"

namespace jianwei {
namespace {

constexpr std::size_t kSurelyNested = 10;  // fixed bytes of a pattern from which what fills another one, and what begins and ends with a field, is taken for a sentence: names and titles hold words, too
constexpr std::size_t kMostBytes = 4096;   // of a sentence inside a sentence; longer ones are data
constexpr int kDeepest = 3;                // sentences inside sentences, and joints looked at in each: what people send cannot cost more

struct Pattern {
  std::vector<std::string> fixed;  // what stands before, between and after its fields
  std::string chinese;
  std::size_t size = 0;            // of the fixed words
};

// What stands outside of the braces of a pattern, and what stands in each pair of them.
struct Parts {
  std::vector<std::string> fixed = {""};
  std::vector<std::string> fields;
};

Parts parts_of(std::string_view pattern) {
  Parts parts;
  for (std::size_t at = 0; at < pattern.size();) {
    const std::size_t brace = std::min(pattern.find_first_of("{}", at), pattern.size());
    parts.fixed.back() += pattern.substr(at, brace - at);
    if (brace == pattern.size()) break;
    if (brace + 1 < pattern.size() && pattern[brace + 1] == pattern[brace]) {
      parts.fixed.back() += pattern[brace];
      at = brace + 2;
      continue;
    }
    const std::size_t end = std::min(pattern.find('}', brace), pattern.size());
    parts.fields.emplace_back(pattern.substr(brace + 1, end - brace - 1));
    parts.fixed.emplace_back();
    at = end + 1;
  }
  return parts;
}

struct Sentences {
  std::map<std::string, std::string, std::less<>> whole;  // without fields
  std::vector<Pattern> patterns;                          // most fixed words first
};

Sentences load() {
  Sentences sentences;
  const auto path = share_file("sentences.zh.json");
  if (!path) {
    log_warning("{}", path.error().message);
    return sentences;
  }
  try {
    simdjson::dom::parser parser;
    const simdjson::dom::object object = parser.load(path->string());
    for (const auto field : object) {
      Parts parts = parts_of(field.key);
      const std::string chinese(std::string_view(field.value));
      if (parts.fields.empty()) {
        sentences.whole.emplace(parts.fixed[0], parts_of(chinese).fixed[0]);
        continue;
      }
      Pattern& pattern = sentences.patterns.emplace_back(Pattern{std::move(parts.fixed), chinese, 0});
      for (const std::string& words : pattern.fixed) pattern.size += words.size();
    }
  } catch (const simdjson::simdjson_error& error) {
    log_warning("{} is not a flat JSON object of strings: {}", path->string(), error.what());
  }
  std::stable_sort(sentences.patterns.begin(), sentences.patterns.end(), [](const Pattern& a, const Pattern& b) { return a.size > b.size; });
  return sentences;
}

const Sentences& sentences() {
  static const Sentences loaded = load();
  return loaded;
}

// What fills the pattern; nothing when the text is not made from it.
std::optional<std::vector<std::string_view>> match(const Pattern& pattern, std::string_view text) {
  if (!text.starts_with(pattern.fixed.front())) return std::nullopt;
  text.remove_prefix(pattern.fixed.front().size());
  if (!text.ends_with(pattern.fixed.back())) return std::nullopt;
  text.remove_suffix(pattern.fixed.back().size());
  std::vector<std::string_view> filled;
  for (std::size_t i = 1; i + 1 < pattern.fixed.size(); ++i) {
    const std::size_t found = text.find(pattern.fixed[i]);
    if (found == std::string_view::npos) return std::nullopt;
    filled.push_back(text.substr(0, found));
    text.remove_prefix(found + pattern.fixed[i].size());
  }
  filled.push_back(text);
  return filled;
}

std::optional<std::string> chinese_of(std::string_view english, bool nested, int depth);

std::string said_part(std::string_view part, std::string_view family, int depth) {
  if (!family.empty()) {
    const std::string key = fmt::format("{}.{}", family, part);
    const std::string& words = message(Language::zh, key);
    return words == key ? std::string(part) : words;
  }
  return chinese_of(part, true, depth).value_or(std::string(part));
}

std::string fill(std::string_view chinese, const std::vector<std::string_view>& filled, int depth) {
  const Parts parts = parts_of(chinese);
  std::string words = parts.fixed[0];
  std::size_t next = 0;
  for (std::size_t i = 0; i < parts.fields.size(); ++i) {
    const std::string_view field = parts.fields[i];
    const std::size_t colon = std::min(field.find(':'), field.size());
    const auto named = parse_int(field.substr(0, colon));
    const std::size_t place = named ? static_cast<std::size_t>(*named) : next++;
    if (place < filled.size()) words += said_part(filled[place], field.substr(std::min(colon + 1, field.size())), depth);
    words += parts.fixed[i + 1];
  }
  return words;
}

std::optional<std::string> by_pattern(std::string_view english, std::size_t least, int depth) {
  for (const Pattern& pattern : sentences().patterns) {
    if (pattern.size < least) break;
    if (pattern.size < kSurelyNested && pattern.fixed.front().empty() && pattern.fixed.back().empty()) continue;
    if (const auto filled = match(pattern, english)) return fill(pattern.chinese, *filled, depth + 1);
  }
  return std::nullopt;
}

// Both sides of the first joint that can be said: two sentences joined, or a place before a sentence.
std::optional<std::string> in_two(std::string_view english, std::string_view joint, std::string_view chinese_joint, bool both, int depth) {
  std::size_t at = english.find(joint);
  for (int tried = 0; tried < kDeepest && at != std::string_view::npos; ++tried, at = english.find(joint, at + 1)) {
    const auto first = both ? chinese_of(english.substr(0, at), false, depth + 1) : std::optional(std::string(english.substr(0, at)));
    if (!first) continue;
    if (const auto second = chinese_of(english.substr(at + joint.size()), !both, depth + 1)) return *first + std::string(chinese_joint) + *second;
  }
  return std::nullopt;
}

std::optional<std::string> chinese_of(std::string_view english, bool nested, int depth) {
  if (depth > kDeepest || (depth > 0 && english.size() > kMostBytes)) return std::nullopt;
  const auto& whole = sentences().whole;
  if (const auto known = whole.find(fmt::format("system: {}", english)); known != whole.end()) return known->second;
  if (nested && english.find(' ') == std::string_view::npos) return std::nullopt;  // a name, a value
  if (const auto known = whole.find(english); known != whole.end()) return known->second;
  if (auto said = in_two(english, "; ", "；", true, depth)) return said;
  if (auto said = by_pattern(english, nested ? kSurelyNested : 0, depth)) return said;
  return in_two(english, ": ", "：", false, depth);
}

}  // namespace

std::string say(Language language, std::string_view english) {
  return language == Language::en || english.empty() ? std::string(english) : chinese_of(english, false, 0).value_or(std::string(english));
}

void write_said(JsonWriter& json, std::string_view name, std::string_view english) {
  json.field(name, english).field(fmt::format("{}_zh", name), say(Language::zh, english));
}

}  // namespace jianwei

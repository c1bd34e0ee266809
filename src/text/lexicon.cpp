#include "text/lexicon.h"

#include "base/file.h"
#include "base/share.h"
#include "base/strings.h"

namespace jianwei::text {
namespace {

constexpr std::pair<std::string_view, std::uint16_t> kClassNames[] = {
    {"det", kDeterminer}, {"prep", kPreposition}, {"be", kBe},           {"modal", kModal}, {"pron", kPronoun}, {"conj", kConjunction},
    {"adv", kAdverb},     {"inside", kInside},    {"break", kBreakWord}, {"vague", kVague}, {"head", kHead},    {"solo", kSolo}, {"weak", kWeak}};

Result<std::string> read_share(std::string_view name) {
  const auto path = TRY(share_file(name));
  return read_file(path);
}

Result<> read_classes(std::string_view name, Lexicon& lexicon) {
  const std::string text = TRY(read_share(name));
  std::uint16_t current = 0;
  for (const std::string_view line : split(text, "\n")) {
    if (line.starts_with('#')) continue;
    for (std::string_view word : split(trim(line), " ")) {
      if (word.empty()) continue;
      if (!word.ends_with(':')) {
        lexicon.classes[std::string(word)] |= current;
        // Tokens are compared in the singular: "aspects" in a list also means "aspect".
        const bool plural = word.size() > 4 && word.ends_with('s') && !word.ends_with("ss") && !word.ends_with("us") && !word.ends_with("is") && !word.ends_with("ics");
        if (plural && (current & (kVague | kHead | kSolo)) != 0) lexicon.classes[std::string(word.substr(0, word.size() - 1))] |= current;
        continue;
      }
      word.remove_suffix(1);
      current = 0;
      for (const auto& [known, bit] : kClassNames) {
        if (known == word) current = bit;
      }
      if (current == 0) return fail(ErrorKind::corrupt, "{}: unknown word class \"{}\"", name, word);
    }
  }
  return {};
}

Result<> read_plurals(std::string_view name, Lexicon& lexicon) {
  const std::string text = TRY(read_share(name));
  for (const std::string_view line : split(text, "\n")) {
    if (line.empty() || line.starts_with('#')) continue;
    const auto words = split(trim(line), " ");
    if (words[0] == "=") {
      for (std::size_t i = 1; i < words.size(); ++i) lexicon.plurals[std::string(words[i])] = words[i];
    } else if (words.size() == 2) {
      lexicon.plurals[std::string(words[0])] = words[1];
    } else {
      return fail(ErrorKind::corrupt, "{}: expected \"plural singular\", got \"{}\"", name, line);
    }
  }
  return {};
}

Result<> read_phrases(std::string_view name, Lexicon& lexicon) {
  const std::string text = TRY(read_share(name));
  for (const std::string_view line : split(text, "\n")) {
    if (!trim(line).empty() && !line.starts_with('#')) lexicon.stop_phrases.emplace(trim(line));
  }
  return {};
}

Result<Lexicon> load() {
  Lexicon lexicon;
  TRY(read_classes("english_words.txt", lexicon));
  TRY(read_classes("chinese_words.txt", lexicon));
  TRY(read_plurals("english_plurals.txt", lexicon));
  TRY(read_phrases("stop_phrases.txt", lexicon));
  return lexicon;
}

}  // namespace

std::uint16_t Lexicon::classes_of(std::string_view word) const {
  const auto found = classes.find(std::string(word));
  return found == classes.end() ? std::uint16_t{0} : found->second;
}

Result<const Lexicon*> lexicon() {
  static const Result<Lexicon> loaded = load();
  if (!loaded) return tl::unexpected(loaded.error());
  return &*loaded;
}

}  // namespace jianwei::text

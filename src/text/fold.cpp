// Plural rules of English, in the order tried: listed exceptions; -ies -> -y; -sses, -xes, -ches, -shes, -oes lose "es"; -ss, -us, -is and -ics
// stay; any other -s goes. They are used for comparing words only, what is shown is always a spelling of the text.
#include "text/fold.h"

#include <algorithm>
#include <unordered_set>

#include "base/strings.h"
#include "records/unicode.h"

namespace jianwei::text {
namespace {

bool has_digit(std::string_view text) { return std::any_of(text.begin(), text.end(), [](char c) { return is_digit(c); }); }

bool is_number(std::string_view text) {
  return !text.empty() && is_digit(text[0]) && std::all_of(text.begin(), text.end(), [](char c) { return is_digit(c) || c == '.'; });
}

// Prefixes that are written with and without a hyphen ("non-linear", "nonlinear").
const std::unordered_set<std::string_view>& prefixes() {
  static const std::unordered_set<std::string_view> set = {
      "non",  "multi", "semi", "anti",  "co",   "pre",   "post",  "sub",   "super", "inter", "intra", "micro", "nano",  "macro", "meso", "bio",  "electro",
      "photo", "thermo", "hydro", "geo", "neuro", "cyber", "hyper", "ultra", "meta", "quasi", "pseudo", "re",   "un",    "de",   "bi",   "tri",  "mono",
      "poly", "tele",  "on",   "off",   "spatio", "socio", "piezo", "magneto", "ferro", "opto", "aero",  "in",   "ex",    "iso",  "radio", "auto", "mini"};
  return set;
}

std::size_t letters(std::string_view text) {  // code points
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; }));
}

std::string singular(std::string word, const Lexicon& lexicon) {
  const auto listed = [&] {
    const auto found = lexicon.plurals.find(word);
    return found == lexicon.plurals.end() ? nullptr : &found->second;
  };
  if (const std::string* known = listed()) return *known;
  if (word.ends_with("isation") || word.ends_with("isations")) word[word.rfind("isation") + 1] = 'z';
  if (word.size() >= 4 && word.back() == 's') {
    const auto ends = [&](std::string_view ending) { return word.ends_with(ending); };
    if (ends("ss") || ends("us") || ends("is") || ends("ics")) return word;
    if (ends("ies")) {
      word.resize(word.size() - (word.size() > 4 ? 3 : 1));
      if (word.back() != 'e') word += 'y';
    } else if (ends("sses") || ends("xes") || ends("ches") || ends("shes") || ends("oes")) {
      word.resize(word.size() - 2);
    } else {
      word.pop_back();
    }
    if (const std::string* known = listed()) return *known;
  }
  return word;
}

}  // namespace

std::size_t hyphen_length(std::string_view text) {
  if (text.empty()) return 0;
  if (text[0] == '-') return 1;
  const bool wide = text.size() >= 3 && text[0] == '\xe2' && text[1] == '\x80' && static_cast<unsigned char>(text[2]) >= 0x90 && static_cast<unsigned char>(text[2]) <= 0x93;
  return wide ? 3 : 0;
}

bool hyphen_joins(std::string_view left, std::string_view right) {
  if (left.empty() || right.empty()) return false;
  if (has_digit(right)) return is_number(right) ? !is_number(left) && right.size() <= 4 : true;
  if (has_digit(left)) return letters(right) <= (is_number(left) ? 1U : 2U);
  if (letters(left) == 1 || letters(right) == 1) return true;
  if (letters(left) == 2 && letters(right) <= 3 && left[0] >= 'A' && left[0] <= 'Z' && left[1] >= 'a' && left[1] <= 'z') return true;  // Li-ion, Wi-Fi
  return left.size() <= 7 && prefixes().contains(to_lower_ascii(left));
}

std::string fold_word(std::string_view surface, bool english, bool capitals, const Lexicon& lexicon) {
  if (is_number(surface)) return surface.size() > 4 ? std::string() : std::string(surface);
  std::string key;
  key.reserve(surface.size());
  bool ascii = true;
  for (std::size_t i = 0; i < surface.size();) {
    if (const std::size_t hyphen = hyphen_length(surface.substr(i)); hyphen > 0) {
      i += hyphen;
      continue;
    }
    if (surface.substr(i).starts_with("\xe2\x80\x99")) {  // the typographic apostrophe
      key += '\'';
      i += 3;
      continue;
    }
    ascii = ascii && static_cast<unsigned char>(surface[i]) < 0x80;
    key += to_lower_ascii(surface[i++]);
  }
  if (!ascii) key = fold_case(key);
  if (key.size() > 3 && key.ends_with("'s")) key.resize(key.size() - 2);
  if (!english) return key;
  if ((lexicon.classes_of(key) & (kFunctionWord | kBreakWord)) != 0) return key;
  // "GPS" and "CAS" are acronyms; "CNNs" is the plural of one.
  const bool acronym = !capitals && std::none_of(surface.begin(), surface.end(), [](char c) { return c >= 'a' && c <= 'z'; });
  return acronym ? key : singular(std::move(key), lexicon);
}

}  // namespace jianwei::text

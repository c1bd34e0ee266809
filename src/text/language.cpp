// Which language a text is written in.
//
// 1. Script. Letters are counted by script. Kana decide for Japanese, Hangul for Korean; Han against Latin is decided by counting one
//    Han character as much as one Latin word, since that is about what each carries ("基于Transformer-CRF的方法" is Chinese).
//    Cyrillic and Arabic are split by letters that only one of their languages has.
// 2. Latin script. Each word that is a function word of n languages gives 1/n to each of them; letters that few languages use (ñ, ã, ß, ő)
//    and a few long endings (-ción, -ção, -ung) add to theirs. English wins unless another language has clear evidence, because
//    exports of scholarly databases are English unless they say otherwise and short titles give little evidence.
#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/strings.h"
#include "records/unicode.h"
#include "text/corpus.h"

namespace jianwei::text {
namespace {

struct LanguageWords {
  std::string_view code;
  std::string_view words;  // parted by blanks
};
constexpr LanguageWords kLanguages[] = {
#include "text/language_words.inc"
};
constexpr std::size_t kLanguageCount = std::size(kLanguages);
using Scores = std::array<float, kLanguageCount>;

constexpr std::size_t kBytesRead = 2000;      // more text does not change the answer
constexpr float kClearEvidence = 1.0F;        // one word that only this language has
constexpr float kMarginOverEnglish = 1.5F;    // a foreign name in an English title must not decide

struct Hint {
  std::string_view text;
  std::string_view codes;  // parted by blanks
};
// Letters and the languages that use them; weights as for function words.
constexpr Hint kLetters[] = {{"ß", "de"},       {"ä", "de sv fi"}, {"ö", "de sv fi tr hu"}, {"ü", "de tr hu es"}, {"ñ", "es"},    {"¿", "es"},  {"ã", "pt"}, {"õ", "pt"},
                             {"ç", "fr pt tr ca"}, {"è", "fr it ca"}, {"ê", "fr pt vi"},     {"œ", "fr"},          {"ù", "fr it"}, {"å", "sv da no"}, {"ø", "da no"}, {"æ", "da no"},
                             {"ł", "pl"},       {"ą", "pl"},       {"ę", "pl"},             {"ś", "pl"},          {"ż", "pl"},    {"ř", "cs"},  {"ě", "cs"}, {"ů", "cs"},
                             {"č", "cs"},       {"ă", "ro vi"},    {"ț", "ro"},             {"ș", "ro"},          {"ő", "hu"},    {"ű", "hu"},  {"ğ", "tr"}, {"ş", "tr ro"},
                             {"ı", "tr"},       {"đ", "vi"},       {"ơ", "vi"},             {"ư", "vi"},          {"ạ", "vi"},    {"ế", "vi"},  {"ó", "es pl pt hu"}, {"í", "es pt cs hu"},
                             {"á", "es pt cs hu"}};
constexpr Hint kEndings[] = {{"ción", "es"}, {"ciones", "es"}, {"ção", "pt"}, {"ções", "pt"}, {"dade", "pt"}, {"dad", "es"}, {"zione", "it"}, {"zioni", "it"}, {"ità", "it"},
                             {"ung", "de"}, {"ungen", "de"}, {"keit", "de"}, {"schaft", "de"}, {"lich", "de"}, {"ische", "de"}, {"ischen", "de"}, {"ité", "fr"}, {"ités", "fr"},
                             {"eur", "fr"}, {"elle", "fr"}, {"ique", "fr"}, {"iques", "fr"}, {"heid", "nl"}, {"isch", "de nl"}, {"ości", "pl"}, {"nie", "pl"}};
constexpr float kLetterWeight = 0.4F;
constexpr float kEndingWeight = 0.5F;

struct Profiles {
  std::unordered_map<std::string_view, std::vector<std::uint8_t>> words;
  std::unordered_map<std::uint32_t, std::vector<std::uint8_t>> letters;
  std::vector<std::pair<std::string_view, std::vector<std::uint8_t>>> endings;

  Profiles() {
    for (std::size_t l = 0; l < kLanguageCount; ++l) {
      for (const std::string_view word : split(kLanguages[l].words, " ")) {
        std::vector<std::uint8_t>& languages = words[word];
        if (!word.empty() && (languages.empty() || languages.back() != l)) languages.push_back(static_cast<std::uint8_t>(l));
      }
    }
    for (const Hint& hint : kLetters) letters[static_cast<std::uint32_t>(decode_utf8(hint.text).value)] = indices(hint.codes);
    for (const Hint& hint : kEndings) endings.emplace_back(hint.text, indices(hint.codes));
  }

  static std::vector<std::uint8_t> indices(std::string_view codes) {
    std::vector<std::uint8_t> result;
    for (const std::string_view code : split(codes, " ")) {
      for (std::size_t l = 0; l < kLanguageCount; ++l) {
        if (kLanguages[l].code == code) result.push_back(static_cast<std::uint8_t>(l));
      }
    }
    return result;
  }
};

const Profiles& profiles() {
  static const Profiles instance;
  return instance;
}

void add(Scores& scores, const std::vector<std::uint8_t>& languages, float weight) {
  for (const std::uint8_t l : languages) scores[l] += weight / static_cast<float>(languages.size());
}

// Lower case of the letters of Latin-1 and Latin Extended-A; others as they are.
char32_t lower_latin(char32_t c) {
  if (c < 0x80) return static_cast<char32_t>(to_lower_ascii(static_cast<char>(c)));
  if (c >= 0xc0 && c <= 0xde && c != 0xd7) return c + 32;
  if ((c >= 0x100 && c <= 0x137) || (c >= 0x14a && c <= 0x177) || c == 0x218 || c == 0x21a || c == 0x1a0) return c | 1U;
  if (c == 0x1af) return 0x1b0;
  if (c >= 0x139 && c <= 0x148) return c % 2 == 1 ? c + 1 : c;
  return c;
}

// "Van der Waals", "de Broglie", "von Neumann": particles of names say nothing about the language of the text.
bool is_name_particle(std::string_view word, std::string_view previous, bool next_is_capital, bool self_is_capital) {
  if (word == "van" || word == "von") return self_is_capital || next_is_capital;
  return previous == "van" || previous == "von" || (word == "la" && previous == "de");
}

std::string detect_latin(std::string_view text) {
  Scores scores{};
  const Profiles& profile = profiles();
  std::string word;
  std::string previous;
  bool capital = false;
  std::size_t i = 0;
  const auto finish = [&](bool next_is_capital) {
    if (word.empty()) return;
    if (!is_name_particle(word, previous, next_is_capital, capital)) {
      if (const auto found = profile.words.find(word); found != profile.words.end()) {
        add(scores, found->second, 1.0F);
      } else if (word.size() > 5) {
        for (const auto& [ending, languages] : profile.endings) {
          if (word.ends_with(ending)) add(scores, languages, kEndingWeight);
        }
      }
    }
    previous.swap(word);
    word.clear();
  };
  while (i < text.size()) {
    const CodePoint point = decode_utf8(text.substr(i));
    if (is_letter(point.value)) {
      const char32_t lower = lower_latin(point.value);
      if (word.empty()) capital = lower != point.value;
      append_utf8(word, lower);
      if (lower >= 0x80) {
        if (const auto found = profile.letters.find(static_cast<std::uint32_t>(lower)); found != profile.letters.end()) add(scores, found->second, kLetterWeight);
      }
    } else if (!word.empty()) {
      const std::string_view rest = text.substr(i + static_cast<std::size_t>(point.length));
      finish(!rest.empty() && rest[0] >= 'A' && rest[0] <= 'Z');
    }
    i += static_cast<std::size_t>(point.length);
  }
  finish(false);
  const auto best = static_cast<std::size_t>(std::max_element(scores.begin(), scores.end()) - scores.begin());
  const bool clear = scores[best] >= kClearEvidence && scores[best] > kMarginOverEnglish * scores[0];
  return std::string(kLanguages[clear ? best : 0].code);
}

struct ScriptCounts {
  std::int64_t latin = 0, latin_words = 0, han = 0, kana = 0, hangul = 0, cyrillic = 0, greek = 0, arabic = 0, hebrew = 0, devanagari = 0, thai = 0, other = 0;
  std::int64_t ukrainian = 0, belarusian = 0, serbian = 0, persian = 0;
};

ScriptCounts count_scripts(std::string_view text) {
  ScriptCounts n;
  bool in_word = false;
  std::size_t i = 0;
  while (i < text.size()) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (byte < 0x80) {
      const bool letter = is_alpha(text[i]);
      n.latin += letter;
      n.latin_words += letter && !in_word;
      in_word = letter;
      ++i;
      continue;
    }
    const CodePoint point = decode_utf8(text.substr(i));
    const char32_t c = point.value;
    i += static_cast<std::size_t>(point.length);
    const bool latin = (c >= 0xc0 && c <= 0x24f && c != 0xd7 && c != 0xf7) || (c >= 0x1e00 && c <= 0x1eff);
    n.latin += latin;
    n.latin_words += latin && !in_word;
    in_word = latin;
    if (latin) continue;
    if (is_han(c)) ++n.han;
    else if (c >= 0x3041 && c <= 0x30ff && c != 0x30fb) ++n.kana;
    else if ((c >= 0xac00 && c <= 0xd7af) || (c >= 0x1100 && c <= 0x11ff)) ++n.hangul;
    else if (c >= 0x400 && c <= 0x52f) {
      ++n.cyrillic;
      n.ukrainian += c == 0x456 || c == 0x457 || c == 0x454 || c == 0x491;
      n.belarusian += c == 0x45e;
      n.serbian += c == 0x458 || c == 0x459 || c == 0x45a || c == 0x45b;
    } else if (c >= 0x370 && c <= 0x3ff) ++n.greek;
    else if (c >= 0x600 && c <= 0x6ff) {
      ++n.arabic;
      n.persian += c == 0x67e || c == 0x686 || c == 0x698 || c == 0x6af;
    } else if (c >= 0x590 && c <= 0x5ff) ++n.hebrew;
    else if (c >= 0x900 && c <= 0x97f) ++n.devanagari;
    else if (c >= 0xe00 && c <= 0xe7f) ++n.thai;
    else n.other += is_letter(c);
  }
  return n;
}

}  // namespace

std::string detect_language(std::string_view text) {
  text = text.substr(0, kBytesRead);
  const ScriptCounts n = count_scripts(text);
  if (n.kana > 0 && n.kana * 10 >= n.han && n.kana + n.han >= n.latin_words) return "ja";  // a Chinese text may quote a word in kana
  if (n.han > 0 && n.han >= n.latin_words && n.han >= n.hangul) return "zh";
  if (n.hangul > 0 && n.hangul >= n.latin_words) return "ko";
  const std::int64_t foreign = std::max({n.cyrillic, n.arabic, n.hebrew, n.devanagari, n.thai, n.other, n.greek});
  if (foreign > n.latin) {
    if (foreign == n.cyrillic) return n.ukrainian > 0 ? "uk" : n.belarusian > 0 ? "be" : n.serbian > 0 ? "sr" : "ru";
    if (foreign == n.arabic) return n.persian > 0 ? "fa" : "ar";
    if (foreign == n.hebrew) return "he";
    if (foreign == n.devanagari) return "hi";
    if (foreign == n.thai) return "th";
    if (foreign == n.greek) return "el";
    return "";
  }
  return n.latin > 0 ? detect_latin(text) : "";
}

}  // namespace jianwei::text

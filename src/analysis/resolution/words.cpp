#include "analysis/resolution/words.h"

#include <algorithm>
#include <array>

#include "analysis/resolution/similarity.h"
#include "base/strings.h"

namespace jianwei::analysis {
namespace {

constexpr std::size_t kMaxTitleWords = 80;
constexpr std::uint8_t kMaxPersons = 15;
constexpr std::size_t kLongestWord = 255;
constexpr std::size_t kLastBegin = 65535;
constexpr std::array<std::string_view, 10> kDigits = {"", "1", "2", "3", "4", "5", "6", "7", "8", "9"};

// What editors add in brackets ("panel session", "extended abstract") says little about which work it is.
bool is_annotation(std::string_view word) {
  static constexpr std::array<std::string_view, 12> kWords = {"panel", "session", "abstract", "abstracts", "extended", "invited", "tutorial", "poster", "demo", "demonstration", "keynote", "ed"};
  return std::find(kWords.begin(), kWords.end(), word) != kWords.end();
}

Word make_word(std::string_view folded, std::string_view text) {
  Word word;
  word.begin = static_cast<std::uint16_t>(text.data() - folded.data());
  word.length = static_cast<std::uint8_t>(text.size());
  word.letters = letters_of(text);
  int flags = 0;
  for (const char c : text) {
    if (is_digit(c)) flags |= word_has_digit;
    if (static_cast<unsigned char>(c) >= 0x80) flags |= word_not_ascii;
  }
  word.flags = flags & 15;
  return word;
}

bool has_place(std::string_view folded, std::string_view text) {
  return text.size() <= kLongestWord && static_cast<std::size_t>(text.data() - folded.data()) <= kLastBegin;
}

}  // namespace

std::string_view plain_number(std::string_view word) {
  static constexpr std::array<std::array<std::string_view, 5>, 9> kSpellings = {{{"first", "1st", "one", "1", "一"},
                                                                               {"second", "2nd", "two", "ii", "二"},
                                                                               {"third", "3rd", "three", "iii", "三"},
                                                                               {"fourth", "4th", "four", "iv", "四"},
                                                                               {"fifth", "5th", "five", "5", "五"},
                                                                               {"sixth", "6th", "six", "vi", "六"},
                                                                               {"seventh", "7th", "seven", "vii", "七"},
                                                                               {"eighth", "8th", "eight", "viii", "八"},
                                                                               {"ninth", "9th", "nine", "ix", "九"}}};
  if (word.size() < 2 || word.size() > 7) return word;
  for (std::size_t i = 0; i < kSpellings.size(); ++i) {
    for (const std::string_view spelling : kSpellings[i]) {
      if (spelling == word) return kDigits[i + 1];
    }
  }
  return word;
}

bool is_number_word(std::string_view word) {
  if (std::all_of(word.begin(), word.end(), is_digit)) return true;
  static constexpr std::array<std::string_view, 9> kNumbers = {"i", "v", "x", "xi", "xii", "十", "上", "下", "中"};
  return std::find(kNumbers.begin(), kNumbers.end(), word) != kNumbers.end();
}

std::uint32_t letters_of(std::string_view word) {
  std::uint32_t letters = 0;
  for (const char c : word) letters |= 1U << (static_cast<unsigned char>(c) & 31);
  return letters;
}

bool is_misspelling(std::string_view a, std::string_view b) {
  const std::size_t shorter = std::min(a.size(), b.size());
  const std::size_t longer = std::max(a.size(), b.size());
  if (shorter < 4 || longer - shorter > 2) return false;
  if (std::any_of(a.begin(), a.end(), is_digit) || std::any_of(b.begin(), b.end(), is_digit)) return false;
  return edit_distance(a, b) <= (shorter >= 8 ? 2 : 1);
}

bool is_misspelling(const Word& a, std::string_view text_a, const Word& b, std::string_view text_b) {
  return may_be_misspelling(a, b) && edit_distance(text_a, text_b) <= (std::min(text_a.size(), text_b.size()) >= 8 ? 2 : 1);
}

void read_title_words(std::string_view folded, const WordWeights& weights, std::vector<Word>& out) {
  const std::size_t first = out.size();
  each_word(folded, [&](std::string_view text) {
    if (out.size() - first >= kMaxTitleWords || is_stop_word(text) || !has_place(folded, text)) return;
    Word word = make_word(folded, text);
    const std::string_view plain = plain_number(text);
    if (plain.data() != text.data()) word.number = static_cast<std::uint8_t>(plain[0] - '0') & 15;
    int flags = word.flags | (word.number != 0 ? word_has_digit : 0);
    if (is_number_word(plain)) flags |= word_is_number;
    if (is_annotation(text)) flags |= word_is_annotation;
    word.flags = flags & 15;
    word.hash = word_hash(plain);
    word.document_count = weights.document_count(word.hash);
    out.push_back(word);
  });
}

void read_name_words(std::string_view folded, const WordWeights& weights, std::vector<Word>& out) {
  std::string_view rest = folded;
  for (std::uint8_t person = 0; !rest.empty() && person < kMaxPersons; ++person) {
    const std::size_t end = rest.find(',');
    std::size_t count = 0;
    each_word(rest.substr(0, end), [&](std::string_view text) {
      if ((text.size() <= 1 && count >= 5) || !has_place(folded, text)) return;
      Word word = make_word(folded, text);
      word.hash = word_hash(text);
      word.document_count = weights.document_count(word.hash);
      word.number = person & 15;
      out.push_back(word);
      ++count;
    });
    if (end == std::string_view::npos) break;
    rest.remove_prefix(end + 1);
  }
}

std::string_view title_text(const Word& word, std::string_view folded) {
  return word.number != 0 ? kDigits[word.number] : folded.substr(word.begin, word.length);
}

double weight_of(const Word& word, const WordWeights& weights) {
  return weights.weight_of_count(word.document_count) * ((word.flags & word_is_annotation) != 0 ? 0.2 : 1.0);
}

}  // namespace jianwei::analysis

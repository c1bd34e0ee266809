// A word is [C](VC)^m[V]; m, the measure of what stands before a suffix, decides whether the suffix may go. Steps 1a to 5b follow the paper;
// within a step the longest suffix that fits is tried, and only that one.
#include "analysis/retrieval/porter.h"

#include <algorithm>
#include <span>

namespace jianwei::analysis {
namespace {

struct Rule {
  std::string_view suffix, replacement;
};

bool is_consonant(std::string_view word, std::size_t i) {
  switch (word[i]) {
    case 'a': case 'e': case 'i': case 'o': case 'u': return false;
    case 'y': return i == 0 || !is_consonant(word, i - 1);
    default: return true;
  }
}

int measure(std::string_view stem) {
  int count = 0;
  for (std::size_t i = 1; i < stem.size(); ++i) count += is_consonant(stem, i) && !is_consonant(stem, i - 1);
  return count;
}

bool has_vowel(std::string_view stem) {
  for (std::size_t i = 0; i < stem.size(); ++i) {
    if (!is_consonant(stem, i)) return true;
  }
  return false;
}

bool ends_double_consonant(std::string_view word) {
  const std::size_t n = word.size();
  return n >= 2 && word[n - 1] == word[n - 2] && is_consonant(word, n - 1);
}

// *o: ends consonant, vowel, consonant, the last not w, x or y.
bool ends_short_syllable(std::string_view word) {
  const std::size_t n = word.size();
  if (n < 3 || !is_consonant(word, n - 3) || is_consonant(word, n - 2) || !is_consonant(word, n - 1)) return false;
  return word[n - 1] != 'w' && word[n - 1] != 'x' && word[n - 1] != 'y';
}

// Replaces the longest fitting suffix when the measure before it is at least `least`.
void apply_longest(std::string& word, std::span<const Rule> rules, int least) {
  const Rule* longest = nullptr;
  for (const Rule& rule : rules) {
    if (word.ends_with(rule.suffix) && (longest == nullptr || rule.suffix.size() > longest->suffix.size())) longest = &rule;
  }
  if (longest == nullptr) return;
  const std::string_view stem = std::string_view(word).substr(0, word.size() - longest->suffix.size());
  if (measure(stem) < least) return;
  if (longest->suffix == "ion" && (stem.empty() || (stem.back() != 's' && stem.back() != 't'))) return;
  word.replace(stem.size(), std::string::npos, longest->replacement);
}

void step_1a(std::string& word) {
  if (word.ends_with("sses") || word.ends_with("ies")) word.resize(word.size() - 2);
  else if (word.ends_with("s") && !word.ends_with("ss")) word.pop_back();
}

void step_1b(std::string& word) {
  if (word.ends_with("eed")) {
    if (measure(std::string_view(word).substr(0, word.size() - 3)) > 0) word.pop_back();
    return;
  }
  const std::size_t cut = word.ends_with("ed") ? 2 : word.ends_with("ing") ? 3 : 0;
  if (cut == 0 || !has_vowel(std::string_view(word).substr(0, word.size() - cut))) return;
  word.resize(word.size() - cut);
  if (word.ends_with("at") || word.ends_with("bl") || word.ends_with("iz")) word += 'e';
  else if (ends_double_consonant(word) && !word.ends_with('l') && !word.ends_with('s') && !word.ends_with('z')) word.pop_back();
  else if (measure(word) == 1 && ends_short_syllable(word)) word += 'e';
}

constexpr Rule kStep2[] = {{"ational", "ate"}, {"tional", "tion"}, {"enci", "ence"}, {"anci", "ance"}, {"izer", "ize"}, {"abli", "able"}, {"alli", "al"},
                           {"entli", "ent"}, {"eli", "e"}, {"ousli", "ous"}, {"ization", "ize"}, {"ation", "ate"}, {"ator", "ate"}, {"alism", "al"},
                           {"iveness", "ive"}, {"fulness", "ful"}, {"ousness", "ous"}, {"aliti", "al"}, {"iviti", "ive"}, {"biliti", "ble"}};
constexpr Rule kStep3[] = {{"icate", "ic"}, {"ative", ""}, {"alize", "al"}, {"iciti", "ic"}, {"ical", "ic"}, {"ful", ""}, {"ness", ""}};
constexpr Rule kStep4[] = {{"al", ""}, {"ance", ""}, {"ence", ""}, {"er", ""}, {"ic", ""}, {"able", ""}, {"ible", ""}, {"ant", ""}, {"ement", ""}, {"ment", ""},
                           {"ent", ""}, {"ion", ""}, {"ou", ""}, {"ism", ""}, {"ate", ""}, {"iti", ""}, {"ous", ""}, {"ive", ""}, {"ize", ""}};

}  // namespace

std::string porter_stem(std::string_view text) {
  std::string word(text);
  if (word.size() < 3 || !std::all_of(word.begin(), word.end(), [](char c) { return c >= 'a' && c <= 'z'; })) return word;
  step_1a(word);
  step_1b(word);
  if (word.ends_with('y') && has_vowel(std::string_view(word).substr(0, word.size() - 1))) word.back() = 'i';  // 1c
  apply_longest(word, kStep2, 1);
  apply_longest(word, kStep3, 1);
  apply_longest(word, kStep4, 2);
  if (word.ends_with('e')) {  // 5a
    const std::string_view stem = std::string_view(word).substr(0, word.size() - 1);
    const int m = measure(stem);
    if (m > 1 || (m == 1 && !ends_short_syllable(stem))) word.pop_back();
  }
  if (word.ends_with("ll") && measure(std::string_view(word).substr(0, word.size() - 1)) > 1) word.pop_back();  // 5b: m of the whole stem
  return word;
}

}  // namespace jianwei::analysis

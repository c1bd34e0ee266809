// Titles are aligned word by word: equal words first, then misspelt ones (edit distance 1 or 2), then split or joined ones
// ("data base"). What is left decides the level: nothing (near), words on one side only (contained), or words that stand against
// each other (substituted), as in a series of studies that differ by the drug. Words weigh by their rarity.
#include "analysis/resolution/compare.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <vector>

#include "analysis/resolution/similarity.h"
#include "base/strings.h"
#include "records/unicode.h"

namespace jianwei::analysis {
namespace {

constexpr std::size_t kMaxWords = 80;

struct Word {
  std::string_view text;
  std::uint32_t hash = 0;
  double weight = 0.0;
  std::int32_t document_count = 0;
  bool used = false;
};

// Spellings of small numbers as one: "fourth", "4th" and "iv" are "4". Single letters are left alone.
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
  static constexpr std::array<std::string_view, 9> kDigits = {"1", "2", "3", "4", "5", "6", "7", "8", "9"};
  if (word.size() < 2 || word.size() > 7) return word;
  for (std::size_t i = 0; i < kSpellings.size(); ++i) {
    for (const std::string_view spelling : kSpellings[i]) {
      if (spelling == word) return kDigits[i];
    }
  }
  return word;
}

// What editors add in brackets ("panel session", "extended abstract") says little about which work it is.
bool is_annotation(std::string_view word) {
  static constexpr std::array<std::string_view, 12> kWords = {"panel", "session", "abstract", "abstracts", "extended", "invited", "tutorial", "poster", "demo", "demonstration", "keynote", "ed"};
  return std::find(kWords.begin(), kWords.end(), word) != kWords.end();
}

std::vector<Word> read_words(std::string_view folded, const WordWeights& weights) {
  std::vector<Word> words;
  words.reserve(16);
  each_word(folded, [&](std::string_view text) {
    if (words.size() >= kMaxWords || is_stop_word(text)) return;
    text = plain_number(text);
    const std::uint32_t hash = word_hash(text);
    words.push_back({text, hash, weights.weight(hash) * (is_annotation(text) ? 0.2 : 1.0), weights.document_count(hash), false});
  });
  return words;
}

std::string without_blanks(std::string_view folded) {
  std::string compact;
  compact.reserve(folded.size());
  std::copy_if(folded.begin(), folded.end(), std::back_inserter(compact), [](char c) { return c != ' '; });
  return compact;
}

bool is_number_word(std::string_view word) {
  if (std::all_of(word.begin(), word.end(), is_digit)) return true;
  static constexpr std::array<std::string_view, 9> kNumbers = {"i", "v", "x", "xi", "xii", "十", "上", "下", "中"};
  return std::find(kNumbers.begin(), kNumbers.end(), word) != kNumbers.end();
}

// A number that only one title has sets two works apart when it ends the title ("... II", "... part 2"); 1 may be a footnote mark.
bool is_part_number(const Word& word, const std::vector<Word>& title) {
  static constexpr std::array<std::string_view, 5> kWeak = {"1", "i", "v", "上", "中"};
  if (!is_number_word(word.text) || &word != &title.back() || word.text.size() > 3) return false;  // a year is no part
  return std::find(kWeak.begin(), kWeak.end(), word.text) == kWeak.end();
}

bool is_misspelling(std::string_view a, std::string_view b) {
  const std::size_t shorter = std::min(a.size(), b.size());
  const std::size_t longer = std::max(a.size(), b.size());
  if (shorter < 4 || longer - shorter > 2) return false;
  if (std::any_of(a.begin(), a.end(), is_digit) || std::any_of(b.begin(), b.end(), is_digit)) return false;
  return edit_distance(a, b) <= (shorter >= 8 ? 2 : 1);
}

std::vector<Word*> unused(std::vector<Word>& words) {
  std::vector<Word*> rest;
  for (Word& word : words) {
    if (!word.used) rest.push_back(&word);
  }
  return rest;
}

// Pairs "database" of one title with "data", "base" of the other.
double match_joined(std::vector<Word>& whole, std::vector<Word>& parts) {
  double matched = 0;
  for (Word& word : whole) {
    if (word.used || word.text.size() < 4) continue;
    for (std::size_t i = 0; i + 1 < parts.size(); ++i) {
      if (parts[i].used || parts[i + 1].used) continue;
      if (word.text.size() != parts[i].text.size() + parts[i + 1].text.size()) continue;
      if (!word.text.starts_with(parts[i].text) || !word.text.ends_with(parts[i + 1].text)) continue;
      word.used = parts[i].used = parts[i + 1].used = true;
      matched += word.weight;
      break;
    }
  }
  return matched;
}

bool has_han(std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    const CodePoint point = decode_utf8(text.substr(i));
    if (is_han(point.value)) return true;
    i += static_cast<std::size_t>(point.length);
  }
  return false;
}

struct TitleComparison {
  std::uint8_t level = kUnknownLevel;
  std::uint8_t conflicts = conflict_none;
  double closeness = 0.0;
};

TitleComparison compare_titles(std::string_view a, std::string_view b, const WordWeights& weights) {
  if (a.empty() || b.empty() || has_han(a) != has_han(b)) return {};  // two languages say nothing about each other
  std::vector<Word> words_a = read_words(a, weights);
  std::vector<Word> words_b = read_words(b, weights);
  const auto same_level = [&] { return static_cast<std::uint8_t>(words_a.size() >= 5 || a.size() >= 45 ? title_same_long : title_same_short); };
  if (a == b) return {same_level(), conflict_none, 1.0};
  const std::string compact_a = without_blanks(a);
  const std::string compact_b = without_blanks(b);
  if (compact_a == compact_b) return {same_level(), conflict_none, 1.0};

  // Equal words, then misspelt, then joined ones.
  double common = 0;
  for (Word& x : words_a) {
    for (Word& y : words_b) {
      if (y.used || x.hash != y.hash) continue;
      x.used = y.used = true;
      common += x.weight;
      break;
    }
  }
  TitleComparison result;
  bool numbers_a = false;
  bool numbers_b = false;
  for (const Word* word : unused(words_a)) {
    numbers_a = numbers_a || is_number_word(word->text);
    if (is_part_number(*word, words_a)) result.conflicts |= conflict_number;
  }
  for (const Word* word : unused(words_b)) {
    numbers_b = numbers_b || is_number_word(word->text);
    if (is_part_number(*word, words_b)) result.conflicts |= conflict_number;
  }
  if (numbers_a && numbers_b) result.conflicts |= conflict_number;
  for (Word* x : unused(words_a)) {
    for (Word* y : unused(words_b)) {
      if (!is_misspelling(x->text, y->text)) continue;
      // Two words that both are in use elsewhere are words, not slips ("diet", "dies").
      if (std::min(x->document_count, y->document_count) > 3 && edit_distance(x->text, y->text) > 1) continue;
      x->used = y->used = true;
      common += 0.5 * (x->weight + y->weight);
      break;
    }
  }
  common += match_joined(words_a, words_b) + match_joined(words_b, words_a);

  double rest_a = 0;
  double rest_b = 0;
  std::int32_t rarest_a = 1 << 30;
  std::int32_t rarest_b = 1 << 30;
  for (const Word* word : unused(words_a)) {
    rest_a += word->weight;
    rarest_a = std::min(rarest_a, word->document_count);
  }
  for (const Word* word : unused(words_b)) {
    rest_b += word->weight;
    rarest_b = std::min(rarest_b, word->document_count);
  }
  const double total = common + rest_a + rest_b;
  const double share = total > 0 ? common / total : 0.0;
  const double similarity = share < 0.2 ? 0.0 : edit_similarity(compact_a, compact_b);  // garbled beyond that is not believed
  result.closeness = 0.5 * (share + similarity);
  const std::size_t shorter = std::min(words_a.size(), words_b.size());
  const double coverage = common > 0 ? common / (common + std::min(rest_a, rest_b)) : 0.0;
  const bool slips = similarity >= 0.9 && std::min(rarest_a, rarest_b) <= 2;  // what differs on one side occurs nowhere else: damage
  if ((rest_a == 0 && rest_b == 0 && total > 0) || share >= 0.93 || (similarity >= 0.94 && slips) || (slips && share >= 0.75)) {
    result.level = title_near;
  } else if (coverage >= 0.97 && shorter >= 3 && share >= 0.3) {
    result.level = title_contained;
  } else if (share >= 0.6) {
    result.level = title_substituted;
  } else if (share >= 0.3) {
    result.level = title_related;
  } else {
    result.level = title_different;
  }
  return result;
}

struct Name {
  std::vector<std::string_view> words;
  bool used = false;
};

std::vector<Name> read_names(std::string_view folded) {
  std::vector<Name> names;
  while (!folded.empty() && names.size() < 15) {
    const std::size_t end = folded.find(',');
    Name name;
    each_word(folded.substr(0, end), [&](std::string_view word) {
      if (word.size() > 1 || name.words.size() < 5) name.words.push_back(word);
    });
    names.push_back(std::move(name));
    if (end == std::string_view::npos) break;
    folded.remove_prefix(end + 1);
  }
  return names;
}

bool is_same_name_word(std::string_view a, std::string_view b) {
  return a == b || (std::min(a.size(), b.size()) >= 5 && a[0] == b[0] && static_cast<unsigned char>(a[0]) < 0x80 && is_misspelling(a, b));
}

// 1: one person's name in two spellings; 0.5: a shared word but other initials; 0: nothing in common.
double match_names(const Name& a, const Name& b) {
  std::uint32_t used_b = 0;
  std::uint64_t left_a = 0;
  std::uint64_t left_b = 0;
  bool shared = false;
  const auto initial = [](std::string_view word) { return std::uint64_t{1} << (static_cast<unsigned char>(word[0]) & 63); };
  for (const std::string_view word : a.words) {
    bool found = false;
    for (std::size_t j = 0; j < b.words.size() && j < 32 && word.size() > 1; ++j) {
      if ((used_b >> j & 1) != 0 || !is_same_name_word(word, b.words[j])) continue;
      used_b |= 1U << j;
      found = shared = true;
      break;
    }
    if (!found) {
      // Initials written together ("smith jb") stand for each of their letters.
      left_a |= initial(word);
      if (word.size() == 2) left_a |= initial(word.substr(1));
    }
  }
  for (std::size_t j = 0; j < b.words.size() && j < 32; ++j) {
    if ((used_b >> j & 1) != 0) continue;
    left_b |= initial(b.words[j]);
    if (b.words[j].size() == 2) left_b |= initial(b.words[j].substr(1));
  }
  if (!shared) return 0.0;
  return left_a == 0 || left_b == 0 || (left_a & left_b) != 0 ? 1.0 : 0.5;
}

// The share of the rarer words when one side's names could not be told apart ("Adeli K.Lewis G. F." as one person).
double word_overlap(std::string_view a, std::string_view b, const WordWeights& weights) {
  const auto long_words = [&](std::string_view folded) {
    std::string spaced(folded);
    std::replace(spaced.begin(), spaced.end(), ',', ' ');
    std::vector<std::pair<std::uint32_t, double>> words;
    each_word(spaced, [&](std::string_view word) {
      if (word.size() > 2) words.emplace_back(word_hash(word), weights.weight(word_hash(word)));
    });
    std::sort(words.begin(), words.end());
    words.erase(std::unique(words.begin(), words.end()), words.end());
    return words;
  };
  const auto words_a = long_words(a);
  const auto words_b = long_words(b);
  double common = 0;
  double total_a = 0;
  double total_b = 0;
  for (const auto& [hash, weight] : words_a) total_a += weight;
  for (const auto& [hash, weight] : words_b) {
    total_b += weight;
    if (std::binary_search(words_a.begin(), words_a.end(), std::pair{hash, weight})) common += weight;
  }
  const double smaller = std::min(total_a, total_b);
  return smaller > 0 ? common / smaller : 0.0;
}

std::uint8_t compare_persons(std::string_view a, std::string_view b, const WordWeights& weights, double& closeness) {
  if (a.empty() || b.empty()) return kUnknownLevel;
  if (a == b) {
    closeness = 1;
    return a.find_first_of(", ") != std::string_view::npos ? persons_same : persons_subset;
  }
  if (has_han(a) != has_han(b)) return kUnknownLevel;  // Chinese characters against Latin letters
  std::vector<Name> names_a = read_names(a);
  std::vector<Name> names_b = read_names(b);
  if (names_a.size() > names_b.size()) names_a.swap(names_b);
  double matched = 0;
  for (const Name& name : names_a) {
    Name* best = nullptr;
    double best_value = 0;
    for (Name& other : names_b) {
      if (other.used) continue;
      const double value = match_names(name, other);
      if (value > best_value) {
        best_value = value;
        best = &other;
      }
      if (value == 1.0) break;
    }
    if (best == nullptr) continue;
    best->used = true;
    matched += best_value;
  }
  const auto smaller = static_cast<double>(names_a.size());
  const auto larger = static_cast<double>(names_b.size());
  double share = matched / smaller;
  const bool run_together = names_a.size() == 1 && (names_a[0].words.size() >= 5 || (larger == 1 && names_b[0].words.size() >= 5));
  if (run_together) share = word_overlap(a, b, weights);
  closeness = share;
  if (share >= 0.85) {
    const bool full = run_together || (smaller >= 2 && smaller / larger >= 0.5) || (larger == 1 && names_a[0].words.size() >= 2 && names_b[0].words.size() >= 2);
    return full ? persons_same : persons_subset;
  }
  return share >= 0.5 ? persons_half : share > 0 ? persons_some : persons_none;
}

std::uint8_t compare_years(std::int16_t a, std::int16_t b) {
  if (a == 0 || b == 0) return kUnknownLevel;
  const int distance = std::abs(a - b);
  return distance == 0 ? year_same : distance == 1 ? year_next : distance <= 3 ? year_near : year_far;
}

std::uint8_t compare_loci(const Comparable& a, const Comparable& b) {
  const bool volumes = a.volume != 0 && b.volume != 0;
  if (a.first_page != 0 && b.first_page != 0) {
    const bool telling = a.first_page > 1 || (a.last_page > 0 && a.last_page == b.last_page && volumes && a.volume == b.volume);
    if (a.first_page == b.first_page) return telling ? static_cast<std::uint8_t>(locus_page) : kUnknownLevel;
    return locus_other;
  }
  if (!volumes) return kUnknownLevel;
  if (a.volume != b.volume) return a.issue != 0 && a.issue == b.issue ? kUnknownLevel : static_cast<std::uint8_t>(locus_other);
  if (a.issue != 0 && b.issue != 0 && a.issue != b.issue) return kUnknownLevel;
  return locus_issue;
}

std::uint8_t compare_abstracts(const Comparable& a, const Comparable& b) {
  if (a.abstract_simhash == 0 || b.abstract_simhash == 0 || a.han_abstract != b.han_abstract) return kUnknownLevel;
  const int distance = std::popcount(a.abstract_simhash ^ b.abstract_simhash);
  return distance <= 12 ? abstract_same : distance <= 21 ? abstract_alike : abstract_other;
}

}  // namespace

bool is_same_venue_name(std::string_view a, std::string_view b) {
  if (a == b) return true;
  std::vector<std::string_view> words_a;
  std::vector<std::string_view> words_b;
  each_word(a, [&](std::string_view word) { if (!is_stop_word(word) && word != "amp") words_a.push_back(word); });
  each_word(b, [&](std::string_view word) { if (!is_stop_word(word) && word != "amp") words_b.push_back(word); });
  if (words_a.empty() || words_b.empty()) return false;
  if (words_a.size() > words_b.size()) words_a.swap(words_b);
  if (words_a.size() == 1) {
    // One word: the same word alone, an abbreviation of one word, or the initials of the other name.
    const std::string_view word = words_a[0];
    if (words_b.size() == 1) return words_b[0].starts_with(word) || word.starts_with(words_b[0]);
    if (word.size() == words_b.size() && word.size() >= 3) {
      return std::equal(word.begin(), word.end(), words_b.begin(), [](char c, std::string_view other) { return other[0] == c; });
    }
    return words_b[0] == word && word.size() >= 6 && (words_b[1] == "conference" || words_b[1] == "journal" || words_b.size() == 2);
  }
  // Every word of the shorter name abbreviates, in order, one of the longer.
  std::size_t next = 0;
  std::size_t matched = 0;
  for (const std::string_view word : words_a) {
    while (next < words_b.size() && !(words_b[next].starts_with(word) || (words_b[next].size() >= 2 && word.starts_with(words_b[next])))) ++next;
    if (next == words_b.size()) break;
    ++matched;
    ++next;
  }
  return matched == words_a.size();
}

bool may_be_alike(const Comparable& a, const Comparable& b) {
  int common = 0;
  int count_a = 0;
  int count_b = 0;
  for (std::size_t i = 0; i < a.signature.size(); ++i) {
    common += std::popcount(a.signature[i] & b.signature[i]);
    count_a += std::popcount(a.signature[i]);
    count_b += std::popcount(b.signature[i]);
  }
  const int smaller = std::min(count_a, count_b);
  // Unrelated titles of 80 letters share about a quarter of their bits by chance.
  return smaller == 0 || 2 * common >= smaller;
}

Comparison compare(const Comparable& a, const Comparable& b, const ComparisonContext& context) {
  TitleComparison title = compare_titles(a.title, b.title, context.title_words);
  for (const auto& [x, y] : {std::pair{a.translated, b.title}, std::pair{a.title, b.translated}, std::pair{a.translated, b.translated}}) {
    if (x.empty() || y.empty() || title.level <= title_near) continue;
    const TitleComparison other = compare_titles(x, y, context.title_words);
    if (other.level < title.level) title = other;
  }
  double names = 0;
  Comparison result;
  result.levels[field_title] = title.level;
  // A title that says nothing about which work it is can only speak against a pair.
  if ((a.generic_title || b.generic_title) && title.level <= title_near) result.levels[field_title] = kUnknownLevel;
  result.levels[field_persons] = compare_persons(a.persons, b.persons, context.name_words, names);
  result.levels[field_year] = compare_years(a.year, b.year);
  result.levels[field_venue] = a.venue.empty() || b.venue.empty() ? kUnknownLevel : static_cast<std::uint8_t>(is_same_venue_name(a.venue, b.venue) ? venue_same : venue_unclear);
  result.levels[field_locus] = compare_loci(a, b);
  result.levels[field_abstract] = compare_abstracts(a, b);
  result.conflicts = static_cast<std::uint8_t>(title.conflicts | (a.marks != b.marks ? conflict_mark : conflict_none));
  result.same_title = title.level <= title_near;
  result.closeness = 0.6 * title.closeness + 0.4 * names;
  return result;
}

std::string describe(const Comparison& comparison) {
  static constexpr std::array<std::array<std::string_view, 7>, field_count> kTexts = {{
      {"same title", "same short title", "title spelt differently", "one title contains the other", "titles differ in a word", "titles share words", "titles differ"},
      {"same authors", "authors of one among those of the other", "half of the authors shared", "an author shared", "other authors", "", ""},
      {"same year", "years next to each other", "years at most 3 apart", "years far apart", "", "", ""},
      {"same venue", "venues not comparable", "other venue", "", "", "", ""},
      {"same first page", "same volume", "other pages or volume", "", "", "", ""},
      {"same abstract", "abstracts alike", "abstracts differ", "", "", "", ""},
  }};
  std::string text;
  for (std::size_t field = 0; field < field_count; ++field) {
    const std::uint8_t level = comparison.levels[field];
    if (level == kUnknownLevel || (field == field_venue && level == venue_unclear)) continue;
    if (!text.empty()) text += "; ";
    text += kTexts[field][level];
  }
  return text;
}

}  // namespace jianwei::analysis

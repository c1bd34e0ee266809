// Titles are aligned word by word: equal words first, then misspelt ones (edit distance 1 or 2), then split or joined ones
// ("data base"). What is left decides the level: nothing (near), words on one side only (contained), or words that stand against
// each other (substituted), as in a series of studies that differ by the drug. Words weigh by their rarity.
#include "analysis/resolution/compare.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <initializer_list>
#include <limits>
#include <span>
#include <string>
#include <vector>

#include "analysis/resolution/free_words.h"
#include "analysis/resolution/similarity.h"
#include "analysis/resolution/words.h"

namespace jianwei::analysis {
namespace {

// A title as it is compared.
struct Title {
  std::string_view text;
  std::span<const Word> words;
  std::uint64_t compact = 0;
  bool han = false;
};

std::string without_blanks(std::string_view folded) {
  std::string compact;
  compact.reserve(folded.size());
  std::copy_if(folded.begin(), folded.end(), std::back_inserter(compact), [](char c) { return c != ' '; });
  return compact;
}

// A number that only one title has sets two works apart when it ends the title ("... II", "... part 2"); 1 may be a footnote mark.
bool is_part_number(const Title& title, std::size_t word) {
  static constexpr std::array<std::string_view, 5> kWeak = {"1", "i", "v", "上", "中"};
  if ((title.words[word].flags & word_is_number) == 0 || word + 1 != title.words.size()) return false;
  const std::string_view text = title_text(title.words[word], title.text);
  return text.size() <= 3 && std::find(kWeak.begin(), kWeak.end(), text) == kWeak.end();  // a year is no part
}

// Pairs "database" of one title with "data", "base" of the other.
double match_joined(const Title& whole, Used& used_whole, const Title& parts, Used& used_parts, const WordWeights& weights) {
  double matched = 0;
  std::uint64_t joined_sizes = 0;  // a bit per size that two free neighbours have together: most words find no such pair
  for (std::size_t i = 0; i + 1 < parts.words.size(); ++i) {
    if (!used_parts[i] && !used_parts[i + 1]) joined_sizes |= std::uint64_t{1} << ((title_size(parts.words[i]) + title_size(parts.words[i + 1])) & 63);
  }
  if (joined_sizes == 0) return 0;
  for (std::size_t w = 0; w < whole.words.size(); ++w) {
    const std::size_t size = title_size(whole.words[w]);
    if (used_whole[w] || size < 4 || (joined_sizes >> (size & 63) & 1) == 0) continue;
    for (std::size_t i = 0; i + 1 < parts.words.size(); ++i) {
      if (size != title_size(parts.words[i]) + title_size(parts.words[i + 1]) || used_parts[i] || used_parts[i + 1]) continue;
      const std::string_view word = title_text(whole.words[w], whole.text);
      const std::string_view left = title_text(parts.words[i], parts.text);
      const std::string_view right = title_text(parts.words[i + 1], parts.text);
      if (!word.starts_with(left) || !word.ends_with(right)) continue;
      used_whole.add(w);
      used_parts.add(i);
      used_parts.add(i + 1);
      matched += weight_of(whole.words[w], weights);
      break;
    }
  }
  return matched;
}

// Pairs words that differ by a slip of the pen.
double match_misspelt(const Title& a, Used& used_a, const Title& b, Used& used_b, const WordWeights& weights) {
  const FreeWords free(b.words, used_b);
  double matched = 0;
  for (std::size_t i = 0; i < a.words.size(); ++i) {
    const Word& x = a.words[i];
    if (used_a[i] || x.length < 4 || (x.flags & word_has_digit) != 0) continue;
    for (std::size_t first = 0; first < free.count() && !used_a[i]; first += 64) {
      for (std::uint64_t like = free.like(x, first); like != 0; like &= like - 1) {
        const std::size_t j = free.place(first + static_cast<std::size_t>(std::countr_zero(like)));
        const Word& y = b.words[j];
        if (used_b[j]) continue;
        const std::string_view text_x = title_text(x, a.text);
        const std::string_view text_y = title_text(y, b.text);
        if (!is_misspelling(x, text_x, y, text_y)) continue;
        // Two words that both are in use elsewhere are words, not slips ("diet", "dies").
        if (std::min(x.document_count, y.document_count) > 3 && edit_distance(text_x, text_y) > 1) continue;
        used_a.add(i);
        used_b.add(j);
        matched += 0.5 * (weight_of(x, weights) + weight_of(y, weights));
        break;
      }
    }
  }
  return matched;
}

constexpr double kAnyRoom = std::numeric_limits<double>::infinity();

struct TitleComparison {
  std::uint8_t level = kUnknownLevel;
  std::uint8_t conflicts = conflict_none;
  double closeness = 0.0;
  double room = kAnyRoom;
};

// How far weights may move before part / total crosses a border: when they move by x in all, |share' - share| <= 2 x / (total - x), which stays below a distance s
// while x < s total / (2 + s). A little is left for rounding.
double room_of(double share, double total, std::initializer_list<double> borders) {
  double distance = 1.0;
  for (const double border : borders) distance = std::min(distance, std::abs(share - border));
  return std::max(0.0, 0.999 * (distance - 1e-9) * total / (2.0 + distance));
}

// What is left of a title without partner in the other.
struct Rest {
  double weight = 0.0;
  std::int32_t rarest = 1 << 30;
};

Rest rest_of(const Title& title, const Used& used, const WordWeights& weights) {
  Rest rest;
  for (std::size_t i = 0; i < title.words.size(); ++i) {
    if (used[i]) continue;
    rest.weight += weight_of(title.words[i], weights);
    rest.rarest = std::min(rest.rarest, title.words[i].document_count);
  }
  return rest;
}

// Numbers that have no partner: whether there are any, and the conflict of a part's number.
bool unmatched_numbers(const Title& title, const Used& used, std::uint8_t& conflicts) {
  bool any = false;
  for (std::size_t i = 0; i < title.words.size(); ++i) {
    if (used[i]) continue;
    any = any || (title.words[i].flags & word_is_number) != 0;
    if (is_part_number(title, i)) conflicts |= conflict_number;
  }
  return any;
}

TitleComparison compare_titles(const Title& a, const Title& b, const WordWeights& weights) {
  if (a.text.empty() || b.text.empty() || a.han != b.han) return {};  // two languages say nothing about each other
  if (a.compact == b.compact) return {static_cast<std::uint8_t>(a.words.size() >= 5 || a.text.size() >= 45 ? title_same_long : title_same_short), conflict_none, 1.0};

  // Equal words, then misspelt, then joined ones.
  double common = 0;
  Used used_a;
  Used used_b;
  std::uint64_t words_of_b = 0;  // a bit per word: most words of a are seen at once not to be among them
  for (const Word& word : b.words) words_of_b |= std::uint64_t{1} << (word.hash & 63);
  for (std::size_t i = 0; i < a.words.size(); ++i) {
    if ((words_of_b >> (a.words[i].hash & 63) & 1) == 0) continue;
    for (std::size_t j = 0; j < b.words.size(); ++j) {
      if (a.words[i].hash != b.words[j].hash || used_b[j]) continue;
      used_a.add(i);
      used_b.add(j);
      common += weight_of(a.words[i], weights);
      break;
    }
  }
  TitleComparison result;
  const bool numbers_a = unmatched_numbers(a, used_a, result.conflicts);
  const bool numbers_b = unmatched_numbers(b, used_b, result.conflicts);
  if (numbers_a && numbers_b) result.conflicts |= conflict_number;
  common += match_misspelt(a, used_a, b, used_b, weights);
  common += match_joined(a, used_a, b, used_b, weights);
  common += match_joined(b, used_b, a, used_a, weights);

  const Rest rest_a = rest_of(a, used_a, weights);
  const Rest rest_b = rest_of(b, used_b, weights);
  const double total = common + rest_a.weight + rest_b.weight;
  const double share = total > 0 ? common / total : 0.0;
  const bool rare = std::min(rest_a.rarest, rest_b.rarest) <= 2;  // what differs on one side occurs nowhere else
  // Letters are compared only where they can matter: titles garbled beyond that are not believed.
  const bool compared = share >= 0.6 || (share >= 0.2 && rare);
  const double similarity = compared ? edit_similarity(without_blanks(a.text), without_blanks(b.text)) : 0.0;
  result.closeness = 0.5 * (share + similarity);
  const std::size_t shorter = std::min(a.words.size(), b.words.size());
  const double covered = common + std::min(rest_a.weight, rest_b.weight);
  const double coverage = common > 0 ? common / covered : 0.0;
  // A title that shares nothing or leaves nothing does so whatever the weights.
  if (common > 0 && (rest_a.weight > 0 || rest_b.weight > 0)) {
    result.room = std::min(room_of(share, total, {0.2, 0.3, 0.6, 0.75, 0.93}), rest_a.weight > 0 && rest_b.weight > 0 ? room_of(coverage, covered, {0.97}) : kAnyRoom);
  }
  const bool slips = similarity >= 0.9 && rare;  // damage
  if ((rest_a.weight == 0 && rest_b.weight == 0 && total > 0) || share >= 0.93 || (similarity >= 0.94 && slips) || (slips && share >= 0.75)) {
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

// The words of one person's name.
struct Name {
  std::span<const Word> words;
  bool used = false;
};

constexpr std::size_t kMaxNames = 15;
struct Names {
  std::array<Name, kMaxNames> list;
  std::size_t count = 0;
};

Names read_names(std::span<const Word> words) {
  Names names;
  for (std::size_t begin = 0, end = 0; begin < words.size() && names.count < kMaxNames; begin = end) {
    while (end < words.size() && words[end].number == words[begin].number) ++end;
    names.list[names.count++].words = words.subspan(begin, end - begin);
  }
  return names;
}

bool is_same_name_word(const Word& a, std::string_view names_a, const Word& b, std::string_view names_b) {
  if (a.hash == b.hash) return true;
  const char first = names_a[a.begin];
  if (first != names_b[b.begin] || std::min(a.length, b.length) < 5 || static_cast<unsigned char>(first) >= 0x80 || !may_be_misspelling(a, b)) return false;
  return is_misspelling(a, name_text(a, names_a), b, name_text(b, names_b));
}

// 1: one person's name in two spellings; 0.5: a shared word but other initials; 0: nothing in common.
double match_names(const Name& a, std::string_view text_a, const Name& b, std::string_view text_b) {
  std::uint32_t used_b = 0;
  std::uint64_t left_a = 0;
  std::uint64_t left_b = 0;
  bool shared = false;
  // Initials written together ("smith jb") stand for each of their letters.
  const auto initials = [](std::string_view word) {
    const auto bit = [](char c) { return std::uint64_t{1} << (static_cast<unsigned char>(c) & 63); };
    return bit(word[0]) | (word.size() == 2 ? bit(word[1]) : 0);
  };
  for (const Word& x : a.words) {
    bool found = false;
    for (std::size_t j = 0; j < b.words.size() && j < 32 && x.length > 1; ++j) {
      if ((used_b >> j & 1) != 0 || !is_same_name_word(x, text_a, b.words[j], text_b)) continue;
      used_b |= 1U << j;
      found = shared = true;
      break;
    }
    if (!found) left_a |= initials(name_text(x, text_a));
  }
  if (!shared) return 0.0;
  for (std::size_t j = 0; j < b.words.size() && j < 32; ++j) {
    if ((used_b >> j & 1) == 0) left_b |= initials(name_text(b.words[j], text_b));
  }
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

std::uint8_t compare_persons(const Comparable& x, const Comparable& y, const WordWeights& weights, double& closeness, double& room) {
  if (x.persons.empty() || y.persons.empty()) return kUnknownLevel;
  if (x.persons == y.persons) {
    closeness = 1;
    return x.persons.find_first_of(", ") != std::string_view::npos ? persons_same : persons_subset;
  }
  if (x.han_persons != y.han_persons) return kUnknownLevel;  // Chinese characters against Latin letters
  Names names_a = read_names(x.name_words);
  Names names_b = read_names(y.name_words);
  std::string_view a = x.persons;
  std::string_view b = y.persons;
  if (names_a.count > names_b.count) {
    std::swap(names_a, names_b);
    std::swap(a, b);
  }
  if (names_a.count == 0) return kUnknownLevel;
  double matched = 0;
  for (std::size_t i = 0; i < names_a.count; ++i) {
    Name* best = nullptr;
    double best_value = 0;
    for (std::size_t j = 0; j < names_b.count; ++j) {
      Name& other = names_b.list[j];
      if (other.used) continue;
      const double value = match_names(names_a.list[i], a, other, b);
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
  const auto smaller = static_cast<double>(names_a.count);
  const auto larger = static_cast<double>(names_b.count);
  const auto words_a = names_a.list[0].words.size();
  const auto words_b = names_b.list[0].words.size();
  double share = matched / smaller;
  const bool run_together = names_a.count == 1 && (words_a >= 5 || (larger == 1 && words_b >= 5));
  if (run_together) {
    share = word_overlap(a, b, weights);
    room = 0.0;
  }
  closeness = share;
  if (share >= 0.85) {
    const bool full = run_together || (smaller >= 2 && smaller / larger >= 0.5) || (larger == 1 && words_a >= 2 && words_b >= 2);
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

// Built twice where processors differ: most count bits in one instruction, the oldest do not.
#if defined(__x86_64__) && !defined(__SANITIZE_THREAD__) && !defined(__SANITIZE_ADDRESS__)
__attribute__((target_clones("popcnt", "default")))
#endif
int common_bits(const std::array<std::uint64_t, 4>& a, const std::array<std::uint64_t, 4>& b) {
  int common = 0;
  for (std::size_t i = 0; i < a.size(); ++i) common += std::popcount(a[i] & b[i]);
  return common;
}

template <class Visit>
void each_venue_word(std::string_view folded, Visit visit) {
  each_word(folded, [&](std::string_view word) {
    if (!is_stop_word(word) && word != "amp") visit(word);
  });
}

// Most pairs are told apart by the initials alone.
bool have_same_venue(const Comparable& a, const Comparable& b) {
  if (a.venue_id >= 0 && a.venue_id == b.venue_id) return true;
  std::string_view shorter = a.venue_initials;
  std::string_view longer = b.venue_initials;
  if (shorter.size() > longer.size()) std::swap(shorter, longer);
  std::size_t found = 0;
  for (const char initial : longer) found += found < shorter.size() && shorter[found] == initial ? 1 : 0;
  return found == shorter.size() && is_same_venue_name(a.venue, b.venue);
}

}  // namespace

std::string venue_initials(std::string_view folded) {
  std::string initials;
  each_venue_word(folded, [&](std::string_view word) { initials += word[0]; });
  return initials;
}

bool is_same_venue_name(std::string_view a, std::string_view b) {
  if (a == b) return true;
  std::vector<std::string_view> words_a;
  std::vector<std::string_view> words_b;
  each_venue_word(a, [&](std::string_view word) { words_a.push_back(word); });
  each_venue_word(b, [&](std::string_view word) { words_b.push_back(word); });
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
  const int smaller = std::min(a.signature_bits, b.signature_bits);
  // Unrelated titles of 80 letters share about a quarter of their bits by chance.
  return smaller == 0 || 2 * common_bits(a.signature, b.signature) >= smaller;
}

Comparison compare(const Comparable& a, const Comparable& b, const ComparisonContext& context) {
  const auto original = [](const Comparable& r) { return Title{r.title, r.words, r.compact_title, r.han_title}; };
  const auto translated = [](const Comparable& r) { return Title{r.translated, r.translated_words, r.compact_translated, r.han_translated}; };
  TitleComparison title = compare_titles(original(a), original(b), context.title_words);
  if (!a.translated.empty() || !b.translated.empty()) {
    for (const auto& [x, y] : {std::pair{translated(a), original(b)}, std::pair{original(a), translated(b)}, std::pair{translated(a), translated(b)}}) {
      if (x.text.empty() || y.text.empty() || title.level <= title_near) continue;
      TitleComparison other = compare_titles(x, y, context.title_words);
      title.room = other.room = std::min(title.room, other.room);
      if (other.level < title.level) title = other;
    }
  }
  double names = 0;
  Comparison result;
  result.room = title.room;
  result.levels[field_title] = title.level;
  // A title that says nothing about which work it is can only speak against a pair.
  if ((a.generic_title || b.generic_title) && title.level <= title_near) result.levels[field_title] = kUnknownLevel;
  result.levels[field_persons] = compare_persons(a, b, context.name_words, names, result.room);
  result.levels[field_year] = compare_years(a.year, b.year);
  result.levels[field_venue] = a.venue.empty() || b.venue.empty() ? kUnknownLevel : static_cast<std::uint8_t>(have_same_venue(a, b) ? venue_same : venue_unclear);
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

// Folding, keys and signatures of one record.
//
// Titles: NFKC, case folded, diacritics and punctuation removed, apostrophes closed up ("alzheimer's" -> "alzheimers"). The title key
// hashes the sorted distinct words without stop words. The signature sets one bit of 256 for each 3-gram of the title without blanks.
// The abstract's SimHash (Charikar 2002, doi:10.1145/509907.509965) is over pairs of neighbouring words.
#include "analysis/resolution/comparable.h"

#include <algorithm>
#include <bit>
#include <cstring>

#include "analysis/resolution/compare.h"
#include "analysis/resolution/radix_sort.h"
#include "base/hash.h"
#include "base/strings.h"
#include "records/han.h"

namespace jianwei::analysis {
namespace {

constexpr std::size_t kChunk = 1 << 16;
constexpr std::size_t kTabledCounts = 1 << 20;  // document counts whose logarithm is kept, at most

bool is_ascii(std::string_view text) {
  while (text.size() >= 8) {
    std::uint64_t bytes = 0;
    std::memcpy(&bytes, text.data(), 8);
    if ((bytes & 0x8080808080808080ULL) != 0) return false;
    text.remove_prefix(8);
  }
  return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

double weight_at(double total, std::int32_t document_count) {
  const double ratio = total / (static_cast<double>(document_count) + 1.0);
  return ratio > 1.2 ? __builtin_log(ratio) : 0.18;
}

std::uint64_t compact_hash(std::string_view folded) {
  std::string compact;
  compact.reserve(folded.size());
  std::copy_if(folded.begin(), folded.end(), std::back_inserter(compact), [](char c) { return c != ' '; });
  return hash64(compact);
}

template <std::size_t N>
bool one_of(std::string_view word, const std::array<std::string_view, N>& words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

bool contains_word(std::string_view folded, std::string_view words) {
  for (std::size_t at = folded.find(words); at != std::string_view::npos; at = folded.find(words, at + 1)) {
    const std::size_t end = at + words.size();
    if ((at == 0 || folded[at - 1] == ' ') && (end == folded.size() || folded[end] == ' ')) return true;
  }
  return false;
}

// The first run of digits; 0 when there is none or it is too long to be a page or volume.
std::int32_t first_number(std::string_view text, std::size_t* end = nullptr) {
  std::size_t begin = 0;
  while (begin < text.size() && !is_digit(text[begin])) ++begin;
  std::size_t stop = begin;
  while (stop < text.size() && is_digit(text[stop])) ++stop;
  if (end != nullptr) *end = stop;
  if (stop == begin || stop - begin > 8) return 0;
  return static_cast<std::int32_t>(parse_int(text.substr(begin, stop - begin)).value_or(0));
}

void read_pages(std::string_view pages, Comparable& out) {
  std::size_t end = 0;
  out.first_page = first_number(pages, &end);
  if (out.first_page == 0) return;
  out.last_page = first_number(pages.substr(end));
  // "221-8" means 221-228.
  for (std::int32_t power = 10; out.last_page > 0 && out.last_page < out.first_page && power <= 100000; power *= 10) {
    if (out.last_page < power) out.last_page += out.first_page / power * power;
  }
}

std::uint8_t notice_of(std::string_view title) {
  std::uint8_t marks = mark_none;
  for (const std::string_view words : {"erratum", "errata", "corrigendum", "corrigenda", "correction to", "publisher correction", "author correction", "更 正", "勘 误"}) {
    if (contains_word(title, words)) marks |= mark_erratum;
  }
  for (const std::string_view words : {"retraction", "retracted", "retraction notice", "expression of concern", "撤 稿", "撤 回"}) {
    if (contains_word(title, words)) marks |= mark_retraction;
  }
  return marks;
}

std::uint8_t read_marks(std::string_view title) {
  std::uint8_t marks = mark_none;
  // Every word looked for inside a title holds one of these.
  const bool suspicious = title.find("rr") != std::string_view::npos || title.find("retract") != std::string_view::npos || title.find("concern") != std::string_view::npos || !is_ascii(title);
  if (suspicious) marks |= notice_of(title);
  // These words open a notice; inside a title they may be its subject.
  for (const std::string_view words : {"comment on", "comments on", "commentary on", "discussion of", "letter to the editor"}) {
    if (title.starts_with(words)) marks |= mark_comment;
  }
  for (const std::string_view words : {"reply to", "response to", "authors reply", "author reply", "rebuttal", "reply"}) {
    if (title == words || (title.starts_with(words) && title.size() > words.size() && title[words.size()] == ' ')) marks |= mark_reply;
  }
  return marks;
}

bool is_generic(std::string_view title) {
  static constexpr std::array<std::string_view, 62> kGeneric = {
      "editorial", "introduction", "preface", "foreword", "index", "contents", "table of contents", "title page", "front matter", "back matter",
      "frontmatter", "cover", "masthead", "announcement", "announcements", "news", "book review", "book reviews", "reviews", "abstracts",
      "editors note", "editors notes", "editor s note", "guest editorial", "guest editors introduction", "letter to the editor", "letters to the editor",
      "in this issue", "obituary", "errata", "erratum", "corrigendum", "correction", "acknowledgments", "acknowledgements", "conclusion", "conclusions",
      "discussion", "reply", "comment", "comments", "response", "author index", "subject index", "list of reviewers", "call for papers", "research news",
      "前 言", "目 录", "序", "序 言", "引 言", "编 者 按", "卷 首 语", "编 后 记", "后 记", "征 稿 启 事", "勘 误", "更 正", "简 讯", "书 评", "无 题"};
  constexpr std::size_t kLongest = 32;  // of the list
  if (title.empty() || (title.size() <= kLongest && one_of(title, kGeneric))) return true;
  for (const std::string_view start : {"editorial board", "editors introduction", "guest editors", "issue information"}) {
    if (title.starts_with(start)) return true;
  }
  std::int64_t letters = 0;
  for (const char c : title) letters += c != ' ' ? 1 : 0;
  return letters < 5;
}

bool has_preprint_doi(const ResolutionRecord& record) {
  static constexpr std::array<std::string_view, 14> kPrefixes = {
      "10.48550/", "10.1101/",  "10.2139/ssrn", "10.12074/", "10.20944/preprints", "10.21203/", "10.26434/", "10.31234/",
      "10.31219/", "10.31235/", "10.36227/",    "10.22541/", "10.31222/",          "10.31223/"};
  for (const std::string_view identifier : record.identifiers) {
    if (!identifier.starts_with("doi:")) continue;
    for (const std::string_view prefix : kPrefixes) {
      if (identifier.substr(4).starts_with(prefix)) return true;
    }
  }
  return false;
}

// What the name of a venue says of its publications.
Venue kind_of_venue(std::string_view venue) {
  for (const std::string_view name : {"arxiv", "biorxiv", "medrxiv", "chemrxiv", "chinaxiv", "ssrn", "research square", "preprints", "corr", "psyarxiv", "techrxiv"}) {
    if (contains_word(venue, name)) return Venue::preprint;
  }
  // A journal may print the papers of a conference ("Journal of Physics: Conference Series").
  for (const std::string_view name : {"journal", "transactions", "trans", "j", "magazine", "letters", "lett", "学 报", "杂 志", "通 报"}) {
    if (contains_word(venue, name)) return Venue::journal;
  }
  for (const std::string_view name : {"conference", "conf", "symposium", "proceedings", "proc", "workshop", "congress", "meeting", "会 议", "年 会"}) {
    if (contains_word(venue, name)) return Venue::conference;
  }
  return Venue::unknown;
}

Venue version_of(const ResolutionRecord& record, Venue venue) {
  if (record.type == "preprint" || has_preprint_doi(record) || venue == Venue::preprint) return Venue::preprint;
  if (record.type == "thesis") return Venue::thesis;
  if (record.type == "dataset") return Venue::data;
  if (record.type == "book" || record.type == "chapter") return Venue::book;
  if (venue != Venue::unknown) return venue;  // the name decides before the type does
  if (record.type == "conference_paper") return Venue::conference;
  if (record.type == "article" && !record.volume.empty()) return Venue::journal;
  return Venue::unknown;
}

FoldedVenue fold_venue(std::string_view name, StringArena& arena, FoldedVenues& venues) {
  if (name.empty()) return {};
  const auto [found, fresh] = venues.try_emplace(name);
  if (fresh) {
    found->second.name = arena.keep(fold_words(name));
    found->second.initials = arena.keep(venue_initials(found->second.name));
    found->second.kind = kind_of_venue(found->second.name);
  }
  return found->second;
}

std::uint64_t key_of(std::string_view folded) {
  std::vector<std::uint64_t> words;
  std::vector<std::uint64_t> stops;
  each_word(folded, [&](std::string_view word) { (is_stop_word(word) ? stops : words).push_back(hash64(word)); });
  if (words.empty()) words.swap(stops);
  if (words.empty()) return 0;
  std::sort(words.begin(), words.end());
  words.erase(std::unique(words.begin(), words.end()), words.end());
  std::uint64_t key = 0x5eed;
  for (const std::uint64_t word : words) key = hash_combine(key, word);
  return key == 0 ? 1 : key;
}

// How often each bit of 64-bit values is set: eight counters of a byte in each of eight words, carried over before they are full.
class BitCounts {
 public:
  void add(std::uint64_t value) {
    if (++pending_ == 256) carry();
    for (std::size_t byte = 0; byte < 8; ++byte) lanes_[byte] += kSpread[value >> (8 * byte) & 255];
  }
  const std::array<std::int64_t, 64>& totals() {
    carry();
    return totals_;
  }

 private:
  static constexpr std::array<std::uint64_t, 256> kSpread = [] {  // bit b of a byte as byte b of a word
    std::array<std::uint64_t, 256> spread{};
    for (std::size_t value = 0; value < 256; ++value) {
      for (std::size_t bit = 0; bit < 8; ++bit) spread[value] |= static_cast<std::uint64_t>(value >> bit & 1) << (8 * bit);
    }
    return spread;
  }();
  void carry() {
    for (std::size_t bit = 0; bit < 64; ++bit) totals_[bit] += static_cast<std::int64_t>(lanes_[bit / 8] >> (8 * (bit % 8)) & 255);
    lanes_.fill(0);
    pending_ = 1;
  }
  std::array<std::uint64_t, 8> lanes_{};
  std::array<std::int64_t, 64> totals_{};
  int pending_ = 0;
};

std::uint64_t simhash(std::string_view abstract_text, bool& han) {
  BitCounts set;
  std::uint64_t previous = 0;
  std::int64_t pairs = 0;
  std::int64_t wide = 0;
  const auto vote = [&](std::uint64_t word) {
    if (previous != 0) {
      const std::uint64_t hash = hash_combine(previous, word);
      set.add(hash);
      ++pairs;
    }
    previous = word;
  };
  std::string word;
  for (std::size_t i = 0; i < abstract_text.size();) {
    const auto byte = static_cast<unsigned char>(abstract_text[i]);
    const bool ascii_word = byte < 0x80 && (is_alpha(abstract_text[i]) || is_digit(abstract_text[i]));
    if (ascii_word) {
      word += to_lower_ascii(abstract_text[i++]);
      continue;
    }
    if (!word.empty()) vote(hash64(word));
    word.clear();
    if (byte < 0x80) {
      ++i;
      continue;
    }
    const CodePoint point = decode_utf8(abstract_text.substr(i));
    if (is_han(point.value)) {
      vote(hash_combine(0x4a, static_cast<std::uint64_t>(point.value)));
      ++wide;
    }
    i += static_cast<std::size_t>(point.length);
  }
  if (!word.empty()) vote(hash64(word));
  han = wide * 3 > pairs;
  if (pairs < 25) return 0;
  std::uint64_t hash = 0;
  const std::array<std::int64_t, 64>& totals = set.totals();
  for (std::size_t bit = 0; bit < 64; ++bit) hash |= 2 * totals[bit] > pairs ? std::uint64_t{1} << bit : 0;
  return hash == 0 ? 1 : hash;
}

void add_to_signature(std::string_view folded, std::array<std::uint64_t, 4>& signature) {
  each_gram(folded, [&](std::uint64_t gram) {
    const std::uint64_t hash = hash_combine(gram, 0x316);
    signature[(hash >> 6) & 3] |= std::uint64_t{1} << (hash & 63);
  });
}

}  // namespace

std::string_view StringArena::keep(std::string_view text) {
  if (text.empty()) return {};
  if (used_ + text.size() > capacity_) {
    capacity_ = std::max(kChunk, text.size());
    chunks_.push_back(std::make_unique<char[]>(capacity_));
    used_ = 0;
  }
  char* place = chunks_.back().get() + used_;
  std::memcpy(place, text.data(), text.size());
  used_ += text.size();
  return {place, text.size()};
}

bool is_stop_word(std::string_view word) {
  // Each has at most four bytes, which are compared as one number.
  constexpr auto number_of = [](std::string_view text) {
    std::uint32_t number = 0;
    for (const char c : text) number = number << 8 | static_cast<unsigned char>(c);
    return number;
  };
  static constexpr std::array<std::uint32_t, 30> kStop = [&] {
    std::array<std::uint32_t, 30> numbers{};
    std::size_t next = 0;
    for (const std::string_view text : {"a",  "an", "the", "of", "on",   "in", "for", "and", "to", "with", "by", "from", "at",  "as",  "via",
                                        "is", "or", "its", "s",  "into", "的", "之",  "与",  "和", "及",   "在", "对",   "der", "die", "de"}) {
      numbers[next++] = number_of(text);
    }
    return numbers;
  }();
  return word.size() <= 4 && std::find(kStop.begin(), kStop.end(), number_of(word)) != kStop.end();
}

std::string fold_words(std::string_view text) {
  const bool ascii = is_ascii(text);
  const std::string folded = ascii ? std::string(text) : strip_marks(fold_case(text));
  std::string words;
  words.reserve(folded.size() + 8);
  const auto blank = [&] {
    if (!words.empty() && words.back() != ' ') words += ' ';
  };
  for (std::size_t i = 0; i < folded.size();) {
    const char c = folded[i];
    if (static_cast<unsigned char>(c) < 0x80) {
      if (is_alpha(c) || is_digit(c)) {
        words += to_lower_ascii(c);
      } else if (c != '\'') {
        blank();
      }
      ++i;
      continue;
    }
    const CodePoint point = decode_utf8(std::string_view(folded).substr(i));
    const auto length = static_cast<std::size_t>(point.length);
    if (is_han(point.value)) {
      blank();
      words.append(folded, i, length);
      words += ' ';
    } else if (is_letter(point.value)) {
      words.append(folded, i, length);
    } else if (point.value != 0x2019 && point.value != 0x2bc) {
      blank();
    }
    i += length;
  }
  if (!words.empty() && words.back() == ' ') words.pop_back();
  return words;
}

std::string fold_names(std::span<const std::string_view> names) {
  std::string folded;
  for (const std::string_view name : names) {
    const std::string words = fold_words(name);
    if (words.empty() || words == "et al" || words == "anonymous" || words == "na") continue;
    if (!folded.empty()) folded += ',';
    bool after_han = false;
    each_word(words, [&](std::string_view word) {
      const bool han = static_cast<unsigned char>(word[0]) >= 0x80 && is_han(decode_utf8(word).value);
      if (!folded.empty() && folded.back() != ',' && !(han && after_han)) folded += ' ';
      folded += word;
      after_han = han;
    });
  }
  return folded;
}

std::uint32_t word_hash(std::string_view word) {
  const auto hash = static_cast<std::uint32_t>(hash64(word, 0x77));
  return hash == 0 ? 1 : hash;
}

WordWeights::WordWeights(std::span<const std::uint32_t> words, std::span<const std::int32_t> word_counts, std::int64_t record_count) : total_(static_cast<double>(record_count) + 1000.0) {
  weights_.resize(std::min(kTabledCounts, static_cast<std::size_t>(record_count) + 1));
  for (std::size_t count = 0; count < weights_.size(); ++count) weights_[count] = weight_at(total_, static_cast<std::int32_t>(count));
  std::size_t capacity = 16;
  while (capacity < words.size() * 2) capacity *= 2;
  keys_.assign(capacity, 0);
  counts_.assign(capacity, 0);
  for (std::size_t i = 0; i < words.size(); ++i) {
    std::size_t slot = words[i] & (capacity - 1);
    while (keys_[slot] != 0) slot = (slot + 1) & (capacity - 1);
    keys_[slot] = words[i];
    counts_[slot] = word_counts[i];
  }
}

WordWeights::WordWeights(std::vector<std::uint32_t> hashes, std::int64_t record_count) {
  radix_sort(hashes);
  std::vector<std::int32_t> word_counts;
  std::size_t distinct = 0;
  for (std::size_t i = 0, next = 0; i < hashes.size(); i = next) {
    while (next < hashes.size() && hashes[next] == hashes[i]) ++next;
    word_counts.push_back(static_cast<std::int32_t>(next - i));
    hashes[distinct++] = hashes[i];
  }
  hashes.resize(distinct);
  *this = WordWeights(std::span<const std::uint32_t>(hashes), word_counts, record_count);
}

std::int32_t WordWeights::document_count(std::uint32_t hash) const {
  if (keys_.empty()) return 0;
  const std::size_t mask = keys_.size() - 1;
  for (std::size_t slot = hash & mask; keys_[slot] != 0; slot = (slot + 1) & mask) {
    if (keys_[slot] == hash) return counts_[slot];
  }
  return 0;
}

double WordWeights::weight_of_count(std::int32_t document_count) const {
  const auto at = static_cast<std::size_t>(document_count);
  return at < weights_.size() ? weights_[at] : weight_at(total_, document_count);
}

Comparable make_comparable(const ResolutionRecord& record, StringArena& arena, FoldedVenues& venues) {
  Comparable out;
  const std::string title = fold_words(record.title);
  const std::string translated = fold_words(record.title_translated);
  const FoldedVenue venue = fold_venue(record.venue, arena, venues);
  out.title = arena.keep(title);
  if (translated != title) out.translated = arena.keep(translated);
  out.venue = venue.name;
  out.venue_initials = venue.initials;
  out.persons = arena.keep(fold_names(record.persons));
  out.compact_title = compact_hash(out.title);
  if (!out.translated.empty()) out.compact_translated = compact_hash(out.translated);
  out.han_title = has_han(out.title);
  out.han_translated = has_han(out.translated);
  out.han_persons = has_han(out.persons);
  out.title_key = key_of(out.title);
  out.translated_key = key_of(out.translated);
  add_to_signature(out.title, out.signature);
  add_to_signature(out.translated, out.signature);
  for (const std::uint64_t bits : out.signature) out.signature_bits = static_cast<std::int16_t>(out.signature_bits + std::popcount(bits));
  out.abstract_simhash = simhash(record.abstract_text, out.han_abstract);
  read_pages(record.pages, out);
  out.volume = first_number(record.volume);
  out.issue = first_number(record.issue);
  out.year = record.date.year;
  out.kind = static_cast<std::uint8_t>(record.kind);
  out.marks = read_marks(out.title);
  out.version = version_of(record, venue.kind);
  out.generic_title = is_generic(out.title);
  return out;
}

}  // namespace jianwei::analysis

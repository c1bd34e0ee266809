// Source records brought to the form in which they are compared: folded titles and names, numbers of pages, marks of errata, the kind of
// publication. Built once per record; views point into the arena.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "analysis/resolution/resolve.h"
#include "records/unicode.h"

namespace jianwei::analysis {

// Keeps strings at fixed addresses.
class StringArena {
 public:
  std::string_view keep(std::string_view text);

 private:
  std::vector<std::unique_ptr<char[]>> chunks_;
  std::size_t used_ = 0;
  std::size_t capacity_ = 0;
};

// Case folded (NFKC), without diacritics and punctuation: words of letters and digits separated by one blank; a Chinese character is a word.
std::string fold_words(std::string_view text);

// Names folded: the words of a name separated by blanks, names by commas; a Chinese name is one word.
std::string fold_names(std::span<const std::string_view> names);

bool is_stop_word(std::string_view word);  // articles, prepositions, conjunctions of English and a few of Chinese

// The words of a folded text, at most `limit`.
template <class Visit>
void each_word(std::string_view folded, Visit visit) {
  while (!folded.empty()) {
    const std::size_t end = folded.find(' ');
    if (end != 0) visit(folded.substr(0, end));
    if (end == std::string_view::npos) break;
    folded.remove_prefix(end + 1);
  }
}

// The 3-grams of letters of a folded text without its blanks; pairs of Chinese characters, which say as much, instead.
template <class Visit>
void each_gram(std::string_view folded, Visit visit) {
  std::uint64_t window = 0;
  int length = 0;
  for (std::size_t i = 0; i < folded.size();) {
    const auto byte = static_cast<unsigned char>(folded[i]);
    const CodePoint point = byte < 0x80 ? CodePoint{byte, 1} : decode_utf8(folded.substr(i));
    i += static_cast<std::size_t>(point.length);
    if (point.value == U' ') continue;
    window = (window << 21 | static_cast<std::uint64_t>(point.value)) & 0x7fffffffffffffffULL;
    ++length;
    if (is_han(point.value)) {
      if (length >= 2) visit(window & 0x3ffffffffffULL);
    } else if (length >= 3) {
      visit(window);
    }
  }
}

// How rare a word is among the records: weight = ln((n + 1000) / (df + 1)); the 1000 keeps small sets from calling every word common.
class WordWeights {
 public:
  WordWeights() = default;
  WordWeights(std::vector<std::uint32_t> word_hashes, std::int64_t record_count);  // one entry per record and distinct word
  WordWeights(std::span<const std::uint32_t> words, std::span<const std::int32_t> counts, std::int64_t record_count);  // distinct words, the records with each
  std::int32_t document_count(std::uint32_t hash) const;
  double weight(std::uint32_t hash) const { return weight_of_count(document_count(hash)); }
  double weight_of_count(std::int32_t document_count) const;
  // visit(hash, document count) of each word, in no particular order.
  template <class Visit>
  void each(Visit visit) const {
    for (std::size_t slot = 0; slot < keys_.size(); ++slot) {
      if (keys_[slot] != 0) visit(keys_[slot], counts_[slot]);
    }
  }

 private:
  std::vector<std::uint32_t> keys_;    // open addressing, 0 = free
  std::vector<std::int32_t> counts_;
  std::vector<double> weights_;        // of document counts up to its size
  double total_ = 1000.0;
};

std::uint32_t word_hash(std::string_view word);  // never 0

// What a notice says about another work; two records with different marks are different works.
enum Mark : std::uint8_t { mark_none = 0, mark_erratum = 1, mark_retraction = 2, mark_comment = 4, mark_reply = 8 };

enum class Venue : std::uint8_t { unknown, journal, conference, preprint, thesis, book, data };

// A word of a folded title or of folded names; see words.h. 16 bytes, as there are some ten million of them in a million records.
enum WordFlag : std::uint8_t { word_is_number = 1, word_is_annotation = 2, word_has_digit = 4, word_not_ascii = 8 };
struct Word {
  std::uint32_t hash = 0;
  std::uint32_t letters = 0;              // letters_of()
  std::int32_t document_count = 0;        // records with this word; int32: one per word of a large array
  std::uint16_t begin = 0;                // in the folded text
  std::uint8_t length = 0;
  std::uint8_t flags : 4 = 0;
  std::uint8_t number : 4 = 0;            // in a title: 1 to 9, a small number however it is spelt; in names: whose word it is
};

struct Comparable {
  std::string_view title, translated;     // fold_words()
  std::span<const Word> words, translated_words;  // of them, without stop words; filled by prepare_records()
  std::span<const Word> name_words;       // of persons
  std::string_view persons;               // fold_names()
  std::string_view venue;                 // fold_words()
  std::string_view venue_initials;        // venue_initials()
  std::uint64_t compact_title = 0, compact_translated = 0;  // hashes of the titles without blanks
  std::array<std::uint64_t, 4> signature{};  // 256-bit Bloom filter of the 3-grams of both titles
  std::uint64_t title_key = 0;            // of the sorted significant words; 0 without a title
  std::uint64_t translated_key = 0;
  std::uint64_t abstract_simhash = 0;     // Charikar (2002); 0 when the abstract is short or missing
  std::int16_t signature_bits = 0;        // set in it
  std::int32_t source = 0;                // index of the source name
  std::int32_t venue_id = -1;             // index of the folded venue, -1 without one
  std::int32_t first_page = 0, last_page = 0, volume = 0;  // 0 unknown
  std::int32_t issue = 0;
  std::int16_t year = 0;
  std::uint8_t kind = 0;
  std::uint8_t marks = 0;
  Venue version = Venue::unknown;
  bool generic_title = false;             // "Editorial", "前言", or a column that its source repeats year after year
  bool repeated_title = false;            // its source has the same title in more than one year: only the year tells them apart
  bool alone_in_year = true;              // its source has this title once in this year
  bool han_abstract = false;
  bool han_title = false, han_translated = false, han_persons = false;  // they hold Chinese characters
};

// What is read from the name of a venue; names come often, so each is read once.
struct FoldedVenue {
  std::string_view name;      // fold_words(), in the arena
  std::string_view initials;  // likewise
  Venue kind = Venue::unknown;  // preprint, journal or conference when the name says so
};
using FoldedVenues = std::unordered_map<std::string_view, FoldedVenue>;

// Fills everything but venue_id, source and the words. Time O(bytes of the record).
Comparable make_comparable(const ResolutionRecord& record, StringArena& arena, FoldedVenues& venues);

}  // namespace jianwei::analysis

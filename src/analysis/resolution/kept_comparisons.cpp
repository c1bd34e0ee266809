// Records are known again by key and content; both lists are in the order of keys, so that pairs stay in order when positions change.
#include "analysis/resolution/kept_comparisons.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/hash.h"
#include "base/parallel.h"

namespace jianwei::analysis {
namespace {

constexpr std::int64_t kBlock = 8192;
constexpr std::uint32_t kUnknownNibble = 15;
constexpr std::int32_t kNowhere = -1;

// All that compare() reads of a record but the counts of its words.
std::uint64_t content_of(const Comparable& record) {
  std::uint64_t hash = record.generic_title ? 1 : 0;
  for (const std::string_view text : {record.title, record.translated, record.persons, record.venue}) hash = hash64(text, hash);
  for (const std::int64_t number : {std::int64_t{record.first_page}, std::int64_t{record.last_page}, std::int64_t{record.volume}, std::int64_t{record.issue}, std::int64_t{record.year},
                                    std::int64_t{record.kind}, std::int64_t{record.marks}, std::int64_t{record.han_abstract ? 1 : 0}}) {
    hash = hash_combine(hash, static_cast<std::uint64_t>(number));
  }
  return hash_combine(hash, record.abstract_simhash);
}

std::vector<std::uint64_t> contents_of(const std::vector<Comparable>& records, int thread_count) {
  std::vector<std::uint64_t> contents(records.size());
  parallel_blocks(std::ssize(records), kBlock, thread_count, [&](std::int64_t, std::int64_t begin, std::int64_t end) {
    for (auto i = static_cast<std::size_t>(begin); i < static_cast<std::size_t>(end); ++i) contents[i] = content_of(records[i]);
  });
  return contents;
}

// How far the weights of a title's words have moved in all; without bound when the count of a rare one changed.
double movement_of(std::span<const Word> words, const WordWeights& before, const WordWeights& now) {
  double movement = 0.0;
  for (const Word& word : words) {
    const std::int32_t count = before.document_count(word.hash);
    if (count != word.document_count && std::min(count, word.document_count) <= kTellingCount) return std::numeric_limits<double>::infinity();
    movement += std::abs(now.weight_of_count(word.document_count) - before.weight_of_count(count));
  }
  return movement;
}

bool fits_together(const KeptComparisons& kept) {
  const auto known = [&](std::uint32_t position) { return position < kept.keys.size(); };
  return kept.keys.size() == kept.contents.size() && kept.words.size() == kept.counts.size() && std::is_sorted(kept.keys.begin(), kept.keys.end()) &&
         std::all_of(kept.pairs.begin(), kept.pairs.end(), [&](const KeptComparisons::Pair& pair) { return known(first_of(pair.pair)) && known(second_of(pair.pair)); });
}

// [kept records] where each is now, when it is what it was.
std::vector<std::int32_t> places_now(const KeptComparisons& kept, const PreparedRecords& prepared, int thread_count) {
  const std::vector<std::uint64_t>& keys = prepared.keys;
  const std::vector<std::uint64_t> contents = contents_of(prepared.records, thread_count);
  std::vector<std::int32_t> places(kept.keys.size(), kNowhere);
  for (std::size_t old = 0, now = 0; old < kept.keys.size() && now < keys.size();) {
    if (kept.keys[old] != keys[now]) {
      ++(kept.keys[old] < keys[now] ? old : now);
      continue;
    }
    if (kept.contents[old] == contents[now]) places[old] = static_cast<std::int32_t>(now);
    ++old;
    ++now;
  }
  return places;
}

}  // namespace

std::uint32_t pack_outcome(const Comparison& comparison) {
  std::uint32_t outcome = 0;
  for (const std::uint8_t level : comparison.levels) outcome = outcome << 4 | (level == kUnknownLevel ? kUnknownNibble : level);
  return outcome | static_cast<std::uint32_t>(comparison.conflicts & 7) << 24 | (comparison.same_title ? 1U << 31 : 0U);
}

Comparison unpack_outcome(std::uint32_t outcome) {
  Comparison comparison;
  for (std::size_t field = 0; field < field_count; ++field) {
    const std::uint32_t level = outcome >> (4 * (field_count - 1 - field)) & 15;
    comparison.levels[field] = level == kUnknownNibble ? kUnknownLevel : static_cast<std::uint8_t>(level);
  }
  comparison.conflicts = static_cast<std::uint8_t>(outcome >> 24 & 7);
  comparison.same_title = outcome >> 31 != 0;
  comparison.closeness = kUnknownCloseness;
  return comparison;
}

std::vector<KeptComparisons::Pair> pairs_that_hold(const KeptComparisons& kept, const PreparedRecords& prepared, int thread_count) {
  std::vector<KeptComparisons::Pair> holding;
  if (kept.pairs.empty() || !fits_together(kept)) return holding;
  const std::vector<std::int32_t> places = places_now(kept, prepared, thread_count);
  const WordWeights before(kept.words, kept.counts, std::ssize(kept.keys));
  std::vector<double> movement(prepared.records.size());
  parallel_blocks(std::ssize(movement), kBlock, thread_count, [&](std::int64_t, std::int64_t begin, std::int64_t end) {
    for (auto i = static_cast<std::size_t>(begin); i < static_cast<std::size_t>(end); ++i) {
      movement[i] = movement_of(prepared.records[i].words, before, prepared.context.title_words) + movement_of(prepared.records[i].translated_words, before, prepared.context.title_words);
    }
  });
  holding.reserve(kept.pairs.size());
  for (const KeptComparisons::Pair& pair : kept.pairs) {
    const std::int32_t a = places[first_of(pair.pair)];
    const std::int32_t b = places[second_of(pair.pair)];
    if (a == kNowhere || b == kNowhere) continue;
    const double moved = movement[static_cast<std::size_t>(a)] + movement[static_cast<std::size_t>(b)];
    if (!(moved < static_cast<double>(pair.room))) continue;
    holding.push_back({pack(static_cast<std::uint32_t>(a), static_cast<std::uint32_t>(b)), pair.outcome, static_cast<float>(static_cast<double>(pair.room) - moved)});
  }
  return holding;
}

KeptComparisons keep_records(const PreparedRecords& prepared, int thread_count) {
  KeptComparisons kept;
  kept.keys = prepared.keys;
  kept.contents = contents_of(prepared.records, thread_count);
  prepared.context.title_words.each([&](std::uint32_t word, std::int32_t count) {
    kept.words.push_back(word);
    kept.counts.push_back(count);
  });
  return kept;
}

}  // namespace jianwei::analysis

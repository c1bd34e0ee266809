// All records of a resolution in comparable form, sorted by their keys, so that nothing below depends on the order of the input.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "analysis/resolution/comparable.h"
#include "analysis/resolution/compare.h"
#include "analysis/resolution/resolve.h"

namespace jianwei::analysis {

// One identifier of one record. Two records that share an identity are taken for one work unless their titles speak against it; two that
// have only different values of a distinguishing scheme are different works.
struct RecordIdentifier {
  std::uint64_t value = 0;      // hash of "scheme:value"
  std::uint32_t record = 0;
  std::uint8_t scheme = 0;      // index into identity_scheme_name()
  bool shared = false;          // several works of one source carry it (the DOI of a volume): neither joins nor distinguishes
};
std::string_view identity_scheme_name(std::uint8_t scheme);
bool is_distinguishing(std::uint8_t scheme);

struct PreparedRecords {
  std::vector<std::int64_t> order;              // [records] position -> index of the input; positions are used below
  std::vector<std::uint64_t> keys;              // [records] increasing
  std::vector<Comparable> records;              // [records]
  std::vector<RecordIdentifier> identifiers;    // by record, then scheme, then value
  std::vector<std::int64_t> identifier_offsets; // [records + 1]
  std::vector<std::string_view> source_names;
  ComparisonContext context;
  std::vector<StringArena> arenas;              // what the views of `records` point into
  std::vector<std::vector<Word>> words;         // likewise

  std::span<RecordIdentifier> of(std::uint32_t record) {
    return {identifiers.data() + identifier_offsets[record], static_cast<std::size_t>(identifier_offsets[record + 1] - identifier_offsets[record])};
  }
  std::span<const RecordIdentifier> of(std::uint32_t record) const {
    return {identifiers.data() + identifier_offsets[record], static_cast<std::size_t>(identifier_offsets[record + 1] - identifier_offsets[record])};
  }
};

Result<PreparedRecords> prepare_records(std::span<const ResolutionRecord> input, int thread_count, Progress& progress);

// Finds the titles that a source repeats over the years ("Book review column") and marks their records. Time O(n log n).
void mark_repeated_titles(std::vector<Comparable>& records);

// Whether a and b both have a value of a distinguishing scheme and share none of them.
bool has_identifier_conflict(const PreparedRecords& prepared, std::uint32_t a, std::uint32_t b);

// Pairs of records as (smaller position << 32 | larger position).
using PackedPair = std::uint64_t;
inline PackedPair pack(std::uint32_t a, std::uint32_t b) { return a < b ? static_cast<std::uint64_t>(a) << 32 | b : static_cast<std::uint64_t>(b) << 32 | a; }
inline std::uint32_t first_of(PackedPair pair) { return static_cast<std::uint32_t>(pair >> 32); }
inline std::uint32_t second_of(PackedPair pair) { return static_cast<std::uint32_t>(pair); }

}  // namespace jianwei::analysis

// Which source records tell of the same real-world work, and which are versions of one another.
//
// Exact identifiers first, then a title key, then a scored comparison of blocked pairs (Fellegi and Sunter 1969,
// doi:10.1080/01621459.1969.10501049, its weights fitted on the data by EM without labels), then connected components with checks
// that keep chains from running away. Nothing is lost: the result is a list of links, each with its rule, score and evidence.
// Page: docs/methods/resolution.md
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "base/progress.h"
#include "base/result.h"
#include "records/record.h"

namespace jianwei::analysis {

// What is compared of a source record; the views must outlive the call.
struct ResolutionRecord {
  std::uint64_t key = 0;                        // the source record's stable key: ties are settled by it, never by input order
  RecordKind kind = RecordKind::work;
  std::string_view type;
  std::string_view source;                      // two records of one source file with different own ids are merged only on strong evidence
  std::string_view title;
  std::string_view title_translated;
  std::string_view abstract_text;
  std::string_view venue, volume, issue, pages;
  Date date;
  std::vector<std::string_view> persons;        // names as displayed, in order
  std::vector<std::string_view> identifiers;    // "scheme:value", normalised
};

struct ResolutionOptions {
  double min_probability = 0.9;                 // of a match, for the scored comparison
  int thread_count = 0;
};

enum class LinkKind : std::uint8_t { same, version };  // version: preprint, conference and journal version of one work: linked, not merged

struct Link {
  std::int64_t a = 0;         // index of a record, a < b
  std::int64_t b = 0;
  LinkKind kind = LinkKind::same;
  std::string rule;           // identifier:doi, title_key, scored, version:preprint
  double score = 1.0;         // probability of a match, (0, 1]
  std::string evidence;       // for people: "doi 10.1000/x; same year"
};

struct Resolution {
  std::vector<Link> links;             // sorted by (a, b)
  std::vector<std::int64_t> cluster;   // [records] the smallest index of the records merged with it; itself when alone
  std::int64_t candidate_pair_count = 0;
};

// What a resolution compared, for the next one of nearly the same records (kept_comparisons.h): plain data, to be stored as it is.
struct KeptComparisons {
  struct Pair {
    std::uint64_t pair = 0;       // positions of two records, smaller << 32 | larger
    std::uint32_t outcome = 0;
    float room = 0.0F;            // by how much the weights of their title words may move until it is compared again
  };
  std::vector<std::uint64_t> keys, contents;  // [records] increasing keys; hashes of what is compared of each
  std::vector<std::uint32_t> words;           // hashes of the title words
  std::vector<std::int32_t> counts;           // [words] records that have each
  std::vector<Pair> pairs;                    // increasing
  std::int64_t reused_count = 0;              // comparisons that the last call took over
};
inline constexpr int kComparisonVersion = 1;  // raised when two records compare otherwise than before

// `separate` lists pairs that people have told apart (sorted, a < b): they never end in one cluster. `kept` (null: none) holds what an earlier call left
// and then what this one leaves; the result is the same whatever it held.
// Errors: cancelled. Time O(n log n) for titles that are not all alike; memory O(n).
Result<Resolution> resolve(std::span<const ResolutionRecord> records, std::span<const std::pair<std::int64_t, std::int64_t>> separate,
                           const ResolutionOptions& options, KeptComparisons* kept, Progress& progress);

}  // namespace jianwei::analysis

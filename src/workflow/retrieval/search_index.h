// The search index of a snapshot: made from its merged records at the first search, kept in WS/cache until the snapshot changes.
//
// Title, title in a second language, abstract, its translation and keywords make one bag of terms (analysis/retrieval/search_terms.h); the title
// counts twice. A record told of in two languages is found in both. A full text stands in for a missing abstract.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/dataset.h"
#include "analysis/retrieval/bm25.h"
#include "analysis/retrieval/search_terms.h"
#include "analysis/vectors/word_space.h"
#include "base/progress.h"
#include "records/record.h"
#include "workflow/workspace.h"

namespace jianwei::workflow {

// What a search may be narrowed by; empty: no bound. A record passes when it has one of the values of every field.
struct SearchFilter {
  std::vector<RecordKind> kinds;
  std::vector<std::string> sources, languages, countries, venues;  // venues: a part of the name, any case
  std::int16_t from = 0, until = 0;                                // years; with a bound, records without a year are left out
};

// "kind=project", "from=2015", "language=zh", "source=cnki", "country=CN", "venue=robot", "year=2015-2018"; sets one condition.
// Errors: invalid_input
Result<> add_condition(SearchFilter& filter, std::string_view text);

struct SearchIndex {
  std::string snapshot_id;
  std::vector<std::uint64_t> keys;                 // [records] of merged records
  std::vector<std::int16_t> year;                  // [records] 0 unknown
  std::vector<std::int8_t> kind, language;         // [records] language: index into language_names
  std::vector<std::int32_t> venue;                 // [records] index into venue_names
  analysis::IdLists sources, countries;            // records x names
  std::vector<std::string> language_names, venue_names, source_names, country_names;

  std::vector<std::string> names;                  // [terms] see SearchTerms
  std::vector<analysis::SearchTermKind> kinds;     // [terms]
  std::vector<std::int32_t> by_name;               // [terms] in byte order of their names
  analysis::Bm25Index bm25;

  std::int64_t record_count() const { return std::ssize(keys); }
  std::int32_t find_term(std::string_view name) const;  // -1: no record holds it
};

// Vectors of the snapshot's records: learnt from them alone, or those of the workspace's encoder.
struct SearchVectors {
  std::vector<std::int32_t> columns;               // [terms of the index] column of the space, -1 none; empty: the encoder's
  analysis::WordSpace space;
  analysis::VectorTable records;
};

// Reads the index, or makes and keeps it; a workspace that cannot be written is searched all the same. Errors: not_found  no records; cancelled
Result<SearchIndex> open_search_index(const Workspace& workspace, Progress& progress, int thread_count);
Result<SearchVectors> open_search_vectors(const Workspace& workspace, const SearchIndex& index, Progress& progress, int thread_count);

// [records] 1: passes; empty when the filter is.
std::vector<std::uint8_t> apply_filter(const SearchIndex& index, const SearchFilter& filter);

}  // namespace jianwei::workflow

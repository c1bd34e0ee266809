// Ranked search in the merged records, over the index that the first search of a snapshot makes (retrieval/search_index.h).
//
// Chinese and English words match as they are told apart by the tokeniser, English ones also by their stem ("batteries" finds "battery"), Chinese ones
// by their characters' pairs too; a Latin word that no record holds matches the words it begins ("batter" finds batteries). Records with all words
// are ranked; when none has all, those with any. Words in double quotes must stand together. bm25: docs/methods/retrieval.md; dense: cosine of
// vectors learnt from the workspace; hybrid: the reciprocal ranks of both.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "analysis/retrieval/matching.h"
#include "base/json_writer.h"
#include "base/progress.h"
#include "records/record.h"
#include "workflow/retrieval/search_index.h"
#include "workflow/workspace.h"

namespace jianwei::workflow {

struct SearchHit {
  std::string id, title, venue, language;
  RecordKind kind = RecordKind::work;
  std::int16_t year = 0;
  double score = 0.0;
  std::vector<analysis::SharedTerm> terms;  // of the query, with what each adds to the BM25 score; largest first
  std::string snippet;                      // around the first hit in the abstract, else its beginning
};

struct SearchOptions {
  std::int64_t limit = 20;
  analysis::RankingMethod method = analysis::RankingMethod::bm25;
  SearchFilter filter;
  int thread_count = 0;
  bool facets = false;             // count all matches by kind, source, language, country and year
};

// How many matches have a value, most first.
struct SearchFacet {
  std::string field;               // kind, source, language, country, year
  std::vector<std::pair<std::string, std::int64_t>> values;
};

struct SearchResult {
  std::string snapshot_id;
  analysis::RankingMethod method = analysis::RankingMethod::bm25;
  std::int64_t match_count = 0;  // records with all words; with any, when all_words is false
  bool all_words = true;
  std::vector<SearchHit> hits;   // best first, then by id
  std::vector<SearchFacet> facets;
};

// Errors: invalid_input  no word in the query, or too few records for vectors; not_found  no records yet; cancelled
Result<SearchResult> search(const Workspace& workspace, std::string_view query, const SearchOptions& options, Progress& progress);
// The same over an index that is open already; that of the newest snapshot. Errors: conflict  the records have changed since the index was made
Result<SearchResult> search(const Workspace& workspace, const SearchIndex& index, std::string_view query, const SearchOptions& options, Progress& progress);

// Ids of all records that match, in order of the index: those whose number search() gives, not only its best. With words in quotes at most as many as are read for them.
Result<std::vector<std::string>> matching_records(const Workspace& workspace, const SearchIndex& index, std::string_view query, const SearchFilter& filter, Progress& progress);

std::string to_json(const SearchResult& result);
void write_hit(JsonWriter& json, const SearchHit& hit);

}  // namespace jianwei::workflow

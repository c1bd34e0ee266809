// Ranked search in the merged records' titles, keywords and abstracts, by a scan: seconds for a million records, no index to keep.
//
// Latin words match from their beginning ("batter" finds batteries), Chinese runs as a whole and, with less weight, by their bigrams; words in
// double quotes match as they stand. Score: BM25 (Robertson and Zaragoza 2009, doi:10.1561/1500000019) with k1 = 1.2, b = 0.75, where a
// hit in the title counts three times and one in the keywords twice.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/progress.h"
#include "records/record.h"
#include "workflow/workspace.h"

namespace jianwei::workflow {

struct SearchHit {
  std::string id, title, venue;
  RecordKind kind = RecordKind::work;
  std::int16_t year = 0;
  double score = 0.0;
  std::string snippet;  // around the first hit in the abstract, else its beginning
};

struct SearchResult {
  std::string snapshot_id;
  std::int64_t match_count = 0;  // records with at least one hit of every plain word
  std::vector<SearchHit> hits;   // best first, then by id
};

// Errors: invalid_input  no word in the query; not_found  no records yet; cancelled
Result<SearchResult> search(const Workspace& workspace, std::string_view query, std::int64_t limit, Progress& progress, int thread_count = 0);
std::string to_json(const SearchResult& result);

}  // namespace jianwei::workflow

// Needs against solutions: for each need the solutions that answer it best, and why (analysis/retrieval/matching.h).
//
// Either side is a file or folder of records in any format that can be imported, or a workspace narrowed by conditions (search_index.h).
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "analysis/retrieval/matching.h"
#include "base/progress.h"
#include "base/result.h"
#include "workflow/retrieval/search_index.h"

namespace jianwei::workflow {

struct MatchSide {
  std::string path;
  SearchFilter filter;
};

struct MatchRecord {
  std::string id;      // the source's own, else the record's id in the workspace, else "<file>#<number>"
  std::string title;   // the beginning of the abstract when there is none
  std::int16_t year = 0;
};

struct MatchResult {
  analysis::RankingMethod method = analysis::RankingMethod::hybrid;
  std::vector<MatchRecord> needs, solutions;
  std::vector<std::vector<analysis::Match>> matches;  // [needs] best first
};

// When both sides are one file or workspace no record is listed as its own answer.
//
// Errors: not_found  a path or a workspace's records; invalid_input  a side holds no record with a text; those of match_documents
Result<MatchResult> match_records(const MatchSide& needs, const MatchSide& solutions, const analysis::MatchingOptions& options, Progress& progress);

std::string to_json(const MatchResult& result);
// A row a match: need, need_title, rank, solution, solution_title, score, shared_terms.
std::string to_csv(const MatchResult& result);

}  // namespace jianwei::workflow

// The documents of a study, from a snapshot: their texts in one arena and everything else as columns.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <vector>

#include "analysis/dataset.h"
#include "base/progress.h"
#include "records/record.h"
#include "text/corpus.h"
#include "workflow/workspace.h"

namespace jianwei::workflow {

struct DocumentFilter {
  std::vector<RecordKind> kinds;       // empty: all
  std::vector<std::string> sources;    // empty: all; else documents that one of them tells of
  std::vector<std::string> languages;  // empty: all
  std::string query;                   // words that title, abstract or keywords must all hold, any case; "" = all
  std::int16_t from = 0;               // first year, 0: no bound
  std::int16_t until = 0;              // last year, 0: no bound; with a bound, documents without a year are left out
};

struct Documents {
  std::string snapshot_id;
  analysis::Dataset dataset;
  std::vector<text::DocumentText> texts;  // [documents] views of what stands below
  std::vector<std::string> urls;          // [documents] "" = none; only http and https
  bool synthetic = false;                 // some records were generated: every product says so
  std::vector<std::string> keywords;      // of all documents, one after the other
  std::deque<std::string> arena;

  Documents() = default;
  Documents(Documents&&) = default;
  Documents& operator=(Documents&&) = default;
};

// Full texts stand in for a missing abstract, up to this many bytes.
inline constexpr std::size_t kMaxTextBytes = 20'000;

// Rows are ordered by (date, record id). Errors: not_found when the workspace or the selection is empty; cancelled; corrupt.
Result<Documents> load_documents(const Workspace& workspace, const DocumentFilter& filter, Progress& progress, int thread_count = 0);

}  // namespace jianwei::workflow

// The live source records as entity resolution reads them, in compact memory.
#pragma once

#include <deque>
#include <string>
#include <vector>

#include "analysis/resolution/resolve.h"
#include "store/key_index.h"

namespace jianwei::workflow {

struct LiveRecords {
  std::vector<analysis::ResolutionRecord> records;
  std::vector<std::int64_t> sequences;  // [records] rows of the lake
  std::deque<std::string> texts;        // what the records' views point into
  std::int64_t stale_count = 0;         // superseded versions that were left out
};

// Abstracts are cut to kComparedAbstractBytes, person lists to kComparedPersons: comparing needs no more.
inline constexpr std::size_t kComparedAbstractBytes = 512;
inline constexpr std::size_t kComparedPersons = 24;

Result<LiveRecords> load_live_records(const store::Lake& lake, const store::KeyIndex& index, int thread_count);

}  // namespace jianwei::workflow

// Writes the made-up corpus as files of the formats people export, so that the readers are exercised on the way back in:
//   synthetic_wos.ris          RIS, as Web of Science writes it       synthetic_openalex.jsonl   one work a line, preprints included
//   synthetic_scopus.csv       CSV, as Scopus writes it               synthetic_projects.csv     grants with their award numbers
//   truth.json                 what was planted: topics, bursts, weak signals, duplicates and versions by own id, communities
// Page: docs/methods/synthetic.md
#pragma once

#include <filesystem>

#include "analysis/synthetic/synthetic.h"
#include "base/progress.h"

namespace jianwei {

struct SyntheticFiles {
  std::vector<std::filesystem::path> inputs;  // to be imported
  std::filesystem::path truth;
  std::int64_t record_count = 0;
};

// Writes record by record: memory does not grow with the size. Files of the same names are replaced.
// Errors: invalid_input  options out of range     unavailable  folder cannot be written     cancelled
Result<SyntheticFiles> write_synthetic(const std::filesystem::path& folder, const analysis::SyntheticOptions& options, Progress& progress);

}  // namespace jianwei

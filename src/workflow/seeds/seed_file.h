// An expert's concepts from a file: a table (TSV, CSV) or TOML.
//
//   table   concept, then its terms in one or more cells, parted by "|"; one concept may take several lines; a heading "concept ..." or "概念 ..." is left out
//   TOML    [concepts] with "name" = ["term", ...], or [[concept]] with name and terms
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/result.h"

namespace jianwei::workflow {

struct SeedList {
  std::string name;
  std::vector<std::string> terms;  // not empty; as written, trimmed
};

// Concepts in the order of the file. Errors: not_found; invalid_input  names the file, the line or field, and what would mend it
Result<std::vector<SeedList>> read_seeds(const std::filesystem::path& path);

}  // namespace jianwei::workflow

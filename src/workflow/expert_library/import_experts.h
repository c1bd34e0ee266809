// Experts from a table (CSV and kin, XLSX, JSON Lines) with headings in Chinese or English.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "workflow/expert_library/library.h"

namespace jianwei::workflow {

struct ExpertReject {
  std::int64_t line = 0;
  std::string field;             // "" = the whole row
  std::string reason;
};
struct ExpertImport {
  std::vector<std::pair<std::string, std::string>> columns;  // heading, field it was read as ("" = not read)
  std::vector<Expert> added;                                 // of a preview: those that would be, without ids
  std::vector<ExpertReject> rejects;
};

// Lists are split at ; ； 、 | and, where none of these stands, at commas. A row that cannot be taken is rejected with its line, field and reason; the others are added.
// Errors: not_found; invalid_input  no column gives a name: lists the headings
Result<ExpertImport> import_experts(store::ExpertDb& db, const People& people, const std::filesystem::path& file, std::string_view actor);
// What import_experts would do; nothing is changed.
Result<ExpertImport> preview_experts(store::ExpertDb& db, const People& people, const std::filesystem::path& file);
std::string to_json(const ExpertImport& import);

}  // namespace jianwei::workflow

#include "workflow/routine/routine_files.h"

#include <simdjson.h>

#include "base/json_writer.h"

namespace jianwei::workflow {

Result<std::optional<store::RoutineDb>> open_routine_if_there(const std::filesystem::path& workspace) {
  std::error_code error;
  if (!std::filesystem::exists(workspace / "routine.db", error)) return std::optional<store::RoutineDb>();
  return std::optional(TRY(store::RoutineDb::open(workspace)));
}

std::string text_list_json(const std::vector<std::string>& texts) {
  JsonWriter json;
  json.begin_array();
  for (const std::string& text : texts) json.value(text);
  return std::move(json.end_array()).text();
}

Result<std::vector<std::string>> read_text_list(std::string_view json) {
  simdjson::dom::parser parser;
  simdjson::dom::array array;
  std::vector<std::string> texts;
  const simdjson::padded_string padded(json);
  if (parser.parse(padded).get(array) != simdjson::SUCCESS) return fail(ErrorKind::corrupt, "a list in routine.db cannot be read: restore routine.db from a backup");
  for (const simdjson::dom::element item : array) {
    std::string_view text;
    if (item.get(text) == simdjson::SUCCESS) texts.emplace_back(text);
  }
  return texts;
}

}  // namespace jianwei::workflow

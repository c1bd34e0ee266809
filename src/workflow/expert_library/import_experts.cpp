#include "workflow/expert_library/import_experts.h"

#include <algorithm>
#include <array>

#include "base/json_writer.h"
#include "base/sentence.h"
#include "base/strings.h"
#include "records/unicode.h"
#include "workflow/items/table_rows.h"
#include "workflow/expert_library/new_expert.h"

namespace jianwei::workflow {
namespace {

struct Heading {
  std::string_view field;
  std::string_view names;  // folded, parted by |
};
// "name": told apart by its script into name_zh or name_en.
constexpr std::array<Heading, 19> kHeadings{
    Heading{"name", "|name|full name|fullname|expert|expert name|姓名|专家姓名|专家|名字|"},
    Heading{"name_zh", "|name_zh|chinese name|name (zh)|中文名|中文姓名|"},
    Heading{"name_en", "|name_en|english name|latin name|name (en)|英文名|英文姓名|外文名|"},
    Heading{"pinyin", "|pinyin|拼音|姓名拼音|"},
    Heading{"orcid", "|orcid|orcid id|orcid号|"},
    Heading{"email", "|email|e-mail|mail|邮箱|电子邮箱|电子邮件|邮件|"},
    Heading{"organisation", "|organisation|organization|institution|affiliation|employer|company|unit|单位|工作单位|所在单位|机构|依托单位|"},
    Heading{"sector", "|sector|type of organisation|organisation type|部门|单位性质|单位类型|行业|"},
    Heading{"region", "|region|province|state|地区|省份|所在地区|所在地|区域|"},
    Heading{"country", "|country|nation|国家|国别|"},
    Heading{"gender", "|gender|sex|性别|"},
    Heading{"age_band", "|age_band|age band|age|age group|年龄|年龄段|"},
    Heading{"seniority", "|seniority|rank|level|职级|级别|"},
    Heading{"title", "|title|position|job title|职称|职务|"},
    Heading{"fields", "|fields|field|keywords|expertise|research interests|research fields|research field|research area|areas|领域|研究领域|研究方向|专业|专业领域|学科|关键词|专长|"},
    Heading{"languages", "|languages|language|语言|语种|"},
    Heading{"projects", "|projects|grants|项目|承担项目|"},
    Heading{"patents", "|patents|专利|"},
    Heading{"load", "|load|max load|max items|capacity|可评数|工作量|最大评审数|"}};

std::string_view field_of(std::string_view heading) {
  const std::string key = fmt::format("|{}|", fold_case(trim(heading)));
  for (const Heading& known : kHeadings) {
    if (known.names.find(key) != std::string_view::npos) return known.field;
  }
  return {};
}

std::vector<std::string> split_list(std::string_view cell) {
  std::string text(cell);
  for (const std::string_view separator : {"；", "、", "|", "\n"}) text = replace_all(std::move(text), separator, ";");
  if (text.find(';') == std::string::npos) text = replace_all(replace_all(std::move(text), "，", ";"), ",", ";");
  return split_trimmed(text, ";");
}

// One row as the JSON that change_fields reads, so that a cell is checked like any other input.
Result<Expert> read_row(const std::vector<std::string>& row, const std::vector<std::string>& fields, std::string& failing) {
  Expert expert;
  for (std::size_t c = 0; c < std::min(row.size(), fields.size()); ++c) {
    const std::string_view cell = trim(row[c]);
    if (fields[c].empty() || cell.empty()) continue;
    failing = fields[c];
    const std::string name = fields[c] == "name" ? (is_cjk_text(cell) ? "name_zh" : "name_en") : fields[c];
    JsonWriter json;
    json.begin_object();
    if (name == "fields" || name == "languages" || name == "projects" || name == "patents") {
      json.key(name).begin_array();
      for (const std::string& part : split_list(cell)) json.value(part);
      json.end_array();
    } else if (name == "load") {
      const auto load = parse_int(cell);
      if (!load) return fail(ErrorKind::invalid_input, "load: '{}' is no whole number", cell);
      json.field(name, *load);
    } else {
      json.field(name, cell);
    }
    TRY(change_fields(expert, json.end_object().text()));
  }
  failing = "name";
  if (expert.name().empty()) return fail(ErrorKind::invalid_input, "the row has no name");
  failing.clear();
  return expert;
}

// `keep` enters a checked expert, or only gives it back.
template <class Keep>
Result<ExpertImport> read_experts(store::ExpertDb& db, const People& people, const std::filesystem::path& path, Keep keep) {
  ExpertImport result;
  std::vector<Expert> known = TRY(load_experts(db));
  TRY(sources::open_source(path, {}, [&](sources::OpenedFile& file) -> Result<> {
    const TableRows rows = TRY(read_table_rows(file, [](const std::vector<std::string>&) { return true; }));
    if (rows.cells.empty()) return {};
    std::vector<std::string> fields;
    bool named = false;
    for (const std::string& heading : rows.cells.front()) {
      fields.emplace_back(field_of(heading));
      named = named || fields.back().starts_with("name") || fields.back() == "pinyin";
      result.columns.emplace_back(heading, fields.back());
    }
    if (!named) return fail(ErrorKind::invalid_input, "{}: no column gives a name (name, 姓名, name_zh, name_en, ...); the headings are: {}", file.name, join(rows.cells.front(), ", "));
    for (std::size_t r = 1; r < rows.cells.size(); ++r) {
      if (std::all_of(rows.cells[r].begin(), rows.cells[r].end(), [](const std::string& cell) { return trim(cell).empty(); })) continue;
      std::string failing;
      Result<Expert> expert = read_row(rows.cells[r], fields, failing);
      if (expert) {
        expert->source = "import";
        expert = check_new(known, people, std::move(*expert));
      }
      if (expert) expert = keep(std::move(*expert));
      if (expert) {
        known.push_back(*expert);
        result.added.push_back(std::move(*expert));
      } else if (expert.error().kind == ErrorKind::invalid_input || expert.error().kind == ErrorKind::conflict) {
        result.rejects.push_back({rows.lines[r], failing, expert.error().message});
      } else {
        return tl::unexpected(expert.error());
      }
    }
    return {};
  }));
  return result;
}

}  // namespace

Result<ExpertImport> import_experts(store::ExpertDb& db, const People& people, const std::filesystem::path& path, std::string_view actor) {
  return read_experts(db, people, path, [&](Expert expert) { return add_checked(db, std::move(expert), actor); });
}

Result<ExpertImport> preview_experts(store::ExpertDb& db, const People& people, const std::filesystem::path& path) {
  return read_experts(db, people, path, [](Expert expert) -> Result<Expert> { return expert; });
}

std::string to_json(const ExpertImport& import) {
  JsonWriter json;
  json.begin_object().field("added", import.added.size()).key("columns").begin_array();
  for (const auto& [heading, field] : import.columns) json.begin_object().field("heading", heading).field("field", field).end_object();
  json.end_array().key("experts").begin_array();
  for (const Expert& expert : import.added) json.begin_object().field("id", expert.id).field("name", expert.name()).field("organisation", expert.organisation).field("identity", to_string(expert.identity)).end_object();
  json.end_array().key("rejects").begin_array();
  for (const ExpertReject& reject : import.rejects) {
    json.begin_object().field("line", reject.line).field("field", reject.field);
    write_said(json, "reason", reject.reason);
    json.end_object();
  }
  return json.end_array().end_object().text();
}

}  // namespace jianwei::workflow

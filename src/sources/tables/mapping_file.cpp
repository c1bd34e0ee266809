// Mapping files in TOML, for example
//
//   kind = "project"
//   source = "nsfc"
//   [columns]
//   "项目名称" = "title"
//   "负责人" = { field = "persons", role = "investigator", separator = "、" }
#include <sstream>

#include "base/toml.h"
#include "records/record.h"
#include "sources/tables/mapping.h"

namespace jianwei::sources {
namespace {

std::string quoted(std::string_view text) {
  std::ostringstream out;
  out << toml::value<std::string>(std::string(text));
  return out.str();
}

}  // namespace

Result<Mapping> parse_mapping(std::string_view text, std::string_view file_name) {
  Mapping mapping;
  try {
    const toml::table file = toml::parse(text);
    for (const auto& [key, node] : file) {
      const std::string_view name = key.str();
      if (name == "columns") continue;
      const auto value = node.value<std::string>();
      if (!value) return fail(ErrorKind::invalid_input, "{}: '{}' must be a text", file_name, name);
      if (name == "kind") {
        if (!value->empty() && !parse_record_kind(*value)) return fail(ErrorKind::invalid_input, "{}: kind '{}' is none of work, patent, project, event, post, policy", file_name, *value);
        mapping.kind = *value;
      } else if (name == "delimiter") {
        if (value->size() > 1) return fail(ErrorKind::invalid_input, "{}: delimiter must be one character such as \",\" or \"\\t\"", file_name);
        mapping.delimiter = *value;
      } else if (name == "source") {
        mapping.source = *value;
      } else if (name == "language") {
        mapping.language = *value;
      } else {
        return fail(ErrorKind::invalid_input, "{}: unknown key '{}'; allowed are kind, delimiter, source, language and the table [columns]", file_name, name);
      }
    }
    const toml::table* columns = file["columns"].as_table();
    if (columns == nullptr) return fail(ErrorKind::invalid_input, "{}: the table [columns] is missing", file_name);
    for (const auto& [key, node] : *columns) {
      const std::string column(key.str());
      Mapping::Column target;
      if (const auto field = node.value<std::string>()) {
        target.field = *field;
      } else if (const toml::table* details = node.as_table()) {
        for (const auto& [part, value] : *details) {
          const auto content = value.value<std::string>();
          if (!content) return fail(ErrorKind::invalid_input, "{}: column '{}': '{}' must be a text", file_name, column, part.str());
          if (part.str() == "field") target.field = *content;
          else if (part.str() == "separator") target.separator = *content;
          else if (part.str() == "role") target.role = *content;
          else return fail(ErrorKind::invalid_input, "{}: column '{}': unknown key '{}'; allowed are field, separator, role", file_name, column, part.str());
        }
      } else {
        return fail(ErrorKind::invalid_input, "{}: column '{}' must be a field name or a table with field, separator, role", file_name, column);
      }
      if (!parse_field(target.field)) return fail(ErrorKind::invalid_input, "{}: column '{}': '{}' is no field; see docs/formats/tables.md", file_name, column, target.field);
      mapping.columns[column] = std::move(target);
    }
  } catch (const toml::parse_error& error) {
    return fail(ErrorKind::invalid_input, "{}:{}: not TOML: {}", file_name, error.source().begin.line, error.description());
  } catch (const std::invalid_argument& error) {
    return fail(ErrorKind::invalid_input, "{}: {}", file_name, error.what());
  }
  return mapping;
}

std::string format_mapping(const Mapping& mapping) {
  std::string text;
  const auto line = [&](std::string_view key, const std::string& value) {
    if (!value.empty()) text += fmt::format("{} = {}\n", key, quoted(value));
  };
  line("kind", mapping.kind);
  line("delimiter", mapping.delimiter);
  line("source", mapping.source);
  line("language", mapping.language);
  text += "\n[columns]\n";
  for (const auto& [name, column] : mapping.columns) {
    if (column.field.empty()) continue;
    if (column.separator.empty() && column.role.empty()) {
      text += fmt::format("{} = {}\n", quoted(name), quoted(column.field));
      continue;
    }
    text += fmt::format("{} = {{ field = {}", quoted(name), quoted(column.field));
    if (!column.role.empty()) text += fmt::format(", role = {}", quoted(column.role));
    if (!column.separator.empty()) text += fmt::format(", separator = {}", quoted(column.separator));
    text += " }\n";
  }
  return text;
}

}  // namespace jianwei::sources

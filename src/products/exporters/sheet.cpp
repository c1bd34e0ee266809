#include "products/exporters/sheet.h"

#include <fmt/format.h>

#include <cmath>

#include "base/json_writer.h"

namespace jianwei::products {
namespace {

bool starts_formula(std::string_view text) { return !text.empty() && (text[0] == '=' || text[0] == '+' || text[0] == '-' || text[0] == '@' || text[0] == '\t' || text[0] == '\r'); }

void append_text(std::string& out, std::string_view text, bool guard) {
  std::string guarded;
  if (guard && starts_formula(text)) {
    guarded = fmt::format("'{}", text);
    text = guarded;
  }
  if (text.find_first_of(",\"\r\n") == std::string_view::npos) {
    out += text;
    return;
  }
  out += '"';
  for (const char c : text) {
    if (c == '"') out += '"';
    out += c;
  }
  out += '"';
}

}  // namespace

std::string to_csv(const Sheet& sheet, const CsvOptions& options) {
  std::string out = options.byte_order_mark ? "\xEF\xBB\xBF" : "";
  for (std::size_t c = 0; c < sheet.columns.size(); ++c) {
    if (c > 0) out += ',';
    append_text(out, sheet.columns[c], options.guard_formulas);
  }
  out += "\r\n";
  for (const std::vector<Cell>& row : sheet.rows) {
    for (std::size_t c = 0; c < row.size(); ++c) {
      if (c > 0) out += ',';
      if (const auto* text = std::get_if<std::string>(&row[c])) append_text(out, *text, options.guard_formulas);
      if (const auto* integer = std::get_if<std::int64_t>(&row[c])) out += fmt::to_string(*integer);
      if (const auto* number = std::get_if<double>(&row[c]); number && std::isfinite(*number)) out += fmt::format("{}", *number);
    }
    out += "\r\n";
  }
  return out;
}

std::string to_jsonl(const Sheet& sheet) {
  std::string out;
  for (const std::vector<Cell>& row : sheet.rows) {
    JsonWriter json;
    json.begin_object();
    for (std::size_t c = 0; c < row.size(); ++c) {
      if (const auto* text = std::get_if<std::string>(&row[c])) json.field(sheet.columns[c], std::string_view(*text));
      if (const auto* integer = std::get_if<std::int64_t>(&row[c])) json.field(sheet.columns[c], *integer);
      if (const auto* number = std::get_if<double>(&row[c])) json.field(sheet.columns[c], *number);
    }
    json.end_object();
    out += json.text();
    out += '\n';
  }
  return out;
}

}  // namespace jianwei::products

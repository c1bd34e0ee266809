// XLSX through libxlsxwriter's constant-memory mode: rows go to a temporary file as they come, so they must be written in order.
// The workbook is written beside the target and renamed over it.
#include <xlsxwriter.h>

#include <cmath>
#include <system_error>

#include "base/file.h"
#include "products/exporters/sheet.h"
#include "records/unicode.h"

namespace jianwei::products {
namespace {

constexpr std::size_t kMaxRows = 1'048'575;  // below the heading
constexpr std::size_t kMaxColumns = 16'384;
constexpr std::size_t kMaxCellCharacters = 32'767;  // UTF-16 units

// The longest prefix that Excel takes.
std::string fit_cell(const std::string& text) {
  if (text.size() <= kMaxCellCharacters) return text;
  std::size_t units = 0;
  std::size_t bytes = 0;
  while (bytes < text.size()) {
    const CodePoint point = decode_utf8(std::string_view(text).substr(bytes));
    units += point.value > 0xffff ? 2 : 1;
    if (units >= kMaxCellCharacters) return text.substr(0, bytes) + "…";
    bytes += static_cast<std::size_t>(point.length);
  }
  return text;
}

// Excel refuses []:*?/\ in names, more than 31 characters, empty and repeated ones.
std::string sheet_name(std::string_view name, std::size_t index) {
  std::string clean;
  int characters = 0;
  for (std::size_t i = 0; i < name.size() && characters < 28;) {
    const CodePoint point = decode_utf8(name.substr(i));
    const bool refused = point.value < 0x20 || (point.value < 0x80 && std::string_view("[]:*?/\\'").find(static_cast<char>(point.value)) != std::string_view::npos);
    append_utf8(clean, refused ? U' ' : point.value);
    i += static_cast<std::size_t>(point.length);
    ++characters;
  }
  if (clean.empty()) clean = "Sheet";
  return index == 0 ? clean : fmt::format("{} {}", clean, index + 1);
}

lxw_error write_sheet(lxw_workbook* workbook, const Sheet& sheet, std::size_t index, lxw_format* heading) {
  lxw_worksheet* worksheet = workbook_add_worksheet(workbook, sheet_name(sheet.name, index).c_str());
  if (!worksheet) return LXW_ERROR_MEMORY_MALLOC_FAILED;
  const auto last_column = static_cast<lxw_col_t>(sheet.columns.empty() ? 0 : sheet.columns.size() - 1);
  worksheet_set_column(worksheet, 0, last_column, 18, nullptr);
  worksheet_freeze_panes(worksheet, 1, 0);
  if (!sheet.columns.empty() && !sheet.rows.empty()) worksheet_autofilter(worksheet, 0, 0, static_cast<lxw_row_t>(sheet.rows.size()), last_column);
  lxw_error error = LXW_NO_ERROR;
  const auto keep = [&error](lxw_error now) {
    if (error == LXW_NO_ERROR) error = now;
  };
  for (std::size_t c = 0; c < sheet.columns.size(); ++c) keep(worksheet_write_string(worksheet, 0, static_cast<lxw_col_t>(c), fit_cell(sheet.columns[c]).c_str(), heading));
  for (std::size_t r = 0; r < sheet.rows.size(); ++r) {
    for (std::size_t c = 0; c < sheet.rows[r].size(); ++c) {
      const auto row = static_cast<lxw_row_t>(r + 1);
      const auto column = static_cast<lxw_col_t>(c);
      const Cell& cell = sheet.rows[r][c];
      // Strings are written as strings: Excel never reads them as formulas.
      if (const auto* text = std::get_if<std::string>(&cell)) keep(worksheet_write_string(worksheet, row, column, fit_cell(*text).c_str(), nullptr));
      if (const auto* integer = std::get_if<std::int64_t>(&cell)) keep(worksheet_write_number(worksheet, row, column, static_cast<double>(*integer), nullptr));
      if (const auto* number = std::get_if<double>(&cell); number && std::isfinite(*number)) keep(worksheet_write_number(worksheet, row, column, *number, nullptr));
    }
  }
  return error;
}

}  // namespace

Result<> write_xlsx(const std::filesystem::path& path, std::span<const Sheet> sheets) {
  for (const Sheet& sheet : sheets) {
    if (sheet.rows.size() > kMaxRows || sheet.columns.size() > kMaxColumns) {
      return fail(ErrorKind::invalid_input, "sheet '{}' has {} rows and {} columns, Excel holds {} and {}: export CSV or Parquet instead", sheet.name, sheet.rows.size(), sheet.columns.size(), kMaxRows, kMaxColumns);
    }
  }
  const std::string part = path.string() + ".part";
  // The library prints what it cannot open; so that is tried first.
  TRY(write_file_atomically(part, ""));
  lxw_workbook_options options{};
  options.constant_memory = LXW_TRUE;
  lxw_workbook* workbook = workbook_new_opt(part.c_str(), &options);
  if (!workbook) return fail(ErrorKind::unavailable, "{}: a workbook cannot be made", path.string());
  lxw_doc_properties properties{};
  properties.created = 1;  // a fixed date, so that the same tables give the same bytes
  workbook_set_properties(workbook, &properties);
  lxw_format* heading = workbook_add_format(workbook);
  format_set_bold(heading);
  lxw_error error = LXW_NO_ERROR;
  for (std::size_t i = 0; i < sheets.size(); ++i) {
    const lxw_error now = write_sheet(workbook, sheets[i], i, heading);
    if (error == LXW_NO_ERROR) error = now;
  }
  const lxw_error closed = workbook_close(workbook);
  if (error == LXW_NO_ERROR) error = closed;
  std::error_code rename_error;
  if (error == LXW_NO_ERROR) {
    TRY(sync_path(part));
    std::filesystem::rename(part, path, rename_error);
  }
  if (error != LXW_NO_ERROR || rename_error) {
    std::error_code ignored;
    std::filesystem::remove(part, ignored);
    return fail(ErrorKind::unavailable, "{}: the workbook cannot be written: {}", path.string(), rename_error ? rename_error.message() : lxw_strerror(error));
  }
  return sync_path(path.has_parent_path() ? path.parent_path() : ".");
}

}  // namespace jianwei::products

#include "cli/session.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>

#include "records/unicode.h"

namespace jianwei::cli {
namespace {

// Cuts by display width, with "…".
std::string cut(std::string_view text, int width) {
  if (display_width(text) <= width) return std::string(text);
  std::string kept;
  int used = 0;
  while (!text.empty()) {
    const auto length = static_cast<std::size_t>(decode_utf8(text).length);
    const int step = display_width(text.substr(0, length));
    if (used + step > width - 1) break;
    kept += text.substr(0, length);
    used += step;
    text.remove_prefix(length);
  }
  return kept + "…";
}

}  // namespace

void Session::print(std::string_view line) const {
  // fmt::print throws when the disk is full or the reader has gone; the stream remembers the failure and main reports it.
  std::fwrite(line.data(), 1, line.size(), stdout);
  std::fputc('\n', stdout);
}

void Session::note(std::string_view line) const {
  if (quiet) return;
  std::fflush(stdout);  // what was printed before comes before, also when both end in one pipe
  fmt::print(stderr, "{}\n", line);
}

int display_width(std::string_view text) {
  int width = 0;
  while (!text.empty()) {
    const CodePoint point = decode_utf8(text);
    const bool wide = (point.value >= 0x1100 && point.value <= 0x115f) || (point.value >= 0x2e80 && point.value <= 0xa4cf) ||
                      (point.value >= 0xac00 && point.value <= 0xd7a3) || (point.value >= 0xf900 && point.value <= 0xfaff) ||
                      (point.value >= 0xfe30 && point.value <= 0xfe6f) || (point.value >= 0xff00 && point.value <= 0xff60) || point.value >= 0x20000;
    width += wide ? 2 : 1;
    text.remove_prefix(static_cast<std::size_t>(point.length));
  }
  return width;
}

int terminal_width() {
  winsize size{};
  if (!isatty(STDOUT_FILENO) || ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0) return 0;
  return size.ws_col;
}

std::string thousands(std::int64_t n) {
  std::string digits = std::to_string(n);
  for (std::size_t at = digits.size(); at > (n < 0 ? 4u : 3u);) {
    at -= 3;
    digits.insert(at, ",");
  }
  return digits;
}

std::string percent(double share) { return fmt::format("{:.1f} %", 100 * share); }

TextTable::TextTable(std::vector<std::string> header, std::vector<bool> numeric) : numeric_(std::move(numeric)) {
  numeric_.resize(header.size(), false);
  rows_.push_back(std::move(header));
}

void TextTable::add(std::vector<std::string> row) { rows_.push_back(std::move(row)); }

std::string TextTable::text(int max_width) const {
  std::vector<int> widths(rows_[0].size(), 0);
  for (const auto& row : rows_) {
    for (std::size_t c = 0; c < row.size() && c < widths.size(); ++c) widths[c] = std::max(widths[c], display_width(row[c]));
  }
  if (max_width > 0) {
    int before = 0;
    for (std::size_t c = 0; c + 1 < widths.size(); ++c) before += widths[c] + 2;
    widths.back() = std::min(widths.back(), std::max(12, max_width - before));
  }
  std::string text;
  for (std::size_t r = 0; r < rows_.size(); ++r) {
    std::string line;
    for (std::size_t c = 0; c < widths.size(); ++c) {
      const std::string cell = c < rows_[r].size() ? cut(rows_[r][c], std::max(widths[c], 1)) : "";
      const std::string pad(static_cast<std::size_t>(std::max(0, widths[c] - display_width(cell))), ' ');
      line += numeric_[c] ? pad + cell : cell + pad;
      if (c + 1 < widths.size()) line += "  ";
    }
    while (!line.empty() && line.back() == ' ') line.pop_back();
    text += line + '\n';
    if (r == 0) {
      std::string rule;
      for (std::size_t c = 0; c < widths.size(); ++c) {
        for (int i = 0; i < widths[c]; ++i) rule += "─";
        if (c + 1 < widths.size()) rule += "  ";
      }
      text += rule + '\n';
    }
  }
  text.pop_back();
  return text;
}

}  // namespace jianwei::cli

// Joining of hard-wrapped lines. The width of a full line is the 70th percentile of the widths (a Han character counts two columns); a
// line that is clearly shorter ends its paragraph, a heading or an indent begins one.
#include <algorithm>

#include "base/strings.h"
#include "records/unicode.h"
#include "sources/documents/prose.h"
#include "sources/documents/prose_marks.h"

namespace jianwei::sources::documents {
namespace {

struct Line {
  std::string text;        // cleaned
  bool indented = false;   // by two or more blanks or an ideographic blank
  bool box_start = false;  // by one blank: extracted PDF begins a text box so
  int blanks_before = 0;   // empty lines
  int columns = 0;
};

int columns_of(std::string_view text) {
  int columns = 0;
  while (!text.empty()) {
    const CodePoint point = decode_utf8(text);
    columns += point.value >= 0x2e80 ? 2 : 1;
    text.remove_prefix(static_cast<std::size_t>(point.length));
  }
  return columns;
}

std::vector<Line> read_lines(std::string_view text) {
  std::vector<Line> lines;
  int blanks = 0;
  while (!text.empty()) {
    const std::size_t end = text.find_first_of("\n\r\f");
    std::string_view raw = text.substr(0, end);
    const bool page = end != std::string_view::npos && text[end] == '\f';
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + (text.substr(end).starts_with("\r\n") ? 2 : 1));
    Line line;
    line.text = clean_text(raw);
    if (line.text.empty()) {
      ++blanks;
      continue;
    }
    line.indented = raw.starts_with("  ") || raw.starts_with("\t") || raw.starts_with("　");
    line.box_start = raw.starts_with(" ") && !line.indented;
    line.blanks_before = blanks;
    line.columns = columns_of(line.text);
    blanks = page ? 1 : 0;
    lines.push_back(std::move(line));
  }
  return lines;
}

void join(std::string& paragraph, const std::string& next) {
  // Chinese is written without blanks; a hyphen at the end of a line stays ("self-" + "reliance").
  const bool tight = paragraph.ends_with("-") || ends_wide(paragraph) || starts_wide(next);
  if (!paragraph.empty() && !tight) paragraph += ' ';
  paragraph += next;
}

// Lines of an official text that stand alone whatever their width: its number (国发〔2017〕35号), a day, a remark in brackets.
bool stands_alone(const Line& line) {
  if (line.columns > 44) return false;
  const std::string_view text = line.text;
  const bool year = text.find("〔") != std::string_view::npos || text.find("［") != std::string_view::npos || text.find("[") != std::string_view::npos;
  const bool number = text.ends_with("号") && year;
  const bool day = text.ends_with("日") && text.find("年") != std::string_view::npos && text.find("月") != std::string_view::npos && line.columns <= 26;
  return number || day || (text.starts_with("（") && text.ends_with("）"));
}

}  // namespace

std::vector<std::string> paragraphs_of_lines(std::string_view text) {
  const std::vector<Line> lines = read_lines(text);
  std::vector<std::string> paragraphs;
  if (lines.empty()) return paragraphs;

  std::vector<int> widths;
  std::int64_t after_blank = 0;
  std::int64_t unfinished = 0;
  for (const Line& line : lines) {
    widths.push_back(line.columns);
    after_blank += line.blanks_before > 0 ? 1 : 0;
    unfinished += ends_sentence(line.text) ? 0 : 1;
  }
  std::nth_element(widths.begin(), widths.begin() + static_cast<std::ptrdiff_t>(widths.size() * 7 / 10), widths.end());
  const int full = widths[widths.size() * 7 / 10];
  const auto count = static_cast<std::int64_t>(lines.size());
  const bool double_spaced = 10 * after_blank >= 6 * count && 2 * unfinished >= count;
  // Broken at a width: a good part of the lines is about as long as the full one, and many end within a sentence.
  const auto near = std::count_if(lines.begin(), lines.end(), [&](const Line& line) { return line.columns * 10 >= full * 8 && line.columns * 10 <= full * 12; });
  const bool wrapped = count >= 4 && full <= 140 && 2 * unfinished >= count && 10 * near >= 3 * count;
  const int paragraph_blanks = double_spaced ? 3 : 1;

  for (std::size_t i = 0; i < lines.size(); ++i) {
    const Line& line = lines[i];
    const Line* before = i == 0 ? nullptr : &lines[i - 1];
    bool begins = before == nullptr || line.blanks_before >= paragraph_blanks || line.indented || is_heading(line.text);
    if (!begins && (!wrapped || stands_alone(line) || stands_alone(*before))) begins = true;
    if (!begins && ends_sentence(before->text) && (before->columns * 10 < full * 9 || line.box_start)) begins = true;
    if (!begins && line.box_start && before->columns * 10 < full * 8) begins = true;
    if (!begins && (is_heading(before->text) && before->columns * 10 < full * 8)) begins = true;
    if (!begins && before->columns * 10 < full * 5 && !ends_with_comma(before->text)) begins = true;
    if (!begins && (looks_like_title(line.text) && line.box_start)) begins = true;
    if (!begins && before->box_start && looks_like_title(before->text)) begins = true;
    if (begins) {
      // A heading printed twice (page header and text) is one heading.
      if (!paragraphs.empty() && paragraphs.back() == line.text) continue;
      paragraphs.push_back(line.text);
    } else {
      join(paragraphs.back(), line.text);
    }
  }
  return paragraphs;
}

}  // namespace jianwei::sources::documents

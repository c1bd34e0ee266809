#include "products/exporters/labelled.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <limits>

#include "base/strings.h"

namespace jianwei::products {
namespace {

static_assert(std::endian::native == std::endian::little, "the file is written as this machine keeps numbers");

constexpr std::int32_t kMissingLong = 2'147'483'621, kLargestLong = 2'147'483'620;
constexpr std::uint64_t kMissingDouble = 0x7FE0000000000000;
constexpr std::uint16_t kDouble = 65'526, kLong = 65'528;
constexpr std::size_t kLongestText = 2045;

// The longest beginning of at most `most` bytes that does not cut a character.
std::string_view cut_text(std::string_view text, std::size_t most) {
  if (text.size() <= most) return text;
  while (most > 0 && (static_cast<unsigned char>(text[most]) & 0xc0) == 0x80) --most;
  return text.substr(0, most);
}

class Bytes {
 public:
  template <class T>
  Bytes& number(T value) {
    char bytes[sizeof(T)];
    std::memcpy(bytes, &value, sizeof(T));
    text_.append(bytes, sizeof(T));
    return *this;
  }
  Bytes& text(std::string_view text) {
    text_ += text;
    return *this;
  }
  // In a field of `width` bytes, ended and filled by zeros.
  Bytes& field(std::string_view text, std::size_t width) {
    const std::string_view kept = cut_text(text, width - 1);
    text_ += kept;
    text_.append(width - kept.size(), '\0');
    return *this;
  }
  std::string& all() { return text_; }
  std::size_t size() const { return text_.size(); }

 private:
  std::string text_;
};

// Bytes of a text column: its longest cell.
std::size_t width_of(const LabelledSheet& sheet, std::size_t column) {
  std::size_t width = 1;
  for (const auto& row : sheet.rows) {
    if (const auto* text = std::get_if<std::string>(&row[column])) width = std::max(width, std::min(text->size(), kLongestText));
  }
  return width;
}

Result<> check(const LabelledSheet& sheet) {
  if (sheet.columns.size() > 32'767) return fail(ErrorKind::invalid_input, "{} columns; a .dta file takes 32,767", sheet.columns.size());
  for (std::size_t r = 0; r < sheet.rows.size(); ++r) {
    for (std::size_t c = 0; c < sheet.columns.size(); ++c) {
      const Cell& cell = sheet.rows[r][c];
      const ColumnType type = sheet.columns[c].type;
      if (std::holds_alternative<std::monostate>(cell)) continue;
      const auto* whole = std::get_if<std::int64_t>(&cell);
      const bool fits = type == ColumnType::text ? std::holds_alternative<std::string>(cell) : type == ColumnType::real ? std::holds_alternative<double>(cell) : whole != nullptr && *whole >= -kLargestLong && *whole <= kLargestLong;
      if (!fits) return fail(ErrorKind::invalid_input, "row {} of column {} is not of the column's type", r + 1, sheet.columns[c].name);
    }
  }
  return {};
}

void write_rows(Bytes& file, const LabelledSheet& sheet, const std::vector<std::size_t>& widths) {
  for (const auto& row : sheet.rows) {
    for (std::size_t c = 0; c < row.size(); ++c) {
      const Cell& cell = row[c];
      if (sheet.columns[c].type == ColumnType::whole) {
        const auto* value = std::get_if<std::int64_t>(&cell);
        file.number(value == nullptr ? kMissingLong : static_cast<std::int32_t>(*value));
      } else if (sheet.columns[c].type == ColumnType::real) {
        const auto* value = std::get_if<double>(&cell);
        file.number(value == nullptr ? kMissingDouble : std::bit_cast<std::uint64_t>(*value));
      } else {
        const auto* value = std::get_if<std::string>(&cell);
        const std::string_view text = value == nullptr ? std::string_view() : cut_text(*value, widths[c]);
        file.text(text).text(std::string(widths[c] - text.size(), '\0'));  // as wide as its column: not ended by a zero
      }
    }
  }
}

void write_codes(Bytes& file, const LabelledColumn& column) {
  std::string texts;
  Bytes offsets, values;
  auto codes = column.codes;
  std::ranges::sort(codes);
  for (const auto& [value, text] : codes) {
    offsets.number(static_cast<std::uint32_t>(texts.size()));
    values.number(value);
    texts += cut_text(text, 32'000);
    texts += '\0';
  }
  const auto count = static_cast<std::uint32_t>(codes.size()), size = static_cast<std::uint32_t>(texts.size());
  file.text("<lbl>").number(8 + 8 * count + size).field(column.name, 129).text(std::string(3, '\0')).number(count).number(size).text(offsets.all()).text(values.all()).text(texts).text("</lbl>");
}

// "..." of R.
std::string r_text(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c == '\n' || c == '\r' ? ' ' : c;
  }
  return out + "\"";
}

}  // namespace

std::string plain_name(std::string_view name, std::vector<std::string>& taken) {
  std::string plain;
  for (const char c : name) plain += is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ? c : '_';
  if (plain.empty() || plain[0] == '_' || is_digit(plain[0])) plain = "v" + plain;
  plain.resize(std::min<std::size_t>(plain.size(), 32));
  std::string free = plain;
  for (int number = 2; std::ranges::find(taken, free) != taken.end(); ++number) {
    const std::string tail = fmt::format("_{}", number);
    free = plain.substr(0, 32 - tail.size()) + tail;
  }
  taken.push_back(free);
  return free;
}

Result<std::string> to_dta(const LabelledSheet& sheet) {
  TRY(check(sheet));
  const auto column_count = static_cast<std::uint16_t>(sheet.columns.size());
  std::vector<std::size_t> widths(sheet.columns.size(), 0);
  for (std::size_t c = 0; c < widths.size(); ++c) widths[c] = sheet.columns[c].type == ColumnType::text ? width_of(sheet, c) : 0;

  Bytes file;
  std::vector<std::uint64_t> map{0};
  const std::string_view title = cut_text(sheet.title, 320);
  file.text("<stata_dta><header><release>118</release><byteorder>LSF</byteorder><K>").number(column_count).text("</K><N>").number(static_cast<std::uint64_t>(sheet.rows.size())).text("</N><label>");
  file.number(static_cast<std::uint16_t>(title.size())).text(title).text("</label><timestamp>").number(std::uint8_t{0}).text("</timestamp></header>");
  map.push_back(file.size());
  file.text("<map>");
  const std::size_t map_at = file.size();
  file.text(std::string(14 * 8, '\0')).text("</map>");
  const auto section = [&](std::string_view name, auto write) {
    map.push_back(file.size());
    file.text(fmt::format("<{}>", name));
    write();
    file.text(fmt::format("</{}>", name));
  };
  const auto each_column = [&](auto write) {
    return [&, write] {
      for (std::size_t c = 0; c < sheet.columns.size(); ++c) write(sheet.columns[c], c);
    };
  };
  section("variable_types", each_column([&](const LabelledColumn& column, std::size_t c) { file.number(column.type == ColumnType::whole ? kLong : column.type == ColumnType::real ? kDouble : static_cast<std::uint16_t>(widths[c])); }));
  section("varnames", each_column([&](const LabelledColumn& column, std::size_t) { file.field(column.name, 129); }));
  section("sortlist", [&] { file.text(std::string(2 * (sheet.columns.size() + 1), '\0')); });
  section("formats", each_column([&](const LabelledColumn& column, std::size_t c) { file.field(column.type == ColumnType::whole ? "%12.0g" : column.type == ColumnType::real ? "%10.0g" : fmt::format("%{}s", widths[c]), 57); }));
  section("value_label_names", each_column([&](const LabelledColumn& column, std::size_t) { file.field(column.codes.empty() ? "" : column.name, 129); }));
  section("variable_labels", each_column([&](const LabelledColumn& column, std::size_t) { file.field(column.label, 321); }));
  section("characteristics", [] {});
  section("data", [&] { write_rows(file, sheet, widths); });
  section("strls", [] {});
  section("value_labels", each_column([&](const LabelledColumn& column, std::size_t) {
            if (!column.codes.empty()) write_codes(file, column);
          }));
  map.push_back(file.size());
  file.text("</stata_dta>");
  map.push_back(file.size());
  std::memcpy(file.all().data() + map_at, map.data(), map.size() * sizeof(std::uint64_t));
  return std::move(file.all());
}

Sheet plain_sheet(const LabelledSheet& sheet) {
  Sheet plain;
  plain.name = "answers";
  for (const LabelledColumn& column : sheet.columns) plain.columns.push_back(column.name);
  plain.rows = sheet.rows;
  return plain;
}

std::string to_r_script(const LabelledSheet& sheet, std::string_view csv_name) {
  constexpr std::string_view kTypes[] = {"integer", "numeric", "character"};
  std::string script = fmt::format("# {}\n# Run in the folder of {}.\n", r_text(sheet.title), csv_name);
  std::vector<std::string> types;
  for (const LabelledColumn& column : sheet.columns) types.push_back(fmt::format("{} = \"{}\"", column.name, kTypes[static_cast<std::size_t>(column.type)]));
  script += fmt::format("answers <- read.csv({}, fileEncoding = \"UTF-8\", na.strings = \"\", colClasses = c(\n  {}))\n", r_text(csv_name), join(types, ",\n  "));
  for (const LabelledColumn& column : sheet.columns) {
    if (!column.codes.empty()) {
      std::vector<std::string> levels, labels;
      for (const auto& [value, text] : column.codes) {
        levels.push_back(std::to_string(value));
        // Two codes of one name would become one level.
        labels.push_back(r_text(std::ranges::count(column.codes, text, [](const auto& code) { return code.second; }) > 1 ? fmt::format("{} ({})", text, value) : text));
      }
      script += fmt::format("answers${0} <- factor(answers${0}, levels = c({1}), labels = c({2}), ordered = {3})\n", column.name, join(levels, ", "), join(labels, ", "), column.ordered ? "TRUE" : "FALSE");
    }
    script += fmt::format("attr(answers${}, \"label\") <- {}\n", column.name, r_text(column.label));
  }
  return script;
}

}  // namespace jianwei::products

// The scanner looks for the next byte that matters (delimiter, line end) with a 16-byte SSE2 comparison where the machine has it, and
// for the closing quote with memchr. Cells are views into the buffer; only cells with doubled quotes are copied.
#include "sources/tables/csv.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <map>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "base/strings.h"

namespace jianwei::sources {
namespace {

constexpr std::size_t kBlockBytes = std::size_t{1} << 20;

// The first position in [begin, end) that holds the delimiter or a line end; `end` when none does.
std::size_t find_cell_end(const char* text, std::size_t begin, std::size_t end, char delimiter) {
  std::size_t i = begin;
#ifdef __SSE2__
  const __m128i d = _mm_set1_epi8(delimiter);
  const __m128i n = _mm_set1_epi8('\n');
  const __m128i r = _mm_set1_epi8('\r');
  for (; i + 16 <= end; i += 16) {
    const __m128i chunk = _mm_loadu_si128(reinterpret_cast<const __m128i*>(text + i));
    const __m128i hit = _mm_or_si128(_mm_cmpeq_epi8(chunk, d), _mm_or_si128(_mm_cmpeq_epi8(chunk, n), _mm_cmpeq_epi8(chunk, r)));
    const int mask = _mm_movemask_epi8(hit);
    if (mask != 0) return i + static_cast<std::size_t>(std::countr_zero(static_cast<unsigned>(mask)));
  }
#endif
  while (i < end && text[i] != delimiter && text[i] != '\n' && text[i] != '\r') ++i;
  return i;
}

std::int64_t count_line_ends(std::string_view text) {
  std::int64_t count = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\n') ++count;
    if (text[i] == '\r' && (i + 1 == text.size() || text[i + 1] != '\n')) ++count;
  }
  return count;
}

}  // namespace

CsvReader::CsvReader(ByteStream& stream, CsvDialect dialect) : stream_(stream), dialect_(dialect) {}

Result<> CsvReader::fill() {
  if (begin_ > 0) {
    buffer_.erase(0, begin_);
    begin_ = 0;
  }
  const std::size_t old = buffer_.size();
  const std::size_t block = std::max(kBlockBytes, old);  // doubling keeps the rescans of a long row linear
  buffer_.resize(old + block);
  Result<std::size_t> count = stream_.read(buffer_.data() + old, block);
  buffer_.resize(old + (count ? *count : 0));
  if (!count) return tl::unexpected(count.error());
  ended_ = *count == 0;
  return {};
}

CsvReader::Scan CsvReader::scan(CsvRow& row, bool lenient) {
  found_.clear();
  unescaped_.clear();
  const char* text = buffer_.data();
  const std::size_t size = buffer_.size();
  std::size_t at = begin_;
  for (;;) {
    // A cell starts at `at`.
    std::size_t start = at;
    if (dialect_.quote != '\0' && !lenient) {
      while (start < size && text[start] == ' ') ++start;
    }
    Cell cell{at, at, false};
    if (!lenient && dialect_.quote != '\0' && start < size && text[start] == dialect_.quote) {
      std::size_t from = start + 1;
      std::size_t piece = from;
      bool closed = false;
      const std::size_t copy_begin = unescaped_.size();
      while (!closed) {
        const void* hit = from < size ? std::memchr(text + from, dialect_.quote, size - from) : nullptr;
        if (hit == nullptr) {
          return size - start > kMaxQuotedBytes || ended_ ? Scan::too_long : Scan::needs_more;
        }
        const auto q = static_cast<std::size_t>(static_cast<const char*>(hit) - text);
        if (q - start > kMaxQuotedBytes) return Scan::too_long;
        if (q + 1 >= size && !ended_) return Scan::needs_more;
        if (q + 1 < size && text[q + 1] == dialect_.quote) {
          // Doubled: keep one. (An empty field "" is caught below because its first quote is the opening one.)
          unescaped_.append(text + piece, q + 1 - piece);
          cell.copied = true;
          piece = from = q + 2;
          continue;
        }
        std::size_t after = q + 1;
        while (after < size && text[after] == ' ') ++after;
        if (after >= size && !ended_) return Scan::needs_more;
        if (after >= size || text[after] == dialect_.delimiter || text[after] == '\n' || text[after] == '\r') {
          closed = true;
          if (cell.copied) {
            unescaped_.append(text + piece, q - piece);
            cell.begin = copy_begin;
            cell.end = unescaped_.size();
          } else {
            cell.begin = start + 1;
            cell.end = q;
          }
          at = after;
        } else {
          from = q + 1;  // a stray quote inside the text
        }
      }
    } else {
      const std::size_t end = find_cell_end(text, at, size, dialect_.delimiter);
      if (end == size && !ended_) return Scan::needs_more;
      cell = {at, end, false};
      at = end;
    }
    found_.push_back(cell);
    if (at < size && text[at] == dialect_.delimiter) {
      ++at;
      if (at == size && !ended_) return Scan::needs_more;
      continue;
    }
    row_end_ = at;
    if (at < size) {
      if (text[at] == '\r' && at + 1 == size && !ended_) return Scan::needs_more;  // is it "\r\n"?
      at += text[at] == '\r' && at + 1 < size && text[at + 1] == '\n' ? 2 : 1;
    }
    next_begin_ = at;
    break;
  }
  const std::string_view raw = std::string_view(buffer_).substr(begin_, row_end_ - begin_);
  lines_in_row_ = found_.size() == 1 && !found_[0].copied && raw.empty() ? 1 : count_line_ends(raw) + 1;
  if (!lenient && lines_in_row_ > kMaxQuotedLines) return Scan::too_long;
  row.raw = raw;
  return Scan::row;
}

Result<bool> CsvReader::next(CsvRow& row) {
  bool lenient = false;
  for (;;) {
    if (begin_ >= buffer_.size()) {
      if (ended_) return false;
      TRY(fill());
      continue;
    }
    const Scan result = scan(row, lenient);
    if (result == Scan::needs_more) {
      if (buffer_.size() - begin_ > kMaxRowBytes) {
        return fail(ErrorKind::invalid_input, "line {} is longer than {} bytes: this is not a table", line_, kMaxRowBytes);
      }
      TRY(fill());
      continue;
    }
    if (result == Scan::too_long) {
      lenient = true;  // from here quotes are text until the end of the line
      continue;
    }
    row.line = line_;
    row.damaged = lenient;
    line_ += lines_in_row_;
    byte_count_ += static_cast<std::int64_t>(next_begin_ - begin_);
    begin_ = next_begin_;
    lenient = false;
    const bool blank = std::all_of(row.raw.begin(), row.raw.end(), [&](char c) { return c == ' ' || c == '\t'; }) && dialect_.delimiter != '\t';
    if (blank || row.raw.empty()) continue;
    row.cells.clear();
    for (const Cell& cell : found_) {
      row.cells.push_back(std::string_view(cell.copied ? unescaped_ : buffer_).substr(cell.begin, cell.end - cell.begin));
    }
    return true;
  }
}

Result<std::size_t> TextStream::read(char* buffer, std::size_t capacity) {
  const std::size_t count = std::min(capacity, rest_.size());
  std::memcpy(buffer, rest_.data(), count);
  rest_.remove_prefix(count);
  return count;
}

std::vector<std::vector<std::string>> sample_rows(std::string_view sample, CsvDialect dialect, bool complete, std::size_t max_rows) {
  std::vector<std::vector<std::string>> rows;
  if (dialect.delimiter == '\0') return rows;
  TextStream stream(sample);
  CsvReader reader(stream, dialect);
  CsvRow row;
  while (rows.size() < max_rows) {
    const Result<bool> more = reader.next(row);
    if (!more || !*more) break;
    const bool cut = !complete && reader.byte_count() >= static_cast<std::int64_t>(sample.size());
    if (cut && !rows.empty()) break;
    rows.emplace_back(row.cells.begin(), row.cells.end());
  }
  return rows;
}

CsvDialect sniff_dialect(std::string_view sample) {
  constexpr std::array<char, 5> kDelimiters = {',', '\t', ';', '|', '%'};
  CsvDialect best{'\0', '"'};
  double best_score = 0;
  for (const char delimiter : kDelimiters) {
    if (sample.find(delimiter) == std::string_view::npos) continue;
    CsvDialect dialect{delimiter, '"'};
    // In tab-separated exports a quote is often plain text: it quotes only where whole cells are wrapped.
    if (delimiter == '\t') {
      const bool wrapped = sample.starts_with('"') || sample.find("\t\"") != std::string_view::npos;
      const bool closed = sample.find("\"\t") != std::string_view::npos || sample.find("\"\n") != std::string_view::npos || sample.find("\"\r") != std::string_view::npos;
      if (!wrapped || !closed) dialect.quote = '\0';
    }
    const auto rows = sample_rows(sample, dialect, false, 60);
    std::map<std::size_t, int> widths;
    for (const auto& row : rows) ++widths[row.size()];
    std::size_t width = 0;
    int count = 0;
    for (const auto& [cells, number] : widths) {
      if (number > count || (number == count && cells > width)) {
        width = cells;
        count = number;
      }
    }
    if (width < 2) continue;
    // Agreement of the rows first, then the number of columns; a comma wins ties because it is listed first.
    const double agreement = static_cast<double>(count) / static_cast<double>(rows.size());
    const double score = agreement * agreement * (1.0 - 1.0 / static_cast<double>(1 + width)) + (rows.front().size() == width ? 0.2 : 0.0);
    if (score > best_score + 1e-9) {
      best_score = score;
      best = dialect;
    }
  }
  return best;
}

std::string csv_line(const std::vector<std::string>& cells) {
  std::string line;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (i > 0) line += ',';
    const bool quote = cells[i].find_first_of(",\"\n\r") != std::string::npos;
    line += quote ? '"' + replace_all(cells[i], "\"", "\"\"") + '"' : cells[i];
  }
  return line;
}

}  // namespace jianwei::sources

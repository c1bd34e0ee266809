#include "sources/tables/csv.h"

#include <gtest/gtest.h>

namespace jianwei::sources {
namespace {

using Rows = std::vector<std::vector<std::string>>;

// A stream that gives one byte at a time, so that every boundary is met.
class Drip : public ByteStream {
 public:
  explicit Drip(std::string_view text) : rest_(text) {}
  Result<std::size_t> read(char* buffer, std::size_t capacity) override {
    if (rest_.empty() || capacity == 0) return 0;
    *buffer = rest_[0];
    rest_.remove_prefix(1);
    return 1;
  }

 private:
  std::string_view rest_;
};

Rows rows_of(std::string_view text, CsvDialect dialect = {}) {
  Drip stream(text);
  CsvReader reader(stream, dialect);
  CsvRow row;
  Rows rows;
  for (;;) {
    const Result<bool> more = reader.next(row);
    if (!more || !*more) return rows;
    rows.emplace_back(row.cells.begin(), row.cells.end());
  }
}

TEST(Csv, ReadsTheSpectrumOfSpellings) {
  EXPECT_EQ(rows_of("a,b\n1,2\n"), (Rows{{"a", "b"}, {"1", "2"}}));
  EXPECT_EQ(rows_of("a,b\r\n1,2"), (Rows{{"a", "b"}, {"1", "2"}}));
  EXPECT_EQ(rows_of("a,b\r1,2\r"), (Rows{{"a", "b"}, {"1", "2"}}));
  EXPECT_EQ(rows_of("a,\"b,c\"\n"), (Rows{{"a", "b,c"}}));
  EXPECT_EQ(rows_of("a,\"b\nc\",d\n"), (Rows{{"a", "b\nc", "d"}}));
  EXPECT_EQ(rows_of("a,\"b\"\"c\"\"\"\n"), (Rows{{"a", "b\"c\""}}));
  EXPECT_EQ(rows_of("\"\",\"\"\n"), (Rows{{"", ""}}));
  EXPECT_EQ(rows_of("a,,\n,,b\n"), (Rows{{"a", "", ""}, {"", "", "b"}}));
  EXPECT_EQ(rows_of("a, \"b, c\" ,d\n"), (Rows{{"a", "b, c", "d"}}));
  EXPECT_EQ(rows_of("{\"k\": 1},x\n"), (Rows{{"{\"k\": 1}", "x"}}));
  EXPECT_EQ(rows_of("\xe9\xa2\x98\xe5\x90\x8d,b\n"), (Rows{{"题名", "b"}}));
}

TEST(Csv, PassesOverBlankLinesAndKeepsRaggedRows) { EXPECT_EQ(rows_of("a,b,c\n\n1\n1,2,3,4\n"), (Rows{{"a", "b", "c"}, {"1"}, {"1", "2", "3", "4"}})); }

TEST(Csv, RepairsStrayQuotes) {
  EXPECT_EQ(rows_of("a,\"the \"best\" one\",c\n1,2,3\n"), (Rows{{"a", "the \"best\" one", "c"}, {"1", "2", "3"}}));
  EXPECT_EQ(rows_of("5\" disk,b\n"), (Rows{{"5\" disk", "b"}}));
}

TEST(Csv, AQuoteThatNeverClosesDoesNotEatTheFile) {
  std::string text = "a,b\n\"open,1\n";
  for (int i = 0; i < 5000; ++i) text += "x,y\n";
  TextStream stream(text);
  CsvReader reader(stream, {});
  CsvRow row;
  int rows = 0;
  int damaged = 0;
  std::int64_t damaged_line = 0;
  while (reader.next(row).value_or(false)) {
    ++rows;
    if (row.damaged) {
      ++damaged;
      damaged_line = row.line;
    }
  }
  EXPECT_EQ(rows, 5002);
  EXPECT_EQ(damaged, 1);
  EXPECT_EQ(damaged_line, 2);
}

TEST(Csv, CountsLinesInsideQuotes) {
  TextStream stream("h\n\"a\nb\",c\nd,e\n");
  CsvReader reader(stream, {});
  CsvRow row;
  std::vector<std::int64_t> lines;
  while (reader.next(row).value_or(false)) lines.push_back(row.line);
  EXPECT_EQ(lines, (std::vector<std::int64_t>{1, 2, 4}));
}

TEST(Csv, RecognisesDelimiters) {
  EXPECT_EQ(sniff_dialect("id,title\n1,\"a; b; c\"\n2,\"d; e\"\n").delimiter, ',');
  EXPECT_EQ(sniff_dialect("id;title\n1;a, b\n2;c, d, e\n").delimiter, ';');
  EXPECT_EQ(sniff_dialect("id%title%authors\n0%WASA2, a system%G. V, M. W\n1%b%c, d\n").delimiter, '%');
  EXPECT_EQ(sniff_dialect("id\ttitle\n1\tsay \"hi\"\n").delimiter, '\t');
  EXPECT_EQ(sniff_dialect("id|title\n1|a\n").delimiter, '|');
  EXPECT_EQ(sniff_dialect("just one word per line\nand another\n").delimiter, '\0');
}

TEST(Csv, QuotesAreTextInTabTablesUnlessTheyWrapCells) {
  EXPECT_EQ(sniff_dialect("a\tb\n1\t\"x\ty\n").quote, '\0');
  EXPECT_EQ(sniff_dialect("\"a\"\t\"b\"\n\"1\"\t\"2\"\n").quote, '"');
}

}  // namespace
}  // namespace jianwei::sources

// Workbooks made here: what other programs write, and small files that mean large ones.
#include <archive.h>
#include <archive_entry.h>

#include "sources/bytes/memory_stream.h"
#include "sources/tables/reading_test.h"
#include "sources/tables/xlsx.h"

namespace jianwei::sources {
namespace {

std::string workbook(const std::string& sheet, const std::string& strings = "") {
  std::string bytes(std::size_t{8} << 20, '\0');
  std::size_t used = 0;
  archive* writer = archive_write_new();
  archive_write_set_format_zip(writer);
  archive_write_open_memory(writer, bytes.data(), bytes.size(), &used);
  const auto add = [&](const char* name, const std::string& text) {
    archive_entry* entry = archive_entry_new();
    archive_entry_set_pathname(entry, name);
    archive_entry_set_size(entry, static_cast<la_int64_t>(text.size()));
    archive_entry_set_filetype(entry, AE_IFREG);
    archive_entry_set_perm(entry, 0644);
    archive_write_header(writer, entry);
    archive_write_data(writer, text.data(), text.size());
    archive_entry_free(entry);
  };
  add("[Content_Types].xml", "<Types/>");
  add("xl/workbook.xml", "<workbook/>");
  if (!strings.empty()) add("xl/sharedStrings.xml", strings);
  add("xl/worksheets/sheet1.xml", sheet);
  archive_write_close(writer);
  archive_write_free(writer);
  bytes.resize(used);
  return bytes;
}

Result<Worksheet> load(std::string bytes) {
  MemoryStream stream(std::move(bytes));
  return load_worksheet(stream);
}

TEST(Xlsx, ReadsPrefixedElements) {
  const auto sheet = load(workbook("<?xml version=\"1.0\"?><x:worksheet xmlns:x=\"y\"><x:sheetData><x:row r=\"1\"><x:c r=\"A1\" t=\"s\"><x:v>0</x:v></x:c><x:c r=\"C1\"><x:v>5</x:v></x:c></x:row>"
                                   "<x:row r=\"2\"/></x:sheetData></x:worksheet>",
                                   "<x:sst><x:si><x:t>题名 &amp; 年</x:t></x:si></x:sst>"));
  ASSERT_TRUE(sheet) << sheet.error().message;
  ASSERT_EQ(sheet->rows.size(), 1u);
  EXPECT_EQ(sheet->rows[0], (std::vector<std::string>{"题名 & 年", "", "5"}));
}

TEST(Xlsx, RefusesASheetOfManyCellsInASmallFile) {
  std::string rows;
  for (int r = 1; r <= 700; ++r) rows += fmt::format("<row r=\"{}\"><c r=\"XFD{}\"><v>1</v></c></row>", r, r);  // 16,384 columns each
  const auto sheet = load(workbook("<worksheet><sheetData>" + rows + "</sheetData></worksheet>"));
  ASSERT_FALSE(sheet);
  EXPECT_EQ(sheet.error().kind, ErrorKind::invalid_input);
  EXPECT_NE(sheet.error().message.find("save it as CSV"), std::string::npos);
}

TEST(Xlsx, RefusesAWorkbookThatInflatesToMuch) {
  const auto sheet = load(workbook("<worksheet>" + std::string((std::size_t{256} << 20) + 1, ' ') + "</worksheet>"));
  ASSERT_FALSE(sheet);
  EXPECT_EQ(sheet.error().kind, ErrorKind::invalid_input);
  EXPECT_NE(sheet.error().message.find("256 MiB"), std::string::npos);
}

TEST(Xlsx, RefusesOneLongStringInManyCells) {
  std::string rows;
  for (int r = 1; r <= 10'000; ++r) rows += fmt::format("<row r=\"{}\"><c r=\"A{}\" t=\"s\"><v>0</v></c></row>", r, r);
  const std::string sheet = "<worksheet><sheetData>" + rows + "</sheetData></worksheet>";
  const auto refused = load(workbook(sheet, "<sst><si><t>" + std::string(30'000, 'x') + "</t></si></sst>"));  // 300 MB
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, ErrorKind::invalid_input);
  EXPECT_NE(refused.error().message.find("256 MiB of text"), std::string::npos) << refused.error().message;
  const auto read = load(workbook(sheet, "<sst><si><t>" + std::string(300, 'x') + "</t></si></sst>"));
  ASSERT_TRUE(read);
  EXPECT_EQ(read->rows.size(), 10'000u);
}

TEST(Xlsx, SaysThatARowHasNoEnd) {
  const auto sheet = load(workbook("<worksheet><sheetData><row r=\"1\"><c r=\"A1\"><v>1</v></c></sheetData></worksheet>"));
  ASSERT_FALSE(sheet);
  EXPECT_EQ(sheet.error().kind, ErrorKind::corrupt);
}

}  // namespace
}  // namespace jianwei::sources

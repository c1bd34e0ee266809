#include <archive.h>
#include <archive_entry.h>
#include <gtest/gtest.h>

#include <sys/stat.h>
#include <unistd.h>
#include <iconv.h>
#include <isa-l/igzip_lib.h>

#include <filesystem>
#include <fstream>
#include <thread>

#include "base/file.h"
#include "base/hash.h"
#include "sources/bytes/encoding.h"
#include "sources/bytes/gzip_stream.h"
#include "sources/bytes/memory_stream.h"
#include "sources/open.h"

namespace jianwei::sources {
namespace {

namespace fs = std::filesystem;

std::string gzip(const std::string& text) {
  isal_zstream stream{};
  isal_deflate_init(&stream);
  stream.gzip_flag = IGZIP_GZIP;
  stream.end_of_stream = 1;
  std::string out(text.size() * 2 + 1024, '\0');
  stream.next_in = reinterpret_cast<std::uint8_t*>(const_cast<char*>(text.data()));
  stream.avail_in = static_cast<std::uint32_t>(text.size());
  stream.next_out = reinterpret_cast<std::uint8_t*>(out.data());
  stream.avail_out = static_cast<std::uint32_t>(out.size());
  isal_deflate(&stream);
  out.resize(stream.total_out);
  return out;
}

std::string convert(const std::string& text, const char* to) {
  iconv_t converter = iconv_open(to, "UTF-8");
  std::string out(text.size() * 4 + 16, '\0');
  char* in = const_cast<char*>(text.data());
  std::size_t in_left = text.size();
  char* at = out.data();
  std::size_t left = out.size();
  iconv(converter, &in, &in_left, &at, &left);
  iconv_close(converter);
  out.resize(out.size() - left);
  return out;
}

struct Text {
  std::string text;
  std::optional<Error> error;
};

Text drain(ByteStream& stream, std::size_t capacity = 1 << 16) {
  Text result;
  std::string buffer(capacity, '\0');
  for (;;) {
    const auto count = stream.read(buffer.data(), capacity);
    if (!count) {
      result.error = count.error();
      return result;
    }
    if (*count == 0) return result;
    result.text.append(buffer.data(), *count);
  }
}

// Text of 200 kB that does not deflate to nothing.
std::string sample_text() {
  std::string text;
  for (std::uint32_t i = 0, x = 7; i < 20000; ++i) {
    x = x * 1664525U + 1013904223U;
    text += std::to_string(x);
    text += '\n';
  }
  return text;
}

struct Seen {
  std::string name, checksum, encoding, text;
  std::optional<Error> error;
  std::int64_t undecodable_count = 0;
  bool trailing_garbage = false;
};

class OpenSource : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::temp_directory_path() / ("jianwei_open_" + std::to_string(getpid()) + ::testing::UnitTest::GetInstance()->current_test_info()->name());
    fs::create_directories(folder_);
  }
  void TearDown() override { fs::remove_all(folder_); }

  fs::path put(const std::string& name, const std::string& bytes) {
    fs::create_directories((folder_ / name).parent_path());
    std::ofstream(folder_ / name, std::ios::binary) << bytes;
    return folder_ / name;
  }

  fs::path put_archive(const std::string& name, const std::vector<std::pair<std::string, std::string>>& members) {
    archive* writer = archive_write_new();
    name.ends_with(".zip") || name.ends_with(".xlsx") ? archive_write_set_format_zip(writer) : archive_write_set_format_pax_restricted(writer);
    if (name.ends_with("gz")) archive_write_add_filter_gzip(writer);
    if (name.ends_with(".xz")) archive_write_add_filter_xz(writer);
    archive_write_open_filename(writer, (folder_ / name).c_str());
    for (const auto& [member, bytes] : members) {
      archive_entry* entry = archive_entry_new();
      archive_entry_set_pathname(entry, member.c_str());
      archive_entry_set_size(entry, static_cast<la_int64_t>(bytes.size()));
      archive_entry_set_filetype(entry, AE_IFREG);
      archive_entry_set_perm(entry, 0644);
      archive_write_header(writer, entry);
      archive_write_data(writer, bytes.data(), bytes.size());
      archive_entry_free(entry);
    }
    archive_write_free(writer);
    return folder_ / name;
  }

  std::vector<Seen> see(const fs::path& path, const OpenLimits& limits = {}) {
    std::vector<Seen> seen;
    result_ = open_source(path, limits, [&](OpenedFile& file) -> Result<> {
      Seen one{file.name, file.checksum, {}, {}, {}, 0, false};
      const Text text = drain(*file.stream);
      EXPECT_TRUE(file.sample == text.text.substr(0, file.sample.size()));
      EXPECT_TRUE(!file.complete || file.sample == text.text);
      one.text = text.text;
      one.error = text.error;
      one.encoding = file.encoding;
      one.undecodable_count = file.undecodable_count;
      seen.push_back(one);
      return {};
    });
    return seen;
  }

  fs::path folder_;
  Result<> result_;
};

TEST(GzipStream, ReadsSeveralMembersWhateverTheBlocks) {
  const std::string one = sample_text().substr(0, 3000);
  const std::string stored = gzip(one) + gzip("") + gzip("zwei\n");
  for (const std::size_t block : {std::size_t{1}, std::size_t{2}, std::size_t{7}, std::size_t{100000}}) {
    for (const std::size_t capacity : {std::size_t{1}, std::size_t{13}, std::size_t{4096}}) {
      MemoryStream bytes(stored, block);
      GzipStream stream(bytes, "x.gz", 1 << 30, 400);
      const Text text = drain(stream, capacity);
      EXPECT_EQ(text.text, one + "zwei\n");
      EXPECT_FALSE(text.error);
    }
  }
}

TEST(GzipStream, GivesTheGoodPartOfCutDataAndThenSaysCorrupt) {
  const std::string whole = sample_text();
  const std::string stored = gzip(whole);
  for (const std::size_t cut : {std::size_t{5}, stored.size() / 3, stored.size() - 9, stored.size() - 1}) {
    MemoryStream bytes(stored.substr(0, cut));
    GzipStream stream(bytes, "x.gz", 1 << 30, 400);
    const Text text = drain(stream);
    EXPECT_TRUE(whole.starts_with(text.text));
    ASSERT_TRUE(text.error);
    EXPECT_EQ(text.error->kind, ErrorKind::corrupt);
    EXPECT_TRUE(cut < stored.size() / 4 || text.text.size() > whole.size() / 4);
  }
}

TEST(GzipStream, LeavesOutWhatFollowsTheLastMember) {
  for (const std::string& garbage : {std::string("garbage"), std::string(512, '\0')}) {
    MemoryStream bytes(gzip("good\n") + garbage);
    GzipStream stream(bytes, "x.gz", 1 << 30, 400);
    const Text text = drain(stream);
    EXPECT_EQ(text.text, "good\n");
    EXPECT_FALSE(text.error);
    EXPECT_EQ(stream.has_trailing_garbage(), garbage == "garbage");
  }
}

TEST(GzipStream, SeesAFlippedByte) {
  std::string stored = gzip(sample_text());
  stored[stored.size() - 6] ^= 1;  // in the check sum
  MemoryStream bytes(stored);
  GzipStream stream(bytes, "x.gz", 1 << 30, 400);
  EXPECT_EQ(drain(stream).error.value().kind, ErrorKind::corrupt);
}

TEST_F(OpenSource, StopsAtAZipBomb) {
  const fs::path path = put("bomb.txt.gz", gzip(std::string(std::size_t{66} << 20, 'a')));
  OpenLimits limits;
  limits.max_ratio = 50;
  const auto seen = see(path, limits);
  ASSERT_EQ(seen.size(), 1U);
  ASSERT_TRUE(seen[0].error);
  EXPECT_EQ(seen[0].error->kind, ErrorKind::invalid_input);
  EXPECT_NE(seen[0].error->message.find("max_ratio"), std::string::npos);

  put_archive("bomb.zip", {{"a.txt", std::string(std::size_t{66} << 20, 'a')}});
  EXPECT_TRUE(see(folder_ / "bomb.zip").empty());
  ASSERT_FALSE(result_);
  EXPECT_EQ(result_.error().kind, ErrorKind::invalid_input);
}

TEST_F(OpenSource, StopsAtABombWhoseEveryLevelIsSmall) {
  // Each text inflates to less than 64 MiB, where no ratio is suspicious; so does the zip around them.
  const std::string zeros = gzip(std::string(std::size_t{8} << 20, 'a'));
  std::vector<std::pair<std::string, std::string>> members;
  for (int i = 0; i < 20; ++i) members.emplace_back(fmt::format("{}.txt.gz", i), zeros);
  const auto seen = see(put_archive("many.zip", members));
  EXPECT_LT(seen.size(), 10U);
  ASSERT_FALSE(result_);
  EXPECT_EQ(result_.error().kind, ErrorKind::invalid_input);
  EXPECT_NE(result_.error().message.find("max_ratio"), std::string::npos);
}

TEST_F(OpenSource, CountsATarInsideGzipOnce) {
  OpenLimits limits;
  const fs::path path = put_archive("wide.tar.gz", {{"a.txt", std::string(std::size_t{70} << 20, 'a')}});
  limits.max_ratio = 71.0 * 1024 * 1024 / static_cast<double>(fs::file_size(path));
  EXPECT_EQ(see(path, limits).size(), 1U);
  EXPECT_TRUE(result_) << result_.error().message;
}

TEST_F(OpenSource, GivesPlainFilesWithChecksumAndEncoding) {
  const auto seen = see(put("a.txt", "déjà vu\n"));
  ASSERT_EQ(seen.size(), 1U);
  EXPECT_EQ(seen[0].text, "déjà vu\n");
  EXPECT_EQ(seen[0].encoding, "utf-8");
  EXPECT_EQ(seen[0].checksum, sha256_hex("déjà vu\n"));
  EXPECT_TRUE(see(put("empty.txt", "")).at(0).text.empty());
  see(folder_ / "none.txt");
  EXPECT_EQ(result_.error().kind, ErrorKind::not_found);
}

TEST_F(OpenSource, HashesTheStoredBytesOfGzip) {
  const std::string stored = gzip("text\n");
  const auto seen = see(put("no_extension", stored));  // recognised by its first bytes
  ASSERT_EQ(seen.size(), 1U);
  EXPECT_EQ(seen[0].text, "text\n");
  EXPECT_EQ(seen[0].checksum, sha256_hex(stored));
}

TEST_F(OpenSource, WalksTheMembersOfArchives) {
  for (const std::string name : {"a.zip", "a.tar", "a.tar.gz", "a.tgz", "a.tar.xz"}) {
    const auto seen = see(put_archive(name, {{"one.txt", "eins\n"}, {"sub/two.txt.gz", gzip("zwei\n")}, {"README.md", "no"}, {"__MACOSX/._one.txt", "no"}}));
    EXPECT_TRUE(result_) << name;
    ASSERT_EQ(seen.size(), 2U) << name;
    EXPECT_EQ(seen[0].name, (folder_ / name).string() + "!one.txt");
    EXPECT_EQ(seen[0].text, "eins\n");
    EXPECT_EQ(seen[0].checksum, sha256_hex("eins\n"));
    EXPECT_EQ(seen[1].text, "zwei\n");
  }
}

TEST_F(OpenSource, WalksArchivesInsideArchivesToALimit) {
  const std::string inner = read_file(put_archive("inner.zip", {{"deep.txt", "tief\n"}})).value_or("");
  const auto seen = see(put_archive("outer.tar.gz", {{"a/inner.zip", inner}, {"plain.txt", "flach\n"}}));
  ASSERT_EQ(seen.size(), 2U);
  EXPECT_EQ(seen[0].name, (folder_ / "outer.tar.gz").string() + "!a/inner.zip!deep.txt");
  EXPECT_EQ(seen[0].text, "tief\n");
  OpenLimits limits;
  limits.max_depth = 1;
  EXPECT_EQ(see(folder_ / "outer.tar.gz", limits).at(0).encoding, "binary");
}

TEST_F(OpenSource, KeepsNamesInChinese) {
  const auto seen = see(put_archive("names.zip", {{"题录/论文.txt", "eins\n"}, {convert("数据库导出题录.txt", "GBK"), "zwei\n"}}));
  ASSERT_EQ(seen.size(), 2U);
  EXPECT_TRUE(seen[0].name.ends_with("!题录/论文.txt")) << seen[0].name;
  EXPECT_TRUE(seen[1].name.ends_with("!数据库导出题录.txt")) << seen[1].name;
}

TEST_F(OpenSource, RefusesPipesNobodyWritesToAndDevices) {
  const fs::path pipe = folder_ / "pipe";
  ASSERT_EQ(mkfifo(pipe.c_str(), 0600), 0);
  EXPECT_TRUE(see(pipe).empty());
  ASSERT_FALSE(result_);
  EXPECT_EQ(result_.error().kind, ErrorKind::unavailable);
  EXPECT_NE(result_.error().message.find("nobody writes"), std::string::npos);
  see("/dev/zero");
  ASSERT_FALSE(result_);
  EXPECT_EQ(result_.error().kind, ErrorKind::invalid_input);
  std::thread writer([&] { std::ofstream(pipe) << "durch die Leitung\n"; });
  const auto seen = see(pipe);
  writer.join();
  ASSERT_EQ(seen.size(), 1U);
  EXPECT_EQ(seen[0].text, "durch die Leitung\n");
}

TEST_F(OpenSource, HandsOverOfficeDocumentsAsOneBinaryFile) {
  const auto seen = see(put_archive("book.xlsx", {{"xl/workbook.xml", "<w/>"}, {"[Content_Types].xml", "<t/>"}}));
  ASSERT_EQ(seen.size(), 1U);
  EXPECT_EQ(seen[0].encoding, "binary");
  EXPECT_TRUE(seen[0].text.starts_with("PK"));
  EXPECT_EQ(see(put("p.pdf", "%PDF-1.7\n\xff\xfe")).at(0).encoding, "binary");
}

TEST_F(OpenSource, ReadsAnArchiveThatIsCutUpToTheCut) {
  const fs::path path = put_archive("cut.tar", {{"one.txt", "eins\n"}, {"two.txt", std::string(5000, 'x')}});
  fs::resize_file(path, 512 * 6);
  const auto seen = see(path);
  ASSERT_GE(seen.size(), 1U);
  EXPECT_EQ(seen[0].text, "eins\n");
  ASSERT_FALSE(result_);
  EXPECT_EQ(result_.error().kind, ErrorKind::corrupt);
}

TEST_F(OpenSource, LimitsTheCountOfMembers) {
  OpenLimits limits;
  limits.max_members = 1;
  EXPECT_EQ(see(put_archive("two.zip", {{"a.txt", "a"}, {"b.txt", "b"}}), limits).size(), 1U);
  EXPECT_EQ(result_.error().kind, ErrorKind::invalid_input);
}

TEST_F(OpenSource, CountsTheMembersOfAllArchivesTogether) {
  const std::string inner = read_file(put_archive("inner.zip", {{"a.txt", "a"}, {"b.txt", "b"}})).value_or("");
  OpenLimits limits;
  limits.max_members = 5;
  const fs::path path = put_archive("outer.zip", {{"1.zip", inner}, {"2.zip", inner}});
  EXPECT_EQ(see(path, limits).size(), 3U);
  ASSERT_FALSE(result_);
  EXPECT_EQ(result_.error().kind, ErrorKind::invalid_input);
  limits.max_members = 6;
  EXPECT_EQ(see(path, limits).size(), 4U);
  EXPECT_TRUE(result_);
}

const std::string kChinese = "{Reference Type}: Journal Article\n{Title}: 基于深度学习的固态电池寿命预测研究\n{Author}: 王小明; 李华\n";

TEST_F(OpenSource, TellsEncodingsApart) {
  const std::string latin = "TY  - JOUR\nAU  - Müller, Jürgen\nTI  - Über die Größe – naïve café\nER  - \n";
  const struct { std::string bytes, text, encoding; } cases[] = {
      {"\xef\xbb\xbf" + kChinese, kChinese, "utf-8-bom"},
      {"\xff\xfe" + convert(kChinese, "UTF-16LE"), kChinese, "utf-16le"},
      {"\xfe\xff" + convert(kChinese, "UTF-16BE"), kChinese, "utf-16be"},
      {convert(kChinese, "UTF-16LE"), kChinese, "utf-16le"},
      {convert(kChinese, "UTF-16BE"), kChinese, "utf-16be"},
      {convert(kChinese, "GBK"), kChinese, "gb18030"},
      {convert("𠀀" + kChinese, "GB18030"), "𠀀" + kChinese, "gb18030"},
      {convert(latin, "WINDOWS-1252"), latin, "windows-1252"},
      {latin, latin, "utf-8"},
      {std::string("\x00\x01\x02\x00\x00\x00\x07\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00", 19), std::string("\x00\x01\x02\x00\x00\x00\x07\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00", 19), "binary"},
  };
  for (const auto& one : cases) {
    const auto seen = see(put("f", one.bytes));
    ASSERT_EQ(seen.size(), 1U);
    EXPECT_EQ(seen[0].encoding, one.encoding);
    EXPECT_EQ(seen[0].text, one.text) << one.encoding;
    EXPECT_EQ(seen[0].undecodable_count, 0);
  }
}

TEST_F(OpenSource, CountsWhatCannotBeDecoded) {
  const auto seen = see(put("f", kChinese + kChinese + "a\xff" "b\n"));
  ASSERT_EQ(seen.size(), 1U);
  EXPECT_EQ(seen[0].text, kChinese + kChinese + "a\xef\xbf\xbd" "b\n");
  EXPECT_EQ(seen[0].undecodable_count, 1);
}

TEST(DecodingStream, DecidesWhereTheFirstCharacterBeyondAsciiStands) {
  const std::string ascii(300000, 'a');
  MemoryStream bytes(ascii + convert(kChinese, "GBK"));
  DecodingStream stream(bytes, "utf-8");
  EXPECT_EQ(drain(stream).text, ascii + kChinese);
  EXPECT_EQ(stream.encoding(), "gb18030");
}

TEST(DecodingStream, IsTheSameWhateverTheBlocks) {
  for (const char* encoding : {"utf-8", "utf-16le", "gb18030"}) {
    for (const std::size_t block : {1U, 3U, 5U, 64U}) {
      MemoryStream bytes(convert(kChinese, encoding), block);
      DecodingStream stream(bytes, encoding == std::string("utf-8") ? "utf-8-bom" : encoding);
      EXPECT_EQ(drain(stream, 7).text, kChinese) << encoding << ' ' << block;
    }
  }
}

TEST_F(OpenSource, ListsFilesInByteOrderOfTheirPaths) {
  for (const std::string name : {"b.txt", "a/z.txt", "a.txt", ".hidden/x.txt", "README.md", "LICENSE", "a/.y"}) put(name, "x");
  const auto files = list_files(folder_);
  ASSERT_TRUE(files);
  std::vector<std::string> names;
  for (const fs::path& file : *files) names.push_back(fs::relative(file, folder_).string());
  EXPECT_EQ(names, (std::vector<std::string>{"a.txt", "a/z.txt", "b.txt"}));
  EXPECT_EQ(list_files(folder_ / "b.txt")->size(), 1U);
  EXPECT_FALSE(list_files(folder_ / "nothing"));
}

TEST(ListFiles, ALinkUpwardsIsNotFollowed) {
  namespace fs = std::filesystem;
  const fs::path root = fs::temp_directory_path() / fmt::format("jianwei_links_{}", ::getpid());
  fs::create_directories(root / "sub");
  std::ofstream(root / "sub" / "a.csv") << "title\nA\n";
  fs::create_directory_symlink("..", root / "sub" / "up");
  const auto files = list_files(root);
  fs::remove_all(root);
  ASSERT_TRUE(files) << files.error().message;
  EXPECT_EQ(files->size(), 1U);
}

}  // namespace
}  // namespace jianwei::sources

#include <gtest/gtest.h>

#include <atomic>
#include <filesystem>
#include <vector>

#include "base/date.h"
#include "base/encoding.h"
#include "base/entropy.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/hmac.h"
#include "base/json_writer.h"
#include "base/parallel.h"
#include "base/program.h"
#include "base/random.h"
#include "base/strings.h"

namespace jianwei {
namespace {

std::string read(std::string_view text) {
  const Result<Date> date = parse_date(text);
  return date ? to_string(*date) : "error";
}

TEST(Date, ReadsTheSpellingsOfExports) {
  EXPECT_EQ(read("2019"), "2019");
  EXPECT_EQ(read("2019-03"), "2019-03");
  EXPECT_EQ(read("2019-03-07T10:00:00Z"), "2019-03-07");
  EXPECT_EQ(read("20190307"), "2019-03-07");
  EXPECT_EQ(read("201903"), "2019-03");
  EXPECT_EQ(read("2019/3/7"), "2019-03-07");
  EXPECT_EQ(read("7 Mar 2019"), "2019-03-07");
  EXPECT_EQ(read("March 7, 2019"), "2019-03-07");
  EXPECT_EQ(read("MAR-APR 2019"), "2019-03");
  EXPECT_EQ(read("03/07/2019"), "2019-03-07");
  EXPECT_EQ(read("27/03/2019"), "2019-03-27");
  EXPECT_EQ(read("2019年3月7日"), "2019-03-07");
}

TEST(Date, DropsThePartsThatCannotBe) {
  EXPECT_EQ(read("2019-13-07"), "2019");
  EXPECT_EQ(read("2019-02-30"), "2019-02");
  EXPECT_EQ(read("0000-00-00"), "error");
  EXPECT_EQ(read("n.d."), "error");
  EXPECT_EQ(read(""), "error");
}

TEST(Strings, SplitTrimAndNumbers) {
  EXPECT_EQ(split_trimmed(" a ;; b ", ";"), (std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(collapse_spaces("  a \n b\t"), "a b");
  EXPECT_EQ(parse_int("+12"), 12);
  EXPECT_EQ(parse_int("12x"), std::nullopt);
  EXPECT_EQ(replace_all("aXbX", "X", "YX"), "aYXbYX");
}

TEST(JsonWriter, WritesNestedValuesAndRepairsText) {
  JsonWriter json;
  json.begin_object().field("a", 1).key("b").begin_array().value(0.1).value("\"\n\xff中").null().end_array();
  json.field("ok", true).end_object();
  EXPECT_EQ(json.text(), "{\"a\":1,\"b\":[0.1,\"\\\"\\n\xef\xbf\xbd中\",null],\"ok\":true}");
}

TEST(Hash, Sha256OfAbc) {  // FIPS 180-2, appendix B.1
  EXPECT_EQ(hmac_sha256_hex("Jefe", "what do ya want for nothing?"), "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");  // RFC 4231, case 2
  EXPECT_EQ(sha256_hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST(Encoding, WorkedExamplesOfRfc4648) {  // section 10
  EXPECT_EQ(base64(""), "");
  EXPECT_EQ(base64("f"), "Zg==");
  EXPECT_EQ(base64("fo"), "Zm8=");
  EXPECT_EQ(base64("foobar"), "Zm9vYmFy");
  EXPECT_EQ(base64("\xfb\xff"), "+/8=");
  EXPECT_EQ(base64url("\xfb\xff"), "-_8");
  EXPECT_EQ(base64url(""), "");
}

TEST(Entropy, HasTheLengthAskedForAndNeverRepeats) {
  EXPECT_EQ(random_bytes(1000).size(), 1000u);
  EXPECT_EQ(random_hex(7).size(), 7u);
  EXPECT_EQ(random_hex(32).find_first_not_of("0123456789abcdef"), std::string::npos);
  EXPECT_EQ(random_token().size(), 43u);
  EXPECT_NE(random_token(), random_token());
}

TEST(Parallel, CoversEveryIndexOnceInFixedBlocks) {
  std::vector<std::atomic<int>> seen(1003);
  parallel_blocks(1003, 10, 4, [&](std::int64_t block, std::int64_t begin, std::int64_t end) {
    EXPECT_EQ(begin, block * 10);
    for (std::int64_t i = begin; i < end; ++i) ++seen[static_cast<std::size_t>(i)];
  });
  for (const auto& count : seen) EXPECT_EQ(count, 1);
}

TEST(Random, StreamsDifferAndRepeat) {
  EXPECT_EQ(Random(1, 2)(), Random(1, 2)());
  EXPECT_NE(Random(1, 2)(), Random(1, 3)());
}

TEST(File, WritesAtomicallyAndReadsBack) {
  const std::filesystem::path path = std::filesystem::temp_directory_path() / "jianwei_file_test";
  ASSERT_TRUE(write_file_atomically(path, "one"));
  ASSERT_TRUE(write_file_atomically(path, "two"));
  EXPECT_EQ(*read_file(path), "two");
  EXPECT_FALSE(std::filesystem::exists(path.string() + ".part"));
  std::filesystem::remove(path);
  EXPECT_EQ(read_file(path).error().kind, ErrorKind::not_found);
}

TEST(WriteFileAtomically, KeepsLinksAndDevices) {
  const std::filesystem::path folder = std::filesystem::temp_directory_path() / ("jw_links_" + random_hex(8));
  std::filesystem::create_directories(folder);
  ASSERT_TRUE(write_file_atomically(folder / "file", "one"));
  std::filesystem::create_symlink("file", folder / "link");
  ASSERT_TRUE(write_file_atomically(folder / "link", "two"));
  EXPECT_TRUE(std::filesystem::is_symlink(folder / "link"));
  EXPECT_EQ(*read_file(folder / "file"), "two");
  ASSERT_TRUE(write_file_atomically("/dev/null", "three"));
  EXPECT_TRUE(std::filesystem::is_character_file("/dev/null"));
  std::filesystem::remove_all(folder);
}

TEST(Program, CollectsOutputAndExitCodeWithoutAShell) {
  const auto output = run_program({"printf", "%s", "a; echo b"}, {});
  ASSERT_TRUE(output);
  EXPECT_EQ(output->out, "a; echo b");
  EXPECT_EQ(run_program({"false"}, {})->exit_code, 1);
  EXPECT_EQ(run_program({"no-such-program-here"}, {}).error().kind, ErrorKind::unavailable);
}

TEST(Program, IsStoppedAtItsLimits) {
  EXPECT_EQ(run_program({"sleep", "30"}, {.timeout = std::chrono::seconds(1)}).error().kind, ErrorKind::unavailable);
  EXPECT_EQ(run_program({"yes"}, {.max_output_bytes = 1000}).error().kind, ErrorKind::unavailable);
}

}  // namespace
}  // namespace jianwei

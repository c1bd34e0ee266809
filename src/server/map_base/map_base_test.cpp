#include "server/map_base/map_base.h"

#include <gtest/gtest.h>

#include "base/file.h"
#include "server/access/secrets.h"

namespace jianwei::server {
namespace {

std::string collection(std::string_view geometry, std::string_view properties = R"({"name":"甲省"})") {
  return fmt::format(R"({{"type":"FeatureCollection","features":[{{"type":"Feature","properties":{},"geometry":{}}}]}})", properties, geometry);
}

const std::string kSquare = R"({"type":"Polygon","coordinates":[[[110,30],[111,30],[111,31],[110,30]]]})";

TEST(ApprovalNumber, IsReadAsTheAuthoritiesWriteIt) {
  EXPECT_EQ(read_approval_number("GS(2024)0650号").value(), "GS(2024)0650号");
  EXPECT_EQ(read_approval_number(" GS（2020） 4619 号 ").value(), "GS(2020)4619号");
  EXPECT_EQ(read_approval_number("GS京(2023)0123号").value(), "GS京(2023)0123号");
  EXPECT_EQ(read_approval_number("粤S(2018)011号").value(), "粤S(2018)011号");
  for (const char* wrong : {"", "GS", "GS2024 0650", "GS(24)0650号", "GS(2024)号", "GS(2024)0650", "GS(1024)0650号", "S(2024)1号", "甲S(2024)1号", "GS(2024)0650号x", "GS(2024)123456号", "GS(2024", "\xff\xfe"}) {
    EXPECT_EQ(read_approval_number(wrong).error().kind, ErrorKind::invalid_input) << wrong;
  }
}

TEST(Map, IsTakenOnlyAsWholeGeoJson) {
  const MapContent content = check_map(collection(kSquare)).value();
  EXPECT_EQ(content.features, 1);
  EXPECT_EQ(content.positions, 4);
  EXPECT_TRUE(check_map(collection(R"({"type":"MultiLineString","coordinates":[[[110,10],[111,11]]]})", "{}")));  // a boundary line needs no name
  const std::pair<std::string, const char*> wrong[] = {
      {"{", "not JSON"},
      {"[]", "FeatureCollection"},
      {R"({"type":"FeatureCollection","features":[]})", "0 features"},
      {collection(kSquare, "{}"), "name"},
      {collection(R"({"type":"Point","coordinates":[1,2]})"), "Point"},
      {collection(R"({"type":"Polygon","coordinates":[[[110,30],[111,30],[111,31],[110,31]]]})"), "not closed"},
      {collection(R"({"type":"Polygon","coordinates":[[[110,30],[111,30],[110,30]]]})"), "at least 4"},
      {collection(R"({"type":"Polygon","coordinates":[[[400000,30],[111,30],[111,31],[400000,30]]]})"), "degrees"},
      {collection(R"({"type":"Polygon","coordinates":[[["a",30],[111,30],[111,31],["a",30]]]})"), "longitude"},
      {collection(R"({"type":"Polygon","coordinates":7})"), "parts"},
  };
  for (const auto& [text, says] : wrong) {
    const auto checked = check_map(text);
    ASSERT_FALSE(checked) << text;
    EXPECT_NE(checked.error().message.find(says), std::string::npos) << checked.error().message;
  }
}

TEST(MapBase, TakesAByteOrderMarkAndSeesAFileThatWasChanged) {
  const std::filesystem::path state = std::filesystem::path(::testing::TempDir()) / "map-base-changed";
  std::filesystem::remove_all(state);
  std::filesystem::create_directories(state);
  const auto base = install_map_base(state, "\xef\xbb\xbf" + collection(kSquare), "GS(2024)0650号", "", "ann");
  ASSERT_TRUE(base) << base.error().message;
  EXPECT_EQ(read_map_base(state).value(), collection(kSquare));
  ASSERT_TRUE(write_file_atomically(state / ("map-base-" + base->sha256 + ".geojson"), collection(kSquare) + " "));
  EXPECT_EQ(installed_map_base(state).error().kind, ErrorKind::corrupt);
  EXPECT_EQ(read_map_base(state).error().kind, ErrorKind::corrupt);
  EXPECT_EQ(read_map_base_about(state).value()->sha256, base->sha256);  // what is said to be installed needs no reading of the file
  EXPECT_TRUE(remove_map_base(state));
}

TEST(MapBase, IsInstalledReplacedRemovedAndChecked) {
  const std::filesystem::path state = std::filesystem::temp_directory_path() / ("jianwei-map-" + random_hex(12));
  std::filesystem::create_directories(state);
  EXPECT_FALSE(installed_map_base(state).value());
  EXPECT_EQ(read_map_base(state).error().kind, ErrorKind::not_found);
  EXPECT_EQ(remove_map_base(state).error().kind, ErrorKind::not_found);
  EXPECT_FALSE(install_map_base(state, collection(kSquare), "no number", "m", "ann"));
  EXPECT_FALSE(installed_map_base(state).value());

  const MapBase first = install_map_base(state, collection(kSquare), "GS(2024)0650号", "m", "ann").value();
  EXPECT_EQ(read_map_base(state).value(), collection(kSquare));
  ASSERT_TRUE(install_map_base(state, collection(kSquare, R"({"name":"乙省"})"), "GS(2025)0001号", "m", "ann"));
  EXPECT_EQ(installed_map_base(state).value()->approval, "GS(2025)0001号");
  EXPECT_FALSE(std::filesystem::exists(state / ("map-base-" + first.sha256 + ".geojson")));
  // Somebody with the folder draws another border.
  ASSERT_TRUE(write_file_atomically(state / ("map-base-" + installed_map_base(state).value()->sha256 + ".geojson"), collection(kSquare)));
  EXPECT_EQ(read_map_base(state).error().kind, ErrorKind::corrupt);
  ASSERT_TRUE(remove_map_base(state));
  EXPECT_TRUE(std::filesystem::is_empty(state));
  std::filesystem::remove_all(state);
}

}  // namespace
}  // namespace jianwei::server

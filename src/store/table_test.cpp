#include "store/table.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

namespace jianwei::store {
namespace {

std::filesystem::path temporary(const std::string& name) {
  return std::filesystem::temp_directory_path() / ("jw_table_" + std::to_string(::getpid()) + "_" + name);
}

TEST(Table, GivesBackItsColumns) {
  Table table;
  auto& ids = table.add<std::int64_t>("id");
  for (std::int64_t i = 0; i < 10'000; ++i) ids.push_back(i * i);
  auto& weights = table.add<double>("weight");
  for (std::int64_t i = 0; i < 10'000; ++i) weights.push_back(static_cast<double>(i) / 3);
  auto& labels = table.add<std::string>("label");
  for (std::int64_t i = 0; i < 10'000; ++i) labels.push_back("词 " + std::to_string(i));
  table.add<std::uint64_t>("key").assign(10'000, ~std::uint64_t{0});
  const auto path = temporary("a.parquet");
  ASSERT_TRUE(write_table(table, path));
  const auto back = read_table(path);
  ASSERT_TRUE(back) << back.error().message;
  EXPECT_EQ(*back->find<std::int64_t>("id"), *table.find<std::int64_t>("id"));
  EXPECT_EQ(*back->find<double>("weight"), *table.find<double>("weight"));
  EXPECT_EQ(*back->find<std::string>("label"), *table.find<std::string>("label"));
  EXPECT_EQ(back->find<std::uint64_t>("key")->back(), ~std::uint64_t{0});
  std::filesystem::remove(path);
}

TEST(Table, RefusesColumnsOfDifferentLength) {
  Table table;
  table.add<std::int64_t>("a").assign(3, 0);
  table.add<double>("b").assign(2, 0);
  const auto written = write_table(table, temporary("b.parquet"));
  ASSERT_FALSE(written);
  EXPECT_EQ(written.error().kind, ErrorKind::invalid_input);
}

TEST(Table, CallsADamagedFileCorrupt) {
  const auto path = temporary("c.parquet");
  std::ofstream(path) << "not parquet at all";
  const auto table = read_table(path);
  ASSERT_FALSE(table);
  EXPECT_EQ(table.error().kind, ErrorKind::corrupt);
  std::filesystem::remove(path);
  EXPECT_EQ(read_table(path).error().kind, ErrorKind::not_found);
}

}  // namespace
}  // namespace jianwei::store

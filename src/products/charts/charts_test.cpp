#include "products/charts/charts.h"

#include <gtest/gtest.h>

#include "products/charts/svg.h"
#include "pugixml.hpp"

namespace jianwei::products {
namespace {

bool well_formed(const std::string& svg) { return pugi::xml_document().load_string(svg.c_str()).status == pugi::status_ok; }

TEST(Ticks, AreRoundAndCoverTheData) {
  const Ticks ticks = round_ticks(0, 937, 5);
  EXPECT_EQ(ticks.step, 200);
  EXPECT_EQ(ticks.high, 1000);
  EXPECT_EQ(format_tick(12000, 2000), "12,000");
  EXPECT_EQ(format_tick(0.002, 0.001), "0.002");
  EXPECT_LT(round_ticks(3, 3, 5).low, round_ticks(3, 3, 5).high);
}

TEST(Charts, AreWellFormedWithAwkwardLabels) {
  const std::string awkward = "<固态电池> & \"x\"";
  LineChart line{.title = awkward, .x = {"2019", "2020"}, .series = {{.name = awkward, .y = {1.0, std::nullopt}, .href = {"#ev-a&b", ""}, .low = {0, 0}, .high = {2, 2}}}};
  EXPECT_TRUE(well_formed(draw(line)));
  EXPECT_TRUE(well_formed(draw(BarChart{.title = awkward, .bars = {{awkward, 2, "2", "#ev-a"}}})));
  EXPECT_TRUE(well_formed(draw(StackedColumns{.title = awkward, .x = {"2019"}, .series = {{.name = awkward, .y = {3.0}}}})));
  QuadrantChart quadrant{.title = awkward, .x_cut = 2, .y_cut = 0.1, .points = {{1, 0.4, awkward, "#ev-a", true}}};
  EXPECT_TRUE(well_formed(draw(quadrant)));
  EXPECT_TRUE(well_formed(draw(NetworkChart{.title = awkward, .nodes = {{0, 0, 1, 0, awkward, ""}, {1, 1, 2, 1, "b", ""}}, .edges = {{0, 1, 1}}})));
  EXPECT_TRUE(well_formed(draw(EvolutionChart{.title = awkward, .periods = {"a", "b"}, .bands = {{awkward, {0, 2}, ""}}})));
}

TEST(Charts, EmptyDataAreDrawnEmpty) {
  EXPECT_TRUE(well_formed(draw(LineChart{.title = "t"})));
  EXPECT_TRUE(well_formed(draw(QuadrantChart{.title = "t"})));
  EXPECT_TRUE(well_formed(draw(NetworkChart{.title = "t"})));
  EXPECT_EQ(sparkline({}), "");
}

TEST(Svg, FitsTextOfBothScripts) {
  EXPECT_EQ(fit_text("short", 100, 12), "short");
  EXPECT_EQ(fit_text("固态电池固态电池", 60, 12), "固态电池…");
}

}  // namespace
}  // namespace jianwei::products

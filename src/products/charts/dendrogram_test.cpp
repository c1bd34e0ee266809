#include <gtest/gtest.h>

#include "products/charts/charts.h"

namespace jianwei::products {
namespace {

TEST(DendrogramChart, DrawsABracketForEachMergeAndTheItemsInOrder) {
  DendrogramChart chart;
  chart.title = "Tree";
  chart.labels = {"solid <state>", "固态电池", "mRNA"};
  chart.groups = {0, 0, 1};
  chart.merges = {{0, 1, 0.2}, {2, 3, 1.0}};
  chart.order = {2, 0, 1};
  const std::string svg = draw(chart);
  EXPECT_LT(svg.find("mRNA"), svg.find("solid &lt;state&gt;"));
  EXPECT_LT(svg.find("solid &lt;state&gt;"), svg.find("固态电池"));
  // Rows are 15 high from 34 on: items at 41.5, 56.5, 71.5; 568 pixels from the root at 12 to the items at 580. The first merge at 580 - 568 * 0.2.
  EXPECT_NE(svg.find("M580.0 56.5H466.4V71.5H580.0"), std::string::npos) << svg;
  EXPECT_NE(svg.find("M580.0 41.5H12.0V64.0H466.4"), std::string::npos) << svg;
}

}  // namespace
}  // namespace jianwei::products

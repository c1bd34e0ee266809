// A tree drawn from left (root) to right (items): each merge is a bracket at its height, inside one group in the group's colour.
#include <algorithm>

#include "products/charts/charts.h"
#include "products/charts/svg.h"

namespace jianwei::products {
namespace {

constexpr double kRow = 15;
constexpr double kTop = 34;
constexpr double kLabelWidth = 380;
constexpr std::int32_t kMixed = -1;

struct Node {
  double x = 0, y = 0;
  std::int32_t group = kMixed;
};

}  // namespace

std::string draw(const DendrogramChart& chart) {
  const std::size_t n = chart.labels.size();
  Svg svg(chart.width, kTop + kRow * static_cast<double>(n) + 8, chart.title);
  svg.text(8, 18, chart.title, 14, Anchor::start, kInk, true);
  double highest = 1e-12;
  for (const auto& merge : chart.merges) highest = std::max(highest, merge.height);
  const double right = chart.width - kLabelWidth, left = 12;
  const auto x_of = [&](double height) { return right - (right - left) * height / highest; };
  const auto color_of = [&](std::int32_t group) { return group == kMixed ? kMuted : kPalette[static_cast<std::size_t>(group) % kPalette.size()]; };

  std::vector<Node> nodes(n + chart.merges.size());
  for (std::size_t i = 0; i < chart.order.size(); ++i) {
    const auto item = static_cast<std::size_t>(chart.order[i]);
    nodes[item] = {right, kTop + kRow * (static_cast<double>(i) + 0.5), chart.groups[item]};
    svg.text(right + 6, nodes[item].y + 4, fit_text(chart.labels[item], kLabelWidth - 12, 11), 11, Anchor::start, color_of(nodes[item].group));
  }
  for (std::size_t i = 0; i < chart.merges.size(); ++i) {
    const Node& a = nodes[static_cast<std::size_t>(chart.merges[i].first)];
    const Node& b = nodes[static_cast<std::size_t>(chart.merges[i].second)];
    Node& node = nodes[n + i];
    node = {x_of(chart.merges[i].height), (a.y + b.y) / 2, a.group == b.group ? a.group : kMixed};
    svg.path(fmt::format("M{:.1f} {:.1f}H{:.1f}V{:.1f}H{:.1f}", a.x, a.y, node.x, b.y, b.x), {.stroke = color_of(node.group)}, fmt::format("{:.3f}", chart.merges[i].height));
  }
  return std::move(svg).finish();
}

}  // namespace jianwei::products

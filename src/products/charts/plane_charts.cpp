// Charts in the plane: bars, quadrants and networks.
#include <algorithm>
#include <cmath>
#include <numeric>

#include "products/charts/axes.h"

namespace jianwei::products {
namespace {

}  // namespace

std::string draw(const BarChart& chart) {
  const double row = 22;
  double label_width = 60;
  for (const auto& bar : chart.bars) label_width = std::max(label_width, std::min(260.0, text_width(bar.label, 12) + 12));
  const double height = 34 + row * static_cast<double>(chart.bars.size()) + 6;
  Svg svg(chart.width, height, chart.title);
  svg.text(8, 18, chart.title, 14, Anchor::start, kInk, true);
  double high = 1e-12;
  for (const auto& bar : chart.bars) high = std::max(high, bar.value);
  const double room = chart.width - label_width - 80;
  for (std::size_t i = 0; i < chart.bars.size(); ++i) {
    const auto& bar = chart.bars[i];
    const double y = 34 + row * static_cast<double>(i);
    svg.open_link(bar.href);
    svg.text(label_width - 6, y + 14, fit_text(bar.label, label_width - 8, 12), 12, Anchor::end);
    svg.rect(label_width, y + 3, std::max(1.0, room * bar.value / high), row - 7, {.fill = kPalette[0]}, bar.label);
    svg.text(label_width + room * bar.value / high + 6, y + 14, bar.text, 11, Anchor::start, kMuted);
    svg.close_link(bar.href);
  }
  return std::move(svg).finish();
}

std::string draw(const QuadrantChart& chart) {
  Svg svg(chart.width, chart.height, chart.title);
  svg.text(8, 18, chart.title, 14, Anchor::start, kInk, true);
  const Frame frame{56, 34, chart.width - 16, chart.height - 40};
  const auto scale_x = [&](double x) { return chart.log_x ? std::log10(std::max(x, 1e-9)) : x; };

  double low_x = scale_x(chart.x_cut), high_x = low_x, low_y = chart.y_cut, high_y = low_y;
  for (const auto& point : chart.points) {
    low_x = std::min(low_x, scale_x(point.x));
    high_x = std::max(high_x, scale_x(point.x));
    low_y = std::min(low_y, point.y);
    high_y = std::max(high_y, point.y);
  }
  const double pad_x = std::max(1e-9, (high_x - low_x) * 0.04);
  const double pad_y = std::max(1e-9, (high_y - low_y) * 0.06);
  const auto x_of = [&](double x) { return frame.left + (scale_x(x) - low_x + pad_x) / (high_x - low_x + 2 * pad_x) * frame.width(); };
  const auto y_of = [&](double y) { return frame.bottom - (y - low_y + pad_y) / (high_y - low_y + 2 * pad_y) * frame.height(); };

  // Quadrants, tinted; names in their outer corners.
  const double cut_x = x_of(chart.x_cut);
  const double cut_y = y_of(chart.y_cut);
  svg.rect(frame.left, frame.top, cut_x - frame.left, cut_y - frame.top, {.fill = "#fff4e5"});
  svg.rect(cut_x, frame.top, frame.right - cut_x, cut_y - frame.top, {.fill = "#e8f4fb"});
  svg.rect(frame.left, cut_y, cut_x - frame.left, frame.bottom - cut_y, {.fill = "#f6f7f9"});
  svg.rect(cut_x, cut_y, frame.right - cut_x, frame.bottom - cut_y, {.fill = "#f0f7f2"});
  svg.text(frame.left + 8, frame.top + 16, chart.names[0], 12, Anchor::start, kMuted, true);
  svg.text(frame.right - 8, frame.top + 16, chart.names[1], 12, Anchor::end, kMuted, true);
  svg.text(frame.left + 8, frame.bottom - 8, chart.names[2], 12, Anchor::start, kMuted, true);
  svg.text(frame.right - 8, frame.bottom - 8, chart.names[3], 12, Anchor::end, kMuted, true);
  svg.text(frame.right, chart.height - 12, chart.x_label + " →", 11, Anchor::end, kMuted);
  svg.text(8, frame.top - 4, "↑ " + chart.y_label, 11, Anchor::start, kMuted);

  LabelSpace space;
  for (const auto& point : chart.points) {
    const double x = x_of(point.x);
    const double y = y_of(point.y);
    const bool weak = point.x < chart.x_cut && point.y >= chart.y_cut;
    const bool strong = point.x >= chart.x_cut && point.y >= chart.y_cut;
    svg.open_link(point.href);
    svg.circle(x, y, point.named ? 3.5 : 2.2, {.fill = weak ? kPalette[1] : strong ? kPalette[0] : kPalette[7], .opacity = point.named ? 0.95 : 0.45},
               point.label);
    const std::string label = fit_text(point.label, 150, 11);
    const double width = text_width(label, 11);
    const bool left_side = x + width + 8 > frame.right;
    const double start = left_side ? x - 6 - width : x + 6;
    if (point.named && space.place({start, y - 9, start + width, y + 4})) svg.text(start, y + 4, label, 11);
    svg.close_link(point.href);
  }
  return std::move(svg).finish();
}

std::string draw(const NetworkChart& chart) {
  Svg svg(chart.width, chart.height, chart.title);
  svg.text(8, 18, chart.title, 14, Anchor::start, kInk, true);
  if (chart.nodes.empty()) return std::move(svg).finish();
  double low_x = chart.nodes[0].x, high_x = low_x, low_y = chart.nodes[0].y, high_y = low_y, largest = 1e-12;
  for (const auto& node : chart.nodes) {
    low_x = std::min(low_x, node.x);
    high_x = std::max(high_x, node.x);
    low_y = std::min(low_y, node.y);
    high_y = std::max(high_y, node.y);
    largest = std::max(largest, node.size);
  }
  const Frame frame{60, 40, chart.width - 60, chart.height - 24};
  const double unit = std::min(frame.width() / std::max(1e-9, high_x - low_x), frame.height() / std::max(1e-9, high_y - low_y));
  const auto x_of = [&](double x) { return (frame.left + frame.right) / 2 + (x - (low_x + high_x) / 2) * unit; };
  const auto y_of = [&](double y) { return (frame.top + frame.bottom) / 2 + (y - (low_y + high_y) / 2) * unit; };

  double heaviest = 1e-12;
  for (const auto& edge : chart.edges) heaviest = std::max(heaviest, edge.weight);
  for (const auto& edge : chart.edges) {
    const auto& a = chart.nodes[static_cast<std::size_t>(edge.a)];
    const auto& b = chart.nodes[static_cast<std::size_t>(edge.b)];
    svg.line(x_of(a.x), y_of(a.y), x_of(b.x), y_of(b.y), {.stroke = "#98a2b3", .stroke_width = 0.5 + 2.5 * edge.weight / heaviest, .opacity = 0.35});
  }

  // Large nodes claim their label first.
  std::vector<std::size_t> order(chart.nodes.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return chart.nodes[a].size > chart.nodes[b].size; });
  LabelSpace space;
  for (const std::size_t i : order) {
    const auto& node = chart.nodes[i];
    const double radius = 3 + 13 * std::sqrt(node.size / largest);
    svg.open_link(node.href);
    svg.circle(x_of(node.x), y_of(node.y), radius, {.fill = kPalette[static_cast<std::size_t>(node.group) % kPalette.size()], .stroke = "#ffffff", .opacity = 0.85},
               node.label);
    const std::string label = fit_text(node.label, 150, 11);
    const double width = text_width(label, 11);
    const double x = x_of(node.x) - width / 2;
    const double y = y_of(node.y) + radius + 11;
    if (space.place({x, y - 9, x + width, y + 3})) svg.text(x, y, label, 11);
    svg.close_link(node.href);
  }
  return std::move(svg).finish();
}

}  // namespace jianwei::products

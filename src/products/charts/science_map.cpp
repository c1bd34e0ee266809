// The density is counted on a grid and smoothed three times by a running mean, which comes close to a Gaussian. Each contour level is one path of
// the cells' parts above it: corners above the level and crossings between corners, walked around the cell; whole cells of a row are joined.
#include "products/charts/science_map.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

#include "products/charts/axes.h"
#include "products/charts/svg.h"

namespace jianwei::products {
namespace {

constexpr int kColumns = 150;
constexpr int kRows = 105;
constexpr int kSmoothing = 2;             // cells to each side of a running mean
constexpr std::size_t kPoints = 4000;
constexpr double kCutShare = 0.004;       // of the documents, on each side, may lie outside the frame: a few strays must not shrink the rest
constexpr std::size_t kNearTopics = 7;    // that should not share a colour
constexpr std::array<double, 6> kLevels = {0.02, 0.08, 0.2, 0.38, 0.6, 0.82};  // of the highest density
constexpr std::array<std::string_view, 6> kShades = {"#f3f6fa", "#e6edf5", "#d6e2ef", "#c3d4e7", "#adc4de", "#94b2d3"};

struct View {
  double left = 0, top = 0, low_x = 0, low_y = 0, unit = 1, width = 0, height = 0;
  double x(double value) const { return left + (value - low_x) * unit; }
  double y(double value) const { return top + (value - low_y) * unit; }
  bool holds(double px, double py) const { return px >= left && px <= left + width && py >= top && py <= top + height; }
};

// The range of the values without the strays, with a margin.
std::pair<double, double> range_of(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  const auto cut = static_cast<std::size_t>(kCutShare * static_cast<double>(values.size()));
  const double low = values[cut];
  const double high = values[values.size() - 1 - cut];
  const double margin = 0.06 * std::max(1e-9, high - low);
  return {low - margin, high + margin};
}

View make_view(const ScienceMap& map) {
  const auto [low_x, high_x] = range_of(map.x);
  const auto [low_y, high_y] = range_of(map.y);
  View view{10, 34, low_x, low_y, 1, map.width - 20, map.height - 44};
  view.unit = std::min(view.width / (high_x - low_x), view.height / (high_y - low_y));
  view.low_x = (low_x + high_x) / 2 - view.width / 2 / view.unit;
  view.low_y = (low_y + high_y) / 2 - view.height / 2 / view.unit;
  return view;
}

using Field = std::vector<double>;  // [kRows + 1][kColumns + 1] at the corners of the cells

void smooth(Field& field, int count, int stride, int lines, int line_stride) {
  std::vector<double> line(static_cast<std::size_t>(count));
  for (int l = 0; l < lines; ++l) {
    double* first = field.data() + l * line_stride;
    for (int i = 0; i < count; ++i) {
      double sum = 0;
      for (int d = -kSmoothing; d <= kSmoothing; ++d) sum += i + d >= 0 && i + d < count ? first[(i + d) * stride] : 0.0;
      line[static_cast<std::size_t>(i)] = sum / (2 * kSmoothing + 1);
    }
    for (int i = 0; i < count; ++i) first[i * stride] = line[static_cast<std::size_t>(i)];
  }
}

Field density_of(const ScienceMap& map, const View& view) {
  Field field(static_cast<std::size_t>((kRows + 1) * (kColumns + 1)), 0.0);
  for (std::size_t d = 0; d < map.x.size(); ++d) {
    const double px = view.x(map.x[d]);
    const double py = view.y(map.y[d]);
    if (!view.holds(px, py)) continue;
    const auto column = static_cast<std::size_t>(std::lround((px - view.left) / view.width * kColumns));
    const auto row = static_cast<std::size_t>(std::lround((py - view.top) / view.height * kRows));
    field[row * (kColumns + 1) + column] += 1.0;
  }
  for (int pass = 0; pass < 3; ++pass) {
    smooth(field, kColumns + 1, 1, kRows + 1, kColumns + 1);
    smooth(field, kRows + 1, kColumns + 1, kColumns + 1, 1);
  }
  return field;
}

// The part of the plane where the field is at least `level`.
std::string contour_path(const Field& field, double level, const View& view) {
  std::string path;
  const double step_x = view.width / kColumns;
  const double step_y = view.height / kRows;
  const auto value = [&](int column, int row) { return field[static_cast<std::size_t>(row * (kColumns + 1) + column)]; };
  for (int row = 0; row < kRows; ++row) {
    int run_start = -1;  // whole cells
    for (int column = 0; column <= kColumns; ++column) {
      std::array<double, 4> corner{};
      bool whole = false, any = false;
      if (column < kColumns) {
        corner = {value(column, row), value(column + 1, row), value(column + 1, row + 1), value(column, row + 1)};
        whole = std::all_of(corner.begin(), corner.end(), [&](double c) { return c >= level; });
        any = std::any_of(corner.begin(), corner.end(), [&](double c) { return c >= level; });
      }
      if (whole && run_start < 0) run_start = column;
      if (!whole && run_start >= 0) {
        path += fmt::format("M{:.1f} {:.1f}H{:.1f}V{:.1f}H{:.1f}Z", view.left + run_start * step_x, view.top + row * step_y, view.left + column * step_x, view.top + (row + 1) * step_y,
                            view.left + run_start * step_x);
        run_start = -1;
      }
      if (whole || !any) continue;
      constexpr std::array<std::array<int, 2>, 4> kCorners = {{{0, 0}, {1, 0}, {1, 1}, {0, 1}}};
      char command = 'M';
      const auto add = [&](double cx, double cy) {
        path += fmt::format("{}{:.1f} {:.1f}", command, view.left + (column + cx) * step_x, view.top + (row + cy) * step_y);
        command = 'L';
      };
      for (std::size_t c = 0; c < 4; ++c) {
        const std::size_t n = (c + 1) % 4;
        if (corner[c] >= level) add(kCorners[c][0], kCorners[c][1]);
        if ((corner[c] >= level) == (corner[n] >= level)) continue;
        const double share = (level - corner[c]) / (corner[n] - corner[c]);
        add(kCorners[c][0] + share * (kCorners[n][0] - kCorners[c][0]), kCorners[c][1] + share * (kCorners[n][1] - kCorners[c][1]));
      }
      path += 'Z';
    }
  }
  return path;
}

// Large topics choose first: the colour least used among the nearest topics that have one, and then the one used least.
std::vector<std::size_t> choose_colors(const ScienceMap& map, const std::vector<std::size_t>& order) {
  std::vector<std::size_t> color(map.topics.size(), kPalette.size());
  std::array<std::size_t, kPalette.size()> used{};
  for (const std::size_t t : order) {
    std::vector<std::pair<double, std::size_t>> near;
    for (const std::size_t other : order) {
      if (color[other] < kPalette.size()) near.emplace_back(std::hypot(map.topics[t].x - map.topics[other].x, map.topics[t].y - map.topics[other].y), other);
    }
    std::sort(near.begin(), near.end());
    std::array<double, kPalette.size()> cost{};
    for (std::size_t i = 0; i < std::min(kNearTopics, near.size()); ++i) cost[color[near[i].second]] += 1.0 / static_cast<double>(i + 1);
    // The last colour is the grey of documents without a topic.
    std::size_t best = 0;
    for (std::size_t c = 1; c + 1 < kPalette.size(); ++c) {
      if (cost[c] < cost[best] || (cost[c] == cost[best] && used[c] < used[best])) best = c;
    }
    color[t] = best;
    ++used[best];
  }
  return color;
}

void draw_points(Svg& svg, const ScienceMap& map, const View& view, const std::vector<std::size_t>& color) {
  const std::size_t count = std::min(kPoints, map.x.size());
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t d = i * map.x.size() / count;
    const double px = view.x(map.x[d]);
    const double py = view.y(map.y[d]);
    if (!view.holds(px, py)) continue;
    const std::size_t c = map.topic[d] >= 0 ? color[static_cast<std::size_t>(map.topic[d])] : kPalette.size() - 1;
    svg.circle(px, py, map.x.size() > 2000 ? 1.5 : 2.4, {.fill = kPalette[c], .opacity = 0.6});
  }
}

// A label stands at its topic, or a little above or below; one that finds no room is left out.
void draw_labels(Svg& svg, const ScienceMap& map, const View& view, const std::vector<std::size_t>& order, const std::vector<std::size_t>& color) {
  const double largest = map.topics.empty() ? 1.0 : std::max(1e-9, map.topics[order[0]].size);
  LabelSpace space;
  for (const std::size_t t : order) {
    const ScienceMap::Topic& topic = map.topics[t];
    const double font = 10.0 + 5.0 * std::sqrt(topic.size / largest);
    const std::string label = fit_text(topic.label, 190, font);
    const double width = text_width(label, font) + 16;
    const double middle = std::clamp(view.x(topic.x), view.left + width / 2, view.left + view.width - width / 2);
    for (const double shift : {0.0, -1.3, 1.3, -2.6, 2.6, -3.9, 3.9}) {
      const double base = std::clamp(view.y(topic.y), view.top + 16, view.top + view.height - 10) + shift * font;
      if (base - font < view.top || base + 4 > view.top + view.height) continue;
      if (!space.place({middle - width / 2 - 1, base - font - 1, middle + width / 2 + 1, base + 5})) continue;
      svg.open_link(topic.href);
      svg.rect(middle - width / 2, base - font, width, font + 5, {.fill = "#ffffff", .opacity = 0.82}, topic.label);
      svg.circle(middle - width / 2 + 6, base - font * 0.35, 3.2, {.fill = kPalette[color[t]]});
      svg.text(middle - width / 2 + 12, base, label, font, Anchor::start, kInk, topic.size > 0.35 * largest);
      svg.close_link(topic.href);
      break;
    }
  }
}

}  // namespace

std::string draw(const ScienceMap& map) {
  Svg svg(map.width, map.height, map.title);
  svg.text(8, 20, map.title, 14, Anchor::start, kInk, true);
  if (map.x.empty()) return std::move(svg).finish();
  const View view = make_view(map);
  const Field density = density_of(map, view);
  const double highest = *std::max_element(density.begin(), density.end());
  for (std::size_t l = 0; l < kLevels.size() && highest > 0; ++l) {
    svg.path(contour_path(density, kLevels[l] * highest, view), {.fill = kShades[l], .stroke = kShades[l], .stroke_width = 0.6});
  }
  std::vector<std::size_t> order(map.topics.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return map.topics[a].size > map.topics[b].size; });
  const std::vector<std::size_t> color = choose_colors(map, order);
  draw_points(svg, map, view, color);
  draw_labels(svg, map, view, order, color);
  return std::move(svg).finish();
}

}  // namespace jianwei::products

// Charts over time: lines with bands, stacked columns, evolution bands and sparklines.
#include <algorithm>
#include <cmath>

#include "products/charts/axes.h"

namespace jianwei::products {
namespace {

double legend_height(const std::vector<Series>& series, double width) {
  if (series.size() < 2) return 0;
  double x = 0;
  double rows = 1;
  for (const Series& line : series) {
    const double needed = text_width(line.name, 12) + 28;
    if (x > 0 && x + needed > width) {
      x = 0;
      ++rows;
    }
    x += needed;
  }
  return rows * 16;
}

std::string hint(const std::string& name, const std::string& x, double value) { return fmt::format("{} · {}: {:.4g}", name, x, value); }

}  // namespace

std::string draw(const LineChart& chart) {
  const double legend = legend_height(chart.series, chart.width - 80);
  Svg svg(chart.width, chart.height + legend, chart.title);
  const Frame frame{64, 42 + legend, chart.width - 16, chart.height + legend - 30};
  svg.text(8, 18, chart.title, 14, Anchor::start, kInk, true);
  if (chart.series.size() > 1) draw_legend(svg, 64, 36, chart.width - 80, chart.series);

  double high = 0;
  for (const Series& line : chart.series) {
    for (const auto& y : line.y) high = std::max(high, y.value_or(0));
    for (const double y : line.high) high = std::max(high, y);
  }
  const Ticks ticks = round_ticks(0, high, 5);
  draw_y_axis(svg, frame, ticks, chart.y_label);
  draw_x_labels(svg, frame, chart.x, false);

  for (std::size_t s = 0; s < chart.series.size(); ++s) {
    const Series& line = chart.series[s];
    const std::string_view color = kPalette[s % kPalette.size()];
    const auto x = [&](std::size_t i) { return x_position(frame, i, chart.x.size(), false); };
    if (!line.low.empty()) {
      std::string band;
      for (std::size_t i = 0; i < line.high.size(); ++i) band += fmt::format("{}{:.5g} {:.5g}", i == 0 ? "M" : "L", x(i), frame.y(line.high[i], ticks));
      for (std::size_t i = line.low.size(); i-- > 0;) band += fmt::format("L{:.5g} {:.5g}", x(i), frame.y(line.low[i], ticks));
      svg.path(band + "Z", {.fill = color, .opacity = 0.15});
    }
    std::string d;
    bool pen_down = false;
    for (std::size_t i = 0; i < line.y.size(); ++i) {
      if (line.y[i]) d += fmt::format("{}{:.5g} {:.5g}", pen_down ? "L" : "M", x(i), frame.y(*line.y[i], ticks));
      pen_down = line.y[i].has_value();
    }
    svg.path(d, {.stroke = color, .stroke_width = 2});
    for (std::size_t i = 0; i < line.y.size(); ++i) {
      if (!line.y[i]) continue;
      const std::string href = i < line.href.size() ? line.href[i] : "";
      svg.open_link(href);
      svg.circle(x(i), frame.y(*line.y[i], ticks), 3, {.fill = color}, hint(line.name, chart.x[i], *line.y[i]));
      svg.close_link(href);
    }
  }
  return std::move(svg).finish();
}

std::string draw(const StackedColumns& chart) {
  const double legend = legend_height(chart.series, chart.width - 80);
  Svg svg(chart.width, chart.height + legend, chart.title);
  const Frame frame{64, 42 + legend, chart.width - 16, chart.height + legend - 30};
  svg.text(8, 18, chart.title, 14, Anchor::start, kInk, true);
  if (chart.series.size() > 1) draw_legend(svg, 64, 36, chart.width - 80, chart.series);

  double high = 0;
  for (std::size_t i = 0; i < chart.x.size(); ++i) {
    double sum = 0;
    for (const Series& part : chart.series) sum += part.y[i].value_or(0);
    high = std::max(high, sum);
  }
  const Ticks ticks = round_ticks(0, high, 4);
  draw_y_axis(svg, frame, ticks, chart.y_label);
  draw_x_labels(svg, frame, chart.x, true);

  const double column = std::max(1.0, frame.width() / static_cast<double>(std::max<std::size_t>(1, chart.x.size())) * 0.8);
  for (std::size_t i = 0; i < chart.x.size(); ++i) {
    double below = 0;
    for (std::size_t s = 0; s < chart.series.size(); ++s) {
      const double value = chart.series[s].y[i].value_or(0);
      if (value <= 0) continue;
      const double top = frame.y(below + value, ticks);
      const std::string href = i < chart.series[s].href.size() ? chart.series[s].href[i] : "";
      svg.open_link(href);
      svg.rect(x_position(frame, i, chart.x.size(), true) - column / 2, top, column, frame.y(below, ticks) - top,
               {.fill = kPalette[s % kPalette.size()]}, hint(chart.series[s].name, chart.x[i], value));
      svg.close_link(href);
      below += value;
    }
  }
  return std::move(svg).finish();
}

std::string draw(const EvolutionChart& chart) {
  Svg svg(chart.width, chart.height, chart.title);
  svg.text(8, 18, chart.title, 14, Anchor::start, kInk, true);
  const Frame frame{16, 48, chart.width - 190, chart.height - 12};
  const std::size_t period_count = chart.periods.size();
  for (std::size_t p = 0; p < period_count; ++p) {
    svg.text(x_position(frame, p, period_count, false), 38, chart.periods[p], 11,
             p == 0 ? Anchor::start : p + 1 == period_count ? Anchor::end : Anchor::middle, kMuted);
  }

  // Each period stacks its bands in one order; the gap between bands keeps small ones apart.
  double largest = 0;
  for (std::size_t p = 0; p < period_count; ++p) {
    double sum = 0;
    for (const auto& band : chart.bands) sum += band.value[p];
    largest = std::max(largest, sum);
  }
  const double gap = chart.bands.size() > 1 ? std::min(6.0, frame.height() * 0.25 / static_cast<double>(chart.bands.size())) : 0;
  const double scale = largest > 0 ? (frame.height() - gap * static_cast<double>(chart.bands.size())) / largest : 0;
  std::vector<double> next_top(period_count, frame.top);
  double next_label = frame.top;
  for (std::size_t b = 0; b < chart.bands.size(); ++b) {
    const auto& band = chart.bands[b];
    const std::string_view color = kPalette[b % kPalette.size()];
    std::vector<double> top(period_count);
    std::vector<double> bottom(period_count);
    for (std::size_t p = 0; p < period_count; ++p) {
      top[p] = next_top[p];
      bottom[p] = top[p] + std::max(band.value[p] * scale, band.value[p] > 0 ? 1.0 : 0.0);
      next_top[p] = bottom[p] + gap;
    }
    svg.open_link(band.href);
    for (std::size_t p = 0; p + 1 < period_count; ++p) {
      if (band.value[p] <= 0 && band.value[p + 1] <= 0) continue;
      const double x1 = x_position(frame, p, period_count, false);
      const double x2 = x_position(frame, p + 1, period_count, false);
      const double middle = (x1 + x2) / 2;
      svg.path(fmt::format("M{0:.5g} {1:.5g}C{2:.5g} {1:.5g} {2:.5g} {3:.5g} {4:.5g} {3:.5g}L{4:.5g} {5:.5g}C{2:.5g} {5:.5g} {2:.5g} {6:.5g} {0:.5g} {6:.5g}Z",
                           x1, top[p], middle, top[p + 1], x2, bottom[p + 1], bottom[p]),
               {.fill = color, .opacity = 0.75}, band.label);
    }
    const double label_y = std::max(next_label, (top.back() + bottom.back()) / 2 + 4);
    if (label_y < chart.height) svg.text(frame.right + 8, label_y, fit_text(band.label, 176, 11), 11, Anchor::start, kInk);
    next_label = label_y + 12;
    svg.close_link(band.href);
  }
  return std::move(svg).finish();
}

std::string sparkline(std::span<const double> values, double width, double height) {
  if (values.empty()) return "";
  const double high = std::max(1e-12, *std::max_element(values.begin(), values.end()));
  std::string d;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const double x = values.size() < 2 ? width / 2 : 2 + (width - 4) * static_cast<double>(i) / static_cast<double>(values.size() - 1);
    d += fmt::format("{}{:.4g} {:.4g}", i == 0 ? "M" : "L", x, height - 2 - (height - 4) * values[i] / high);
  }
  return fmt::format(
      "<svg class=\"spark\" xmlns=\"http://www.w3.org/2000/svg\" width=\"{0:.4g}\" height=\"{1:.4g}\" viewBox=\"0 0 {0:.4g} {1:.4g}\" aria-hidden=\"true\">"
      "<path d=\"{2}\" fill=\"none\" stroke=\"{3}\" stroke-width=\"1.5\"/></svg>",
      width, height, d, kPalette[0]);
}

}  // namespace jianwei::products

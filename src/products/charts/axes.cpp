#include "products/charts/axes.h"

#include <algorithm>
#include <cmath>

namespace jianwei::products {

Ticks round_ticks(double low, double high, int wanted_count) {
  if (!(high > low)) high = low + (low == 0 ? 1 : std::abs(low));
  const double raw = (high - low) / std::max(1, wanted_count);
  const double power = std::pow(10.0, std::floor(std::log10(raw)));
  const double multiple = raw / power;
  const double step = power * (multiple <= 1 ? 1 : multiple <= 2 ? 2 : multiple <= 5 ? 5 : 10);
  return {std::floor(low / step) * step, std::ceil(high / step) * step, step};
}

std::string format_tick(double value, double step) {
  const int decimals = step >= 1 ? 0 : static_cast<int>(std::ceil(-std::log10(step) - 1e-9));
  std::string text = fmt::format("{:.{}f}", value, decimals);
  const std::size_t point = text.find('.');
  const std::size_t start = text[0] == '-' ? 1 : 0;
  for (std::size_t at = point == std::string::npos ? text.size() : point; at > start + 3;) {
    at -= 3;
    text.insert(at, ",");
  }
  return text;
}

void draw_y_axis(Svg& svg, const Frame& frame, const Ticks& ticks, std::string_view label) {
  const auto count = static_cast<int>(std::lround((ticks.high - ticks.low) / ticks.step));
  for (int i = 0; i <= count; ++i) {
    const double value = ticks.low + i * ticks.step;
    const double y = frame.y(value, ticks);
    svg.line(frame.left, y, frame.right, y, {.stroke = i == 0 ? kMuted : kGrid});
    svg.text(frame.left - 6, y + 4, format_tick(value, ticks.step), 11, Anchor::end, kMuted);
  }
  if (!label.empty()) svg.text(frame.left - 46, frame.top - 10, label, 11, Anchor::start, kMuted);
}

double x_position(const Frame& frame, std::size_t index, std::size_t count, bool between) {
  if (between) return frame.left + frame.width() * (static_cast<double>(index) + 0.5) / static_cast<double>(std::max<std::size_t>(1, count));
  if (count < 2) return (frame.left + frame.right) / 2;
  return frame.left + frame.width() * static_cast<double>(index) / static_cast<double>(count - 1);
}

void draw_x_labels(Svg& svg, const Frame& frame, const std::vector<std::string>& labels, bool between) {
  double widest = 1;
  for (const std::string& label : labels) widest = std::max(widest, text_width(label, 11) + 8);
  const double room = frame.width() / static_cast<double>(std::max<std::size_t>(1, labels.size()));
  std::size_t every = 1;
  for (const std::size_t candidate : {1, 2, 5, 10, 20, 50, 100}) {
    every = candidate;
    if (room * static_cast<double>(candidate) >= widest) break;
  }
  for (std::size_t i = 0; i < labels.size(); i += every) {
    svg.text(x_position(frame, i, labels.size(), between), frame.bottom + 16, labels[i], 11, Anchor::middle, kMuted);
  }
}

void draw_legend(Svg& svg, double x, double y, double width, const std::vector<Series>& series) {
  const double start = x;
  for (std::size_t i = 0; i < series.size(); ++i) {
    const double needed = text_width(series[i].name, 12) + 28;
    if (x > start && x + needed > start + width) {
      x = start;
      y += 16;
    }
    svg.rect(x, y - 9, 10, 10, {.fill = kPalette[i % kPalette.size()]});
    svg.text(x + 14, y, series[i].name, 12);
    x += needed;
  }
}

}  // namespace jianwei::products

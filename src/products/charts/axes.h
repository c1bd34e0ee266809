// What the charts with axes share: the frame, the grid and the tick labels.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "products/charts/charts.h"
#include "products/charts/svg.h"

namespace jianwei::products {

struct Frame {
  double left, top, right, bottom;
  double width() const { return right - left; }
  double height() const { return bottom - top; }
  double y(double value, const Ticks& ticks) const { return bottom - (value - ticks.low) / (ticks.high - ticks.low) * height(); }
};

void draw_y_axis(Svg& svg, const Frame& frame, const Ticks& ticks, std::string_view label);

// Labels under evenly spaced positions; every second, fifth, ... is left out when they would touch.
void draw_x_labels(Svg& svg, const Frame& frame, const std::vector<std::string>& labels, bool between);

// The centre of position `index` of `count`; `between`: positions are columns, not points.
double x_position(const Frame& frame, std::size_t index, std::size_t count, bool between);

// Names of series with their colours, one line above the frame.
void draw_legend(Svg& svg, double x, double y, double width, const std::vector<Series>& series);

struct Box {
  double left, top, right, bottom;
};

// Keeps the labels that do not touch one kept before: the first come first.
class LabelSpace {
 public:
  bool place(const Box& box) {
    for (const Box& other : taken_) {
      if (box.left < other.right && other.left < box.right && box.top < other.bottom && other.top < box.bottom) return false;
    }
    taken_.push_back(box);
    return true;
  }

 private:
  std::vector<Box> taken_;
};

}  // namespace jianwei::products

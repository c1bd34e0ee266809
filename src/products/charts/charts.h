// Charts as pure functions of their data: SVG text out, the same scales and colours everywhere. Each mark may link to its evidence.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace jianwei::products {

// A linear scale with round ticks: 1, 2 or 5 times a power of ten.
struct Ticks {
  double low = 0;
  double high = 1;
  double step = 1;
};
Ticks round_ticks(double low, double high, int wanted_count);
// 1200 -> "1,200"; 0.0312 -> "0.0312"; enough digits to tell neighbouring ticks apart.
std::string format_tick(double value, double step);

struct Series {
  std::string name;
  std::vector<std::optional<double>> y;   // [x values]; nothing = no point
  std::vector<std::string> href;          // [x values] or empty
  std::vector<double> low, high;          // [x values] or empty: an interval drawn as a band
};

struct LineChart {
  std::string title, x_label, y_label;
  std::vector<std::string> x;             // labels, evenly spaced
  std::vector<Series> series;             // at most 8
  double width = 720, height = 300;
};
std::string draw(const LineChart& chart);

struct BarChart {
  std::string title;
  struct Bar {
    std::string label;
    double value = 0;
    std::string text;   // printed at the end of the bar
    std::string href;
  };
  std::vector<Bar> bars;  // drawn from top to bottom
  double width = 720;
};
std::string draw(const BarChart& chart);

// Columns over time, stacked by series.
struct StackedColumns {
  std::string title, y_label;
  std::vector<std::string> x;
  std::vector<Series> series;
  double width = 720, height = 260;
};
std::string draw(const StackedColumns& chart);

// Two axes cut in four at the medians, as the keyword emergence and issue maps of Yoon (2012).
struct QuadrantChart {
  std::string title, x_label, y_label;
  double x_cut = 0, y_cut = 0;
  std::string names[4];                   // low x high y (weak), high high (strong), low low (latent), high x low y (well known)
  struct Point {
    double x = 0, y = 0;
    std::string label;
    std::string href;
    bool named = false;                   // its label is drawn when there is room
  };
  std::vector<Point> points;
  bool log_x = true;
  double width = 720, height = 460;
};
std::string draw(const QuadrantChart& chart);

// A node-link map with given positions.
struct NetworkChart {
  std::string title;
  struct Node {
    double x = 0, y = 0;                  // any unit; scaled to the frame
    double size = 1;
    std::int32_t group = 0;
    std::string label;
    std::string href;
  };
  struct Edge {
    std::int32_t a = 0, b = 0;
    double weight = 1;
  };
  std::vector<Node> nodes;
  std::vector<Edge> edges;
  double width = 720, height = 560;
};
std::string draw(const NetworkChart& chart);

// Topics over periods as bands whose height is their share; a band that starts or ends alone stays visible.
struct EvolutionChart {
  std::string title;
  std::vector<std::string> periods;
  struct Band {
    std::string label;
    std::vector<double> value;            // [periods], 0 = absent
    std::string href;
  };
  std::vector<Band> bands;
  double width = 720, height = 420;
};
std::string draw(const EvolutionChart& chart);

// A tree of items, the root to the left, a line of text each.
struct DendrogramChart {
  struct Merge {
    std::int32_t first = 0, second = 0;   // nodes: 0..n-1 the items, n + i the merge i
    double height = 0;
  };
  std::string title;
  std::vector<Merge> merges;              // [items - 1] by increasing height
  std::vector<std::string> labels;        // [items]
  std::vector<std::int32_t> groups;       // [items] branches inside one group take its colour
  std::vector<std::int32_t> order;        // items from top to bottom
  double width = 960;
};
std::string draw(const DendrogramChart& chart);

// A word-sized line for table cells.
std::string sparkline(std::span<const double> values, double width = 96, double height = 20);

}  // namespace jianwei::products

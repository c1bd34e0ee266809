// Force-directed VOS layout. Each iteration sorts nodes into a square grid over the bounding box, sums the nodes and centres of the cells,
// and moves every node by its force, cut to a step that falls geometrically from a tenth of the extent to a thousandth. Forces are read from
// the old positions only, so nodes are independent and run in parallel blocks. A weak pull to the centre keeps separate components near.
#include "analysis/graph/layout.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "base/parallel.h"
#include "base/random.h"

namespace jianwei::analysis {
namespace {

std::size_t at(std::int64_t i) { return static_cast<std::size_t>(i); }

struct Point {
  double x = 0.0;
  double y = 0.0;
};

struct Grid {
  int side = 1;
  double left = 0.0, top = 0.0, cell_size = 1.0;
  std::vector<std::int32_t> offsets;  // [cells + 1] into nodes
  std::vector<std::int32_t> nodes;
  std::vector<Point> centres;         // [cells] mean position of the nodes

  int column(double x) const { return std::clamp(static_cast<int>((x - left) / cell_size), 0, side - 1); }
  int row(double y) const { return std::clamp(static_cast<int>((y - top) / cell_size), 0, side - 1); }
};

Grid build_grid(std::span<const Point> points) {
  Grid grid;
  grid.side = std::clamp(static_cast<int>(std::sqrt(static_cast<double>(points.size()) / 4.0)), 1, 24);
  double right = points[0].x, bottom = points[0].y;
  grid.left = right;
  grid.top = bottom;
  for (const Point& p : points) {
    grid.left = std::min(grid.left, p.x);
    right = std::max(right, p.x);
    grid.top = std::min(grid.top, p.y);
    bottom = std::max(bottom, p.y);
  }
  grid.cell_size = std::max({right - grid.left, bottom - grid.top, 1e-9}) / grid.side * (1.0 + 1e-9);
  const std::size_t cell_count = at(grid.side) * at(grid.side);
  std::vector<std::int32_t> cell(points.size());
  grid.offsets.assign(cell_count + 1, 0);
  grid.centres.assign(cell_count, Point{});
  for (std::size_t i = 0; i < points.size(); ++i) {
    cell[i] = grid.row(points[i].y) * grid.side + grid.column(points[i].x);
    ++grid.offsets[at(cell[i]) + 1];
    grid.centres[at(cell[i])].x += points[i].x;
    grid.centres[at(cell[i])].y += points[i].y;
  }
  for (std::size_t c = 0; c < cell_count; ++c) {
    if (const std::int32_t count = grid.offsets[c + 1]; count > 0) {
      grid.centres[c].x /= count;
      grid.centres[c].y /= count;
    }
    grid.offsets[c + 1] += grid.offsets[c];
  }
  grid.nodes.resize(points.size());
  std::vector<std::int32_t> next(grid.offsets.begin(), grid.offsets.end() - 1);
  for (std::size_t i = 0; i < points.size(); ++i) grid.nodes[at(next[at(cell[i])]++)] = static_cast<std::int32_t>(i);
  return grid;
}

// Unit vectors away from every other node, summed; far cells as one body at their centre.
Point repulsion(const Grid& grid, std::span<const Point> points, std::size_t node) {
  const Point here = points[node];
  const int own_column = grid.column(here.x);
  const int own_row = grid.row(here.y);
  Point force;
  const auto push = [&](Point from, double count) {
    const double dx = here.x - from.x;
    const double dy = here.y - from.y;
    const double distance = std::sqrt(dx * dx + dy * dy) + 1e-12;
    force.x += count * dx / distance;
    force.y += count * dy / distance;
  };
  for (int row = 0; row < grid.side; ++row) {
    for (int column = 0; column < grid.side; ++column) {
      const std::size_t cell = at(row * grid.side + column);
      const std::int32_t begin = grid.offsets[cell];
      const std::int32_t end = grid.offsets[cell + 1];
      if (begin == end) continue;
      if (std::abs(row - own_row) > 1 || std::abs(column - own_column) > 1) {
        push(grid.centres[cell], end - begin);
        continue;
      }
      for (std::int32_t i = begin; i < end; ++i) {
        if (at(grid.nodes[at(i)]) != node) push(points[at(grid.nodes[at(i)])], 1.0);
      }
    }
  }
  return force;
}

std::vector<Point> start_positions(std::int64_t node_count, std::span<const std::int32_t> cluster, std::uint64_t seed) {
  constexpr double kGoldenAngle = 2.39996322972865332;  // spreads cluster starts evenly on a disc
  std::vector<Point> points(at(node_count));
  for (std::size_t i = 0; i < points.size(); ++i) {
    Random random(seed, i);
    Point base;
    double spread = 1.0;
    if (!cluster.empty()) {
      const double c = cluster[i];
      base = {std::sqrt(c + 0.5) * std::cos(c * kGoldenAngle), std::sqrt(c + 0.5) * std::sin(c * kGoldenAngle)};
      spread = 0.5;
    }
    points[i] = {base.x + spread * (random.uniform() - 0.5), base.y + spread * (random.uniform() - 0.5)};
  }
  return points;
}

// Mean 0, root mean square distance 1, principal axis along x, and a sign that does not depend on the start.
Layout normalise(std::span<const Point> points) {
  Layout layout{std::vector<double>(points.size()), std::vector<double>(points.size())};
  const auto count = static_cast<double>(points.size());
  Point mean;
  for (const Point& p : points) {
    mean.x += p.x / count;
    mean.y += p.y / count;
  }
  double xx = 0.0, xy = 0.0, yy = 0.0;
  for (const Point& p : points) {
    xx += (p.x - mean.x) * (p.x - mean.x);
    xy += (p.x - mean.x) * (p.y - mean.y);
    yy += (p.y - mean.y) * (p.y - mean.y);
  }
  const double scale = xx + yy > 0.0 ? std::sqrt(count / (xx + yy)) : 1.0;
  const double angle = 0.5 * std::atan2(2.0 * xy, xx - yy);
  const double cosine = std::cos(angle) * scale;
  const double sine = std::sin(angle) * scale;
  for (std::size_t i = 0; i < points.size(); ++i) {
    layout.x[i] = cosine * (points[i].x - mean.x) + sine * (points[i].y - mean.y);
    layout.y[i] = -sine * (points[i].x - mean.x) + cosine * (points[i].y - mean.y);
  }
  return layout;
}

}  // namespace

Result<Layout> place_nodes(const Graph& graph, std::span<const std::int32_t> cluster, const LayoutOptions& options, Progress& progress) {
  if (options.iteration_count < 1) return fail(ErrorKind::invalid_input, "iteration_count is {}, expected at least 1", options.iteration_count);
  if (!cluster.empty() && std::ssize(cluster) != graph.node_count()) return fail(ErrorKind::invalid_input, "{} clusters given for {} nodes", cluster.size(), graph.node_count());
  if (graph.node_count() == 0) return Layout{};
  progress.begin("layout", options.iteration_count, "iterations");
  const auto node_count = static_cast<double>(graph.node_count());
  const double mean_weight = graph.weights.empty() ? 1.0 : std::accumulate(graph.weights.begin(), graph.weights.end(), 0.0) / static_cast<double>(graph.weights.size());
  // With r = mean degree / nodes, forces balance at distances of order one.
  const double repulse = std::max(1.0, static_cast<double>(graph.neighbors.size()) / node_count) / node_count;
  constexpr double kGravity = 0.02;

  std::vector<Point> points = start_positions(graph.node_count(), cluster, options.seed);
  std::vector<Point> next(points.size());
  for (int iteration = 0; iteration < options.iteration_count; ++iteration) {
    TRY(progress.check());
    const Grid grid = build_grid(points);
    const double extent = grid.cell_size * grid.side;
    const double step = extent * 0.1 * std::pow(0.01, static_cast<double>(iteration) / options.iteration_count);
    parallel_blocks(graph.node_count(), 256, options.thread_count, [&](std::int64_t, std::int64_t begin, std::int64_t end) {
      for (std::int64_t node = begin; node < end; ++node) {
        const Point here = points[at(node)];
        Point force = repulsion(grid, points, at(node));
        force.x *= repulse;
        force.y *= repulse;
        double stiffness = kGravity;
        force.x -= kGravity * here.x;
        force.y -= kGravity * here.y;
        const auto row = graph.row(node);
        const auto weights = graph.row_weights(node);
        for (std::size_t e = 0; e < row.size(); ++e) {
          const double pull = 2.0 * weights[e] / mean_weight;
          force.x -= pull * (here.x - points[at(row[e])].x);
          force.y -= pull * (here.y - points[at(row[e])].y);
          stiffness += pull;
        }
        // A Newton step of the attraction, halved because the neighbours move at the same time, and no longer than `step`.
        double dx = 0.5 * force.x / stiffness;
        double dy = 0.5 * force.y / stiffness;
        const double length = std::sqrt(dx * dx + dy * dy);
        if (length > step) {
          dx *= step / length;
          dy *= step / length;
        }
        next[at(node)] = {here.x + dx, here.y + dy};
      }
    });
    points.swap(next);
    progress.advance();
  }
  return normalise(points);
}

}  // namespace jianwei::analysis

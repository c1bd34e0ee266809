#include "analysis/map/neighbour_weights.h"

#include <algorithm>
#include <cmath>

#include "base/parallel.h"

namespace jianwei::analysis {
namespace {

constexpr int kBisections = 40;
constexpr double kLeastWeight = 1e-3;  // weaker links are pulled in no epoch

std::size_t at(std::int64_t i) { return static_cast<std::size_t>(i); }

// v_j|i of one row; sigma by bisection.
void weigh_row(const NeighbourLists& lists, std::int64_t row, float* weights) {
  const std::int32_t k = lists.neighbour_count;
  std::vector<double> distances;
  for (std::int64_t i = row * k; i < (row + 1) * k && lists.ids[at(i)] >= 0; ++i) distances.push_back(std::max(0.0, 1.0 - static_cast<double>(lists.similarities[at(i)])));
  if (distances.empty()) return;
  double nearest = 0.0;
  for (const double distance : distances) {
    if (distance > 0.0) {
      nearest = distance;
      break;
    }
  }
  const double wanted = std::max(1.0, std::log2(static_cast<double>(distances.size())));
  double low = 0.0, high = 0.0, sigma = 1.0;
  for (int step = 0; step < kBisections; ++step) {
    double sum = 0.0;
    for (const double distance : distances) sum += std::exp(-std::max(0.0, distance - nearest) / sigma);
    (sum > wanted ? high : low) = sigma;
    sigma = high == 0.0 ? 2.0 * sigma : 0.5 * (low + high);
    if (sigma > 1e3) break;
  }
  double mean = 0.0;
  for (const double distance : distances) mean += distance / static_cast<double>(distances.size());
  sigma = std::max(sigma, 1e-3 * mean + 1e-12);  // as in UMAP: ties must not make it vanish
  for (std::size_t i = 0; i < distances.size(); ++i) weights[i] = static_cast<float>(std::exp(-std::max(0.0, distances[i] - nearest) / sigma));
}

}  // namespace

NeighbourWeights weigh_neighbours(const NeighbourLists& lists, int thread_count) {
  const std::int64_t rows = lists.row_count();
  const std::int64_t k = lists.neighbour_count;
  std::vector<float> directed(lists.ids.size(), 0.0f);
  parallel_blocks(rows, 1024, thread_count, [&](std::int64_t, std::int64_t begin, std::int64_t end) {
    for (std::int64_t row = begin; row < end; ++row) weigh_row(lists, row, directed.data() + row * k);
  });
  // Both directions of every link, row by row: first those that name the row, then its own.
  struct Link {
    std::int32_t other;
    float out, in;
  };
  std::vector<std::int64_t> offsets(at(rows + 1), 0);
  for (std::int64_t row = 0; row < rows; ++row) {
    for (std::int64_t i = row * k; i < (row + 1) * k && lists.ids[at(i)] >= 0; ++i) {
      ++offsets[at(row + 1)];
      ++offsets[at(lists.ids[at(i)]) + 1];
    }
  }
  for (std::int64_t row = 0; row < rows; ++row) offsets[at(row + 1)] += offsets[at(row)];
  std::vector<Link> links(at(offsets[at(rows)]));
  std::vector<std::int64_t> next(offsets.begin(), offsets.end() - 1);
  for (std::int64_t row = 0; row < rows; ++row) {
    for (std::int64_t i = row * k; i < (row + 1) * k && lists.ids[at(i)] >= 0; ++i) {
      const std::int32_t other = lists.ids[at(i)];
      links[at(next[at(row)]++)] = {other, directed[at(i)], 0.0f};
      links[at(next[at(other)]++)] = {static_cast<std::int32_t>(row), 0.0f, directed[at(i)]};
    }
  }
  NeighbourWeights graph;
  graph.offsets.push_back(0);
  for (std::int64_t row = 0; row < rows; ++row) {
    const auto begin = links.begin() + offsets[at(row)];
    const auto end = links.begin() + offsets[at(row + 1)];
    std::sort(begin, end, [](const Link& a, const Link& b) { return a.other != b.other ? a.other < b.other : a.out > b.out; });
    for (auto link = begin; link != end;) {
      float out = 0.0f, in = 0.0f;
      const std::int32_t other = link->other;
      for (; link != end && link->other == other; ++link) {
        out = std::max(out, link->out);
        in = std::max(in, link->in);
      }
      const float weight = out + in - out * in;
      if (weight < static_cast<float>(kLeastWeight)) continue;
      graph.neighbours.push_back(other);
      graph.weights.push_back(weight);
    }
    graph.offsets.push_back(std::ssize(graph.neighbours));
  }
  return graph;
}

}  // namespace jianwei::analysis

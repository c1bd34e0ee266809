// An edge of weight w is pulled in the share w / max w of the epochs, spread evenly; which epochs is counted, not drawn. What a pull pushes away is drawn from
// (seed, epoch, row) alone.
#include "analysis/map/map_layout.h"

#include <algorithm>
#include <cmath>

#include "analysis/map/neighbour_weights.h"
#include "analysis/vectors/dense.h"
#include "base/hash.h"
#include "base/parallel.h"
#include "base/random.h"

namespace jianwei::analysis {
namespace {

constexpr std::int64_t kGroups = 4;
constexpr std::int32_t kMostEpochs = 32'000;
constexpr std::int64_t kBlock = 512;          // rows of a group that one thread moves at a time
constexpr float kLargestStep = 4.0f;          // of one gradient, as in UMAP
constexpr float kNearest = 1e-3f;             // squared distance below which pushing stops growing
constexpr float kStartSpread = 5.0f;          // root mean square of the start along its longer axis
constexpr float kKnownShare = 0.1f;           // of a step, for points that stood somewhere before

std::size_t at(std::int64_t i) { return static_cast<std::size_t>(i); }

float clip(float value) { return std::clamp(value, -kLargestStep, kLargestStep); }

// The two main directions of the vectors; sums in fixed blocks. Signs: the coordinate of the largest size is positive.
std::vector<MapPoint> principal_plane(const VectorTable& vectors, std::uint64_t seed, int thread_count) {
  DenseMatrix centred(vectors.row_count, vectors.dimensions);
  std::vector<double> mean(at(vectors.dimensions), 0.0);
  for (std::int64_t r = 0; r < vectors.row_count; ++r) {
    for (std::int32_t d = 0; d < vectors.dimensions; ++d) mean[at(d)] += vectors.row(r)[at(d)];
  }
  for (std::int64_t r = 0; r < vectors.row_count; ++r) {
    for (std::int32_t d = 0; d < vectors.dimensions; ++d) centred.row(r)[d] = vectors.row(r)[at(d)] - static_cast<float>(mean[at(d)] / static_cast<double>(vectors.row_count));
  }
  const Eigen eigen = symmetric_eigen(gram(centred, thread_count), vectors.dimensions);
  std::vector<double> plane(at(vectors.dimensions) * 2, 0.0);
  for (std::int32_t axis = 0; axis < std::min(2, vectors.dimensions); ++axis) {
    double largest = 0.0;
    for (std::int32_t d = 0; d < vectors.dimensions; ++d) {
      const double value = eigen.vectors[at(d) * at(vectors.dimensions) + at(axis)];
      if (std::abs(value) > std::abs(largest)) largest = value;
    }
    for (std::int32_t d = 0; d < vectors.dimensions; ++d) plane[at(d) * 2 + at(axis)] = eigen.vectors[at(d) * at(vectors.dimensions) + at(axis)] * (largest < 0 ? -1.0 : 1.0);
  }
  const DenseMatrix placed = multiply(centred, plane, 2, thread_count);
  const double variance = eigen.values.empty() ? 0.0 : eigen.values[0] / static_cast<double>(std::max<std::int64_t>(1, vectors.row_count));
  const float scale = variance > 0.0 ? kStartSpread / static_cast<float>(std::sqrt(variance)) : 1.0f;
  std::vector<MapPoint> points(at(vectors.row_count));
  for (std::int64_t r = 0; r < vectors.row_count; ++r) {
    Random random(seed, static_cast<std::uint64_t>(r));  // equal vectors must not stay on one spot
    points[at(r)] = {placed.row(r)[0] * scale + static_cast<float>(random.uniform() - 0.5) * 0.01f, placed.row(r)[1] * scale + static_cast<float>(random.uniform() - 0.5) * 0.01f};
  }
  return points;
}

// Known points stay; new ones go to the mean of their known neighbours, or by the mean of all.
std::vector<MapPoint> grown_start(const MapStart& start, const NeighbourLists& neighbours, std::uint64_t seed) {
  std::vector<MapPoint> points = start.points;
  MapPoint centre;
  double known_count = 0.0;
  for (std::size_t r = 0; r < points.size(); ++r) {
    if (start.known[r] == 0) continue;
    known_count += 1.0;
    centre.x += points[r].x;
    centre.y += points[r].y;
  }
  centre = {static_cast<float>(centre.x / known_count), static_cast<float>(centre.y / known_count)};
  const auto k = at(neighbours.neighbour_count);
  for (std::size_t r = 0; r < points.size(); ++r) {
    if (start.known[r] != 0) continue;
    float x = 0.0f, y = 0.0f, count = 0.0f;
    for (std::size_t i = r * k; i < (r + 1) * k && neighbours.ids[i] >= 0; ++i) {
      if (start.known[at(neighbours.ids[i])] == 0) continue;
      x += start.points[at(neighbours.ids[i])].x;
      y += start.points[at(neighbours.ids[i])].y;
      count += 1.0f;
    }
    Random random(seed, r);
    const float dx = static_cast<float>(random.uniform() - 0.5) * 0.1f;
    const float dy = static_cast<float>(random.uniform() - 0.5) * 0.1f;
    points[r] = count > 0.0f ? MapPoint{x / count + dx, y / count + dy} : MapPoint{centre.x + dx, centre.y + dy};
  }
  return points;
}

// A map that grew little needs few passes, as all but the new rows stand well already: a fifth of them, and all where half of the rows are new.
std::int32_t grown_epochs(std::int32_t epochs, std::int64_t new_count, std::int64_t count) {
  const double share = 0.2 + 1.6 * static_cast<double>(new_count) / static_cast<double>(count);
  return std::clamp(static_cast<std::int32_t>(std::lround(share * epochs)), std::min(epochs, 10), epochs);
}

struct Epoch {
  std::int32_t number = 0;
  float step = 0.0f;
};

// The pulls of an edge so far, weight * epochs in fixed point, rise by one in the epochs in which it is pulled.
std::vector<std::uint32_t> fixed_rates(const std::vector<float>& weights) {
  std::vector<std::uint32_t> rates;
  rates.reserve(weights.size());
  for (const float weight : weights) rates.push_back(static_cast<std::uint32_t>(std::lround(static_cast<double>(weight) * 65536.0)));
  return rates;
}
bool is_pulled(std::uint32_t rate, std::uint32_t epoch) { return (rate * (epoch + 1)) >> 16 != (rate * epoch) >> 16; }  // rate <= 2^16, epoch < 2^15

// Steele, Lea and Flood (2014), doi:10.1145/2660193.2660195 (splitmix64): a generator whose start costs nothing, as each row starts one in each epoch.
class Draws {
 public:
  Draws(std::uint64_t seed, std::uint64_t row, std::uint64_t epoch) : state_(hash_combine(hash_combine(seed, row), epoch)) {}
  std::uint32_t below(std::uint32_t bound) {
    state_ += 0x9e3779b97f4a7c15ULL;
    std::uint64_t z = state_;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
    return static_cast<std::uint32_t>(((z >> 32) * bound) >> 32);
  }

 private:
  std::uint64_t state_;
};

struct Pulls {
  const NeighbourWeights& graph;
  std::vector<std::uint32_t> rates;  // [edges]
};

MapPoint move_row(const Pulls& pulls, const std::vector<MapPoint>& points, std::int64_t row, const Epoch& epoch, const MapOptions& options) {
  MapPoint here = points[at(row)];
  Draws draws(options.seed ^ 0x6d6170, static_cast<std::uint64_t>(row), static_cast<std::uint64_t>(epoch.number));
  const auto count = static_cast<std::uint32_t>(points.size());
  for (std::int64_t e = pulls.graph.offsets[at(row)]; e < pulls.graph.offsets[at(row + 1)]; ++e) {
    if (!is_pulled(pulls.rates[at(e)], static_cast<std::uint32_t>(epoch.number))) continue;
    const MapPoint there = points[at(pulls.graph.neighbours[at(e)])];
    const float dx = here.x - there.x;
    const float dy = here.y - there.y;
    const float pull = 2.0f / (1.0f + dx * dx + dy * dy);
    here.x -= epoch.step * clip(pull * dx);
    here.y -= epoch.step * clip(pull * dy);
    for (std::int32_t n = 0; n < options.negative_count; ++n) {
      const std::int64_t other = draws.below(count);
      const float away_x = here.x - points[at(other)].x;
      const float away_y = here.y - points[at(other)].y;
      const float square = away_x * away_x + away_y * away_y;
      if (other == row || square == 0.0f) continue;
      const float push = 2.0f / ((kNearest + square) * (1.0f + square));
      here.x += epoch.step * clip(push * away_x);
      here.y += epoch.step * clip(push * away_y);
    }
  }
  return here;
}

// Rows without an edge feel nothing: a ring around the others shows that they are placed by no likeness.
void put_lonely_rows_on_border(const NeighbourWeights& graph, std::vector<MapPoint>& points, std::span<const std::uint8_t> known) {
  double x = 0.0, y = 0.0, count = 0.0, radius = 0.0;
  const auto lonely = [&](std::size_t r) { return graph.offsets[r] == graph.offsets[r + 1]; };
  for (std::size_t r = 0; r < points.size(); ++r) {
    if (lonely(r)) continue;
    x += points[r].x;
    y += points[r].y;
    count += 1.0;
  }
  if (count == 0.0) return;
  for (std::size_t r = 0; r < points.size(); ++r) {
    if (!lonely(r)) radius = std::max(radius, std::hypot(points[r].x - x / count, points[r].y - y / count));
  }
  constexpr double kGoldenAngle = 2.39996322972865332;
  for (std::size_t r = 0, n = 0; r < points.size(); ++r) {
    if (!lonely(r) || (!known.empty() && known[r] != 0)) continue;
    const double angle = kGoldenAngle * static_cast<double>(n++);
    points[r] = {static_cast<float>(x / count + 1.05 * radius * std::cos(angle)), static_cast<float>(y / count + 1.05 * radius * std::sin(angle))};
  }
}

}  // namespace

Result<DocumentMap> lay_out_map(const VectorTable& vectors, const NeighbourLists& neighbours, const MapStart& start, const MapOptions& options, Progress& progress) {
  if (options.epoch_count < 1 || options.epoch_count > kMostEpochs) return fail(ErrorKind::invalid_input, "epoch_count is {}, expected 1 to {}", options.epoch_count, kMostEpochs);
  if (options.negative_count < 0) return fail(ErrorKind::invalid_input, "negative_count is {}, expected at least 0", options.negative_count);
  if (neighbours.row_count() != vectors.row_count) return fail(ErrorKind::invalid_input, "neighbours of {} rows given for {} vectors", neighbours.row_count(), vectors.row_count);
  if (!start.points.empty() && (std::ssize(start.points) != vectors.row_count || start.known.size() != start.points.size())) {
    return fail(ErrorKind::invalid_input, "a start of {} points given for {} vectors", start.points.size(), vectors.row_count);
  }
  if (vectors.row_count == 0) return DocumentMap{};
  const NeighbourWeights graph = weigh_neighbours(neighbours, options.thread_count);
  const Pulls pulls{graph, fixed_rates(graph.weights)};
  const std::int64_t new_count = vectors.row_count - std::count(start.known.begin(), start.known.end(), std::uint8_t{1});
  const bool grown = 2 * new_count <= vectors.row_count && !start.points.empty();
  const std::int32_t epoch_count = grown ? grown_epochs(options.epoch_count, new_count, vectors.row_count) : options.epoch_count;
  std::vector<MapPoint> points = grown ? grown_start(start, neighbours, options.seed) : principal_plane(vectors, options.seed, options.thread_count);
  std::vector<MapPoint> next = points;

  const std::int64_t block_count = (vectors.row_count + kBlock - 1) / kBlock;
  progress.begin("map", epoch_count, "iterations");
  for (std::int32_t epoch = 0; epoch < epoch_count; ++epoch) {
    TRY(progress.check());
    const float step = 1.0f - static_cast<float>(epoch) / static_cast<float>(epoch_count);
    for (std::int64_t group = 0; group < kGroups; ++group) {
      const auto for_each_row = [&](auto use) {
        parallel_blocks((block_count - group + kGroups - 1) / kGroups, 1, options.thread_count, [&](std::int64_t number, std::int64_t, std::int64_t) {
          const std::int64_t begin = (number * kGroups + group) * kBlock;
          for (std::int64_t row = begin; row < std::min(vectors.row_count, begin + kBlock); ++row) use(row);
        });
      };
      for_each_row([&](std::int64_t row) {
        if (grown && start.hold_known && start.known[at(row)] != 0) return;
        const float share = grown && start.known[at(row)] != 0 ? kKnownShare : 1.0f;
        next[at(row)] = move_row(pulls, points, row, {epoch, step * share}, options);
      });
      for_each_row([&](std::int64_t row) { points[at(row)] = next[at(row)]; });
    }
    progress.advance();
  }
  put_lonely_rows_on_border(graph, points, grown ? std::span<const std::uint8_t>(start.known) : std::span<const std::uint8_t>());
  return DocumentMap{std::move(points)};
}

double trustworthiness(const VectorTable& vectors, std::span<const MapPoint> points, std::int32_t k, std::int64_t sample, int thread_count) {
  const std::int64_t rows = vectors.row_count;
  if (rows <= 3 * k + 1) return 1.0;
  const std::int64_t count = sample > 0 ? std::min(sample, rows) : rows;
  std::vector<double> excess(at(count), 0.0);
  parallel_blocks(count, 16, thread_count, [&](std::int64_t, std::int64_t begin, std::int64_t end) {
    std::vector<std::pair<float, std::int64_t>> near(at(rows));
    std::vector<float> similarity(at(rows));
    for (std::int64_t s = begin; s < end; ++s) {
      const std::int64_t row = s * rows / count;
      for (std::int64_t other = 0; other < rows; ++other) {
        const float dx = points[at(row)].x - points[at(other)].x;
        const float dy = points[at(row)].y - points[at(other)].y;
        near[at(other)] = {other == row ? -1.0f : dx * dx + dy * dy, other};
        float sum = 0.0f;
        for (std::int32_t d = 0; d < vectors.dimensions; ++d) sum += vectors.row(row)[at(d)] * vectors.row(other)[at(d)];
        similarity[at(other)] = sum;
      }
      std::nth_element(near.begin(), near.begin() + k + 1, near.end());
      for (std::int32_t i = 0; i <= k; ++i) {
        const std::int64_t other = near[at(i)].second;
        if (other == row) continue;
        std::int64_t rank = 1;
        for (std::int64_t third = 0; third < rows; ++third) rank += third != row && (similarity[at(third)] > similarity[at(other)] || (similarity[at(third)] == similarity[at(other)] && third < other));
        excess[at(s)] += std::max<double>(0.0, static_cast<double>(rank - k));
      }
    }
  });
  double sum = 0.0;
  for (const double one : excess) sum += one;
  return 1.0 - 2.0 / (static_cast<double>(count) * k * (2.0 * static_cast<double>(rows) - 3.0 * k - 1.0)) * sum;
}

}  // namespace jianwei::analysis

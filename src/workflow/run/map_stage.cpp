#include "workflow/run/map_stage.h"

#include <algorithm>
#include <unordered_map>

#include "analysis/map/map_layout.h"
#include "analysis/neighbours/neighbours.h"
#include "analysis/vectors/word_space.h"
#include "workflow/run/topic_stage.h"

namespace jianwei::workflow {
namespace {

constexpr std::int32_t kNeighbours = 15;      // UMAP's default
constexpr std::int32_t kDimensions = 64;      // a plane needs fewer than topics do
constexpr std::int64_t kJudged = 200;         // documents over which trustworthiness is measured

analysis::MapStart start_from(const MapResult& before, const std::vector<std::string>& record_ids) {
  analysis::MapStart start;
  if (before.empty()) return start;
  std::unordered_map<std::string_view, std::size_t> row_of;
  for (std::size_t i = 0; i < before.record_ids.size(); ++i) row_of.emplace(before.record_ids[i], i);
  start.points.resize(record_ids.size());
  start.known.resize(record_ids.size(), 0);
  for (std::size_t i = 0; i < record_ids.size(); ++i) {
    const auto found = row_of.find(record_ids[i]);
    if (found == row_of.end()) continue;
    start.points[i] = {before.x[found->second], before.y[found->second]};
    start.known[i] = 1;
  }
  return start;
}

// The value below which half of the weight lies.
double weighted_median(std::vector<std::pair<double, double>> values) {
  if (values.empty()) return 0.0;
  std::sort(values.begin(), values.end());
  double total = 0.0, sum = 0.0;
  for (const auto& [value, weight] : values) total += weight;
  for (const auto& [value, weight] : values) {
    sum += weight;
    if (2.0 * sum >= total) return value;
  }
  return values.back().first;
}

void place_topics(const analysis::DocumentTopics& topics, std::size_t topic_count, MapResult& map) {
  std::vector<std::vector<std::pair<double, double>>> x(topic_count), y(topic_count);
  map.topic.assign(map.x.size(), -1);
  for (std::size_t d = 0; d < map.x.size() && static_cast<std::int64_t>(d) < topics.document_count(); ++d) {
    float largest = 0.0f;
    for (auto e = static_cast<std::size_t>(topics.offsets[d]); e < static_cast<std::size_t>(topics.offsets[d + 1]); ++e) {
      const auto t = static_cast<std::size_t>(topics.topics[e]);
      if (topics.shares[e] > largest) {
        largest = topics.shares[e];
        map.topic[d] = topics.topics[e];
      }
      if (topics.shares[e] < kTopicShare) continue;
      x[t].emplace_back(map.x[d], topics.shares[e]);
      y[t].emplace_back(map.y[d], topics.shares[e]);
    }
  }
  for (std::size_t t = 0; t < topic_count; ++t) {
    map.topic_x.push_back(weighted_median(std::move(x[t])));
    map.topic_y.push_back(weighted_median(std::move(y[t])));
  }
}

}  // namespace

Result<MapResult> make_map(const Study& study, const analysis::Dataset& dataset, const std::vector<TermRow>& terms, const text::CountMatrix& counts,
                           const analysis::DocumentTopics& topics, std::size_t topic_count, const MapResult& before, Progress& progress) {
  const TopicWords words = keep_topic_terms(terms, counts);
  if (words.counts.column_count < 3 || words.counts.row_count < 3) return MapResult{};
  analysis::WordSpaceOptions space_options;
  space_options.dimensions = static_cast<std::int32_t>(std::min<std::int64_t>(kDimensions, words.counts.column_count));
  space_options.seed = study.seed;
  space_options.thread_count = study.thread_count;
  const analysis::WordSpace space = TRY(analysis::learn_word_space(words.counts, space_options, progress));
  const analysis::VectorTable vectors = TRY(analysis::place_documents(space, words.counts, study.thread_count));
  analysis::NeighbourOptions nearest;
  nearest.neighbour_count = kNeighbours;
  nearest.seed = study.seed;
  nearest.thread_count = study.thread_count;
  const analysis::NeighbourLists neighbours = TRY(analysis::nearest_neighbours(vectors, nearest, progress));
  analysis::MapOptions options;
  options.seed = study.seed;
  options.thread_count = study.thread_count;
  const analysis::DocumentMap placed = TRY(analysis::lay_out_map(vectors, neighbours, start_from(before, dataset.record_ids), options, progress));
  MapResult map;
  map.record_ids = dataset.record_ids;
  for (const analysis::MapPoint& point : placed.points) {
    map.x.push_back(point.x);
    map.y.push_back(point.y);
  }
  map.trustworthiness = analysis::trustworthiness(vectors, placed.points, kNeighbours, kJudged, study.thread_count);
  place_topics(topics, topic_count, map);
  return map;
}

}  // namespace jianwei::workflow

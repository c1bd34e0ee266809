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
constexpr double kAddedShare = 0.05;          // documents put into a map as it stands before it is laid out again
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

// The neighbours of the rows that are not known, among all; the others have none. A query finds itself, which is left out.
Result<analysis::NeighbourLists> neighbours_of_new(const analysis::VectorTable& vectors, const std::vector<std::uint8_t>& known, analysis::NeighbourOptions options, Progress& progress) {
  analysis::VectorTable queries;
  queries.dimensions = vectors.dimensions;
  std::vector<std::int32_t> rows;
  for (std::int64_t r = 0; r < vectors.row_count; ++r) {
    if (known[static_cast<std::size_t>(r)] != 0) continue;
    rows.push_back(static_cast<std::int32_t>(r));
    queries.values.insert(queries.values.end(), vectors.row(r).begin(), vectors.row(r).end());
  }
  queries.row_count = std::ssize(rows);
  const auto k = static_cast<std::size_t>(options.neighbour_count);
  analysis::NeighbourLists all;
  all.neighbour_count = options.neighbour_count;
  all.ids.assign(static_cast<std::size_t>(vectors.row_count) * k, -1);
  all.similarities.assign(all.ids.size(), 0.0f);
  if (rows.empty()) return all;
  ++options.neighbour_count;
  const analysis::NeighbourLists found = TRY(analysis::nearest_rows(vectors, queries, options, progress));
  for (std::size_t q = 0; q < rows.size(); ++q) {
    auto out = static_cast<std::size_t>(rows[q]) * k;
    const std::size_t end = out + k;
    for (std::size_t i = q * (k + 1); i < (q + 1) * (k + 1) && out < end; ++i) {
      if (found.ids[i] < 0 || found.ids[i] == rows[q]) continue;
      all.ids[out] = found.ids[i];
      all.similarities[out++] = found.similarities[i];
    }
  }
  return all;
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

}  // namespace

void place_map_topics(const analysis::DocumentTopics& topics, std::size_t topic_count, MapResult& map) {
  map.topic_x.clear();
  map.topic_y.clear();
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

namespace {

std::vector<std::string> ids_of(const TopicWords& words, const std::vector<TermRow>& terms) {
  std::vector<std::string> ids;
  for (const std::int32_t term : words.terms) ids.push_back(terms[static_cast<std::size_t>(term)].id);
  return ids;
}

Result<MapSpace> learn_space(const Study& study, const TopicWords& words, const std::vector<TermRow>& terms, Progress& progress) {
  analysis::WordSpaceOptions options;
  options.dimensions = static_cast<std::int32_t>(std::min<std::int64_t>(kDimensions, words.counts.column_count));
  options.seed = study.seed;
  options.thread_count = study.thread_count;
  return MapSpace{ids_of(words, terms), TRY(analysis::learn_word_space(words.counts, options, progress))};
}

// A space of other words as one of these; words that it lacks say nothing.
analysis::WordSpace space_of(const MapSpace& before, const std::vector<std::string>& words) {
  std::unordered_map<std::string_view, std::int64_t> row_of;
  for (std::size_t w = 0; w < before.words.size(); ++w) row_of.emplace(before.words[w], static_cast<std::int64_t>(w));
  const analysis::VectorTable& from = before.space.words;
  analysis::WordSpace space;
  space.common = before.space.common;
  space.words = {std::ssize(words), from.dimensions, std::vector<float>(words.size() * static_cast<std::size_t>(from.dimensions), 0.0F)};
  space.word_weights.assign(words.size(), 0.0F);
  for (std::size_t w = 0; w < words.size(); ++w) {
    const auto found = row_of.find(words[w]);
    if (found == row_of.end()) continue;
    std::copy(from.row(found->second).begin(), from.row(found->second).end(), space.words.row(static_cast<std::int64_t>(w)).begin());
    space.word_weights[w] = before.space.word_weights[static_cast<std::size_t>(found->second)];
  }
  return space;
}

struct Placed {
  std::vector<analysis::MapPoint> points;
  double trustworthiness = 0.0;
};

Result<Placed> lay_out(const Study& study, const analysis::VectorTable& vectors, const analysis::MapStart& start, Progress& progress) {
  analysis::NeighbourOptions nearest;
  nearest.neighbour_count = kNeighbours;
  nearest.seed = study.seed;
  nearest.thread_count = study.thread_count;
  const analysis::NeighbourLists neighbours = start.hold_known ? TRY(neighbours_of_new(vectors, start.known, nearest, progress)) : TRY(analysis::nearest_neighbours(vectors, nearest, progress));
  analysis::MapOptions options;
  options.seed = study.seed;
  options.thread_count = study.thread_count;
  Placed placed{TRY(analysis::lay_out_map(vectors, neighbours, start, options, progress)).points, 0.0};
  if (!start.hold_known) placed.trustworthiness = analysis::trustworthiness(vectors, placed.points, kNeighbours, kJudged, study.thread_count);
  return placed;
}

}  // namespace

Result<MapState> make_map(const Study& study, const analysis::Dataset& dataset, const std::vector<TermRow>& terms, const text::CountMatrix& counts,
                          const analysis::DocumentTopics& topics, std::size_t topic_count, const MapState& before, Progress& progress) {
  const TopicWords words = keep_topic_terms(terms, counts);
  if (words.counts.column_count < 3 || words.counts.row_count < 3) return MapState{};
  analysis::MapStart start = start_from(before.artifact.map, dataset.record_ids);
  const std::int64_t new_count = std::count(start.known.begin(), start.known.end(), std::uint8_t{0});
  const std::int64_t added = before.artifact.added_documents + new_count;
  start.hold_known = !start.points.empty() && !before.space.empty() && static_cast<double>(added) <= kAddedShare * static_cast<double>(words.counts.row_count);

  MapState made;
  Placed placed{start.points, 0.0};
  if (start.hold_known) {
    made.artifact.added_documents = added;
    made.artifact.space = before.artifact.space;
    if (new_count > 0) placed = TRY(lay_out(study, TRY(analysis::place_documents(space_of(before.space, ids_of(words, terms)), words.counts, study.thread_count)), start, progress));
    placed.trustworthiness = before.artifact.map.trustworthiness;
  } else {
    made.space = TRY(learn_space(study, words, terms, progress));
    placed = TRY(lay_out(study, TRY(analysis::place_documents(made.space.space, words.counts, study.thread_count)), start, progress));
  }
  MapResult& map = made.artifact.map;
  map.record_ids = dataset.record_ids;
  for (const analysis::MapPoint& point : placed.points) {
    map.x.push_back(point.x);
    map.y.push_back(point.y);
  }
  map.trustworthiness = placed.trustworthiness;
  place_map_topics(topics, topic_count, map);
  return made;
}

}  // namespace jianwei::workflow

#include "workflow/views/map.h"

#include <algorithm>
#include <cstring>
#include <type_traits>

#include "workflow/indicators/indicators.h"
#include "workflow/views/documents.h"
#include "workflow/views/href.h"

namespace jianwei::workflow {
namespace {

std::size_t at(std::int64_t i) { return static_cast<std::size_t>(i); }

// The lowest bytes first on every machine.
template <class T>
void append(std::string& out, T value) {
  using Bits = std::conditional_t<sizeof(T) == 4, std::uint32_t, std::conditional_t<sizeof(T) == 2, std::uint16_t, std::uint8_t>>;
  Bits bits = 0;
  std::memcpy(&bits, &value, sizeof value);
  for (std::size_t i = 0; i < sizeof value; ++i) out.push_back(static_cast<char>((bits >> (8 * i)) & 0xff));
}

Result<> check(const StudyResult& result) {
  if (result.map.empty()) return fail(ErrorKind::not_found, "run {} has no map: there are too few records with words", result.run_id);
  return {};
}

// Areas or domains, each in the middle of its topics by their documents.
template <class LevelOf>
void write_levels(JsonWriter& json, const ResultIndex& index, std::string_view name, const std::vector<LevelRow>& levels, LevelOf level_of) {
  const StudyResult& result = index.result();
  std::vector<double> x(levels.size(), 0.0), y(levels.size(), 0.0), weight(levels.size(), 0.0);
  for (std::size_t k = 0; !levels.empty() && k < result.topics.size(); ++k) {
    const auto documents = static_cast<double>(index.documents(Unit::topic, k).size());
    const std::size_t level = level_of(k);
    x[level] += documents * result.map.topic_x[k];
    y[level] += documents * result.map.topic_y[k];
    weight[level] += documents;
  }
  json.key(name).begin_array();
  for (std::size_t i = 0; i < levels.size(); ++i) {
    if (weight[i] <= 0.0) continue;
    json.begin_object().field("id", levels[i].id).field("label_zh", levels[i].label_zh).field("label_en", levels[i].label_en).field("x", x[i] / weight[i]).field("y", y[i] / weight[i]).field("documents", levels[i].document_count).end_object();
  }
  json.end_array();
}

}  // namespace

Result<std::string> map_json(const ResultIndex& index, Language language, std::string_view base) {
  const StudyResult& result = index.result();
  TRY(check(result));
  JsonWriter json;
  json.begin_object().field("run", result.run_id).field("snapshot", result.snapshot_id).field("n", result.map.x.size()).field("trustworthiness", result.map.trustworthiness).key("topics").begin_array();
  for (std::size_t k = 0; k < result.topics.size(); ++k) {
    const TopicRow& topic = result.topics[k];
    json.begin_object().field("id", topic.id).field("label", unit_label(result, {Unit::topic, k}, language)).field("label_zh", topic.label_zh).field("label_en", topic.label_en);
    json.field("x", result.map.topic_x[k]).field("y", result.map.topic_y[k]).field("documents", index.documents(Unit::topic, k).size());
    json.field("log_slope", result.topic_results.indicators[k].rate.log_slope).field("rank", result.topic_results.emergence[k].rank);
    if (!result.topic_levels.empty()) {
      const LevelRow& area = result.topic_levels.areas[at(result.topic_levels.topic_area[k])];
      const LevelRow& domain = result.topic_levels.domains[at(area.parent)];
      json.key("area").begin_object().field("id", area.id).field("label_zh", area.label_zh).field("label_en", area.label_en).end_object();
      json.key("domain").begin_object().field("id", domain.id).field("label_zh", domain.label_zh).field("label_en", domain.label_en).end_object();
    }
    write_href(json, "documents_href", base, "topics/" + topic.id + "/documents");
    json.end_object();
  }
  json.end_array();
  write_levels(json, index, "areas", result.topic_levels.areas, [&](std::size_t k) { return at(result.topic_levels.topic_area[k]); });
  write_levels(json, index, "domains", result.topic_levels.domains, [&](std::size_t k) { return at(result.topic_levels.areas[at(result.topic_levels.topic_area[k])].parent); });
  for (const auto& [name, group] : {std::pair{"kinds", Group::kind}, std::pair{"languages", Group::language}, std::pair{"sources", Group::source}}) {
    json.key(name).begin_array();
    for (const std::string& value : index.names(group)) json.value(value);
    json.end_array();
  }
  std::int16_t first = 0, last = 0;
  for (const std::int16_t year : result.dataset.year) {
    if (year == 0) continue;
    first = first == 0 ? year : std::min(first, year);
    last = std::max(last, year);
  }
  json.field("first_year", first).field("last_year", last);
  write_href(json, "points_href", base, "map/points");
  return json.end_object().text();
}

Result<std::string> map_points(const ResultIndex& index) {
  const StudyResult& result = index.result();
  TRY(check(result));
  const analysis::Dataset& data = result.dataset;
  const std::size_t n = result.map.x.size();
  std::string out = "JWM1";
  out.reserve(8 + 15 * n + 4);
  append(out, static_cast<std::uint32_t>(n));
  for (const float x : result.map.x) append(out, x);
  for (const float y : result.map.y) append(out, y);
  for (const std::int32_t topic : result.map.topic) append(out, topic < 0 || topic >= kNoTopic ? kNoTopic : static_cast<std::uint16_t>(topic));
  for (std::size_t d = 0; d < n; ++d) append(out, data.year[d]);
  const auto byte = [](std::int64_t value) { return static_cast<std::uint8_t>(std::clamp<std::int64_t>(value, 0, 255)); };
  for (std::size_t d = 0; d < n; ++d) append(out, byte(data.kind[d]));
  for (std::size_t d = 0; d < n; ++d) append(out, byte(data.language[d]));
  for (std::size_t d = 0; d < n; ++d) append(out, byte(data.source[d]));
  out.append((4 - out.size() % 4) % 4, '\0');
  return out;
}

Result<std::string> map_documents_json(const ResultIndex& index, const std::vector<std::int64_t>& places, std::string_view base) {
  const StudyResult& result = index.result();
  TRY(check(result));
  JsonWriter json;
  json.begin_object().key("items").begin_array();
  for (const std::int64_t place : places) {
    if (place < 0 || place >= std::ssize(result.map.x)) return fail(ErrorKind::invalid_input, "the map has {} points, there is none at {}", result.map.x.size(), place);
    write_document(json, index, static_cast<std::int32_t>(place), {}, base);
  }
  return json.end_array().key("next_cursor").null().field("total", places.size()).end_object().text();
}

}  // namespace jianwei::workflow

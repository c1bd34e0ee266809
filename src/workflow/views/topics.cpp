#include "workflow/views/topics.h"

#include <algorithm>

#include "base/strings.h"
#include "workflow/views/href.h"

namespace jianwei::workflow {
namespace {

void write_level(JsonWriter& json, const LevelRow& level) {
  json.begin_object().field("id", level.id).key("label").begin_object().field("zh", level.label_zh).field("en", level.label_en).end_object().field("documents", level.document_count).end_object();
}

void write_topic_ids(JsonWriter& json, std::string_view name, const std::vector<std::int64_t>& numbers) {
  json.key(name).begin_array();
  for (const std::int64_t number : numbers) json.value(fmt::format("topic-{}", number));
  json.end_array();
}

}  // namespace

void write_topic(JsonWriter& json, const StudyResult& result, std::size_t k, std::string_view base) {
  json.begin_object();
  write_topic_fields(json, result, k, base);
  json.end_object();
}

void write_topic_fields(JsonWriter& json, const StudyResult& result, std::size_t k, std::string_view base) {
  const TopicRow& topic = result.topics[k];
  const UnitResults& units = result.topic_results;
  json.field("id", topic.id).key("label").begin_object().field("zh", topic.label_zh).field("en", topic.label_en).end_object();
  json.key("terms").begin_array();
  for (const auto& [term, weight] : topic.terms) json.begin_array().value(result.terms[static_cast<std::size_t>(term)].label).value(weight).end_array();
  json.end_array().field("documents", units.documents.offsets[k + 1] - units.documents.offsets[k]).key("series").begin_object();
  for (std::int64_t y = 0; y < units.series.years.count(); ++y) {
    json.field(std::to_string(units.series.years.first + y), units.series.count_row(static_cast<std::int64_t>(k))[static_cast<std::size_t>(y)]);
  }
  const Indicators& indicators = units.indicators[k];
  json.end_object().key("quality").begin_object().field("npmi", topic.npmi).field("exclusivity", topic.exclusivity).field("weight", topic.document_weight).end_object();
  if (!result.topic_levels.empty()) {
    const LevelRow& area = result.topic_levels.areas[static_cast<std::size_t>(result.topic_levels.topic_area[k])];
    write_level(json.key("area"), area);
    write_level(json.key("domain"), result.topic_levels.domains[static_cast<std::size_t>(area.parent)]);
  }
  json.key("growth").begin_object().field("log_slope", indicators.rate.log_slope).field("low", indicators.rate.low).field("high", indicators.rate.high);
  json.field("count", indicators.windows.growth_count).field("diversity", indicators.growth_diversity_organisations).field("change", indicators.change).end_object();
  write_href(json, "documents_href", base, "topics/" + topic.id + "/documents");
}

std::string topics_json(const StudyResult& result) {
  JsonWriter json;
  json.begin_array();
  for (std::size_t k = 0; k < result.topics.size(); ++k) write_topic(json, result, k);
  return json.end_array().text();
}

std::string topic_quality_json(const StudyResult& result, const TopicQualitySheet& quality) {
  JsonWriter json;
  json.begin_object().field("run", result.run_id).field("method", to_string(result.study.topic_method)).field("coverage", quality.coverage).field("diversity", quality.diversity);
  json.key("adjusted_rand_seeds").begin_array();
  for (const double value : quality.seed_rand) json.value(value);
  json.end_array().key("adjusted_rand_subsamples").begin_array();
  for (const double value : quality.sample_rand) json.value(value);
  json.end_array().key("topics").begin_array();
  for (std::size_t k = 0; k < quality.topics.size(); ++k) {
    const TopicQualityRow& row = quality.topics[k];
    json.begin_object().field("id", result.topics[k].id).field("npmi", row.npmi).field("exclusivity", row.exclusivity).field("coverage", row.coverage);
    json.field("seed_stability", row.seed_stability).field("sample_stability", row.sample_stability).end_object();
  }
  return json.end_array().end_object().text();
}

bool concerns(const store::TopicEventRow& event, std::int64_t number) {
  return std::find(event.from.begin(), event.from.end(), number) != event.from.end() || std::find(event.to.begin(), event.to.end(), number) != event.to.end();
}

void write_generation(JsonWriter& json, const store::TopicGenerationRow& generation, std::int64_t wanted) {
  json.begin_object().field("generation", generation.id).field("created", generation.created_at).field("snapshot", generation.snapshot_id).field("started_from_last_model", generation.warm);
  json.field("records", generation.record_count).field("shared_documents", generation.shared_count).field("kept_documents", generation.kept_count).field("adjusted_rand", generation.adjusted_rand);
  json.key("topics").begin_array();
  for (const store::GenerationTopicRow& topic : generation.topics) {
    if (wanted != 0 && topic.number != wanted) continue;
    json.begin_object().field("id", fmt::format("topic-{}", topic.number)).field("documents", topic.document_count);
    json.key("label").begin_object().field("zh", topic.label_zh).field("en", topic.label_en).end_object().end_object();
  }
  json.end_array().key("events").begin_array();
  for (const store::TopicEventRow& event : generation.events) {
    if (wanted != 0 && !concerns(event, wanted)) continue;
    json.begin_object().field("event", event.kind);
    write_topic_ids(json, "from", event.from);
    write_topic_ids(json, "to", event.to);
    json.field("overlap", event.overlap).field("documents_before", event.documents_before).field("documents_after", event.documents_after);
    json.field("documents_shared", event.documents_shared).key("evidence").begin_array();
    for (const std::string& id : event.evidence) json.value(id);
    json.end_array().end_object();
  }
  json.end_array().end_object();
}

std::string topic_history_json(const std::vector<store::TopicGenerationRow>& generations, std::int64_t wanted) {
  JsonWriter json;
  json.begin_array();
  for (const store::TopicGenerationRow& generation : generations) write_generation(json, generation, wanted);
  return json.end_array().text();
}

Result<std::int64_t> parse_topic_number(std::string_view text, const std::vector<store::TopicGenerationRow>& generations) {
  if (text.empty()) return 0;
  const std::string digits(text.starts_with("topic-") ? text.substr(6) : text);
  if (digits.empty() || digits.size() > 9 || digits.find_first_not_of("0123456789") != std::string::npos) return fail(ErrorKind::invalid_input, "\"{}\" is no topic id: write topic-12", text);
  const std::int64_t number = std::stoll(digits);
  for (const store::TopicGenerationRow& generation : generations) {
    for (const store::GenerationTopicRow& topic : generation.topics) {
      if (topic.number == number) return number;
    }
  }
  return fail(ErrorKind::not_found, "no run of this study had a topic-{}: `jianwei topics` lists the present ones", number);
}

}  // namespace jianwei::workflow

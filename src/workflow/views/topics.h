// The topics of a run, their quality and their history over runs, as JSON.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/json_writer.h"
#include "store/topic_rows.h"
#include "workflow/run/results.h"
#include "workflow/run/topic_checks.h"

namespace jianwei::workflow {

void write_topic(JsonWriter& json, const StudyResult& result, std::size_t topic, std::string_view base = {});
// The same into the object that is open.
void write_topic_fields(JsonWriter& json, const StudyResult& result, std::size_t topic, std::string_view base);

// One run of the lineage; of a topic (number > 0) only what concerns it.
void write_generation(JsonWriter& json, const store::TopicGenerationRow& generation, std::int64_t topic_number);

// `topics --json`, `topics --quality --json`, `topics --history --json`
std::string topics_json(const StudyResult& result);
std::string topic_quality_json(const StudyResult& result, const TopicQualitySheet& quality);
std::string topic_history_json(const std::vector<store::TopicGenerationRow>& generations, std::int64_t topic_number);

// Whether a topic took part in an event.
bool concerns(const store::TopicEventRow& event, std::int64_t topic_number);

// "topic-12" or "12" of any generation; "" is 0, every topic. Errors: invalid_input, not_found
Result<std::int64_t> parse_topic_number(std::string_view text, const std::vector<store::TopicGenerationRow>& generations);

}  // namespace jianwei::workflow

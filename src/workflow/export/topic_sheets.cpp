#include "workflow/export/topic_sheets.h"

#include <algorithm>

#include "base/strings.h"

namespace jianwei::workflow {
namespace {

constexpr const char* kPeriodEvents[] = {"birth", "growth", "stable", "decline", "split", "merge", "death"};

std::string topic_ids(const std::vector<std::int64_t>& numbers) {
  std::string text;
  for (const std::int64_t number : numbers) text += fmt::format("{}topic-{}", text.empty() ? "" : " ", number);
  return text;
}

std::string period_name(const TopicPeriods& periods, std::size_t p) {
  const auto [first, last] = periods.years[p];
  return first == last ? std::to_string(first) : fmt::format("{}-{}", first, last);
}

// What happened to a unit on its way into its period; "" in the first one. A part of a split carries "split".
std::string event_of(const TopicPeriods& periods, std::size_t p, std::int32_t unit) {
  std::string names;
  for (const analysis::EvolutionStep& step : periods.evolution.steps) {
    if (step.period != static_cast<std::int32_t>(p) || std::find(step.to.begin(), step.to.end(), unit) == step.to.end()) continue;
    names += std::string(names.empty() ? "" : " ") + kPeriodEvents[static_cast<std::size_t>(step.event)];
  }
  return names;
}

}  // namespace

products::Sheet topic_event_sheet(const std::vector<store::TopicGenerationRow>& generations) {
  products::Sheet sheet{"topics-events", {"generation", "created", "snapshot", "event", "from", "to", "overlap", "documents_before", "documents_after", "documents_shared", "evidence"}, {}};
  for (const store::TopicGenerationRow& generation : generations) {
    for (const store::TopicEventRow& event : generation.events) {
      sheet.rows.push_back({generation.id, generation.created_at, generation.snapshot_id, event.kind, topic_ids(event.from), topic_ids(event.to), event.overlap, event.documents_before, event.documents_after,
                            event.documents_shared, join(event.evidence, " ")});
    }
  }
  return sheet;
}

products::Sheet topic_period_sheet(const StudyResult& result, const TopicPeriods& periods) {
  products::Sheet sheet{"topics-periods", {"period", "first_year", "last_year", "topic", "label_zh", "label_en", "documents", "share", "event", "line"}, {}};
  for (std::size_t p = 0; p < periods.years.size(); ++p) {
    for (std::size_t u = 0; u < periods.topics[p].size(); ++u) {
      const TopicRow& topic = result.topics[static_cast<std::size_t>(periods.topics[p][u])];
      sheet.rows.push_back({period_name(periods, p), std::int64_t{periods.years[p].first}, std::int64_t{periods.years[p].second}, topic.id, topic.label_zh, topic.label_en, periods.weights[p][u],
                            periods.weights[p][u] / periods.documents[p], event_of(periods, p, static_cast<std::int32_t>(u)), std::int64_t{periods.evolution.lines[p][u]}});
    }
  }
  return sheet;
}

products::Sheet topic_link_sheet(const StudyResult& result, const TopicPeriods& periods) {
  products::Sheet sheet{"topics-links", {"from_period", "from_topic", "to_period", "to_topic", "similarity"}, {}};
  for (const analysis::EvolutionLink& link : periods.evolution.links) {
    const auto p = static_cast<std::size_t>(link.period);
    const auto topic = [&](std::size_t period, std::int32_t unit) { return result.topics[static_cast<std::size_t>(periods.topics[period][static_cast<std::size_t>(unit)])].id; };
    sheet.rows.push_back({period_name(periods, p), topic(p, link.from), period_name(periods, p + 1), topic(p + 1, link.to), link.similarity});
  }
  return sheet;
}

}  // namespace jianwei::workflow

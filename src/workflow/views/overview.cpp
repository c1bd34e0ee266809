#include "workflow/views/overview.h"

#include <algorithm>

#include "base/strings.h"
#include "workflow/run/indicator_stage.h"
#include "workflow/views/emerging.h"
#include "workflow/views/href.h"
#include "workflow/views/unit_series.h"

namespace jianwei::workflow {
namespace {

// "why" names the largest parts of the score, in words.
void write_leader(JsonWriter& json, const ResultIndex& index, std::size_t topic, Language language, std::string_view base) {
  const StudyResult& result = index.result();
  const EmergingRow row = emerging_row(result, Unit::topic, topic, language);
  const Emergence& emergence = result.topic_results.emergence[topic];
  std::string why;
  for (const Component* part : largest_contributions(emergence, 3)) why += fmt::format("{}{} {:+.2f}", why.empty() ? "" : message(language, "report.list_separator"), message(language, "component." + part->name), part->contribution);
  const Indicators& indicators = result.topic_results.indicators[topic];
  json.begin_object().field("id", row.id).field("label", row.label).field("label_zh", row.label_zh).field("label_en", row.label_en).field("score", emergence.score).field("rank", emergence.rank).field("rising", rises(result.topic_results, topic)).field("why", why);
  json.field("documents", row.documents).key("growth").begin_object().field("count", indicators.windows.growth_count).field("log_slope", indicators.rate.log_slope).field("low", indicators.rate.low).field("high", indicators.rate.high).end_object();
  write_spark(json, result, Unit::topic, topic);
  write_href(json, "documents_href", base, "topics/" + row.id + "/documents");
  json.end_object();
}

void write_years(JsonWriter& json, const DataProfile& profile) {
  json.key("years").begin_array();
  for (std::size_t i = 0; i < profile.years.size();) {
    const std::int64_t year = profile.years[i].first.first;
    // A record that two sources tell of counts once in the year and once with each source.
    const auto counted = profile.status.years.find(year);
    json.begin_object().field("year", year).field("count", counted == profile.status.years.end() ? 0 : counted->second).key("by_source").begin_object();
    for (; i < profile.years.size() && profile.years[i].first.first == year; ++i) json.field(profile.years[i].first.second, profile.years[i].second);
    json.end_object().end_object();
  }
  json.end_array();
}

}  // namespace

std::string overview_json(const DataProfile& profile, const ResultIndex* index, const OverviewCounts& counts, Language language, std::string_view base) {
  const WorkspaceStatus& status = profile.status;
  JsonWriter json;
  json.begin_object().field("name", status.name).field("snapshot", status.snapshot_id).field("records", status.record_count).field("source_records", status.source_record_count).key("records_by_kind").begin_object();
  for (const auto& [kind, count] : status.kinds) json.field(kind, count);
  json.end_object().key("sources").begin_array();
  for (const auto& [name, count] : status.sources) json.begin_object().field("name", name).field("records", count).end_object();
  json.end_array();
  write_years(json, profile);
  json.field("judgements", counts.judgements).field("open_conflicts", counts.open_conflicts).field("open_alerts", counts.open_alerts).field("last_import", profile.last_import);
  json.field("topics", index == nullptr ? 0 : index->result().topics.size()).field("terms", index == nullptr ? 0 : index->result().terms.size()).key("last_run");
  if (index == nullptr) {
    json.null().key("emerging").begin_array();
  } else {
    const StudyResult& result = index->result();
    json.begin_object().field("id", result.run_id).field("at", result.created).field("snapshot", result.snapshot_id).field("documents", result.dataset.document_count()).field("synthetic", result.synthetic).end_object();
    write_hindcast_summary(json, index->hindcast());
    json.key("emerging").begin_array();
    const std::vector<std::size_t>& ranking = index->ranking(Unit::topic, Candidates::rising_first);
    for (std::size_t i = 0; i < std::min(kShortList, ranking.size()); ++i) write_leader(json, *index, ranking[i], language, base);
  }
  return json.end_array().end_object().text();
}

}  // namespace jianwei::workflow

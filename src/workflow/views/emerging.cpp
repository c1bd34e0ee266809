#include "workflow/views/emerging.h"

#include <algorithm>

#include "base/sentence.h"
#include "workflow/report/forecast_view.h"
#include "workflow/views/href.h"
#include "workflow/views/unit_series.h"

namespace jianwei::workflow {

EmergingRow emerging_row(const StudyResult& result, Unit unit, std::size_t u, Language language) {
  const UnitResults& units = result.results(unit);
  EmergingRow row;
  row.unit = u;
  row.documents = units.documents.offsets[u + 1] - units.documents.offsets[u];
  if (unit == Unit::term) {
    const TermRow& term = result.terms[u];
    row.id = term.id;
    row.label = term.label;
    row.label_zh = term.label_zh;
    row.label_en = term.label_en;
    row.forms = term.forms;
  } else {
    const TopicRow& topic = result.topics[u];
    row.id = topic.id;
    row.label_zh = topic.label_zh;
    row.label_en = topic.label_en;
    row.label = language == Language::zh ? topic.label_zh : topic.label_en;
    for (std::size_t i = 0; i < std::min<std::size_t>(10, topic.terms.size()); ++i) row.forms.push_back(result.terms[static_cast<std::size_t>(topic.terms[i].first)].label);
  }
  return row;
}

std::vector<EmergingRow> emerging_rows(const StudyResult& result, Unit unit, std::size_t count, Candidates which, Language language) {
  std::vector<EmergingRow> rows;
  for (const std::size_t u : top_emerging(result.results(unit), count, which)) rows.push_back(emerging_row(result, unit, u, language));
  return rows;
}

void write_emerging(JsonWriter& json, const StudyResult& result, Unit unit, const EmergingRow& row, std::string_view base) {
  const UnitResults& units = result.results(unit);
  const Emergence& emergence = units.emergence[row.unit];
  const Indicators& indicators = units.indicators[row.unit];
  json.begin_object().field("id", row.id).field("label", row.label).field("label_zh", row.label_zh).field("label_en", row.label_en).key("forms").begin_array();
  for (const std::string& form : row.forms) json.value(form);
  json.end_array().field("score", emergence.score).field("rank", emergence.rank).field("documents", row.documents).key("components").begin_array();
  for (const Component& component : emergence.components) {
    json.begin_object().field("name", component.name).field("value", component.value).field("contribution", component.contribution).end_object();
  }
  json.end_array().key("growth").begin_object().field("count", indicators.windows.growth_count).field("log_slope", indicators.rate.log_slope).field("low", indicators.rate.low);
  json.field("high", indicators.rate.high).field("diversity", indicators.growth_diversity_organisations).field("change", indicators.change).end_object();
  if (base.empty()) {
    write_forecast(json, units, row.unit);
  } else {
    write_band(json, units, row.unit);
    write_spark(json, result, unit, row.unit);
  }
  write_href(json, "documents_href", base, std::string(unit == Unit::term ? "terms/" : "topics/") + row.id + "/documents");
  json.end_object();
}

std::string emerging_json(const StudyResult& result, Unit unit, const std::vector<EmergingRow>& rows) {
  const UnitResults& units = result.results(unit);
  JsonWriter json;
  json.begin_object().field("run", result.run_id).field("snapshot", result.snapshot_id).field("unit", to_string(unit)).field("until", result.study.until);
  json.field("horizon", result.study.horizon_years);
  write_said(json, "model", units.emergence_model);
  json.key("ranking").begin_array();
  for (const EmergingRow& row : rows) write_emerging(json, result, unit, row);
  return json.end_array().end_object().text();
}

}  // namespace jianwei::workflow

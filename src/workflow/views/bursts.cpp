#include "workflow/views/bursts.h"

#include "base/strings.h"
#include "workflow/views/href.h"

namespace jianwei::workflow {

std::vector<const analysis::UnitBurst*> choose_bursts(const StudyResult& result, double max_q, std::size_t count) {
  std::vector<const analysis::UnitBurst*> chosen;
  for (const analysis::UnitBurst& burst : result.bursts) {
    if (burst.q_value <= max_q && chosen.size() < count) chosen.push_back(&burst);
  }
  return chosen;
}

void write_burst(JsonWriter& json, const StudyResult& result, const analysis::UnitBurst& burst, std::string_view base) {
  const TermRow& term = result.terms[static_cast<std::size_t>(burst.unit)];
  json.begin_object().field("id", term.id).field("label", term.label).field("first_year", burst.first_year).field("last_year", burst.last_year).field("open", burst.open);
  json.field("level", burst.level).field("weight", burst.weight).field("documents", burst.documents).field("p", burst.p_value).field("q", burst.q_value);
  write_href(json, "documents_href", base, fmt::format("terms/{}/documents?from={}&to={}", term.id, burst.first_year, burst.last_year));
  json.end_object();
}

std::string bursts_json(const StudyResult& result, const std::vector<const analysis::UnitBurst*>& bursts) {
  JsonWriter json;
  json.begin_array();
  for (const analysis::UnitBurst* burst : bursts) write_burst(json, result, *burst);
  return json.end_array().text();
}

}  // namespace jianwei::workflow

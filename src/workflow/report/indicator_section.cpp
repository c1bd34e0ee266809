// The indicators of the topics and of the first terms at the last complete year, each with its interval.
#include <algorithm>
#include <cmath>
#include <iterator>

#include "workflow/indicators/indicators.h"
#include "workflow/report/sections.h"

namespace jianwei::workflow {
namespace {

using analysis::Indicator;

constexpr Indicator kShown[] = {Indicator::growth,  Indicator::acceleration, Indicator::newness,  Indicator::persistence, Indicator::effective_authors, Indicator::effective_organisations,
                                Indicator::countries, Indicator::cohesion,     Indicator::vitality, Indicator::impact,      Indicator::burst};

products::ReportCell measured(SectionWriter& writer, Indicator indicator, const analysis::Measure& measure, const std::string& key, const std::string& title, std::span<const std::int32_t> documents) {
  if (!measure.known()) return writer.text("–");
  products::ReportCell cell = writer.book.number(measure_text(indicator, measure.value), key, title, documents);
  cell.note = interval_text(indicator, measure);
  const double p = std::isnan(measure.q) ? measure.p : measure.q;
  if (!std::isnan(p)) cell.note += fmt::format("{}{} {:.2g}", cell.note.empty() ? "" : " ", std::isnan(measure.q) ? "p" : "q", p);
  return cell;
}

void add_table(SectionWriter& writer, const IndicatorTables& tables, Unit unit, const std::vector<std::int32_t>& shown, products::Section& section) {
  const StudyResult& result = writer.result;
  const std::int16_t year = last_complete_year(result.results(unit));
  Progress silent;
  // All units are measured, so that the false discoveries are counted over all of them.
  const auto table = tables.at(unit, year, {}, silent);
  if (!table) return;
  products::Table made{writer.say(unit == Unit::topic ? "report.indicators_topics" : "report.indicators_terms", year), {{writer.say(unit == Unit::topic ? "report.topic" : "report.term"), false}}, {}, writer.say("report.indicators_note")};
  // A column that no unit has a value in (no countries known, no references) says nothing.
  std::vector<Indicator> indicators;
  std::copy_if(std::begin(kShown), std::end(kShown), std::back_inserter(indicators), [&](Indicator indicator) {
    return std::any_of(shown.begin(), shown.end(), [&](std::int32_t u) { return table->rows[static_cast<std::size_t>(u)][indicator].known(); });
  });
  for (const Indicator indicator : indicators) made.columns.push_back({writer.say(fmt::format("indicator.{}", analysis::indicator_name(indicator))), true});
  for (const std::int32_t u : shown) {
    const UnitReference reference{unit, static_cast<std::size_t>(u)};
    const std::string& id = unit_id(result, reference);
    const std::string& label = unit_label(result, reference, writer.options.language);
    const auto documents = documents_of(result, unit, u);
    const auto recent = documents_of(result, unit, u, recent_window(result.results(unit).series));
    std::vector<products::ReportCell> cells = {writer.text(label)};
    for (const Indicator indicator : indicators) {
      const bool of_window = indicator == Indicator::effective_authors || indicator == Indicator::effective_organisations || indicator == Indicator::countries || indicator == Indicator::cohesion;
      cells.push_back(measured(writer, indicator, table->rows[static_cast<std::size_t>(u)][indicator], of_window ? id + "-recent" : id,
                               of_window ? label + " " + writer.say("report.recent_documents") : label, of_window ? recent : documents));
    }
    made.rows.push_back(std::move(cells));
  }
  section.blocks.push_back(std::move(made));
}

}  // namespace

products::Section indicator_section(SectionWriter& writer) {
  products::Section section{"indicators", writer.say("report.indicators"), {}};
  section.blocks.push_back(products::Paragraph{{writer.text(writer.say("report.indicators_intro"))}});
  const IndicatorTables tables(writer.result);
  std::vector<std::int32_t> topics, terms;
  for (std::size_t k = 0; k < writer.result.topics.size(); ++k) topics.push_back(static_cast<std::int32_t>(k));
  for (const std::size_t t : top_emerging(writer.result.term_results, static_cast<std::size_t>(writer.options.top_count))) terms.push_back(static_cast<std::int32_t>(t));
  if (!topics.empty()) add_table(writer, tables, Unit::topic, topics, section);
  if (!terms.empty()) add_table(writer, tables, Unit::term, terms, section);
  return section;
}

}  // namespace jianwei::workflow

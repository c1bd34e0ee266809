#include "workflow/report/show_unit.h"

#include <algorithm>

#include "base/json_writer.h"
#include "base/strings.h"
#include "workflow/report/evidence_book.h"
#include "workflow/report/sections.h"

namespace jianwei::workflow {
namespace {

// Rows whose list holds the name.
std::vector<std::int32_t> documents_naming(const analysis::IdLists& lists, const std::vector<std::string>& names, std::string_view name) {
  std::vector<std::int32_t> documents;
  const auto found = std::find_if(names.begin(), names.end(), [&](const std::string& other) { return equals_ignore_case(other, name); });
  if (found == names.end()) return documents;
  const auto id = static_cast<std::int32_t>(found - names.begin());
  for (std::size_t d = 0; d + 1 < lists.offsets.size(); ++d) {
    const auto row = lists.row(static_cast<std::int64_t>(d));
    if (std::find(row.begin(), row.end(), id) != row.end()) documents.push_back(static_cast<std::int32_t>(d));
  }
  return documents;
}

std::string term_list(const StudyResult& result, const TopicRow& topic) {
  std::string terms;
  for (const auto& [term, weight] : topic.terms) terms += fmt::format("{}{} ({:.4f})", terms.empty() ? "" : ", ", result.terms[static_cast<std::size_t>(term)].label, weight);
  return terms;
}

// The window or year after the dot of an id. Errors: not_found
Result<analysis::YearRange> part_of(const analysis::UnitSeries& series, std::string_view part) {
  if (part == "recent") return recent_window(series);
  if (part == "previous") return previous_window(series);
  if (const auto year = parse_int(part)) return analysis::YearRange{static_cast<std::int16_t>(*year), static_cast<std::int16_t>(*year)};
  return fail(ErrorKind::not_found, "\"{}\" is no part of a unit: recent, previous, or a year", part);
}

void describe(const StudyResult& result, Unit unit, std::size_t u, ShownUnit& shown) {
  const UnitResults& units = result.results(unit);
  const Indicators& indicators = units.indicators[u];
  shown.facts.emplace_back("report.growth_rate", rate_text(indicators.rate));
  shown.facts.emplace_back("report.growth_count", fmt::format("{:+.0f} ({:.0f} → {:.0f})", indicators.windows.growth_count, indicators.windows.previous, indicators.windows.recent));
  shown.facts.emplace_back("report.growth_diversity", fmt::format("{:.2f}", indicators.growth_diversity_organisations));
  if (indicators.change_measured) shown.facts.emplace_back("report.change", fmt::format("{:.3f}", indicators.change));
  const Emergence& emergence = units.emergence[u];
  shown.facts.emplace_back("report.score", emergence.rank > 0 ? fmt::format("{:.3f} (#{})", emergence.score, emergence.rank) : fmt::format("{:.3f}", emergence.score));
  for (std::int64_t y = 0; y < units.series.years.count(); ++y) {
    shown.series.emplace_back(units.series.years.first + y, units.series.count_row(static_cast<std::int64_t>(u))[static_cast<std::size_t>(y)]);
  }
}

}  // namespace

bool is_result_id(std::string_view id) {
  constexpr std::string_view kPrefixes[] = {"topic-", "term-", "year-", "organisation:", "country:"};
  return std::any_of(std::begin(kPrefixes), std::end(kPrefixes), [&](std::string_view prefix) { return id.starts_with(prefix); });
}

Result<ShownUnit> show_unit(const StudyResult& result, std::string_view id, Language language) {
  ShownUnit shown;
  shown.id = id;
  if (id.starts_with("organisation:") || id.starts_with("country:")) {
    const bool country = id.starts_with("country:");
    shown.title = id.substr(id.find(':') + 1);
    shown.documents = country ? documents_naming(result.dataset.countries, result.dataset.country_names, shown.title)
                              : documents_naming(result.dataset.organisations, result.dataset.organisation_names, shown.title);
    if (shown.documents.empty()) return fail(ErrorKind::not_found, "no record of this run names {}", id);
    return shown;
  }
  if (id.starts_with("year-")) {
    const auto year = parse_int(id.substr(5));
    for (std::size_t d = 0; year && d < result.dataset.year.size(); ++d) {
      if (result.dataset.year[d] == *year) shown.documents.push_back(static_cast<std::int32_t>(d));
    }
    shown.title = id.substr(5);
    if (shown.documents.empty()) return fail(ErrorKind::not_found, "no record of this run is dated {}", shown.title);
    return shown;
  }

  const std::size_t dot = id.find('.');
  const std::string_view unit_id = id.substr(0, dot);
  const Unit unit = id.starts_with("topic-") ? Unit::topic : Unit::term;
  std::size_t index = 0;
  if (unit == Unit::topic) {
    const auto found = std::find_if(result.topics.begin(), result.topics.end(), [&](const TopicRow& row) { return row.id == unit_id; });
    if (found == result.topics.end()) return fail(ErrorKind::not_found, "the newest run has no {}: `jianwei topics` lists them", unit_id);
    index = static_cast<std::size_t>(found - result.topics.begin());
    shown.title = language == Language::zh ? found->label_zh : found->label_en;
    shown.facts.emplace_back("column.terms", term_list(result, *found));
  } else {
    const auto found = std::find_if(result.terms.begin(), result.terms.end(), [&](const TermRow& row) { return row.id == unit_id; });
    if (found == result.terms.end()) return fail(ErrorKind::not_found, "the newest run has no {}: `jianwei emerging --all` lists the terms", unit_id);
    index = static_cast<std::size_t>(found - result.terms.begin());
    shown.title = found->label;
    shown.facts.emplace_back("report.forms", join(found->forms, " | "));
  }
  if (dot == std::string_view::npos) {
    shown.documents = documents_of(result, unit, static_cast<std::int64_t>(index));
  } else {
    const analysis::YearRange years = TRY(part_of(result.results(unit).series, id.substr(dot + 1)));
    shown.documents = documents_of(result, unit, static_cast<std::int64_t>(index), years);
    shown.explanation = years.first == years.last ? std::to_string(years.first) : fmt::format("{}–{}", years.first, years.last);
  }
  describe(result, unit, index, shown);
  return shown;
}

std::string to_json(const StudyResult& result, const ShownUnit& shown) {
  JsonWriter json;
  json.begin_object().field("id", shown.id).field("title", shown.title).field("run", result.run_id).field("snapshot", result.snapshot_id);
  if (!shown.explanation.empty()) json.field("window", shown.explanation);
  json.key("facts").begin_object();
  for (const auto& [key, value] : shown.facts) json.field(std::string_view(key).substr(key.find('.') + 1), value);
  json.end_object().key("series").begin_object();
  for (const auto& [year, count] : shown.series) json.field(std::to_string(year), count);
  json.end_object().field("document_count", shown.documents.size()).key("documents").begin_array();
  for (const std::int32_t row : shown.documents) {
    const auto d = static_cast<std::size_t>(row);
    json.begin_object().field("id", result.dataset.record_ids[d]).field("title", result.titles[d]).field("year", result.dataset.year[d]).field("url", result.urls[d]).end_object();
  }
  return json.end_array().end_object().text();
}

}  // namespace jianwei::workflow

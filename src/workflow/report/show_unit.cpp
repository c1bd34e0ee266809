#include "workflow/report/show_unit.h"

#include <algorithm>

#include "base/json_writer.h"
#include "base/strings.h"
#include "workflow/report/evidence_book.h"
#include "workflow/report/forecast_view.h"
#include "workflow/report/sections.h"
#include "workflow/run/term_evidence.h"

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
Result<analysis::YearRange> part_of(const StudyResult& result, std::size_t unit_index, std::string_view part, Unit unit) {
  const analysis::UnitSeries& series = result.results(unit).series;
  if (part.starts_with("burst-") && unit == Unit::term) {
    for (const analysis::UnitBurst& burst : result.bursts) {
      if (burst.unit == static_cast<std::int64_t>(unit_index) && burst.level == 1 && std::to_string(burst.first_year) == part.substr(6)) return analysis::YearRange{burst.first_year, burst.last_year};
    }
  }
  if (part == "recent") return recent_window(series);
  if (part == "previous") return previous_window(series);
  if (const auto year = parse_int(part)) return analysis::YearRange{static_cast<std::int16_t>(*year), static_cast<std::int16_t>(*year)};
  if (const std::size_t colon = part.find(':'); colon != std::string_view::npos) {
    const auto first = parse_int(part.substr(0, colon)), last = parse_int(part.substr(colon + 1));
    if (first && last && *first <= *last) return analysis::YearRange{static_cast<std::int16_t>(*first), static_cast<std::int16_t>(*last)};
  }
  return fail(ErrorKind::not_found, "\"{}\" is no part of a unit: recent, previous, a year, years as 2013:2015, or burst- and the year it began", part);
}

void describe(const StudyResult& result, Unit unit, std::size_t u, Language language, ShownUnit& shown) {
  const UnitResults& units = result.results(unit);
  const Indicators& indicators = units.indicators[u];
  shown.facts.emplace_back("report.growth_rate", rate_text(indicators.rate));
  shown.facts.emplace_back("report.growth_count", fmt::format("{:+.0f} ({:.0f} → {:.0f})", indicators.windows.growth_count, indicators.windows.previous, indicators.windows.recent));
  shown.facts.emplace_back("report.growth_diversity", fmt::format("{:.2f}", indicators.growth_diversity_organisations));
  if (indicators.change_measured) shown.facts.emplace_back("report.change", fmt::format("{:.3f}", indicators.change));
  const Emergence& emergence = units.emergence[u];
  shown.facts.emplace_back("report.score", emergence.rank > 0 ? fmt::format("{:.3f} (#{})", emergence.score, emergence.rank) : fmt::format("{:.3f}", emergence.score));
  shown.facts.emplace_back("report.forecast", forecast_text(units, u) + " (" + coverage_text(units.calibration, language) + ")");
  shown.facts.emplace_back("report.s_curve", s_curve_text(units, best_s_curve(units, u), language));
  JsonWriter json;
  json.begin_object();
  write_forecast(json, units, u);
  shown.forecast_json = json.end_object().text();
  for (std::int64_t y = 0; y < units.series.years.count(); ++y) {
    shown.series.emplace_back(units.series.years.first + y, units.series.count_row(static_cast<std::int64_t>(u))[static_cast<std::size_t>(y)]);
  }
}

// The rows of the dataset for which `holds` is true.
template <class Predicate>
std::vector<std::int32_t> rows_where(const analysis::Dataset& dataset, Predicate holds) {
  std::vector<std::int32_t> rows;
  for (std::size_t d = 0; d < dataset.year.size(); ++d) {
    if (holds(d)) rows.push_back(static_cast<std::int32_t>(d));
  }
  return rows;
}

// A group of documents that is no unit: everything, a year, a kind, a source, a language, an organisation, a country. Empty: no such group.
std::vector<std::int32_t> group_documents(const analysis::Dataset& dataset, std::string_view family, const std::string& name) {
  const auto named = [&](const std::vector<std::string>& names, auto id) { return names[static_cast<std::size_t>(id)] == name; };
  if (family == "all") return rows_where(dataset, [](std::size_t) { return true; });
  if (family == "year") return rows_where(dataset, [&, year = parse_int(name)](std::size_t d) { return year && dataset.year[d] == *year; });
  if (family == "kind") return rows_where(dataset, [&](std::size_t d) { return to_string(static_cast<RecordKind>(dataset.kind[d])) == name; });
  if (family == "source") return rows_where(dataset, [&](std::size_t d) { return named(dataset.source_names, dataset.source[d]); });
  if (family == "language") return rows_where(dataset, [&](std::size_t d) { return named(dataset.language_names, dataset.language[d]); });
  if (family == "organisation") return documents_naming(dataset.organisations, dataset.organisation_names, name);
  if (family == "country") return documents_naming(dataset.countries, dataset.country_names, name);
  return {};
}

// "term-x-recent" and "term-x-burst-2012", as reports print them, are "term-x.recent" and "term-x.burst-2012".
std::string with_dot(std::string id) {
  for (const std::string_view part : {"-recent", "-previous", "-burst-"}) {
    if (const std::size_t at = id.rfind(part); at != std::string::npos && at > 4) {
      id[at] = '.';
      break;
    }
  }
  return id;
}

constexpr std::string_view kFamilies[] = {"all", "year", "kind", "source", "language", "organisation", "country"};

}  // namespace

bool is_result_id(std::string_view id) {
  const std::string_view family = id.substr(0, id.find_first_of("-:"));
  return family == "topic" || family == "term" || std::find(std::begin(kFamilies), std::end(kFamilies), family) != std::end(kFamilies);
}

Result<ShownUnit> show_unit(const StudyResult& result, std::string_view asked, Language language) {
  ShownUnit shown;
  shown.id = asked;
  const std::size_t dash = asked.find_first_of("-:");
  const std::string_view family = asked.substr(0, dash);
  if (family != "topic" && family != "term") {
    shown.title = dash == std::string_view::npos ? "" : read_anchor(asked.substr(dash + 1));
    shown.documents = group_documents(result.dataset, family, shown.title);
    if (shown.documents.empty()) return fail(ErrorKind::not_found, "no record of the newest run belongs to \"{}\"", asked);
    return shown;
  }

  const std::string id = with_dot(std::string(asked));
  const std::size_t dot = id.find('.');
  const std::string_view unit_id = std::string_view(id).substr(0, dot);
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
    if (found == result.terms.end()) return fail(ErrorKind::not_found, "the newest run has no {}: `jianwei terms` lists them", unit_id);
    index = static_cast<std::size_t>(found - result.terms.begin());
    shown.term = static_cast<std::int32_t>(index);
    shown.title = found->label;
    shown.facts.emplace_back("report.forms", join(found->forms, " | "));
  }
  if (dot == std::string::npos) {
    shown.documents = documents_of(result, unit, static_cast<std::int64_t>(index));
  } else {
    const analysis::YearRange years = TRY(part_of(result, index, std::string_view(id).substr(dot + 1), unit));
    shown.documents = documents_of(result, unit, static_cast<std::int64_t>(index), years);
    shown.explanation = years.first == years.last ? std::to_string(years.first) : fmt::format("{}–{}", years.first, years.last);
  }
  describe(result, unit, index, language, shown);
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
  json.end_object();
  if (!shown.evidence_json.empty()) json.key("evidence").raw(shown.evidence_json);
  if (!shown.forecast_json.empty()) json.key("outlook").raw(shown.forecast_json);
  json.field("document_count", shown.documents.size()).key("documents").begin_array();
  for (const std::int32_t row : shown.documents) {
    const auto d = static_cast<std::size_t>(row);
    json.begin_object().field("id", result.dataset.record_ids[d]).field("title", result.titles[d]).field("year", result.dataset.year[d]).field("url", result.urls[d]).end_object();
  }
  return json.end_array().end_object().text();
}

Result<> add_term_evidence(Workspace& workspace, const StudyResult& result, ShownUnit& shown) {
  if (shown.term < 0) return {};
  const TermRow& term = result.terms[static_cast<std::size_t>(shown.term)];
  const TermEvidences all = TRY(load_term_evidence(workspace, result));
  const auto found = all.find(term.id);
  if (found == all.end()) return {};
  const text::TermEvidence& e = found->second;
  std::string text = term.word_count > 1 ? fmt::format("NPMI {:.2f}, sig {:.1f}, ", e.npmi, e.significance) : std::string();
  text += fmt::format("C {:.1f}, H {:.2f} | {:.2f}", e.c_value, e.left_entropy, e.right_entropy);
  if (e.keyword_documents > 0) text += fmt::format(", {} × keyword", e.keyword_documents);
  shown.facts.emplace_back("report.term_evidence", std::move(text));
  JsonWriter json;
  write_evidence(json, term, e);
  shown.evidence_json = json.text();
  return {};
}

}  // namespace jianwei::workflow

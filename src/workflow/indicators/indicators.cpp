#include "workflow/indicators/indicators.h"

#include <algorithm>
#include <cmath>

#include "base/strings.h"
#include "records/unicode.h"
#include "workflow/run/indicator_stage.h"

namespace jianwei::workflow {
namespace {

using analysis::Indicator;

bool is_named(const StudyResult& result, UnitReference reference, const std::string& folded) {
  if (reference.unit == Unit::topic) {
    const TopicRow& topic = result.topics[reference.index];
    return fold_case(topic.label_en) == folded || fold_case(topic.label_zh) == folded;
  }
  const TermRow& term = result.terms[reference.index];
  return fold_case(term.label) == folded || std::any_of(term.forms.begin(), term.forms.end(), [&](const std::string& form) { return fold_case(form) == folded; });
}

// Labels that hold the name, most documents first: what was perhaps meant.
std::string suggestions(const StudyResult& result, const std::string& folded) {
  constexpr std::size_t kShown = 5;
  std::vector<std::string> labels;
  for (const TermRow& term : result.terms) {
    if (labels.size() < kShown && !folded.empty() && fold_case(term.label).find(folded) != std::string::npos) labels.push_back(term.label);
  }
  return labels.empty() ? "the lists of topics and of all terms name them" : fmt::format("perhaps {}", join(labels, ", "));
}

bool is_share(Indicator indicator) {
  switch (indicator) {
    case Indicator::share: case Indicator::growth: case Indicator::newness: case Indicator::persistence: case Indicator::weak_signal: return true;
    default: return false;
  }
}

bool is_count(Indicator indicator) {
  switch (indicator) {
    case Indicator::age: case Indicator::authors: case Indicator::organisations: case Indicator::countries: return true;
    default: return false;
  }
}

}  // namespace

Result<UnitReference> find_unit(const StudyResult& result, std::string_view name) {
  const auto by_id = [&](const auto& rows, Unit unit) -> std::optional<UnitReference> {
    const auto found = std::find_if(rows.begin(), rows.end(), [&](const auto& row) { return row.id == name; });
    if (found == rows.end()) return std::nullopt;
    return UnitReference{unit, static_cast<std::size_t>(found - rows.begin())};
  };
  if (const auto topic = by_id(result.topics, Unit::topic)) return *topic;
  if (const auto term = by_id(result.terms, Unit::term)) return *term;
  const std::string folded = fold_case(name);
  for (std::size_t k = 0; k < result.topics.size(); ++k) {
    if (is_named(result, {Unit::topic, k}, folded)) return UnitReference{Unit::topic, k};
  }
  for (std::size_t t = 0; t < result.terms.size(); ++t) {
    if (is_named(result, {Unit::term, t}, folded)) return UnitReference{Unit::term, t};
  }
  return fail(ErrorKind::not_found, "the run has no term or topic \"{}\": {}", name, suggestions(result, folded));
}

const std::string& unit_id(const StudyResult& result, UnitReference reference) {
  return reference.unit == Unit::topic ? result.topics[reference.index].id : result.terms[reference.index].id;
}

const std::string& unit_label(const StudyResult& result, UnitReference reference, Language language) {
  if (reference.unit == Unit::term) return result.terms[reference.index].label;
  const TopicRow& topic = result.topics[reference.index];
  return language == Language::zh ? topic.label_zh : topic.label_en;
}

std::int16_t last_complete_year(const UnitResults& units) { return static_cast<std::int16_t>(units.series.years.first + units.series.complete_years - 1); }

IndicatorTables::IndicatorTables(const StudyResult& result)
    : result_(result), document_terms_(analysis::units_of_documents(result.term_results.documents, result.dataset.document_count())) {}

Result<analysis::YearTable> IndicatorTables::at(Unit unit, std::int16_t year, std::span<const std::int32_t> selected, Progress& progress) const {
  const UnitResults& units = result_.results(unit);
  const analysis::YearRange years = covered_years_until(result_.dataset, year);
  if (years.count() <= 0) return fail(ErrorKind::invalid_input, "the run has no record dated {} or earlier", year);
  analysis::IndicatorInput input{result_.dataset, units.documents, document_terms_, static_cast<std::int64_t>(result_.terms.size()), {}, result_.term_results.series.years};
  if (unit == Unit::term) input.occurrences = result_.term_occurrences;
  analysis::YearOptions options;
  options.first_year = years.first;
  options.normalise_by_source = result_.dataset.source_names.size() > 1;
  options.units_are_terms = unit == Unit::term;
  options.seed = result_.study.seed;
  options.thread_count = result_.study.thread_count;
  return analysis::measure_year(input, year, selected, options, progress);
}

Result<UnitYears> measure_unit(const StudyResult& result, UnitReference reference, Progress& progress, std::int16_t from, std::int16_t to) {
  // Topics are few: among all of them the false-discovery rates are known, and the server says the same.
  if (reference.unit == Unit::topic) return years_of_unit(result, reference, TRY(measure_years(result, Unit::topic, progress)), from, to);
  const UnitResults& units = result.results(reference.unit);
  const IndicatorTables tables(result);
  UnitYears measured{reference, {}};
  const auto counts = units.series.count_row(static_cast<std::int64_t>(reference.index));
  const auto first = std::find_if(counts.begin(), counts.end(), [](double c) { return c > 0.0; }) - counts.begin();
  const std::int32_t selected[] = {static_cast<std::int32_t>(reference.index)};
  progress.begin("indicators", units.series.complete_years - first, "years");
  for (std::int64_t t = first; t < units.series.complete_years; ++t) {
    const auto year = static_cast<std::int16_t>(units.series.years.first + t);
    if ((from == 0 || year >= from) && (to == 0 || year <= to)) measured.years.push_back(TRY(tables.at(reference.unit, year, selected, progress)));
    progress.advance();
  }
  return measured;
}

Result<std::vector<analysis::YearTable>> measure_years(const StudyResult& result, Unit unit, Progress& progress) {
  const UnitResults& units = result.results(unit);
  const IndicatorTables tables(result);
  std::vector<analysis::YearTable> years;
  progress.begin("indicators", units.series.complete_years, "years");
  for (std::int64_t t = 0; t < units.series.complete_years; ++t, progress.advance()) {
    if (years.empty() && units.series.corpus[static_cast<std::size_t>(t)] <= 0.0) continue;  // nothing is there yet
    years.push_back(TRY(tables.at(unit, static_cast<std::int16_t>(units.series.years.first + t), {}, progress)));
  }
  return years;
}

UnitYears years_of_unit(const StudyResult& result, UnitReference reference, const std::vector<analysis::YearTable>& tables, std::int16_t from, std::int16_t to) {
  const analysis::UnitSeries& series = result.results(reference.unit).series;
  const auto counts = series.count_row(static_cast<std::int64_t>(reference.index));
  const auto first = static_cast<std::int16_t>(series.years.first + (std::find_if(counts.begin(), counts.end(), [](double c) { return c > 0.0; }) - counts.begin()));
  UnitYears measured{reference, {}};
  for (const analysis::YearTable& table : tables) {
    if (table.year < std::max(first, from) || (to != 0 && table.year > to)) continue;
    measured.years.push_back({table.year, {static_cast<std::int32_t>(reference.index)}, {table.rows[reference.index]}, table.corpus_cohesion, table.corpus_vitality, table.corpus_newness});
  }
  return measured;
}

Result<products::Sheet> indicator_sheet(const StudyResult& result, Unit unit, Progress& progress, double min_documents) {
  const UnitResults& units = result.results(unit);
  products::Sheet sheet{unit == Unit::term ? "indicators-terms" : "indicators-topics", {"id", "label", "year", "quadrant"}, {}};
  constexpr const char* kQuadrants[] = {"unsupported", "weak", "strong", "latent", "well_known"};
  for (std::size_t i = 0; i < analysis::kIndicatorCount; ++i) {
    const std::string name(analysis::indicator_name(static_cast<Indicator>(i)));
    for (const char* part : {"", "_low", "_high"}) sheet.columns.push_back(name + part);
    for (const char* part : {"_p", "_q"}) sheet.columns.push_back(name + part);
  }
  const IndicatorTables tables(result);
  progress.begin("indicators", units.series.complete_years, "years");
  const auto cell = [](double value) -> products::Cell {
    if (std::isnan(value)) return std::monostate{};
    return value;
  };
  for (std::int64_t t = 0; t < units.series.complete_years; ++t, progress.advance()) {
    if (units.series.corpus[static_cast<std::size_t>(t)] <= 0.0) continue;
    const auto year = static_cast<std::int16_t>(units.series.years.first + t);
    const analysis::YearTable table = TRY(tables.at(unit, year, {}, progress));
    for (std::size_t r = 0; r < table.rows.size(); ++r) {
      const auto counts = units.series.count_row(table.units[r]);
      double recent = 0.0;
      for (std::int64_t back = 0; back < 3 && back <= t; ++back) recent += counts[static_cast<std::size_t>(t - back)];
      if (recent < min_documents) continue;
      const UnitReference reference{unit, static_cast<std::size_t>(table.units[r])};
      std::vector<products::Cell> cells = {unit_id(result, reference), unit_label(result, reference, Language::en), std::int64_t{year}, std::string(kQuadrants[static_cast<std::size_t>(table.rows[r].quadrant)])};
      for (const analysis::Measure& measure : table.rows[r].measures) {
        for (const double value : {measure.value, measure.low, measure.high, measure.p, measure.q}) cells.push_back(cell(value));
      }
      sheet.rows.push_back(std::move(cells));
    }
  }
  // A column nobody fills says nothing: p of a plain count.
  for (std::size_t c = sheet.columns.size(); c-- > 4;) {
    if (std::any_of(sheet.rows.begin(), sheet.rows.end(), [&](const auto& row) { return !std::holds_alternative<std::monostate>(row[c]); })) continue;
    if (!sheet.columns[c].ends_with("_p") && !sheet.columns[c].ends_with("_q")) continue;
    sheet.columns.erase(sheet.columns.begin() + static_cast<std::ptrdiff_t>(c));
    for (auto& row : sheet.rows) row.erase(row.begin() + static_cast<std::ptrdiff_t>(c));
  }
  return sheet;
}

std::string measure_text(Indicator indicator, double value) {
  if (std::isnan(value)) return "–";
  if (indicator == Indicator::growth && value > 9.0) return ">+900 %";  // a few records after none: the figure itself says nothing
  if (indicator == Indicator::growth) return fmt::format("{:+.0f} %", 100.0 * value);
  if (indicator == Indicator::share) return fmt::format("{:.3g} %", 100.0 * value);
  if (is_share(indicator)) return fmt::format("{:.0f} %", 100.0 * value);
  if (is_count(indicator)) return fmt::format("{:.0f}", value);
  if (indicator == Indicator::documents) return value == std::floor(value) ? fmt::format("{:.0f}", value) : fmt::format("{:.1f}", value);
  if (indicator == Indicator::acceleration) return fmt::format("{:+.2f}", value);
  if (std::abs(value) >= 1000.0) return fmt::format("{:.0f}", value);
  return fmt::format("{:.3g}", value);
}

std::string interval_text(Indicator indicator, const analysis::Measure& measure) {
  if (!measure.known() || std::isnan(measure.low)) return "";
  return fmt::format("[{}, {}]", measure_text(indicator, measure.low), measure_text(indicator, measure.high));
}

}  // namespace jianwei::workflow

// The indicators of the units of a run at any year, each as it stood at the end of that year.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/indicators/year_indicators.h"
#include "base/catalogue.h"
#include "base/progress.h"
#include "products/exporters/sheet.h"
#include "workflow/run/results.h"

namespace jianwei::workflow {

struct UnitReference {
  Unit unit = Unit::term;
  std::size_t index = 0;
};

// A unit by its id (term-…, topic-…), a topic by its label, a term by its label or one of its forms, any case.
// Errors: not_found  no such unit; names the nearest labels
Result<UnitReference> find_unit(const StudyResult& result, std::string_view name);
const std::string& unit_id(const StudyResult& result, UnitReference reference);
const std::string& unit_label(const StudyResult& result, UnitReference reference, Language language);

std::int16_t last_complete_year(const UnitResults& units);

// Measures units of one run; holds what all years share. The result must outlive it.
class IndicatorTables {
 public:
  explicit IndicatorTables(const StudyResult& result);

  // `selected` empty: all units of the kind. Errors: invalid_input, cancelled
  Result<analysis::YearTable> at(Unit unit, std::int16_t year, std::span<const std::int32_t> selected, Progress& progress) const;

 private:
  const StudyResult& result_;
  analysis::IdLists document_terms_;
};

// One unit at every year since its first document, up to the last complete year; only those from `from` to `to` when these are not 0.
struct UnitYears {
  UnitReference reference;
  std::vector<analysis::YearTable> years;  // one row each
};
Result<UnitYears> measure_unit(const StudyResult& result, UnitReference reference, Progress& progress, std::int16_t from = 0, std::int16_t to = 0);

// All units at every year up to the last complete one, by year.
Result<std::vector<analysis::YearTable>> measure_years(const StudyResult& result, Unit unit, Progress& progress);
// One unit out of them, from its first document on; here q is known, too.
UnitYears years_of_unit(const StudyResult& result, UnitReference reference, const std::vector<analysis::YearTable>& tables, std::int16_t from = 0, std::int16_t to = 0);

// The sheets indicators-terms and indicators-topics: a row a unit and year, value, low, high, p and q of every indicator; rows of years in which the unit has at
// least `min_documents` in the window of three years.
Result<products::Sheet> indicator_sheet(const StudyResult& result, Unit unit, Progress& progress, double min_documents = 3.0);

// 12 · 3.4 % · 0.51: the value as people read it, and its interval "[a, b]" ("" when there is none).
std::string measure_text(analysis::Indicator indicator, double value);
std::string interval_text(analysis::Indicator indicator, const analysis::Measure& measure);

}  // namespace jianwei::workflow

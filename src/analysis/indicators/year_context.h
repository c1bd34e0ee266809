// The corpus as it stood at the end of a year, for the indicators that compare a unit with it. Used inside analysis/indicators only.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "analysis/dataset.h"
#include "analysis/indicators/year_indicators.h"

namespace jianwei::analysis {

inline constexpr std::int16_t kIndicatorWindow = 3;
inline constexpr std::int16_t kGrowthYears = 5;
inline constexpr std::int16_t kImpactYears = 5;
inline constexpr double kNormal975 = 1.959963984540054;

struct YearContext {
  const IndicatorInput& input;
  std::int16_t year = 0, first_year = 0;
  std::vector<float> idf;                   // [terms] ln(N / document frequency) up to the year, 0 for terms not seen
  std::vector<float> norm;                  // [documents] length of a document's term vector, 0 outside the window
  std::vector<std::int32_t> citations;      // [documents] from documents up to the year; empty without references
  std::vector<double> expected_citations;   // [years first_year..year] mean of the documents of that year
  double cohesion = 0.0, vitality = 0.0, newness = 0.0;

  bool in_past(std::size_t d) const { return input.dataset.year[d] >= first_year && input.dataset.year[d] <= year; }
  bool in_window(std::size_t d, std::int16_t years = kIndicatorWindow) const { return in_past(d) && input.dataset.year[d] > year - years; }
};
YearContext make_year_context(const IndicatorInput& input, std::int16_t year, std::int16_t first_year);

// The indicators that read documents: newness, breadth, diversity, cohesion, vitality, impact. One object a thread; it keeps dense scratch space.
class DocumentIndicators {
 public:
  DocumentIndicators(const YearContext& context, const YearOptions& options);
  void measure(std::int32_t unit, IndicatorRow& row);

 private:
  void breadth(std::span<const std::int32_t> window, IndicatorRow& row);
  void cohesion(std::int32_t unit, std::span<const std::int32_t> window, IndicatorRow& row);
  void vitality(std::span<const std::int32_t> past, std::span<const std::int32_t> window, IndicatorRow& row);
  void impact(std::span<const std::int32_t> past, IndicatorRow& row);
  template <class Rows>
  std::vector<std::int64_t> count(std::span<const std::int32_t> documents, const Rows& rows);

  const YearContext& context_;
  const YearOptions& options_;
  std::vector<std::int64_t> counts_;        // dense by category, zero between uses
  std::vector<double> sum_;                 // [terms] zero between uses
  std::vector<std::int32_t> touched_;
};

}  // namespace jianwei::analysis

#include "analysis/warning/rule.h"

#include <cmath>

#include "analysis/bursts/significance.h"

namespace jianwei::analysis {

bool is_beyond(const WatchRule& rule, double value) { return rule.comparison == Comparison::above ? value > rule.threshold : value < rule.threshold; }

std::vector<WatchCase> evaluate_rule(const WatchRule& rule, const YearTable& table, std::span<const double> documents) {
  std::vector<WatchCase> cases(table.rows.size());
  std::vector<double> p_values;
  std::vector<std::size_t> tested;
  for (std::size_t r = 0; r < cases.size(); ++r) {
    WatchCase& watched = cases[r];
    watched.unit = table.units[r];
    watched.year = table.year;
    watched.measure = table.rows[r][rule.indicator];
    watched.measure.q = Measure::kUnknown;
    watched.documents = documents[r];
    watched.eligible = watched.measure.known() && documents[r] >= rule.min_documents;
    if (!watched.eligible) continue;
    watched.beyond = is_beyond(rule, watched.measure.value);
    if (!std::isnan(watched.measure.p)) {
      tested.push_back(r);
      p_values.push_back(watched.measure.p);
    } else {
      // The near end of the interval; an indicator without interval and p (none has neither) is taken at its value.
      const double near = rule.comparison == Comparison::above ? watched.measure.low : watched.measure.high;
      watched.significant = is_beyond(rule, std::isnan(near) ? watched.measure.value : near);
    }
  }
  const std::vector<double> q_values = benjamini_hochberg(p_values);
  for (std::size_t i = 0; i < tested.size(); ++i) {
    WatchCase& watched = cases[tested[i]];
    watched.measure.q = q_values[i];
    watched.significant = q_values[i] <= rule.significance;
  }
  if (rule.significance <= 0.0) {
    for (WatchCase& watched : cases) watched.significant = true;
  }
  return cases;
}

}  // namespace jianwei::analysis

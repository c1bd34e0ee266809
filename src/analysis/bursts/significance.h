// Is a burst more than chance, over thousands of terms?
//
// Null: the term's share never changes, r_t ~ Poisson(R d_t / D). The heaviest burst of many simulated series gives the p-value
// (1 + number at least as heavy) / (1 + simulations). The null depends on a term only through R, so one table of simulated weights per R
// (R above 50 rounded down to steps of 5 %) serves all terms. Benjamini and Hochberg's step-up procedure turns p-values into q-values.
//
// Source: Davison and Hinkley (1997), doi:10.1017/CBO9780511802843, section 4.2; Benjamini and Hochberg (1995), doi:10.1111/j.2517-6161.1995.tb02031.x
// Page:   docs/methods/bursts.md
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "analysis/bursts/kleinberg.h"
#include "analysis/indicators/series.h"
#include "base/progress.h"
#include "base/result.h"

namespace jianwei::analysis {

// q-values in the order of the p-values: the smallest false-discovery rate at which each is called. Time O(n log n).
std::vector<double> benjamini_hochberg(std::span<const double> p_values);

struct UnitBurst {
  std::int64_t unit = 0;
  std::int16_t first_year = 0, last_year = 0;
  bool open = false;            // reaches the last complete year
  int level = 1;
  double weight = 0.0;          // nats
  double documents = 0.0;       // of the unit inside the burst
  double p_value = 1.0;         // of the unit's heaviest level-1 burst; others of the unit carry the same
  double q_value = 1.0;         // false-discovery rate over all tested units
};

struct UnitBurstOptions {
  BurstOptions automaton{1.5, 1.0, 2};   // s = 1.5: 2 is too strict for yearly series
  double min_documents = 5.0;            // R below this gives spurious bursts
  int simulation_count = 1999;
  std::uint64_t seed = 1;
  int thread_count = 0;
};

// Bursts of every unit over its complete years, heaviest first. Same result at any thread count.
// Errors: invalid_input from the automaton; cancelled.
Result<std::vector<UnitBurst>> find_unit_bursts(const UnitSeries& series, const UnitBurstOptions& options, Progress& progress);

}  // namespace jianwei::analysis

// Bursts of a stream by Kleinberg's automaton: batched (documents per period) and continuous (time stamps).
//
// Batched: d_t documents, r_t of them relevant; state i emits with p_i = min(p_0 s^i, cap), p_0 = R / D;
//   sigma(i, t) = -ln[ C(d_t, r_t) p_i^r_t (1 - p_i)^(d_t - r_t) ],  tau(i, j) = (j - i) gamma ln n for j > i, else 0, n batches.
// Continuous: gaps x_1..x_n between time stamps, state i has density a_i exp(-a_i x), a_i = (n / T) s^i, k = ceil(1 + log_s T + log_s(1 / min gap)) states.
// The state sequence of least total cost (Viterbi, starting from state 0) is cut into nested bursts. Burst weight (batched) = sum over the burst of
//   sigma(level - 1, t) - sigma(level, t).
//
// Source: Kleinberg (2003), doi:10.1023/A:1024940629314.   Page: docs/methods/bursts.md
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/result.h"

namespace jianwei::analysis {

struct BurstOptions {
  double rate_ratio = 2.0;    // s > 1; 1.5 for slow yearly series
  double gamma = 1.0;         // >= 0; cost of rising one state
  int state_count = 2;        // batched only; >= 2
};

struct Burst {
  int level = 1;             // 1.. ; a burst of level 2 lies inside one of level 1
  std::int64_t begin = 0;    // first period (batched) or first gap (continuous; it starts at time stamp `begin`)
  std::int64_t end = 0;      // one past the last
  double weight = 0.0;       // batched: nats saved over the level below; continuous: the same
};

struct Bursts {
  std::vector<int> states;   // [periods] or [gaps]
  std::vector<Burst> bursts; // by begin, then level
  double cost = 0.0;
};

// Errors: invalid_input  sizes differ, a relevant count is negative or above its documents, or an option is out of range.
// No relevant document at all: no bursts. Periods without documents cost nothing. Time O(periods * states^2).
Result<Bursts> find_bursts(std::span<const double> relevant, std::span<const double> documents, const BurstOptions& options);

// `times` increasing, at least two, no two equal (use the batched form for those).
Result<Bursts> find_bursts_continuous(std::span<const double> times, const BurstOptions& options);

}  // namespace jianwei::analysis

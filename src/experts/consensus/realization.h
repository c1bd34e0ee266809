// When will it be realized? Quartiles of the years, apart from those who say it is already there, will never come, or that they do not know.
//
//   a quantile lies in the bin where the cumulated count passes p n, at first + (p n - count before) / count * (last - first + 1)
// A single year is a bin of one. The technical and the social clock are two questions, each with its own answer.
//
// Source: NISTEP, Science and Technology Foresight Survey (quartiles of realization years)
// Page:   docs/methods/delphi_expertise.md
#pragma once

#include <cstdint>
#include <span>

#include "experts/consensus/statistic.h"

namespace jianwei::experts {

struct YearBin {
  std::int32_t first = 0, last = 0;  // both included, last >= first
  std::int64_t count = 0;
};

struct Realization {
  std::int64_t answer_count = 0;                 // all that said anything
  Statistic already, never, unknown;             // shares of answer_count
  std::int64_t year_count = 0;
  Statistic lower_quartile, median, upper_quartile;  // years, fractional
};

// `bins` in increasing order, apart from each other.
Realization measure_realization(std::span<const YearBin> bins, std::int64_t already, std::int64_t never, std::int64_t unknown);

}  // namespace jianwei::experts

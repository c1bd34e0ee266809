// How good were the judgements, now that we know? For probabilities of events that came true or did not.
//
//   Brier        mean (p - o)^2, o in {0, 1}, or p - o with o a share for "partly"            [0, 1], 0 = perfect
//   log score    mean -ln of the probability given to what happened, held at `floor`           >= 0
//   Murphy       Brier = reliability - resolution + uncertainty over the distinct probabilities (or bins): exact when each bin holds one probability
//   calibration  per bin of stated probability: mean stated, share that came true with its Wilson interval
//   skill        1 - Brier / Brier of always stating the base rate
//
// Source: Brier (1950); Good (1952); Murphy (1973), doi:10.1175/1520-0450(1973)012<0595:ANVPOT>2.0.CO;2
// Page:   docs/methods/calibration.md
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "analysis/indicators/intervals.h"
#include "experts/consensus/statistic.h"

namespace jianwei::experts {

struct Forecast {
  double probability = 0.0;   // [0, 1]
  double outcome = 0.0;       // 1 realised, 0 not, 0.5 partly
};

struct CalibrationBin {
  double low = 0.0, high = 0.0;       // of the stated probability
  std::int64_t count = 0;
  double stated = 0.0, realized = 0.0;
  analysis::Interval interval;        // of `realized`, 95 %
};

struct ForecastScores {
  std::int64_t count = 0;
  Statistic brier, log_score, skill;
  Statistic reliability, resolution, uncertainty;  // by the bins below
  std::vector<CalibrationBin> bins;                // those that hold a forecast
};

ForecastScores score_forecasts(std::span<const Forecast> forecasts, std::int32_t bin_count = 10);

}  // namespace jianwei::experts

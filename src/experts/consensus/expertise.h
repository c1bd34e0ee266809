// How much an expert's word weighs, and indices of importance with and without weights. Results are always shown both ways: weighting by
// self-rated expertise did not make the Japanese transport forecasts more accurate.
//
//   Ca  mean over experts of the sum of their basis weights (practice, theory, literature, intuition: large, medium, small influence)
//   Cs  mean of the familiarity weights;  Cr = (Ca + Cs) / 2, usually asked to reach 0.70
//   I   sum_l s_l n_l / sum_l n_l, s the scores of the answer levels (100, 50, 25, 0 in the Japanese surveys);
//       weighted by familiarity: sum_k w_k sum_l s_l n_kl / sum_k w_k sum_l n_kl
//
// Source: 曾光 (1994), 现代流行病学方法与应用 (authority coefficient); NISTEP, Science and Technology Foresight Survey (importance index)
// Page:   docs/methods/delphi_expertise.md
#pragma once

#include <array>
#include <cstdint>
#include <span>

#include "experts/consensus/statistic.h"

namespace jianwei::experts {

// Influence of each basis on a judgement: large, medium, small, none.
enum class Influence : std::uint8_t { large, medium, small, none };

struct BasisWeights {
  std::array<double, 4> practice{0.5, 0.4, 0.3, 0.0};
  std::array<double, 4> theory{0.3, 0.2, 0.1, 0.0};
  std::array<double, 4> literature{0.1, 0.1, 0.1, 0.0};
  std::array<double, 4> intuition{0.1, 0.1, 0.1, 0.0};
};

struct JudgementBasis {
  Influence practice = Influence::none, theory = Influence::none, literature = Influence::none, intuition = Influence::none;
};

struct AuthorityOptions {
  BasisWeights basis;
  std::array<double, 5> familiarity{1.0, 0.8, 0.6, 0.4, 0.2};  // very familiar .. not familiar
};

struct Authority {
  Statistic basis, familiarity, coefficient;  // Ca, Cs, Cr, each [0, 1]
};

// familiarity levels 1 (very) .. 5 (not); the two spans need not name the same experts.
Authority measure_authority(std::span<const JudgementBasis> bases, std::span<const std::int32_t> familiarity_levels, const AuthorityOptions& options = {});

// Share of the invited who answered, [0, 1] (积极系数).
Statistic participation(std::int64_t answered, std::int64_t invited);

// `counts` and `scores` [levels].
Statistic importance_index(std::span<const std::int64_t> counts, std::span<const double> scores);

// `counts` [familiarities][levels] row-major, `weights` [familiarities].
Statistic weighted_importance_index(std::span<const std::int64_t> counts, std::span<const double> scores, std::span<const double> weights);

}  // namespace jianwei::experts

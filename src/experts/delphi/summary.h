// The answers to one question of one item, summed up: counts, location and spread, agreement, and what the question's role asks for.
//
// Page: docs/methods/delphi_consensus.md, delphi_expertise.md
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "experts/consensus/agreement.h"
#include "experts/consensus/concordance.h"
#include "experts/consensus/quantiles.h"
#include "experts/consensus/realization.h"
#include "experts/delphi/answer.h"
#include "experts/delphi/question.h"

namespace jianwei::experts {

struct SeatAnswer {
  const Answer* answer = nullptr;    // never null
  double weight = 1.0;               // of the seat's familiarity with the item; 1 when it was not asked
};

struct QuestionSummary {
  std::int64_t answered = 0, abstained = 0;
  std::vector<std::int64_t> counts;          // [options]: chosen so often; of `choices` an answer may count several times
  Spread spread;                             // scale: categories 1..K; probability: percent
  Statistic consensus, agreement;            // scale: Cns, van der Eijk's A
  Statistic bimodality;                      // scale, probability
  Statistic index, weighted_index;           // of the options' scores: plain and by familiarity
  Statistic weighted_mean;                   // scale, probability: by familiarity
  Realization realization;                   // year
  std::vector<double> mean_rank;             // ranking [options], 1 = best
  Concordance concordance;                   // ranking: do the experts order alike?
  std::vector<double> mean_points;           // allocation [options]
};

// Answers must have passed check_answer. Time O(answers log answers), ranking O(answers * options log options).
QuestionSummary summarize(const Question& question, std::span<const SeatAnswer> answers, QuantileType quantiles);

}  // namespace jianwei::experts

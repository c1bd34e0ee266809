#include "experts/delphi/summary.h"

#include <map>

#include "experts/consensus/expertise.h"

namespace jianwei::experts {
namespace {

// Location, spread and agreement of numbers, plain and weighted.
void describe_numbers(const std::vector<double>& values, const std::vector<double>& weights, QuantileType quantiles, QuestionSummary& summary) {
  summary.spread = describe(values, quantiles);
  summary.bimodality = bimodality_coefficient(values);
  double above = 0.0, below = 0.0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    above += weights[i] * values[i];
    below += weights[i];
  }
  if (below > 0.0) summary.weighted_mean = Statistic::of(above / below);
}

void sum_scores(const Question& question, std::span<const SeatAnswer> answers, QuestionSummary& summary) {
  std::vector<double> scores;
  for (const Option& option : question.options) scores.push_back(option.score);
  summary.index = importance_index(summary.counts, scores);
  double above = 0.0, below = 0.0;
  for (const SeatAnswer& seat : answers) {
    if (seat.answer->abstained || seat.answer->options.empty()) continue;
    above += seat.weight * scores[static_cast<std::size_t>(seat.answer->options[0])];
    below += seat.weight;
  }
  if (below > 0.0) summary.weighted_index = Statistic::of(above / below);
}

void sum_years(std::span<const SeatAnswer> answers, QuestionSummary& summary) {
  std::map<std::int32_t, std::int64_t> years;
  std::int64_t already = 0, never = 0, unknown = 0;
  for (const SeatAnswer& seat : answers) {
    if (seat.answer->abstained) continue;
    switch (seat.answer->realized) {
      case Realized::year: ++years[seat.answer->year]; break;
      case Realized::already: ++already; break;
      case Realized::never: ++never; break;
      case Realized::unknown: ++unknown; break;
    }
  }
  std::vector<YearBin> bins;
  for (const auto& [year, count] : years) bins.push_back({year, year, count});
  summary.realization = measure_realization(bins, already, never, unknown);
}

void sum_rankings(const Question& question, std::span<const SeatAnswer> answers, QuestionSummary& summary) {
  const std::size_t count = question.options.size();
  RatingTable ranks{0, static_cast<std::int32_t>(count), {}};
  summary.mean_rank.assign(count, 0.0);
  for (const SeatAnswer& seat : answers) {
    if (seat.answer->abstained) continue;
    std::vector<double> rank(count, 0.0);
    for (std::size_t position = 0; position < count; ++position) rank[static_cast<std::size_t>(seat.answer->options[position])] = static_cast<double>(position + 1);
    for (std::size_t i = 0; i < count; ++i) summary.mean_rank[i] += rank[i];
    ranks.value.insert(ranks.value.end(), rank.begin(), rank.end());
    ++ranks.rater_count;
  }
  for (double& rank : summary.mean_rank) rank = ranks.rater_count == 0 ? 0.0 : rank / ranks.rater_count;
  summary.concordance = kendall_w(ranks);
}

}  // namespace

QuestionSummary summarize(const Question& question, std::span<const SeatAnswer> answers, QuantileType quantiles) {
  QuestionSummary summary;
  summary.counts.assign(question.options.size(), 0);
  std::vector<double> values, weights;
  if (question.type == QuestionType::allocation) summary.mean_points.assign(question.options.size(), 0.0);
  for (const SeatAnswer& seat : answers) {
    if (seat.answer->abstained) {
      ++summary.abstained;
      continue;
    }
    ++summary.answered;
    if (question.type == QuestionType::scale || question.type == QuestionType::choice || question.type == QuestionType::choices) {
      for (const std::int32_t option : seat.answer->options) ++summary.counts[static_cast<std::size_t>(option)];
    }
    if (question.type == QuestionType::scale) values.push_back(seat.answer->options[0] + 1.0);
    if (question.type == QuestionType::probability) values.push_back(seat.answer->number);
    if (question.type == QuestionType::scale || question.type == QuestionType::probability) weights.push_back(seat.weight);
    for (std::size_t i = 0; i < summary.mean_points.size(); ++i) summary.mean_points[i] += seat.answer->points[i];
  }
  for (double& points : summary.mean_points) points = summary.answered == 0 ? 0.0 : points / static_cast<double>(summary.answered);
  if (!values.empty()) describe_numbers(values, weights, quantiles, summary);
  if (question.type == QuestionType::scale) {
    summary.consensus = tastle_wierman_consensus(summary.counts);
    summary.agreement = van_der_eijk_agreement(summary.counts);
    sum_scores(question, answers, summary);
  }
  if (question.type == QuestionType::year) sum_years(answers, summary);
  if (question.type == QuestionType::ranking) sum_rankings(question, answers, summary);
  return summary;
}

}  // namespace jianwei::experts

#include "experts/consensus/stability.h"

#include <algorithm>
#include <cassert>
#include <cmath>

#include "experts/consensus/quantiles.h"

namespace jianwei::experts {
namespace {

// Experts by first and second answer, with the margins.
struct Table {
  std::size_t categories = 0;
  double all = 0.0;
  std::vector<double> cell, before, after;

  double at(std::size_t i, std::size_t j) const { return cell[i * categories + j]; }
};

Table tabulate(std::span<const AnswerPair> pairs, std::int32_t category_count) {
  Table table;
  table.categories = static_cast<std::size_t>(category_count);
  table.cell.assign(table.categories * table.categories, 0.0);
  table.before.assign(table.categories, 0.0);
  table.after.assign(table.categories, 0.0);
  for (const AnswerPair& pair : pairs) {
    assert(pair.before >= 1 && pair.before <= category_count && pair.after >= 1 && pair.after <= category_count);
    const auto i = static_cast<std::size_t>(pair.before - 1), j = static_cast<std::size_t>(pair.after - 1);
    table.cell[i * table.categories + j] += 1.0;
    table.before[i] += 1.0;
    table.after[j] += 1.0;
    table.all += 1.0;
  }
  return table;
}

// Agreement weights v = 1 - (|i - j| / (K - 1))^q; the variance is equation 5 of Fleiss, Cohen and Everitt (1969) for an estimated kappa.
WeightedKappa weighted_kappa(const Table& table, double power) {
  const std::size_t k = table.categories;
  const auto weight = [&](std::size_t i, std::size_t j) {
    const double distance = std::abs(static_cast<double>(i) - static_cast<double>(j)) / static_cast<double>(k - 1);
    return 1.0 - std::pow(distance, power);
  };
  std::vector<double> row_mean(k, 0.0), column_mean(k, 0.0);
  double observed = 0.0, expected = 0.0;
  for (std::size_t i = 0; i < k; ++i) {
    for (std::size_t j = 0; j < k; ++j) {
      observed += weight(i, j) * table.at(i, j) / table.all;
      expected += weight(i, j) * table.before[i] * table.after[j] / (table.all * table.all);
      row_mean[i] += weight(i, j) * table.after[j] / table.all;
      column_mean[j] += weight(i, j) * table.before[i] / table.all;
    }
  }
  WeightedKappa kappa;
  if (1.0 - expected < 1e-12) {  // everybody chose one category twice
    kappa.value = Statistic::none(kUnanimous);
    return kappa;
  }
  const double value = (observed - expected) / (1.0 - expected);
  double squares = 0.0;
  for (std::size_t i = 0; i < k; ++i) {
    for (std::size_t j = 0; j < k; ++j) {
      const double term = weight(i, j) - (row_mean[i] + column_mean[j]) * (1.0 - value);
      squares += table.at(i, j) / table.all * term * term;
    }
  }
  const double center = value - expected * (1.0 - value);
  const double variance = std::max(0.0, squares - center * center) / (table.all * (1.0 - expected) * (1.0 - expected));
  const double half = 1.959963984540054 * std::sqrt(variance);
  kappa.value = Statistic::of(value);
  kappa.interval = {std::max(-1.0, value - half), std::min(1.0, value + half)};
  return kappa;
}

Statistic lambda_of(const Table& table) {
  const double modal = *std::ranges::max_element(table.after);
  if (table.all - modal == 0.0) return Statistic::none(kUnanimous);
  double known = 0.0;
  for (std::size_t i = 0; i < table.categories; ++i) {
    double best = 0.0;
    for (std::size_t j = 0; j < table.categories; ++j) best = std::max(best, table.at(i, j));
    known += best;
  }
  return Statistic::of((known - modal) / (table.all - modal));
}

// Pearson's test on rows x columns; empty rows and columns do not count.
ChiSquared chi_squared(const std::vector<double>& cells, std::size_t rows, std::size_t columns) {
  std::vector<double> row(rows, 0.0), column(columns, 0.0);
  double all = 0.0;
  for (std::size_t i = 0; i < rows; ++i) {
    for (std::size_t j = 0; j < columns; ++j) {
      row[i] += cells[i * columns + j];
      column[j] += cells[i * columns + j];
      all += cells[i * columns + j];
    }
  }
  const auto used = [](const std::vector<double>& margin) { return static_cast<std::int32_t>(std::ranges::count_if(margin, [](double x) { return x > 0.0; })); };
  ChiSquared result;
  result.degrees = std::max(0, used(row) - 1) * std::max(0, used(column) - 1);
  if (result.degrees == 0) {
    result.value = result.p_value = Statistic::none(kUnanimous);
    return result;
  }
  double value = 0.0;
  for (std::size_t i = 0; i < rows; ++i) {
    for (std::size_t j = 0; j < columns; ++j) {
      const double expected = row[i] * column[j] / all;
      if (expected > 0.0) value += (cells[i * columns + j] - expected) * (cells[i * columns + j] - expected) / expected;
    }
  }
  result.value = Statistic::of(value);
  result.p_value = Statistic::of(1.0 - analysis::incomplete_gamma(result.degrees / 2.0, value / 2.0));
  return result;
}

Statistic moved_toward_median(std::span<const AnswerPair> pairs, double median) {
  double moved = 0.0, toward = 0.0;
  for (const AnswerPair& pair : pairs) {
    if (pair.before == pair.after) continue;
    moved += 1.0;
    if (std::abs(pair.after - median) < std::abs(pair.before - median)) toward += 1.0;
  }
  return moved == 0.0 ? Statistic::none(kTooFew) : Statistic::of(toward / moved);
}

}  // namespace

Stability measure_stability(std::span<const AnswerPair> pairs, std::int32_t category_count) {
  Stability stability;
  stability.pair_count = static_cast<std::int64_t>(pairs.size());
  if (pairs.empty() || category_count < 2) return stability;
  const Table table = tabulate(pairs, category_count);
  double same = 0.0, net = 0.0;
  for (std::size_t k = 0; k < table.categories; ++k) {
    same += table.at(k, k);
    net += std::abs(table.before[k] - table.after[k]) / 2.0;
  }
  stability.unchanged = Statistic::of(same / table.all);
  stability.net_change = Statistic::of(net / table.all);
  stability.kappa_linear = weighted_kappa(table, 1.0);
  stability.kappa_quadratic = weighted_kappa(table, 2.0);
  stability.lambda = lambda_of(table);
  stability.individual = chi_squared(table.cell, table.categories, table.categories);
  std::vector<double> both = table.before;
  both.insert(both.end(), table.after.begin(), table.after.end());
  stability.group = chi_squared(both, 2, table.categories);

  std::vector<double> first, second;
  for (const AnswerPair& pair : pairs) {
    first.push_back(pair.before);
    second.push_back(pair.after);
  }
  const Spread before = describe(first), after = describe(second);
  if (before.coefficient_of_variation.defined() && after.coefficient_of_variation.defined()) {
    stability.cv_change = Statistic::of(std::abs(after.coefficient_of_variation.value - before.coefficient_of_variation.value));
  }
  stability.toward_median = moved_toward_median(pairs, before.median.value);
  return stability;
}

}  // namespace jianwei::experts

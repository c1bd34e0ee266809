#include "analysis/hindcast/growth_forecast.h"

#include <algorithm>
#include <cmath>

#include "analysis/hindcast/metrics.h"

namespace jianwei::analysis {

namespace {

constexpr std::size_t kColumns = 4;
constexpr std::size_t kLeastRows = 100;
constexpr double kLeastVariance = 0.01;  // of a log growth; nothing is known to better than 10 %

using Row = std::array<double, kColumns>;

Row row_of(const FeatureTable& table, std::int32_t unit, const Weights& weights) {
  const auto u = static_cast<std::size_t>(unit);
  double logit = 0.0;
  for (std::size_t f = 0; f < kFeatureCount; ++f) logit += weights[f] * static_cast<double>(table.normal[u][f]);
  return {1.0, logit, table.raw[u][static_cast<std::size_t>(Feature::forecast)], table.raw[u][static_cast<std::size_t>(Feature::level)]};
}

// Least squares by normal equations with a ridge of 1e-6, Gauss elimination.
Row least_squares(const std::vector<Row>& x, const std::vector<double>& y, std::size_t columns) {
  std::array<std::array<double, kColumns + 1>, kColumns> a{};
  for (std::size_t i = 0; i < x.size(); ++i) {
    for (std::size_t r = 0; r < columns; ++r) {
      for (std::size_t c = 0; c < columns; ++c) a[r][c] += x[i][r] * x[i][c];
      a[r][kColumns] += x[i][r] * y[i];
    }
  }
  for (std::size_t r = 0; r < columns; ++r) a[r][r] += 1e-6;
  for (std::size_t pivot = 0; pivot < columns; ++pivot) {
    for (std::size_t r = 0; r < columns; ++r) {
      if (r == pivot) continue;
      const double factor = a[r][pivot] / a[pivot][pivot];
      for (std::size_t c = pivot; c <= kColumns; ++c) a[r][c] -= factor * a[pivot][c];
    }
  }
  Row solution{};
  for (std::size_t r = 0; r < columns; ++r) solution[r] = a[r][kColumns] / a[r][r];
  return solution;
}

double dot(const Row& a, const Row& b) {
  double sum = 0.0;
  for (std::size_t i = 0; i < kColumns; ++i) sum += a[i] * b[i];
  return sum;
}

}  // namespace

void add_growth_rows(const FeatureTable& table, const Outcome& outcome, const Weights& weights, GrowthRows& rows) {
  for (std::size_t i = 0; i < table.candidates.size(); ++i) {
    rows.x.push_back(row_of(table, table.candidates[i], weights));
    rows.documents.push_back(table.base[static_cast<std::size_t>(table.candidates[i])]);
    rows.growth.push_back(outcome.growth[i]);
  }
}

GrowthScores score_growth_forecast(const GrowthRows& known, const FeatureTable& table, const std::vector<double>& growth, const Weights& weights) {
  GrowthScores scores;
  if (known.x.size() < kLeastRows || growth.empty()) return scores;
  const auto n = static_cast<double>(known.x.size());
  const Row line = least_squares(known.x, known.growth, kColumns);
  std::vector<Row> by_size;
  std::vector<double> squares;
  double mean = 0.0, variance = 0.0, residual_variance = 0.0;
  for (std::size_t i = 0; i < known.x.size(); ++i) {
    const double residual = known.growth[i] - dot(line, known.x[i]);
    by_size.push_back({1.0, 1.0 / known.documents[i], 0.0, 0.0});
    squares.push_back(residual * residual);
    residual_variance += residual * residual / n;
    mean += known.growth[i] / n;
  }
  for (const double g : known.growth) variance += (g - mean) * (g - mean) / n;
  const Row spread = least_squares(by_size, squares, 2);
  const double climatology = std::sqrt(std::max(variance, kLeastVariance));
  for (std::size_t i = 0; i < growth.size(); ++i) {
    const double centre = dot(line, row_of(table, table.candidates[i], weights));
    const double documents = table.base[static_cast<std::size_t>(table.candidates[i])];
    const double deviation = std::sqrt(std::max(spread[0] + spread[1] / documents, std::max(kLeastVariance, 0.25 * residual_variance)));
    scores.crps += crps_normal(centre, deviation, growth[i]);
    scores.crps_climatology += crps_normal(mean, climatology, growth[i]);
    const double z = std::abs(growth[i] - centre) / deviation;
    scores.coverage80 += z <= 1.2816 ? 1.0 : 0.0;
    scores.coverage95 += z <= 1.96 ? 1.0 : 0.0;
  }
  scores.rows = static_cast<std::int64_t>(growth.size());
  for (double* value : {&scores.crps, &scores.crps_climatology, &scores.coverage80, &scores.coverage95}) *value /= static_cast<double>(growth.size());
  return scores;
}

}  // namespace jianwei::analysis

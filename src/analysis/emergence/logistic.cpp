#include "analysis/emergence/logistic.h"

#include <algorithm>
#include <cmath>

namespace jianwei::analysis {

namespace {

constexpr std::size_t kSize = kFeatureCount + 1;  // weights, then intercept
using Vector = std::array<double, kSize>;
using Matrix = std::array<Vector, kSize>;

double linear(const std::array<float, kFeatureCount>& row, const Vector& w) {
  double sum = w[kFeatureCount];
  for (std::size_t f = 0; f < kFeatureCount; ++f) sum += w[f] * static_cast<double>(row[f]);
  return sum;
}

double row_weight(const LogisticData& data, std::size_t i) { return data.weights.empty() ? 1.0 : data.weights[i]; }

double objective(const LogisticData& data, const Vector& w, const Weights& prior, double strength) {
  double sum = 0.0;
  for (std::size_t i = 0; i < data.rows.size(); ++i) {
    const double x = linear(data.rows[i], w);
    sum += row_weight(data, i) * (std::max(x, 0.0) + std::log1p(std::exp(-std::abs(x))) - (data.labels[i] ? x : 0.0));
  }
  for (std::size_t f = 0; f < kFeatureCount; ++f) sum += 0.5 * strength * (w[f] - prior[f]) * (w[f] - prior[f]);
  return sum;
}

// Cholesky solution of a positive definite system; the matrix is overwritten.
Vector solve(Matrix& a, Vector b) {
  for (std::size_t i = 0; i < kSize; ++i) {
    for (std::size_t j = 0; j <= i; ++j) {
      double sum = a[i][j];
      for (std::size_t k = 0; k < j; ++k) sum -= a[i][k] * a[j][k];
      a[i][j] = i == j ? std::sqrt(std::max(sum, 1e-12)) : sum / a[j][j];
    }
  }
  for (std::size_t i = 0; i < kSize; ++i) {
    for (std::size_t k = 0; k < i; ++k) b[i] -= a[i][k] * b[k];
    b[i] /= a[i][i];
  }
  for (std::size_t i = kSize; i-- > 0;) {
    for (std::size_t k = i + 1; k < kSize; ++k) b[i] -= a[k][i] * b[k];
    b[i] /= a[i][i];
  }
  return b;
}

}  // namespace

Weights fit_logistic(const LogisticData& data, const Weights& prior, double strength) {
  if (data.rows.empty()) return prior;
  Vector w{};
  std::copy(prior.begin(), prior.end(), w.begin());
  const auto positives = static_cast<double>(std::count(data.labels.begin(), data.labels.end(), std::uint8_t{1}));
  const double rate = (positives + 0.5) / (static_cast<double>(data.labels.size()) + 1.0);
  w[kFeatureCount] = std::log(rate / (1.0 - rate));

  double cost = objective(data, w, prior, strength);
  for (int iteration = 0; iteration < 30; ++iteration) {
    Vector gradient{};
    Matrix hessian{};
    for (std::size_t i = 0; i < data.rows.size(); ++i) {
      const double p = 1.0 / (1.0 + std::exp(-linear(data.rows[i], w)));
      const double residual = row_weight(data, i) * (p - (data.labels[i] ? 1.0 : 0.0)), weight = row_weight(data, i) * p * (1.0 - p);
      Vector x;
      for (std::size_t f = 0; f < kFeatureCount; ++f) x[f] = static_cast<double>(data.rows[i][f]);
      x[kFeatureCount] = 1.0;
      for (std::size_t f = 0; f < kSize; ++f) {
        gradient[f] += residual * x[f];
        for (std::size_t g = 0; g <= f; ++g) hessian[f][g] += weight * x[f] * x[g];
      }
    }
    for (std::size_t f = 0; f < kFeatureCount; ++f) {
      gradient[f] += strength * (w[f] - prior[f]);
      hessian[f][f] += strength;
    }
    hessian[kFeatureCount][kFeatureCount] += 1e-9;
    const Vector step = solve(hessian, gradient);
    double scale = 1.0, largest = 0.0;
    Vector next{};
    double next_cost = cost;
    for (int halving = 0; halving < 20; ++halving, scale *= 0.5) {
      for (std::size_t f = 0; f < kSize; ++f) next[f] = w[f] - scale * step[f];
      next_cost = objective(data, next, prior, strength);
      if (next_cost <= cost) break;
    }
    if (next_cost > cost) break;
    for (std::size_t f = 0; f < kSize; ++f) largest = std::max(largest, std::abs(next[f] - w[f]));
    w = next;
    cost = next_cost;
    if (largest < 1e-8) break;
  }
  Weights result;
  std::copy(w.begin(), w.begin() + static_cast<std::ptrdiff_t>(kFeatureCount), result.begin());
  return result;
}

}  // namespace jianwei::analysis

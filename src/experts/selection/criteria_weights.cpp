// BWM is a small linear programme in (w_1 .. w_n, xi). Only xi is unknown in kind: for a fixed xi the constraints are intervals of ratios, and the
// smallest feasible xi together with its weights is found by the simplex method on the dense tableau (n + 1 variables, 4 n constraints).
#include "experts/selection/criteria_weights.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

namespace jianwei::experts {
namespace {

// Minimises c x subject to A x <= b (b >= 0 for all rows but equality handled by the caller), x >= 0, by Bland's rule, so that it cannot cycle.
// Big-M for the one equality sum w = 1: kept simple because n is at most a few dozen.
class Simplex {
 public:
  Simplex(std::size_t variables, std::size_t rows) : columns_(variables + 2 * rows + 1), rows_(rows), table_((rows + 1) * columns_, 0.0), basis_(rows) {}

  double& at(std::size_t row, std::size_t column) { return table_[row * columns_ + column]; }
  std::size_t right() const { return columns_ - 1; }
  void set_basis(std::size_t row, std::size_t column) { basis_[row] = column; }

  // The last row holds reduced costs to be minimised; basic columns must be 0 there.
  void solve() {
    for (;;) {
      std::size_t enter = columns_;
      for (std::size_t j = 0; j < right(); ++j) {
        if (at(rows_, j) < -kTiny) {
          enter = j;
          break;
        }
      }
      if (enter == columns_) return;
      std::size_t leave = rows_;
      double best = 0.0;
      for (std::size_t i = 0; i < rows_; ++i) {
        if (at(i, enter) <= kTiny) continue;
        const double ratio = at(i, right()) / at(i, enter);
        if (leave == rows_ || ratio < best - kTiny || (ratio < best + kTiny && basis_[i] < basis_[leave])) {
          leave = i;
          best = ratio;
        }
      }
      if (leave == rows_) return;  // unbounded: cannot happen, xi >= 0 is minimised
      pivot(leave, enter);
    }
  }

  double value_of(std::size_t variable) {
    for (std::size_t i = 0; i < rows_; ++i) {
      if (basis_[i] == variable) return at(i, right());
    }
    return 0.0;
  }

  void pivot(std::size_t row, std::size_t column) {
    const double by = at(row, column);
    for (std::size_t j = 0; j < columns_; ++j) at(row, j) /= by;
    for (std::size_t i = 0; i <= rows_; ++i) {
      const double factor = at(i, column);
      if (i == row || factor == 0.0) continue;
      for (std::size_t j = 0; j < columns_; ++j) at(i, j) -= factor * at(row, j);
    }
    basis_[row] = column;
  }

 private:
  static constexpr double kTiny = 1e-11;
  std::size_t columns_, rows_;
  std::vector<double> table_;
  std::vector<std::size_t> basis_;
};

}  // namespace

Result<AhpWeights> ahp_weights(std::span<const double> comparisons, std::int32_t criterion_count) {
  const auto n = static_cast<std::size_t>(std::max(criterion_count, 0));
  if (n < 2 || comparisons.size() != n * n) return fail(ErrorKind::invalid_input, "a comparison of {} criteria needs {} values, got {}", n, n * n, comparisons.size());
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j < n; ++j) {
      const double a = comparisons[i * n + j], b = comparisons[j * n + i];
      if (!(a > 0.0) || !std::isfinite(a)) return fail(ErrorKind::invalid_input, "comparison of criteria {} and {} is {}, expected a number above 0", i + 1, j + 1, a);
      // 0.6 %: answers like 0.33 for one third are meant as reciprocal (0.333 * 3 = 0.999).
      if (std::abs(a * b - 1.0) > 0.011) return fail(ErrorKind::invalid_input, "comparisons of criteria {} and {} are {} and {}, expected reciprocal values", i + 1, j + 1, a, b);
    }
  }
  AhpWeights result;
  result.weights.assign(n, 1.0 / static_cast<double>(n));
  constexpr int kIterations = 1000;
  for (int iteration = 0; iteration < kIterations; ++iteration) {
    std::vector<double> next(n, 0.0);
    for (std::size_t i = 0; i < n; ++i) {
      for (std::size_t j = 0; j < n; ++j) next[i] += comparisons[i * n + j] * result.weights[j];
    }
    const double sum = std::accumulate(next.begin(), next.end(), 0.0);
    double moved = 0.0;
    for (std::size_t i = 0; i < n; ++i) {
      next[i] /= sum;
      moved = std::max(moved, std::abs(next[i] - result.weights[i]));
    }
    result.weights = std::move(next);
    result.largest_eigenvalue = sum;  // the weights before this step summed to 1
    if (moved < 1e-15) break;
  }
  constexpr std::array<double, 11> kRandomIndex{0, 0, 0, .58, .90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49};
  if (n == 2) {
    result.consistency_ratio = Statistic::of(0.0);  // two criteria cannot contradict each other
  } else if (n < kRandomIndex.size()) {
    const double index = (result.largest_eigenvalue - static_cast<double>(n)) / static_cast<double>(n - 1);
    result.consistency_ratio = Statistic::of(std::max(0.0, index) / kRandomIndex[n]);
  }
  return result;
}

Result<BwmWeights> best_worst_weights(std::span<const double> best_to_others, std::span<const double> others_to_worst, std::int32_t best, std::int32_t worst) {
  const std::size_t n = best_to_others.size();
  if (n < 2 || others_to_worst.size() != n) return fail(ErrorKind::invalid_input, "best-worst: {} and {} comparisons, expected two rows of the same length of at least 2", n, others_to_worst.size());
  const auto inside = [&](std::int32_t k) { return k >= 0 && static_cast<std::size_t>(k) < n; };
  if (!inside(best) || !inside(worst) || best == worst) return fail(ErrorKind::invalid_input, "best-worst: criteria {} and {} cannot be the best and the worst of {}", best + 1, worst + 1, n);
  for (std::size_t j = 0; j < n; ++j) {
    if (!(best_to_others[j] >= 1.0) || !(others_to_worst[j] >= 1.0)) return fail(ErrorKind::invalid_input, "best-worst: criterion {} has a comparison below 1", j + 1);
  }
  const auto b = static_cast<std::size_t>(best), w = static_cast<std::size_t>(worst);
  // Rows: +-(w_B - a_j w_j) - xi <= 0, +-(w_j - c_j w_W) - xi <= 0, and the equality sum w = 1 with an artificial variable.
  const std::size_t rows = 4 * n + 1, xi = n;
  Simplex simplex(n + 1, rows);
  const std::size_t slack = n + 1, artificial = n + 1 + rows;
  std::size_t row = 0;
  const auto add = [&](std::size_t plus, std::size_t minus, double factor, double sign) {
    simplex.at(row, plus) += sign;
    simplex.at(row, minus) -= sign * factor;
    simplex.at(row, xi) -= 1.0;
    simplex.at(row, slack + row) = 1.0;
    simplex.set_basis(row, slack + row);
    ++row;
  };
  for (std::size_t j = 0; j < n; ++j) {
    for (const double sign : {1.0, -1.0}) {
      add(b, j, best_to_others[j], sign);
      add(j, w, others_to_worst[j], sign);
    }
  }
  for (std::size_t j = 0; j < n; ++j) simplex.at(row, j) = 1.0;
  simplex.at(row, artificial) = 1.0;
  simplex.at(row, simplex.right()) = 1.0;
  simplex.set_basis(row, artificial);
  constexpr double kPenalty = 1e4;  // far above any xi, which is at most 9
  simplex.at(rows, xi) = 1.0;
  for (std::size_t j = 0; j < n; ++j) simplex.at(rows, j) -= kPenalty;
  simplex.at(rows, simplex.right()) -= kPenalty;
  simplex.solve();

  BwmWeights result;
  for (std::size_t j = 0; j < n; ++j) result.weights.push_back(std::max(0.0, simplex.value_of(j)));
  result.inconsistency = std::max(0.0, simplex.value_of(xi));
  return result;
}

Result<std::vector<double>> entropy_weights(std::span<const double> scores, std::int32_t criterion_count) {
  const auto criteria = static_cast<std::size_t>(std::max(criterion_count, 1));
  const std::size_t items = scores.size() / criteria;
  if (items < 2 || items * criteria != scores.size()) return fail(ErrorKind::invalid_input, "entropy weights need at least two items with {} scores each", criteria);
  std::vector<double> weights(criteria, 0.0);
  double all = 0.0;
  for (std::size_t j = 0; j < criteria; ++j) {
    double sum = 0.0, entropy = 0.0;
    for (std::size_t i = 0; i < items; ++i) {
      if (!(scores[i * criteria + j] >= 0.0)) return fail(ErrorKind::invalid_input, "score of item {} on criterion {} is negative or missing", i + 1, j + 1);
      sum += scores[i * criteria + j];
    }
    if (sum == 0.0) return fail(ErrorKind::invalid_input, "criterion {} is 0 for every item", j + 1);
    for (std::size_t i = 0; i < items; ++i) {
      const double p = scores[i * criteria + j] / sum;
      if (p > 0.0) entropy -= p * std::log(p);
    }
    weights[j] = std::max(0.0, 1.0 - entropy / std::log(static_cast<double>(items)));
    all += weights[j];
  }
  for (double& weight : weights) weight = all == 0.0 ? 1.0 / static_cast<double>(criteria) : weight / all;
  return weights;
}

}  // namespace jianwei::experts

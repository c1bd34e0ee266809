#include "analysis/bursts/kleinberg.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>
#include <vector>

namespace jianwei::analysis {

namespace {

// Cost of each state at each step, [steps][states], and the cost of climbing one state.
struct Trellis {
  std::int64_t steps = 0;
  int states = 0;
  std::vector<double> sigma;
  double climb = 0.0;
  double at(std::int64_t t, int i) const { return sigma[static_cast<std::size_t>(t * states + i)]; }
};

// Least-cost path from state 0. On equal costs the lower state wins, as in Kleinberg's own description of minimal intervals.
void viterbi(const Trellis& trellis, Bursts& result) {
  const auto k = static_cast<std::size_t>(trellis.states);
  const auto n = static_cast<std::size_t>(trellis.steps);
  std::vector<double> cost(k, std::numeric_limits<double>::infinity()), next(k);
  cost[0] = 0.0;
  std::vector<std::int32_t> from(n * k, 0);
  for (std::size_t t = 0; t < n; ++t) {
    for (std::size_t j = 0; j < k; ++j) {
      double best = std::numeric_limits<double>::infinity();
      for (std::size_t i = 0; i < k; ++i) {
        const double tau = j > i ? static_cast<double>(j - i) * trellis.climb : 0.0;
        if (cost[i] + tau < best) {
          best = cost[i] + tau;
          from[t * k + j] = static_cast<std::int32_t>(i);
        }
      }
      next[j] = best + trellis.at(static_cast<std::int64_t>(t), static_cast<int>(j));
    }
    cost.swap(next);
  }
  auto state = static_cast<std::size_t>(std::min_element(cost.begin(), cost.end()) - cost.begin());
  result.cost = cost[state];
  result.states.assign(n, 0);
  for (std::size_t t = n; t-- > 0;) {
    result.states[t] = static_cast<int>(state);
    state = static_cast<std::size_t>(from[t * k + state]);
  }
}

// A burst of level i is a maximal run of states >= i.
void cut_into_bursts(const Trellis& trellis, Bursts& result) {
  for (int level = 1; level < trellis.states; ++level) {
    for (std::int64_t t = 0; t < trellis.steps;) {
      if (result.states[static_cast<std::size_t>(t)] < level) {
        ++t;
        continue;
      }
      Burst burst;
      burst.level = level;
      burst.begin = t;
      for (; t < trellis.steps && result.states[static_cast<std::size_t>(t)] >= level; ++t) burst.weight += trellis.at(t, level - 1) - trellis.at(t, level);
      burst.end = t;
      result.bursts.push_back(burst);
    }
  }
  std::sort(result.bursts.begin(), result.bursts.end(), [](const Burst& a, const Burst& b) { return a.begin != b.begin ? a.begin < b.begin : a.level < b.level; });
}

// ln n!. Counts are small whole numbers that come again and again: each is computed once a thread.
double log_factorial(double n) {
  constexpr std::size_t kKept = 1 << 15;
  if (!(n < static_cast<double>(kKept)) || n != std::floor(n)) return std::lgamma(n + 1.0);
  static thread_local std::vector<double> known(kKept, -1.0);
  double& value = known[static_cast<std::size_t>(n)];
  if (value < 0.0) value = std::lgamma(n + 1.0);
  return value;
}

Result<> check(const BurstOptions& options) {
  if (!(options.rate_ratio > 1.0)) return fail(ErrorKind::invalid_input, "the rate ratio of the burst automaton is {}, it must exceed 1", options.rate_ratio);
  if (!(options.gamma >= 0.0)) return fail(ErrorKind::invalid_input, "gamma of the burst automaton is {}, it must not be negative", options.gamma);
  if (options.state_count < 2) return fail(ErrorKind::invalid_input, "the burst automaton needs two states or more, not {}", options.state_count);
  return {};
}

}  // namespace

Result<Bursts> find_bursts(std::span<const double> relevant, std::span<const double> documents, const BurstOptions& options) {
  TRY(check(options));
  if (relevant.size() != documents.size()) return fail(ErrorKind::invalid_input, "{} relevant counts but {} periods", relevant.size(), documents.size());
  double relevant_sum = 0.0, document_sum = 0.0;
  for (std::size_t t = 0; t < relevant.size(); ++t) {
    if (relevant[t] < 0.0 || relevant[t] > documents[t]) {
      return fail(ErrorKind::invalid_input, "period {} has {} relevant of {} documents", t, relevant[t], documents[t]);
    }
    relevant_sum += relevant[t];
    document_sum += documents[t];
  }
  Bursts result;
  result.states.assign(relevant.size(), 0);
  if (relevant_sum <= 0.0) return result;

  Trellis trellis;
  trellis.steps = static_cast<std::int64_t>(relevant.size());
  trellis.states = options.state_count;
  trellis.climb = options.gamma * std::log(static_cast<double>(relevant.size()));
  trellis.sigma.resize(relevant.size() * static_cast<std::size_t>(trellis.states));
  const double base_rate = relevant_sum / document_sum;
  constexpr double kCap = 0.9999;  // p_i must stay below 1
  std::vector<std::pair<double, double>> rates;  // [states] ln p_i, ln (1 - p_i)
  double p = base_rate;
  for (int i = 0; i < trellis.states; ++i, p *= options.rate_ratio) rates.emplace_back(std::log(std::min(p, kCap)), std::log1p(-std::min(p, kCap)));
  double* sigma = trellis.sigma.data();
  for (std::size_t t = 0; t < relevant.size(); ++t) {
    const double r = relevant[t], d = documents[t];
    const double log_choose = log_factorial(d) - log_factorial(r) - log_factorial(d - r);
    for (const auto& [log_p, log_rest] : rates) *sigma++ = -(log_choose + r * log_p + (d - r) * log_rest);
  }
  viterbi(trellis, result);
  cut_into_bursts(trellis, result);
  return result;
}

Result<Bursts> find_bursts_continuous(std::span<const double> times, const BurstOptions& options) {
  TRY(check(options));
  if (times.size() < 2) return fail(ErrorKind::invalid_input, "a stream needs two time stamps or more, not {}", times.size());
  const std::size_t n = times.size() - 1;
  double smallest = std::numeric_limits<double>::infinity();
  for (std::size_t t = 0; t < n; ++t) {
    const double gap = times[t + 1] - times[t];
    if (!(gap > 0.0)) return fail(ErrorKind::invalid_input, "time stamps {} and {} are equal or out of order; use the batched form", t, t + 1);
    smallest = std::min(smallest, gap);
  }
  const double span = times.back() - times.front();
  const double s = options.rate_ratio;
  Trellis trellis;
  trellis.steps = static_cast<std::int64_t>(n);
  trellis.states = std::max(1, static_cast<int>(std::ceil(1.0 + std::log(span) / std::log(s) + std::log(1.0 / smallest) / std::log(s))));
  trellis.climb = options.gamma * std::log(static_cast<double>(n));
  trellis.sigma.resize(n * static_cast<std::size_t>(trellis.states));
  for (std::size_t t = 0; t < n; ++t) {
    const double gap = times[t + 1] - times[t];
    for (int i = 0; i < trellis.states; ++i) {
      const double log_rate = std::log(static_cast<double>(n) / span) + i * std::log(s);
      trellis.sigma[t * static_cast<std::size_t>(trellis.states) + static_cast<std::size_t>(i)] = std::exp(log_rate) * gap - log_rate;
    }
  }
  Bursts result;
  viterbi(trellis, result);
  cut_into_bursts(trellis, result);
  return result;
}

}  // namespace jianwei::analysis

// Means over origins, the bootstrap of the difference to each baseline, other labels, Holm's correction.
#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "analysis/hindcast/hindcast.h"
#include "analysis/hindcast/regimes.h"
#include "base/random.h"

namespace jianwei::analysis {

namespace {

// Rows of one origin in the order of one method's score; the end of each group of equal scores is marked.
struct SortedRows {
  std::vector<std::int32_t> order;
  std::vector<std::uint8_t> ends_group;
};

SortedRows sort_rows(const std::vector<double>& scores) {
  SortedRows sorted;
  sorted.order.resize(scores.size());
  std::iota(sorted.order.begin(), sorted.order.end(), 0);
  const auto score = [&](std::int32_t i) { return scores[static_cast<std::size_t>(i)]; };
  std::sort(sorted.order.begin(), sorted.order.end(), [&](std::int32_t a, std::int32_t b) { return score(a) != score(b) ? score(a) > score(b) : a < b; });
  sorted.ends_group.resize(scores.size());
  for (std::size_t i = 0; i < scores.size(); ++i) sorted.ends_group[i] = i + 1 == scores.size() || score(sorted.order[i]) != score(sorted.order[i + 1]) ? 1 : 0;
  return sorted;
}

// weighted_auprc() without its sort: one pass.
double auprc_sorted(const SortedRows& sorted, const std::vector<std::uint8_t>& labels, const std::vector<float>& weights) {
  double total = 0.0, seen = 0.0, hits = 0.0, gained = 0.0, area = 0.0;
  for (std::size_t i = 0; i < labels.size(); ++i) total += labels[i] ? static_cast<double>(weights[i]) : 0.0;
  if (total <= 0.0) return 0.0;
  for (std::size_t i = 0; i < sorted.order.size(); ++i) {
    const auto row = static_cast<std::size_t>(sorted.order[i]);
    const auto w = static_cast<double>(weights[row]);
    seen += w;
    if (labels[row]) gained += w;
    if (!sorted.ends_group[i]) continue;
    hits += gained;
    if (gained > 0.0) area += gained * hits / seen;
    gained = 0.0;
  }
  return area / total;
}

// Poisson(1) weight of a unit in a replicate: a function of seed, replicate and name, so that a unit has it at every origin.
float unit_weight(std::uint64_t seed, std::uint64_t replicate, std::uint64_t name) {
  static constexpr double kCumulative[] = {0.36787944, 0.73575888, 0.91969860, 0.98101184, 0.99634015, 0.99940582, 0.99991676, 0.99998975};
  Random random(seed ^ (name * 0x9e3779b97f4a7c15ULL), replicate);
  const double u = random.uniform();
  float k = 0.0F;
  for (const double c : kCumulative) {
    if (u < c) break;
    k += 1.0F;
  }
  return k;
}

double quantile(std::vector<double> values, double q) {
  std::sort(values.begin(), values.end());
  const double place = q * static_cast<double>(values.size() - 1);
  const auto below = static_cast<std::size_t>(place);
  const std::size_t above = std::min(below + 1, values.size() - 1);
  return values[below] + (place - static_cast<double>(below)) * (values[above] - values[below]);
}

RankingMetrics mean_metrics(const std::vector<OriginResult>& origins, std::size_t method) {
  RankingMetrics sum;
  const auto n = static_cast<double>(origins.size());
  for (const OriginResult& origin : origins) {
    const RankingMetrics& m = origin.methods[method].metrics;
    sum.auprc += m.auprc / n;
    sum.p20 += m.p20 / n;
    sum.p50 += m.p50 / n;
    sum.p100 += m.p100 / n;
    sum.p1_percent += m.p1_percent / n;
    sum.ndcg50 += m.ndcg50 / n;
    sum.csi += m.csi / n;
    sum.lift50 += m.lift50 / n;
    sum.brier += m.brier / n;
  }
  return sum;
}

// Fills the intervals of hindcast.deltas.
void bootstrap(Hindcast& hindcast, const HindcastOptions& options) {
  const std::size_t origin_count = hindcast.origins.size(), method_count = hindcast.pooled.size();
  std::vector<std::vector<SortedRows>> sorted(origin_count);
  for (std::size_t o = 0; o < origin_count; ++o) {
    for (std::size_t m = 0; m < method_count; ++m) sorted[o].push_back(sort_rows(hindcast.origins[o].methods[m].scores));
  }
  const std::size_t block = std::min(origin_count, static_cast<std::size_t>(std::max<std::int64_t>(1, hindcast.horizon_years)));
  std::vector<std::vector<double>> differences(method_count);
  std::vector<float> weights;
  std::vector<std::vector<double>> value(origin_count, std::vector<double>(method_count, 0.0));
  for (std::int64_t replicate = 0; replicate < options.replicate_count; ++replicate) {
    Random random(options.seed, static_cast<std::uint64_t>(replicate) + 1);
    std::vector<std::size_t> drawn;
    while (drawn.size() < origin_count) {
      const std::size_t start = random.below(static_cast<std::uint32_t>(origin_count));
      for (std::size_t i = 0; i < block && drawn.size() < origin_count; ++i) drawn.push_back((start + i) % origin_count);
    }
    std::vector<std::uint8_t> is_drawn(origin_count, 0);
    for (const std::size_t o : drawn) is_drawn[o] = 1;
    for (std::size_t o = 0; o < origin_count; ++o) {
      if (!is_drawn[o]) continue;
      const OriginResult& origin = hindcast.origins[o];
      weights.clear();
      for (const std::uint64_t name : origin.names) weights.push_back(unit_weight(options.seed, static_cast<std::uint64_t>(replicate), name));
      for (std::size_t m = 0; m < method_count; ++m) value[o][m] = auprc_sorted(sorted[o][m], origin.labels, weights);
    }
    for (std::size_t m = 1; m < method_count; ++m) {
      double sum = 0.0;
      for (const std::size_t o : drawn) sum += value[o][0] - value[o][m];
      differences[m].push_back(sum / static_cast<double>(origin_count));
    }
  }
  for (std::size_t m = 1; m < method_count; ++m) {
    if (differences[m].empty()) continue;
    hindcast.deltas[m - 1].lo = quantile(differences[m], 0.025);
    hindcast.deltas[m - 1].hi = quantile(differences[m], 0.975);
    const auto n = static_cast<double>(differences[m].size());
    const auto below = static_cast<double>(std::count_if(differences[m].begin(), differences[m].end(), [](double d) { return d <= 0.0; }));
    hindcast.deltas[m - 1].p = std::min(1.0, 2.0 * (std::min(below, n - below) + 1.0) / (n + 1.0));
  }
}

// Holm (1979): the k-th smallest of m p-values times m - k + 1, never below the one before.
void correct_for_baselines(std::vector<Delta>& deltas) {
  std::vector<std::size_t> order(deltas.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return deltas[a].p != deltas[b].p ? deltas[a].p < deltas[b].p : a < b; });
  double least = 0.0;
  for (std::size_t k = 0; k < order.size(); ++k) {
    least = std::max(least, std::min(1.0, deltas[order[k]].p * static_cast<double>(order.size() - k)));
    deltas[order[k]].p_holm = least;
  }
}

// The other labels: means over the origins that have a positive.
void pool_labels(Hindcast& hindcast) {
  if (hindcast.origins.front().label_checks.empty()) return;
  for (std::size_t l = 0; l < hindcast.origins.front().label_checks.size(); ++l) {
    PooledLabel pooled;
    pooled.label = hindcast.origins.front().label_checks[l].label;
    std::vector<double> area(hindcast.pooled.size(), 0.0), csi(hindcast.pooled.size(), 0.0);
    for (const OriginResult& origin : hindcast.origins) {
      const LabelCheck& check = origin.label_checks[l];
      if (check.prevalence <= 0.0) continue;
      ++pooled.origin_count;
      pooled.prevalence += check.prevalence;
      for (std::size_t m = 0; m < area.size(); ++m) {
        area[m] += check.auprc[m];
        csi[m] += check.csi[m];
      }
    }
    if (pooled.origin_count == 0) continue;
    const auto n = static_cast<double>(pooled.origin_count);
    std::size_t best = 1;
    for (std::size_t m = 1; m < area.size(); ++m) {
      if (area[m] > area[best]) best = m;
    }
    pooled.prevalence /= n;
    pooled.auprc = area[0] / n;
    pooled.csi = csi[0] / n;
    pooled.baseline = hindcast.pooled[best].method;
    pooled.baseline_auprc = area[best] / n;
    pooled.baseline_csi = csi[best] / n;
    hindcast.labels.push_back(std::move(pooled));
  }
}

void pool_growth_scores(Hindcast& hindcast) {
  GrowthScores& sum = hindcast.growth_scores;
  double count = 0.0;
  for (const OriginResult& origin : hindcast.origins) {
    const GrowthScores& scores = origin.growth_scores;
    if (scores.rows == 0) continue;
    count += 1.0;
    sum.rows += scores.rows;
    sum.crps += scores.crps;
    sum.crps_climatology += scores.crps_climatology;
    sum.coverage80 += scores.coverage80;
    sum.coverage95 += scores.coverage95;
  }
  if (count == 0.0) return;
  for (double* value : {&sum.crps, &sum.crps_climatology, &sum.coverage80, &sum.coverage95}) *value /= count;
}

}  // namespace

Hindcast pool_origins(std::vector<OriginResult> origins, const HindcastOptions& options) {
  Hindcast hindcast;
  hindcast.horizon_years = options.emergence.features.horizon_years;
  hindcast.origins = std::move(origins);
  if (hindcast.origins.empty()) return hindcast;

  // A method that some origin lacks (EScore without ten years) is left out everywhere: means must be over the same origins.
  for (const MethodResult& method : std::vector<MethodResult>(hindcast.origins.front().methods)) {
    const auto has = [&](const OriginResult& o) { return std::any_of(o.methods.begin(), o.methods.end(), [&](const MethodResult& m) { return m.method == method.method; }); };
    if (std::all_of(hindcast.origins.begin(), hindcast.origins.end(), has)) hindcast.pooled.push_back({method.method, {}});
  }
  for (OriginResult& origin : hindcast.origins) {
    for (LabelCheck& check : origin.label_checks) {
      LabelCheck kept{check.label, check.prevalence, {}, {}};
      for (std::size_t m = 0; m < origin.methods.size(); ++m) {
        if (std::none_of(hindcast.pooled.begin(), hindcast.pooled.end(), [&](const PooledMethod& p) { return p.method == origin.methods[m].method; })) continue;
        kept.auprc.push_back(check.auprc[m]);
        kept.csi.push_back(check.csi[m]);
      }
      check = std::move(kept);
    }
    std::erase_if(origin.methods, [&](const MethodResult& m) { return std::none_of(hindcast.pooled.begin(), hindcast.pooled.end(), [&](const PooledMethod& p) { return p.method == m.method; }); });
    hindcast.prevalence += origin.prevalence / static_cast<double>(hindcast.origins.size());
  }
  for (std::size_t m = 0; m < hindcast.pooled.size(); ++m) hindcast.pooled[m].metrics = mean_metrics(hindcast.origins, m);

  std::size_t best = 1;
  for (std::size_t m = 1; m < hindcast.pooled.size(); ++m) {
    if (hindcast.pooled[m].metrics.auprc > hindcast.pooled[best].metrics.auprc) best = m;
    const double difference = hindcast.pooled[0].metrics.auprc - hindcast.pooled[m].metrics.auprc;
    hindcast.deltas.push_back({hindcast.pooled[m].method, difference, difference, difference, 1.0, 1.0});
  }
  if (hindcast.pooled.size() > 1) {
    bootstrap(hindcast, options);
    correct_for_baselines(hindcast.deltas);
    hindcast.delta = hindcast.deltas[best - 1];
    hindcast.regimes = find_regimes(hindcast.origins, best, hindcast.horizon_years);
    pool_labels(hindcast);
  }
  pool_growth_scores(hindcast);

  std::vector<double> probabilities;
  std::vector<std::uint8_t> labels;
  for (const OriginResult& origin : hindcast.origins) {
    probabilities.insert(probabilities.end(), origin.probability.begin(), origin.probability.end());
    labels.insert(labels.end(), origin.labels.begin(), origin.labels.end());
  }
  hindcast.reliability = reliability(probabilities, labels);
  return hindcast;
}

}  // namespace jianwei::analysis

// Means over origins, the bootstrap of the difference to each baseline, and the regimes.
#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <numeric>

#include "analysis/hindcast/hindcast.h"
#include "base/json_writer.h"
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
  }
}

std::string size_group(double documents) { return documents < 20.0 ? "size:<20" : documents < 50.0 ? "size:20-49" : "size:50+"; }

void add_regimes(Hindcast& hindcast, std::size_t baseline) {
  struct Group {
    Regime regime;
    std::int64_t origins = 0;
  };
  std::map<std::string, Group> groups;
  for (const OriginResult& origin : hindcast.origins) {
    std::map<std::string, std::vector<std::size_t>> members;
    for (std::size_t i = 0; i < origin.labels.size(); ++i) {
      members[size_group(origin.base_documents[i])].push_back(i);
      members["language:" + std::to_string(origin.language[i])].push_back(i);
    }
    for (const auto& [name, rows] : members) {
      std::vector<double> own, other;
      std::vector<std::uint8_t> labels;
      for (const std::size_t i : rows) {
        own.push_back(origin.methods[0].scores[i]);
        other.push_back(origin.methods[baseline].scores[i]);
        labels.push_back(origin.labels[i]);
      }
      const auto positives = std::count(labels.begin(), labels.end(), std::uint8_t{1});
      if (positives == 0) continue;
      Group& group = groups[name];
      ++group.origins;
      group.regime.rows += static_cast<std::int64_t>(rows.size());
      group.regime.prevalence += static_cast<double>(positives) / static_cast<double>(rows.size());
      group.regime.jianwei += auprc(own, labels);
      group.regime.baseline += auprc(other, labels);
    }
  }
  for (auto& [name, group] : groups) {
    const auto n = static_cast<double>(group.origins);
    hindcast.regimes.push_back({name, group.regime.rows, group.regime.prevalence / n, group.regime.jianwei / n, group.regime.baseline / n});
  }
}

void write_metrics(JsonWriter& json, const RankingMetrics& m) {
  json.begin_object().field("auprc", m.auprc).field("p20", m.p20).field("p50", m.p50).field("p100", m.p100).field("p1_percent", m.p1_percent);
  json.field("ndcg50", m.ndcg50).field("csi", m.csi).field("lift50", m.lift50).field("brier", m.brier).end_object();
}

void write_delta(JsonWriter& json, const Delta& delta) {
  json.begin_object().field("baseline", delta.baseline).field("auprc", delta.auprc).field("lo", delta.lo).field("hi", delta.hi).end_object();
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
    std::erase_if(origin.methods, [&](const MethodResult& m) { return std::none_of(hindcast.pooled.begin(), hindcast.pooled.end(), [&](const PooledMethod& p) { return p.method == m.method; }); });
    hindcast.prevalence += origin.prevalence / static_cast<double>(hindcast.origins.size());
  }
  for (std::size_t m = 0; m < hindcast.pooled.size(); ++m) hindcast.pooled[m].metrics = mean_metrics(hindcast.origins, m);

  std::size_t best = 1;
  for (std::size_t m = 1; m < hindcast.pooled.size(); ++m) {
    if (hindcast.pooled[m].metrics.auprc > hindcast.pooled[best].metrics.auprc) best = m;
    const double difference = hindcast.pooled[0].metrics.auprc - hindcast.pooled[m].metrics.auprc;
    hindcast.deltas.push_back({hindcast.pooled[m].method, difference, difference, difference});
  }
  if (hindcast.pooled.size() > 1) {
    bootstrap(hindcast, options);
    hindcast.delta = hindcast.deltas[best - 1];
    add_regimes(hindcast, best);
  }

  std::vector<double> probabilities;
  std::vector<std::uint8_t> labels;
  for (const OriginResult& origin : hindcast.origins) {
    probabilities.insert(probabilities.end(), origin.probability.begin(), origin.probability.end());
    labels.insert(labels.end(), origin.labels.begin(), origin.labels.end());
  }
  hindcast.reliability = reliability(probabilities, labels);
  return hindcast;
}

std::string hindcast_json(const Hindcast& hindcast, std::string_view unit) {
  JsonWriter json;
  json.begin_object().field("unit", unit).field("horizon", hindcast.horizon_years).key("origins").begin_array();
  for (const OriginResult& origin : hindcast.origins) {
    json.begin_object().field("cutoff", origin.cutoff).field("units", origin.labels.size()).field("prevalence", origin.prevalence);
    json.field("shuffled_auprc", origin.shuffled_auprc).field("model", origin.model_note).key("methods").begin_object();
    for (const MethodResult& method : origin.methods) {
      json.key(method.method);
      write_metrics(json, method.metrics);
    }
    json.end_object().end_object();
  }
  json.end_array().field("prevalence", hindcast.prevalence).key("pooled").begin_object();
  for (const PooledMethod& method : hindcast.pooled) {
    json.key(method.method);
    write_metrics(json, method.metrics);
  }
  json.end_object().key("delta_vs_best_baseline");
  write_delta(json, hindcast.delta);
  json.key("deltas").begin_array();
  for (const Delta& delta : hindcast.deltas) write_delta(json, delta);
  json.end_array().key("regimes").begin_array();
  for (const Regime& regime : hindcast.regimes) {
    json.begin_object().field("name", regime.name).field("rows", regime.rows).field("prevalence", regime.prevalence);
    json.field("jianwei", regime.jianwei).field("baseline", regime.baseline).end_object();
  }
  json.end_array().key("reliability").begin_array();
  for (const ReliabilityBin& bin : hindcast.reliability) {
    json.begin_object().field("count", bin.count).field("mean_probability", bin.mean_probability).field("observed_share", bin.observed_share).end_object();
  }
  json.end_array().end_object();
  return std::move(json).text();
}

}  // namespace jianwei::analysis

#include "analysis/hindcast/baselines.h"

#include <algorithm>
#include <cmath>

#include "analysis/bursts/kleinberg.h"
#include "analysis/emergence/escore.h"
#include "analysis/forecast/smoothing.h"
#include "base/random.h"

namespace jianwei::analysis {

namespace {

constexpr std::size_t kSimpleCount = 11;  // those that logistic regression may use, in the order of simple_scores()

std::vector<Baseline> simple_scores(const Past& past, const FeatureTable& table, std::int64_t h) {
  const std::int64_t t = table.year_index;
  const auto years = static_cast<std::size_t>(t) + 1;
  const std::span<const double> corpus(past.corpus.data(), years);
  const double base_corpus = std::max(1.0, past.corpus_sum(t - h + 1, t));
  std::vector<Baseline> result = {{"frequency", {}, {}}, {"last_growth", {}, {}}, {"last_year", {}, {}}, {"mean_growth", {}, {}}, {"ses", {}, {}},
                                  {"holt", {}, {}},      {"damped_holt", {}, {}}, {"burst", {}, {}},     {"vitality", {}, {}},    {"theta", {}, {}},
                                  {"newness", {}, {}}};
  std::vector<double> y, relevant;
  for (const std::int32_t c : table.candidates) {
    const auto u = static_cast<std::size_t>(c);
    const auto counts = past.count_row(c).first(years);
    const auto log_share = [&](std::int64_t i) { return std::log((counts[static_cast<std::size_t>(i)] + 0.5) / std::max(1.0, corpus[static_cast<std::size_t>(i)])); };
    result[0].scores.push_back(table.base[u]);
    result[1].scores.push_back(table.previous_year[u]);
    result[2].scores.push_back(table.last_year[u]);
    const std::int64_t three_before = std::max<std::int64_t>(0, t - 3);
    result[3].scores.push_back(t > three_before ? (log_share(t) - log_share(three_before)) / static_cast<double>(t - three_before) : 0.0);

    y.clear();
    for (std::int64_t i = std::max<std::int64_t>(0, t - 14); i <= t; ++i) {
      if (corpus[static_cast<std::size_t>(i)] > 0.0) y.push_back(log_share(i));
    }
    const double base_share = std::log((table.base[u] / static_cast<double>(h) + 0.5) / (base_corpus / static_cast<double>(h)));
    const auto forecast_growth = [&](Smoothing method) {
      double mean = 0.0;
      for (const double f : smooth(y, method, h, {})) mean += f / static_cast<double>(h);
      return mean - base_share;
    };
    result[4].scores.push_back(forecast_growth(Smoothing::ses));
    result[5].scores.push_back(forecast_growth(Smoothing::holt));
    result[6].scores.push_back(forecast_growth(Smoothing::damped_holt));

    double burst_weight = 0.0;
    relevant.assign(counts.begin(), counts.end());
    for (std::size_t i = 0; i < years; ++i) relevant[i] = std::min(relevant[i], corpus[i]);
    if (const auto bursts = find_bursts(relevant, corpus, {1.5, 1.0, 2})) {
      for (const Burst& burst : bursts->bursts) {
        if (burst.end > t - h + 1) burst_weight = std::max(burst_weight, burst.weight);
      }
    }
    result[7].scores.push_back(burst_weight);
    result[8].scores.push_back(table.raw[u][static_cast<std::size_t>(Feature::vitality)]);
    result[9].scores.push_back(forecast_growth(Smoothing::theta));
    result[10].scores.push_back(table.raw[u][static_cast<std::size_t>(Feature::newness)]);
  }
  return result;
}

// Normal scores of ranks, mean rank for ties.
std::vector<double> normal_scores(const std::vector<double>& values) {
  std::vector<double> sorted = values, result;
  std::sort(sorted.begin(), sorted.end());
  const auto n = static_cast<double>(sorted.size());
  for (const double v : values) {
    const auto [low, high] = std::equal_range(sorted.begin(), sorted.end(), v);
    const double rank = 0.5 * static_cast<double>((low - sorted.begin()) + (high - sorted.begin()));
    result.push_back(normal_quantile(std::clamp(rank / n, 0.5 / n, 1.0 - 0.5 / n)));
  }
  return result;
}

std::vector<std::array<float, kFeatureCount>> rows_of(const std::vector<Baseline>& simple) {
  static_assert(kSimpleCount <= kFeatureCount);  // the rows of fit_logistic() have room; unused columns stay 0
  std::vector<std::array<float, kFeatureCount>> rows(simple.front().scores.size());
  for (std::size_t b = 0; b < kSimpleCount; ++b) {
    const std::vector<double> normal = normal_scores(simple[b].scores);
    for (std::size_t i = 0; i < rows.size(); ++i) rows[i][b] = static_cast<float>(normal[i]);
  }
  return rows;
}

Baseline logistic_baseline(const std::vector<Baseline>& simple, const LogisticData& training) {
  Baseline result{"logistic", {}, {}};
  const Weights weights = fit_logistic(training, Weights{}, 30.0);
  for (const auto& row : rows_of(simple)) {
    double sum = 0.0;
    for (std::size_t b = 0; b < kSimpleCount; ++b) sum += weights[b] * static_cast<double>(row[b]);
    result.scores.push_back(sum);
  }
  return result;
}

}  // namespace

void add_baseline_rows(const Past& past, const FeatureTable& table, const Outcome& outcome, std::int64_t horizon_years, LogisticData& training) {
  const auto rows = rows_of(simple_scores(past, table, horizon_years));
  training.rows.insert(training.rows.end(), rows.begin(), rows.end());
  training.labels.insert(training.labels.end(), outcome.label.begin(), outcome.label.end());
}

std::vector<Baseline> score_baselines(const Past& past, const FeatureTable& table, std::int64_t horizon_years, const LogisticData& training, const BaselineOptions& options) {
  std::vector<Baseline> result = simple_scores(past, table, horizon_years);
  if (table.candidates.empty()) return result;
  Baseline logistic = logistic_baseline(result, training);

  Baseline random{"random", {}, {}};
  Random generator(options.seed, static_cast<std::uint64_t>(past.years.last));
  for (std::size_t i = 0; i < table.candidates.size(); ++i) random.scores.push_back(generator.uniform());

  if (options.with_escore && table.year_index >= 9) {
    Baseline escore{"escore", {}, {}};
    const auto first = static_cast<std::size_t>(table.year_index - 9);
    for (const std::int32_t c : table.candidates) {
      const auto score = score_escore(past.count_row(c).subspan(first, 10), std::span<const double>(past.corpus).subspan(first, 10));
      escore.scores.push_back(score ? score->score : 0.0);
    }
    result.push_back(std::move(escore));
  }
  result.push_back(std::move(logistic));
  result.insert(result.begin(), std::move(random));
  return result;
}

}  // namespace jianwei::analysis

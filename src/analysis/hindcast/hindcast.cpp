#include "analysis/hindcast/hindcast.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "analysis/hindcast/baselines.h"
#include "base/random.h"

namespace jianwei::analysis {

namespace {

constexpr double kMissing = std::numeric_limits<double>::quiet_NaN();

RankingMetrics measure(const std::vector<double>& scores, const std::vector<double>& probabilities, const OriginResult& origin) {
  const std::span<const std::uint8_t> labels(origin.labels);
  RankingMetrics m;
  m.auprc = auprc(scores, labels);
  m.p20 = precision_at(scores, labels, 20);
  m.p50 = precision_at(scores, labels, 50);
  m.p100 = precision_at(scores, labels, 100);
  m.p1_percent = precision_at(scores, labels, std::max<std::int64_t>(1, static_cast<std::int64_t>(scores.size()) / 100));
  std::vector<double> gains(origin.growth);
  for (double& g : gains) g = std::max(g, 0.0);
  m.ndcg50 = ndcg_at(scores, gains, 50);
  m.csi = csi_at_prevalence(scores, labels);
  m.lift50 = origin.prevalence > 0.0 ? m.p50 / origin.prevalence : 0.0;
  m.brier = probabilities.empty() ? kMissing : brier(probabilities, labels);
  return m;
}

double shuffled(const std::vector<double>& scores, std::vector<std::uint8_t> labels, std::uint64_t seed) {
  Random random(seed, 0x5f);
  constexpr int kRounds = 20;
  double sum = 0.0;
  for (int round = 0; round < kRounds; ++round) {
    for (std::size_t i = labels.size(); i > 1; --i) std::swap(labels[i - 1], labels[random.below(static_cast<std::uint32_t>(i))]);
    sum += auprc(scores, labels) / kRounds;
  }
  return sum;
}

}  // namespace

Result<OriginResult> evaluate_origin(const Dataset& dataset, const HindcastUnits& units, const HindcastOptions& options, Progress& progress) {
  const std::int64_t h = options.emergence.features.horizon_years;

  // Everything a scorer sees is in `past`.
  const Past past = TRY(past_until(dataset, units.units, units.word_count, units.cutoff));
  progress.begin("hindcast", options.emergence.max_training_origins + 1, "origins");
  TrainingRows training;
  LogisticData baseline_training;
  visit_earlier_origins(past, options.emergence, progress, [&](const FeatureTable& table, const Outcome& outcome) {
    add_training_rows(past, table, outcome, training);
    add_baseline_rows(past, table, outcome, h, baseline_training);
  });
  TRY(progress.check());
  const EmergenceRanking ranking = TRY(rank_emergence(past, options.emergence, training, progress));
  std::vector<std::int32_t> candidates = ranking.features.candidates;
  if (candidates.empty()) return fail(ErrorKind::invalid_input, "no unit has {} documents in the {} years up to {}", options.emergence.features.min_documents, h, units.cutoff);
  std::vector<Baseline> baselines = score_baselines(past, ranking.features, h, baseline_training, {options.with_escore, options.seed});

  // From here on the scores are fixed; the future is read.
  const Past known = TRY(past_until(dataset, units.units, units.word_count, static_cast<std::int16_t>(units.cutoff + h), past.years.first));
  const std::int64_t now = past.year_count();
  const double corpus_before = known.corpus_sum(now - h, now - 1);
  const double corpus_after = known.corpus_sum(now, now + h - 1);
  if (corpus_after <= 0.0) return fail(ErrorKind::invalid_input, "no document in the {} years after {}", h, units.cutoff);

  OriginResult origin;
  origin.cutoff = units.cutoff;
  origin.model_note = ranking.model_note;
  std::vector<double> before, after;
  for (const std::int32_t c : candidates) {
    const auto u = static_cast<std::size_t>(c);
    origin.names.push_back(units.names.empty() ? static_cast<std::uint64_t>(c) : units.names[u]);
    origin.language.push_back(units.language.empty() ? std::int8_t{0} : units.language[u]);
    origin.base_documents.push_back(ranking.features.base[u]);
    origin.probability.push_back(ranking.units[u].score);
    before.push_back(known.unit_sum(c, now - h, now - 1));
    after.push_back(known.unit_sum(c, now, now + h - 1));
  }
  Outcome outcome = label_outcome(before, after, corpus_before, corpus_after, h, options.label);
  origin.labels = std::move(outcome.label);
  origin.growth = std::move(outcome.growth);
  origin.prevalence = static_cast<double>(std::count(origin.labels.begin(), origin.labels.end(), std::uint8_t{1})) / static_cast<double>(origin.labels.size());

  origin.methods.push_back({"jianwei", measure(origin.probability, origin.probability, origin), origin.probability});
  for (Baseline& baseline : baselines) origin.methods.push_back({baseline.name, measure(baseline.scores, baseline.probabilities, origin), std::move(baseline.scores)});
  origin.shuffled_auprc = shuffled(origin.probability, origin.labels, options.seed);
  return origin;
}

}  // namespace jianwei::analysis

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

// The source most of the unit's recent documents come from; "" where there is one source only.
std::string main_source_of(const Past& past, const Dataset& dataset, std::int32_t unit, std::int64_t window_begin) {
  if (dataset.source_names.size() < 2) return {};
  std::vector<double> per_source(dataset.source_names.size(), 0.0);
  const auto u = static_cast<std::size_t>(unit);
  for (auto e = static_cast<std::size_t>(past.units.offsets[u]); e < static_cast<std::size_t>(past.units.offsets[u + 1]); ++e) {
    if (past.units.documents[e] < window_begin) continue;
    per_source[static_cast<std::size_t>(past.row_source[static_cast<std::size_t>(past.units.documents[e])])] += static_cast<double>(past.units.weights[e]);
  }
  return dataset.source_names[static_cast<std::size_t>(std::max_element(per_source.begin(), per_source.end()) - per_source.begin())];
}

// Deletes every document after the cut-off, then adds a unit that stands in later documents alone (the canary): no score may move by a bit, and the canary may have none.
bool ignores_the_future(const Dataset& dataset, const HindcastUnits& units, const HindcastOptions& options, const EmergenceRanking& ranking, Progress& progress) {
  HindcastUnits altered;
  altered.word_count = units.word_count;
  const auto is_later = [&](std::int32_t d) { return dataset.year[static_cast<std::size_t>(d)] > units.cutoff; };
  for (std::size_t u = 0; u + 1 < units.units.offsets.size(); ++u) {
    for (auto e = static_cast<std::size_t>(units.units.offsets[u]); e < static_cast<std::size_t>(units.units.offsets[u + 1]); ++e) {
      if (is_later(units.units.documents[e])) continue;
      altered.units.documents.push_back(units.units.documents[e]);
      altered.units.weights.push_back(units.units.weights[e]);
    }
    altered.units.offsets.push_back(static_cast<std::int64_t>(altered.units.documents.size()));
  }
  for (std::int32_t d = 0; d < dataset.document_count(); ++d) {
    if (!is_later(d)) continue;
    altered.units.documents.push_back(d);
    altered.units.weights.push_back(1.0F);
  }
  altered.units.offsets.push_back(static_cast<std::int64_t>(altered.units.documents.size()));
  if (!altered.word_count.empty()) altered.word_count.push_back(1);
  const auto past = past_until(dataset, altered.units, altered.word_count, units.cutoff);
  if (!past) return false;
  const auto again = rank_emergence(*past, options.emergence, progress);
  if (!again) return false;
  for (std::size_t u = 0; u < ranking.units.size(); ++u) {
    if (again->units[u].score != ranking.units[u].score) return false;
  }
  return again->units.back().score == 0.0 && again->units.back().candidate_rank == 0;
}

}  // namespace

std::string_view label_name(LabelKind label) {
  switch (label) {
    case LabelKind::top_decile_by_size: return "top_decile_by_size";
    case LabelKind::eight_percent: return "eight_percent";
    case LabelKind::top_decile: return "top_decile";
    case LabelKind::joins_top: return "joins_top";
  }
  return "";
}

Result<OriginResult> evaluate_origin(const Dataset& dataset, const HindcastUnits& units, const HindcastOptions& options, Progress& progress) {
  const std::int64_t h = options.emergence.features.horizon_years;

  // Everything a scorer sees is in `past`.
  const Past past = TRY(past_until(dataset, units.units, units.word_count, units.cutoff));
  progress.begin("hindcast", options.emergence.max_training_origins + 1, "origins");
  TrainingRows training;
  LogisticData baseline_training;
  GrowthRows known_growth;
  const Weights weights = starting_weights(past, options.emergence);
  visit_earlier_origins(past, options.emergence, progress, [&](const FeatureTable& table, const Outcome& outcome) {
    add_training_rows(past, table, outcome, training);
    add_baseline_rows(past, table, outcome, h, baseline_training);
    add_growth_rows(table, outcome, weights, known_growth);
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
  origin.language_names = units.language_names;
  origin.canary_ignored = ignores_the_future(dataset, units, options, ranking, progress);
  TRY(progress.check());
  std::vector<double> before, after;
  for (const std::int32_t c : candidates) {
    const auto u = static_cast<std::size_t>(c);
    origin.names.push_back(units.names.empty() ? static_cast<std::uint64_t>(c) : units.names[u]);
    origin.language.push_back(units.language.empty() ? std::int8_t{0} : units.language[u]);
    origin.base_documents.push_back(ranking.features.base[u]);
    origin.age_years.push_back(std::expm1(-ranking.features.raw[u][static_cast<std::size_t>(Feature::newness)]));
    origin.main_source.push_back(main_source_of(past, dataset, c, past.row_begin(now - h)));
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
  for (const LabelKind kind : {LabelKind::eight_percent, LabelKind::joins_top}) {
    const Outcome other = label_outcome(before, after, corpus_before, corpus_after, h, kind);
    LabelCheck check{kind, static_cast<double>(std::count(other.label.begin(), other.label.end(), std::uint8_t{1})) / static_cast<double>(other.label.size()), {}, {}};
    for (const MethodResult& method : origin.methods) {
      check.auprc.push_back(auprc(method.scores, other.label));
      check.csi.push_back(csi_at_prevalence(method.scores, other.label));
    }
    origin.label_checks.push_back(std::move(check));
  }
  origin.growth_scores = score_growth_forecast(known_growth, ranking.features, origin.growth, weights);
  origin.shuffled_auprc = shuffled(origin.probability, origin.labels, options.seed);
  return origin;
}

}  // namespace jianwei::analysis

#include "analysis/emergence/score.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "analysis/emergence/repetition.h"
#include "analysis/emergence/specificity.h"

namespace jianwei::analysis {

namespace {

// Titles: printed by bench/quality/emergence_weights.py. Abstracts: learned earlier on n-grams of six of its corpora and two of titles, horizons 3 and 5, `neighbours` set by hand; the tool's own set for
// abstracts does no better on the terms of these corpora (docs/methods/emergence.md), and let planted topics that fade outrank those that rise (tests/e2e/synthetic.sh). In the order of Feature.
struct DefaultWeight {
  double abstracts, titles;
};
constexpr DefaultWeight kDefaultWeights[] = {
    {0.374, 0.300},  // slope_short
    {-0.295, -0.272},  // window_growth
    {0.040, 0.083},  // slope_long
    {-0.108, 0.003},  // acceleration
    {-0.138, -0.159},  // vitality
    {0.145, 0.144},  // newness
    {-0.135, -0.088},  // peak
    {0.038, 0.005},  // size
    {-0.253, -0.074},  // words
    {0.135, -0.003},  // company_slope
    {0.168, 0.027},  // company_last_year
    {0.083, 0.046},  // company_latest
    {0.168, 0.141},  // company_growth
    {-0.118, 0.000},  // source_concentration
    {0.003, 0.004},  // last_year
    {0.046, 0.162},  // forecast
    {0.095, 0.000},  // new_sources
    {0.000, -0.065},  // level
    {0.200, 0.104},  // neighbours
};
static_assert(std::size(kDefaultWeights) == kFeatureCount);

constexpr double kLastYearWeight = 0.25;  // of each of the two features that rank a short past; scales the probabilities only

constexpr double kPrevalence = 0.1;  // by the definition of the label

double logistic(double x) { return 1.0 / (1.0 + std::exp(-x)); }

// The intercept at which the mean probability of the candidates is the prevalence.
double calibrated_intercept(const std::vector<double>& logits, double prevalence) {
  double low = -30.0, high = 30.0;
  for (int i = 0; i < 80; ++i) {
    const double middle = 0.5 * (low + high);
    double sum = 0.0;
    for (const double x : logits) sum += logistic(x + middle);
    (sum < prevalence * static_cast<double>(logits.size()) ? low : high) = middle;
  }
  return 0.5 * (low + high);
}

void learn_weights(const TrainingRows& training, const EmergenceOptions& options, EmergenceRanking& ranking) {
  ranking.training_origins.assign(training.origins.rbegin(), training.origins.rend());
  ranking.training_rows = static_cast<std::int64_t>(training.data.labels.size());
  if (ranking.training_origins.empty()) {
    const std::int64_t h = options.features.horizon_years;
    ranking.model_note = fmt::format("default weights: no earlier year has {} candidates, {} years behind it and {} known years after it", options.min_training_candidates, 2 * h, h);
    return;
  }
  ranking.model = "adapted";
  ranking.model_note = fmt::format("default weights adapted on {} units of {} earlier origins ({}..{})", ranking.training_rows, ranking.training_origins.size(), ranking.training_origins.front(),
                                   ranking.training_origins.back());
  ranking.weights = fit_logistic(training.data, ranking.weights, options.prior_strength);
}

// Terms in documents on everything grow and fall, too, but nobody would call them emerging: they take part in the model and are left out of the list.
void mark_general_terms(const Past& past, const EmergenceOptions& options, EmergenceRanking& ranking) {
  std::vector<std::int32_t> terms;
  for (const std::int32_t c : ranking.features.candidates) {
    if (past.word_count[static_cast<std::size_t>(c)] > 0) terms.push_back(c);
  }
  const std::vector<double> values = specificity(past, past.row_end.back(), terms, options.features.thread_count);
  const std::vector<Repetition> repeats = repetition(past, terms);
  for (std::size_t i = 0; i < terms.size(); ++i) {
    UnitEmergence& unit = ranking.units[static_cast<std::size_t>(terms[i])];
    unit.specificity = values[i];
    unit.repetition = repeats[i].again;
    const bool named_once = repeats[i].high < options.max_repetition_of_general;
    if (values[i] < (named_once ? options.min_specificity_named_once : options.min_specificity)) unit.gate = Gate::unspecific;
  }
}

}  // namespace

Weights default_weights(double long_texts) {
  Weights weights{};
  for (std::size_t f = 0; f < kFeatureCount; ++f) weights[f] = long_texts * kDefaultWeights[f].abstracts + (1.0 - long_texts) * kDefaultWeights[f].titles;
  return weights;
}

Weights starting_weights(const Past& past, const EmergenceOptions& options) {
  const std::int64_t now = past.year_count() - 1;
  return options.initial_weights ? *options.initial_weights : default_weights(long_text_share(past, now - options.features.horizon_years + 1, now));
}

void visit_earlier_origins(const Past& past, const EmergenceOptions& options, Progress& progress, const std::function<void(const FeatureTable&, const Outcome&)>& visit) {
  const std::int64_t h = options.features.horizon_years;
  FeatureOptions features = options.features;
  features.candidates_only = true;
  std::int64_t visited = 0;
  for (std::int64_t t = past.year_count() - 1 - h; t >= 2 * h - 1 && visited < options.max_training_origins && !progress.cancelled(); --t) {
    const FeatureTable table = build_features(past, t, features);
    progress.advance();
    if (static_cast<std::int64_t>(table.candidates.size()) < options.min_training_candidates) continue;
    std::vector<double> before, after;
    for (const std::int32_t c : table.candidates) {
      before.push_back(table.base[static_cast<std::size_t>(c)]);
      after.push_back(past.unit_sum(c, t + 1, t + h));
    }
    const double corpus_before = past.corpus_sum(t - h + 1, t), corpus_after = past.corpus_sum(t + 1, t + h);
    if (corpus_before <= 0.0 || corpus_after <= 0.0) continue;
    visit(table, label_outcome(before, after, corpus_before, corpus_after, h, LabelKind::top_decile_by_size));
    ++visited;
  }
}

void add_training_rows(const Past& past, const FeatureTable& table, const Outcome& outcome, TrainingRows& training) {
  for (const std::int32_t c : table.candidates) training.data.rows.push_back(table.normal[static_cast<std::size_t>(c)]);
  training.data.labels.insert(training.data.labels.end(), outcome.label.begin(), outcome.label.end());
  training.origins.push_back(static_cast<std::int16_t>(past.years.first + table.year_index));
}

Result<EmergenceRanking> rank_emergence(const Past& past, const EmergenceOptions& options, Progress& progress) {
  progress.begin("emergence", options.learn ? options.max_training_origins + 1 : 1, "origins");
  TrainingRows training;
  if (options.learn) visit_earlier_origins(past, options, progress, [&](const FeatureTable& table, const Outcome& outcome) { add_training_rows(past, table, outcome, training); });
  TRY(progress.check());
  return rank_emergence(past, options, training, progress);
}

Reason reason_of(Feature feature) {
  switch (feature) {
    case Feature::slope_short:
    case Feature::slope_long:
    case Feature::acceleration:
    case Feature::last_year:
    case Feature::level:
    case Feature::forecast: return Reason::momentum;
    case Feature::window_growth:
    case Feature::peak: return Reason::reversion;
    case Feature::vitality:
    case Feature::newness: return Reason::newness;
    case Feature::company_slope:
    case Feature::company_last_year:
    case Feature::company_latest:
    case Feature::company_growth:
    case Feature::neighbours: return Reason::company;
    case Feature::source_concentration:
    case Feature::new_sources: return Reason::spread;
    default: return Reason::form;
  }
}

Result<EmergenceRanking> rank_emergence(const Past& past, const EmergenceOptions& options, const TrainingRows& training, Progress& progress) {
  const std::int64_t now = past.year_count() - 1;
  EmergenceRanking ranking;
  ranking.until = past.years.last;
  ranking.horizon_years = options.features.horizon_years;
  ranking.model = "default";
  ranking.model_note = "default weights, as asked";
  ranking.weights = starting_weights(past, options);
  ranking.features = build_features(past, now, options.features);
  progress.advance();
  const FeatureTable& table = ranking.features;

  if (past.year_count() < 2 * options.features.horizon_years || table.candidates.size() < 20) {
    ranking.model = "last_year";
    ranking.model_note = fmt::format("{} years and {} candidates are too little for the model: ranked by the rise of the last year, of the unit and of those in its documents", past.year_count(), table.candidates.size());
    ranking.weights.fill(0.0);
    ranking.weights[static_cast<std::size_t>(Feature::last_year)] = ranking.weights[static_cast<std::size_t>(Feature::company_last_year)] = kLastYearWeight;
  } else if (options.learn) {
    learn_weights(training, options, ranking);
  }
  TRY(progress.check());

  ranking.units.resize(table.raw.size());
  std::vector<double> logits(table.raw.size(), 0.0), candidate_logits;
  for (std::size_t u = 0; u < table.raw.size(); ++u) {
    UnitEmergence& unit = ranking.units[u];
    unit.gate = table.gate[u];
    unit.documents = table.base[u];
    for (std::size_t f = 0; f < kFeatureCount; ++f) {
      const double contribution = ranking.weights[f] * static_cast<double>(table.normal[u][f]);
      unit.contribution[f] = static_cast<float>(contribution);
      unit.reason[static_cast<std::size_t>(reason_of(static_cast<Feature>(f)))] += static_cast<float>(contribution);
      logits[u] += contribution;
    }
  }
  for (const std::int32_t c : table.candidates) candidate_logits.push_back(logits[static_cast<std::size_t>(c)]);
  ranking.intercept = candidate_logits.empty() ? 0.0 : calibrated_intercept(candidate_logits, kPrevalence);
  for (std::size_t u = 0; u < logits.size(); ++u) ranking.units[u].score = table.base[u] > 0.0 ? logistic(logits[u] + ranking.intercept) : 0.0;

  mark_general_terms(past, options, ranking);
  std::vector<std::int32_t> order(logits.size());
  std::iota(order.begin(), order.end(), 0);
  std::sort(order.begin(), order.end(), [&](std::int32_t a, std::int32_t b) {
    const double x = ranking.units[static_cast<std::size_t>(a)].score, y = ranking.units[static_cast<std::size_t>(b)].score;
    return x != y ? x > y : a < b;
  });
  for (std::size_t i = 0; i < order.size(); ++i) {
    UnitEmergence& unit = ranking.units[static_cast<std::size_t>(order[i])];
    unit.rank = static_cast<std::int64_t>(i) + 1;
    if (unit.gate != Gate::passed) continue;
    ranking.candidates.push_back(order[i]);
    unit.candidate_rank = static_cast<std::int64_t>(ranking.candidates.size());
  }
  return ranking;
}

}  // namespace jianwei::analysis

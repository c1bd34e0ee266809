// Jianwei's emergence score: the probability that a unit's share of the corpus is among those that will grow most over the next h years.
//
// A logistic model on the normal scores of nineteen named features (features.h). Its weights start from defaults, learned once on corpora of abstracts and once on titles and mixed
// by how many of the recent documents are long, and are moved towards this corpus by its own past: every year t <= until - h whose outcome is already known is an earlier origin,
// with features from documents <= t and labels from t+1..t+h. The move is penalised (Gaussian prior around the default weights), so that little history
// changes little. With a past of fewer than 2 h years there is nothing to compare the recent window with: the rise of the last year, of the unit and of its company, ranks instead.
// Nothing dated after `until` is read (past.h).
//
// Source: own; logistic regression with an informative prior: Gelman et al. (2008), doi:10.1214/08-AOAS191. How the defaults were found (bench/quality/emergence_weights.py)
//         and what they are worth on corpora they have not seen: docs/methods/emergence.md
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/emergence/features.h"
#include "analysis/emergence/labels.h"
#include "analysis/emergence/logistic.h"
#include "analysis/emergence/past.h"
#include "base/progress.h"
#include "base/result.h"

namespace jianwei::analysis {

// The defaults named above for a corpus of which the share `long_texts` in [0, 1] are abstracts and the rest titles, in the order of Feature.
Weights default_weights(double long_texts);

struct EmergenceOptions {
  FeatureOptions features;                   // horizon, candidate gates
  std::optional<Weights> initial_weights;    // none: default_weights() for texts as long as these
  bool learn = true;                         // false: initial weights only
  double prior_strength = 1000.0;            // penalty on leaving them; flat from 500 to 4000 over nine corpora
  std::int64_t max_training_origins = 10;    // the latest ones
  std::int64_t min_training_candidates = 100;  // of an origin; below, it is not used
  double min_specificity = 1.5;              // a term that says less about its documents is scored but not ranked (specificity.h),
  double min_specificity_named_once = 2.5;   // or this, of a term that its documents hardly name again:
  double max_repetition_of_general = 0.25;   // surely less often than so (repetition.h)
};

// Which kind of reason a feature is: what a decomposition shows first.
enum class Reason : std::int8_t { momentum, reversion, newness, company, spread, form, count_ };
inline constexpr std::size_t kReasonCount = static_cast<std::size_t>(Reason::count_);
Reason reason_of(Feature feature);

struct UnitEmergence {
  double score = 0.0;                                    // probability, (0, 1); 0 when the unit has no document in the last h years
  std::int64_t rank = 0;                                 // 1 = highest score of all units
  std::int64_t candidate_rank = 0;                       // 1.. among candidates, 0 for others
  Gate gate = Gate::passed;                              // the gate that failed, passed for candidates
  double specificity = 0.0;                              // of terms among the candidates of the features, else 0
  double repetition = 0.0;                               // of the same: how often a document names them again
  double documents = 0.0;                                // in the last h years
  std::array<float, kFeatureCount> contribution{};       // weight x normal score, in logits; their sum + intercept = logit(score)
  std::array<float, kReasonCount> reason{};              // the same, summed by reason
};

struct EmergenceRanking {
  std::int16_t until = 0;
  std::int64_t horizon_years = 0;
  std::string model;                                     // "adapted", "default" or "last_year"
  std::string model_note;                                // why, in one sentence
  std::vector<std::int16_t> training_origins;            // years
  std::int64_t training_rows = 0;
  Weights weights{};
  double intercept = 0.0;
  std::vector<UnitEmergence> units;                      // [units]
  std::vector<std::int32_t> candidates;                  // by candidate_rank
  FeatureTable features;                                 // values behind the contributions
};

// What the weights of the end of `past` start from.
Weights starting_weights(const Past& past, const EmergenceOptions& options);

struct TrainingRows {
  LogisticData data;
  std::vector<std::int16_t> origins;                     // years, latest first
};

// Calls `visit` for each earlier origin whose outcome is known at the end of `past`, the latest first: its features (candidates only) and the outcome of
// its candidates (rows as table.candidates).
void visit_earlier_origins(const Past& past, const EmergenceOptions& options, Progress& progress, const std::function<void(const FeatureTable&, const Outcome&)>& visit);

// Adds one origin to the rows the model learns from; the form of `visit` above.
void add_training_rows(const Past& past, const FeatureTable& table, const Outcome& outcome, TrainingRows& training);

// Errors: cancelled. With fewer than 2 h years of documents or twenty candidates the model is "last_year" and says so.
// Time: one build_features() per origin, and O(rows * features^2) per Newton step. Same result at any thread count.
Result<EmergenceRanking> rank_emergence(const Past& past, const EmergenceOptions& options, Progress& progress);

// The same with training rows already collected (ignored when options.learn is false).
Result<EmergenceRanking> rank_emergence(const Past& past, const EmergenceOptions& options, const TrainingRows& training, Progress& progress);

}  // namespace jianwei::analysis

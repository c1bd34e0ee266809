// How well would the ranking have done? Rolling origins: rank at a cut-off year from documents up to it, then look at what came.
//
// The workflow builds the units of each cut-off from documents <= cut-off (and counts them in all documents); evaluate_origin() cuts the past out
// (past_until) and hands only that to every scorer; documents after the cut-off are read for the labels alone.
// Pooled figures are means over origins. The difference to the best baseline carries a 95 % interval by a cluster bootstrap: each replicate draws blocks
// of `horizon` neighbouring origins (their outcome windows overlap) and, over all origins alike, Poisson(1) weights for unit names.
//
// Source: rolling origins: Tashman (2000), doi:10.1016/S0169-2070(00)00065-0; block bootstrap: Kunsch (1989), doi:10.1214/aos/1176347265; two-way resampling:
//         Owen (2007), doi:10.1214/07-AOAS122; several baselines: Holm (1979), jstor 4615733.   Page: docs/methods/hindcast.md
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "analysis/dataset.h"
#include "analysis/emergence/labels.h"
#include "analysis/emergence/score.h"
#include "analysis/hindcast/growth_forecast.h"
#include "analysis/hindcast/metrics.h"
#include "base/progress.h"
#include "base/result.h"

namespace jianwei::analysis {

struct HindcastUnits {
  std::int16_t cutoff = 0;
  UnitDocuments units;                    // over all documents of the dataset, later ones too
  std::vector<std::int8_t> word_count;    // [units], empty for topics
  std::vector<std::uint64_t> names;       // [units] hash of the unit's label: the same unit at another cut-off has the same name
  std::vector<std::int8_t> language;      // [units] index into language_names, for the regime report; empty = one group
  std::vector<std::string> language_names;
};

struct HindcastOptions {
  EmergenceOptions emergence;             // horizon and gates
  LabelKind label = LabelKind::top_decile_by_size;
  bool with_escore = false;
  std::int64_t replicate_count = 1000;
  std::uint64_t seed = 1;
};

// A metric that does not exist for a method is NaN (Brier of a ranking without probabilities).
struct RankingMetrics {
  double auprc = 0.0, p20 = 0.0, p50 = 0.0, p100 = 0.0, p1_percent = 0.0, ndcg50 = 0.0, csi = 0.0, lift50 = 0.0, brier = 0.0;
};

struct MethodResult {
  std::string method;                     // "jianwei", "damped_holt", ...
  RankingMetrics metrics;
  std::vector<double> scores;             // [rows]
};

// The same rankings judged by another label of labels.h.
struct LabelCheck {
  LabelKind label = LabelKind::top_decile_by_size;
  double prevalence = 0.0;
  std::vector<double> auprc, csi;         // [methods]
};

struct OriginResult {
  std::int16_t cutoff = 0;
  std::vector<std::string> language_names;
  double prevalence = 0.0;
  double shuffled_auprc = 0.0;            // of jianwei when the labels are permuted: must be near the prevalence
  bool canary_ignored = true;             // scores are the same to the bit when the documents after the cut-off are gone and a unit made of them is added
  std::string model_note;
  GrowthScores growth_scores;             // of the predictive distribution of growth
  std::vector<LabelCheck> label_checks;   // (b) eight_percent, (c) joins_top
  std::vector<MethodResult> methods;      // jianwei first
  // One row per candidate:
  std::vector<std::uint64_t> names;
  std::vector<std::uint8_t> labels;
  std::vector<double> growth;
  std::vector<double> base_documents;
  std::vector<std::int8_t> language;
  std::vector<double> age_years;          // since the fifth document
  std::vector<std::string> main_source;   // that most of its documents of the last h years come from, empty = one source
  std::vector<double> probability;        // jianwei's
};

// The name of a label in JSON: "top_decile_by_size".
std::string_view label_name(LabelKind label);

// Errors: invalid_input  no document up to the cut-off, none in the years after it, or no candidate; cancelled.
Result<OriginResult> evaluate_origin(const Dataset& dataset, const HindcastUnits& units, const HindcastOptions& options, Progress& progress);

struct PooledMethod {
  std::string method;
  RankingMetrics metrics;                 // mean over origins
};

struct Delta {
  std::string baseline;                   // the one with the highest pooled AUPRC
  double auprc = 0.0, lo = 0.0, hi = 0.0; // jianwei minus baseline, 95 % interval
  double p = 1.0, p_holm = 1.0;           // two-sided, of the bootstrap; corrected for the number of baselines (Holm 1979)
};

struct PooledLabel {
  LabelKind label = LabelKind::top_decile_by_size;
  std::int64_t origin_count = 0;          // with at least one positive
  double prevalence = 0.0, auprc = 0.0, csi = 0.0;
  std::string baseline;                   // best by AUPRC
  double baseline_auprc = 0.0, baseline_csi = 0.0;
};

struct Regime {
  std::string name;                       // "size:10-19", "size:20-49", "size:50+", "language:zh", "age:<5", "source:icra", "outcome:without 2020-2022"
  std::int64_t rows = 0;
  double prevalence = 0.0, jianwei = 0.0, baseline = 0.0;  // AUPRC, mean over origins that have positives in the regime
};

struct Hindcast {
  std::int64_t horizon_years = 0;
  std::vector<OriginResult> origins;
  std::vector<PooledMethod> pooled;       // jianwei first
  double prevalence = 0.0;
  Delta delta;
  std::vector<Delta> deltas;              // to every baseline, in the order of pooled
  std::vector<Regime> regimes;
  std::vector<PooledLabel> labels;
  GrowthScores growth_scores;             // mean over origins that have them; rows summed
  std::vector<ReliabilityBin> reliability;  // of jianwei's probabilities, all origins together
};

// Time O(origins * rows * replicates) additions. Deterministic for the seed.
Hindcast pool_origins(std::vector<OriginResult> origins, const HindcastOptions& options);

// The document of `hindcast --json`.
std::string hindcast_json(const Hindcast& hindcast, std::string_view unit);

}  // namespace jianwei::analysis

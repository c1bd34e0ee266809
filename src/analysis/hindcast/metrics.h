// How good is a ranking, when the truth is known: AUPRC, precision at k, NDCG, CSI, lift, Brier, reliability, CRPS.
//
// Ties are treated so that the order of input rows never matters: AUPRC adds a group of equal scores at once; precision at k and NDCG take the
// expectation over random orders inside a group.
//
// Source: average precision: Davis and Goadrich (2006), doi:10.1145/1143844.1143874; NDCG: Jarvelin and Kekalainen (2002), doi:10.1145/582415.582418;
//         ties: McSherry and Najork (2008), doi:10.1007/978-3-540-78646-7_38; CSI = TP / (TP + FP + FN): Schaefer (1990),
//         doi:10.1175/1520-0434(1990)005<0570:TCSIAA>2.0.CO;2; Brier (1950); CRPS: Gneiting and Raftery (2007), doi:10.1198/016214506000001437
// Page:   docs/methods/hindcast.md
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace jianwei::analysis {

// `labels` 0 or 1, `scores` finite; higher = earlier in the ranking. All return 0 when there is no positive or no row.
// Average precision = sum over groups of equal score of (recall gained) * precision. Time O(n log n).
double auprc(std::span<const double> scores, std::span<const std::uint8_t> labels);
// The same with a weight >= 0 for each row (bootstrap counts).
double weighted_auprc(std::span<const double> scores, std::span<const std::uint8_t> labels, std::span<const double> weights);

double precision_at(std::span<const double> scores, std::span<const std::uint8_t> labels, std::int64_t k);

// DCG = sum of gain_i / log2(i + 1) over the first k, divided by that of the ideal order. `gains` >= 0.
double ndcg_at(std::span<const double> scores, std::span<const double> gains, std::int64_t k);

// CSI when as many units are called positive as there are positives (threshold matched to the prevalence).
double csi_at_prevalence(std::span<const double> scores, std::span<const std::uint8_t> labels);

// Mean squared difference of probability and label.
double brier(std::span<const double> probabilities, std::span<const std::uint8_t> labels);

struct ReliabilityBin {
  std::int64_t count = 0;
  double mean_probability = 0.0;
  double observed_share = 0.0;
};
// Bins of equal count by increasing probability.
std::vector<ReliabilityBin> reliability(std::span<const double> probabilities, std::span<const std::uint8_t> labels, std::int64_t bin_count = 10);

// CRPS of a normal forecast (mean, deviation > 0) when `observed` came true, in the unit of the values.
double crps_normal(double mean, double deviation, double observed);

}  // namespace jianwei::analysis

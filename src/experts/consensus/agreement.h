// How far the answers to one item agree. Categories are 1..K in order; counts[k] answers chose category k + 1.
//
//   share         of answers in the categories of the agree zone
//   Cns           1 + sum_i p_i log2(1 - |x_i - mean| / (K - 1))                            1 unanimous, 0 split between the ends
//   A             the counts are peeled into layers of equal height; a layer with S of K categories has A = U (1 - (S - 1)/(K - 1)),
//                 U = ((K-2) TU - (K-1) TDU) / ((K-2)(TU + TDU)), TU and TDU its triples 110/011 and 101 (U = 1 when there are none);
//                 A is the mean of the layers weighted by their answers                      1 unanimous, 0 uniform, -1 two ends
//   BC            (G1^2 + 1) / (G2 + 3 (n-1)^2 / ((n-2)(n-3))), G1, G2 unbiased skewness and excess kurtosis    above 5/9: two camps likely
//   IPRAS         2.35 + 1.5 |5 - (P30 + P70)/2| on a scale of 1..9; disagreement when P70 - P30 > IPRAS
//   APMO          share of all opinions that stand on the side of their item's majority; an item passes when its own share reaches it
//
// Source: Tastle and Wierman (2007), doi:10.1016/j.ijar.2006.06.024 (Cns); van der Eijk (2001), doi:10.1023/A:1010374114305 (A);
//         SAS/STAT, after Sarle (BC); Fitch et al. (2001), RAND MR-1269 (IPRAS); Cottam et al. (2004), doi:10.1002/csc.21 (APMO)
// Page:   docs/methods/delphi_consensus.md
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "experts/consensus/statistic.h"

namespace jianwei::experts {

// Share of answers in categories `from`..`to` (1-based, both included), [0, 1].
Statistic agreement_share(std::span<const std::int64_t> counts, std::int32_t from, std::int32_t to);

// [0, 1]. Undefined without answers or with fewer than two categories.
Statistic tastle_wierman_consensus(std::span<const std::int64_t> counts);

// [-1, 1]; polarization is (1 - A) / 2. Undefined without answers or with fewer than three categories.
Statistic van_der_eijk_agreement(std::span<const std::int64_t> counts);

// [0, 1] and above. Undefined with fewer than four answers or when all are alike.
Statistic bimodality_coefficient(std::span<const double> answers);

struct RamDisagreement {
  Statistic p30, p70;        // type 7
  Statistic ipras;
  bool disagreement = false;
};
// Answers on a scale of 1..9.
RamDisagreement ram_disagreement(std::span<const double> answers);

struct ItemVotes {
  std::int64_t agree = 0, disagree = 0, all = 0;  // all >= agree + disagree: the rest is neutral
};
struct MajorityCut {
  Statistic threshold;                  // APMO, [0, 1]
  std::vector<std::uint8_t> passes;     // [items] the larger of its two shares reaches the threshold
};
MajorityCut majority_opinion_cut(std::span<const ItemVotes> items);

}  // namespace jianwei::experts

// What counts as having emerged: labels of a later period, for training on earlier years and for hindcasts.
//
//   growth g = ln( (x_after / h * N_before / N_after + 0.5) / (x_before / h + 0.5) ),  x documents of the unit, N of the corpus, h years each
//   (a) top_decile_by_size   the highest tenth of g within each of five bins of x_before
//   (b) eight_percent        the share grew by at least 8 % a year between the two windows: g >= h ln 1.08
//   (c) joins_top            was not among the largest hundredth of the units (at least ten) before, and is afterwards
//       top_decile           the highest tenth of g over all units
//
// Source: (b) after Klavans, Boyack and Murdick (2020), doi:10.1371/journal.pone.0239177.   Page: docs/methods/hindcast.md
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace jianwei::analysis {

enum class LabelKind : std::int8_t { top_decile_by_size, eight_percent, top_decile, joins_top };

struct Outcome {
  std::vector<double> growth;         // [units] g
  std::vector<std::uint8_t> label;    // [units] 0 or 1
};

// `before` and `after`: documents of each unit in `horizon_years` years before and after. Units with the same x_before share a bin; ties at the tenth
// are all positive. corpus_* > 0.
Outcome label_outcome(std::span<const double> before, std::span<const double> after, double corpus_before, double corpus_after, std::int64_t horizon_years, LabelKind kind);

}  // namespace jianwei::analysis

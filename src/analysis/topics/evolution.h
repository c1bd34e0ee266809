// How topics or communities of one period continue in the next: who is born, grows, merges, splits, declines and dies.
//
// Units of consecutive periods are compared by what they hold (documents, terms): the overlap of two units is
//   cosine = sum_x a_x b_x / (|a| |b|)           items weighted, e.g. terms by phi, or documents by share
// (for 0/1 weights |A and B| / sqrt(|A| |B|)). A link joins units at or above `min_similarity`; links form a layered graph, and the events follow from
// the number of links on each side:
//   birth     no link back          death    no link forward
//   split     several links forward  merge    several links back
//   growth    one link each way and size * (1 + size_change) reached      decline   its opposite      stable   otherwise
// The first period has no births and the last no deaths: what lies outside is not known.
//
// Source: Palla, Barabasi and Vicsek (2007), Nature 446:664-667, doi:10.1038/nature05670 (events);
//         Greene, Doyle and Cunningham (2010), ASONAM, doi:10.1109/ASONAM.2010.17 (matching by threshold)
// Page:   docs/methods/evolution.md
#pragma once

#include <cstdint>
#include <vector>

#include "base/result.h"

namespace jianwei::analysis {

// The units of one period as sparse rows over shared items; a row's items increase.
struct PeriodUnits {
  std::vector<std::int64_t> offsets = {0};  // [units + 1]
  std::vector<std::int32_t> items;          // ids of documents or terms, the same in all periods
  std::vector<float> weights;               // > 0
  std::vector<double> sizes;                // [units] documents, or their weight: what growth is measured in
  std::int64_t unit_count() const { return static_cast<std::int64_t>(offsets.size()) - 1; }
};

enum class EvolutionEvent : std::uint8_t { birth, growth, stable, decline, split, merge, death };

struct EvolutionLink {
  std::int32_t period = 0;  // of `from`; `to` lies in the next
  std::int32_t from = 0;    // unit
  std::int32_t to = 0;
  double similarity = 0.0;  // cosine, (0, 1]
};

// One thing that happened between a period and the next, with its evidence.
struct EvolutionStep {
  EvolutionEvent event = EvolutionEvent::stable;
  std::int32_t period = 0;               // the later of the two; of a death, the first period without the unit
  std::vector<std::int32_t> from;        // units of the period before (empty: birth)
  std::vector<std::int32_t> to;          // units of `period` (empty: death)
  double size_before = 0.0;
  double size_after = 0.0;
  double similarity = 0.0;               // the largest of the links used, 0 without any
};

struct EvolutionOptions {
  double min_similarity = 0.3;  // cosine; 0.3 keeps units that share about a third of their weight
  double size_change = 0.2;     // share by which a unit must grow or shrink to be called growing or declining
};

struct Evolution {
  std::vector<EvolutionLink> links;   // by period, from, to
  std::vector<EvolutionStep> steps;   // by period, then event, then units
  // [period][unit] line of descent: a unit carries on the line of the unit before it that is most similar to it and whose best follower it is.
  std::vector<std::vector<std::int32_t>> lines;
  std::int32_t line_count = 0;
};

// Errors: invalid_input  an option is out of range, or `sizes` does not match the rows
// Time O(sum over consecutive periods of entries times units that share an item).
Result<Evolution> trace_evolution(const std::vector<PeriodUnits>& periods, const EvolutionOptions& options);

}  // namespace jianwei::analysis

// What was known at the end of a year: the only thing scorers see, so that no score can read the future.
//
// Documents dated after `until` (or undated) have no row here. Rows are in order of year, so that an earlier past is a prefix:
// row_end[t] is one past the last row of year index t, and every unit's documents are increasing row numbers.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "analysis/dataset.h"
#include "base/result.h"

namespace jianwei::analysis {

struct Past {
  YearRange years;                          // first year .. until
  std::vector<std::int64_t> row_end;        // [years] rows of years.first .. that year
  std::vector<std::int32_t> row_year;       // [rows] year index
  std::vector<std::int16_t> row_source;     // [rows]
  std::vector<std::int8_t> row_language;    // [rows]
  std::vector<double> corpus;               // [years] documents
  UnitDocuments units;                      // over rows
  std::vector<std::int64_t> by_row_offsets; // [rows + 1] the same entries by row:
  std::vector<std::int32_t> by_row_units;
  std::vector<float> by_row_weights;
  std::vector<double> counts;               // [units][years] weighted documents, years of titles alone filled, brought to one mix of sources and lengths where those move
  std::vector<std::int8_t> word_count;      // [units] words of the name, 0 = not a term (topics)
  std::vector<double> occurrences;          // [units] how often its documents name it, all together; empty: not known. Set by who knows it

  std::int64_t year_count() const { return years.count(); }
  std::int64_t unit_count() const { return units.unit_count(); }
  std::int64_t row_begin(std::int64_t year_index) const { return year_index <= 0 ? 0 : row_end[static_cast<std::size_t>(year_index) - 1]; }
  std::span<const double> count_row(std::int64_t unit) const { return {counts.data() + unit * year_count(), static_cast<std::size_t>(year_count())}; }
  // Documents and corpus of the years [first, last] (indices, cut to the range).
  double unit_sum(std::int64_t unit, std::int64_t first, std::int64_t last) const;
  double corpus_sum(std::int64_t first, std::int64_t last) const;
};

// Whether the document of the row holds at least eight units: abstracts hold twenty and more of a vocabulary, titles two to six.
bool is_long_text(const Past& past, std::size_t row);

// Share of long texts among the documents of the years [first, last] (indices). 0 without documents.
double long_text_share(const Past& past, std::int64_t first, std::int64_t last);

// Cuts `dataset` and `units` at the end of `until`. `word_count` is [units] or empty. The result depends on documents dated first_year..until alone.
// first_year 0: the first year with at least 0.2 % of the dated documents up to it (a stray early date should not stretch the series).
// Errors: invalid_input  shapes differ, or there is no document in the range. Time O(documents + entries).
Result<Past> past_until(const Dataset& dataset, const UnitDocuments& units, std::span<const std::int8_t> word_count, std::int16_t until, std::int16_t first_year = 0);

}  // namespace jianwei::analysis

#include "workflow/report/topic_periods.h"

#include <algorithm>
#include <cmath>

namespace jianwei::workflow {
namespace {

constexpr double kMinWeight = 2.0;       // documents; less says nothing about what a topic was
constexpr double kMinTermWeight = 0.5;   // documents; keeps words that a topic merely brushed out of the vectors

std::size_t at(std::int64_t i) { return static_cast<std::size_t>(i); }

// Period of each document, -1 outside the complete years.
std::vector<std::int32_t> periods_of(const StudyResult& result, const TopicPeriods& periods) {
  std::vector<std::int32_t> period(result.dataset.year.size(), -1);
  for (std::size_t d = 0; d < period.size(); ++d) {
    for (std::size_t p = 0; p < periods.years.size(); ++p) {
      if (result.dataset.year[d] >= periods.years[p].first && result.dataset.year[d] <= periods.years[p].second) period[d] = static_cast<std::int32_t>(p);
    }
  }
  return period;
}

}  // namespace

Result<TopicPeriods> trace_topics(const StudyResult& result) {
  const analysis::UnitSeries& series = result.topic_results.series;
  const auto year_count = static_cast<std::int64_t>(series.complete_years);
  if (year_count < 2 || result.topics.empty()) return fail(ErrorKind::invalid_input, "topics over time need topics and at least two complete years, there are {} and {}", result.topics.size(), year_count);
  const std::int64_t period_count = std::clamp<std::int64_t>(year_count / 3, 2, 6);
  TopicPeriods periods;
  for (std::int64_t p = 0; p < period_count; ++p) {
    periods.years.emplace_back(series.years.first + p * year_count / period_count, series.years.first + (p + 1) * year_count / period_count - 1);
  }
  const std::vector<std::int32_t> period = periods_of(result, periods);
  const analysis::DocumentTopics& shares = result.document_topics;
  const std::size_t topic_count = result.topics.size();

  // Sizes decide which topics a period has.
  std::vector<double> size(at(period_count) * topic_count, 0.0);
  periods.documents.assign(at(period_count), 0.0);
  for (std::size_t d = 0; d < period.size(); ++d) {
    if (period[d] < 0 || shares.offsets[d] == shares.offsets[d + 1]) continue;
    ++periods.documents[at(period[d])];
    for (auto e = at(shares.offsets[d]); e < at(shares.offsets[d + 1]); ++e) size[at(period[d]) * topic_count + at(shares.topics[e])] += shares.shares[e];
  }
  std::vector<analysis::PeriodUnits> units(at(period_count));
  periods.topics.resize(at(period_count));
  periods.weights.resize(at(period_count));
  for (std::size_t p = 0; p < units.size(); ++p) {
    for (std::size_t k = 0; k < topic_count; ++k) {
      if (size[p * topic_count + k] < kMinWeight) continue;
      periods.topics[p].push_back(static_cast<std::int32_t>(k));
      periods.weights[p].push_back(size[p * topic_count + k]);
    }
    units[p].sizes = periods.weights[p];
  }

  // Words of each topic in each period, term by term, so that a row's terms increase.
  std::vector<std::vector<std::pair<std::int32_t, float>>> words(size.size());
  std::vector<double> sum(size.size(), 0.0);
  std::vector<std::size_t> touched;
  const analysis::UnitDocuments& terms = result.term_results.documents;
  for (std::size_t t = 0; t + 1 < terms.offsets.size(); ++t) {
    const double idf = std::log1p(static_cast<double>(period.size()) / static_cast<double>(std::max<std::int64_t>(1, terms.offsets[t + 1] - terms.offsets[t])));
    for (auto e = at(terms.offsets[t]); e < at(terms.offsets[t + 1]); ++e) {
      const std::size_t d = at(terms.documents[e]);
      if (period[d] < 0) continue;
      for (auto s = at(shares.offsets[d]); s < at(shares.offsets[d + 1]); ++s) {
        const std::size_t cell = at(period[d]) * topic_count + at(shares.topics[s]);
        if (sum[cell] == 0.0) touched.push_back(cell);
        sum[cell] += shares.shares[s];
      }
    }
    for (const std::size_t cell : touched) {
      if (sum[cell] >= kMinTermWeight) words[cell].emplace_back(static_cast<std::int32_t>(t), static_cast<float>(sum[cell] * idf));
      sum[cell] = 0.0;
    }
    touched.clear();
  }
  for (std::size_t p = 0; p < units.size(); ++p) {
    for (const std::int32_t k : periods.topics[p]) {
      for (const auto& [term, weight] : words[p * topic_count + at(k)]) {
        units[p].items.push_back(term);
        units[p].weights.push_back(weight);
      }
      units[p].offsets.push_back(std::ssize(units[p].items));
    }
  }
  periods.evolution = TRY(analysis::trace_evolution(units, {}));
  return periods;
}

}  // namespace jianwei::workflow

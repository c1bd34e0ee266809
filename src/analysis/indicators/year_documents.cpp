// Cohesion without pairs: with unit vectors v_d and S their sum, the mean cosine of d with the others is (v_d . S - 1) / (n - 1), and the mean of
// these is the mean over pairs. The corpus's own cohesion is (|S|^2 - n) / (n (n - 1)) over the documents of the window.
#include <algorithm>
#include <cmath>

#include "analysis/indicators/intervals.h"
#include "analysis/indicators/year_context.h"

namespace jianwei::analysis {

namespace {

constexpr std::size_t kMinCohesionDocuments = 5;  // below, what all documents share cannot be told from chance

double corpus_cohesion(const YearContext& context, const std::vector<std::int32_t>& window) {
  std::vector<double> sum(static_cast<std::size_t>(context.input.term_count), 0.0);
  double n = 0.0;
  for (const std::int32_t d : window) {
    const float norm = context.norm[static_cast<std::size_t>(d)];
    if (norm <= 0.0F) continue;
    n += 1.0;
    for (const std::int32_t t : context.input.document_terms.row(d)) sum[static_cast<std::size_t>(t)] += static_cast<double>(context.idf[static_cast<std::size_t>(t)] / norm);
  }
  if (n < 2.0) return 0.0;
  double square = 0.0;
  for (const double x : sum) square += x * x;
  return (square - n) / (n * (n - 1.0));
}

void count_citations(YearContext& context) {
  const Dataset& dataset = context.input.dataset;
  const auto years = static_cast<std::size_t>(context.year - context.first_year + 1);
  std::int64_t links = 0;
  std::vector<std::int32_t> cited(dataset.year.size(), 0);
  for (std::size_t d = 0; d + 1 < dataset.references.offsets.size(); ++d) {
    if (!context.in_past(d)) continue;
    for (const std::int32_t r : dataset.references.row(static_cast<std::int64_t>(d))) {
      if (r >= 0 && context.in_past(static_cast<std::size_t>(r))) {
        ++cited[static_cast<std::size_t>(r)];
        ++links;
      }
    }
  }
  if (links == 0) return;
  std::vector<double> documents(years, 0.0);
  context.expected_citations.assign(years, 0.0);
  for (std::size_t d = 0; d < dataset.year.size(); ++d) {
    if (!context.in_past(d)) continue;
    const auto y = static_cast<std::size_t>(dataset.year[d] - context.first_year);
    documents[y] += 1.0;
    context.expected_citations[y] += static_cast<double>(cited[d]);
  }
  for (std::size_t y = 0; y < years; ++y) context.expected_citations[y] /= std::max(1.0, documents[y]);
  context.citations = std::move(cited);
}

Measure gini_simpson(const std::vector<std::int64_t>& counts) {
  Measure measure;
  double n = 0.0, pairs = 0.0;
  for (const std::int64_t count : counts) {
    n += static_cast<double>(count);
    pairs += static_cast<double>(count) * static_cast<double>(count - 1);
  }
  if (n < 2.0) return measure;
  double square = 0.0, cube = 0.0;
  for (const std::int64_t count : counts) {
    const double p = static_cast<double>(count) / n;
    square += p * p;
    cube += p * p * p;
  }
  const double half = kNormal975 * std::sqrt(std::max(0.0, 4.0 * (cube - square * square) / n));
  measure.value = 1.0 - pairs / (n * (n - 1.0));
  measure.low = std::max(0.0, measure.value - half);
  measure.high = std::min(1.0, measure.value + half);
  return measure;
}

Measure from_mean(const std::vector<double>& values, double reference) {
  Measure measure;
  const MeanInterval mean = mean_interval(values);
  if (!mean.known) return measure;
  measure.value = mean.mean;
  measure.low = mean.interval.low;
  measure.high = mean.interval.high;
  if (reference > 0.0 && mean.standard_error > 0.0) measure.p = student_two_sided((mean.mean - reference) / mean.standard_error, static_cast<double>(values.size()) - 1.0);
  return measure;
}

std::vector<std::int32_t> spread(std::span<const std::int32_t> documents, std::int64_t limit) {
  const auto n = static_cast<std::int64_t>(documents.size());
  if (n <= limit) return {documents.begin(), documents.end()};
  std::vector<std::int32_t> sample;
  for (std::int64_t i = 0; i < limit; ++i) sample.push_back(documents[static_cast<std::size_t>(i * n / limit)]);
  return sample;
}

}  // namespace

YearContext make_year_context(const IndicatorInput& input, std::int16_t year, std::int16_t first_year) {
  YearContext context{input, year, first_year, {}, {}, {}, {}, 0.0, 0.0, 0.0};
  const Dataset& dataset = input.dataset;
  std::vector<std::int64_t> frequency(static_cast<std::size_t>(input.term_count), 0);
  std::vector<std::int32_t> window;
  double documents = 0.0, recent = 0.0;
  for (std::size_t d = 0; d < dataset.year.size(); ++d) {
    if (!context.in_past(d)) continue;
    documents += 1.0;
    context.vitality += 1.0 / (1.0 + static_cast<double>(year - dataset.year[d]));
    for (const std::int32_t t : input.document_terms.row(static_cast<std::int64_t>(d))) ++frequency[static_cast<std::size_t>(t)];
    if (!context.in_window(d)) continue;
    recent += 1.0;
    window.push_back(static_cast<std::int32_t>(d));
  }
  if (documents <= 0.0) return context;
  context.vitality /= documents;
  context.newness = recent / documents;
  context.idf.resize(frequency.size());
  for (std::size_t t = 0; t < frequency.size(); ++t) context.idf[t] = frequency[t] > 0 ? static_cast<float>(std::log(documents / static_cast<double>(frequency[t]))) : 0.0F;
  context.norm.assign(dataset.year.size(), 0.0F);
  for (const std::int32_t d : window) {
    double square = 0.0;
    for (const std::int32_t t : input.document_terms.row(d)) square += static_cast<double>(context.idf[static_cast<std::size_t>(t)]) * static_cast<double>(context.idf[static_cast<std::size_t>(t)]);
    context.norm[static_cast<std::size_t>(d)] = static_cast<float>(std::sqrt(square));
  }
  context.cohesion = corpus_cohesion(context, window);
  count_citations(context);
  return context;
}

DocumentIndicators::DocumentIndicators(const YearContext& context, const YearOptions& options)
    : context_(context), options_(options), sum_(static_cast<std::size_t>(context.input.term_count), 0.0) {}

void DocumentIndicators::measure(std::int32_t unit, IndicatorRow& row) {
  const UnitDocuments& units = context_.input.units;
  std::vector<std::int32_t> past, window;
  for (auto e = static_cast<std::size_t>(units.offsets[static_cast<std::size_t>(unit)]); e < static_cast<std::size_t>(units.offsets[static_cast<std::size_t>(unit) + 1]); ++e) {
    const std::int32_t d = units.documents[e];
    if (!context_.in_past(static_cast<std::size_t>(d))) continue;
    past.push_back(d);
    if (context_.in_window(static_cast<std::size_t>(d))) window.push_back(d);
  }
  if (past.empty()) return;
  const auto all = static_cast<double>(past.size()), recent = static_cast<double>(window.size());
  Measure& newness = row[Indicator::newness];
  const Interval interval = wilson_interval(recent, all);
  newness.value = recent / all;
  newness.low = interval.low;
  newness.high = interval.high;
  newness.p = binomial_tail(recent, all, context_.newness);
  vitality(past, window, row);
  impact(past, row);
  if (window.empty()) return;
  breadth(window, row);
  cohesion(unit, window, row);
}

// Documents that name each category, a document once for each; in order of category.
template <class Rows>
std::vector<std::int64_t> DocumentIndicators::count(std::span<const std::int32_t> documents, const Rows& rows) {
  touched_.clear();
  for (const std::int32_t d : documents) {
    for (const std::int32_t category : rows(d)) {
      const auto c = static_cast<std::size_t>(category);
      if (c >= counts_.size()) counts_.resize(c + 1, 0);
      if (counts_[c]++ == 0) touched_.push_back(category);
    }
  }
  std::sort(touched_.begin(), touched_.end());
  std::vector<std::int64_t> result;
  for (const std::int32_t category : touched_) {
    result.push_back(counts_[static_cast<std::size_t>(category)]);
    counts_[static_cast<std::size_t>(category)] = 0;
  }
  return result;
}

void DocumentIndicators::breadth(std::span<const std::int32_t> window, IndicatorRow& row) {
  const Dataset& dataset = context_.input.dataset;
  const auto fill = [&](const IdLists& lists, Indicator number, Indicator effective) {
    if (lists.offsets.size() != dataset.year.size() + 1) return;
    const std::vector<std::int64_t> counts = count(window, [&](std::int32_t d) {
      const auto names = lists.row(d);
      std::vector<std::int32_t> distinct(names.begin(), names.end());
      std::sort(distinct.begin(), distinct.end());
      distinct.erase(std::unique(distinct.begin(), distinct.end()), distinct.end());
      return distinct;
    });
    if (counts.empty()) return;  // nobody is named: unknown, not zero
    const Richness richness = chao1(counts);
    row[number] = {static_cast<double>(richness.seen), static_cast<double>(richness.seen), richness.interval.high, Measure::kUnknown, Measure::kUnknown};
    const EffectiveNumber many = effective_number(counts);
    row[effective] = {many.value, many.interval.low, many.interval.high, Measure::kUnknown, Measure::kUnknown};
    if (number == Indicator::organisations) row[Indicator::organisation_diversity] = gini_simpson(counts);
  };
  fill(dataset.persons, Indicator::authors, Indicator::effective_authors);
  fill(dataset.organisations, Indicator::organisations, Indicator::effective_organisations);
  fill(dataset.countries, Indicator::countries, Indicator::effective_countries);
  row[Indicator::source_diversity] = gini_simpson(count(window, [&](std::int32_t d) { return std::array<std::int32_t, 1>{dataset.source[static_cast<std::size_t>(d)]}; }));
}

void DocumentIndicators::cohesion(std::int32_t unit, std::span<const std::int32_t> window, IndicatorRow& row) {
  const std::vector<std::int32_t> documents = spread(window, options_.max_documents);
  if (documents.size() < kMinCohesionDocuments) return;
  const IdLists& terms = context_.input.document_terms;
  // Terms that every document holds are what the unit is (itself, its parts), not how its documents hang together.
  touched_.clear();
  for (const std::int32_t d : documents) {
    for (const std::int32_t t : terms.row(d)) {
      if (sum_[static_cast<std::size_t>(t)]++ == 0.0) touched_.push_back(t);
    }
  }
  std::vector<std::int32_t> common;
  for (const std::int32_t t : touched_) {
    if (sum_[static_cast<std::size_t>(t)] >= static_cast<double>(documents.size()) || (options_.units_are_terms && t == unit)) common.push_back(t);
    sum_[static_cast<std::size_t>(t)] = 0.0;
  }
  std::sort(common.begin(), common.end());
  const auto counts = [&](std::int32_t t) { return !std::binary_search(common.begin(), common.end(), t); };

  std::vector<double> norms(documents.size(), 0.0);
  double n = 0.0;
  for (std::size_t i = 0; i < documents.size(); ++i) {
    double square = 0.0;
    for (const std::int32_t t : terms.row(documents[i])) {
      if (counts(t)) square += static_cast<double>(context_.idf[static_cast<std::size_t>(t)]) * static_cast<double>(context_.idf[static_cast<std::size_t>(t)]);
    }
    norms[i] = std::sqrt(square);
    if (norms[i] <= 0.0) continue;
    n += 1.0;
    for (const std::int32_t t : terms.row(documents[i])) {
      if (counts(t)) sum_[static_cast<std::size_t>(t)] += static_cast<double>(context_.idf[static_cast<std::size_t>(t)]) / norms[i];
    }
  }
  std::vector<double> means;
  for (std::size_t i = 0; i < documents.size() && n >= 2.0; ++i) {
    if (norms[i] <= 0.0) continue;
    double dot = 0.0;
    for (const std::int32_t t : terms.row(documents[i])) {
      if (counts(t)) dot += static_cast<double>(context_.idf[static_cast<std::size_t>(t)]) / norms[i] * sum_[static_cast<std::size_t>(t)];
    }
    means.push_back((dot - 1.0) / (n - 1.0));
  }
  for (const std::int32_t t : touched_) sum_[static_cast<std::size_t>(t)] = 0.0;
  const MeanInterval mean = mean_interval(means);
  if (!mean.known || means.size() < kMinCohesionDocuments) return;
  const double error = 2.0 * mean.standard_error;  // of a U-statistic of pairs
  Measure& measure = row[Indicator::cohesion];
  measure.value = std::max(0.0, mean.mean);
  measure.low = std::max(0.0, mean.mean - kNormal975 * error);
  measure.high = std::min(1.0, mean.mean + kNormal975 * error);
  if (error > 1e-9) measure.p = normal_two_sided((mean.mean - context_.cohesion) / error);
}

void DocumentIndicators::vitality(std::span<const std::int32_t> past, std::span<const std::int32_t> window, IndicatorRow& row) {
  const Dataset& dataset = context_.input.dataset;
  std::vector<double> values;
  for (const std::int32_t d : past) values.push_back(1.0 / (1.0 + static_cast<double>(context_.year - dataset.year[static_cast<std::size_t>(d)])));
  row[Indicator::vitality] = from_mean(values, context_.vitality);

  values.clear();
  if (dataset.references.offsets.size() != dataset.year.size() + 1) return;
  for (const std::int32_t d : window) {
    double sum = 0.0, cited = 0.0;
    for (const std::int32_t r : dataset.references.row(d)) {
      if (r < 0 || !context_.in_past(static_cast<std::size_t>(r))) continue;
      sum += 1.0 / (1.0 + std::max(0.0, static_cast<double>(dataset.year[static_cast<std::size_t>(d)] - dataset.year[static_cast<std::size_t>(r)])));
      cited += 1.0;
    }
    if (cited > 0.0) values.push_back(sum / cited);
  }
  row[Indicator::reference_vitality] = from_mean(values, 0.0);
}

void DocumentIndicators::impact(std::span<const std::int32_t> past, IndicatorRow& row) {
  if (context_.citations.empty()) return;
  std::vector<std::pair<double, double>> pairs;  // citations and those expected
  double observed = 0.0, expected = 0.0;
  for (const std::int32_t d : past) {
    const auto document = static_cast<std::size_t>(d);
    if (!context_.in_window(document, kImpactYears)) continue;
    pairs.emplace_back(context_.citations[document], context_.expected_citations[static_cast<std::size_t>(context_.input.dataset.year[document] - context_.first_year)]);
    observed += pairs.back().first;
    expected += pairs.back().second;
  }
  if (expected <= 0.0 || pairs.size() < 3) return;
  const double ratio = observed / expected;
  double square = 0.0;
  for (const auto& [c, e] : pairs) square += (c - ratio * e) * (c - ratio * e);
  const double error = std::sqrt(square) / expected;
  Measure& measure = row[Indicator::impact];
  measure.value = ratio;
  measure.low = std::max(0.0, ratio - kNormal975 * error);
  measure.high = ratio + kNormal975 * error;
  if (error > 0.0) measure.p = normal_two_sided((ratio - 1.0) / error);
}

}  // namespace jianwei::analysis

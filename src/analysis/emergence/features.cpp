// Own features read the yearly counts; company features walk the documents of the recent window twice: once to sum the momentum of each
// document's units, once to give every unit the mean of its documents without its own part.
#include "analysis/emergence/features.h"

#include <algorithm>
#include <cmath>

#include "analysis/emergence/neighbour_growth.h"
#include "analysis/forecast/smoothing.h"
#include "base/parallel.h"

namespace jianwei::analysis {

namespace {

constexpr double kSlopePriorVariance = 0.05;  // of a yearly log-slope: sd 0.22, the spread of large units in ten corpora of papers and projects

// Mode of the Poisson log-slope with a normal prior N(0, kSlopePriorVariance), the level profiled out: gamma-Poisson shrinkage of small units.
double shrunken_slope(std::span<const double> counts, std::span<const double> corpus) {
  const auto n = counts.size();
  double total = 0.0, moment = 0.0;
  for (std::size_t i = 0; i < n; ++i) {
    total += counts[i];
    moment += counts[i] * static_cast<double>(i);
  }
  double beta = 0.0;
  for (int iteration = 0; iteration < 10; ++iteration) {
    // Expected mean and variance of time under exposure * exp(beta t).
    double mass = 0.0, mean = 0.0, square = 0.0;
    for (std::size_t i = 0; i < n; ++i) {
      const double x = static_cast<double>(i) - static_cast<double>(n - 1) / 2.0;
      const double e = corpus[i] * std::exp(std::clamp(beta * x, -8.0, 8.0));
      mass += e;
      mean += e * static_cast<double>(i);
      square += e * static_cast<double>(i * i);
    }
    if (mass <= 0.0) return 0.0;
    mean /= mass;
    const double variance = square / mass - mean * mean;
    const double step = (moment - total * mean - beta / kSlopePriorVariance) / (total * variance + 1.0 / kSlopePriorVariance);
    beta += std::clamp(step, -0.5, 0.5);
    if (std::abs(step) < 1e-7) break;
  }
  return beta;
}

void own_features(const Past& past, std::int64_t unit, std::int64_t t, std::int64_t h, FeatureTable& table) {
  const auto u = static_cast<std::size_t>(unit);
  const auto counts = past.count_row(unit).first(static_cast<std::size_t>(t) + 1);
  const std::span<const double> corpus(past.corpus.data(), static_cast<std::size_t>(t) + 1);
  const double base = table.base[u];
  const double base_corpus = std::max(past.corpus_sum(t - h + 1, t), 1.0);
  const double base_years = static_cast<double>(std::min(h, t + 1));
  auto& raw = table.raw[u];
  const auto set = [&](Feature f, double value) { raw[static_cast<std::size_t>(f)] = value; };

  const auto last = [&](std::int64_t width) {
    const auto n = static_cast<std::size_t>(std::min(width, t + 1));
    return shrunken_slope(counts.last(n), corpus.last(n));
  };
  const double slope_short = last(h), slope_long = last(10);
  set(Feature::slope_short, slope_short);
  set(Feature::slope_long, slope_long);
  set(Feature::acceleration, slope_short - slope_long);

  const auto years_before = static_cast<double>(std::clamp<std::int64_t>(t + 1 - h, 0, h));
  const double before = past.unit_sum(unit, t - 2 * h + 1, t - h), before_corpus = past.corpus_sum(t - 2 * h + 1, t - h);
  if (years_before > 0 && before_corpus > 0.0) {
    set(Feature::window_growth, std::log((base / base_years + 0.5) / (base_corpus / base_years)) - std::log((before / years_before + 0.5) / (before_corpus / years_before)));
  }

  double total = 0.0, fresh = 0.0;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    total += counts[i];
    fresh += counts[i] / static_cast<double>(1 + t - static_cast<std::int64_t>(i));
  }
  set(Feature::vitality, total > 0.0 ? fresh / total : 0.0);
  double seen = 0.0;
  std::int64_t fifth = t;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    seen += counts[i];
    if (seen >= std::min(5.0, total) && seen > 0.0) {
      fifth = static_cast<std::int64_t>(i);
      break;
    }
  }
  set(Feature::newness, -std::log1p(static_cast<double>(t - fifth)));

  double best_share = 0.0, share = 0.0;  // mean yearly share of any h consecutive years
  for (std::int64_t end = h - 1; end <= t; ++end) {
    share = 0.0;
    for (std::int64_t i = end - h + 1; i <= end; ++i) share += counts[static_cast<std::size_t>(i)] / std::max(corpus[static_cast<std::size_t>(i)], 1.0);
    share /= static_cast<double>(h);
    best_share = std::max(best_share, share);
  }
  set(Feature::peak, std::log(share + 1e-6) - std::log(best_share + 1e-6));
  set(Feature::size, std::log(base + 0.5));
  set(Feature::words, static_cast<double>(past.word_count[u]));

  const double last_corpus = std::max(corpus.back(), 1.0);
  table.last_year[u] = std::log((counts.back() + 0.5) / last_corpus) - std::log((base + 0.5 * base_years) / base_corpus);
  set(Feature::last_year, table.last_year[u]);
  double log_shares[15];
  std::size_t points = 0;
  for (auto i = static_cast<std::size_t>(std::max<std::int64_t>(0, t - 14)); i <= static_cast<std::size_t>(t); ++i) {
    if (corpus[i] > 0.0) log_shares[points++] = std::log((counts[i] + 0.5) / corpus[i]);
  }
  const double base_share = std::log((base / base_years + 0.5) / (base_corpus / base_years));
  double forecast = 0.0;
  for (const double y : smooth({log_shares, points}, Smoothing::damped_holt, h, {})) forecast += y / static_cast<double>(h);
  set(Feature::forecast, forecast - base_share);
  set(Feature::level, smooth({log_shares, points}, Smoothing::ses, 1, {})[0] - base_share);
  if (t > 0) {
    const auto previous = static_cast<std::size_t>(t) - 1;
    table.previous_year[u] = std::log((counts.back() + 0.5) / last_corpus) - std::log((counts[previous] + 0.5) / std::max(corpus[previous], 1.0));
  }
}

// For each unit the mean of `value` over the candidates that share its documents of rows [begin, end), each document's own part left out.
void company_mean(const Past& past, const std::vector<double>& value, const std::vector<std::uint8_t>& is_candidate, std::int64_t begin, std::int64_t end, double least_company,
                  const std::vector<std::int32_t>& wanted, int thread_count, FeatureTable& table, Feature feature) {
  std::vector<double> sum(static_cast<std::size_t>(end - begin), 0.0), company(sum.size(), 0.0);
  for (std::int64_t row = begin; row < end; ++row) {
    const auto r = static_cast<std::size_t>(row - begin);
    for (auto e = static_cast<std::size_t>(past.by_row_offsets[static_cast<std::size_t>(row)]); e < static_cast<std::size_t>(past.by_row_offsets[static_cast<std::size_t>(row) + 1]); ++e) {
      const auto v = static_cast<std::size_t>(past.by_row_units[e]);
      if (!is_candidate[v]) continue;
      const auto w = static_cast<double>(past.by_row_weights[e]);
      sum[r] += w * value[v];
      company[r] += w;
    }
  }
  parallel_blocks(static_cast<std::int64_t>(wanted.size()), 2048, thread_count, [&](std::int64_t, std::int64_t first, std::int64_t last) {
    for (std::int64_t i = first; i < last; ++i) {
      const auto u = static_cast<std::size_t>(wanted[static_cast<std::size_t>(i)]);
      const auto documents_begin = past.units.documents.begin() + past.units.offsets[u];
      const auto documents_end = past.units.documents.begin() + past.units.offsets[u + 1];
      auto from = std::lower_bound(documents_begin, documents_end, static_cast<std::int32_t>(begin));
      double numerator = 0.0, denominator = 0.0;
      for (; from != documents_end && *from < end; ++from) {
        const auto w = static_cast<double>(past.units.weights[static_cast<std::size_t>(from - past.units.documents.begin())]);
        const auto r = static_cast<std::size_t>(*from - begin);
        const double own = is_candidate[u] ? w : 0.0;
        numerator += w * (sum[r] - own * value[u]);
        denominator += w * (company[r] - own);
      }
      table.raw[u][static_cast<std::size_t>(feature)] = numerator / std::max(denominator, least_company);
    }
  });
}

// How concentrated the recent documents are on few sources, and how many of their sources are new to the unit.
void source_features(const Past& past, std::int64_t unit, std::int64_t recent_begin, std::int64_t end, std::vector<double>& recent, std::vector<std::uint8_t>& seen, FeatureTable& table) {
  const auto u = static_cast<std::size_t>(unit);
  std::vector<std::int16_t> recent_sources, earlier_sources;
  double total = 0.0, squares = 0.0;
  for (auto e = static_cast<std::size_t>(past.units.offsets[u]); e < static_cast<std::size_t>(past.units.offsets[u + 1]); ++e) {
    const std::int32_t row = past.units.documents[e];
    if (row >= end) break;
    const std::int16_t source = past.row_source[static_cast<std::size_t>(row)];
    if (source < 0) continue;
    const auto s = static_cast<std::size_t>(source);
    if (row < recent_begin) {
      if (!seen[s]) earlier_sources.push_back(source);
      seen[s] = 1;
      continue;
    }
    const auto w = static_cast<double>(past.units.weights[e]);
    if (recent[s] == 0.0) recent_sources.push_back(source);
    recent[s] += w;
    total += w;
    squares += w * w;
  }
  std::sort(recent_sources.begin(), recent_sources.end());
  double pairs = 0.0, fresh = 0.0;
  for (const std::int16_t source : recent_sources) {
    double& w = recent[static_cast<std::size_t>(source)];
    pairs += w * w;
    if (!seen[static_cast<std::size_t>(source)]) fresh += 1.0;
    w = 0.0;
  }
  for (const std::int16_t source : earlier_sources) seen[static_cast<std::size_t>(source)] = 0;
  const double all_pairs = total * total - squares;  // two different documents
  table.raw[u][static_cast<std::size_t>(Feature::source_concentration)] = all_pairs > 0.0 ? std::clamp((pairs - squares) / all_pairs, 0.0, 1.0) : 0.0;
  table.raw[u][static_cast<std::size_t>(Feature::new_sources)] = (fresh + 0.5) / (static_cast<double>(recent_sources.size()) + 1.0);
}

// Normal score of the rank among the candidates' values.
void rank_normalise(Feature feature, const std::vector<std::int32_t>& wanted, FeatureTable& table) {
  const auto f = static_cast<std::size_t>(feature);
  std::vector<double> sorted;
  sorted.reserve(table.candidates.size());
  for (const std::int32_t c : table.candidates) sorted.push_back(table.raw[static_cast<std::size_t>(c)][f]);
  std::sort(sorted.begin(), sorted.end());
  const auto n = static_cast<double>(sorted.size());
  if (sorted.empty() || sorted.front() == sorted.back()) return;  // says nothing: 0 for all
  for (const std::int32_t unit : wanted) {
    const auto u = static_cast<std::size_t>(unit);
    const auto [low, high] = std::equal_range(sorted.begin(), sorted.end(), table.raw[u][f]);
    const double rank = 0.5 * static_cast<double>((low - sorted.begin()) + (high - sorted.begin()));
    table.normal[u][f] = static_cast<float>(normal_quantile(std::clamp(rank / n, 0.5 / n, 1.0 - 0.5 / n)));
  }
}

}  // namespace

std::string_view feature_name(Feature feature) {
  static constexpr std::string_view kNames[] = {"slope_short", "window_growth", "slope_long", "acceleration", "vitality", "newness", "peak", "size", "words",
                                                "company_slope", "company_last_year", "company_latest", "company_growth", "source_concentration", "last_year", "forecast", "new_sources",
                                                "level", "neighbours"};
  static_assert(std::size(kNames) == kFeatureCount);
  return kNames[static_cast<std::size_t>(feature)];
}

FeatureTable build_features(const Past& past, std::int64_t t, const FeatureOptions& options) {
  const std::int64_t h = options.horizon_years;
  const auto units = static_cast<std::size_t>(past.unit_count());
  FeatureTable table;
  table.year_index = t;
  table.gate.assign(units, Gate::passed);
  table.base.assign(units, 0.0);
  table.last_year.assign(units, 0.0);
  table.previous_year.assign(units, 0.0);
  table.raw.resize(units);
  table.normal.resize(units);

  const double base_corpus = past.corpus_sum(t - h + 1, t);
  std::vector<std::uint8_t> is_candidate(units, 0);
  for (std::size_t u = 0; u < units; ++u) {
    table.base[u] = past.unit_sum(static_cast<std::int64_t>(u), t - h + 1, t);
    if (table.base[u] < options.min_documents) table.gate[u] = Gate::too_few_documents;
    else if (table.base[u] > options.max_share * base_corpus) table.gate[u] = Gate::too_common;
    if (table.gate[u] != Gate::passed) continue;
    is_candidate[u] = 1;
    table.candidates.push_back(static_cast<std::int32_t>(u));
  }
  // The units whose features are computed: candidates, or all that occur in the window.
  std::vector<std::int32_t> wanted = table.candidates;
  if (!options.candidates_only) {
    wanted.clear();
    for (std::size_t u = 0; u < units; ++u) {
      if (table.base[u] > 0.0) wanted.push_back(static_cast<std::int32_t>(u));
    }
  }
  const auto wanted_count = static_cast<std::int64_t>(wanted.size());
  parallel_blocks(wanted_count, 1024, options.thread_count, [&](std::int64_t, std::int64_t begin, std::int64_t end) {
    for (std::int64_t i = begin; i < end; ++i) own_features(past, wanted[static_cast<std::size_t>(i)], t, h, table);
  });

  const std::int64_t window_begin = past.row_begin(t - h + 1), latest_begin = past.row_begin(t), end = past.row_end[static_cast<std::size_t>(t)];
  const std::int16_t top_source = past.row_source.empty() ? std::int16_t{0} : *std::max_element(past.row_source.begin(), past.row_source.end());
  parallel_blocks(wanted_count, 1024, options.thread_count, [&](std::int64_t, std::int64_t first, std::int64_t last) {
    std::vector<double> recent(static_cast<std::size_t>(std::max<std::int16_t>(top_source, 0)) + 1, 0.0);
    std::vector<std::uint8_t> seen(recent.size(), 0);
    for (std::int64_t i = first; i < last; ++i) {
      source_features(past, wanted[static_cast<std::size_t>(i)], window_begin, end, recent, seen, table);
    }
  });

  // Momentum of the candidates about their own mean, so that a document with average company counts as zero.
  const auto centred = [&](auto value_of) {
    std::vector<double> value(units, 0.0);
    double mean = 0.0;
    for (const std::int32_t c : table.candidates) mean += value_of(static_cast<std::size_t>(c));
    if (!table.candidates.empty()) mean /= static_cast<double>(table.candidates.size());
    for (const std::int32_t c : table.candidates) value[static_cast<std::size_t>(c)] = value_of(static_cast<std::size_t>(c)) - mean;
    return value;
  };
  const auto raw_value = [&](Feature f) { return centred([&, f](std::size_t u) { return table.raw[u][static_cast<std::size_t>(f)]; }); };
  company_mean(past, raw_value(Feature::slope_long), is_candidate, window_begin, end, 1.0, wanted, options.thread_count, table, Feature::company_slope);
  company_mean(past, centred([&](std::size_t u) { return table.last_year[u]; }), is_candidate, window_begin, end, 1.0, wanted, options.thread_count, table, Feature::company_last_year);
  company_mean(past, raw_value(Feature::window_growth), is_candidate, window_begin, end, 1.0, wanted, options.thread_count, table, Feature::company_growth);
  // The last year alone holds few documents: at least five companions, else drawn to zero.
  company_mean(past, raw_value(Feature::slope_short), is_candidate, latest_begin, end, 5.0, wanted, options.thread_count, table, Feature::company_latest);

  const std::vector<double> near = neighbour_mean(past, raw_value(Feature::slope_short), is_candidate, wanted, window_begin, end, options.thread_count);
  for (std::size_t i = 0; i < wanted.size(); ++i) table.raw[static_cast<std::size_t>(wanted[i])][static_cast<std::size_t>(Feature::neighbours)] = near[i];

  parallel_blocks(static_cast<std::int64_t>(kFeatureCount), 1, options.thread_count, [&](std::int64_t f, std::int64_t, std::int64_t) { rank_normalise(static_cast<Feature>(f), wanted, table); });
  return table;
}

double normal_quantile(double p) {
  static constexpr double a[] = {-3.969683028665376e+01, 2.209460984245205e+02, -2.759285104469687e+02, 1.383577518672690e+02, -3.066479806614716e+01, 2.506628277459239e+00};
  static constexpr double b[] = {-5.447609879822406e+01, 1.615858368580409e+02, -1.556989798598866e+02, 6.680131188771972e+01, -1.328068155288572e+01};
  static constexpr double c[] = {-7.784894002430293e-03, -3.223964580411365e-01, -2.400758277161838e+00, -2.549732539343734e+00, 4.374664141464968e+00, 2.938163982698783e+00};
  static constexpr double d[] = {7.784695709041462e-03, 3.224671290700398e-01, 2.445134137142996e+00, 3.754408661907416e+00};
  const auto tail = [](double q) {
    return (((((c[0] * q + c[1]) * q + c[2]) * q + c[3]) * q + c[4]) * q + c[5]) / ((((d[0] * q + d[1]) * q + d[2]) * q + d[3]) * q + 1.0);
  };
  if (p < 0.02425) return tail(std::sqrt(-2.0 * std::log(p)));
  if (p > 1.0 - 0.02425) return -tail(std::sqrt(-2.0 * std::log1p(-p)));
  const double q = p - 0.5, r = q * q;
  return (((((a[0] * r + a[1]) * r + a[2]) * r + a[3]) * r + a[4]) * r + a[5]) * q / (((((b[0] * r + b[1]) * r + b[2]) * r + b[3]) * r + b[4]) * r + 1.0);
}

}  // namespace jianwei::analysis

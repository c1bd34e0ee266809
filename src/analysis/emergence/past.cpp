#include "analysis/emergence/past.h"

#include <algorithm>
#include <cmath>

namespace jianwei::analysis {

double Past::unit_sum(std::int64_t unit, std::int64_t first, std::int64_t last) const {
  const auto row = count_row(unit);
  double sum = 0.0;
  for (std::int64_t t = std::max<std::int64_t>(first, 0); t <= std::min(last, year_count() - 1); ++t) sum += row[static_cast<std::size_t>(t)];
  return sum;
}

double Past::corpus_sum(std::int64_t first, std::int64_t last) const {
  double sum = 0.0;
  for (std::int64_t t = std::max<std::int64_t>(first, 0); t <= std::min(last, year_count() - 1); ++t) sum += corpus[static_cast<std::size_t>(t)];
  return sum;
}

bool is_long_text(const Past& past, std::size_t row) {
  constexpr std::int64_t kShortText = 8;  // units
  return past.by_row_offsets[row + 1] - past.by_row_offsets[row] >= kShortText;
}

double long_text_share(const Past& past, std::int64_t first, std::int64_t last) {
  first = std::max<std::int64_t>(first, 0);
  double count = 0.0;
  for (std::int64_t row = past.row_begin(first); row < past.row_end[static_cast<std::size_t>(last)]; ++row) {
    count += is_long_text(past, static_cast<std::size_t>(row)) ? 1.0 : 0.0;
  }
  return count / std::max(1.0, past.corpus_sum(first, last));
}

namespace {

// The first year such that at least 0.2 % of the documents up to `until` lie in or before it; 0 when there is none.
std::int16_t first_year_of(const Dataset& dataset, std::int16_t until) {
  std::vector<std::int64_t> per_year(static_cast<std::size_t>(std::max<std::int16_t>(until, 0)) + 1, 0);
  std::int64_t total = 0;
  for (const std::int16_t year : dataset.year) {
    if (year <= 0 || year > until) continue;
    ++per_year[static_cast<std::size_t>(year)];
    ++total;
  }
  if (total == 0) return 0;
  std::int64_t seen = 0;
  for (std::size_t year = 1; year < per_year.size(); ++year) {
    seen += per_year[year];
    if (seen * 500 >= total) return static_cast<std::int16_t>(year);
  }
  return until;
}

// The stratum of each row: its source, and when the length of texts moves, whether it holds a short text (a title) or a long one (an abstract). A database that begins to deliver abstracts makes every word grow that
// abstracts are full of, as one that enters makes its words grow.
std::size_t find_strata(const Past& past, bool by_length, std::vector<std::int32_t>& stratum) {
  std::size_t count = 0;
  stratum.resize(past.row_source.size());
  for (std::size_t row = 0; row < stratum.size(); ++row) {
    stratum[row] = 2 * std::int32_t{past.row_source[row]} + (by_length && is_long_text(past, row) ? 1 : 0);
    count = std::max(count, static_cast<std::size_t>(stratum[row]) + 1);
  }
  return count;
}

// How much the mix of strata moves: the larger of the mean total variation from year to year and of that between the last three years and the three before.
double mix_variation(const Past& past, const std::vector<double>& per_year, std::size_t stratum_count) {
  const auto years = static_cast<std::size_t>(past.year_count());
  const auto distance = [&](std::size_t a, std::size_t b, std::size_t width) {  // of the years [a, a + width) and [b, b + width)
    double sum = 0.0, total_a = 0.0, total_b = 0.0;
    for (std::size_t i = 0; i < width; ++i) {
      total_a += past.corpus[a + i];
      total_b += past.corpus[b + i];
    }
    for (std::size_t s = 0; s < stratum_count && total_a > 0.0 && total_b > 0.0; ++s) {
      double in_a = 0.0, in_b = 0.0;
      for (std::size_t i = 0; i < width; ++i) {
        in_a += per_year[s * years + a + i];
        in_b += per_year[s * years + b + i];
      }
      sum += 0.5 * std::abs(in_a / total_a - in_b / total_b);
    }
    return sum;
  };
  double variation = 0.0;
  for (std::size_t t = 1; t < years; ++t) variation += distance(t, t - 1, 1) / static_cast<double>(years - 1);
  return years >= 6 ? std::max(variation, distance(years - 3, years - 6, 3)) : variation;
}

// Long and short texts of each year, and the years of which a source has hardly more than titles, between years of abstracts: their share of long texts lies 0.3 below that of some year before and of some year
// after, each with a hundredth of the documents.
struct TextLengths {
  std::vector<double> long_texts, short_texts;  // [years]
  std::vector<std::uint8_t> hole;               // [years]
};

TextLengths find_holes(const Past& past) {
  constexpr double kDepth = 0.3, kLeastShare = 0.01;
  const auto years = static_cast<std::size_t>(past.year_count());
  TextLengths lengths{std::vector<double>(years, 0.0), std::vector<double>(years, 0.0), std::vector<std::uint8_t>(years, 0)};
  for (std::size_t row = 0; row < past.row_year.size(); ++row) (is_long_text(past, row) ? lengths.long_texts : lengths.short_texts)[static_cast<std::size_t>(past.row_year[row])] += 1.0;
  const auto highest = [&](std::size_t from, std::size_t to) {
    double share = 0.0;
    for (std::size_t t = from; t < to; ++t) {
      if (past.corpus[t] > 0.0 && past.corpus[t] >= kLeastShare * static_cast<double>(past.row_year.size())) share = std::max(share, lengths.long_texts[t] / past.corpus[t]);
    }
    return share;
  };
  for (std::size_t t = 0; t < years; ++t) {
    if (past.corpus[t] <= 0.0) continue;
    const double share = lengths.long_texts[t] / past.corpus[t];
    lengths.hole[t] = std::min(highest(0, t), highest(t + 1, years)) - share >= kDepth ? 1 : 0;
  }
  return lengths;
}

// Whether the share of long texts moves between the last three years and the three before by more than 0.1, holes left out.
bool length_moves(const Past& past, const TextLengths& lengths) {
  const auto years = static_cast<std::size_t>(past.year_count());
  if (years < 6) return false;
  const auto share = [&](std::size_t first) {
    double long_texts = 0.0, all = 0.0;
    for (std::size_t t = first; t < first + 3; ++t) {
      if (lengths.hole[t]) continue;
      long_texts += lengths.long_texts[t];
      all += past.corpus[t];
    }
    return all > 0.0 ? long_texts / all : -1.0;
  };
  const double recent = share(years - 3), before = share(years - 6);
  return recent >= 0.0 && before >= 0.0 && std::abs(recent - before) >= 0.1;
}

// What could not be seen in a hole is filled with the rate of the unit in the years around.
//   q     documents among short texts for each there would be if they were long: (c_short + k g) / (N_short c_long / N_long + k), at most 1; g the same over all units, k = 5 documents
//   e_t   (N_t,long + q N_t,short) / N_t, relative to that of all years that are no holes, at most 1
//   c_t + (1 - e_t) N_t r_t,   r_t = sum_s 2^-|s-t| c_s / sum_s 2^-|s-t| N_s e_s     (e = 1 outside of holes)
void fill_holes(Past& past, const TextLengths& lengths) {
  constexpr double kPriorDocuments = 5.0;
  const auto years = static_cast<std::size_t>(past.year_count());
  if (std::count(lengths.hole.begin(), lengths.hole.end(), std::uint8_t{1}) == 0) return;
  double all_long = 0.0, all_short = 0.0, long_entries = 0.0, short_entries = 0.0, whole_long = 0.0, whole_short = 0.0;
  for (std::size_t row = 0; row < past.row_year.size(); ++row) (is_long_text(past, row) ? long_entries : short_entries) += static_cast<double>(past.by_row_offsets[row + 1] - past.by_row_offsets[row]);
  for (std::size_t t = 0; t < years; ++t) {
    all_long += lengths.long_texts[t];
    all_short += lengths.short_texts[t];
    whole_long += lengths.hole[t] ? 0.0 : lengths.long_texts[t];
    whole_short += lengths.hole[t] ? 0.0 : lengths.short_texts[t];
  }
  const double general = std::min(1.0, short_entries / all_short / (long_entries / all_long));
  std::vector<double> e(years, 1.0), seen(years);
  for (std::size_t u = 0; u < static_cast<std::size_t>(past.unit_count()); ++u) {
    double in_short = 0.0, in_long = 0.0;
    for (auto entry = static_cast<std::size_t>(past.units.offsets[u]); entry < static_cast<std::size_t>(past.units.offsets[u + 1]); ++entry) {
      (is_long_text(past, static_cast<std::size_t>(past.units.documents[entry])) ? in_long : in_short) += static_cast<double>(past.units.weights[entry]);
    }
    const double q = std::min(1.0, (in_short + kPriorDocuments * general) / (all_short * in_long / all_long + kPriorDocuments));
    const double usual = (whole_long + q * whole_short) / (whole_long + whole_short);
    double* counts = past.counts.data() + u * years;
    seen.assign(counts, counts + years);
    for (std::size_t t = 0; t < years; ++t) {
      if (lengths.hole[t]) e[t] = std::min(1.0, (lengths.long_texts[t] + q * lengths.short_texts[t]) / past.corpus[t] / usual);
    }
    for (std::size_t t = 0; t < years; ++t) {
      if (e[t] >= 1.0) continue;
      double documents = 0.0, exposure = 0.0;
      for (std::size_t s = 0; s < years; ++s) {
        const double weight = std::ldexp(1.0, -static_cast<int>(s > t ? s - t : t - s));
        documents += weight * seen[s];
        exposure += weight * past.corpus[s] * e[s];
      }
      if (exposure > 0.0) counts[t] += (1.0 - e[t]) * past.corpus[t] * documents / exposure;
    }
  }
}

// Indirect standardisation (series.h): c_ut becomes c_ut N_t / E_ut, what the unit would count in year t if the strata it lives in had their usual
// part of the corpus. A source that ends or deposits ten times as much then moves no unit. With one stratum, or a mix that hardly moves
// (under 0.1), nothing changes: the correction would only add noise.
void standardise_by_source(Past& past, bool by_length, const std::vector<std::uint8_t>& filled) {
  constexpr double kStableMix = 0.1;
  constexpr double kMaxFactor = 8.0;  // a source with a handful of documents in a year says little of that year
  const auto years = static_cast<std::size_t>(past.year_count());
  std::vector<std::int32_t> stratum;
  const std::size_t source_count = find_strata(past, by_length, stratum);
  if (source_count < 2) return;
  std::vector<double> per_year(source_count * years, 0.0), per_source(source_count, 0.0);
  for (std::size_t row = 0; row < stratum.size(); ++row) {
    const auto source = static_cast<std::size_t>(stratum[row]);
    per_year[source * years + static_cast<std::size_t>(past.row_year[row])] += 1.0;
    per_source[source] += 1.0;
  }
  if (mix_variation(past, per_year, source_count) < kStableMix) return;
  const auto total = static_cast<double>(past.row_source.size());
  std::vector<double> in_source(source_count);
  for (std::size_t u = 0; u < static_cast<std::size_t>(past.unit_count()); ++u) {
    std::fill(in_source.begin(), in_source.end(), 0.0);
    double count = 0.0;
    for (auto e = static_cast<std::size_t>(past.units.offsets[u]); e < static_cast<std::size_t>(past.units.offsets[u + 1]); ++e) {
      const auto weight = static_cast<double>(past.units.weights[e]);
      in_source[static_cast<std::size_t>(stratum[static_cast<std::size_t>(past.units.documents[e])])] += weight;
      count += weight;
    }
    for (std::size_t t = 0; t < years; ++t) {
      double& value = past.counts[u * years + t];
      if (value <= 0.0 || (by_length && filled[t])) continue;
      double comparable = 0.0;  // E_ut = sum_s N_st (c_us / N_s) / (c_u / N)
      for (std::size_t s = 0; s < source_count; ++s) {
        if (in_source[s] > 0.0) comparable += per_year[s * years + t] * (in_source[s] / per_source[s]) / (count / total);
      }
      value *= std::clamp(past.corpus[t] / comparable, 1.0 / kMaxFactor, kMaxFactor);
    }
  }
}

// The units of each row, in their order; by_row_offsets comes in holding the number of each row's units one place further on.
void index_by_row(Past& past) {
  for (std::size_t row = 0; row + 1 < past.by_row_offsets.size(); ++row) past.by_row_offsets[row + 1] += past.by_row_offsets[row];
  past.by_row_units.resize(past.units.documents.size());
  past.by_row_weights.resize(past.units.documents.size());
  std::vector<std::int64_t> place(past.by_row_offsets.begin(), past.by_row_offsets.end() - 1);
  for (std::size_t u = 0; u + 1 < past.units.offsets.size(); ++u) {
    for (auto e = static_cast<std::size_t>(past.units.offsets[u]); e < static_cast<std::size_t>(past.units.offsets[u + 1]); ++e) {
      const auto at = static_cast<std::size_t>(place[static_cast<std::size_t>(past.units.documents[e])]++);
      past.by_row_units[at] = static_cast<std::int32_t>(u);
      past.by_row_weights[at] = past.units.weights[e];
    }
  }
}

}  // namespace

Result<Past> past_until(const Dataset& dataset, const UnitDocuments& units, std::span<const std::int8_t> word_count, std::int16_t until, std::int16_t first_year) {
  if (!word_count.empty() && static_cast<std::int64_t>(word_count.size()) != units.unit_count()) {
    return fail(ErrorKind::invalid_input, "{} word counts for {} units", word_count.size(), units.unit_count());
  }
  if (first_year <= 0) first_year = first_year_of(dataset, until);
  if (first_year <= 0 || first_year > until) return fail(ErrorKind::invalid_input, "no dated document up to {}", until);

  Past past;
  past.years = {first_year, until};
  const auto years = static_cast<std::size_t>(past.years.count());

  // Rows by year, then in the order of the dataset.
  std::vector<std::int64_t> per_year(years, 0);
  const auto index_of = [&](std::size_t d) { return dataset.year[d] >= first_year && dataset.year[d] <= until ? past.years.index(dataset.year[d]) : -1; };
  for (std::size_t d = 0; d < dataset.year.size(); ++d) {
    if (const std::int64_t t = index_of(d); t >= 0) ++per_year[static_cast<std::size_t>(t)];
  }
  past.row_end.resize(years);
  past.corpus.resize(years);
  std::vector<std::int64_t> next(years);
  std::int64_t rows = 0;
  for (std::size_t t = 0; t < years; ++t) {
    next[t] = rows;
    rows += per_year[t];
    past.row_end[t] = rows;
    past.corpus[t] = static_cast<double>(per_year[t]);
  }
  std::vector<std::int32_t> row_of(dataset.year.size(), -1);
  past.row_year.resize(static_cast<std::size_t>(rows));
  past.row_source.assign(static_cast<std::size_t>(rows), 0);
  past.row_language.assign(static_cast<std::size_t>(rows), 0);
  for (std::size_t d = 0; d < dataset.year.size(); ++d) {
    const std::int64_t t = index_of(d);
    if (t < 0) continue;
    const auto row = static_cast<std::size_t>(next[static_cast<std::size_t>(t)]++);
    row_of[d] = static_cast<std::int32_t>(row);
    past.row_year[row] = static_cast<std::int32_t>(t);
    if (d < dataset.source.size()) past.row_source[row] = dataset.source[d];
    if (d < dataset.language.size()) past.row_language[row] = dataset.language[d];
  }
  past.word_count.assign(word_count.begin(), word_count.end());
  past.word_count.resize(static_cast<std::size_t>(units.unit_count()), 0);
  past.counts.assign(static_cast<std::size_t>(units.unit_count()) * years, 0.0);
  past.units.offsets.reserve(units.offsets.size());
  past.by_row_offsets.assign(static_cast<std::size_t>(rows) + 1, 0);
  std::vector<std::pair<std::int32_t, float>> entries;
  for (std::size_t u = 0; u < static_cast<std::size_t>(units.unit_count()); ++u) {
    entries.clear();
    for (auto e = static_cast<std::size_t>(units.offsets[u]); e < static_cast<std::size_t>(units.offsets[u + 1]); ++e) {
      const std::int32_t document = units.documents[e];
      if (document < 0 || document >= dataset.document_count()) {
        return fail(ErrorKind::invalid_input, "unit {} names document {}, but the set has {}", u, document, dataset.document_count());
      }
      const std::int32_t row = row_of[static_cast<std::size_t>(document)];
      if (row >= 0) entries.emplace_back(row, units.weights[e]);
    }
    std::sort(entries.begin(), entries.end());
    for (const auto& [row, weight] : entries) {
      past.units.documents.push_back(row);
      past.units.weights.push_back(weight);
      past.counts[u * years + static_cast<std::size_t>(past.row_year[static_cast<std::size_t>(row)])] += static_cast<double>(weight);
      ++past.by_row_offsets[static_cast<std::size_t>(row) + 1];
    }
    past.units.offsets.push_back(static_cast<std::int64_t>(past.units.documents.size()));
  }
  index_by_row(past);
  const TextLengths lengths = find_holes(past);
  fill_holes(past, lengths);
  standardise_by_source(past, length_moves(past, lengths), lengths.hole);
  return past;
}

}  // namespace jianwei::analysis

#include "analysis/emergence/specificity.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>

#include "base/parallel.h"

namespace jianwei::analysis {
namespace {

constexpr std::int64_t kMostDocuments = 200;  // of a term: 19,900 pairs, an error of the mean of a few percent
constexpr double kLeastShare = 0.01;          // of the documents, for a kind of its own

struct Space {
  std::vector<double> weight;        // [units] squared ln(N / n_v)
  std::vector<double> length;        // [rows] squared length of a document
  std::vector<std::int32_t> kind;    // [rows]
  std::vector<double> expected;      // [kinds][kinds] mean cosine of two different documents
  std::size_t kinds = 0;
};

std::int32_t size_class(std::int64_t units) {
  std::int32_t c = 0;
  for (; units >= 4 && c < 6; units /= 2) ++c;
  return c;
}

// Source, language and number of units together; kinds of less than a hundredth of the documents are one.
void find_kinds(const Past& past, std::int64_t end, Space& space) {
  std::map<std::tuple<std::int16_t, std::int8_t, std::int32_t>, std::pair<std::int64_t, std::int32_t>> seen;
  const auto key = [&](std::size_t row) {
    return std::make_tuple(past.row_source[row], past.row_language[row], size_class(past.by_row_offsets[row + 1] - past.by_row_offsets[row]));
  };
  for (std::size_t row = 0; row < static_cast<std::size_t>(end); ++row) ++seen[key(row)].first;
  std::int32_t next = 1;
  for (auto& [k, value] : seen) value.second = static_cast<double>(value.first) >= kLeastShare * static_cast<double>(end) ? next++ : 0;
  space.kinds = static_cast<std::size_t>(next);
  space.kind.resize(static_cast<std::size_t>(end));
  for (std::size_t row = 0; row < space.kind.size(); ++row) space.kind[row] = seen.at(key(row)).second;
}

// Mean cosine of documents of each two kinds, from the sums of their vectors.
void expect(const Past& past, std::int64_t end, Space& space) {
  const std::size_t kinds = space.kinds, units = space.weight.size();
  std::vector<double> sum(kinds * units, 0.0), count(kinds, 0.0);
  for (std::size_t row = 0; row < static_cast<std::size_t>(end); ++row) {
    if (space.length[row] <= 0.0) continue;
    const auto k = static_cast<std::size_t>(space.kind[row]);
    count[k] += 1.0;
    const double scale = 1.0 / std::sqrt(space.length[row]);
    for (auto e = static_cast<std::size_t>(past.by_row_offsets[row]); e < static_cast<std::size_t>(past.by_row_offsets[row + 1]); ++e) {
      const auto v = static_cast<std::size_t>(past.by_row_units[e]);
      sum[k * units + v] += std::sqrt(space.weight[v]) * scale;
    }
  }
  space.expected.assign(kinds * kinds, 0.0);
  for (std::size_t a = 0; a < kinds; ++a) {
    for (std::size_t b = 0; b < kinds; ++b) {
      double product = 0.0;
      for (std::size_t v = 0; v < units; ++v) product += sum[a * units + v] * sum[b * units + v];
      const double pairs = a == b ? count[a] * (count[a] - 1.0) : count[a] * count[b];
      space.expected[a * kinds + b] = pairs > 0.0 ? (a == b ? product - count[a] : product) / pairs : 0.0;
    }
  }
}

Space make_space(const Past& past, std::int64_t end) {
  Space space;
  space.weight.resize(static_cast<std::size_t>(past.unit_count()));
  for (std::size_t v = 0; v < space.weight.size(); ++v) {
    const auto begin = past.units.documents.begin() + past.units.offsets[v], last = past.units.documents.begin() + past.units.offsets[v + 1];
    const auto n = static_cast<double>(std::lower_bound(begin, last, static_cast<std::int32_t>(end)) - begin);
    const double idf = n > 0.0 ? std::log(static_cast<double>(end) / n) : 0.0;
    space.weight[v] = idf * idf;
  }
  space.length.assign(static_cast<std::size_t>(end), 0.0);
  for (std::size_t row = 0; row < space.length.size(); ++row) {
    for (auto e = static_cast<std::size_t>(past.by_row_offsets[row]); e < static_cast<std::size_t>(past.by_row_offsets[row + 1]); ++e) {
      space.length[row] += space.weight[static_cast<std::size_t>(past.by_row_units[e])];
    }
  }
  find_kinds(past, end, space);
  expect(past, end, space);
  return space;
}

// Calls use(row, squared length without the unit) for each drawn document of the unit that holds something else.
template <class Use>
void visit_drawn(const Past& past, const Space& space, std::int64_t end, std::size_t unit, Use use) {
  const auto begin = past.units.documents.begin() + past.units.offsets[unit];
  const std::int64_t all = std::lower_bound(begin, past.units.documents.begin() + past.units.offsets[unit + 1], static_cast<std::int32_t>(end)) - begin;
  const std::int64_t drawn = std::min(all, kMostDocuments);
  for (std::int64_t i = 0; i < drawn; ++i) {
    const auto row = static_cast<std::size_t>(begin[i * all / drawn]);
    const double length = space.length[row] - space.weight[unit];
    if (length > 1e-9) use(row, length);
  }
}

// Mean cosine of two documents whose kinds have these numbers.
double chance_of(const Space& space, const std::vector<double>& kinds, double n) {
  double sum = 0.0;
  for (std::size_t a = 0; a < space.kinds; ++a) {
    for (std::size_t b = 0; b < space.kinds; ++b) sum += kinds[a] * (a == b ? kinds[a] - 1.0 : kinds[b]) * space.expected[a * space.kinds + b];
  }
  return sum / (n * (n - 1.0));
}

// `sum` comes in and leaves holding zeros only.
double specificity_of(const Past& past, const Space& space, std::int64_t end, std::size_t unit, std::vector<double>& sum) {
  std::vector<double> kinds(space.kinds, 0.0);
  double n = 0.0;
  const auto each_unit = [&](std::size_t row, auto use) {
    for (auto e = static_cast<std::size_t>(past.by_row_offsets[row]); e < static_cast<std::size_t>(past.by_row_offsets[row + 1]); ++e) {
      if (static_cast<std::size_t>(past.by_row_units[e]) != unit) use(static_cast<std::size_t>(past.by_row_units[e]));
    }
  };
  visit_drawn(past, space, end, unit, [&](std::size_t row, double length) {
    n += 1.0;
    kinds[static_cast<std::size_t>(space.kind[row])] += 1.0;
    each_unit(row, [&](std::size_t v) { sum[v] += std::sqrt(space.weight[v] / length); });
  });
  double mean = 0.0, square = 0.0;  // over the documents, of the mean cosine with the others
  if (n > 1.0) {
    visit_drawn(past, space, end, unit, [&](std::size_t row, double length) {
      double product = 0.0;
      each_unit(row, [&](std::size_t v) { product += sum[v] * std::sqrt(space.weight[v] / length); });
      const double likeness = (product - 1.0) / (n - 1.0);
      mean += likeness / n;
      square += likeness * likeness / n;
    });
  }
  visit_drawn(past, space, end, unit, [&](std::size_t row, double) { each_unit(row, [&](std::size_t v) { sum[v] = 0.0; }); });
  if (n <= 1.0) return 0.0;
  const double error = 2.0 * std::sqrt(std::max(0.0, square - mean * mean) / n);
  const double chance = chance_of(space, kinds, n);
  return chance > 0.0 ? (mean + error) / chance : 0.0;
}

}  // namespace

std::vector<double> specificity(const Past& past, std::int64_t end, std::span<const std::int32_t> wanted, int thread_count) {
  std::vector<double> result(wanted.size(), 0.0);
  if (wanted.empty()) return result;
  const Space space = make_space(past, end);
  parallel_blocks(static_cast<std::int64_t>(wanted.size()), 256, thread_count, [&](std::int64_t, std::int64_t first, std::int64_t last) {
    std::vector<double> sum(space.weight.size(), 0.0);
    for (std::int64_t i = first; i < last; ++i) {
      result[static_cast<std::size_t>(i)] = specificity_of(past, space, end, static_cast<std::size_t>(wanted[static_cast<std::size_t>(i)]), sum);
    }
  });
  return result;
}

}  // namespace jianwei::analysis

// References of one citing and one cited year form a group; a shuffle permutes the items of a group. So a place of group g holds item a with
// chance n_g(a) / N_g, and two places of the same group hold a and b with n_g(a) n_g(b) / (N_g (N_g - 1)) for each order.
#include "analysis/impact/novelty.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <unordered_map>

#include "base/parallel.h"

namespace jianwei::analysis {
namespace {

constexpr std::int64_t kPairsPerBlock = 16'384;

std::size_t at(std::int64_t i) { return static_cast<std::size_t>(i); }

std::uint64_t pair_key(std::int32_t a, std::int32_t b) {
  if (a > b) std::swap(a, b);
  return static_cast<std::uint64_t>(static_cast<std::uint32_t>(a)) << 32 | static_cast<std::uint32_t>(b);
}

struct Groups {
  std::vector<std::int32_t> of;        // [entries] -1: of a document left out
  std::vector<std::int32_t> year;      // [groups] number of the citing year
  std::vector<double> size;            // [groups] N_g
  std::unordered_map<std::uint64_t, double> place_pairs;                        // M: pairs of places of two groups inside documents
  std::vector<std::vector<std::pair<std::int32_t, double>>> counts_of_item;     // [items] (group, n_g), increasing
};

Groups make_groups(const IdLists& rows, std::span<const std::int16_t> item_years, std::span<const std::uint8_t> used, std::span<const std::int16_t> years) {
  Groups groups;
  groups.of.assign(rows.values.size(), -1);
  std::map<std::pair<std::int16_t, std::int16_t>, std::int32_t> number;
  std::int32_t item_count = 0;
  for (std::size_t d = 0; d < used.size(); ++d) {
    if (used[d] == 0) continue;
    for (std::int64_t e = rows.offsets[d]; e < rows.offsets[d + 1]; ++e) {
      const std::int16_t cited = item_years.empty() ? std::int16_t{0} : item_years[at(e)];
      const auto [found, added] = number.try_emplace({years[d], cited}, static_cast<std::int32_t>(groups.size.size()));
      if (added) {
        groups.size.push_back(0.0);
        groups.year.push_back(years[d]);
      }
      groups.of[at(e)] = found->second;
      ++groups.size[at(found->second)];
      item_count = std::max(item_count, rows.values[at(e)] + 1);
    }
    for (std::int64_t e = rows.offsets[d]; e < rows.offsets[d + 1]; ++e) {
      for (std::int64_t f = e + 1; f < rows.offsets[d + 1]; ++f) ++groups.place_pairs[pair_key(groups.of[at(e)], groups.of[at(f)])];
    }
  }
  groups.counts_of_item.resize(at(item_count));
  std::map<std::pair<std::int32_t, std::int32_t>, double> counts;
  for (std::size_t e = 0; e < rows.values.size(); ++e) {
    if (groups.of[e] >= 0) ++counts[{rows.values[e], groups.of[e]}];
  }
  for (const auto& [key, n] : counts) groups.counts_of_item[at(key.first)].emplace_back(key.second, n);
  return groups;
}

struct Expectation {
  double mean = 0.0;
  double variance = 0.0;
};

Expectation expect_pair(const Groups& groups, std::int32_t a, std::int32_t b) {
  const auto& of_a = groups.counts_of_item[at(a)];
  const auto& of_b = groups.counts_of_item[at(b)];
  const auto chance = [&](const std::vector<std::pair<std::int32_t, double>>& counts, std::int32_t group) {
    const auto found = std::lower_bound(counts.begin(), counts.end(), group, [](const auto& entry, std::int32_t g) { return entry.first < g; });
    return found != counts.end() && found->first == group ? found->second / groups.size[at(group)] : 0.0;
  };
  Expectation sum;
  for (const auto& [g, n_a] : of_a) {
    for (const auto& [h, n_b] : of_b) {
      if (groups.year[at(g)] != groups.year[at(h)]) continue;
      const auto places = groups.place_pairs.find(pair_key(g, h));
      if (places == groups.place_pairs.end()) continue;
      const double size = groups.size[at(g)];
      double part = 0.0, whole = 0.0;  // of the chance that a pair of places holds {a, b}: by this order, by both
      if (g == h) {
        part = whole = a == b ? n_a * (n_a - 1.0) / (size * (size - 1.0)) : 2.0 * n_a * n_b / (size * (size - 1.0));
      } else {
        part = n_a / size * n_b / groups.size[at(h)];
        whole = a == b ? part : part + chance(of_a, h) * chance(of_b, g);
        if (a == b) part /= 2.0;  // met twice, as (g, h) and (h, g)
      }
      sum.mean += places->second * part;
      sum.variance += places->second * part * (1.0 - whole);
    }
  }
  return sum;
}

// Distinct pairs with what is known of each.
struct PairTable {
  std::vector<std::uint64_t> keys;       // increasing
  std::vector<double> z;
  std::vector<std::int16_t> first_year;
  std::size_t find(std::uint64_t key) const { return static_cast<std::size_t>(std::lower_bound(keys.begin(), keys.end(), key) - keys.begin()); }
};

double percentile(std::vector<double>& values, double share) {
  // The smallest value that at least `share` of the values do not exceed.
  const auto rank = static_cast<std::size_t>(std::max(0.0, std::ceil(share * static_cast<double>(values.size())) - 1.0));
  std::nth_element(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(rank), values.end());
  return values[rank];
}

template <class Use>
void each_pair(const IdLists& rows, std::int64_t d, Use use) {
  const auto row = rows.row(d);
  for (std::size_t i = 0; i < row.size(); ++i) {
    for (std::size_t j = i + 1; j < row.size(); ++j) use(pair_key(row[i], row[j]));
  }
}

PairTable make_table(const IdLists& rows, const Groups& groups, std::span<const std::uint8_t> used, std::span<const std::int16_t> years, int thread_count) {
  std::vector<std::uint64_t> all;
  for (std::size_t d = 0; d < used.size(); ++d) {
    if (used[d] != 0) each_pair(rows, static_cast<std::int64_t>(d), [&](std::uint64_t key) { all.push_back(key); });
  }
  std::sort(all.begin(), all.end());
  PairTable table;
  std::vector<std::int64_t> observed;
  for (const std::uint64_t key : all) {
    if (table.keys.empty() || table.keys.back() != key) {
      table.keys.push_back(key);
      observed.push_back(0);
    }
    ++observed.back();
  }
  table.z.resize(table.keys.size());
  parallel_blocks(std::ssize(table.keys), kPairsPerBlock, thread_count, [&](std::int64_t, std::int64_t begin, std::int64_t end) {
    for (std::int64_t i = begin; i < end; ++i) {
      const std::uint64_t key = table.keys[at(i)];
      const Expectation expected = expect_pair(groups, static_cast<std::int32_t>(key >> 32), static_cast<std::int32_t>(key & 0xffffffffU));
      const double difference = static_cast<double>(observed[at(i)]) - expected.mean;
      // Where a shuffle can change nothing the observed number is the expected one.
      table.z[at(i)] = expected.variance > 1e-12 ? difference / std::sqrt(expected.variance) : 0.0;
    }
  });
  table.first_year.assign(table.keys.size(), 32'767);
  for (std::size_t d = 0; d < used.size(); ++d) {
    if (used[d] == 0) continue;
    each_pair(rows, static_cast<std::int64_t>(d), [&](std::uint64_t key) {
      std::int16_t& first = table.first_year[table.find(key)];
      first = std::min(first, years[d]);
    });
  }
  return table;
}

}  // namespace

Result<std::vector<Novelty>> combination_novelty(const IdLists& rows, std::span<const std::int16_t> item_years, std::span<const std::int16_t> years, Progress& progress,
                                                 std::int64_t max_row_items, int thread_count) {
  const std::size_t count = rows.offsets.size() - 1;
  if (years.size() != count || (!item_years.empty() && item_years.size() != rows.values.size())) {
    return fail(ErrorKind::invalid_input, "{} years and {} cited years for {} documents with {} entries", years.size(), item_years.size(), count, rows.values.size());
  }
  progress.begin("novelty", 3, "steps");
  std::vector<std::uint8_t> used(count, 0);
  for (std::size_t d = 0; d < count; ++d) {
    const auto size = static_cast<std::int64_t>(rows.row(static_cast<std::int64_t>(d)).size());
    used[d] = years[d] != 0 && size >= 2 && size <= max_row_items;
  }
  const Groups groups = make_groups(rows, item_years, used, years);
  progress.advance();
  TRY(progress.check());
  const PairTable table = make_table(rows, groups, used, years, thread_count);
  progress.advance();
  TRY(progress.check());
  std::vector<Novelty> result(count);
  std::vector<double> z;
  std::vector<std::uint64_t> first;
  for (std::size_t d = 0; d < count; ++d) {
    if (used[d] == 0) continue;
    z.clear();
    first.clear();
    each_pair(rows, static_cast<std::int64_t>(d), [&](std::uint64_t key) {
      const std::size_t place = table.find(key);
      z.push_back(table.z[place]);
      if (table.first_year[place] == years[d] && (key >> 32) != (key & 0xffffffffU)) first.push_back(key);
    });
    std::sort(first.begin(), first.end());
    result[d].first_pairs = std::unique(first.begin(), first.end()) - first.begin();
    result[d].pairs = std::ssize(z);
    result[d].median_z = percentile(z, 0.5);
    result[d].tenth_percentile_z = percentile(z, 0.1);
  }
  return result;
}

std::vector<double> row_diversity(const IdLists& rows, const Graph& similarity) {
  std::vector<double> result;
  std::map<std::int32_t, double> shares;
  for (std::int64_t r = 0; r + 1 < std::ssize(rows.offsets); ++r) {
    shares.clear();
    const auto row = rows.row(r);
    for (const std::int32_t item : row) shares[item] += 1.0 / static_cast<double>(row.size());
    double sum = 0.0;
    for (auto i = shares.begin(); i != shares.end(); ++i) {
      const auto neighbors = similarity.row(i->first);
      const auto weights = similarity.row_weights(i->first);
      for (auto j = std::next(i); j != shares.end(); ++j) {
        const auto found = std::lower_bound(neighbors.begin(), neighbors.end(), j->first);
        const double cosine = found != neighbors.end() && *found == j->first ? static_cast<double>(weights[static_cast<std::size_t>(found - neighbors.begin())]) : 0.0;
        sum += 2.0 * (1.0 - std::min(1.0, cosine)) * i->second * j->second;
      }
    }
    result.push_back(sum);
  }
  return result;
}

}  // namespace jianwei::analysis

// Every pair of a document is listed with its year; the list sorted by pair tells first year, first documents and followers. The pairs that count are
// then taken year by year, since a year has one set of profiles.
#include "analysis/impact/new_combinations.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <unordered_map>

#include "analysis/graph/networks.h"

namespace jianwei::analysis {
namespace {

std::size_t at(std::int64_t i) { return static_cast<std::size_t>(i); }

struct Occurrence {
  std::uint64_t pair = 0;  // smaller item, larger item
  std::int16_t year = 0;
  std::int32_t document = 0;
  auto operator<=>(const Occurrence&) const = default;
};

std::int32_t first_item(std::uint64_t pair) { return static_cast<std::int32_t>(pair >> 32); }
std::int32_t second_item(std::uint64_t pair) { return static_cast<std::int32_t>(pair & 0xffffffffU); }

// Documents with at least two items and a year: their distinct items.
IdLists distinct_items(const IdLists& rows, std::span<const std::int16_t> years, std::int64_t max_row_items) {
  IdLists distinct;
  for (std::size_t d = 0; d < years.size(); ++d) {
    const auto row = rows.row(static_cast<std::int64_t>(d));
    if (years[d] != 0 && std::ssize(row) <= max_row_items) {
      std::vector<std::int32_t> items(row.begin(), row.end());
      std::sort(items.begin(), items.end());
      items.erase(std::unique(items.begin(), items.end()), items.end());
      distinct.values.insert(distinct.values.end(), items.begin(), items.end());
    }
    distinct.offsets.push_back(std::ssize(distinct.values));
  }
  return distinct;
}

std::vector<Occurrence> list_pairs(const IdLists& rows, std::span<const std::int16_t> years) {
  std::vector<Occurrence> pairs;
  for (std::size_t d = 0; d < years.size(); ++d) {
    const auto row = rows.row(static_cast<std::int64_t>(d));
    for (std::size_t i = 0; i < row.size(); ++i) {
      for (std::size_t j = i + 1; j < row.size(); ++j) {
        pairs.push_back({static_cast<std::uint64_t>(static_cast<std::uint32_t>(row[i])) << 32 | static_cast<std::uint32_t>(row[j]), years[d], static_cast<std::int32_t>(d)});
      }
    }
  }
  std::sort(pairs.begin(), pairs.end());
  return pairs;
}

// The company items keep in the years before one year.
class Profiles {
 public:
  Profiles(const IdLists& rows, const IdLists& holders, std::span<const std::int16_t> years, std::int16_t year, const NewCombinationOptions& options)
      : rows_(rows), holders_(holders), years_(years), from_(static_cast<std::int16_t>(year - options.profile_years)), until_(static_cast<std::int16_t>(year - 1)) {
    std::vector<std::int64_t> counts;
    citations_.assign(holders.offsets.size() - 1, 0);
    for (std::size_t item = 0; item < citations_.size(); ++item) {
      for (const std::int32_t d : holders.row(static_cast<std::int64_t>(item))) citations_[item] += inside(d) ? 1 : 0;
      if (citations_[item] > 0) counts.push_back(citations_[item]);
    }
    if (counts.empty()) return;
    const auto place = counts.begin() + static_cast<std::ptrdiff_t>(options.least_cited_share * static_cast<double>(counts.size()));
    std::nth_element(counts.begin(), place, counts.end());
    least_ = *place;
  }

  bool known(std::int32_t item) const { return citations_[at(item)] >= least_; }

  double cosine(std::int32_t a, std::int32_t b) {
    const auto &left = profile(a), &right = profile(b);
    double dot = 0.0, left_squares = 0.0, right_squares = 0.0;
    for (const auto& [item, count] : left) left_squares += count * count;
    for (const auto& [item, count] : right) right_squares += count * count;
    for (auto i = left.begin(), j = right.begin(); i != left.end() && j != right.end();) {
      if (i->first == j->first) dot += i++->second * j++->second;
      else if (i->first < j->first) ++i;
      else ++j;
    }
    return dot > 0.0 ? dot / std::sqrt(left_squares * right_squares) : 0.0;
  }

 private:
  bool inside(std::int32_t document) const { return years_[at(document)] >= from_ && years_[at(document)] <= until_; }

  const std::map<std::int32_t, double>& profile(std::int32_t item) {
    const auto [found, added] = made_.try_emplace(item);
    if (!added) return found->second;
    for (const std::int32_t d : holders_.row(item)) {
      if (!inside(d)) continue;
      for (const std::int32_t other : rows_.row(d)) {
        if (other != item) ++found->second[other];
      }
    }
    return found->second;
  }

  const IdLists& rows_;
  const IdLists& holders_;
  std::span<const std::int16_t> years_;
  std::int16_t from_, until_;
  std::vector<std::int64_t> citations_;
  std::int64_t least_ = 1;
  std::unordered_map<std::int32_t, std::map<std::int32_t, double>> made_;
};

// One pair: who had it first, and how many documents came after.
struct FirstPair {
  std::uint64_t pair = 0;
  std::span<const Occurrence> first;  // documents of its first year
  bool reused = false;
};

std::map<std::int16_t, std::vector<FirstPair>> by_first_year(const std::vector<Occurrence>& pairs, const NewCombinationOptions& options) {
  std::map<std::int16_t, std::vector<FirstPair>> found;
  for (std::size_t begin = 0; begin < pairs.size();) {
    std::size_t end = begin, first_end = begin;
    std::int64_t followers = 0;
    for (; end < pairs.size() && pairs[end].pair == pairs[begin].pair; ++end) {
      if (pairs[end].year == pairs[begin].year) first_end = end + 1;
      else followers += pairs[end].year <= pairs[begin].year + options.reuse_years ? 1 : 0;
    }
    found[pairs[begin].year].push_back({pairs[begin].pair, {pairs.data() + begin, first_end - begin}, followers >= options.min_reuse});
    begin = end;
  }
  return found;
}

}  // namespace

Result<std::vector<NewCombinations>> new_combinations(const IdLists& rows, std::span<const std::int16_t> years, const NewCombinationOptions& options, Progress& progress) {
  const std::size_t count = rows.offsets.size() - 1;
  if (years.size() != count) return fail(ErrorKind::invalid_input, "{} years for {} documents", years.size(), count);
  if (options.profile_years < 1 || options.reuse_years < 1) return fail(ErrorKind::invalid_input, "{} years before and {} after, expected at least 1 each", options.profile_years, options.reuse_years);
  if (!(options.least_cited_share >= 0.0 && options.least_cited_share < 1.0)) return fail(ErrorKind::invalid_input, "least_cited_share is {}, expected 0 or more and below 1", options.least_cited_share);
  const IdLists items = distinct_items(rows, years, options.max_row_items);
  std::int32_t item_count = 0;
  for (const std::int32_t item : items.values) item_count = std::max(item_count, item + 1);
  std::int16_t first_year = 0, last_year = 0;
  for (const std::int16_t year : years) {
    if (year != 0 && (first_year == 0 || year < first_year)) first_year = year;
    last_year = std::max(last_year, year);
  }
  std::vector<NewCombinations> result(count);
  const auto judged = [&](std::int16_t year) { return year != 0 && year - options.profile_years >= first_year && (options.min_reuse == 0 || year + options.reuse_years <= last_year); };
  for (std::size_t d = 0; d < count; ++d) result[d].measured = judged(years[d]) && items.row(static_cast<std::int64_t>(d)).size() >= 2;

  const IdLists holders = transpose(items, item_count);
  const std::vector<Occurrence> pairs = list_pairs(items, years);
  const auto first_pairs = by_first_year(pairs, options);
  progress.begin("novelty", std::ssize(first_pairs), "years");
  for (const auto& [year, list] : first_pairs) {
    TRY(progress.check());
    progress.advance();
    if (!judged(year)) continue;
    Profiles profiles(items, holders, years, year, options);
    for (const FirstPair& pair : list) {
      const std::int32_t a = first_item(pair.pair), b = second_item(pair.pair);
      if (!profiles.known(a) || !profiles.known(b)) continue;
      const double distance = pair.reused ? 1.0 - profiles.cosine(a, b) : 0.0;
      for (const Occurrence& one : pair.first) {
        NewCombinations& document = result[at(one.document)];
        ++document.new_pairs;
        document.reused_pairs += pair.reused ? 1 : 0;
        document.novelty += distance;
      }
    }
  }
  return result;
}

}  // namespace jianwei::analysis

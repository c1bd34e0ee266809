#include "experts/consensus/content_validity.h"

#include <algorithm>
#include <cmath>

namespace jianwei::experts {

Statistic content_validity_ratio(std::int64_t essential, std::int64_t all) {
  if (all <= 0) return Statistic::none(kTooFew);
  const double half = static_cast<double>(all) / 2.0;
  return Statistic::of((static_cast<double>(essential) - half) / half);
}

Statistic aiken_v(std::span<const double> ratings, double low, double high) {
  if (ratings.empty()) return Statistic::none(kTooFew);
  double sum = 0.0;
  for (const double rating : ratings) sum += rating - low;
  return Statistic::of(sum / (static_cast<double>(ratings.size()) * (high - low)));
}

ContentValidity content_validity(const RatingTable& ratings, double relevant_from) {
  ContentValidity result;
  double sum = 0.0, unanimous = 0.0, items = 0.0;
  for (std::int32_t item = 0; item < ratings.item_count; ++item) {
    std::int64_t relevant = 0, rated = 0;
    for (std::int32_t rater = 0; rater < ratings.rater_count; ++rater) {
      const double rating = ratings.at(rater, item);
      if (std::isnan(rating)) continue;
      ++rated;
      if (rating >= relevant_from) ++relevant;
    }
    if (rated == 0) {
      result.item_index.push_back(Statistic::none(kTooFew));
      continue;
    }
    const double index = static_cast<double>(relevant) / static_cast<double>(rated);
    result.item_index.push_back(Statistic::of(index));
    sum += index;
    unanimous += relevant == rated ? 1.0 : 0.0;
    items += 1.0;
  }
  if (items > 0.0) {
    result.average = Statistic::of(sum / items);
    result.universal = Statistic::of(unanimous / items);
  }
  return result;
}

Statistic krippendorff_alpha_ordinal(const RatingTable& ratings) {
  std::vector<double> categories;
  for (const double rating : ratings.value) {
    if (!std::isnan(rating)) categories.push_back(rating);
  }
  std::ranges::sort(categories);
  categories.erase(std::unique(categories.begin(), categories.end()), categories.end());
  const std::size_t count = categories.size();

  // Coincidences o_ck: each item with m ratings spreads 1/(m - 1) over its ordered pairs.
  std::vector<double> coincidence(count * count, 0.0);
  for (std::int32_t item = 0; item < ratings.item_count; ++item) {
    std::vector<double> marks(count, 0.0);
    double rated = 0.0;
    for (std::int32_t rater = 0; rater < ratings.rater_count; ++rater) {
      const double rating = ratings.at(rater, item);
      if (std::isnan(rating)) continue;
      marks[static_cast<std::size_t>(std::ranges::lower_bound(categories, rating) - categories.begin())] += 1.0;
      rated += 1.0;
    }
    if (rated < 2.0) continue;
    for (std::size_t c = 0; c < count; ++c) {
      for (std::size_t k = 0; k < count; ++k) {
        coincidence[c * count + k] += marks[c] * (marks[k] - (c == k ? 1.0 : 0.0)) / (rated - 1.0);
      }
    }
  }
  std::vector<double> marginal(count, 0.0);
  double all = 0.0;
  for (std::size_t c = 0; c < count; ++c) {
    for (std::size_t k = 0; k < count; ++k) marginal[c] += coincidence[c * count + k];
    all += marginal[c];
  }
  if (all < 2.0) return Statistic::none(kTooFew);

  double observed = 0.0, expected = 0.0;
  for (std::size_t c = 0; c < count; ++c) {
    double between = 0.0;  // sum of the marginals from c to k
    for (std::size_t k = c; k < count; ++k) {
      between += marginal[k];
      const double distance = between - (marginal[c] + marginal[k]) / 2.0;
      observed += coincidence[c * count + k] * distance * distance;
      expected += marginal[c] * marginal[k] * distance * distance;
    }
  }
  if (expected == 0.0) return Statistic::none(kUnanimous);
  return Statistic::of(1.0 - (all - 1.0) * observed / expected);
}

}  // namespace jianwei::experts

// Counts the cells of the contingency table (predicted label, gold label) by sorting, then sums over them.
#include "analysis/resolution/quality.h"

#include <algorithm>
#include <map>

namespace jianwei::analysis {
namespace {

struct Contingency {
  std::map<std::int64_t, std::int64_t> predicted, gold;                   // label -> size
  std::map<std::pair<std::int64_t, std::int64_t>, std::int64_t> cells;    // both labels -> size
};

Contingency count(std::span<const std::int64_t> predicted, std::span<const std::int64_t> gold) {
  Contingency table;
  for (std::size_t i = 0; i < std::min(predicted.size(), gold.size()); ++i) {
    ++table.predicted[predicted[i]];
    ++table.gold[gold[i]];
    ++table.cells[{predicted[i], gold[i]}];
  }
  return table;
}

std::int64_t pair_count(std::int64_t n) { return n * (n - 1) / 2; }

PrecisionRecall with_f1(double precision, double recall) {
  const double sum = precision + recall;
  return {precision, recall, sum > 0 ? 2 * precision * recall / sum : 0.0};
}

}  // namespace

PrecisionRecall precision_recall(std::int64_t true_positives, std::int64_t predicted, std::int64_t gold) {
  const auto hits = static_cast<double>(true_positives);
  return with_f1(predicted == 0 ? 1.0 : hits / static_cast<double>(predicted), gold == 0 ? 1.0 : hits / static_cast<double>(gold));
}

PrecisionRecall b_cubed(std::span<const std::int64_t> predicted, std::span<const std::int64_t> gold) {
  const Contingency table = count(predicted, gold);
  if (predicted.empty()) return with_f1(1.0, 1.0);
  double precision = 0;
  double recall = 0;
  // An item of a cell of size s has s / |C| and s / |G|; the cell holds s of them.
  for (const auto& [labels, size] : table.cells) {
    const double square = static_cast<double>(size) * static_cast<double>(size);
    precision += square / static_cast<double>(table.predicted.at(labels.first));
    recall += square / static_cast<double>(table.gold.at(labels.second));
  }
  const auto items = static_cast<double>(predicted.size());
  return with_f1(precision / items, recall / items);
}

PrecisionRecall pairwise(std::span<const std::int64_t> predicted, std::span<const std::int64_t> gold) {
  const Contingency table = count(predicted, gold);
  std::int64_t both = 0;
  std::int64_t predicted_pairs = 0;
  std::int64_t gold_pairs = 0;
  for (const auto& [labels, size] : table.cells) both += pair_count(size);
  for (const auto& [label, size] : table.predicted) predicted_pairs += pair_count(size);
  for (const auto& [label, size] : table.gold) gold_pairs += pair_count(size);
  return precision_recall(both, predicted_pairs, gold_pairs);
}

PrecisionRecall pairwise(std::vector<std::pair<std::int64_t, std::int64_t>> predicted, std::vector<std::pair<std::int64_t, std::int64_t>> gold) {
  for (auto* pairs : {&predicted, &gold}) {
    std::sort(pairs->begin(), pairs->end());
    pairs->erase(std::unique(pairs->begin(), pairs->end()), pairs->end());
  }
  std::vector<std::pair<std::int64_t, std::int64_t>> both;
  std::set_intersection(predicted.begin(), predicted.end(), gold.begin(), gold.end(), std::back_inserter(both));
  return precision_recall(static_cast<std::int64_t>(both.size()), static_cast<std::int64_t>(predicted.size()),
                          static_cast<std::int64_t>(gold.size()));
}

std::int64_t largest_cluster(std::span<const std::int64_t> labels) {
  std::map<std::int64_t, std::int64_t> sizes;
  std::int64_t largest = 0;
  for (const std::int64_t label : labels) largest = std::max(largest, ++sizes[label]);
  return largest;
}

}  // namespace jianwei::analysis

// Assignment of greatest total weight over a sparse list of pairs.
//
// The pairs fall into connected components; each is solved alone as a square minimum-cost problem (cost = -weight, 0 for a pair that is not
// listed and for padding) by shortest augmenting paths with potentials (Jonker and Volgenant 1987). A row that ends on an unlisted pair stays free.
#include <algorithm>
#include <limits>
#include <map>
#include <numeric>

#include "analysis/topics/identity.h"

namespace jianwei::analysis {
namespace {

std::size_t at(std::int64_t i) { return static_cast<std::size_t>(i); }

// Minimum cost over an n x n matrix; column of each row. Rows are added one by one, each by one shortest path search of O(n^2).
std::vector<std::size_t> solve_square(const std::vector<double>& cost, std::size_t n) {
  constexpr double kFar = std::numeric_limits<double>::infinity();
  std::vector<double> row_potential(n + 1, 0.0), column_potential(n + 1, 0.0);
  std::vector<std::size_t> row_of(n + 1, 0), previous(n + 1, 0);  // 1-based; 0 is the free row and the column where a search starts
  for (std::size_t row = 1; row <= n; ++row) {
    std::vector<double> distance(n + 1, kFar);
    std::vector<bool> done(n + 1, false);
    std::size_t column = 0;
    row_of[0] = row;
    do {
      done[column] = true;
      const std::size_t from = row_of[column];
      std::size_t next = 0;
      double step = kFar;
      for (std::size_t j = 1; j <= n; ++j) {
        if (done[j]) continue;
        const double reduced = cost[(from - 1) * n + j - 1] - row_potential[from] - column_potential[j];
        if (reduced < distance[j]) {
          distance[j] = reduced;
          previous[j] = column;
        }
        if (distance[j] < step) {
          step = distance[j];
          next = j;
        }
      }
      for (std::size_t j = 0; j <= n; ++j) {
        if (done[j]) {
          row_potential[row_of[j]] += step;
          column_potential[j] -= step;
        } else {
          distance[j] -= step;
        }
      }
      column = next;
    } while (row_of[column] != 0);
    for (; column != 0; column = previous[column]) row_of[column] = row_of[previous[column]];
  }
  std::vector<std::size_t> column_of(n);
  for (std::size_t j = 1; j <= n; ++j) column_of[row_of[j] - 1] = j - 1;
  return column_of;
}

// Union-find over rows, then columns.
class Components {
 public:
  explicit Components(std::size_t count) : parent_(count) { std::iota(parent_.begin(), parent_.end(), std::size_t{0}); }
  std::size_t find(std::size_t i) {
    while (parent_[i] != i) i = parent_[i] = parent_[parent_[i]];
    return i;
  }
  void join(std::size_t a, std::size_t b) { parent_[std::max(find(a), find(b))] = std::min(find(a), find(b)); }

 private:
  std::vector<std::size_t> parent_;
};

void solve_component(const std::vector<const WeightedPair*>& pairs, std::vector<std::int32_t>& column_of) {
  std::map<std::int32_t, std::size_t> rows, columns;  // number -> place, in increasing order
  for (const WeightedPair* pair : pairs) {
    rows.emplace(pair->row, 0);
    columns.emplace(pair->column, 0);
  }
  std::vector<std::int32_t> column_number;
  std::size_t place = 0;
  for (auto& [row, index] : rows) index = place++;
  for (auto& [column, index] : columns) {
    index = column_number.size();
    column_number.push_back(column);
  }
  const std::size_t n = std::max(rows.size(), columns.size());
  std::vector<double> cost(n * n, 0.0);
  for (const WeightedPair* pair : pairs) cost[rows[pair->row] * n + columns[pair->column]] = -pair->weight;
  const std::vector<std::size_t> chosen = solve_square(cost, n);
  for (const auto& [row, index] : rows) {
    if (cost[index * n + chosen[index]] < 0.0) column_of[at(row)] = column_number[chosen[index]];
  }
}

}  // namespace

std::vector<std::int32_t> assign_greatest_total(std::int32_t row_count, std::int32_t column_count, std::span<const WeightedPair> pairs) {
  Components components(at(row_count) + at(column_count));
  for (const WeightedPair& pair : pairs) components.join(at(pair.row), at(row_count) + at(pair.column));
  std::map<std::size_t, std::vector<const WeightedPair*>> members;
  for (const WeightedPair& pair : pairs) members[components.find(at(pair.row))].push_back(&pair);
  std::vector<std::int32_t> column_of(at(row_count), -1);
  for (const auto& [root, list] : members) solve_component(list, column_of);
  return column_of;
}

}  // namespace jianwei::analysis

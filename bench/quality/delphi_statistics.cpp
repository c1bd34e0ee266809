// The consensus statistics on tables from standard input, for a peer to compute again: see delphi_peers.py. A table is "raters items", then a row a rater, NaN = not rated (ratings 1..K); a line of JSON comes out for each.
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <string>
#include <vector>

#include "experts/consensus/agreement.h"
#include "experts/consensus/concordance.h"
#include "experts/consensus/content_validity.h"
#include "experts/consensus/quantiles.h"
#include "experts/consensus/stability.h"

using namespace jianwei::experts;

namespace {

std::string text(const Statistic& statistic) {
  if (!statistic.defined()) return "null";
  char buffer[40];
  std::snprintf(buffer, sizeof buffer, "%.17g", statistic.value);
  return buffer;
}

void print(const RatingTable& table, std::int32_t categories) {
  // Raters 1 and 2 as two rounds of the same items; the first rater's ratings as one item's answers.
  std::vector<AnswerPair> pairs;
  std::vector<double> first;
  std::vector<std::int64_t> counts(static_cast<std::size_t>(categories), 0);
  for (std::int32_t i = 0; i < table.item_count; ++i) {
    const double a = table.at(0, i), b = table.at(1, i);
    if (a == a) {
      first.push_back(a);
      ++counts[static_cast<std::size_t>(a) - 1];
    }
    if (a == a && b == b) pairs.push_back({static_cast<std::int32_t>(a), static_cast<std::int32_t>(b)});
  }
  const Concordance w = kendall_w(table);
  const Stability stability = measure_stability(pairs, categories);
  const Spread spread = describe(first);
  std::printf(R"({"w":%s,"w_chi_squared":%s,"w_p":%s,"alpha":%s,"kappa_linear":%s,"kappa_quadratic":%s,"unchanged":%s,"net_change":%s,"mean":%s,"sd":%s,"q1":%s,"q2":%s,"q3":%s,"bimodality":%s,"consensus":%s})"
              "\n",
              text(w.w).c_str(), text(w.chi_squared).c_str(), text(w.p_value).c_str(), text(krippendorff_alpha_ordinal(table)).c_str(), text(stability.kappa_linear.value).c_str(), text(stability.kappa_quadratic.value).c_str(),
              text(stability.unchanged).c_str(), text(stability.net_change).c_str(), text(spread.mean).c_str(), text(spread.standard_deviation).c_str(), text(spread.lower_quartile).c_str(), text(spread.median).c_str(),
              text(spread.upper_quartile).c_str(), text(bimodality_coefficient(first)).c_str(), text(tastle_wierman_consensus(counts)).c_str());
}

}  // namespace

int main(int argc, char** argv) {
  const std::int32_t categories = argc > 1 ? std::atoi(argv[1]) : 5;
  RatingTable table;
  while (std::cin >> table.rater_count >> table.item_count) {
    table.value.clear();
    std::string cell;
    for (std::int64_t i = 0; i < std::int64_t{table.rater_count} * table.item_count && std::cin >> cell; ++i) table.value.push_back(std::strtod(cell.c_str(), nullptr));
    print(table, categories);
  }
}

// bench_bursts RATE_RATIO GAMMA < FILE: batched bursts of series "label<TAB>r r r ...<TAB>d d d ...", relevant and all documents of each period.
// Prints "label<TAB>first period<TAB>last period<TAB>weight" of every burst, periods from 0.
#include <fmt/format.h>

#include <cstdlib>
#include <iostream>
#include <sstream>
#include <string>
#include <vector>

#include "analysis/bursts/kleinberg.h"

namespace {

std::vector<double> numbers(const std::string& text) {
  std::istringstream in(text);
  std::vector<double> values;
  for (double value = 0; in >> value;) values.push_back(value);
  return values;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) {
    fmt::print(stderr, "usage: bench_bursts RATE_RATIO GAMMA < FILE\n");
    return 2;
  }
  const jianwei::analysis::BurstOptions options{std::atof(argv[1]), std::atof(argv[2]), 2};
  for (std::string line; std::getline(std::cin, line);) {
    const std::size_t first = line.find('\t'), second = line.find('\t', first + 1);
    if (second == std::string::npos) continue;
    const auto found = jianwei::analysis::find_bursts(numbers(line.substr(first + 1, second - first - 1)), numbers(line.substr(second + 1)), options);
    if (!found) {
      fmt::print(stderr, "{}: {}\n", line.substr(0, first), found.error().message);
      return 1;
    }
    for (const auto& burst : found->bursts) fmt::print("{}\t{}\t{}\t{:.3f}\n", line.substr(0, first), burst.begin, burst.end - 1, burst.weight);
  }
  return 0;
}

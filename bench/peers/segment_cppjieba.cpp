// segment_cppjieba DICTIONARIES FILE: cppjieba (headers and dictionaries of the npm package nodejieba) on a file with one document a line.
// Built by hand: README.md of this folder has the command.
#include <sys/resource.h>

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <string>
#include <vector>

#include "cppjieba/MixSegment.hpp"

namespace {

double now() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& time) { return static_cast<double>(time.tv_sec) + 1e-6 * static_cast<double>(time.tv_usec); };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

}  // namespace

int main(int argument_count, char** arguments) {
  if (argument_count < 3) return 2;
  const std::string folder = arguments[1];
  const cppjieba::MixSegment segment(folder + "/jieba.dict.utf8", folder + "/hmm_model.utf8");
  std::vector<std::string> lines;
  std::size_t bytes = 0;
  std::ifstream file(arguments[2]);
  for (std::string line; std::getline(file, line); bytes += line.size() + 1) lines.push_back(line);
  std::vector<double> rates;
  for (int i = 0; i < 5; ++i) {
    std::size_t count = 0;
    std::vector<std::string> words;
    const double start = now();
    for (const std::string& line : lines) {
      segment.Cut(line, words, true);
      count += words.size();
    }
    const double took = now() - start;
    rates.push_back(static_cast<double>(bytes) / 1e6 / took);
    std::printf("cppjieba %.3f CPU s, %.2f MB/s, %zu words\n", took, rates.back(), count);
  }
  std::sort(rates.begin(), rates.end());
  std::printf("cppjieba median %.2f MB/s\n", rates[2]);
}

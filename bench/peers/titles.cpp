// bench_titles FILE.tsv [THREADS]     entity resolution of the records of bench/workloads/make_titles.py, scored on the planted duplicates
#include <fmt/format.h>

#include <chrono>
#include <cstdlib>
#include <ctime>
#include <string>
#include <unordered_map>
#include <vector>

#include "analysis/resolution/resolve.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/strings.h"

using namespace jianwei;

namespace {

std::vector<std::string_view> cells_of(std::string_view line, std::string_view separator) {
  std::vector<std::string_view> cells;
  for (;;) {
    const std::size_t end = line.find(separator);
    cells.push_back(line.substr(0, end));
    if (end == std::string_view::npos) return cells;
    line.remove_prefix(end + separator.size());
  }
}

double pairs(double count) { return count * (count - 1) / 2; }

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) {
    fmt::print(stderr, "usage: bench_titles FILE.tsv [THREADS]\n");
    return 2;
  }
  const std::string bytes = *read_file(argv[1]);
  std::vector<analysis::ResolutionRecord> records;
  std::vector<std::int64_t> works;
  for (std::string_view rest = bytes; !rest.empty();) {
    const std::size_t end = rest.find('\n');
    const std::vector<std::string_view> cells = cells_of(rest.substr(0, end), "\t");
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
    if (cells.size() != 7) continue;
    analysis::ResolutionRecord record;
    record.key = hash64(cells[0], 1);
    works.push_back(parse_int(cells[1]).value_or(-1));
    record.source = cells[2];
    record.title = cells[3];
    if (!cells[4].empty()) record.persons = cells_of(cells[4], "; ");
    record.date.year = static_cast<std::int16_t>(parse_int(cells[5]).value_or(0));
    record.venue = cells[6];
    records.push_back(std::move(record));
  }
  analysis::ResolutionOptions options;
  options.thread_count = argc > 2 ? std::atoi(argv[2]) : 0;
  Progress progress;
  const auto start = std::chrono::steady_clock::now();
  const std::clock_t cpu_start = std::clock();
  const analysis::Resolution found = *analysis::resolve(records, {}, options, progress);
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  const double cpu = static_cast<double>(std::clock() - cpu_start) / CLOCKS_PER_SEC;

  // Pairs inside predicted clusters, inside works, and inside both.
  std::unordered_map<std::int64_t, double> clusters, gold;
  std::unordered_map<std::uint64_t, double> both;
  for (std::size_t i = 0; i < records.size(); ++i) {
    ++clusters[found.cluster[i]];
    ++gold[works[i]];
    ++both[static_cast<std::uint64_t>(found.cluster[i]) << 32 | static_cast<std::uint64_t>(works[i])];
  }
  double predicted = 0, real = 0, right = 0;
  for (const auto& [id, count] : clusters) predicted += pairs(count);
  for (const auto& [id, count] : gold) real += pairs(count);
  for (const auto& [id, count] : both) right += pairs(count);
  const double precision = predicted > 0 ? right / predicted : 0, recall = real > 0 ? right / real : 0;
  fmt::print("records {} candidates {} seconds {:.2f} cpu_seconds {:.2f} precision {:.4f} recall {:.4f} f1 {:.4f}\n", records.size(), found.candidate_pair_count, seconds,
             cpu, precision, recall, precision + recall > 0 ? 2 * precision * recall / (precision + recall) : 0);
  return 0;
}

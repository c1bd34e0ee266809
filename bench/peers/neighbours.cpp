// bench_neighbours generate ROWS DIMENSIONS FILE SEED           clustered unit vectors as float32, row by row
// bench_neighbours run FILE ROWS DIMENSIONS QUERIES THREADS     builds on the first ROWS - QUERIES rows, searches for the last QUERIES on one thread
#include <fmt/format.h>

#include <chrono>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <fstream>
#include <set>
#include <string>

#include "analysis/neighbours/hnsw.h"
#include "analysis/neighbours/neighbours.h"
#include "base/file.h"
#include "base/random.h"

using namespace jianwei;

namespace {

// Sum of twelve uniform numbers less six: near enough to normal for a workload.
double normal(Random& random) {
  double sum = -6.0;
  for (int i = 0; i < 12; ++i) sum += random.uniform();
  return sum;
}

void generate(std::int64_t rows, std::int64_t dimensions, const char* path, std::uint64_t seed) {
  std::ofstream file(path, std::ios::binary);
  std::vector<float> values(static_cast<std::size_t>(dimensions));
  for (std::int64_t row = 0; row < rows; ++row) {
    Random random(seed, static_cast<std::uint64_t>(row) + 1'000'000);
    Random centre(seed, random.below(1000));
    double length = 0.0;
    for (float& value : values) {
      value = static_cast<float>(normal(centre) + 0.7 * normal(random));
      length += static_cast<double>(value) * value;
    }
    for (float& value : values) value = static_cast<float>(value / std::sqrt(length));
    file.write(reinterpret_cast<const char*>(values.data()), static_cast<std::streamsize>(values.size() * sizeof(float)));
  }
}

double seconds_since(std::chrono::steady_clock::time_point start) { return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count(); }
double processor_seconds() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

int run(char** argv) {
  const std::string bytes = *read_file(argv[2]);
  const std::int64_t query_count = std::atoll(argv[5]);
  const int threads = std::atoi(argv[6]);
  analysis::VectorTable table{std::atoll(argv[3]) - query_count, std::atoi(argv[4]), {}};
  analysis::VectorTable queries{query_count, table.dimensions, {}};
  table.values.resize(static_cast<std::size_t>(table.row_count * table.dimensions));
  queries.values.resize(static_cast<std::size_t>(query_count * table.dimensions));
  std::memcpy(table.values.data(), bytes.data(), table.values.size() * sizeof(float));
  std::memcpy(queries.values.data(), bytes.data() + table.values.size() * sizeof(float), queries.values.size() * sizeof(float));
  Progress progress;
  const analysis::NeighbourLists truth = *analysis::nearest_rows(table, queries, {.neighbour_count = 10, .thread_count = threads}, progress);

  for (const std::int32_t build_width : {100, 200}) {
    auto start = std::chrono::steady_clock::now();
    double processor_start = processor_seconds();
    const analysis::Hnsw graph = *analysis::Hnsw::build(table, {.build_width = build_width, .thread_count = threads}, progress);
    const double build_processor = processor_seconds() - processor_start;
    fmt::print("build width {}: {:.2f} s, {:.2f} s of processors, {:.0f} rows a processor second\n", build_width, seconds_since(start), build_processor, static_cast<double>(table.row_count) / build_processor);
    analysis::Hnsw::Scratch scratch;
    for (const std::int32_t width : {10, 15, 20, 30, 50, 100, 200}) {
      std::int64_t hits = 0;
      start = std::chrono::steady_clock::now();
      processor_start = processor_seconds();
      std::vector<std::int32_t> found;
      for (std::int64_t q = 0; q < query_count; ++q) {
        for (const auto& [similarity, row] : graph.search(queries.row(q).data(), 10, width, scratch)) found.push_back(row);
      }
      const double processor = processor_seconds() - processor_start;
      for (std::size_t i = 0; i < found.size(); i += 10) {
        const std::set<std::int32_t> wanted(truth.ids.begin() + static_cast<std::ptrdiff_t>(i), truth.ids.begin() + static_cast<std::ptrdiff_t>(i) + 10);
        for (std::size_t j = i; j < i + 10; ++j) hits += static_cast<std::int64_t>(wanted.count(found[j]));
      }
      fmt::print("  width {:4}: recall@10 {:.4f}, {:.0f} queries a processor second\n", width, static_cast<double>(hits) / static_cast<double>(10 * query_count), static_cast<double>(query_count) / processor);
    }
  }
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  const std::string what = argc > 1 ? argv[1] : "";
  if (what == "generate" && argc == 6) {
    generate(std::atoll(argv[2]), std::atoll(argv[3]), argv[4], static_cast<std::uint64_t>(std::atoll(argv[5])));
    return 0;
  }
  if (what == "run" && argc == 7) return run(argv);
  fmt::print(stderr, "usage: bench_neighbours generate ROWS DIMENSIONS FILE SEED | run FILE ROWS DIMENSIONS QUERIES THREADS\n");
  return 2;
}

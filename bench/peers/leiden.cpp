// bench_leiden generate NODES FILE SEED      planted partition: communities of 100, mean degree about 19, mixing 0.3; "a b" a line
// bench_leiden run FILE [ITERATIONS] [THREADS]
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <ctime>
#include <cstdlib>
#include <fstream>
#include <string>

#include "analysis/clusters/leiden.h"
#include "base/file.h"
#include "base/random.h"

using namespace jianwei;

namespace {

void generate(std::int32_t node_count, const std::string& path, std::uint64_t seed) {
  Random random(seed);
  std::vector<std::int32_t> number(static_cast<std::size_t>(node_count));  // shuffled, so that node order tells nothing
  for (std::size_t i = 0; i < number.size(); ++i) number[i] = static_cast<std::int32_t>(i);
  for (std::size_t i = number.size(); i > 1; --i) std::swap(number[i - 1], number[random.below(static_cast<std::uint32_t>(i))]);
  std::vector<analysis::Edge> edges;
  for (std::int32_t node = 0; node < node_count; ++node) {
    for (int i = 0; i < 10; ++i) {
      const std::uint32_t target = random.uniform() < 0.3 ? random.below(static_cast<std::uint32_t>(node_count)) : static_cast<std::uint32_t>(node / 100 * 100) + random.below(100);
      if (target < static_cast<std::uint32_t>(node_count)) edges.push_back({number[static_cast<std::size_t>(node)], number[target]});
    }
  }
  std::ofstream file(path);
  for (const analysis::Edge& edge : analysis::list_edges(*analysis::build_graph(node_count, edges))) file << edge.source << ' ' << edge.target << '\n';
}

int run(int argc, char** argv) {
  const std::string bytes = *read_file(argv[2]);
  std::vector<analysis::Edge> edges;
  std::int32_t node_count = 0;
  const char* p = bytes.c_str();
  for (char* end = nullptr;; p = end) {
    const auto a = static_cast<std::int32_t>(std::strtol(p, &end, 10));
    if (end == p) break;
    const auto b = static_cast<std::int32_t>(std::strtol(end, &end, 10));
    edges.push_back({a, b});
    node_count = std::max({node_count, a + 1, b + 1});
  }
  const auto build_start = std::chrono::steady_clock::now();
  const analysis::Graph graph = *analysis::build_graph(node_count, edges);
  const double build_seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - build_start).count();
  analysis::LeidenOptions options;
  options.iteration_count = argc > 3 ? std::atoi(argv[3]) : 2;
  options.thread_count = argc > 4 ? std::atoi(argv[4]) : 0;
  Progress progress;
  for (int repeat = 0; repeat < 3; ++repeat) {
    const auto start = std::chrono::steady_clock::now();
    const std::clock_t cpu_start = std::clock();
    const Result<analysis::Clustering> result = analysis::leiden(graph, options, progress);
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    fmt::print("nodes {} edges {}: {:.3f} s ({:.3f} s of processors), {:.2f} M edges/s, quality {:.5f}, {} communities (graph built in {:.2f} s)\n", graph.node_count(), graph.edge_count(), seconds, static_cast<double>(std::clock() - cpu_start) / CLOCKS_PER_SEC,
               static_cast<double>(graph.edge_count()) / seconds / 1e6, result->quality, result->cluster_count, build_seconds);
  }
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  const std::string what = argc > 1 ? argv[1] : "";
  if (what == "generate" && argc == 5) {
    generate(std::atoi(argv[2]), argv[3], static_cast<std::uint64_t>(std::atoll(argv[4])));
    return 0;
  }
  if (what == "run" && argc >= 3) return run(argc, argv);
  fmt::print(stderr, "usage: bench_leiden generate NODES FILE SEED | run FILE [ITERATIONS] [THREADS]\n");
  return 2;
}

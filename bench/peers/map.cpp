// bench_map run FILE ROWS DIMENSIONS POINTS THREADS    neighbours and map of float32 vectors (bench_neighbours generate); POINTS gets x, y as float32
// bench_map judge FILE ROWS DIMENSIONS POINTS          trustworthiness (k = 15) over 2,000 rows, of our points or those of map_umap.py
#include <fmt/format.h>
#include <sys/resource.h>

#include <chrono>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <fstream>
#include <string>

#include "analysis/map/map_layout.h"
#include "analysis/neighbours/neighbours.h"
#include "base/file.h"

using namespace jianwei;

namespace {

constexpr std::int32_t kNeighbours = 15;

struct Clock {
  std::chrono::steady_clock::time_point start = std::chrono::steady_clock::now();
  std::clock_t processor_start = std::clock();
  std::string text() const {
    return fmt::format("{:.2f} s, {:.2f} s of processors", std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count(), static_cast<double>(std::clock() - processor_start) / CLOCKS_PER_SEC);
  }
};

analysis::VectorTable read_vectors(char** argv) {
  analysis::VectorTable table{std::atoll(argv[3]), std::atoi(argv[4]), {}};
  const std::string bytes = *read_file(argv[2]);
  table.values.resize(static_cast<std::size_t>(table.row_count * table.dimensions));
  std::memcpy(table.values.data(), bytes.data(), table.values.size() * sizeof(float));
  return table;
}

int run(char** argv) {
  const analysis::VectorTable table = read_vectors(argv);
  const int threads = std::atoi(argv[6]);
  Progress progress;
  const Clock whole;
  const analysis::NeighbourLists neighbours = *analysis::nearest_neighbours(table, {.neighbour_count = kNeighbours, .thread_count = threads}, progress);
  fmt::print("neighbours: {}\n", whole.text());
  const Clock layout;
  const analysis::DocumentMap map = *analysis::lay_out_map(table, neighbours, {}, {.thread_count = threads}, progress);
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  fmt::print("layout: {}\nboth: {}, peak {} MB\n", layout.text(), whole.text(), usage.ru_maxrss / 1024);
  std::ofstream(argv[5], std::ios::binary).write(reinterpret_cast<const char*>(map.points.data()), static_cast<std::streamsize>(map.points.size() * sizeof(analysis::MapPoint)));
  return 0;
}

int judge(char** argv) {
  const analysis::VectorTable table = read_vectors(argv);
  const std::string bytes = *read_file(argv[5]);
  std::vector<analysis::MapPoint> points(static_cast<std::size_t>(table.row_count));
  std::memcpy(points.data(), bytes.data(), std::min(bytes.size(), points.size() * sizeof(analysis::MapPoint)));
  fmt::print("trustworthiness {:.4f}\n", analysis::trustworthiness(table, points, kNeighbours, 2000, 0));
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  const std::string what = argc > 1 ? argv[1] : "";
  if (what == "run" && argc == 7) return run(argv);
  if (what == "judge" && argc == 6) return judge(argv);
  fmt::print(stderr, "usage: bench_map run FILE ROWS DIMENSIONS POINTS THREADS | judge FILE ROWS DIMENSIONS POINTS\n");
  return 2;
}

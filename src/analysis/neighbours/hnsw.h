// A hierarchical navigable small world graph over unit vectors: finds nearest rows without comparing all.
//
// Rows are put in a fixed random order; level l holds the first n / M^l of them, so a level is a random sample of the one below. Rows enter in
// batches of at most a sixteenth of what is there: each looks for neighbours in the graph as it stood before the batch and chooses M links by
// the diversity rule (a candidate is kept when it is nearer to the row than to any link kept before it); then links back are
// added target by target. Nothing depends on which thread came first, so the graph is the same at any thread count.
// The search compares bytes (byte_codes.h); what it found is ranked again by the vectors themselves.
//
// Source: Malkov and Yashunin (2020), IEEE TPAMI 42(4):824-836, doi:10.1109/TPAMI.2018.2889473, algorithms 2, 4 and 5
// Page:   docs/methods/neighbours.md
#pragma once

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "analysis/neighbours/byte_codes.h"
#include "base/progress.h"
#include "base/result.h"

namespace jianwei::analysis {

struct HnswOptions {
  std::int32_t link_count = 16;    // M: links of a row on each level, twice as many on the lowest
  std::int32_t build_width = 100;  // candidates kept while a row looks for its links
  std::uint64_t seed = 1;
  int thread_count = 0;
};

// Nearest first: similarity, then row of the table.
using FoundRow = std::pair<float, std::int32_t>;

class Hnsw {
 public:
  // `table` must outlive the graph. Rows of zeros are left out. Time about O(n log n), memory n (dimensions + 8 M) bytes beside the table.
  // Errors: invalid_input  link_count is below 2 or build_width below link_count;  cancelled
  static Result<Hnsw> build(const VectorTable& table, const HnswOptions& options, Progress& progress);

  // What one search needs beside the graph; one per thread, to be used again.
  struct Scratch {
    std::vector<std::uint16_t> visited;   // [rows] of the visit that saw it last
    std::uint16_t visit = 0;
    std::vector<std::uint64_t> pool;
    std::vector<std::int8_t> code;
    std::vector<FoundRow> found;
  };

  // The `count` nearest rows of a unit vector, fewer when the graph holds fewer; `width` >= count candidates are kept.
  std::span<const FoundRow> search(const float* query, std::int32_t count, std::int32_t width, Scratch& scratch) const;
  // The same for a row of the table, which is left out of its own list.
  std::span<const FoundRow> search_row(std::int64_t row, std::int32_t count, std::int32_t width, Scratch& scratch) const;

  std::int64_t row_count() const { return std::ssize(order_); }

 private:
  struct Level {
    std::int64_t node_count = 0;            // the first of order_
    std::int32_t capacity = 0;
    std::vector<std::int32_t> links;        // [node_count][capacity], -1 after the last
    std::span<const std::int32_t> row(std::int64_t node) const { return {links.data() + node * capacity, static_cast<std::size_t>(capacity)}; }
  };
  struct Link {
    std::int32_t target = 0;
    std::int32_t node = 0;
  };

  Hnsw(const VectorTable& table, std::vector<std::int32_t> order, const HnswOptions& options);
  void insert(std::int64_t begin, std::int64_t end, const HnswOptions& options, std::vector<Scratch>& scratches);
  void find_links(std::int64_t node, std::int64_t known, const HnswOptions& options, Scratch& scratch);
  void link_back(Level& level, std::int64_t begin, std::int64_t end, int thread_count);
  std::int64_t descend(const std::int8_t* code, float scale, std::size_t down_to) const;
  void search_level(const Level& level, const std::int8_t* code, float scale, std::int64_t entry, std::int32_t width, Scratch& scratch) const;
  std::size_t choose_diverse(std::span<std::uint64_t> candidates, std::int32_t capacity, std::int32_t* chosen) const;
  std::span<const FoundRow> rank_found(const float* query, std::int64_t own_row, std::int32_t count, Scratch& scratch) const;

  const VectorTable* table_;
  std::vector<std::int32_t> order_;        // [nodes] row of the table
  std::vector<std::int32_t> node_of_row_;  // [rows] -1: a row of zeros
  ByteCodes codes_;
  std::vector<Level> levels_;              // 0 = all nodes
};

}  // namespace jianwei::analysis

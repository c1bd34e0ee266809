// Places documents on a plane so that nearest neighbours stay near: a map of science from vectors.
//
// Neighbour lists become a weighted graph as in UMAP:  v_j|i = exp(-max(0, d_ij - rho_i) / sigma_i),  rho_i the nearest distance, sigma_i such that
// sum_j v_j|i = log2 k;  w_ij = v_j|i + v_i|j - v_j|i v_i|j.  Positions then follow the gradient of the cross entropy between w and 1 / (1 + |y_i - y_j|^2), edge by
// edge with a few random others pushed away, from the two main directions of the vectors; steps shrink to nothing.
// Deviations from UMAP: the kernel has a = b = 1 (no powers); only the row's own point moves, since each edge stands in both rows; points
// move in four fixed groups, each reading the positions the groups before it left. So nothing depends on threads.
//
// Source: McInnes, Healy and Melville (2018), arXiv 1802.03426 (UMAP); Damrich et al. (2023), ICLR, arXiv 2206.01816 (the kernel)
// Page:   docs/methods/map.md
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "analysis/neighbours/neighbours.h"
#include "analysis/vectors/vector_table.h"
#include "base/progress.h"
#include "base/result.h"

namespace jianwei::analysis {

struct MapOptions {
  std::int32_t epoch_count = 200;        // passes over the edges, 1 to 32,000
  std::int32_t negative_count = 4;       // random others a pulled edge pushes away
  std::uint64_t seed = 1;
  int thread_count = 0;
};

struct MapPoint {
  float x = 0.0f;
  float y = 0.0f;
  friend bool operator==(const MapPoint&, const MapPoint&) = default;
};

// Where points stood before, for maps that grow.
struct MapStart {
  std::vector<MapPoint> points;          // [rows], read where `known`
  std::vector<std::uint8_t> known;       // [rows]
  bool hold_known = false;               // known rows stay exactly where they are: only the neighbours of new rows need be given
};

struct DocumentMap {
  std::vector<MapPoint> points;          // [rows]
};

// A row without neighbours is put at the border. With a start that knows at least half of the rows, new rows begin at the mean of their known neighbours
// and known ones move only a tenth as far, in a fifth of the passes (more where more than a few rows are new); else the start is the principal plane.
// Time O(epochs * edges * negatives); memory O(edges). Same result at any thread count.
//
// Errors: invalid_input  an option is out of range, or lengths differ;  cancelled
Result<DocumentMap> lay_out_map(const VectorTable& vectors, const NeighbourLists& neighbours, const MapStart& start, const MapOptions& options, Progress& progress);

// How far the k nearest on the map are also near in the vectors: 1 - 2 / (n k (2 n - 3 k - 1)) * sum over rows and their k map neighbours that are no vector neighbours of
// (rank in the vectors - k). 1 is perfect, about 0.5 random. Over `sample` rows spread evenly (0: all). Time O(sample * rows * dimensions).
//
// Source: Venna and Kaski (2001), ICANN, doi:10.1007/3-540-44668-0_68
double trustworthiness(const VectorTable& vectors, std::span<const MapPoint> points, std::int32_t k, std::int64_t sample, int thread_count);

}  // namespace jianwei::analysis

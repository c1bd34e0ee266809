// Average linkage of few items from a full matrix of likeness, by chains of nearest neighbours.
// Source: Mullner (2011), Modern hierarchical, agglomerative clustering algorithms, arXiv:1109.2378
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace jianwei::analysis {

// Joins the two clusters of greatest mean likeness as long as it is at least `threshold`. `likeness` is symmetric, [sizes][sizes], row by row, and is
// overwritten; item i counts `sizes[i]` times. Gives the label of each item, numbered by first item. Ties go to the smaller index. Time O(n^2).
std::vector<std::int32_t> average_linkage(std::span<float> likeness, std::span<const double> sizes, double threshold);

}  // namespace jianwei::analysis

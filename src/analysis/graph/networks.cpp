// Projection by Gustavson's row-wise product: for each item, the rows that list it, and for each of those the items it lists, summed in a
// dense scratch array. Blocks of items run in parallel and are joined in order; each row of the result is computed whole (both directions),
// so that its sum and its strongest neighbours are known at once.
#include "analysis/graph/networks.h"

#include <algorithm>
#include <cmath>

#include "base/parallel.h"

namespace jianwei::analysis {
namespace {

constexpr std::int64_t kItemsPerBlock = 256;

std::size_t at(std::int64_t i) { return static_cast<std::size_t>(i); }

struct CleanRows {
  IdLists items;                 // offsets stay one per row
  std::vector<double> shares;    // [rows] what a pair of the row weighs: 1, or 1 / (items of the row - 1), those not kept included
};

// Rows without repeated items, without those too long, and with only the items kept (all when `keep` is empty).
Result<CleanRows> clean_rows(const IdLists& rows, std::int64_t item_count, const NetworkOptions& options, std::span<const std::uint8_t> keep) {
  CleanRows result;
  IdLists& clean = result.items;
  const auto row_count = static_cast<std::int64_t>(rows.offsets.size()) - 1;
  clean.offsets.reserve(rows.offsets.size());
  clean.values.reserve(rows.values.size());
  for (std::int64_t r = 0; r < row_count; ++r) {
    const auto row = rows.row(r);
    const auto begin = static_cast<std::ptrdiff_t>(clean.values.size());
    for (const std::int32_t item : row) {
      if (item < 0 || item >= item_count) return fail(ErrorKind::invalid_input, "row {} lists item {}, expected 0 to {}", r, item, item_count - 1);
    }
    clean.values.insert(clean.values.end(), row.begin(), row.end());
    std::sort(clean.values.begin() + begin, clean.values.end());
    clean.values.erase(std::unique(clean.values.begin() + begin, clean.values.end()), clean.values.end());
    const std::int64_t count = static_cast<std::int64_t>(clean.values.size()) - begin;
    if (count > options.max_row_items) clean.values.resize(at(begin));
    result.shares.push_back(options.counting == Counting::full || count < 2 ? 1.0 : 1.0 / static_cast<double>(count - 1));
    if (!keep.empty()) clean.values.erase(std::remove_if(clean.values.begin() + begin, clean.values.end(), [&](std::int32_t item) { return keep[at(item)] == 0; }), clean.values.end());
    clean.offsets.push_back(static_cast<std::int64_t>(clean.values.size()));
  }
  return result;
}

struct Row {
  std::vector<std::int32_t> neighbors;  // increasing
  std::vector<float> weights;
};

// Rows of the block of items [begin, end), after min_row_count.
void project_block(const CleanRows& rows, const IdLists& holders, const NetworkOptions& options, std::int64_t begin, std::int64_t end, std::int64_t item_count, std::vector<Row>& result) {
  std::vector<double> weight(at(item_count), 0.0);
  std::vector<std::int32_t> meetings(at(item_count), 0);
  std::vector<std::int32_t> touched;
  for (std::int64_t item = begin; item < end; ++item) {
    for (const std::int32_t r : holders.row(item)) {
      const auto row = rows.items.row(r);
      const double share = rows.shares[at(r)];
      for (const std::int32_t other : row) {
        if (other == item) continue;
        if (meetings[at(other)]++ == 0) touched.push_back(other);
        weight[at(other)] += share;
      }
    }
    std::sort(touched.begin(), touched.end());
    for (const std::int32_t other : touched) {
      if (meetings[at(other)] >= options.min_row_count) {
        result[at(item)].neighbors.push_back(other);
        result[at(item)].weights.push_back(static_cast<float>(weight[at(other)]));
      }
      meetings[at(other)] = 0;
      weight[at(other)] = 0.0;
    }
    touched.clear();
  }
}

void apply_similarity(const IdLists& holders, Similarity similarity, std::vector<Row>& rows) {
  if (similarity == Similarity::none) return;
  std::vector<double> size(rows.size(), 0.0);
  double twice_total = 0.0;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (similarity == Similarity::cosine) {
      size[i] = std::sqrt(static_cast<double>(holders.row(static_cast<std::int64_t>(i)).size()));
    } else {
      for (const float weight : rows[i].weights) size[i] += weight;
      twice_total += size[i];
    }
  }
  const double scale = similarity == Similarity::cosine ? 1.0 : twice_total;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    for (std::size_t e = 0; e < rows[i].neighbors.size(); ++e) {
      // The product is written so that both directions round to the same value.
      rows[i].weights[e] = static_cast<float>(scale * rows[i].weights[e] / (size[i] * size[at(rows[i].neighbors[e])]));
    }
  }
}

// The edges that one of their ends counts among its strongest (ties: the smaller number).
Graph keep_strongest(const std::vector<Row>& rows, std::int32_t neighbors_per_node) {
  std::vector<std::vector<std::uint8_t>> keep(rows.size());
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const std::size_t degree = rows[i].neighbors.size();
    keep[i].assign(degree, 1);
    if (neighbors_per_node <= 0 || degree <= at(neighbors_per_node)) continue;
    order.resize(degree);
    for (std::size_t e = 0; e < degree; ++e) order[e] = e;
    std::nth_element(order.begin(), order.begin() + neighbors_per_node, order.end(), [&](std::size_t a, std::size_t b) {
      return rows[i].weights[a] != rows[i].weights[b] ? rows[i].weights[a] > rows[i].weights[b] : a < b;
    });
    std::fill(keep[i].begin(), keep[i].end(), 0);
    for (std::int32_t e = 0; e < neighbors_per_node; ++e) keep[i][order[at(e)]] = 1;
  }
  Graph graph;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    for (std::size_t e = 0; e < rows[i].neighbors.size(); ++e) {
      const std::size_t j = at(rows[i].neighbors[e]);
      bool kept = keep[i][e] != 0;
      if (!kept) {
        const auto& back = rows[j].neighbors;
        kept = keep[j][static_cast<std::size_t>(std::lower_bound(back.begin(), back.end(), static_cast<std::int32_t>(i)) - back.begin())] != 0;
      }
      if (!kept) continue;
      graph.neighbors.push_back(rows[i].neighbors[e]);
      graph.weights.push_back(rows[i].weights[e]);
    }
    graph.offsets.push_back(static_cast<std::int64_t>(graph.neighbors.size()));
  }
  return graph;
}

}  // namespace

IdLists transpose(const IdLists& lists, std::int64_t item_count) {
  IdLists result;
  result.offsets.assign(at(item_count) + 1, 0);
  result.values.resize(lists.values.size());
  for (const std::int32_t item : lists.values) ++result.offsets[at(item) + 1];
  for (std::size_t i = 1; i < result.offsets.size(); ++i) result.offsets[i] += result.offsets[i - 1];
  std::vector<std::int64_t> next(result.offsets.begin(), result.offsets.end() - 1);
  for (std::int64_t r = 0; r + 1 < static_cast<std::int64_t>(lists.offsets.size()); ++r) {
    for (const std::int32_t item : lists.row(r)) result.values[at(next[at(item)]++)] = static_cast<std::int32_t>(r);
  }
  return result;
}

Result<Graph> project_rows(const IdLists& rows, std::int64_t item_count, const NetworkOptions& options, std::span<const std::uint8_t> keep, Progress& progress) {
  if (!keep.empty() && std::ssize(keep) != item_count) return fail(ErrorKind::invalid_input, "{} flags for {} items", keep.size(), item_count);
  const CleanRows clean = TRY(clean_rows(rows, item_count, options, keep));
  const IdLists holders = transpose(clean.items, item_count);
  progress.begin("network", item_count, "nodes");
  std::vector<Row> projected(at(item_count));
  // Each block needs a scratch as long as the items: few blocks when they are many.
  parallel_blocks(item_count, std::max(kItemsPerBlock, item_count / 64), options.thread_count, [&](std::int64_t, std::int64_t begin, std::int64_t end) {
    if (progress.cancelled()) return;
    project_block(clean, holders, options, begin, end, item_count, projected);
    progress.advance(end - begin);
  });
  TRY(progress.check());
  apply_similarity(holders, options.similarity, projected);
  return keep_strongest(projected, options.neighbors_per_node);
}

Result<Graph> project_rows(const IdLists& rows, std::int64_t item_count, const NetworkOptions& options, Progress& progress) {
  return project_rows(rows, item_count, options, {}, progress);
}

Result<Graph> link_by_co_citation(const IdLists& references, const NetworkOptions& options, Progress& progress) {
  return project_rows(references, static_cast<std::int64_t>(references.offsets.size()) - 1, options, progress);
}

Result<Graph> link_by_coupling(const IdLists& references, const NetworkOptions& options, Progress& progress) {
  const auto document_count = static_cast<std::int64_t>(references.offsets.size()) - 1;
  for (const std::int32_t cited : references.values) {
    if (cited < 0 || cited >= document_count) return fail(ErrorKind::invalid_input, "a reference points to document {} of {}", cited, document_count);
  }
  return project_rows(transpose(references, document_count), document_count, options, progress);
}

Result<Graph> link_by_citation(const IdLists& references, Counting counting) {
  const auto document_count = static_cast<std::int64_t>(references.offsets.size()) - 1;
  std::vector<Edge> edges;
  edges.reserve(references.values.size());
  for (std::int64_t citing = 0; citing < document_count; ++citing) {
    const auto row = references.row(citing);
    const double weight = counting == Counting::full ? 1.0 : 1.0 / static_cast<double>(std::max<std::size_t>(1, row.size()));
    for (const std::int32_t cited : row) edges.push_back({static_cast<std::int32_t>(citing), cited, weight});
  }
  return build_graph(document_count, edges);
}

}  // namespace jianwei::analysis

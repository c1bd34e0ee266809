// Full comparison: a block of queries walks the panels of the table in runs that stay in the cache; a similarity is looked at only when it
// beats the k-th best so far. Rows come in increasing order, so an equal similarity never displaces a smaller row.
#include "analysis/neighbours/neighbours.h"

#include <algorithm>
#include <limits>

#include "analysis/neighbours/hnsw.h"
#include "analysis/neighbours/panels.h"
#include "base/parallel.h"

namespace jianwei::analysis {
namespace {

constexpr std::int64_t kQueryBlock = 48;                  // queries that share a run of panels
constexpr std::int64_t kRunBytes = 256 * 1024;            // of panels: about half of a second-level cache

// The k best of one query, sorted by falling similarity, earlier offers first among equals.
class Best {
 public:
  Best(std::int32_t* ids, float* similarities, std::int32_t limit) : ids_(ids), similarities_(similarities), limit_(limit) {}
  float bound() const { return count_ < limit_ ? -std::numeric_limits<float>::infinity() : similarities_[limit_ - 1]; }
  void offer(std::int32_t id, float similarity) {
    if (count_ == limit_ && !(similarity > similarities_[limit_ - 1])) return;
    std::int32_t at = count_ < limit_ ? count_++ : limit_ - 1;
    for (; at > 0 && similarities_[at - 1] < similarity; --at) {
      similarities_[at] = similarities_[at - 1];
      ids_[at] = ids_[at - 1];
    }
    similarities_[at] = similarity;
    ids_[at] = id;
  }

 private:
  std::int32_t* ids_;
  float* similarities_;
  std::int32_t limit_;
  std::int32_t count_ = 0;
};

bool is_zero(const VectorTable& table, std::int64_t row) {
  const float* values = table.values.data() + row * table.dimensions;
  return std::all_of(values, values + table.dimensions, [](float value) { return value == 0.0f; });
}

// `own_rows`: queries are the table's rows, and a row is not its own neighbour.
Result<NeighbourLists> compare_all(const VectorTable& table, const VectorTable& queries, bool own_rows, const NeighbourOptions& options, Progress& progress) {
  const std::int32_t k = options.neighbour_count;
  NeighbourLists lists;
  lists.neighbour_count = k;
  lists.ids.assign(static_cast<std::size_t>(queries.row_count * k), -1);
  lists.similarities.assign(static_cast<std::size_t>(queries.row_count * k), 0.0f);
  const Panels panels(table, options.thread_count);
  std::vector<std::uint8_t> zero(static_cast<std::size_t>(panels.count() * kPanelRows), 1);
  for (std::int64_t row = 0; row < table.row_count; ++row) zero[static_cast<std::size_t>(row)] = is_zero(table, row);
  const std::int64_t run = std::max<std::int64_t>(1, kRunBytes / static_cast<std::int64_t>(kPanelRows * table.dimensions * static_cast<std::int64_t>(sizeof(float))));

  progress.begin("neighbours", queries.row_count, "rows");
  parallel_blocks(queries.row_count, kQueryBlock, options.thread_count, [&](std::int64_t, std::int64_t begin, std::int64_t end) {
    if (progress.cancelled()) return;
    std::vector<Best> best;
    for (std::int64_t q = begin; q < end; ++q) best.emplace_back(lists.ids.data() + q * k, lists.similarities.data() + q * k, is_zero(queries, q) ? 0 : k);
    alignas(64) float similarities[kPanelQueries][kPanelRows];
    for (std::int64_t first = 0; first < panels.count(); first += run) {
      const std::int64_t last = std::min(panels.count(), first + run);
      for (std::int64_t q = begin; q < end; q += kPanelQueries) {
        const std::int64_t count = std::min(kPanelQueries, end - q);
        for (std::int64_t panel = first; panel < last; ++panel) {
          panels.compare(queries.values.data() + q * queries.dimensions, count, panel, similarities);
          for (std::int64_t i = 0; i < count; ++i) {
            Best& mine = best[static_cast<std::size_t>(q - begin + i)];
            const float bound = mine.bound();
            bool any = false;
            for (std::int64_t lane = 0; lane < kPanelRows; ++lane) any |= similarities[i][lane] > bound;
            if (!any) continue;
            for (std::int64_t lane = 0; lane < kPanelRows; ++lane) {
              const std::int64_t row = panel * kPanelRows + lane;
              if (zero[static_cast<std::size_t>(row)] || (own_rows && row == q + i)) continue;
              mine.offer(static_cast<std::int32_t>(row), similarities[i][lane]);
            }
          }
        }
      }
    }
    progress.advance(end - begin);
  });
  TRY(progress.check());
  return lists;
}

Result<NeighbourLists> search_graph(const VectorTable& table, const NeighbourOptions& options, Progress& progress) {
  const std::int32_t k = options.neighbour_count;
  const std::int32_t width = std::max(k, options.search_width > 0 ? options.search_width : std::max(48, 2 * k));
  const Hnsw graph = TRY(Hnsw::build(table, {.seed = options.seed, .thread_count = options.thread_count}, progress));
  NeighbourLists lists;
  lists.neighbour_count = k;
  lists.ids.assign(static_cast<std::size_t>(table.row_count * k), -1);
  lists.similarities.assign(static_cast<std::size_t>(table.row_count * k), 0.0f);
  progress.begin("neighbours", table.row_count, "rows");
  const std::int64_t thread_count = options.thread_count > 0 ? options.thread_count : default_thread_count();
  const std::int64_t shard = std::max<std::int64_t>(1024, table.row_count / (thread_count * 8));  // each shard has a scratch of its own
  parallel_blocks(table.row_count, shard, options.thread_count, [&](std::int64_t, std::int64_t begin, std::int64_t end) {
    Hnsw::Scratch scratch;
    for (std::int64_t row = begin; row < end && !progress.cancelled(); ++row) {
      std::size_t at = static_cast<std::size_t>(row * k);
      for (const auto& [similarity, id] : graph.search_row(row, k, width, scratch)) {
        lists.ids[at] = id;
        lists.similarities[at++] = similarity;
      }
    }
    progress.advance(end - begin);
  });
  TRY(progress.check());
  return lists;
}

Result<> check(const VectorTable& table, const NeighbourOptions& options) {
  if (options.neighbour_count < 1) return fail(ErrorKind::invalid_input, "neighbour_count is {}, expected at least 1", options.neighbour_count);
  if (std::ssize(table.values) != table.row_count * table.dimensions) {
    return fail(ErrorKind::invalid_input, "a table of {} rows and {} dimensions holds {} values", table.row_count, table.dimensions, table.values.size());
  }
  return {};
}

}  // namespace

Result<NeighbourLists> nearest_neighbours(const VectorTable& table, const NeighbourOptions& options, Progress& progress) {
  TRY(check(table, options));
  const bool small = table.row_count <= kExactRows;
  if (options.method == NeighbourMethod::graph || (options.method == NeighbourMethod::automatic && !small)) return search_graph(table, options, progress);
  return compare_all(table, table, true, options, progress);
}

Result<NeighbourLists> nearest_rows(const VectorTable& table, const VectorTable& queries, const NeighbourOptions& options, Progress& progress) {
  TRY(check(table, options));
  TRY(check(queries, options));
  if (table.dimensions != queries.dimensions) {
    return fail(ErrorKind::invalid_input, "queries of {} dimensions cannot be compared with rows of {}", queries.dimensions, table.dimensions);
  }
  return compare_all(table, queries, false, options, progress);
}

}  // namespace jianwei::analysis

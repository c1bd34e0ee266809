// A candidate is one 64-bit number that sorts as (similarity, smaller node first): the float's bits made monotone above, the node and a flag
// "its links were followed" below. A search keeps its best `width` candidates as a sorted array and follows the best one not yet followed.
#include "analysis/neighbours/hnsw.h"

#include <algorithm>
#include <bit>
#include <functional>
#include <numeric>

#include "base/parallel.h"
#include "base/random.h"

namespace jianwei::analysis {
namespace {

constexpr std::uint64_t kFollowed = 1;
constexpr std::int64_t kLargestBatch = 16'384;
constexpr std::int64_t kBatchShare = 16;  // a batch is at most this part of what is linked already

std::size_t at(std::int64_t i) { return static_cast<std::size_t>(i); }

std::uint64_t make_candidate(float similarity, std::int64_t node) {
  const auto bits = std::bit_cast<std::uint32_t>(similarity);
  const std::uint32_t monotone = (bits & 0x80000000u) != 0 ? ~bits : bits | 0x80000000u;
  return static_cast<std::uint64_t>(monotone) << 32 | (0x7fffffffu - static_cast<std::uint32_t>(node)) << 1;
}
std::int64_t node_of(std::uint64_t candidate) { return 0x7fffffff - static_cast<std::int64_t>((candidate & 0xffffffffu) >> 1); }
float similarity_of(std::uint64_t candidate) {
  const auto monotone = static_cast<std::uint32_t>(candidate >> 32);
  return std::bit_cast<float>((monotone & 0x80000000u) != 0 ? monotone & 0x7fffffffu : ~monotone);
}

// Sixteen sums in a fixed order, then their sum: the same bits on every machine.
float exact_similarity(const float* a, const float* b, std::int32_t dimensions) {
  float sums[16] = {};
  std::int32_t d = 0;
  for (; d + 16 <= dimensions; d += 16) {
    for (std::int32_t lane = 0; lane < 16; ++lane) sums[lane] += a[d + lane] * b[d + lane];
  }
  float sum = 0.0f;
  for (; d < dimensions; ++d) sum += a[d] * b[d];
  for (const float part : sums) sum += part;
  return sum;
}

void start_visit(Hnsw::Scratch& scratch, std::size_t node_count) {
  if (scratch.visited.size() != node_count) {
    scratch.visited.assign(node_count, 0);
    scratch.visit = 0;
  }
  if (++scratch.visit == 0) {
    std::fill(scratch.visited.begin(), scratch.visited.end(), std::uint16_t{0});
    scratch.visit = 1;
  }
}

std::vector<std::int32_t> random_order(const VectorTable& table, std::uint64_t seed) {
  std::vector<std::int32_t> order;
  for (std::int64_t row = 0; row < table.row_count; ++row) {
    const auto values = table.row(row);
    if (std::any_of(values.begin(), values.end(), [](float value) { return value != 0.0f; })) order.push_back(static_cast<std::int32_t>(row));
  }
  Random random(seed, 0x486e7377);
  for (std::size_t i = order.size(); i > 1; --i) std::swap(order[i - 1], order[random.below(static_cast<std::uint32_t>(i))]);
  return order;
}

}  // namespace

Hnsw::Hnsw(const VectorTable& table, std::vector<std::int32_t> order, const HnswOptions& options)
    : table_(&table), order_(std::move(order)), node_of_row_(at(table.row_count), -1), codes_(table, order_, options.thread_count) {
  for (std::size_t i = 0; i < order_.size(); ++i) node_of_row_[at(order_[i])] = static_cast<std::int32_t>(i);
  for (std::int64_t count = row_count(); count > 0 && (levels_.empty() || count > 1); count /= options.link_count) {
    const std::int32_t capacity = levels_.empty() ? 2 * options.link_count : options.link_count;
    levels_.push_back({count, capacity, std::vector<std::int32_t>(at(count * capacity), -1)});
  }
}

Result<Hnsw> Hnsw::build(const VectorTable& table, const HnswOptions& options, Progress& progress) {
  if (options.link_count < 2) return fail(ErrorKind::invalid_input, "link_count is {}, expected at least 2", options.link_count);
  if (options.build_width < options.link_count) return fail(ErrorKind::invalid_input, "build_width is {}, expected at least link_count ({})", options.build_width, options.link_count);
  Hnsw graph(table, random_order(table, options.seed), options);
  progress.begin("neighbours.graph", graph.row_count(), "rows");
  std::vector<Scratch> scratches(at(options.thread_count > 0 ? options.thread_count : default_thread_count()));
  for (std::int64_t begin = 1; begin < graph.row_count();) {
    TRY(progress.check());
    const std::int64_t end = std::min(graph.row_count(), begin + std::clamp<std::int64_t>(begin / kBatchShare, 1, kLargestBatch));
    graph.insert(begin, end, options, scratches);
    progress.advance(end - begin);
    begin = end;
  }
  return graph;
}

void Hnsw::insert(std::int64_t begin, std::int64_t end, const HnswOptions& options, std::vector<Scratch>& scratches) {
  // Shards are fixed by the number of scratches only in which memory they borrow, never in what they compute.
  const std::int64_t shard = (end - begin + std::ssize(scratches) - 1) / std::ssize(scratches);
  parallel_blocks(end - begin, shard, options.thread_count, [&](std::int64_t block, std::int64_t first, std::int64_t last) {
    for (std::int64_t node = begin + first; node < begin + last; ++node) find_links(node, begin, options, scratches[at(block)]);
  });
  for (Level& level : levels_) {
    if (begin < level.node_count) link_back(level, begin, std::min(end, level.node_count), options.thread_count);
  }
}

// Links of a new row on each of its levels, among the nodes before `known`.
void Hnsw::find_links(std::int64_t node, std::int64_t known, const HnswOptions& options, Scratch& scratch) {
  std::size_t top = 0;
  while (top + 1 < levels_.size() && node < levels_[top + 1].node_count) ++top;
  std::int64_t entry = descend(codes_.row(node), codes_.scale(node), top + 1);
  if (entry >= known) entry = 0;
  for (std::size_t l = top + 1; l-- > 0;) {
    Level& level = levels_[l];
    search_level(level, codes_.row(node), codes_.scale(node), entry, options.build_width, scratch);
    entry = node_of(scratch.pool.front());
    choose_diverse(scratch.pool, options.link_count, level.links.data() + node * level.capacity);
  }
}

// Adds to each target the new rows [begin, end) that link to it; one with too many links keeps diverse ones.
void Hnsw::link_back(Level& level, std::int64_t begin, std::int64_t end, int thread_count) {
  std::vector<Link> links;
  for (std::int64_t node = begin; node < end; ++node) {
    for (const std::int32_t target : level.row(node)) {
      if (target < 0) break;
      links.push_back({target, static_cast<std::int32_t>(node)});
    }
  }
  std::sort(links.begin(), links.end(), [](const Link& a, const Link& b) { return a.target != b.target ? a.target < b.target : a.node < b.node; });
  std::vector<std::int64_t> starts;
  for (std::size_t i = 0; i < links.size(); ++i) {
    if (i == 0 || links[i].target != links[i - 1].target) starts.push_back(static_cast<std::int64_t>(i));
  }
  starts.push_back(std::ssize(links));
  parallel_blocks(std::ssize(starts) - 1, 256, thread_count, [&](std::int64_t, std::int64_t first, std::int64_t last) {
    std::vector<std::uint64_t> candidates;
    for (std::int64_t group = first; group < last; ++group) {
      const std::int32_t target = links[at(starts[at(group)])].target;
      std::int32_t* row = level.links.data() + static_cast<std::int64_t>(target) * level.capacity;
      std::int32_t count = 0;
      while (count < level.capacity && row[count] >= 0) ++count;
      const std::span<const Link> added(links.data() + starts[at(group)], links.data() + starts[at(group + 1)]);
      if (count + std::ssize(added) <= level.capacity) {
        for (const Link& link : added) row[count++] = link.node;
        continue;
      }
      candidates.clear();
      for (std::int32_t i = 0; i < count; ++i) candidates.push_back(make_candidate(codes_.similarity(target, row[i]), row[i]));
      for (const Link& link : added) candidates.push_back(make_candidate(codes_.similarity(target, link.node), link.node));
      std::sort(candidates.begin(), candidates.end(), std::greater<>());
      const std::size_t kept = choose_diverse(candidates, level.capacity, row);
      std::fill(row + kept, row + level.capacity, -1);
    }
  });
}

// The best node of level `down_to` reached by going to the best neighbour on every level above it.
std::int64_t Hnsw::descend(const std::int8_t* code, float scale, std::size_t down_to) const {
  std::int64_t node = 0;
  std::uint64_t best = make_candidate(codes_.similarity(code, scale, node), node);
  for (std::size_t l = levels_.size(); l-- > down_to;) {
    for (bool moved = true; moved;) {
      moved = false;
      for (const std::int32_t neighbour : levels_[l].row(node)) {
        if (neighbour < 0) break;
        best = std::max(best, make_candidate(codes_.similarity(code, scale, neighbour), neighbour));
      }
      if (node_of(best) != node) {
        node = node_of(best);
        moved = true;
      }
    }
  }
  return node;
}

void Hnsw::search_level(const Level& level, const std::int8_t* code, float scale, std::int64_t entry, std::int32_t width, Scratch& scratch) const {
  start_visit(scratch, order_.size());
  std::vector<std::uint64_t>& pool = scratch.pool;
  pool.clear();
  pool.reserve(at(width) + 1);
  pool.push_back(make_candidate(codes_.similarity(code, scale, entry), entry));
  scratch.visited[at(entry)] = scratch.visit;
  std::int32_t fresh[256];
  for (std::size_t cursor = 0; cursor < pool.size();) {
    if ((pool[cursor] & kFollowed) != 0) {
      ++cursor;
      continue;
    }
    const std::int64_t node = node_of(pool[cursor]);
    pool[cursor] |= kFollowed;
    std::size_t fresh_count = 0;
    for (const std::int32_t neighbour : level.row(node)) {
      if (neighbour < 0) break;
      if (scratch.visited[at(neighbour)] == scratch.visit) continue;
      scratch.visited[at(neighbour)] = scratch.visit;
      codes_.prefetch(neighbour);
      if (fresh_count < std::size(fresh)) fresh[fresh_count++] = neighbour;
    }
    for (std::size_t i = 0; i < fresh_count; ++i) {
      const std::uint64_t candidate = make_candidate(codes_.similarity(code, scale, fresh[i]), fresh[i]);
      if (std::ssize(pool) >= width) {
        if (candidate < pool.back()) continue;
        pool.pop_back();
      }
      const auto place = std::lower_bound(pool.begin(), pool.end(), candidate, std::greater<>());
      cursor = std::min(cursor, static_cast<std::size_t>(place - pool.begin()));
      pool.insert(place, candidate);
    }
  }
}

// Algorithm 4: of candidates by falling similarity, those nearer to the row than to any chosen before. Gives how many were chosen.
std::size_t Hnsw::choose_diverse(std::span<std::uint64_t> candidates, std::int32_t capacity, std::int32_t* chosen) const {
  std::size_t count = 0;
  for (const std::uint64_t candidate : candidates) {
    const std::int64_t node = node_of(candidate);
    const float similarity = similarity_of(candidate);
    bool diverse = true;
    for (std::size_t i = 0; i < count && diverse; ++i) diverse = codes_.similarity(node, chosen[i]) <= similarity;
    if (diverse) chosen[count++] = static_cast<std::int32_t>(node);
    if (count == at(capacity)) break;
  }
  return count;
}

std::span<const FoundRow> Hnsw::rank_found(const float* query, std::int64_t own_row, std::int32_t count, Scratch& scratch) const {
  // Bytes misplace neighbours by a few ranks: half as many again are looked at in full.
  const std::size_t looked_at = std::min(scratch.pool.size(), at(count) + at(count) / 2 + 4);
  scratch.found.clear();
  for (std::size_t i = 0; i < looked_at; ++i) {
    const std::int32_t row = order_[at(node_of(scratch.pool[i]))];
    if (row != own_row) scratch.found.emplace_back(exact_similarity(query, table_->row(row).data(), table_->dimensions), row);
  }
  std::sort(scratch.found.begin(), scratch.found.end(), [](const FoundRow& a, const FoundRow& b) { return a.first != b.first ? a.first > b.first : a.second < b.second; });
  return {scratch.found.data(), std::min(scratch.found.size(), at(count))};
}

std::span<const FoundRow> Hnsw::search(const float* query, std::int32_t count, std::int32_t width, Scratch& scratch) const {
  if (levels_.empty()) return {};
  scratch.code.resize(at(codes_.stride()));
  const float scale = codes_.encode(query, scratch.code.data());
  const std::int64_t entry = descend(scratch.code.data(), scale, 1);
  search_level(levels_.front(), scratch.code.data(), scale, entry, std::max(width, count), scratch);
  return rank_found(query, -1, count, scratch);
}

std::span<const FoundRow> Hnsw::search_row(std::int64_t row, std::int32_t count, std::int32_t width, Scratch& scratch) const {
  const std::int32_t node = node_of_row_[at(row)];
  if (node < 0) return {};
  search_level(levels_.front(), codes_.row(node), codes_.scale(node), node, std::max(width, count) + 1, scratch);
  return rank_found(table_->row(row).data(), row, count, scratch);
}

}  // namespace jianwei::analysis

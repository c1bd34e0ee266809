// The index holds each term's final contribution, so that a search only adds. Sums are made window by window of documents, each small enough
// for the first-level cache; a document's contributions are always added in the order of the query, whichever method found it.
//
// The bounded method drops, per window, the terms whose largest contributions together cannot lift a document above the k-th best so far:
// the others propose documents, and only those that could still rise are summed in full.
#include "analysis/retrieval/bm25.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "analysis/retrieval/best_documents.h"
#include "base/parallel.h"

namespace jianwei::analysis {
namespace {

constexpr std::int64_t kWindow = 8192;                 // documents; 32 KiB of sums
constexpr std::int64_t kFullDocuments = 500'000;
constexpr float kSlack = 1.0f + 1e-4f;                 // bounds are sums in another order: they must not fall short by rounding

std::size_t at(std::int64_t i) { return static_cast<std::size_t>(i); }

// Where one term of the query stands.
struct Cursor {
  std::int64_t begin = 0, next = 0, end = 0;           // postings; `next`: the first one not in a window before
  const float* block_bounds = nullptr;                 // of the term
  float weight = 0.0f;
  float bound = 0.0f;                                  // of the present window
};

std::vector<Cursor> make_cursors(const Bm25Index& index, std::span<const WeightedTerm> query) {
  std::vector<Cursor> cursors;
  for (const WeightedTerm& term : query) {
    if (term.term < 0 || term.term >= index.term_count()) continue;
    const std::int64_t begin = index.offsets[at(term.term)];
    cursors.push_back({begin, begin, index.offsets[at(term.term) + 1], index.block_bounds.data() + index.block_offsets[at(term.term)], term.weight, 0.0f});
  }
  return cursors;
}

void add_window(const Bm25Index& index, Cursor& cursor, std::int64_t window_begin, std::int64_t window_end, float* scores) {
  const std::int32_t* documents = index.documents.data();
  const float* impacts = index.impacts.data();
  std::int64_t i = cursor.next;
  for (; i < cursor.end && documents[i] < window_end; ++i) scores[documents[i] - window_begin] += cursor.weight * impacts[i];
  cursor.next = i;
}

void offer_window(const float* scores, std::int64_t window_begin, std::int64_t count, std::span<const std::uint8_t> allowed, BestDocuments& best) {
  constexpr std::int64_t kStep = 16;
  for (std::int64_t i = 0; i < count; i += kStep) {
    const std::int64_t end = std::min(count, i + kStep);
    const float bound = best.bound();
    float largest = 0.0f;
    for (std::int64_t j = i; j < end; ++j) largest = std::max(largest, scores[j]);
    if (!(largest > bound)) continue;
    for (std::int64_t j = i; j < end; ++j) {
      if (allowed.empty() || allowed[at(window_begin + j)] != 0) best.offer(static_cast<std::int32_t>(window_begin + j), scores[j]);
    }
  }
}

// The first posting of the cursor's term, at or after `from`, whose document is at least `document`: by doubling steps.
std::int64_t seek(const Bm25Index& index, std::int64_t from, std::int64_t end, std::int64_t document) {
  std::int64_t step = 1;
  while (from + step < end && index.documents[at(from + step)] < document) {
    from += step;
    step *= 2;
  }
  const auto first = index.documents.begin() + from;
  const auto last = index.documents.begin() + std::min(end, from + step + 1);
  return std::lower_bound(first, last, document, [](std::int32_t a, std::int64_t b) { return a < b; }) - index.documents.begin();
}

// The largest contribution of a term inside a window, from the bounds of the blocks it covers.
float window_bound(const Bm25Index& index, const Cursor& cursor, std::int64_t window_end) {
  float bound = 0.0f;
  for (std::int64_t i = cursor.next; i < cursor.end && index.documents[at(i)] < window_end;) {
    const std::int64_t block = (i - cursor.begin) / Bm25Index::kBlock;
    bound = std::max(bound, cursor.block_bounds[block]);
    i = cursor.begin + (block + 1) * Bm25Index::kBlock;
  }
  return bound * cursor.weight;
}

// One window when the k best are full: essential terms propose, the rest are looked up.
void search_window_bounded(const Bm25Index& index, std::vector<Cursor>& cursors, std::int64_t begin, std::int64_t end, std::span<const std::uint8_t> allowed,
                           Bm25Scratch& scratch, BestDocuments& best) {
  std::vector<std::size_t> order(cursors.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  for (Cursor& cursor : cursors) {
    if (cursor.next < cursor.end && index.documents[at(cursor.next)] < begin) cursor.next = seek(index, cursor.next, cursor.end, begin);
    cursor.bound = window_bound(index, cursor, end);
  }
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return cursors[a].bound != cursors[b].bound ? cursors[a].bound < cursors[b].bound : a < b; });
  float left_out = 0.0f;
  std::size_t essential = 0;
  while (essential < order.size() && (left_out + cursors[order[essential]].bound) * kSlack <= best.bound()) left_out += cursors[order[essential++]].bound;
  if (essential == order.size()) return;

  float* scores = scratch.scores.data();
  std::fill_n(scores, end - begin, 0.0f);
  for (std::size_t i = essential; i < order.size(); ++i) {
    const std::int64_t next = cursors[order[i]].next;
    add_window(index, cursors[order[i]], begin, end, scores);
    cursors[order[i]].next = next;  // the full sums start from here again
  }
  scratch.candidates.clear();
  for (std::int64_t d = 0; d < end - begin; ++d) {
    if (scores[d] > 0.0f && (scores[d] + left_out) * kSlack > best.bound()) scratch.candidates.push_back(static_cast<std::int32_t>(begin + d));
  }
  for (const std::int32_t document : scratch.candidates) {
    if (!allowed.empty() && allowed[at(document)] == 0) continue;
    if ((scores[document - begin] + left_out) * kSlack <= best.bound()) continue;  // the bound has risen since
    float sum = 0.0f;
    for (Cursor& cursor : cursors) {
      if (cursor.next >= cursor.end) continue;
      if (index.documents[at(cursor.next)] < document) cursor.next = seek(index, cursor.next, cursor.end, document);
      if (cursor.next < cursor.end && index.documents[at(cursor.next)] == document) sum += cursor.weight * index.impacts[at(cursor.next)];
    }
    best.offer(document, sum);
  }
}

}  // namespace

Result<Bm25Index> build_bm25(const text::CountMatrix& documents, const Bm25Options& options) {
  if (!(options.k1 >= 0.0)) return fail(ErrorKind::invalid_input, "k1 is {}, expected at least 0", options.k1);
  if (!(options.b >= 0.0 && options.b <= 1.0)) return fail(ErrorKind::invalid_input, "b is {}, expected 0 to 1", options.b);
  const text::CountMatrix terms = text::transpose(documents);
  std::vector<double> lengths(at(documents.row_count), 0.0);
  double total = 0.0;
  for (std::int64_t d = 0; d < documents.row_count; ++d) {
    for (std::int64_t e = documents.offsets[at(d)]; e < documents.offsets[at(d + 1)]; ++e) lengths[at(d)] += documents.counts[at(e)];
    total += lengths[at(d)];
  }
  const double mean = total > 0.0 ? total / static_cast<double>(documents.row_count) : 1.0;

  Bm25Index index;
  index.document_count = documents.row_count;
  index.offsets = terms.offsets;
  index.documents = terms.columns;
  index.impacts.resize(terms.columns.size());
  index.idf.resize(at(terms.row_count));
  for (std::int64_t t = 0; t < terms.row_count; ++t) {
    const std::int64_t count = terms.offsets[at(t + 1)] - terms.offsets[at(t)];
    index.block_offsets.push_back(index.block_offsets.back() + (count + Bm25Index::kBlock - 1) / Bm25Index::kBlock);
  }
  index.block_bounds.assign(at(index.block_offsets.back()), 0.0f);
  parallel_blocks(terms.row_count, 256, options.thread_count, [&](std::int64_t, std::int64_t first, std::int64_t last) {
    for (std::int64_t t = first; t < last; ++t) {
      const std::int64_t begin = terms.offsets[at(t)];
      const std::int64_t end = terms.offsets[at(t + 1)];
      const auto holders = static_cast<double>(end - begin);
      const double idf = std::log(1.0 + (static_cast<double>(documents.row_count) - holders + 0.5) / (holders + 0.5));
      index.idf[at(t)] = static_cast<float>(idf);
      for (std::int64_t e = begin; e < end; ++e) {
        const double f = terms.counts[at(e)];
        const double norm = options.k1 * (1.0 - options.b + options.b * lengths[at(terms.columns[at(e)])] / mean);
        index.impacts[at(e)] = static_cast<float>(idf * f / (f + norm));
        float& bound = index.block_bounds[at(index.block_offsets[at(t)] + (e - begin) / Bm25Index::kBlock)];
        bound = std::max(bound, index.impacts[at(e)]);
      }
    }
  });
  return index;
}

std::vector<ScoredDocument> search_bm25(const Bm25Index& index, std::span<const WeightedTerm> query, std::int64_t limit, std::span<const std::uint8_t> allowed,
                                        Bm25Scratch& scratch, Bm25Method method) {
  std::vector<Cursor> cursors = make_cursors(index, query);
  BestDocuments best(std::min(limit, index.document_count));
  if (cursors.empty() || limit <= 0) return {};
  const bool bounded = method == Bm25Method::bounded || (method == Bm25Method::automatic && index.document_count >= kFullDocuments);
  scratch.scores.resize(at(kWindow));
  for (std::int64_t begin = 0; begin < index.document_count; begin += kWindow) {
    const std::int64_t end = std::min(index.document_count, begin + kWindow);
    if (bounded && best.full()) {
      search_window_bounded(index, cursors, begin, end, allowed, scratch, best);
      continue;
    }
    std::fill_n(scratch.scores.data(), end - begin, 0.0f);
    for (Cursor& cursor : cursors) add_window(index, cursor, begin, end, scratch.scores.data());
    offer_window(scratch.scores.data(), begin, end - begin, allowed, best);
  }
  return best.take();
}

}  // namespace jianwei::analysis

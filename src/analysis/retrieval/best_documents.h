// The k best scored documents seen so far, when documents come in increasing order: an equal score never displaces an earlier document.
#pragma once

#include <algorithm>
#include <cstdint>
#include <limits>
#include <vector>

#include "analysis/retrieval/bm25.h"

namespace jianwei::analysis {

class BestDocuments {
 public:
  explicit BestDocuments(std::int64_t limit) : limit_(static_cast<std::size_t>(limit)) {}

  // A score must be above this to enter.
  float bound() const { return heap_.size() < limit_ ? 0.0f : heap_.front().score; }
  bool full() const { return heap_.size() == limit_; }

  void offer(std::int32_t document, float score) {
    if (limit_ == 0 || !(score > bound())) return;
    if (full()) {
      std::pop_heap(heap_.begin(), heap_.end(), better);
      heap_.pop_back();
    }
    heap_.push_back({document, score});
    std::push_heap(heap_.begin(), heap_.end(), better);
  }

  std::vector<ScoredDocument> take() {
    std::sort(heap_.begin(), heap_.end(), better);
    return std::move(heap_);
  }

 private:
  static bool better(const ScoredDocument& a, const ScoredDocument& b) { return a.score != b.score ? a.score > b.score : a.document < b.document; }
  std::size_t limit_;
  std::vector<ScoredDocument> heap_;  // the worst first
};

}  // namespace jianwei::analysis

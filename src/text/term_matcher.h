// Finds all terms, nested ones too, in a stream of token ids: a trie over ids, its edges in one hash table.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "text/corpus.h"

namespace jianwei::text {

class TermMatcher {
 public:
  explicit TermMatcher(std::int64_t token_count) : first_(static_cast<std::size_t>(token_count), -1) {}

  // Makes `tokens` mean `term`; the first meaning of a sequence stays: false when it has another. Token ids are in [0, token_count).
  bool add(std::span<const std::int32_t> tokens, std::int32_t term);

  // The term that is exactly `tokens`, -1 when there is none.
  std::int32_t find(std::span<const std::int32_t> tokens) const;

  // Calls hit(term, words) for each term that starts at the first token of `rest`, shorter ones first.
  template <class Hit>
  void match(std::span<const std::int32_t> rest, Hit hit) const {
    if (rest.empty() || rest[0] < 0) return;
    std::int32_t node = first_[static_cast<std::size_t>(rest[0])];
    for (std::size_t n = 1; node >= 0; ++n) {
      if (terms_[static_cast<std::size_t>(node)] >= 0) hit(terms_[static_cast<std::size_t>(node)], static_cast<std::int32_t>(n));
      if (!inner_[static_cast<std::size_t>(node)] || n >= rest.size() || rest[n] < 0) return;
      node = child(node, rest[n]);
    }
  }

 private:
  struct Edge {
    std::uint64_t key = ~std::uint64_t{0};
    std::int32_t node = -1;
  };
  static std::uint64_t key_of(std::int32_t node, std::int32_t token) { return static_cast<std::uint64_t>(static_cast<std::uint32_t>(node)) << 32 | static_cast<std::uint32_t>(token); }
  static std::size_t hash(std::uint64_t key) {
    key *= 0x9fb21c651e98df25ULL;
    return static_cast<std::size_t>(key ^ (key >> 32));
  }
  std::int32_t child(std::int32_t node, std::int32_t token) const {
    if (edges_.empty()) return -1;
    const std::uint64_t key = key_of(node, token);
    const std::size_t mask = edges_.size() - 1;
    for (std::size_t i = hash(key) & mask;; i = (i + 1) & mask) {
      if (edges_[i].node < 0) return -1;
      if (edges_[i].key == key) return edges_[i].node;
    }
  }
  std::int32_t add_node();
  void insert(std::uint64_t key, std::int32_t node);

  std::vector<std::int32_t> first_;   // [tokens] node of the one-token sequence
  std::vector<std::int32_t> terms_;   // [nodes]
  std::vector<std::uint8_t> inner_;   // [nodes] 1 when it has children
  std::vector<Edge> edges_;
  std::size_t edge_count_ = 0;
};

// All sequences of the terms of a vocabulary, by place in it. `distinct`, when given, tells whether each sequence is of one term only.
TermMatcher match_terms(const TokenizedCorpus& corpus, const Vocabulary& vocabulary, bool* distinct = nullptr);

// As count_terms() with the vocabulary's matcher; columns are its terms.
CountMatrix count_matches(const TokenizedCorpus& corpus, const TermMatcher& matcher, std::int64_t term_count, int thread_count);

}  // namespace jianwei::text

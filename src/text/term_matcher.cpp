#include "text/term_matcher.h"

#include "base/parallel.h"
#include "text/corpus.h"

#include <algorithm>

namespace jianwei::text {

std::int32_t TermMatcher::add_node() {
  terms_.push_back(-1);
  inner_.push_back(0);
  return static_cast<std::int32_t>(terms_.size() - 1);
}

void TermMatcher::insert(std::uint64_t key, std::int32_t node) {
  if (edge_count_ * 2 >= edges_.size()) {
    std::vector<Edge> old(std::max<std::size_t>(1024, edges_.size() * 2));
    old.swap(edges_);
    edge_count_ = 0;
    for (const Edge& edge : old) {
      if (edge.node >= 0) insert(edge.key, edge.node);
    }
  }
  const std::size_t mask = edges_.size() - 1;
  std::size_t i = hash(key) & mask;
  while (edges_[i].node >= 0) i = (i + 1) & mask;
  edges_[i] = {key, node};
  ++edge_count_;
}

bool TermMatcher::add(std::span<const std::int32_t> tokens, std::int32_t term) {
  if (tokens.empty()) return true;
  std::int32_t& root = first_[static_cast<std::size_t>(tokens[0])];
  if (root < 0) root = add_node();
  std::int32_t node = root;
  for (const std::int32_t token : tokens.subspan(1)) {
    std::int32_t next = child(node, token);
    if (next < 0) {
      next = add_node();
      inner_[static_cast<std::size_t>(node)] = 1;
      insert(key_of(node, token), next);
    }
    node = next;
  }
  std::int32_t& meaning = terms_[static_cast<std::size_t>(node)];
  if (meaning < 0) meaning = term;
  return meaning == term;
}

std::int32_t TermMatcher::find(std::span<const std::int32_t> tokens) const {
  std::int32_t found = -1;
  match(tokens, [&](std::int32_t term, std::int32_t words) {
    if (static_cast<std::size_t>(words) == tokens.size()) found = term;
  });
  return found;
}

TermMatcher match_terms(const TokenizedCorpus& corpus, const Vocabulary& vocabulary, bool* distinct) {
  TermMatcher matcher(static_cast<std::int64_t>(corpus.tokens.size()));
  bool all = true;
  for (std::size_t t = 0; t < vocabulary.terms.size(); ++t) {
    all = matcher.add(vocabulary.terms[t].tokens, static_cast<std::int32_t>(t)) && all;
    for (const auto& variant : vocabulary.terms[t].variants) all = matcher.add(variant, static_cast<std::int32_t>(t)) && all;
  }
  if (distinct != nullptr) *distinct = all;
  return matcher;
}

CountMatrix count_terms(const TokenizedCorpus& corpus, const Vocabulary& vocabulary, int thread_count) {
  return count_matches(corpus, match_terms(corpus, vocabulary), std::ssize(vocabulary.terms), thread_count);
}

CountMatrix count_matches(const TokenizedCorpus& corpus, const TermMatcher& matcher, std::int64_t term_count, int thread_count) {
  constexpr std::int64_t kBlockDocuments = 512;
  const std::int64_t documents = corpus.document_count();
  struct Part {
    std::vector<std::int32_t> columns, counts;
    std::vector<std::int32_t> row_lengths;
  };
  std::vector<Part> parts(static_cast<std::size_t>((documents + kBlockDocuments - 1) / kBlockDocuments));
  parallel_blocks(documents, kBlockDocuments, thread_count, [&](std::int64_t b, std::int64_t from, std::int64_t to) {
    Part& part = parts[static_cast<std::size_t>(b)];
    std::vector<std::int32_t> hits;
    for (std::int64_t d = from; d < to; ++d) {
      hits.clear();
      const std::int64_t end = corpus.text_end(d);
      for (std::int64_t i = corpus.offsets[static_cast<std::size_t>(d)]; i < end; ++i) {
        matcher.match({corpus.stream.data() + i, static_cast<std::size_t>(end - i)}, [&](std::int32_t term, std::int32_t) { hits.push_back(term); });
      }
      std::sort(hits.begin(), hits.end());
      const std::size_t before = part.columns.size();
      for (std::size_t h = 0; h < hits.size();) {
        std::size_t next = h;
        while (next < hits.size() && hits[next] == hits[h]) ++next;
        part.columns.push_back(hits[h]);
        part.counts.push_back(static_cast<std::int32_t>(next - h));
        h = next;
      }
      part.row_lengths.push_back(static_cast<std::int32_t>(part.columns.size() - before));
    }
  });

  CountMatrix matrix;
  matrix.row_count = documents;
  matrix.column_count = term_count;
  matrix.offsets.assign(1, 0);
  matrix.offsets.reserve(static_cast<std::size_t>(documents) + 1);
  for (const Part& part : parts) {
    matrix.columns.insert(matrix.columns.end(), part.columns.begin(), part.columns.end());
    matrix.counts.insert(matrix.counts.end(), part.counts.begin(), part.counts.end());
    for (const std::int32_t length : part.row_lengths) matrix.offsets.push_back(matrix.offsets.back() + length);
  }
  return matrix;
}

}  // namespace jianwei::text

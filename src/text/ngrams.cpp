// Level n works on one array, node[i] = index of the frequent (n-1)-gram that starts at place i of the stream, or -1. An n-gram at i is
// the pair (node[i], node[i+1]), a 64-bit key. Pairs are dealt into partitions by hash, so that each partition's table stays in cache
// and partitions are counted on several threads; within a partition places come in stream order, which makes the result the same on any
// number of threads. Then node[i] is overwritten with the n-gram's index and the next level starts.
#include "text/ngrams.h"

#include <algorithm>
#include <cmath>

#include "base/parallel.h"

namespace jianwei::text {
namespace {

constexpr std::size_t kPartitions = 64;
constexpr std::int64_t kBlockDocuments = 1024;
constexpr std::int64_t kChunkBlocks = 32;  // blocks dealt out before their pairs are counted: bounds the memory

struct Pair {
  std::uint64_t key;
  std::uint32_t place;     // relative to the chunk
  std::uint32_t document;
};

std::uint64_t scramble(std::uint64_t key) {
  key ^= key >> 32;
  key *= 0x9fb21c651e98df25ULL;
  key ^= key >> 29;
  return key * 0xd6e8feb86659fd93ULL;
}

class Partition {
 public:
  struct Entry {
    std::uint64_t key;
    std::int32_t count;
    std::int32_t documents;
    std::uint32_t last_document;
  };
  std::vector<Entry> entries;

  Partition() : slots_(1024, 0) {}

  std::uint32_t add(std::uint64_t key, std::uint32_t document) {
    const std::size_t mask = slots_.size() - 1;
    for (std::size_t i = scramble(key) & mask;; i = (i + 1) & mask) {
      if (slots_[i] == 0) {
        slots_[i] = static_cast<std::uint32_t>(entries.size() + 1);
        entries.push_back({key, 1, 1, document});
        if (entries.size() * 2 > slots_.size()) grow();
        return static_cast<std::uint32_t>(entries.size() - 1);
      }
      Entry& entry = entries[slots_[i] - 1];
      if (entry.key == key) {
        ++entry.count;
        entry.documents += entry.last_document != document;
        entry.last_document = document;
        return slots_[i] - 1;
      }
    }
  }

 private:
  void grow() {
    slots_.assign(slots_.size() * 2, 0);
    const std::size_t mask = slots_.size() - 1;
    for (std::size_t e = 0; e < entries.size(); ++e) {
      std::size_t i = scramble(entries[e].key) & mask;
      while (slots_[i] != 0) i = (i + 1) & mask;
      slots_[i] = static_cast<std::uint32_t>(e + 1);
    }
  }
  std::vector<std::uint32_t> slots_;
};

class Counter {
 public:
  Counter(const TokenizedCorpus& corpus, std::span<const std::uint8_t> use_document, std::span<const std::uint8_t> token_use, const NgramOptions& options)
      : corpus_(corpus), use_document_(use_document), token_use_(token_use), options_(options), node_(corpus.stream.size() + 1, -1) {}

  Result<NgramCounts> run(Progress& progress) {
    count_words();
    progress.begin("phrases", options_.max_words, "levels");
    for (std::int32_t n = 2; n <= options_.max_words; ++n) {
      TRY(progress.check());
      if (!count_level(n)) break;
      progress.advance();
    }
    return std::move(counts_);
  }

 private:
  std::int64_t blocks() const { return (corpus_.document_count() + kBlockDocuments - 1) / kBlockDocuments; }
  bool used(std::int64_t d) const { return use_document_.empty() || use_document_[static_cast<std::size_t>(d)] != 0; }
  std::int64_t begin_of(std::int64_t d) const { return corpus_.offsets[static_cast<std::size_t>(d)]; }
  // The end of title, abstract and their translation; keywords are left out.
  std::int64_t end_of(std::int64_t d) const { return corpus_.learned_end(d); }

  void count_words() {
    std::vector<Ngram>& words = counts_.levels.emplace_back(corpus_.tokens.size());
    std::vector<std::int64_t> last(corpus_.tokens.size(), -1);
    for (std::int64_t d = 0; d < corpus_.document_count(); ++d) {
      if (!used(d)) continue;
      ++counts_.document_count;
      for (std::int64_t i = begin_of(d); i < end_of(d); ++i) {
        const std::int32_t token = corpus_.stream[static_cast<std::size_t>(i)];
        if (token < 0) continue;
        ++counts_.token_count;
        Ngram& word = words[static_cast<std::size_t>(token)];
        ++word.count;
        word.documents += last[static_cast<std::size_t>(token)] != d;
        last[static_cast<std::size_t>(token)] = d;
      }
    }
    parallel_blocks(blocks(), 1, options_.thread_count, [&](std::int64_t b, std::int64_t, std::int64_t) {
      for_documents(b, [&](std::int64_t d) {
        for (std::int64_t i = begin_of(d); i < end_of(d); ++i) {
          const std::int32_t token = corpus_.stream[static_cast<std::size_t>(i)];
          const bool fits = token >= 0 && (token_use_[static_cast<std::size_t>(token)] & kInPhrase) != 0 && words[static_cast<std::size_t>(token)].documents >= options_.min_documents;
          node_[static_cast<std::size_t>(i)] = fits ? token : -1;
        }
      });
    });
    neighbours(1);
  }

  template <class Body>
  void for_documents(std::int64_t block, Body body) const {
    const std::int64_t end = std::min(corpus_.document_count(), (block + 1) * kBlockDocuments);
    for (std::int64_t d = block * kBlockDocuments; d < end; ++d) {
      if (used(d)) body(d);
    }
  }

  bool count_level(std::int32_t n) {
    std::vector<Partition> partitions(kPartitions);
    for (std::int64_t first = 0; first < blocks(); first += kChunkBlocks) {
      const std::int64_t chunk = std::min(kChunkBlocks, blocks() - first);
      const std::int64_t base = begin_of(first * kBlockDocuments);
      std::vector<std::vector<std::vector<Pair>>> dealt(static_cast<std::size_t>(chunk), std::vector<std::vector<Pair>>(kPartitions));
      parallel_blocks(chunk, 1, options_.thread_count, [&](std::int64_t c, std::int64_t, std::int64_t) {
        for_documents(first + c, [&](std::int64_t d) {
          for (std::int64_t i = begin_of(d); i + 1 < end_of(d); ++i) {
            const std::int32_t a = node_[static_cast<std::size_t>(i)];
            const std::int32_t b = node_[static_cast<std::size_t>(i) + 1];
            if (a < 0 || b < 0) continue;
            const std::uint64_t key = static_cast<std::uint64_t>(static_cast<std::uint32_t>(a)) << 32 | static_cast<std::uint32_t>(b);
            dealt[static_cast<std::size_t>(c)][scramble(key) >> 58].push_back({key, static_cast<std::uint32_t>(i - base), static_cast<std::uint32_t>(d)});
          }
        });
      });
      // Every pair of this chunk is dealt: node_ may be overwritten.
      parallel_blocks(chunk, 1, options_.thread_count, [&](std::int64_t c, std::int64_t, std::int64_t) {
        for_documents(first + c, [&](std::int64_t d) { std::fill(node_.begin() + begin_of(d), node_.begin() + end_of(d), -1); });
      });
      parallel_blocks(kPartitions, 1, options_.thread_count, [&](std::int64_t p, std::int64_t, std::int64_t) {
        for (const auto& block : dealt) {
          for (const Pair& pair : block[static_cast<std::size_t>(p)]) {
            const std::uint32_t entry = partitions[static_cast<std::size_t>(p)].add(pair.key, pair.document);
            node_[static_cast<std::size_t>(base + pair.place)] = static_cast<std::int32_t>(entry * kPartitions + static_cast<std::size_t>(p));
          }
        }
      });
    }

    // From here on the level's frequent n-grams are known.
    std::vector<Ngram>& level = counts_.levels.emplace_back();
    std::vector<std::vector<std::int32_t>> index(kPartitions);
    for (std::size_t p = 0; p < kPartitions; ++p) {
      for (const Partition::Entry& entry : partitions[p].entries) {
        const bool frequent = entry.documents >= options_.min_documents;
        index[p].push_back(frequent ? static_cast<std::int32_t>(level.size()) : -1);
        if (frequent) level.push_back({.left = static_cast<std::int32_t>(entry.key >> 32), .right = static_cast<std::int32_t>(entry.key & 0xffffffffU), .documents = entry.documents, .count = entry.count});
      }
    }
    parallel_blocks(blocks(), 1, options_.thread_count, [&](std::int64_t b, std::int64_t, std::int64_t) {
      for_documents(b, [&](std::int64_t d) {
        for (std::int64_t i = begin_of(d); i < end_of(d); ++i) {
          std::int32_t& node = node_[static_cast<std::size_t>(i)];
          if (node >= 0) node = index[static_cast<std::size_t>(node) % kPartitions][static_cast<std::size_t>(node) / kPartitions];
        }
      });
    });
    if (level.empty()) {
      counts_.levels.pop_back();
      return false;
    }
    neighbours(n);
    return true;
  }

  std::int32_t first_token(std::size_t n, std::int32_t gram) const {
    for (; n > 1; --n) gram = counts_.levels[n - 1][static_cast<std::size_t>(gram)].left;
    return gram;
  }
  std::int32_t last_token(std::size_t n, std::int32_t gram) const {
    for (; n > 1; --n) gram = counts_.levels[n - 1][static_cast<std::size_t>(gram)].right;
    return gram;
  }

  // Entropies and openness of both sides of the n-grams that could be phrases: their places are grouped by n-gram, then the
  // neighbours of each are counted in a dense array that is cleaned through the list of touched words.
  void neighbours(std::int32_t n) {
    std::vector<Ngram>& level = counts_.levels.back();
    const auto words = static_cast<std::size_t>(n);
    std::vector<std::int64_t> begin(level.size() + 1, 0);
    for (std::size_t g = 0; g < level.size(); ++g) {
      const auto at_edge = [&](std::int32_t token) { return (token_use_[static_cast<std::size_t>(token)] & kAtEdge) != 0; };
      const bool candidate = level[g].documents >= options_.min_documents && at_edge(first_token(words, static_cast<std::int32_t>(g))) && at_edge(last_token(words, static_cast<std::int32_t>(g)));
      begin[g + 1] = begin[g] + (candidate ? level[g].count : 0);
    }
    std::vector<std::int64_t> places(static_cast<std::size_t>(begin.back()));
    std::vector<std::int64_t> next(begin.begin(), begin.end() - 1);
    for (std::int64_t d = 0; d < corpus_.document_count(); ++d) {
      if (!used(d)) continue;
      for (std::int64_t i = begin_of(d); i < end_of(d); ++i) {
        const std::int32_t node = node_[static_cast<std::size_t>(i)];
        if (node >= 0 && begin[static_cast<std::size_t>(node)] < begin[static_cast<std::size_t>(node) + 1]) places[static_cast<std::size_t>(next[static_cast<std::size_t>(node)]++)] = i;
      }
    }
    const auto total = static_cast<std::int64_t>(level.size());
    parallel_blocks(total, std::max<std::int64_t>(1, total / 16), options_.thread_count, [&](std::int64_t, std::int64_t from, std::int64_t to) {
      std::vector<std::int64_t> seen(corpus_.tokens.size(), 0);
      std::vector<std::int32_t> touched;
      std::vector<std::int64_t> found;
      for (auto g = static_cast<std::size_t>(from); g < static_cast<std::size_t>(to); ++g) {
        const std::span<const std::int64_t> here(places.data() + begin[g], static_cast<std::size_t>(begin[g + 1] - begin[g]));
        if (here.empty()) continue;
        const Side left = side(here, -1, seen, touched, found);
        const Side right = side(here, n, seen, touched, found);
        level[g].left_entropy = left.entropy;
        level[g].left_open = left.open;
        level[g].left_verbal = left.verbal;
        level[g].left_article = left.article;
        level[g].right_entropy = right.entropy;
        level[g].right_open = right.open;
      }
    });
  }

  struct Side {
    double entropy, open, verbal, article;
  };
  Side side(std::span<const std::int64_t> places, std::int64_t step, std::vector<std::int64_t>& seen, std::vector<std::int32_t>& touched, std::vector<std::int64_t>& found) const {
    touched.clear();
    found.clear();
    std::int64_t bounded = 0;
    std::int64_t verbal = 0;
    std::int64_t article = 0;
    constexpr std::size_t kAhead = 16;  // the places of a frequent n-gram lie far apart: they are asked for before they are read
    for (std::size_t p = 0; p < places.size(); ++p) {
      if (p + kAhead < places.size()) __builtin_prefetch(corpus_.stream.data() + places[p + kAhead]);
      const std::int64_t i = places[p] + step;
      // A document's stream ends with a break, so the place before a document's first word is a break or the start.
      const std::int32_t token = i < 0 ? TokenizedCorpus::kBreak : corpus_.stream[static_cast<std::size_t>(i)];
      if (token < 0) {
        found.push_back(1);
        ++bounded;
        continue;
      }
      const std::uint8_t use = token_use_[static_cast<std::size_t>(token)];
      bounded += (use & kBounds) != 0;
      verbal += (use & kVerbal) != 0;
      article += (use & kArticle) != 0;
      if (seen[static_cast<std::size_t>(token)]++ == 0) touched.push_back(token);
    }
    for (const std::int32_t token : touched) {
      found.push_back(seen[static_cast<std::size_t>(token)]);
      seen[static_cast<std::size_t>(token)] = 0;
    }
    const auto all = static_cast<double>(places.size());
    return {entropy_of_counts(found, static_cast<std::int64_t>(places.size())), static_cast<double>(bounded) / all, static_cast<double>(verbal) / all, static_cast<double>(article) / all};
  }

  const TokenizedCorpus& corpus_;
  std::span<const std::uint8_t> use_document_;
  std::span<const std::uint8_t> token_use_;
  NgramOptions options_;
  std::vector<std::int32_t> node_;
  NgramCounts counts_;
};

}  // namespace

double entropy_of_counts(std::span<const std::int64_t> counts, std::int64_t total) {
  double sum = 0.0;  // of c ln c
  for (const std::int64_t c : counts) {
    if (c > 1) sum += static_cast<double>(c) * std::log(static_cast<double>(c));
  }
  return std::max(0.0, std::log(static_cast<double>(total)) - sum / static_cast<double>(total));
}

Result<NgramCounts> count_ngrams(const TokenizedCorpus& corpus, std::span<const std::uint8_t> use_document, std::span<const std::uint8_t> token_use,
                                 const NgramOptions& options, Progress& progress) {
  return Counter(corpus, use_document, token_use, options).run(progress);
}

}  // namespace jianwei::text

// Internal to the LDA samplers: tokens in word order with a way back to documents, cut into fixed shards, and the sums over them.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "text/corpus.h"

namespace jianwei::analysis::lda {

struct Slot {
  std::uint16_t topic;
  std::uint16_t proposal;
};

struct Shard {
  std::int64_t begin;  // first row
  std::int64_t end;    // one past the last
};

struct Tokens {
  std::int64_t token_count = 0;
  std::int64_t document_count = 0;
  std::int64_t word_count = 0;
  std::vector<std::int64_t> word_offsets;      // [word_count + 1] into the slots
  std::vector<std::int64_t> document_offsets;  // [document_count + 1] into positions
  std::vector<std::uint32_t> positions;        // [token_count + kAhead] document order -> slot, then zeros; uint32: one per token
  std::vector<Shard> word_shards, document_shards;
};

// A document's slots lie far apart in memory: they are asked for this many tokens before they are read.
inline constexpr std::int64_t kAhead = 64;

Tokens index_tokens(const text::CountMatrix& documents);

// Rows x topics with summed counts, built shard by shard.
struct TopicCounts {
  struct Part {
    std::vector<std::int32_t> sizes;      // [rows of the shard] entries of each row
    std::vector<std::uint16_t> topics;
    std::vector<std::uint32_t> counts;
  };
  std::vector<Part> parts;  // one per shard
};

// Adds the present topics of every row (word, or document) to `sums`.
void add_word_counts(const Tokens& tokens, std::span<const Slot> slots, std::int32_t topic_count, int thread_count, TopicCounts& sums);
void add_document_counts(const Tokens& tokens, std::span<const Slot> slots, std::int32_t topic_count, int thread_count, TopicCounts& sums);

std::vector<std::int64_t> count_topics(std::span<const Slot> slots, std::int32_t topic_count);

// ln p(words, topics | alpha, beta), Griffiths and Steyvers (2004), equations 2 and 3.
double log_joint(const Tokens& tokens, std::span<const Slot> slots, std::span<const double> alpha, double beta, int thread_count);

// One step of Minka's fixed point:
//   alpha_k <- alpha_k * sum_d [psi(n_dk + alpha_k) - psi(alpha_k)] / sum_d [psi(L_d + A) - psi(A)]
void update_alpha(const Tokens& tokens, std::span<const Slot> slots, int thread_count, std::vector<double>& alpha);

// One sweep of exact collapsed Gibbs sampling over all tokens, in document order.
class GibbsSampler {
 public:
  GibbsSampler(const Tokens& tokens, std::span<Slot> slots, std::int32_t topic_count);
  void sweep(std::span<const double> alpha, double beta, std::uint64_t seed, int iteration);

 private:
  const Tokens& tokens_;
  std::span<Slot> slots_;
  std::int32_t topic_count_;
  std::vector<std::int32_t> word_of_slot_, word_topic_, topic_;  // [tokens], [words][topics], [topics]
};

// One iteration of WarpLDA: word sweep, then document sweep.
class WarpSampler {
 public:
  WarpSampler(const Tokens& tokens, std::span<Slot> slots, std::int32_t topic_count, int thread_count);
  void sweep(std::span<const double> alpha, double beta, std::uint64_t seed, int iteration);

 private:
  void word_sweep(double beta, std::uint64_t seed, std::uint64_t stream);
  void document_sweep(std::span<const double> alpha, double beta, std::uint64_t seed, std::uint64_t stream);
  void merge_topic_counts(double beta);

  const Tokens& tokens_;
  std::span<Slot> slots_;
  std::int32_t topic_count_;
  int thread_count_;
  std::int64_t longest_document_ = 0;
  std::vector<std::int64_t> topic_;                          // [topics] C_k at the start of the sweep
  std::vector<float> inverse_;                               // [topics] 1 / (C_k + V beta)
  std::vector<std::vector<std::int32_t>> shard_topics_;      // [shards][topics] C_k of each shard after the sweep
};

}  // namespace jianwei::analysis::lda

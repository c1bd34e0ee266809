// Token index and the sums the samplers share. A row is a word or a document; both are walked with the same code, a document through
// `positions`, a word directly. Every sum over rows is taken shard by shard and the shards are joined in order.
#include <algorithm>
#include <cassert>
#include <cmath>

#include "analysis/topics/lda_tokens.h"
#include "analysis/topics/special_functions.h"
#include "base/parallel.h"

namespace jianwei::analysis::lda {
namespace {

// Tokens a shard holds: some thousands of rows, so that two threads stay busy and a shard's own state stays in cache.
constexpr std::int64_t kShardTokens = 1 << 16;

std::vector<Shard> cut_shards(std::span<const std::int64_t> offsets) {
  std::vector<Shard> shards;
  const auto row_count = static_cast<std::int64_t>(offsets.size()) - 1;
  for (std::int64_t begin = 0; begin < row_count;) {
    std::int64_t end = begin + 1;
    while (end < row_count && offsets[static_cast<std::size_t>(end) + 1] - offsets[static_cast<std::size_t>(begin)] <= kShardTokens) ++end;
    shards.push_back({begin, end});
    begin = end;
  }
  return shards;
}

// The rows of one orientation.
struct Rows {
  std::span<const std::int64_t> offsets;
  std::span<const Shard> shards;
  const std::uint32_t* positions;  // nullptr: row i's slots are consecutive
  std::size_t slot(std::int64_t i) const { return positions ? positions[i] : static_cast<std::size_t>(i); }
};

Rows word_rows(const Tokens& tokens) { return {tokens.word_offsets, tokens.word_shards, nullptr}; }
Rows document_rows(const Tokens& tokens) { return {tokens.document_offsets, tokens.document_shards, tokens.positions.data()}; }

// Calls visit(shard, row, length, touched, counts) for each row: counts[k] is the number of its tokens in topic k, touched lists the k with any.
template <class Visit>
void visit_rows(const Rows& rows, std::span<const Slot> slots, std::int32_t topic_count, int thread_count, const Visit& visit) {
  parallel_blocks(static_cast<std::int64_t>(rows.shards.size()), 1, thread_count, [&](std::int64_t shard, std::int64_t, std::int64_t) {
    std::vector<std::uint32_t> counts(static_cast<std::size_t>(topic_count), 0);
    std::vector<std::uint16_t> touched;
    const auto [first, last] = rows.shards[static_cast<std::size_t>(shard)];
    for (std::int64_t row = first; row < last; ++row) {
      const std::int64_t begin = rows.offsets[static_cast<std::size_t>(row)];
      const std::int64_t end = rows.offsets[static_cast<std::size_t>(row) + 1];
      for (std::int64_t i = begin; i < end; ++i) {
        if (rows.positions) __builtin_prefetch(&slots[rows.positions[i + kAhead]]);
        const std::uint16_t k = slots[rows.slot(i)].topic;
        if (counts[k]++ == 0) touched.push_back(k);
      }
      visit(static_cast<std::size_t>(shard), row, end - begin, touched, counts);
      for (const std::uint16_t k : touched) counts[k] = 0;
      touched.clear();
    }
  });
}

void add_counts(const Rows& rows, std::span<const Slot> slots, std::int32_t topic_count, int thread_count, TopicCounts& sums) {
  sums.parts.resize(rows.shards.size());
  std::vector<TopicCounts::Part> old(rows.shards.size());
  std::swap(old, sums.parts);
  std::vector<std::int64_t> cursors(rows.shards.size(), 0);
  visit_rows(rows, slots, topic_count, thread_count,
             [&](std::size_t shard, std::int64_t row, std::int64_t, std::vector<std::uint16_t>& touched, std::vector<std::uint32_t>& counts) {
               const TopicCounts::Part& before = old[shard];
               TopicCounts::Part& part = sums.parts[shard];
               const auto local = static_cast<std::size_t>(row - rows.shards[shard].begin);
               if (!before.sizes.empty()) {
                 const auto from = static_cast<std::size_t>(cursors[shard]);
                 const auto to = from + static_cast<std::size_t>(before.sizes[local]);
                 for (std::size_t e = from; e < to; ++e) {
                   if (counts[before.topics[e]] == 0) touched.push_back(before.topics[e]);
                   counts[before.topics[e]] += before.counts[e];
                 }
                 cursors[shard] = static_cast<std::int64_t>(to);
               }
               std::sort(touched.begin(), touched.end());
               part.sizes.push_back(static_cast<std::int32_t>(touched.size()));
               for (const std::uint16_t k : touched) {
                 part.topics.push_back(k);
                 part.counts.push_back(counts[k]);
               }
               if (row + 1 == rows.shards[shard].end) old[shard] = {};
             });
}

}  // namespace

Tokens index_tokens(const text::CountMatrix& documents) {
  Tokens tokens;
  tokens.document_count = documents.row_count;
  tokens.word_count = documents.column_count;
  tokens.word_offsets.assign(static_cast<std::size_t>(documents.column_count) + 1, 0);
  tokens.document_offsets.assign(static_cast<std::size_t>(documents.row_count) + 1, 0);
  for (std::size_t e = 0; e < documents.columns.size(); ++e) tokens.word_offsets[static_cast<std::size_t>(documents.columns[e]) + 1] += documents.counts[e];
  for (std::size_t w = 1; w < tokens.word_offsets.size(); ++w) tokens.word_offsets[w] += tokens.word_offsets[w - 1];
  tokens.token_count = tokens.word_offsets.back();
  tokens.positions.reserve(static_cast<std::size_t>(tokens.token_count + kAhead));
  std::vector<std::int64_t> next(tokens.word_offsets.begin(), tokens.word_offsets.end() - 1);
  for (std::size_t d = 0; d < static_cast<std::size_t>(documents.row_count); ++d) {
    for (auto e = static_cast<std::size_t>(documents.offsets[d]); e < static_cast<std::size_t>(documents.offsets[d + 1]); ++e) {
      for (std::int32_t copy = 0; copy < documents.counts[e]; ++copy) {
        tokens.positions.push_back(static_cast<std::uint32_t>(next[static_cast<std::size_t>(documents.columns[e])]++));
      }
    }
    tokens.document_offsets[d + 1] = static_cast<std::int64_t>(tokens.positions.size());
  }
  tokens.positions.resize(static_cast<std::size_t>(tokens.token_count + kAhead), 0);
  tokens.word_shards = cut_shards(tokens.word_offsets);
  tokens.document_shards = cut_shards(tokens.document_offsets);
  return tokens;
}

void add_word_counts(const Tokens& tokens, std::span<const Slot> slots, std::int32_t topic_count, int thread_count, TopicCounts& sums) {
  add_counts(word_rows(tokens), slots, topic_count, thread_count, sums);
}

void add_document_counts(const Tokens& tokens, std::span<const Slot> slots, std::int32_t topic_count, int thread_count, TopicCounts& sums) {
  add_counts(document_rows(tokens), slots, topic_count, thread_count, sums);
}

std::vector<std::int64_t> count_topics(std::span<const Slot> slots, std::int32_t topic_count) {
  std::vector<std::int64_t> totals(static_cast<std::size_t>(topic_count), 0);
  for (const Slot slot : slots) ++totals[slot.topic];
  return totals;
}

double log_joint(const Tokens& tokens, std::span<const Slot> slots, std::span<const double> alpha, double beta, int thread_count) {
  const auto topic_count = static_cast<std::int32_t>(alpha.size());
  double alpha_sum = 0.0;
  for (const double a : alpha) alpha_sum += a;

  // ln Gamma(n + beta) - ln Gamma(beta) for the small n that most rows have.
  std::vector<double> rise(1024);
  for (std::size_t n = 0; n < rise.size(); ++n) rise[n] = ln_gamma(static_cast<double>(n) + beta) - ln_gamma(beta);
  std::vector<double> word_part(tokens.word_shards.size(), 0.0);
  visit_rows(word_rows(tokens), slots, topic_count, thread_count,
             [&](std::size_t shard, std::int64_t, std::int64_t, const std::vector<std::uint16_t>& touched, const std::vector<std::uint32_t>& counts) {
               for (const std::uint16_t k : touched) {
                 const std::uint32_t n = counts[k];
                 word_part[shard] += n < rise.size() ? rise[n] : ln_gamma(n + beta) - ln_gamma(beta);
               }
             });

  std::vector<double> alpha_ln_gamma(alpha.size());
  for (std::size_t k = 0; k < alpha.size(); ++k) alpha_ln_gamma[k] = ln_gamma(alpha[k]);
  const double alpha_sum_ln_gamma = ln_gamma(alpha_sum);
  std::vector<double> document_part(tokens.document_shards.size(), 0.0);
  visit_rows(document_rows(tokens), slots, topic_count, thread_count,
             [&](std::size_t shard, std::int64_t, std::int64_t length, const std::vector<std::uint16_t>& touched, const std::vector<std::uint32_t>& counts) {
               double sum = alpha_sum_ln_gamma - ln_gamma(static_cast<double>(length) + alpha_sum);
               for (const std::uint16_t k : touched) sum += ln_gamma(counts[k] + alpha[k]) - alpha_ln_gamma[k];
               document_part[shard] += sum;
             });

  double total = 0.0;
  for (const double part : word_part) total += part;
  for (const double part : document_part) total += part;
  const double beta_sum = beta * static_cast<double>(tokens.word_count);
  for (const std::int64_t n : count_topics(slots, topic_count)) total += ln_gamma(beta_sum) - ln_gamma(static_cast<double>(n) + beta_sum);
  return total;
}

void update_alpha(const Tokens& tokens, std::span<const Slot> slots, int thread_count, std::vector<double>& alpha) {
  double alpha_sum = 0.0;
  for (const double a : alpha) alpha_sum += a;
  std::vector<double> alpha_digamma(alpha.size());
  for (std::size_t k = 0; k < alpha.size(); ++k) alpha_digamma[k] = digamma(alpha[k]);
  const double alpha_sum_digamma = digamma(alpha_sum);
  std::vector<std::vector<double>> numerators(tokens.document_shards.size(), std::vector<double>(alpha.size(), 0.0));
  std::vector<double> denominators(tokens.document_shards.size(), 0.0);
  visit_rows(document_rows(tokens), slots, static_cast<std::int32_t>(alpha.size()), thread_count,
             [&](std::size_t shard, std::int64_t, std::int64_t length, const std::vector<std::uint16_t>& touched, const std::vector<std::uint32_t>& counts) {
               for (const std::uint16_t k : touched) numerators[shard][k] += digamma(counts[k] + alpha[k]) - alpha_digamma[k];
               denominators[shard] += digamma(static_cast<double>(length) + alpha_sum) - alpha_sum_digamma;
             });
  double denominator = 0.0;
  for (const double part : denominators) denominator += part;
  if (!(denominator > 0.0)) return;
  for (std::size_t k = 0; k < alpha.size(); ++k) {
    double numerator = 0.0;
    for (const std::vector<double>& part : numerators) numerator += part[k];
    // A topic that lost all tokens keeps a small prior, so that it may come back.
    alpha[k] = std::max(1e-4, alpha[k] * numerator / denominator);
  }
}

}  // namespace jianwei::analysis::lda

// WarpLDA (Chen et al. 2016), M = 1 proposal a token. Counts of a row are those at the start of its visit ("delayed updates", section 4
// of the paper), so a visit is three straight loops: count, accept, propose.
//
// One 64-bit random number serves a token: its upper half decides the acceptance, its lower half draws the next proposal.
#include <algorithm>

#include "analysis/topics/lda_tokens.h"
#include "base/parallel.h"
#include "base/random.h"

namespace jianwei::analysis::lda {
namespace {

constexpr float kUnit = 0x1.0p-32F;

float upper_uniform(std::uint64_t bits) { return static_cast<float>(bits >> 32) * kUnit; }

// Walker's alias table over the topic prior.
struct Alias {
  std::vector<float> keep;             // [topics] probability that cell k gives k
  std::vector<std::uint16_t> other;    // [topics] what it gives otherwise
};

Alias build_alias(std::span<const double> weights) {
  const std::size_t count = weights.size();
  double sum = 0.0;
  for (const double w : weights) sum += w;
  Alias table{std::vector<float>(count, 1.0F), std::vector<std::uint16_t>(count)};
  std::vector<double> mass(count);
  std::vector<std::size_t> small, large;
  for (std::size_t k = 0; k < count; ++k) {
    table.other[k] = static_cast<std::uint16_t>(k);
    mass[k] = weights[k] / sum * static_cast<double>(count);
    (mass[k] < 1.0 ? small : large).push_back(k);
  }
  while (!small.empty() && !large.empty()) {
    const std::size_t poor = small.back();
    const std::size_t rich = large.back();
    small.pop_back();
    table.keep[poor] = static_cast<float>(mass[poor]);
    table.other[poor] = static_cast<std::uint16_t>(rich);
    mass[rich] -= 1.0 - mass[poor];
    if (mass[rich] < 1.0) {
      large.pop_back();
      small.push_back(rich);
    }
  }
  return table;
}

}  // namespace

WarpSampler::WarpSampler(const Tokens& tokens, std::span<Slot> slots, std::int32_t topic_count, int thread_count)
    : tokens_(tokens), slots_(slots), topic_count_(topic_count), thread_count_(thread_count), topic_(count_topics(slots, topic_count)) {
  for (std::size_t d = 0; d < static_cast<std::size_t>(tokens.document_count); ++d) {
    longest_document_ = std::max(longest_document_, tokens.document_offsets[d + 1] - tokens.document_offsets[d]);
  }
}

void WarpSampler::sweep(std::span<const double> alpha, double beta, std::uint64_t seed, int iteration) {
  const auto stream = static_cast<std::uint64_t>(iteration) << 33;
  word_sweep(beta, seed, stream);
  merge_topic_counts(beta);
  document_sweep(alpha, beta, seed, stream | (std::uint64_t{1} << 32));
  merge_topic_counts(beta);
}

void WarpSampler::merge_topic_counts(double beta) {
  if (!shard_topics_.empty()) {
    std::fill(topic_.begin(), topic_.end(), 0);
    for (const std::vector<std::int32_t>& part : shard_topics_) {
      for (std::size_t k = 0; k < topic_.size(); ++k) topic_[k] += part[k];
    }
  }
  const double beta_sum = beta * static_cast<double>(tokens_.word_count);
  inverse_.resize(topic_.size());
  for (std::size_t k = 0; k < topic_.size(); ++k) inverse_[k] = static_cast<float>(1.0 / (static_cast<double>(topic_[k]) + beta_sum));
}

void WarpSampler::word_sweep(double beta, std::uint64_t seed, std::uint64_t stream) {
  if (inverse_.empty()) merge_topic_counts(beta);
  shard_topics_.assign(tokens_.word_shards.size(), {});
  const auto topics = static_cast<std::size_t>(topic_count_);
  std::vector<float> empty_weight(topics);
  for (std::size_t k = 0; k < topics; ++k) empty_weight[k] = static_cast<float>(beta) * inverse_[k];
  const double prior = beta * topic_count_;
  const double topics_per_prior = 1.0 / beta;
  parallel_blocks(static_cast<std::int64_t>(tokens_.word_shards.size()), 1, thread_count_, [&](std::int64_t shard, std::int64_t, std::int64_t) {
    Random random(seed, stream | static_cast<std::uint64_t>(shard));
    std::vector<std::int32_t> total(topics, 0);
    std::vector<float> weight = empty_weight;  // (C_wk + beta) / (C_k + V beta)
    std::vector<std::uint32_t> draws;
    std::vector<std::uint16_t> before;
    const float* const inverse = inverse_.data();
    const auto [first, last] = tokens_.word_shards[static_cast<std::size_t>(shard)];
    for (std::int64_t word = first; word < last; ++word) {
      const std::int64_t begin = tokens_.word_offsets[static_cast<std::size_t>(word)];
      const auto length = static_cast<std::size_t>(tokens_.word_offsets[static_cast<std::size_t>(word) + 1] - begin);
      if (length == 0) continue;
      if (draws.size() < length) draws.resize(length);
      if (before.size() < length) before.resize(length);
      Slot* const slots = slots_.data() + begin;
      for (std::size_t i = 0; i < length; ++i) weight[slots[i].topic] += inverse[slots[i].topic];
      for (std::size_t i = 0; i < length; ++i) {
        const std::uint64_t bits = random();
        draws[i] = static_cast<std::uint32_t>(bits);
        const Slot slot = slots[i];
        const float without = weight[slot.topic] - inverse[slot.topic];  // the token itself left out
        const std::uint16_t chosen = upper_uniform(bits) * without < weight[slot.proposal] ? slot.proposal : slot.topic;
        before[i] = slot.topic;
        slots[i].topic = chosen;
        ++total[chosen];
      }
      for (std::size_t i = 0; i < length; ++i) weight[before[i]] = empty_weight[before[i]];
      const auto others = static_cast<double>(length - 1);
      const double scale = (others + prior) * kUnit;
      for (std::size_t i = 0; i < length; ++i) {
        const double x = draws[i] * scale;
        const auto pick = static_cast<std::size_t>(static_cast<std::int64_t>(x));
        slots[i].proposal = pick < length - 1 ? slots[pick + (pick >= i)].topic : static_cast<std::uint16_t>(std::min(static_cast<std::int32_t>((x - others) * topics_per_prior), topic_count_ - 1));
      }
    }
    shard_topics_[static_cast<std::size_t>(shard)] = std::move(total);
  });
}

void WarpSampler::document_sweep(std::span<const double> alpha, double beta, std::uint64_t seed, std::uint64_t stream) {
  if (inverse_.empty()) merge_topic_counts(beta);
  shard_topics_.assign(tokens_.document_shards.size(), {});
  const auto topics = static_cast<std::size_t>(topic_count_);
  std::vector<float> empty_weight(topics);
  for (std::size_t k = 0; k < topics; ++k) empty_weight[k] = static_cast<float>(alpha[k]) * inverse_[k];
  double alpha_sum = 0.0;
  for (const double a : alpha) alpha_sum += a;
  const Alias alias = build_alias(alpha);
  const double cells_per_prior = static_cast<double>(topic_count_) / alpha_sum;
  parallel_blocks(static_cast<std::int64_t>(tokens_.document_shards.size()), 1, thread_count_, [&](std::int64_t shard, std::int64_t, std::int64_t) {
    Random random(seed, stream | static_cast<std::uint64_t>(shard));
    std::vector<std::int32_t> total(topics, 0);
    std::vector<float> weight = empty_weight;  // (C_dk + alpha_k) / (C_k + V beta)
    std::vector<Slot> local(static_cast<std::size_t>(longest_document_));
    std::vector<std::uint32_t> draws(static_cast<std::size_t>(longest_document_));
    const float* const inverse = inverse_.data();
    const auto [first, last] = tokens_.document_shards[static_cast<std::size_t>(shard)];
    for (std::int64_t document = first; document < last; ++document) {
      const std::int64_t begin = tokens_.document_offsets[static_cast<std::size_t>(document)];
      const auto length = static_cast<std::size_t>(tokens_.document_offsets[static_cast<std::size_t>(document) + 1] - begin);
      if (length == 0) continue;
      const std::uint32_t* const positions = tokens_.positions.data() + begin;
      for (std::size_t i = 0; i < length; ++i) {
        __builtin_prefetch(&slots_[positions[i + kAhead]], 1);
        const Slot slot = slots_[positions[i]];
        local[i] = slot;
        weight[slot.topic] += inverse[slot.topic];
      }
      for (std::size_t i = 0; i < length; ++i) {
        const std::uint64_t bits = random();
        draws[i] = static_cast<std::uint32_t>(bits);
        const Slot slot = local[i];
        const float without = weight[slot.topic] - inverse[slot.topic];
        const std::uint16_t chosen = upper_uniform(bits) * without < weight[slot.proposal] ? slot.proposal : slot.topic;
        local[i] = {chosen, slot.topic};  // the old topic is kept for the clearing below
        ++total[chosen];
      }
      for (std::size_t i = 0; i < length; ++i) weight[local[i].proposal] = empty_weight[local[i].proposal];
      const auto others = static_cast<double>(length - 1);
      const double scale = (others + alpha_sum) * kUnit;
      for (std::size_t i = 0; i < length; ++i) {
        const double x = draws[i] * scale;
        const auto pick = static_cast<std::size_t>(static_cast<std::int64_t>(x));
        std::uint16_t proposal = 0;
        if (pick < length - 1) {
          proposal = local[pick + (pick >= i)].topic;
        } else {
          const double cell = (x - others) * cells_per_prior;
          const auto k = static_cast<std::size_t>(std::min(static_cast<std::int32_t>(cell), topic_count_ - 1));
          proposal = cell - static_cast<double>(k) < alias.keep[k] ? static_cast<std::uint16_t>(k) : alias.other[k];
        }
        slots_[positions[i]] = {local[i].topic, proposal};
      }
    }
    shard_topics_[static_cast<std::size_t>(shard)] = std::move(total);
  });
}

}  // namespace jianwei::analysis::lda

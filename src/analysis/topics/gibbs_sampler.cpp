// Exact collapsed Gibbs sampling (Griffiths and Steyvers 2004), one thread:
//   p(z = k) ~ (n_dk + alpha_k) (n_kw + beta) / (n_k + V beta)      the token itself removed
// A uniform number picks from the running sums by binary search.
#include <algorithm>

#include "analysis/topics/lda_tokens.h"
#include "base/random.h"

namespace jianwei::analysis::lda {

GibbsSampler::GibbsSampler(const Tokens& tokens, std::span<Slot> slots, std::int32_t topic_count)
    : tokens_(tokens), slots_(slots), topic_count_(topic_count), word_of_slot_(slots.size()),
      word_topic_(static_cast<std::size_t>(tokens.word_count) * static_cast<std::size_t>(topic_count), 0), topic_(static_cast<std::size_t>(topic_count), 0) {
  for (std::size_t w = 0; w < static_cast<std::size_t>(tokens.word_count); ++w) {
    for (auto i = static_cast<std::size_t>(tokens.word_offsets[w]); i < static_cast<std::size_t>(tokens.word_offsets[w + 1]); ++i) {
      word_of_slot_[i] = static_cast<std::int32_t>(w);
      ++word_topic_[w * static_cast<std::size_t>(topic_count) + slots[i].topic];
      ++topic_[slots[i].topic];
    }
  }
}

void GibbsSampler::sweep(std::span<const double> alpha, double beta, std::uint64_t seed, int iteration) {
  Random random(seed, static_cast<std::uint64_t>(iteration));
  const auto topics = static_cast<std::size_t>(topic_count_);
  const double beta_sum = beta * static_cast<double>(tokens_.word_count);
  std::vector<std::int32_t> document_topic(topics, 0);
  std::vector<double> running(topics);
  for (std::size_t d = 0; d < static_cast<std::size_t>(tokens_.document_count); ++d) {
    const auto begin = static_cast<std::size_t>(tokens_.document_offsets[d]);
    const auto end = static_cast<std::size_t>(tokens_.document_offsets[d + 1]);
    std::fill(document_topic.begin(), document_topic.end(), 0);
    for (std::size_t i = begin; i < end; ++i) ++document_topic[slots_[tokens_.positions[i]].topic];
    for (std::size_t i = begin; i < end; ++i) {
      const std::uint32_t position = tokens_.positions[i];
      std::int32_t* const word_topic = word_topic_.data() + static_cast<std::size_t>(word_of_slot_[position]) * topics;
      const std::uint16_t old = slots_[position].topic;
      --document_topic[old];
      --word_topic[old];
      --topic_[old];
      double sum = 0.0;
      for (std::size_t k = 0; k < topics; ++k) {
        sum += (document_topic[k] + alpha[k]) * (word_topic[k] + beta) / (topic_[k] + beta_sum);
        running[k] = sum;
      }
      const double pick = random.uniform() * sum;
      const auto chosen = static_cast<std::uint16_t>(std::min<std::ptrdiff_t>(std::upper_bound(running.begin(), running.end(), pick) - running.begin(), topic_count_ - 1));
      slots_[position].topic = chosen;
      ++document_topic[chosen];
      ++word_topic[chosen];
      ++topic_[chosen];
    }
  }
}

}  // namespace jianwei::analysis::lda

// Runs a sampler for the asked number of iterations and turns its late samples into a model.
//
// Start: each document draws at most eight topics and each of its tokens one of them; a sparse start spares the long flat phase of a
// uniform one. Late samples are summed as counts per word and per document; topics are renumbered by size at the very end.
#include "analysis/topics/lda.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <optional>

#include "analysis/topics/lda_start.h"
#include "analysis/topics/lda_tokens.h"
#include "base/random.h"

namespace jianwei::analysis {
namespace {

using lda::Slot;
using lda::Tokens;

// The most topic evaluations (tokens * topics) of a sweep for which exact sampling is chosen: about 0.2 s a sweep.
constexpr double kExactEvaluations = 5e7;

Result<> check(const text::CountMatrix& documents, const LdaOptions& options) {
  if (options.topic_count < 0 || options.topic_count > 65'535) return fail(ErrorKind::invalid_input, "topic_count is {}, expected 1 to 65535, or 0 for the default", options.topic_count);
  if (options.iteration_count < 1) return fail(ErrorKind::invalid_input, "iteration_count is {}, expected at least 1", options.iteration_count);
  if (options.sample_count < 1) return fail(ErrorKind::invalid_input, "sample_count is {}, expected at least 1", options.sample_count);
  if (!(options.alpha_sum > 0.0) || !std::isfinite(options.alpha_sum)) return fail(ErrorKind::invalid_input, "alpha_sum is {}, expected a number above 0", options.alpha_sum);
  if (!(options.beta > 0.0) || !std::isfinite(options.beta)) return fail(ErrorKind::invalid_input, "beta is {}, expected a number above 0", options.beta);
  std::int64_t token_count = 0;
  for (const std::int32_t count : documents.counts) token_count += count;
  if (token_count == 0) return fail(ErrorKind::invalid_input, "the documents hold no term, so topics cannot be fitted");
  if (token_count > std::numeric_limits<std::uint32_t>::max()) return fail(ErrorKind::invalid_input, "{} tokens are more than one model can hold (2^32): split the corpus", token_count);
  if (options.start == nullptr) return {};
  const LdaStart& start = *options.start;
  if (start.documents.document_count() != documents.row_count) return fail(ErrorKind::invalid_input, "the start has {} documents, the matrix {}", start.documents.document_count(), documents.row_count);
  if (start.model.word_count != documents.column_count) return fail(ErrorKind::invalid_input, "the start has {} words, the matrix {}", start.model.word_count, documents.column_count);
  if (options.topic_count > 0 && options.topic_count < start.model.topic_count) return fail(ErrorKind::invalid_input, "the start has {} topics, more than the {} asked for", start.model.topic_count, options.topic_count);
  if (options.start_iteration_count < 1) return fail(ErrorKind::invalid_input, "start_iteration_count is {}, expected at least 1", options.start_iteration_count);
  if (!(options.start_weight >= 0.0) || !std::isfinite(options.start_weight)) return fail(ErrorKind::invalid_input, "start_weight is {}, expected at least 0", options.start_weight);
  return {};
}

std::vector<Slot> draw_start(const Tokens& tokens, std::int32_t topic_count, std::uint64_t seed) {
  constexpr std::uint32_t kTopicsPerDocument = 8;
  std::vector<Slot> slots(static_cast<std::size_t>(tokens.token_count));
  Random random(seed, ~std::uint64_t{0});
  std::uint16_t own[kTopicsPerDocument];
  for (std::size_t d = 0; d < static_cast<std::size_t>(tokens.document_count); ++d) {
    for (std::uint16_t& k : own) k = static_cast<std::uint16_t>(random.below(static_cast<std::uint32_t>(topic_count)));
    for (auto i = static_cast<std::size_t>(tokens.document_offsets[d]); i < static_cast<std::size_t>(tokens.document_offsets[d + 1]); ++i) {
      const std::uint16_t k = own[random.below(kTopicsPerDocument)];
      slots[tokens.positions[i]] = {k, k};
    }
  }
  return slots;
}

// New number of each topic: 0 for the one with the most tokens.
std::vector<std::uint16_t> number_by_size(const lda::TopicCounts& words, std::int32_t topic_count) {
  std::vector<std::int64_t> total(static_cast<std::size_t>(topic_count), 0);
  for (const lda::TopicCounts::Part& part : words.parts) {
    for (std::size_t e = 0; e < part.topics.size(); ++e) total[part.topics[e]] += part.counts[e];
  }
  std::vector<std::uint16_t> order(static_cast<std::size_t>(topic_count));
  std::iota(order.begin(), order.end(), std::uint16_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::uint16_t a, std::uint16_t b) { return total[a] > total[b]; });
  std::vector<std::uint16_t> number(order.size());
  for (std::size_t i = 0; i < order.size(); ++i) number[order[i]] = static_cast<std::uint16_t>(i);
  return number;
}

TopicModel build_model(const Tokens& tokens, const lda::TopicCounts& words, int sample_count, std::span<const double> alpha, double beta, std::span<const std::uint16_t> number) {
  TopicModel model;
  model.topic_count = static_cast<std::int32_t>(alpha.size());
  model.word_count = static_cast<std::int32_t>(tokens.word_count);
  model.beta = beta;
  model.alpha.resize(alpha.size());
  for (std::size_t k = 0; k < alpha.size(); ++k) model.alpha[number[k]] = alpha[k];
  model.topic_tokens.assign(alpha.size(), 0.0);
  std::vector<std::pair<std::uint16_t, float>> row;
  for (const lda::TopicCounts::Part& part : words.parts) {
    std::size_t entry = 0;
    for (const std::int32_t size : part.sizes) {
      row.clear();
      for (std::int32_t i = 0; i < size; ++i, ++entry) row.emplace_back(number[part.topics[entry]], static_cast<float>(part.counts[entry]) / static_cast<float>(sample_count));
      std::sort(row.begin(), row.end());
      for (const auto& [topic, count] : row) {
        model.topics.push_back(topic);
        model.counts.push_back(count);
        model.topic_tokens[topic] += count;
      }
      model.word_offsets.push_back(static_cast<std::int64_t>(model.topics.size()));
    }
  }
  return model;
}

// `start_weight` samples of the start's shares count with the new ones; the start's topics have the numbers before renumbering.
DocumentTopics build_document_topics(const Tokens& tokens, const lda::TopicCounts& documents, int sample_count, const TopicModel& model, std::span<const std::uint16_t> number,
                                     const LdaOptions& options) {
  DocumentTopics result;
  double alpha_sum = 0.0;
  for (const double a : model.alpha) alpha_sum += a;
  std::vector<float> shares(static_cast<std::size_t>(model.topic_count));
  std::size_t document = 0;
  for (const lda::TopicCounts::Part& part : documents.parts) {
    std::size_t entry = 0;
    for (const std::int32_t size : part.sizes) {
      const auto length = static_cast<double>(tokens.document_offsets[document + 1] - tokens.document_offsets[document]);
      ++document;
      if (size == 0) {
        result.offsets.push_back(static_cast<std::int64_t>(result.topics.size()));
        continue;
      }
      for (std::size_t k = 0; k < shares.size(); ++k) shares[k] = static_cast<float>(model.alpha[k] / (length + alpha_sum));
      for (std::int32_t i = 0; i < size; ++i, ++entry) {
        const std::size_t k = number[part.topics[entry]];
        shares[k] = static_cast<float>((static_cast<double>(part.counts[entry]) / sample_count + model.alpha[k]) / (length + alpha_sum));
      }
      if (options.start != nullptr) {
        const std::span<const std::int32_t> topics = lda::row_topics(options.start->documents, document - 1);
        const double old_part = topics.empty() ? 0.0 : options.start_weight / (options.start_weight + sample_count);
        for (float& share : shares) share *= static_cast<float>(1.0 - old_part);
        for (std::size_t i = 0; i < topics.size(); ++i) {
          shares[number[static_cast<std::size_t>(topics[i])]] += static_cast<float>(old_part) * lda::row_shares(options.start->documents, document - 1)[i];
        }
      }
      append_top_shares(result, shares, options.limits);
    }
  }
  return result;
}

// The start's alpha; a topic it does not have gets their mean.
std::vector<double> start_alpha(const LdaOptions& options, std::int32_t topic_count) {
  if (options.start == nullptr) return std::vector<double>(static_cast<std::size_t>(topic_count), options.alpha_sum / topic_count);
  std::vector<double> alpha = options.start->model.alpha;
  const double mean = std::accumulate(alpha.begin(), alpha.end(), 0.0) / static_cast<double>(alpha.size());
  alpha.resize(static_cast<std::size_t>(topic_count), mean);
  return alpha;
}

}  // namespace

std::int32_t default_topic_count(std::int64_t document_count) {
  const auto by_root = static_cast<std::int64_t>(std::lround(std::sqrt(static_cast<double>(document_count)) / 3.0));
  const std::int64_t wanted = std::clamp<std::int64_t>(by_root, 20, 200);
  return static_cast<std::int32_t>(std::max<std::int64_t>(2, std::min(wanted, document_count / 10)));
}

Result<LdaResult> fit_lda(const text::CountMatrix& documents, const LdaOptions& options, Progress& progress) {
  TRY(check(documents, options));
  const std::vector<std::vector<std::int64_t>> births = options.start != nullptr ? lda::find_births(documents, *options.start, options.topic_count) : std::vector<std::vector<std::int64_t>>{};
  const std::int32_t topic_count = options.start != nullptr    ? options.start->model.topic_count + static_cast<std::int32_t>(births.size())
                                   : options.topic_count > 0 ? options.topic_count
                                                             : default_topic_count(documents.row_count);
  const int iteration_count = options.start != nullptr ? options.start_iteration_count : options.iteration_count;
  progress.begin("topics.lda", iteration_count, "iterations");

  Tokens tokens = lda::index_tokens(documents);
  std::vector<Slot> slots = options.start != nullptr ? TRY(lda::draw_from_start(tokens, documents, births, options)) : draw_start(tokens, topic_count, options.seed);
  std::vector<double> alpha = start_alpha(options, topic_count);

  const bool exact = options.sampler == LdaSampler::gibbs ||
                     (options.sampler == LdaSampler::automatic && static_cast<double>(tokens.token_count) * topic_count <= kExactEvaluations);
  std::optional<lda::GibbsSampler> gibbs;
  std::optional<lda::WarpSampler> warp;
  if (exact) {
    gibbs.emplace(tokens, slots, topic_count);
  } else {
    warp.emplace(tokens, slots, topic_count, options.thread_count);
  }

  LdaResult result;
  const auto trace = [&](int iteration) { result.trace.push_back({iteration, lda::log_joint(tokens, slots, alpha, options.beta, options.thread_count)}); };
  if (options.trace_every > 0) trace(0);
  lda::TopicCounts word_sums, document_sums;
  int samples = 0;
  // A fit from nothing takes its samples in the last fifth: those before it are far from where it ends.
  const int sample_count = options.start != nullptr ? options.sample_count : std::min(options.sample_count, std::max(1, iteration_count / 10));
  const int burn_in = iteration_count / 5;
  for (int iteration = 1; iteration <= iteration_count; ++iteration) {
    TRY(progress.check());
    if (exact) {
      gibbs->sweep(alpha, options.beta, options.seed, iteration);
    } else {
      warp->sweep(alpha, options.beta, options.seed, iteration);
    }
    const int left = iteration_count - iteration;
    if (left % 2 == 0 && left / 2 < sample_count) {
      lda::add_word_counts(tokens, slots, topic_count, options.thread_count, word_sums);
      lda::add_document_counts(tokens, slots, topic_count, options.thread_count, document_sums);
      ++samples;
    }
    if (options.optimize_alpha && iteration >= burn_in && iteration % 10 == 0) lda::update_alpha(tokens, slots, options.thread_count, alpha);
    if (options.trace_every > 0 && (iteration % options.trace_every == 0 || left == 0)) trace(iteration);
    progress.advance();
  }

  // From here on the samples are summed and the sampler's state, the larger part of the memory, is not needed: renumber topics and scale.
  gibbs.reset();
  warp.reset();
  std::vector<Slot>().swap(slots);
  std::vector<std::uint32_t>().swap(tokens.positions);
  const std::vector<std::uint16_t> number = number_by_size(word_sums, topic_count);
  result.model = build_model(tokens, word_sums, samples, alpha, options.beta, number);
  word_sums = {};
  result.document_topics = build_document_topics(tokens, document_sums, samples, result.model, number, options);
  return result;
}

}  // namespace jianwei::analysis

// Rows of phi, renaming of words and topics, the largest shares of a document, and held-out perplexity by document completion.
#include "analysis/topics/topic_model.h"

#include <algorithm>
#include <cmath>
#include <tuple>
#include <utility>

#include "base/parallel.h"

namespace jianwei::analysis {
namespace {

constexpr std::int64_t kDocumentsPerBlock = 256;

Result<> check_columns(const TopicModel& model, const text::CountMatrix& documents) {
  if (documents.column_count != model.word_count) {
    return fail(ErrorKind::invalid_input, "the documents have {} words, the topic model {}: count them with the model's vocabulary", documents.column_count, model.word_count);
  }
  return {};
}

struct Completion {
  double log_likelihood = 0.0;
  std::int64_t token_count = 0;
};

// One document: tokens in column order, dealt by turns.
Completion complete_document(const TopicModel& model, std::span<const std::int32_t> words, std::span<const std::int32_t> counts) {
  const auto topics = static_cast<std::size_t>(model.topic_count);
  std::vector<std::int32_t> known(words.size(), 0);
  std::vector<std::int32_t> hidden(words.size(), 0);
  bool turn = false;
  for (std::size_t i = 0; i < words.size(); ++i) {
    for (std::int32_t copy = 0; copy < counts[i]; ++copy, turn = !turn) ++(turn ? hidden : known)[i];
  }
  std::vector<float> phi(words.size() * topics);
  for (std::size_t i = 0; i < words.size(); ++i) model.fill_word_row(words[i], {phi.data() + i * topics, topics});

  std::vector<double> theta(topics, 1.0 / static_cast<double>(topics));
  std::vector<double> next(topics);
  for (int step = 0; step < 30; ++step) {  // 30 as in the definition (docs/methods/lda.md)
    std::fill(next.begin(), next.end(), 0.0);
    double mass = 0.0;
    for (std::size_t i = 0; i < words.size(); ++i) {
      if (known[i] == 0) continue;
      const float* const row = phi.data() + i * topics;
      double sum = 0.0;
      for (std::size_t k = 0; k < topics; ++k) sum += theta[k] * row[k];
      const double scale = known[i] / sum;
      for (std::size_t k = 0; k < topics; ++k) next[k] += theta[k] * row[k] * scale;
      mass += known[i];
    }
    for (std::size_t k = 0; k < topics; ++k) theta[k] = next[k] / mass;
  }
  Completion result;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (hidden[i] == 0) continue;
    double p = 0.0;
    for (std::size_t k = 0; k < topics; ++k) p += theta[k] * phi[i * topics + k];
    result.log_likelihood += hidden[i] * std::log(p);
    result.token_count += hidden[i];
  }
  return result;
}

std::span<const std::int32_t> row_counts(const text::CountMatrix& matrix, std::int64_t r) {
  const auto begin = static_cast<std::size_t>(matrix.offsets[static_cast<std::size_t>(r)]);
  return {matrix.counts.data() + begin, static_cast<std::size_t>(matrix.offsets[static_cast<std::size_t>(r) + 1]) - begin};
}

}  // namespace

void TopicModel::fill_word_row(std::int32_t word, std::span<float> row) const {
  for (std::size_t k = 0; k < row.size(); ++k) row[k] = static_cast<float>(beta / (topic_tokens[k] + beta * word_count));
  for (auto e = static_cast<std::size_t>(word_offsets[static_cast<std::size_t>(word)]); e < static_cast<std::size_t>(word_offsets[static_cast<std::size_t>(word) + 1]); ++e) {
    const std::size_t k = topics[e];
    row[k] = static_cast<float>((counts[e] + beta) / (topic_tokens[k] + beta * word_count));
  }
}

double TopicModel::probability(std::int32_t word, std::int32_t topic) const {
  const auto first = topics.begin() + word_offsets[static_cast<std::size_t>(word)];
  const auto last = topics.begin() + word_offsets[static_cast<std::size_t>(word) + 1];
  const auto found = std::lower_bound(first, last, static_cast<std::uint16_t>(topic));
  const double count = found != last && *found == topic ? counts[static_cast<std::size_t>(found - topics.begin())] : 0.0;
  return (count + beta) / (topic_tokens[static_cast<std::size_t>(topic)] + beta * word_count);
}

TopicModel rename_words(const TopicModel& model, std::span<const std::int32_t> new_column, std::int32_t word_count) {
  TopicModel renamed;
  renamed.topic_count = model.topic_count;
  renamed.word_count = word_count;
  renamed.alpha = model.alpha;
  renamed.beta = model.beta;
  renamed.topic_tokens.assign(model.topic_tokens.size(), 0.0);
  std::vector<std::int32_t> word_of(static_cast<std::size_t>(word_count), -1);
  for (std::size_t w = 0; w < new_column.size(); ++w) {
    if (new_column[w] >= 0) word_of[static_cast<std::size_t>(new_column[w])] = static_cast<std::int32_t>(w);
  }
  for (const std::int32_t word : word_of) {
    if (word >= 0) {
      for (auto e = static_cast<std::size_t>(model.word_offsets[static_cast<std::size_t>(word)]); e < static_cast<std::size_t>(model.word_offsets[static_cast<std::size_t>(word) + 1]); ++e) {
        renamed.topics.push_back(model.topics[e]);
        renamed.counts.push_back(model.counts[e]);
        renamed.topic_tokens[model.topics[e]] += model.counts[e];
      }
    }
    renamed.word_offsets.push_back(static_cast<std::int64_t>(renamed.topics.size()));
  }
  return renamed;
}

TopicModel renumber_topics(const TopicModel& model, std::span<const std::int32_t> number) {
  TopicModel renumbered = model;
  for (std::size_t k = 0; k < number.size(); ++k) {
    renumbered.alpha[static_cast<std::size_t>(number[k])] = model.alpha[k];
    renumbered.topic_tokens[static_cast<std::size_t>(number[k])] = model.topic_tokens[k];
  }
  std::vector<std::pair<std::uint16_t, float>> row;
  for (std::size_t w = 0; w + 1 < model.word_offsets.size(); ++w) {
    const auto begin = static_cast<std::size_t>(model.word_offsets[w]);
    const auto end = static_cast<std::size_t>(model.word_offsets[w + 1]);
    row.clear();
    for (std::size_t e = begin; e < end; ++e) row.emplace_back(static_cast<std::uint16_t>(number[model.topics[e]]), model.counts[e]);
    std::sort(row.begin(), row.end());
    for (std::size_t e = begin; e < end; ++e) std::tie(renumbered.topics[e], renumbered.counts[e]) = row[e - begin];
  }
  return renumbered;
}

void append_top_shares(DocumentTopics& result, std::span<const float> shares, const ShareLimits& limits) {
  std::vector<std::int32_t> order;
  float largest = 0.0F;
  for (const float share : shares) largest = std::max(largest, share);
  for (std::size_t k = 0; k < shares.size(); ++k) {
    if (shares[k] > 0.0F && (shares[k] >= limits.min_share || shares[k] == largest)) order.push_back(static_cast<std::int32_t>(k));
  }
  std::sort(order.begin(), order.end(), [&](std::int32_t a, std::int32_t b) {
    const float share_a = shares[static_cast<std::size_t>(a)];
    const float share_b = shares[static_cast<std::size_t>(b)];
    return share_a != share_b ? share_a > share_b : a < b;
  });
  if (order.size() > static_cast<std::size_t>(std::max(1, limits.max_topics))) order.resize(static_cast<std::size_t>(std::max(1, limits.max_topics)));
  double sum = 0.0;
  for (const std::int32_t k : order) sum += shares[static_cast<std::size_t>(k)];
  for (const std::int32_t k : order) {
    result.topics.push_back(k);
    result.shares.push_back(static_cast<float>(shares[static_cast<std::size_t>(k)] / sum));
  }
  result.offsets.push_back(static_cast<std::int64_t>(result.topics.size()));
}

Result<double> completion_perplexity(const TopicModel& model, const text::CountMatrix& documents, int thread_count) {
  TRY(check_columns(model, documents));
  std::vector<Completion> parts(static_cast<std::size_t>((documents.row_count + kDocumentsPerBlock - 1) / kDocumentsPerBlock));
  parallel_blocks(documents.row_count, kDocumentsPerBlock, thread_count, [&](std::int64_t block, std::int64_t begin, std::int64_t end) {
    for (std::int64_t d = begin; d < end; ++d) {
      if (documents.row(d).empty()) continue;
      const Completion one = complete_document(model, documents.row(d), row_counts(documents, d));
      parts[static_cast<std::size_t>(block)].log_likelihood += one.log_likelihood;
      parts[static_cast<std::size_t>(block)].token_count += one.token_count;
    }
  });
  Completion total;
  for (const Completion& part : parts) {
    total.log_likelihood += part.log_likelihood;
    total.token_count += part.token_count;
  }
  if (total.token_count == 0) return fail(ErrorKind::invalid_input, "no held-out document has two tokens, so none can be completed");
  return std::exp(-total.log_likelihood / static_cast<double>(total.token_count));
}

}  // namespace jianwei::analysis

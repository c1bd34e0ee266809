// Fold-in by MAP-EM on short lists: each word keeps the few topics that can claim it, each document the few topics it can have.
//
//   theta_k ~ alpha_k + sum_w n_dw r_wk,   r_wk ~ theta_k phi_kw
// 1. A word's list holds the topics of its first responsibilities r_wk ~ alpha_k phi_kw, largest first, until they hold kListMass of them
//    (kListTopics at most). It is made once for the words that occur.
// 2. The first step is the sum of these responsibilities; the second weighs them by theta. The kWidth topics that gained most go on.
// 3. Their probabilities are laid out as a small matrix, words x width, and the remaining steps run over its rows, four lanes at a time.
//    and stop when the shares hardly move.
// A topic outside the small matrix keeps its alpha_k.
#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <numeric>

#include "analysis/topics/topic_model.h"
#include "base/parallel.h"

namespace jianwei::analysis {
namespace {

constexpr std::int64_t kDocumentsPerBlock = 256;
constexpr std::size_t kListTopics = 16;   // of a word; a word of more topics than these tells little about any
constexpr float kListMass = 0.98F;        // of the first responsibilities
constexpr std::size_t kWidth = 16;        // topics of a document after two steps; twice ShareLimits::max_topics
constexpr float kStill = 0.005F;          // shares that move by less in a step (Euclidean length) are the result
constexpr std::size_t kLanes = 4;

using Lanes = float __attribute__((vector_size(kLanes * sizeof(float))));

std::size_t at(std::int64_t i) { return static_cast<std::size_t>(i); }

// The lists of all words that occur in a matrix.
struct WordLists {
  struct Entry {
    float probability;         // n_kw / (n_k + V beta)
    std::int32_t topic;
  };
  struct Word {
    std::int64_t begin = 0;    // into entries
    std::int32_t size = -1;    // -1: the word has not occurred
    float scale = 0.0F;        // alpha_k * probability * scale is the responsibility under alpha; over the list they sum to 1
  };
  std::vector<Word> words;
  std::vector<Entry> entries;
};

WordLists make_lists(const TopicModel& model, const text::CountMatrix& documents) {
  WordLists lists;
  lists.words.resize(at(model.word_count));
  std::vector<double> scale(at(model.topic_count));
  for (std::size_t k = 0; k < scale.size(); ++k) scale[k] = 1.0 / (model.topic_tokens[k] + model.beta * model.word_count);
  std::vector<std::pair<float, WordLists::Entry>> row;  // first responsibility before scaling
  for (const std::int32_t number : documents.columns) {
    WordLists::Word& word = lists.words[at(number)];
    if (word.size >= 0) continue;
    row.clear();
    float sum = 0.0F;
    for (auto e = at(model.word_offsets[at(number)]); e < at(model.word_offsets[at(number) + 1]); ++e) {
      const auto probability = static_cast<float>(model.counts[e] * scale[model.topics[e]]);
      row.push_back({static_cast<float>(model.alpha[model.topics[e]]) * probability, {probability, model.topics[e]}});
      sum += row.back().first;
    }
    std::sort(row.begin(), row.end(), [](const auto& a, const auto& b) { return a.first != b.first ? a.first > b.first : a.second.topic < b.second.topic; });
    float kept = 0.0F;
    word.begin = std::ssize(lists.entries);
    word.size = 0;
    while (at(word.size) < std::min(row.size(), kListTopics) && kept < kListMass * sum) {
      kept += row[at(word.size)].first;
      lists.entries.push_back(row[at(word.size++)].second);
    }
    word.scale = kept > 0.0F ? 1.0F / kept : 0.0F;
  }
  return lists;
}

// One thread's working memory.
class FoldIn {
 public:
  FoldIn(const TopicModel& model, const WordLists& lists, const FoldInOptions& options)
      : lists_(lists), options_(options), alpha_(model.alpha.begin(), model.alpha.end()), alpha_sum_(std::accumulate(alpha_.begin(), alpha_.end(), 0.0F)), theta_(alpha_), place_(alpha_.size(), -1) {}

  // Shares of a document of these words, [topics], summing to 1.
  std::span<const float> infer(std::span<const std::int32_t> words, std::span<const std::int32_t> counts) {
    float total = alpha_sum_;
    for (const std::int32_t count : counts) total += static_cast<float>(count);
    first_steps(words, counts);
    choose_topics();
    if (options_.step_count > 2) steps_among_chosen(words, counts, total);
    float sum = 0.0F;
    shares_ = alpha_;
    for (std::size_t a = 0; a < width_; ++a) shares_[at(chosen_[a])] = small_[a];
    for (const float share : shares_) sum += share;
    for (float& share : shares_) share /= sum;
    return shares_;
  }

 private:
  std::span<const WordLists::Entry> list(std::int32_t word) const { return {lists_.entries.data() + lists_.words[at(word)].begin, at(lists_.words[at(word)].size)}; }

  // theta_ after one step from alpha and, where asked for, after a second.
  void first_steps(std::span<const std::int32_t> words, std::span<const std::int32_t> counts) {
    for (const std::int32_t k : touched_) theta_[at(k)] = alpha_[at(k)];
    touched_.clear();
    for (const std::int32_t word : words) __builtin_prefetch(&lists_.words[at(word)]);
    for (const std::int32_t word : words) {
      __builtin_prefetch(lists_.entries.data() + lists_.words[at(word)].begin);
      __builtin_prefetch(lists_.entries.data() + lists_.words[at(word)].begin + 8);
    }
    for (std::size_t i = 0; i < words.size(); ++i) {
      const float scale = static_cast<float>(counts[i]) * lists_.words[at(words[i])].scale;
      for (const WordLists::Entry& entry : list(words[i])) {
        if (place_[at(entry.topic)] < 0) {
          place_[at(entry.topic)] = 0;
          touched_.push_back(entry.topic);
        }
        theta_[at(entry.topic)] += alpha_[at(entry.topic)] * entry.probability * scale;
      }
    }
    for (const std::int32_t k : touched_) place_[at(k)] = -1;
    if (options_.step_count < 2) return;
    next_.resize(theta_.size());
    for (const std::int32_t k : touched_) next_[at(k)] = alpha_[at(k)];
    for (std::size_t i = 0; i < words.size(); ++i) {
      std::array<float, kListTopics> part{};
      const auto entries = list(words[i]);
      float sum = 0.0F;
      for (std::size_t e = 0; e < entries.size(); ++e) sum += part[e] = theta_[at(entries[e].topic)] * entries[e].probability;
      if (!(sum > 0.0F)) continue;  // a word without topics says nothing
      const float scale = static_cast<float>(counts[i]) / sum;
      for (std::size_t e = 0; e < entries.size(); ++e) next_[at(entries[e].topic)] += part[e] * scale;
    }
    for (const std::int32_t k : touched_) theta_[at(k)] = next_[at(k)];
  }

  // The topics that go on: those with the most above their alpha.
  void choose_topics() {
    const auto more = [&](std::int32_t a, std::int32_t b) {
      const float gain_a = theta_[at(a)] - alpha_[at(a)];
      const float gain_b = theta_[at(b)] - alpha_[at(b)];
      return gain_a != gain_b ? gain_a > gain_b : a < b;
    };
    width_ = std::min(kWidth, touched_.size());
    std::nth_element(touched_.begin(), touched_.begin() + static_cast<std::ptrdiff_t>(width_) - (width_ > 0), touched_.end(), more);
    std::sort(touched_.begin(), touched_.begin() + static_cast<std::ptrdiff_t>(width_));
    small_.fill(0.0F);
    small_alpha_.fill(0.0F);
    for (std::size_t a = 0; a < width_; ++a) {
      chosen_[a] = touched_[a];
      small_[a] = theta_[at(touched_[a])];
      small_alpha_[a] = alpha_[at(touched_[a])];
    }
  }

  void steps_among_chosen(std::span<const std::int32_t> words, std::span<const std::int32_t> counts, float total) {
    for (std::size_t a = 0; a < width_; ++a) place_[at(chosen_[a])] = static_cast<std::int32_t>(a);
    rows_.assign(words.size() * kWidth / kLanes, Lanes{});
    weights_.clear();
    std::size_t row = 0;
    for (std::size_t i = 0; i < words.size(); ++i) {
      float* const cells = reinterpret_cast<float*>(rows_.data()) + row * kWidth;
      bool any = false;
      for (const WordLists::Entry& entry : list(words[i])) {
        const std::int32_t a = place_[at(entry.topic)];
        if (a < 0) continue;
        cells[a] = entry.probability;
        any = true;
      }
      if (!any) continue;
      weights_.push_back(static_cast<float>(counts[i]));
      ++row;
    }
    for (std::size_t a = 0; a < width_; ++a) place_[at(chosen_[a])] = -1;
    constexpr std::size_t kParts = kWidth / kLanes;
    Lanes theta[kParts], alpha[kParts], next[kParts];
    std::memcpy(theta, small_.data(), sizeof theta);
    std::memcpy(alpha, small_alpha_.data(), sizeof alpha);
    const float still = (kStill * total) * (kStill * total);
    for (int step = 2; step < options_.step_count; ++step) {
      for (std::size_t p = 0; p < kParts; ++p) next[p] = alpha[p];
      for (std::size_t i = 0; i < row; ++i) {
        Lanes part[kParts];
        Lanes sum{};
        for (std::size_t p = 0; p < kParts; ++p) sum += part[p] = theta[p] * rows_[i * kParts + p];
        const float scale = weights_[i] / ((sum[0] + sum[1]) + (sum[2] + sum[3]));
        for (std::size_t p = 0; p < kParts; ++p) next[p] += part[p] * scale;
      }
      Lanes moved{};
      for (std::size_t p = 0; p < kParts; ++p) {
        const Lanes change = next[p] - theta[p];
        moved += change * change;
        theta[p] = next[p];
      }
      if ((moved[0] + moved[1]) + (moved[2] + moved[3]) < still) break;
    }
    std::memcpy(small_.data(), theta, sizeof theta);
  }

  const WordLists& lists_;
  const FoldInOptions& options_;
  std::vector<float> alpha_;                    // [topics]
  float alpha_sum_;
  std::vector<float> theta_, next_, shares_;    // [topics]
  std::vector<std::int32_t> place_;             // [topics] place among the chosen, -1 outside
  std::vector<std::int32_t> touched_;           // topics of any word's list
  std::array<std::int32_t, kWidth> chosen_{};
  alignas(16) std::array<float, kWidth> small_{}, small_alpha_{};  // [width] expected tokens plus alpha
  std::size_t width_ = 0;
  std::vector<Lanes> rows_;                     // [words][kWidth]
  std::vector<float> weights_;                  // [words]
};

}  // namespace

Result<DocumentTopics> fold_in(const TopicModel& model, const text::CountMatrix& documents, const FoldInOptions& options) {
  if (documents.column_count != model.word_count) {
    return fail(ErrorKind::invalid_input, "the documents have {} words, the topic model {}: count them with the model's vocabulary", documents.column_count, model.word_count);
  }
  const WordLists lists = make_lists(model, documents);
  std::vector<DocumentTopics> parts(static_cast<std::size_t>((documents.row_count + kDocumentsPerBlock - 1) / kDocumentsPerBlock));
  parallel_blocks(documents.row_count, kDocumentsPerBlock, options.thread_count, [&](std::int64_t block, std::int64_t begin, std::int64_t end) {
    FoldIn fold(model, lists, options);
    DocumentTopics& part = parts[static_cast<std::size_t>(block)];
    for (std::int64_t d = begin; d < end; ++d) {
      if (documents.row(d).empty()) {
        part.offsets.push_back(static_cast<std::int64_t>(part.topics.size()));
        continue;
      }
      const auto first = at(documents.offsets[at(d)]);
      append_top_shares(part, fold.infer(documents.row(d), {documents.counts.data() + first, documents.row(d).size()}), options.limits);
    }
  });
  DocumentTopics result;
  for (const DocumentTopics& part : parts) {
    const std::int64_t base = result.offsets.back();
    for (std::size_t d = 1; d < part.offsets.size(); ++d) result.offsets.push_back(base + part.offsets[d]);
    result.topics.insert(result.topics.end(), part.topics.begin(), part.topics.end());
    result.shares.insert(result.shares.end(), part.shares.begin(), part.shares.end());
  }
  return result;
}

}  // namespace jianwei::analysis

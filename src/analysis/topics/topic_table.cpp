#include "analysis/topics/topic_table.h"

#include <algorithm>
#include <cmath>

#include "analysis/topics/coherence.h"

namespace jianwei::analysis {
namespace {

std::vector<std::vector<TopicTerm>> collect_terms(const TopicModel& model, double lambda) {
  std::vector<std::vector<TopicTerm>> terms(static_cast<std::size_t>(model.topic_count));
  double tokens = 0.0;
  for (const double n : model.topic_tokens) tokens += n;
  std::vector<float> row(static_cast<std::size_t>(model.topic_count));
  for (std::int32_t word = 0; word < model.word_count; ++word) {
    const auto begin = static_cast<std::size_t>(model.word_offsets[static_cast<std::size_t>(word)]);
    const auto end = static_cast<std::size_t>(model.word_offsets[static_cast<std::size_t>(word) + 1]);
    double word_tokens = 0.0;
    for (std::size_t e = begin; e < end; ++e) word_tokens += model.counts[e];
    if (begin == end) continue;
    model.fill_word_row(word, row);
    double row_sum = 0.0;
    for (const float phi : row) row_sum += phi;
    for (std::size_t e = begin; e < end; ++e) {
      if (model.counts[e] < 1.0F) continue;
      const double phi = row[model.topics[e]];
      terms[model.topics[e]].push_back({word, phi, lambda * std::log(phi) + (1.0 - lambda) * std::log(phi * tokens / word_tokens), phi / row_sum});
    }
  }
  return terms;
}

std::vector<std::int32_t> first_words(const TopicRow& topic, std::int32_t count) {
  std::vector<std::int32_t> words;
  for (const TopicTerm& term : topic.terms) {
    if (static_cast<std::int32_t>(words.size()) == count) break;
    words.push_back(term.word);
  }
  return words;
}

}  // namespace

TopicTable describe_topics(const TopicModel& model, const DocumentTopics& document_topics, const text::CountMatrix& documents, const TopicTableOptions& options) {
  TopicTable table;
  table.topics.resize(static_cast<std::size_t>(model.topic_count));
  double tokens = 0.0;
  for (const double n : model.topic_tokens) tokens += n;
  std::vector<std::vector<TopicTerm>> terms = collect_terms(model, options.relevance_lambda);
  std::vector<std::vector<std::int32_t>> coherence_words, diversity_words;
  for (std::size_t k = 0; k < table.topics.size(); ++k) {
    TopicRow& topic = table.topics[k];
    const auto kept = static_cast<std::ptrdiff_t>(std::min<std::size_t>(terms[k].size(), static_cast<std::size_t>(options.term_count)));
    std::partial_sort(terms[k].begin(), terms[k].begin() + kept, terms[k].end(),
                      [](const TopicTerm& a, const TopicTerm& b) { return a.relevance != b.relevance ? a.relevance > b.relevance : a.word < b.word; });
    topic.terms.assign(terms[k].begin(), terms[k].begin() + kept);
    topic.token_share = model.topic_tokens[k] / tokens;
    coherence_words.push_back(first_words(topic, options.coherence_terms));
    diversity_words.push_back(first_words(topic, 25));
    for (std::size_t i = 0; i < coherence_words.back().size(); ++i) topic.exclusivity += topic.terms[i].exclusivity / static_cast<double>(coherence_words.back().size());
  }
  for (std::size_t e = 0; e < document_topics.topics.size(); ++e) {
    TopicRow& topic = table.topics[static_cast<std::size_t>(document_topics.topics[e])];
    topic.document_weight += document_topics.shares[e];
    ++topic.document_count;
  }
  const std::vector<double> npmi = npmi_coherence(documents, coherence_words, options.thread_count);
  for (std::size_t k = 0; k < table.topics.size(); ++k) table.topics[k].npmi = npmi[k];
  table.diversity = topic_diversity(diversity_words);
  return table;
}

}  // namespace jianwei::analysis

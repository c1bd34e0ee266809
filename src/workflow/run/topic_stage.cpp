// LDA sees the terms that can tell topics apart: not those in more than a tenth of the documents, nor the rarest.
#include "workflow/run/topic_stage.h"

#include <algorithm>

#include "analysis/topics/topic_table.h"

namespace jianwei::workflow {
namespace {

constexpr double kMaxTopicTermShare = 0.1;        // METHODS 1: df <= 0.1 D
constexpr std::int32_t kMaxTopicTerms = 60'000;   // the most frequent; the tail carries few tokens and two bytes of topic each
constexpr std::size_t kLabelTerms = 3;

}  // namespace

TopicWords keep_topic_terms(const std::vector<TermRow>& terms, const text::CountMatrix& counts) {
  const double limit = kMaxTopicTermShare * static_cast<double>(counts.row_count);
  std::vector<std::int32_t> column(terms.size(), -1);
  TopicWords words;
  for (std::size_t t = 0; t < terms.size() && words.terms.size() < kMaxTopicTerms; ++t) {
    // In tiny corpora a term in a tenth of the documents is still a term.
    if (terms[t].document_count > std::max(limit, 20.0)) continue;
    column[t] = static_cast<std::int32_t>(words.terms.size());
    words.terms.push_back(static_cast<std::int32_t>(t));
  }
  words.counts.row_count = counts.row_count;
  words.counts.column_count = static_cast<std::int64_t>(words.terms.size());
  words.counts.offsets = {0};
  words.counts.offsets.reserve(counts.offsets.size());
  for (std::int64_t d = 0; d < counts.row_count; ++d) {
    for (std::int64_t e = counts.offsets[static_cast<std::size_t>(d)]; e < counts.offsets[static_cast<std::size_t>(d) + 1]; ++e) {
      const std::int32_t kept = column[static_cast<std::size_t>(counts.columns[static_cast<std::size_t>(e)])];
      if (kept < 0) continue;
      words.counts.columns.push_back(kept);
      words.counts.counts.push_back(counts.counts[static_cast<std::size_t>(e)]);
    }
    words.counts.offsets.push_back(static_cast<std::int64_t>(words.counts.columns.size()));
  }
  return words;
}

analysis::LdaOptions lda_options(const Study& study) {
  analysis::LdaOptions options;
  options.topic_count = study.topic_count;
  options.iteration_count = study.topic_iterations;
  options.seed = study.seed;
  options.thread_count = study.thread_count;
  options.trace_every = 0;
  return options;
}

namespace {

// The first terms of a language that add something to those before: "robot" after "soft robot" does not.
std::string make_label(const TopicRow& topic, const std::vector<TermRow>& terms, bool chinese) {
  std::vector<std::string> parts;
  for (const auto& [term, weight] : topic.terms) {
    const TermRow& row = terms[static_cast<std::size_t>(term)];
    const std::string& name = chinese ? row.label_zh : row.label_en;
    if (name.empty()) continue;
    const bool repeats = std::any_of(parts.begin(), parts.end(), [&](const std::string& part) { return part.find(name) != std::string::npos || name.find(part) != std::string::npos; });
    if (!repeats) parts.push_back(name);
    if (parts.size() == kLabelTerms) break;
  }
  std::string label;
  for (const std::string& part : parts) label += (label.empty() ? "" : chinese ? "、" : ", ") + part;
  return label;
}

}  // namespace

Result<TopicStage> find_topics(const Study& study, const std::vector<TermRow>& terms, const text::CountMatrix& counts, Progress& progress) {
  TopicStage stage;
  const TopicWords words = keep_topic_terms(terms, counts);
  if (words.counts.columns.empty()) {
    stage.document_topics.offsets.assign(static_cast<std::size_t>(counts.row_count) + 1, 0);
    return stage;
  }

  analysis::LdaResult fitted = TRY(analysis::fit_lda(words.counts, lda_options(study), progress));

  analysis::TopicTableOptions table_options;
  table_options.thread_count = study.thread_count;
  const analysis::TopicTable table = analysis::describe_topics(fitted.model, fitted.document_topics, words.counts, table_options);

  // Topics are numbered by size: topic-1 is the largest.
  std::vector<std::size_t> order(table.topics.size());
  for (std::size_t k = 0; k < order.size(); ++k) order[k] = k;
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return table.topics[a].document_weight > table.topics[b].document_weight; });
  std::vector<std::int32_t> number(order.size());
  for (std::size_t i = 0; i < order.size(); ++i) {
    number[order[i]] = static_cast<std::int32_t>(i);
    const analysis::TopicRow& found = table.topics[order[i]];
    TopicRow topic;
    topic.id = fmt::format("topic-{}", i + 1);
    for (const analysis::TopicTerm& term : found.terms) topic.terms.emplace_back(words.terms[static_cast<std::size_t>(term.word)], term.probability);
    topic.label_zh = make_label(topic, terms, true);
    topic.label_en = make_label(topic, terms, false);
    if (topic.label_zh.empty()) topic.label_zh = topic.label_en;
    if (topic.label_en.empty()) topic.label_en = topic.label_zh;
    topic.document_weight = found.document_weight;
    topic.document_count = found.document_count;
    topic.npmi = found.npmi;
    topic.exclusivity = found.exclusivity;
    stage.topics.push_back(std::move(topic));
  }
  stage.document_topics = std::move(fitted.document_topics);
  for (std::int32_t& topic : stage.document_topics.topics) topic = number[static_cast<std::size_t>(topic)];
  stage.topic_diversity = table.diversity;
  return stage;
}

}  // namespace jianwei::workflow

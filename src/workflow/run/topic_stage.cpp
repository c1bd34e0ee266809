// LDA sees the terms that can tell topics apart: not those in more than a tenth of the documents, nor the rarest.
#include "workflow/run/topic_stage.h"

#include <algorithm>
#include <optional>
#include <unordered_map>

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
    if ((row.language == "zh") != chinese) continue;
    const bool repeats = std::any_of(parts.begin(), parts.end(), [&](const std::string& part) {
      return part.find(row.label) != std::string::npos || row.label.find(part) != std::string::npos;
    });
    if (!repeats) parts.push_back(row.label);
    if (parts.size() == kLabelTerms) break;
  }
  std::string label;
  for (const std::string& part : parts) label += (label.empty() ? "" : chinese ? "、" : ", ") + part;
  return label;
}

// The last model over this run's words, and its shares of this run's documents. Nothing when fewer than half of the documents are known, or when
// the study asks for fewer topics than the model has.
std::optional<analysis::LdaStart> start_from(const TopicState* last, const Study& study, std::span<const std::string> record_ids, std::span<const std::string> words) {
  if (last == nullptr || last->model.topic_count == 0 || (study.topic_count > 0 && study.topic_count != last->model.topic_count)) return std::nullopt;
  std::unordered_map<std::string_view, std::size_t> row_of;
  for (std::size_t d = 0; d < last->generation.record_ids.size(); ++d) row_of.emplace(last->generation.record_ids[d], d);
  analysis::LdaStart start;
  std::size_t known = 0;
  const analysis::DocumentTopics& shares = last->generation.documents;
  for (const std::string& id : record_ids) {
    if (const auto found = row_of.find(id); found != row_of.end()) {
      ++known;
      for (auto e = static_cast<std::size_t>(shares.offsets[found->second]); e < static_cast<std::size_t>(shares.offsets[found->second + 1]); ++e) {
        start.documents.topics.push_back(shares.topics[e]);
        start.documents.shares.push_back(shares.shares[e]);
      }
    }
    start.documents.offsets.push_back(static_cast<std::int64_t>(start.documents.topics.size()));
  }
  if (2 * known < record_ids.size()) return std::nullopt;
  std::unordered_map<std::string_view, std::int32_t> column_of;
  for (std::size_t w = 0; w < words.size(); ++w) column_of.emplace(words[w], static_cast<std::int32_t>(w));
  std::vector<std::int32_t> new_column(last->words.size(), -1);
  for (std::size_t w = 0; w < last->words.size(); ++w) {
    if (const auto found = column_of.find(last->words[w]); found != column_of.end()) new_column[w] = found->second;
  }
  start.model = analysis::rename_words(last->model, new_column, static_cast<std::int32_t>(words.size()));
  return start;
}

}  // namespace

Result<FoundTopics> find_topics(const Study& study, std::span<const std::string> record_ids, const std::vector<TermRow>& terms, const text::CountMatrix& counts, const TopicState* last,
                                Progress& progress) {
  FoundTopics found_topics;
  TopicStage& stage = found_topics.stage;
  const TopicWords words = keep_topic_terms(terms, counts);
  if (words.counts.columns.empty()) {
    stage.document_topics.offsets.assign(static_cast<std::size_t>(counts.row_count) + 1, 0);
    return found_topics;
  }

  for (const std::int32_t term : words.terms) found_topics.words.push_back(terms[static_cast<std::size_t>(term)].id);
  const std::optional<analysis::LdaStart> start = start_from(last, study, record_ids, found_topics.words);
  analysis::LdaOptions options = lda_options(study);
  if (start) options.start = &*start;
  found_topics.warm = start.has_value();
  analysis::LdaResult fitted = TRY(analysis::fit_lda(words.counts, options, progress));

  analysis::TopicTableOptions table_options;
  table_options.thread_count = study.thread_count;
  const analysis::TopicTable table = analysis::describe_topics(fitted.model, fitted.document_topics, words.counts, table_options);

  // Topics are listed by size; who is who is settled later (topic_lineage.h).
  std::vector<std::size_t> order(table.topics.size());
  for (std::size_t k = 0; k < order.size(); ++k) order[k] = k;
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return table.topics[a].document_weight > table.topics[b].document_weight; });
  std::vector<std::int32_t> number(order.size());
  for (std::size_t i = 0; i < order.size(); ++i) {
    number[order[i]] = static_cast<std::int32_t>(i);
    const analysis::TopicRow& found = table.topics[order[i]];
    TopicRow topic;
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
  found_topics.model = analysis::renumber_topics(fitted.model, number);
  return found_topics;
}

}  // namespace jianwei::workflow

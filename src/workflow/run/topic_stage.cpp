// Topics see the terms that can tell them apart: not those in more than a tenth of the documents, nor the rarest.
#include "workflow/run/topic_stage.h"

#include <algorithm>
#include <optional>
#include <unordered_map>

#include "analysis/topics/embedded_topics.h"
#include "analysis/topics/topic_table.h"
#include "base/strings.h"

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
  options.topic_count = std::max(study.topic_count, 0);
  options.iteration_count = study.topic_iterations;
  options.seed = study.seed;
  options.thread_count = study.thread_count;
  options.trace_every = 0;
  return options;
}

namespace {

// The first terms of a language that add something to those before: "robot" after "soft robot" does not.
std::string make_label(const std::vector<std::pair<std::int32_t, double>>& listed, const std::vector<TermRow>& terms, bool chinese) {
  std::vector<std::string> parts;
  for (const auto& [term, weight] : listed) {
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

// Labels of a topic, an area or a domain in both languages; one language stands in for the other.
template <class Row>
void give_labels(Row& row, const std::vector<std::pair<std::int32_t, double>>& listed, const std::vector<TermRow>& terms) {
  row.label_zh = make_label(listed, terms, true);
  row.label_en = make_label(listed, terms, false);
  if (row.label_zh.empty()) row.label_zh = row.label_en;
  if (row.label_en.empty()) row.label_en = row.label_zh;
}

// The terms of each group of documents by c-TF-IDF, each with its share of the group's tokens when the model tells it.
std::vector<std::vector<std::pair<std::int32_t, double>>> group_terms(const TopicWords& words, const std::vector<std::int32_t>& group, std::size_t count, std::int32_t limit) {
  std::vector<std::vector<std::pair<std::int32_t, double>>> listed;
  for (const auto& labels : analysis::label_groups(words.counts, group, static_cast<std::int32_t>(count), limit)) {
    auto& list = listed.emplace_back();
    for (const analysis::GroupTerm& term : labels) list.emplace_back(words.terms[static_cast<std::size_t>(term.word)], term.weight);
  }
  return listed;
}

std::vector<LevelRow> make_level(const char* kind, const std::vector<std::int32_t>& group, std::size_t count, const TopicWords& words, const std::vector<TermRow>& terms) {
  constexpr std::int32_t kListed = 12;
  std::vector<LevelRow> rows(count);
  const auto listed = group_terms(words, group, count, kListed);
  for (std::size_t i = 0; i < count; ++i) {
    rows[i].id = fmt::format("{}-{}", kind, i + 1);
    give_labels(rows[i], listed[i], terms);
  }
  for (const std::int32_t g : group) {
    if (g >= 0) ++rows[static_cast<std::size_t>(g)].document_count;
  }
  return rows;
}

// Areas and domains of embedded topics; `number` tells what became of each topic's number.
TopicLevels make_levels(const analysis::EmbeddedTopics& found, const std::vector<std::int32_t>& number, const TopicWords& words, const std::vector<TermRow>& terms) {
  TopicLevels levels;
  levels.topic_area.resize(found.topic_area.size());
  for (std::size_t k = 0; k < number.size(); ++k) levels.topic_area[static_cast<std::size_t>(number[k])] = found.topic_area[k];
  std::vector<std::int32_t> area, domain;
  for (const std::int32_t topic : found.document_topic) {
    levels.document_topic.push_back(topic < 0 ? -1 : number[static_cast<std::size_t>(topic)]);
    area.push_back(topic < 0 ? -1 : found.topic_area[static_cast<std::size_t>(topic)]);
    domain.push_back(topic < 0 ? -1 : found.area_domain[static_cast<std::size_t>(area.back())]);
  }
  levels.areas = make_level("area", area, static_cast<std::size_t>(found.area_count), words, terms);
  levels.domains = make_level("domain", domain, static_cast<std::size_t>(found.domain_count), words, terms);
  for (std::size_t i = 0; i < levels.areas.size(); ++i) levels.areas[i].parent = found.area_domain[i];
  levels.confidence = found.confidence;
  return levels;
}

// What either method gives.
struct Fit {
  analysis::TopicModel model;
  analysis::DocumentTopics documents;
  std::optional<analysis::EmbeddedTopics> embedded;
};

Result<Fit> fit_embedded(const Study& study, const text::CountMatrix& counts, const analysis::VectorTable* vectors, const analysis::EmbeddedStart* start, Progress& progress) {
  analysis::EmbeddedTopicOptions options;
  options.topic_count = study.topic_count;
  options.start = start;
  options.seed = study.seed;
  options.thread_count = study.thread_count;
  Fit fit;
  fit.embedded = vectors == nullptr ? TRY(analysis::fit_embedded_topics(counts, options, progress)) : TRY(analysis::group_documents(*vectors, counts, options, progress));
  fit.model = std::move(fit.embedded->model);
  fit.documents = std::move(fit.embedded->document_topics);
  return fit;
}

// Rows of the last run's documents among this run's, -1 for one it did not have. Empty when it had fewer than half of them.
std::vector<std::int64_t> known_rows(const TopicState* last, std::span<const std::string> record_ids) {
  if (last == nullptr) return {};
  std::unordered_map<std::string_view, std::int64_t> row_of;
  for (std::size_t d = 0; d < last->generation.record_ids.size(); ++d) row_of.emplace(last->generation.record_ids[d], static_cast<std::int64_t>(d));
  std::vector<std::int64_t> rows;
  std::size_t known = 0;
  for (const std::string& id : record_ids) {
    const auto found = row_of.find(id);
    rows.push_back(found == row_of.end() ? -1 : found->second);
    known += found != row_of.end() ? 1 : 0;
  }
  if (2 * known < record_ids.size()) rows.clear();
  return rows;
}

// Records that people moved, with the place of the topic they were moved to among those of the last run.
std::unordered_map<std::string_view, std::int32_t> held_places(const TopicState& last, const Study& study) {
  std::unordered_map<std::string_view, std::int32_t> held;
  for (const auto& [record, topic] : study.held) {
    const auto number = parse_int(std::string_view(topic).substr(topic.find('-') + 1));
    const auto place = std::find(last.generation.numbers.begin(), last.generation.numbers.end(), number.value_or(0));
    if (place != last.generation.numbers.end()) held.emplace(record, static_cast<std::int32_t>(place - last.generation.numbers.begin()));
  }
  return held;
}

// The last topics of this run's documents, each that of its largest share; of those that people moved, the one they were moved to. Nothing when fewer than half of them are known, or LDA made the last ones.
std::optional<analysis::EmbeddedStart> embedded_start(const TopicState* last, const Study& study, std::span<const std::string> record_ids) {
  const std::vector<std::int64_t> rows = known_rows(last, record_ids);
  if (rows.empty() || last->resolution <= 0.0) return std::nullopt;
  analysis::EmbeddedStart start;
  start.resolution = last->resolution;
  const analysis::DocumentTopics& shares = last->generation.documents;
  const std::unordered_map<std::string_view, std::int32_t> held = held_places(*last, study);
  for (std::size_t d = 0; d < rows.size(); ++d) {
    const std::int64_t row = rows[d];
    const auto kept = held.find(record_ids[d]);
    start.held.push_back(kept != held.end() ? 1 : 0);
    if (kept != held.end()) {
      start.document_topic.push_back(kept->second);
      continue;
    }
    const auto known = static_cast<std::size_t>(std::max<std::int64_t>(row, 0));
    const bool placed = row >= 0 && shares.offsets[known] < shares.offsets[known + 1];
    start.document_topic.push_back(placed ? shares.topics[static_cast<std::size_t>(shares.offsets[known])] : -1);
  }
  return start;
}

// The last model over this run's words, and its shares of this run's documents. Nothing when fewer than half of the documents are known, or when
// the study asks for fewer topics than the model has.
std::optional<analysis::LdaStart> start_from(const TopicState* last, const Study& study, std::span<const std::string> record_ids, std::span<const std::string> words) {
  const std::vector<std::int64_t> rows = known_rows(last, record_ids);
  if (rows.empty() || last->model.topic_count == 0 || (study.topic_count > 0 && study.topic_count != last->model.topic_count)) return std::nullopt;
  // Records that people moved start, and by the weight of the start stay, in the topic they were moved to.
  const std::unordered_map<std::string_view, std::int32_t> held = held_places(*last, study);
  analysis::LdaStart start;
  const analysis::DocumentTopics& shares = last->generation.documents;
  for (std::size_t d = 0; d < rows.size(); ++d) {
    const std::int64_t row = rows[d];
    if (const auto kept = held.find(record_ids[d]); kept != held.end()) {
      start.documents.topics.push_back(kept->second);
      start.documents.shares.push_back(1.0F);
    } else {
      for (std::int64_t e = row < 0 ? 0 : shares.offsets[static_cast<std::size_t>(row)]; row >= 0 && e < shares.offsets[static_cast<std::size_t>(row) + 1]; ++e) {
        start.documents.topics.push_back(shares.topics[static_cast<std::size_t>(e)]);
        start.documents.shares.push_back(shares.shares[static_cast<std::size_t>(e)]);
      }
    }
    start.documents.offsets.push_back(static_cast<std::int64_t>(start.documents.topics.size()));
  }
  std::unordered_map<std::string_view, std::int32_t> column_of;
  for (std::size_t w = 0; w < words.size(); ++w) column_of.emplace(words[w], static_cast<std::int32_t>(w));
  std::vector<std::int32_t> new_column(last->words.size(), -1);
  for (std::size_t w = 0; w < last->words.size(); ++w) {
    if (const auto found = column_of.find(last->words[w]); found != column_of.end()) new_column[w] = found->second;
  }
  start.model = analysis::rename_words(last->model, new_column, static_cast<std::int32_t>(words.size()));
  return start;
}

Result<analysis::TopicCountChoice> search_topic_count(const Study& study, const text::CountMatrix& counts, Progress& progress) {
  analysis::TopicCountOptions options;
  options.seed = study.seed;
  options.thread_count = study.thread_count;
  return analysis::choose_topic_count(counts, options, progress);
}

}  // namespace

void give_topic_labels(TopicRow& topic, const std::vector<TermRow>& terms) { give_labels(topic, topic.terms, terms); }

Result<analysis::TopicModel> fit_topic_model(const Study& study, const text::CountMatrix& counts, std::int64_t document_count, Progress& progress) {
  Study counted = study;
  if (counted.topic_count <= 0) counted.topic_count = analysis::default_topic_count(document_count);
  if (study.topic_method == TopicMethod::embedded) return TRY(fit_embedded(counted, counts, nullptr, nullptr, progress)).model;
  return TRY(analysis::fit_lda(counts, lda_options(counted), progress)).model;
}

Result<analysis::DocumentTopics> fit_document_topics(const Study& study, const text::CountMatrix& counts, const analysis::VectorTable* vectors, Progress& progress) {
  if (study.topic_method == TopicMethod::embedded) return TRY(fit_embedded(study, counts, vectors, nullptr, progress)).documents;
  return TRY(analysis::fit_lda(counts, lda_options(study), progress)).document_topics;
}

Result<FoundTopics> find_topics(const Study& study, std::span<const std::string> record_ids, const std::vector<TermRow>& terms, const text::CountMatrix& counts,
                                const analysis::VectorTable* vectors, const TopicState* last, Progress& progress) {
  FoundTopics found_topics;
  TopicStage& stage = found_topics.stage;
  const TopicWords words = keep_topic_terms(terms, counts);
  if (words.counts.columns.empty()) {
    stage.document_topics.offsets.assign(static_cast<std::size_t>(counts.row_count) + 1, 0);
    return found_topics;
  }

  for (const std::int32_t term : words.terms) found_topics.words.push_back(terms[static_cast<std::size_t>(term)].id);
  Fit fitted;
  if (study.topic_method == TopicMethod::embedded) {
    const std::optional<analysis::EmbeddedStart> start = embedded_start(last, study, record_ids);
    fitted = TRY(fit_embedded(study, words.counts, vectors, start ? &*start : nullptr, progress));
    found_topics.resolution = fitted.embedded->resolution;
    found_topics.warm = start.has_value();
  } else {
    const std::optional<analysis::LdaStart> start = start_from(last, study, record_ids, found_topics.words);
    analysis::LdaOptions options = lda_options(study);
    if (start) {
      options.start = &*start;
    } else if (study.topic_count == kSearchTopicCount) {
      stage.count_choice = TRY(search_topic_count(study, words.counts, progress));
      options.topic_count = stage.count_choice.topic_count;
    }
    found_topics.warm = start.has_value();
    analysis::LdaResult result = TRY(analysis::fit_lda(words.counts, options, progress));
    fitted.model = std::move(result.model);
    fitted.documents = std::move(result.document_topics);
  }

  analysis::TopicTableOptions table_options;
  table_options.thread_count = study.thread_count;
  const analysis::TopicTable table = analysis::describe_topics(fitted.model, fitted.documents, words.counts, table_options);

  std::vector<std::vector<std::pair<std::int32_t, double>>> labels;
  if (fitted.embedded) labels = group_terms(words, fitted.embedded->document_topic, table.topics.size(), table_options.term_count);

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
    give_labels(topic, labels.empty() ? topic.terms : labels[order[i]], terms);
    topic.document_weight = found.document_weight;
    topic.document_count = found.document_count;
    topic.npmi = found.npmi;
    topic.exclusivity = found.exclusivity;
    stage.topics.push_back(std::move(topic));
  }
  stage.document_topics = std::move(fitted.documents);
  for (std::int32_t& topic : stage.document_topics.topics) topic = number[static_cast<std::size_t>(topic)];
  stage.topic_diversity = table.diversity;
  if (fitted.embedded) stage.levels = make_levels(*fitted.embedded, number, words, terms);
  found_topics.model = analysis::renumber_topics(fitted.model, number);
  return found_topics;
}

}  // namespace jianwei::workflow

#include "workflow/items/item_study.h"

#include <algorithm>
#include <map>

#include "analysis/topics/embedded_topics.h"
#include "analysis/vectors/word_space.h"
#include "text/corpus.h"
#include "text/lexicon.h"

namespace jianwei::workflow {
namespace {

constexpr std::int32_t kLabelTerms = 8;
constexpr std::size_t kNameTerms = 3;

std::vector<text::DocumentText> as_documents(const std::vector<std::string>& texts, std::vector<std::string>& languages) {
  languages.reserve(texts.size());
  std::vector<text::DocumentText> documents;
  for (const std::string& content : texts) {
    languages.push_back(text::detect_language(content));
    documents.push_back({.title = content, .abstract = {}, .keywords = {}, .language = languages.back()});
  }
  return documents;
}

struct ItemVectors {
  analysis::VectorTable items, documents;   // documents: empty without a corpus
  text::CountMatrix counts;                 // items x terms
  std::vector<std::string> term_labels;
};

std::int64_t rows_with_terms(const text::CountMatrix& counts) {
  std::int64_t known = 0;
  for (std::int64_t i = 0; i < counts.row_count; ++i) known += counts.row(i).empty() ? 0 : 1;
  return known;
}

Result<ItemVectors> vectors_from_corpus(const text::CountMatrix& items, const StudyResult& corpus, const analysis::ItemClusterOptions& options, Progress& progress) {
  ItemVectors made;
  const text::CountMatrix documents = run_term_matrix(corpus);
  const analysis::WordSpace space = TRY(analysis::learn_word_space(documents, {.seed = options.seed, .thread_count = options.thread_count}, progress));
  made.items = TRY(analysis::place_documents(space, items, options.thread_count));
  made.documents = TRY(analysis::place_documents(space, documents, options.thread_count));
  made.counts = items;
  for (const TermRow& term : corpus.terms) made.term_labels.push_back(term.label);
  return made;
}

// Items x words: the words of at least two items and at most half of them, without those that are no term alone. Mining terms needs more text than a list has.
Result<text::CountMatrix> count_words(const text::TokenizedCorpus& tokens, std::vector<std::string>& labels) {
  const text::Lexicon* lexicon = TRY(text::lexicon());
  constexpr std::uint16_t kNoTerm = text::kFunctionWord | text::kBreakWord | text::kVague | text::kSolo | text::kNumber;
  std::vector<std::map<std::int32_t, std::int32_t>> rows(static_cast<std::size_t>(tokens.document_count()));
  std::vector<std::int64_t> items(tokens.tokens.size(), 0);
  for (std::int64_t d = 0; d < tokens.document_count(); ++d) {
    for (std::int64_t i = tokens.offsets[static_cast<std::size_t>(d)]; i < tokens.text_end(d); ++i) {
      const std::int32_t token = tokens.stream[static_cast<std::size_t>(i)];
      if (token >= 0 && rows[static_cast<std::size_t>(d)][token]++ == 0) ++items[static_cast<std::size_t>(token)];
    }
  }
  std::vector<std::int32_t> column(tokens.tokens.size(), -1);
  text::CountMatrix counts;
  for (std::size_t t = 0; t < column.size(); ++t) {
    const std::string& word = tokens.tokens[t];
    const bool number = std::all_of(word.begin(), word.end(), [](char c) { return (c >= '0' && c <= '9') || c == '.' || c == ','; });
    if (items[t] < 2 || 2 * items[t] > tokens.document_count() || word.size() < 2 || number || (lexicon->classes_of(word) & kNoTerm) != 0) continue;
    column[t] = static_cast<std::int32_t>(counts.column_count++);
    labels.push_back(tokens.surfaces[t]);
  }
  counts.row_count = tokens.document_count();
  counts.offsets = {0};
  for (const auto& row : rows) {
    for (const auto& [token, count] : row) {
      if (column[static_cast<std::size_t>(token)] < 0) continue;
      counts.columns.push_back(column[static_cast<std::size_t>(token)]);
      counts.counts.push_back(count);
    }
    counts.offsets.push_back(std::ssize(counts.columns));
  }
  return counts;
}

Result<ItemVectors> vectors_from_items(const ItemList& list, const analysis::ItemClusterOptions& options, Progress& progress) {
  std::vector<std::string> languages;
  const std::vector<text::DocumentText> documents = as_documents(list.texts, languages);
  const text::TokenizedCorpus tokens = TRY(text::tokenize(documents, {options.thread_count}, progress));
  ItemVectors made;
  made.counts = TRY(count_words(tokens, made.term_labels));
  if (made.counts.columns.empty()) return fail(ErrorKind::invalid_input, "{}: no two items share a word, and no corpus is given that knows half of them: name one of their field", list.file);
  // Few items carry few directions: a quarter of their number, up to what a corpus gets.
  const auto dimensions = static_cast<std::int32_t>(std::clamp<std::int64_t>(made.counts.row_count / 4, 2, 64));
  const analysis::WordSpace space = TRY(analysis::learn_word_space(made.counts, {.dimensions = dimensions, .seed = options.seed, .thread_count = options.thread_count}, progress));
  made.items = TRY(analysis::place_documents(space, made.counts, options.thread_count));
  return made;
}

// Items without a vector leave the list and the rows.
void set_unplaced_apart(ItemStudy& study, ItemVectors& vectors) {
  ItemList placed = study.list;
  placed.texts.clear();
  placed.lines.clear();
  placed.field.clear();
  ItemVectors kept;
  kept.items.dimensions = vectors.items.dimensions;
  kept.counts.column_count = vectors.counts.column_count;
  kept.counts.offsets = {0};
  for (std::size_t i = 0; i < study.list.texts.size(); ++i) {
    const std::span<const float> row = vectors.items.row(static_cast<std::int64_t>(i));
    if (std::all_of(row.begin(), row.end(), [](float x) { return x == 0.0F; })) {
      study.unplaced.push_back(study.list.texts[i]);
      continue;
    }
    placed.texts.push_back(study.list.texts[i]);
    placed.lines.push_back(study.list.lines[i]);
    if (!study.list.field.empty()) placed.field.push_back(study.list.field[i]);
    kept.items.values.insert(kept.items.values.end(), row.begin(), row.end());
    const std::span<const std::int32_t> terms = vectors.counts.row(static_cast<std::int64_t>(i));
    kept.counts.columns.insert(kept.counts.columns.end(), terms.begin(), terms.end());
    const auto first = vectors.counts.counts.begin() + vectors.counts.offsets[i];
    kept.counts.counts.insert(kept.counts.counts.end(), first, first + std::ssize(terms));
    kept.counts.offsets.push_back(std::ssize(kept.counts.columns));
  }
  kept.items.row_count = kept.counts.row_count = std::ssize(placed.texts);
  vectors.items = std::move(kept.items);
  vectors.counts = std::move(kept.counts);
  study.list = std::move(placed);
}

// The first terms that add something to those before; the central item when no term is known.
std::string name_of(const std::vector<std::string>& terms, const std::string& central) {
  std::vector<std::string> parts;
  for (const std::string& term : terms) {
    const bool repeats = std::any_of(parts.begin(), parts.end(), [&](const std::string& part) { return part.find(term) != std::string::npos || term.find(part) != std::string::npos; });
    if (!repeats) parts.push_back(term);
    if (parts.size() == kNameTerms) break;
  }
  std::string name;
  for (const std::string& part : parts) name += (name.empty() ? "" : ", ") + part;
  return name.empty() ? central : name;
}

void label_clusters(ItemStudy& study, const ItemVectors& vectors) {
  const auto count = static_cast<std::int32_t>(study.clustering.clusters.size());
  const auto labels = analysis::label_groups(vectors.counts, study.clustering.cluster, count, kLabelTerms);
  for (std::int32_t c = 0; c < count; ++c) {
    std::vector<std::string>& terms = study.terms.emplace_back();
    for (const analysis::GroupTerm& term : labels[static_cast<std::size_t>(c)]) terms.push_back(vectors.term_labels[static_cast<std::size_t>(term.word)]);
    study.labels.push_back(name_of(terms, study.list.texts[static_cast<std::size_t>(study.clustering.clusters[static_cast<std::size_t>(c)].central_item)]));
  }
}

}  // namespace

std::vector<std::int32_t> main_topics(const StudyResult& corpus) {
  std::vector<std::int32_t> topics;
  for (std::int64_t d = 0; d < corpus.document_topics.document_count(); ++d) {
    const auto first = static_cast<std::size_t>(corpus.document_topics.offsets[static_cast<std::size_t>(d)]);
    topics.push_back(first < static_cast<std::size_t>(corpus.document_topics.offsets[static_cast<std::size_t>(d) + 1]) ? corpus.document_topics.topics[first] : -1);
  }
  return topics;
}

text::CountMatrix run_term_matrix(const StudyResult& result) {
  text::CountMatrix by_term;
  const analysis::UnitDocuments& units = result.term_results.documents;
  by_term.row_count = units.unit_count();
  by_term.column_count = result.dataset.document_count();
  by_term.offsets = units.offsets;
  by_term.columns = units.documents;
  by_term.counts.assign(units.documents.size(), 1);
  return text::transpose(by_term);
}

Result<text::CountMatrix> count_run_terms(const std::vector<TermRow>& terms, const std::vector<std::string>& texts, int thread_count, Progress& progress) {
  // The terms' own spellings are tokenised with the texts, so that both are cut and folded alike.
  std::vector<std::string> all = texts;
  std::vector<std::pair<std::size_t, std::size_t>> spellings;  // of a term: [first, last) in all
  for (const TermRow& term : terms) {
    const std::size_t first = all.size();
    all.push_back(term.label);
    for (const std::string& form : term.forms) {
      if (form != term.label) all.push_back(form);
    }
    spellings.emplace_back(first, all.size());
  }
  std::vector<std::string> languages;
  const std::vector<text::DocumentText> documents = as_documents(all, languages);
  const text::TokenizedCorpus tokens = TRY(text::tokenize(documents, {thread_count}, progress));
  text::Vocabulary vocabulary;
  for (std::size_t t = 0; t < terms.size(); ++t) {
    text::Term& term = vocabulary.terms.emplace_back();
    term.label = terms[t].label;
    term.language = terms[t].language;
    for (std::size_t s = spellings[t].first; s < spellings[t].second; ++s) {
      std::vector<std::int32_t> sequence;
      for (std::int64_t i = tokens.offsets[s]; i < tokens.text_end(static_cast<std::int64_t>(s)); ++i) {
        if (tokens.stream[static_cast<std::size_t>(i)] >= 0) sequence.push_back(tokens.stream[static_cast<std::size_t>(i)]);
      }
      if (term.tokens.empty()) term.tokens = std::move(sequence);
      else if (!sequence.empty()) term.variants.push_back(std::move(sequence));
    }
  }
  const text::CountMatrix counted = text::count_terms(tokens, vocabulary, thread_count);
  text::CountMatrix counts;
  counts.row_count = std::ssize(texts);
  counts.column_count = counted.column_count;
  counts.offsets.assign(counted.offsets.begin(), counted.offsets.begin() + counts.row_count + 1);
  counts.columns.assign(counted.columns.begin(), counted.columns.begin() + counts.offsets.back());
  counts.counts.assign(counted.counts.begin(), counted.counts.begin() + counts.offsets.back());
  return counts;
}

Result<ItemStudy> study_items(ItemList list, const StudyResult* corpus, const analysis::ItemClusterOptions& options, Progress& progress) {
  ItemStudy study;
  study.list = std::move(list);
  study.linkage = options.linkage;
  study.seed = options.seed;
  ItemVectors vectors;
  if (corpus != nullptr) {
    const text::CountMatrix counts = TRY(count_run_terms(corpus->terms, study.list.texts, options.thread_count, progress));
    study.from_corpus = 2 * rows_with_terms(counts) >= counts.row_count;
    if (study.from_corpus) {
      vectors = TRY(vectors_from_corpus(counts, *corpus, options, progress));
    }
  }
  if (!study.from_corpus) vectors = TRY(vectors_from_items(study.list, options, progress));
  set_unplaced_apart(study, vectors);
  if (study.from_corpus) study.coverage = analysis::find_coverage(vectors.items, vectors.documents, main_topics(*corpus), static_cast<std::int32_t>(corpus->topics.size()));
  study.clustering = TRY(analysis::cluster_items(vectors.items, study.list.field, options, progress));
  label_clusters(study, vectors);
  return study;
}

}  // namespace jianwei::workflow

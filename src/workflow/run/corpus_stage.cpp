#include "workflow/run/corpus_stage.h"

#include "records/record_key.h"
#include "text/token_streams.h"
#include "workflow/cache.h"

namespace jianwei::text {

template <class A>
void archive(A& a, TokenStreams& v) {
  a(v.documents, v.offsets, v.text_ends, v.keyword_starts, v.stream, v.pieces, v.folded);
}

}  // namespace jianwei::text

namespace jianwei::workflow {

Result<text::TokenizedCorpus> tokenize_kept(const Workspace& workspace, std::span<const text::DocumentText> texts, int thread_count, Progress& progress) {
  const std::string version = fmt::format("tokens {:016x}", TRY(text::token_version()));
  text::TokenStreams kept;
  if (!read_cache(workspace, "tokens", version, kept)) kept = {};
  text::TokenizedCorpus corpus = TRY(text::tokenize(texts, {.thread_count = thread_count}, kept, progress));
  if (kept.cut_count > 0) write_cache(workspace, "tokens", version, kept);
  return corpus;
}

text::DomainWordOptions domain_word_options(const Study& study) {
  text::DomainWordOptions options;
  options.min_documents = study.terms.min_documents;
  options.thread_count = study.thread_count;
  return options;
}

std::vector<TermRow> make_term_rows(const text::Vocabulary& vocabulary) {
  std::vector<TermRow> rows;
  rows.reserve(vocabulary.terms.size());
  for (const text::Term& term : vocabulary.terms) {
    TermRow row;
    row.id = named_id("term", term.label);
    row.label = term.label;
    row.label_zh = term.label_zh;
    row.label_en = term.label_en;
    row.forms = term.forms;
    row.language = term.language;
    row.word_count = static_cast<std::int32_t>(term.tokens.size());
    row.document_count = term.document_count;
    row.termhood = term.termhood;
    rows.push_back(std::move(row));
  }
  return rows;
}

analysis::UnitDocuments documents_of_terms(const text::CountMatrix& counts) {
  text::CountMatrix by_term = text::transpose(counts);
  analysis::UnitDocuments units;
  units.offsets = std::move(by_term.offsets);
  units.documents = std::move(by_term.columns);
  units.weights.assign(units.documents.size(), 1.0F);
  return units;
}

analysis::UnitDocuments documents_of_topics(const analysis::DocumentTopics& topics, std::int32_t topic_count, float min_share) {
  analysis::UnitDocuments units;
  units.offsets.assign(static_cast<std::size_t>(topic_count) + 1, 0);
  const auto each = [&](const auto& use) {
    for (std::int64_t d = 0; d < topics.document_count(); ++d) {
      for (std::int64_t e = topics.offsets[static_cast<std::size_t>(d)]; e < topics.offsets[static_cast<std::size_t>(d) + 1]; ++e) {
        const auto entry = static_cast<std::size_t>(e);
        if (topics.shares[entry] >= min_share) use(static_cast<std::size_t>(topics.topics[entry]), static_cast<std::int32_t>(d), topics.shares[entry]);
      }
    }
  };
  each([&](std::size_t topic, std::int32_t, float) { ++units.offsets[topic + 1]; });
  for (std::size_t k = 1; k < units.offsets.size(); ++k) units.offsets[k] += units.offsets[k - 1];
  units.documents.resize(static_cast<std::size_t>(units.offsets.back()));
  units.weights.resize(units.documents.size());
  std::vector<std::int64_t> next(units.offsets.begin(), units.offsets.end() - 1);
  each([&](std::size_t topic, std::int32_t document, float share) {
    const auto place = static_cast<std::size_t>(next[topic]++);
    units.documents[place] = document;
    units.weights[place] = share;
  });
  return units;
}

std::vector<std::uint8_t> dated_until(const analysis::Dataset& dataset, std::int16_t year) {
  std::vector<std::uint8_t> flags(dataset.year.size());
  for (std::size_t d = 0; d < flags.size(); ++d) flags[d] = dataset.year[d] != 0 && dataset.year[d] <= year ? 1 : 0;
  return flags;
}

}  // namespace jianwei::workflow

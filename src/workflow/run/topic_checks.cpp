#include "workflow/run/topic_checks.h"

#include <algorithm>
#include <numeric>
#include <optional>

#include "analysis/topics/lda.h"
#include "analysis/topics/topic_quality.h"
#include "analysis/vectors/word_space.h"
#include "workflow/run/topic_stage.h"

namespace jianwei::workflow {
namespace {

constexpr double kSubsample = 0.9;

// The rows of documents that are not held become empty.
text::CountMatrix keep_rows(const text::CountMatrix& counts, const std::vector<std::uint8_t>& held) {
  text::CountMatrix kept;
  kept.row_count = counts.row_count;
  kept.column_count = counts.column_count;
  kept.offsets = {0};
  for (std::size_t d = 0; d < held.size(); ++d) {
    if (held[d] != 0) {
      kept.columns.insert(kept.columns.end(), counts.columns.begin() + counts.offsets[d], counts.columns.begin() + counts.offsets[d + 1]);
      kept.counts.insert(kept.counts.end(), counts.counts.begin() + counts.offsets[d], counts.counts.begin() + counts.offsets[d + 1]);
    }
    kept.offsets.push_back(std::ssize(kept.columns));
  }
  return kept;
}

// The same for vectors: rows of zeros.
analysis::VectorTable keep_rows(analysis::VectorTable vectors, const std::vector<std::uint8_t>& held) {
  for (std::size_t d = 0; d < held.size(); ++d) {
    if (held[d] == 0) std::ranges::fill(vectors.row(static_cast<std::int64_t>(d)), 0.0F);
  }
  return vectors;
}

double mean(const std::vector<double>& values) { return values.empty() ? 0.0 : std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size()); }

}  // namespace

Result<TopicQualitySheet> check_topics(const StudyResult& result, const text::CountMatrix& counts, const analysis::VectorTable* vectors, Progress& progress) {
  if (result.topics.empty()) return fail(ErrorKind::invalid_input, "run {} has no topics to check", result.run_id);
  const TopicWords words = keep_topic_terms(result.terms, counts);
  Study study = result.study;
  if (study.topic_count == kSearchTopicCount) study.topic_count = static_cast<std::int32_t>(result.topics.size());
  if (study.topic_count == 0) study.topic_count = analysis::default_topic_count(counts.row_count);
  const auto fit_again = [&](std::uint64_t seed, const text::CountMatrix& rows, const analysis::VectorTable* row_vectors) -> Result<std::vector<std::int32_t>> {
    study.seed = seed;
    return analysis::largest_topics(TRY(fit_document_topics(study, rows, row_vectors, progress)));
  };
  std::vector<analysis::OtherFit> by_seed, by_sample;
  for (std::uint64_t i = 1; i <= kQualityFits; ++i) {
    by_seed.push_back({TRY(fit_again(result.study.seed + i, words.counts, vectors)), {}});
    std::vector<std::uint8_t> held = analysis::draw_documents(counts.row_count, kSubsample, result.study.seed, i);
    const std::optional<analysis::VectorTable> held_vectors = vectors == nullptr ? std::nullopt : std::optional(keep_rows(*vectors, held));
    std::vector<std::int32_t> topic = TRY(fit_again(result.study.seed, keep_rows(words.counts, held), held_vectors ? &*held_vectors : nullptr));
    by_sample.push_back({std::move(topic), std::move(held)});
  }

  const std::vector<std::int32_t> own = analysis::largest_topics(result.document_topics);
  const auto topic_count = static_cast<std::int32_t>(result.topics.size());
  const std::vector<double> coverage = analysis::topic_coverage(own, topic_count);
  const analysis::FitAgreement seeds = analysis::compare_fits(own, topic_count, by_seed);
  const analysis::FitAgreement samples = analysis::compare_fits(own, topic_count, by_sample);
  TopicQualitySheet sheet;
  for (std::size_t k = 0; k < result.topics.size(); ++k) {
    sheet.topics.push_back({result.topics[k].npmi, result.topics[k].exclusivity, coverage[k], seeds.stability[k], samples.stability[k]});
    sheet.coverage += coverage[k];
  }
  sheet.diversity = result.topic_diversity;
  sheet.seed_rand = seeds.adjusted_rand;
  sheet.sample_rand = samples.adjusted_rand;
  return sheet;
}

products::Sheet to_sheet(const StudyResult& result, const TopicQualitySheet& quality) {
  products::Sheet sheet{"topics-quality", {"topic", "label_zh", "label_en", "documents", "npmi", "exclusivity", "coverage", "seed_stability", "sample_stability"}, {}};
  for (std::size_t k = 0; k < quality.topics.size(); ++k) {
    const TopicQualityRow& row = quality.topics[k];
    const TopicRow& topic = result.topics[k];
    sheet.rows.push_back({topic.id, topic.label_zh, topic.label_en, topic.document_count, row.npmi, row.exclusivity, row.coverage, row.seed_stability, row.sample_stability});
  }
  // The whole, in the same columns: agreement in place of stability.
  sheet.rows.push_back({std::string("all"), {}, {}, std::int64_t{result.dataset.document_count()}, {}, quality.diversity, quality.coverage, mean(quality.seed_rand), mean(quality.sample_rand)});
  return sheet;
}

Result<std::vector<analysis::TopicRelation>> find_topic_relations(const StudyResult& result, const text::CountMatrix& counts, Progress& progress) {
  if (result.topics.size() < 2) return fail(ErrorKind::invalid_input, "run {} has {} topics: relations need two", result.run_id, result.topics.size());
  const TopicWords words = keep_topic_terms(result.terms, counts);
  analysis::WordSpaceOptions options;
  options.seed = result.study.seed;
  options.thread_count = result.study.thread_count;
  const analysis::WordSpace space = TRY(analysis::learn_word_space(words.counts, options, progress));
  const analysis::VectorTable vectors = TRY(analysis::place_documents(space, words.counts, options.thread_count));
  return analysis::relate_topics(result.document_topics, static_cast<std::int32_t>(result.topics.size()), result.dataset.references, vectors, kTopicShare);
}

products::Sheet to_sheet(const StudyResult& result, const std::vector<analysis::TopicRelation>& relations) {
  products::Sheet sheet{"topics-relations",
                        {"topic_a", "topic_b", "label_a_zh", "label_b_zh", "label_a_en", "label_b_en", "strength", "shared_documents", "document_association", "citations_a_to_b", "citations_b_to_a",
                         "citation_association", "cosine", "example_record", "example_title", "assessment", "remark"},
                        {}};
  for (const analysis::TopicRelation& row : relations) {
    const TopicRow& a = result.topics[static_cast<std::size_t>(row.a)];
    const TopicRow& b = result.topics[static_cast<std::size_t>(row.b)];
    const auto example = static_cast<std::size_t>(std::max(row.example, 0));
    sheet.rows.push_back({a.id, b.id, a.label_zh, b.label_zh, a.label_en, b.label_en, row.strength, row.shared_documents, row.document_association, row.citations_ab, row.citations_ba,
                          row.citation_association, row.cosine, row.example < 0 ? std::string() : result.dataset.record_ids[example], row.example < 0 ? std::string() : result.titles[example], {}, {}});
  }
  return sheet;
}

products::Sheet topic_level_sheet(const StudyResult& result) {
  products::Sheet sheet{"topics-levels", {"id", "level", "parent", "label_zh", "label_en", "documents", "confidence"}, {}};
  const TopicLevels& levels = result.topic_levels;
  if (levels.empty()) return sheet;
  const std::size_t topic_count = result.topics.size();
  std::vector<double> confidence(topic_count, 0.0);
  std::vector<std::int64_t> placed(topic_count, 0);
  for (std::size_t d = 0; d < levels.document_topic.size(); ++d) {
    if (levels.document_topic[d] < 0) continue;
    confidence[static_cast<std::size_t>(levels.document_topic[d])] += static_cast<double>(levels.confidence[d]);
    ++placed[static_cast<std::size_t>(levels.document_topic[d])];
  }
  for (const LevelRow& domain : levels.domains) sheet.rows.push_back({domain.id, std::string("domain"), {}, domain.label_zh, domain.label_en, domain.document_count, {}});
  for (const LevelRow& area : levels.areas) {
    sheet.rows.push_back({area.id, std::string("area"), levels.domains[static_cast<std::size_t>(area.parent)].id, area.label_zh, area.label_en, area.document_count, {}});
  }
  for (std::size_t k = 0; k < topic_count; ++k) {
    const TopicRow& topic = result.topics[k];
    sheet.rows.push_back({topic.id, std::string("topic"), levels.areas[static_cast<std::size_t>(levels.topic_area[k])].id, topic.label_zh, topic.label_en, placed[k],
                          placed[k] > 0 ? confidence[k] / static_cast<double>(placed[k]) : 0.0});
  }
  return sheet;
}

}  // namespace jianwei::workflow

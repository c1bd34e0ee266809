#include "workflow/run/emergence_stage.h"

#include <algorithm>

#include "analysis/emergence/past.h"
#include "analysis/emergence/score.h"
#include "analysis/hindcast/hindcast.h"
#include "analysis/topics/lda.h"
#include "base/hash.h"
#include "records/unicode.h"
#include "workflow/run/corpus_stage.h"
#include "workflow/run/indicator_stage.h"
#include "workflow/run/nested_terms.h"
#include "workflow/run/topic_stage.h"

namespace jianwei::workflow {
namespace {

constexpr std::size_t kDefaultOrigins = 6;
constexpr std::size_t kMinCandidatesOfAll = 50;  // of a cut-off that was not named, when all are asked for: a tenth of fewer, in five bins, is no label
constexpr std::int64_t kMinHistoryYears = 5;
constexpr std::int64_t kMinHistoryDocuments = 500;
constexpr double kLanguageJump = 3.0;  // a language whose share of the records trebles between two windows entered the data, not the field

// "all": none named (first = 0), but a last one.
bool asks_for_all(const CutoffRange& cutoffs) { return cutoffs.first == 0 && cutoffs.last != 0; }

analysis::EmergenceOptions emergence_options(const Study& study) {
  analysis::EmergenceOptions options;
  options.features.horizon_years = study.horizon_years;
  options.features.thread_count = study.thread_count;
  return options;
}

std::string_view gate_key(analysis::Gate gate) {
  switch (gate) {
    case analysis::Gate::passed: return "";
    case analysis::Gate::too_few_documents: return "gate.too_few_documents";
    case analysis::Gate::too_common: return "gate.too_common";
    case analysis::Gate::unspecific: return "gate.unspecific";
  }
  return "";
}

std::string model_text(const analysis::EmergenceRanking& ranking) {
  std::string text = ranking.model;
  if (!ranking.training_origins.empty()) {
    const auto [first, last] = std::minmax_element(ranking.training_origins.begin(), ranking.training_origins.end());
    text += *first == *last ? fmt::format(", {}", *first) : fmt::format(", {}–{}", *first, *last);
  }
  if (!ranking.model_note.empty()) text += "; " + ranking.model_note;
  return text;
}

// Words of each term, for the ranking's features. [terms]
std::vector<std::int8_t> word_counts(const std::vector<TermRow>& terms) {
  std::vector<std::int8_t> words;
  words.reserve(terms.size());
  for (const TermRow& term : terms) words.push_back(static_cast<std::int8_t>(std::min(term.word_count, 100)));
  return words;
}

// [terms] set for terms of a language that only just entered the data: all of its words would look new at once.
std::vector<std::uint8_t> in_new_language(const analysis::Dataset& dataset, const std::vector<TermRow>& terms, std::int16_t until, std::int32_t horizon_years) {
  std::vector<std::int64_t> before(dataset.language_names.size(), 0), recent = before;
  std::int64_t all_before = 0, all_recent = 0;
  for (std::size_t d = 0; d < dataset.year.size(); ++d) {
    const auto language = static_cast<std::size_t>(dataset.language[d]);
    if (dataset.year[d] > until - horizon_years && dataset.year[d] <= until) {
      ++recent[language];
      ++all_recent;
    } else if (dataset.year[d] > until - 2 * horizon_years && dataset.year[d] <= until) {
      ++before[language];
      ++all_before;
    }
  }
  std::vector<std::uint8_t> jumped(recent.size(), 0);
  for (std::size_t l = 0; l < jumped.size(); ++l) {
    if (all_before == 0 || recent[l] == 0) continue;
    const double share_before = static_cast<double>(before[l]) / static_cast<double>(all_before);
    jumped[l] = static_cast<double>(recent[l]) / static_cast<double>(all_recent) > kLanguageJump * share_before ? 1 : 0;
  }
  std::vector<std::uint8_t> flags(terms.size(), 0);
  for (std::size_t t = 0; t < terms.size(); ++t) {
    const auto found = std::find(dataset.language_names.begin(), dataset.language_names.end(), terms[t].language);
    if (found != dataset.language_names.end()) flags[t] = jumped[static_cast<std::size_t>(found - dataset.language_names.begin())];
  }
  return flags;
}

// The units with those flagged left without documents: they are candidates no more, and no one's company.
analysis::UnitDocuments without(const analysis::UnitDocuments& units, const std::vector<std::uint8_t>& flags) {
  analysis::UnitDocuments kept;
  for (std::size_t u = 0; u < flags.size(); ++u) {
    if (flags[u] == 0) {
      kept.documents.insert(kept.documents.end(), units.documents.begin() + units.offsets[u], units.documents.begin() + units.offsets[u + 1]);
      kept.weights.insert(kept.weights.end(), units.weights.begin() + units.offsets[u], units.weights.begin() + units.offsets[u + 1]);
    }
    kept.offsets.push_back(static_cast<std::int64_t>(kept.documents.size()));
  }
  return kept;
}

// The terms of the past documents, counted in all.
Result<text::CountedVocabulary> past_terms(const text::TokenizedCorpus& all, const std::vector<std::uint8_t>& past, const Study& study, Progress& progress) {
  const std::optional<text::DomainCorpus> own = TRY(text::with_domain_words(all, past, domain_word_options(study), progress));
  if (!own) return text::mine_and_count_terms(all, {}, past, study.terms, progress);
  return text::mine_and_count_terms(own->tokens, own->words, past, study.terms, progress);
}

Result<analysis::HindcastUnits> term_units(const analysis::Dataset& dataset, std::int16_t cutoff, const text::TokenizedCorpus& all, const std::vector<std::uint8_t>& past, const Study& study, Progress& progress) {
  const text::CountedVocabulary found = TRY(past_terms(all, past, study, progress));
  const std::vector<TermRow> rows = make_term_rows(found.vocabulary);
  analysis::HindcastUnits units;
  units.units = without(documents_of_terms(found.counts), in_new_language(dataset, rows, cutoff, study.horizon_years));
  units.word_count = word_counts(rows);
  for (const TermRow& row : rows) {
    units.names.push_back(hash64(fold_case(row.label)));
    units.language.push_back(row.language == "zh" ? 1 : 0);
  }
  units.language_names = {"other", "zh"};
  return units;
}

// Topics fitted on the past alone; later documents are folded in with the topics fixed.
Result<analysis::HindcastUnits> topic_units(const text::TokenizedCorpus& all, const std::vector<std::uint8_t>& past, const Study& study, Progress& progress) {
  const text::CountedVocabulary found = TRY(past_terms(all, past, study, progress));
  const TopicWords words = keep_topic_terms(make_term_rows(found.vocabulary), found.counts);
  text::CountMatrix known = words.counts;
  known.columns.clear();
  known.counts.clear();
  for (std::size_t d = 0; d < past.size(); ++d) {
    if (past[d] != 0) {
      const auto begin = words.counts.offsets[d];
      const auto end = words.counts.offsets[d + 1];
      known.columns.insert(known.columns.end(), words.counts.columns.begin() + begin, words.counts.columns.begin() + end);
      known.counts.insert(known.counts.end(), words.counts.counts.begin() + begin, words.counts.counts.begin() + end);
    }
    known.offsets[d + 1] = static_cast<std::int64_t>(known.columns.size());
  }
  const analysis::TopicModel model = TRY(fit_topic_model(study, known, std::count(past.begin(), past.end(), std::uint8_t{1}), progress));
  analysis::FoldInOptions fold;
  fold.thread_count = study.thread_count;
  const analysis::DocumentTopics topics = TRY(analysis::fold_in(model, words.counts, fold));
  analysis::HindcastUnits units;
  units.units = documents_of_topics(topics, model.topic_count, kTopicShare);
  for (std::int32_t k = 0; k < model.topic_count; ++k) units.names.push_back(static_cast<std::uint64_t>(k));
  return units;
}

// Rising candidates that a longer rising one nearly always accompanies keep their rank; their gate keeps them out of the list of what rises.
void mark_nested(const analysis::Dataset& dataset, const Study& study, const std::vector<TermRow>& terms, std::int16_t until, UnitResults& units) {
  std::vector<std::uint8_t> rising(terms.size(), 0), recent(dataset.year.size(), 0);
  for (std::size_t t = 0; t < terms.size(); ++t) rising[t] = units.emergence[t].rank > 0 && is_rising(units.indicators[t].windows) ? 1 : 0;
  for (std::size_t d = 0; d < recent.size(); ++d) recent[d] = dataset.year[d] > until - study.horizon_years && dataset.year[d] <= until ? 1 : 0;
  for (const std::size_t t : nested_terms(terms, units.documents, rising, recent)) units.emergence[t].gate = "gate.nested";
}

// Sums of units x years over the years of `past`. [units]
std::vector<double> occurrences_in(const analysis::YearRange& past, const analysis::YearRange& years, std::span<const double> by_year) {
  std::vector<double> sums;
  const auto count = static_cast<std::size_t>(years.count());
  for (std::size_t row = 0; count > 0 && row + count <= by_year.size(); row += count) {
    double sum = 0.0;
    for (std::int16_t year = std::max(past.first, years.first); year <= std::min(past.last, years.last); ++year) sum += by_year[row + static_cast<std::size_t>(years.index(year))];
    sums.push_back(sum);
  }
  return sums;
}

}  // namespace

Result<> rank_units(const analysis::Dataset& dataset, const Study& study, const std::vector<TermRow>& terms, std::span<const double> occurrences, UnitResults& units, Progress& progress) {
  const auto until = static_cast<std::int16_t>(units.series.years.first + units.series.complete_years - 1);
  const std::vector<std::int8_t> words = word_counts(terms);
  const std::vector<std::uint8_t> excluded = in_new_language(dataset, terms, until, study.horizon_years);
  analysis::Past past = TRY(analysis::past_until(dataset, terms.empty() ? units.documents : without(units.documents, excluded), words, until));
  past.occurrences = occurrences_in(past.years, units.series.years, occurrences);
  const analysis::EmergenceRanking ranking = TRY(analysis::rank_emergence(past, emergence_options(study), progress));
  units.emergence.assign(static_cast<std::size_t>(units.documents.unit_count()), {});
  for (std::size_t u = 0; u < units.emergence.size(); ++u) {
    const analysis::UnitEmergence& scored = ranking.units[u];
    Emergence& row = units.emergence[u];
    row.score = scored.score;
    row.rank = static_cast<std::int32_t>(scored.candidate_rank);
    row.gate = !excluded.empty() && excluded[u] != 0 ? "gate.new_language" : gate_key(scored.gate);
    if (row.rank == 0) continue;  // the decomposition is kept of candidates only
    for (std::size_t f = 0; f < analysis::kFeatureCount; ++f) {
      row.components.push_back({std::string(analysis::feature_name(static_cast<analysis::Feature>(f))), ranking.features.raw[u][f], scored.contribution[f]});
    }
  }
  if (!terms.empty()) mark_nested(dataset, study, terms, until, units);
  units.emergence_model = model_text(ranking);
  return {};
}

std::vector<std::int16_t> choose_cutoffs(const analysis::Dataset& dataset, const Study& study, std::int16_t last_complete_year) {
  std::vector<std::int16_t> cutoffs;
  if (study.cutoffs.first != 0) {
    for (std::int16_t year = study.cutoffs.first; year <= study.cutoffs.last; year = static_cast<std::int16_t>(year + std::max<std::int16_t>(1, study.cutoffs.step))) cutoffs.push_back(year);
    return cutoffs;
  }
  const analysis::YearRange years = covered_years(dataset);
  for (std::int32_t year = last_complete_year - study.horizon_years; year >= years.first + kMinHistoryYears && (asks_for_all(study.cutoffs) || cutoffs.size() < kDefaultOrigins); --year) {
    const auto known = std::count_if(dataset.year.begin(), dataset.year.end(), [&](std::int16_t y) { return y != 0 && y <= year; });
    if (known < kMinHistoryDocuments) break;
    cutoffs.push_back(static_cast<std::int16_t>(year));
  }
  std::reverse(cutoffs.begin(), cutoffs.end());
  return cutoffs;
}

Result<std::string> run_hindcast(const analysis::Dataset& dataset, const text::TokenizedCorpus& corpus, const Study& study, Unit unit,
                                 const std::vector<std::int16_t>& cutoffs, Progress& progress) {
  analysis::HindcastOptions options;
  options.emergence = emergence_options(study);
  options.with_escore = study.emergence_escore;
  options.seed = study.seed;
  std::vector<analysis::OriginResult> origins;
  for (const std::int16_t cutoff : cutoffs) {
    const std::vector<std::uint8_t> past = dated_until(dataset, cutoff);
    analysis::HindcastUnits units = TRY(unit == Unit::term ? term_units(dataset, cutoff, corpus, past, study, progress) : topic_units(corpus, past, study, progress));
    units.cutoff = cutoff;
    Result<analysis::OriginResult> origin = analysis::evaluate_origin(dataset, units, options, progress);
    if (!origin && origin.error().kind == ErrorKind::invalid_input && study.cutoffs.first == 0) continue;  // we chose it, and it has no candidates
    if (!origin) return fail(origin.error().kind, "cut-off {}: {}", cutoff, origin.error().message);
    if (asks_for_all(study.cutoffs) && origin->labels.size() < kMinCandidatesOfAll) continue;
    origins.push_back(std::move(*origin));
  }
  if (origins.empty()) return std::string();
  progress.begin("hindcast", static_cast<std::int64_t>(origins.size()), "origins");
  return analysis::hindcast_json(analysis::pool_origins(std::move(origins), options), to_string(unit));
}

}  // namespace jianwei::workflow

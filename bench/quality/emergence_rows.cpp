// bench_emergence_rows WS OUT FIRST LAST [STEP] [HORIZON]: what the ranking sees at past cut-offs, for other programs to fit and to score.
//   OUT/rows-YEAR.tsv   a line a candidate of each origin: origin, label, label on counts as they are, documents before, name of the unit (of the cut-off only), features, baselines
// Origins are the cut-off itself (its outcome lies in the future of the ranking: for scoring only) and the earlier ones whose outcome was known then (for learning).
// The vocabulary is mined from documents up to the cut-off.
#include <fmt/format.h>

#include <cstdio>
#include <filesystem>
#include <string>

#include "analysis/emergence/score.h"
#include "analysis/hindcast/baselines.h"
#include "base/file.h"
#include "base/strings.h"
#include "workflow/documents.h"
#include "workflow/run/corpus_stage.h"
#include "workflow/workspace.h"

using namespace jianwei;

namespace {

// Counts as they stand in the files, not standardised by source.
analysis::Past as_counted(const analysis::Past& past) {
  analysis::Past raw = past;
  std::fill(raw.counts.begin(), raw.counts.end(), 0.0);
  const auto years = static_cast<std::size_t>(past.year_count());
  for (std::size_t u = 0; u + 1 < past.units.offsets.size(); ++u) {
    for (auto e = static_cast<std::size_t>(past.units.offsets[u]); e < static_cast<std::size_t>(past.units.offsets[u + 1]); ++e) {
      raw.counts[u * years + static_cast<std::size_t>(past.row_year[static_cast<std::size_t>(past.units.documents[e])])] += static_cast<double>(past.units.weights[e]);
    }
  }
  return raw;
}

analysis::Outcome outcome_of(const analysis::Past& known, const analysis::FeatureTable& table, std::int64_t h) {
  const std::int64_t t = table.year_index;
  std::vector<double> before, after;
  for (const std::int32_t c : table.candidates) {
    before.push_back(known.unit_sum(c, t - h + 1, t));
    after.push_back(known.unit_sum(c, t + 1, t + h));
  }
  return analysis::label_outcome(before, after, std::max(1.0, known.corpus_sum(t - h + 1, t)), std::max(1.0, known.corpus_sum(t + 1, t + h)), h, analysis::LabelKind::top_decile_by_size);
}

void add_rows(const analysis::Past& past, const analysis::Past& known, const analysis::Past& raw, const analysis::FeatureTable& table, std::int64_t h, const text::Vocabulary* names, std::string& text) {
  const analysis::Outcome outcome = outcome_of(known, table, h), as_it_is = outcome_of(raw, table, h);
  const std::vector<analysis::Baseline> baselines = analysis::score_baselines(past, table, h, {}, {});
  for (std::size_t i = 0; i < table.candidates.size(); ++i) {
    const auto u = static_cast<std::size_t>(table.candidates[i]);
    text += fmt::format("{}\t{}\t{}\t{}\t{}", past.years.first + table.year_index, outcome.label[i], as_it_is.label[i], table.base[u], names != nullptr ? names->terms[u].label : "");
    for (const float value : table.normal[u]) text += fmt::format("\t{:.4f}", value);
    for (const analysis::Baseline& baseline : baselines) text += fmt::format("\t{:.5g}", baseline.scores[i]);
    text += '\n';
  }
}

Result<> write_cutoff(const workflow::Documents& documents, const text::TokenizedCorpus& corpus, std::int16_t cutoff, std::int64_t h, const std::filesystem::path& out, Progress& progress) {
  const text::Vocabulary vocabulary = TRY(text::mine_terms(corpus, workflow::dated_until(documents.dataset, cutoff), {}, progress));
  const analysis::UnitDocuments units = workflow::documents_of_terms(text::count_terms(corpus, vocabulary, 0));
  std::vector<std::int8_t> words;
  for (const text::Term& term : vocabulary.terms) words.push_back(static_cast<std::int8_t>(term.tokens.size()));
  const analysis::Past past = TRY(analysis::past_until(documents.dataset, units, words, cutoff));
  const analysis::Past known = TRY(analysis::past_until(documents.dataset, units, words, static_cast<std::int16_t>(cutoff + h), past.years.first));
  const analysis::Past raw_past = as_counted(past), raw_known = as_counted(known);
  analysis::EmergenceOptions options;
  options.features.horizon_years = h;
  options.min_training_candidates = 20;
  analysis::FeatureOptions candidates = options.features;
  candidates.candidates_only = true;
  std::string text = "origin\tlabel\tlabel_raw\tbefore\tname";
  for (std::size_t f = 0; f < analysis::kFeatureCount; ++f) text += fmt::format("\t{}", analysis::feature_name(static_cast<analysis::Feature>(f)));
  const analysis::FeatureTable now = analysis::build_features(past, past.year_count() - 1, candidates);
  for (const analysis::Baseline& baseline : analysis::score_baselines(past, now, h, {}, {})) text += fmt::format("\tb_{}", baseline.name);
  text += '\n';
  add_rows(past, known, raw_known, now, h, &vocabulary, text);
  analysis::visit_earlier_origins(past, options, progress, [&](const analysis::FeatureTable& table, const analysis::Outcome&) { add_rows(past, past, raw_past, table, h, nullptr, text); });
  return write_file_atomically(out / fmt::format("rows-{}.tsv", cutoff), text);
}

Result<> write_all(int argument_count, char** arguments) {
  if (argument_count < 5) return fail(ErrorKind::invalid_input, "usage: bench_emergence_rows WS OUT FIRST LAST [STEP] [HORIZON]");
  const workflow::Workspace workspace = TRY(workflow::open_workspace(arguments[1]));
  Progress progress;
  const workflow::Documents documents = TRY(workflow::load_documents(workspace, {}, progress));
  const text::TokenizedCorpus corpus = TRY(text::tokenize(documents.texts, {}, progress));
  const std::filesystem::path out = arguments[2];
  std::filesystem::create_directories(out);
  const auto number = [&](int a, std::int64_t otherwise) { return argument_count > a ? parse_int(arguments[a]).value_or(otherwise) : otherwise; };
  for (auto year = number(3, 0); year <= number(4, 0); year += std::max<std::int64_t>(1, number(5, 1))) {
    TRY(write_cutoff(documents, corpus, static_cast<std::int16_t>(year), number(6, 3), out, progress));
  }
  return {};
}

}  // namespace

int main(int argument_count, char** arguments) {
  const auto done = write_all(argument_count, arguments);
  if (!done) fmt::print(stderr, "{}\n", done.error().message);
  return done ? 0 : 1;
}

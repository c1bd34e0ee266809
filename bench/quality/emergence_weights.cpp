// bench_emergence_weights NAME=WS:FIRST:LAST[:STEP]... : fits the default weights of the emergence score (analysis/emergence/score.cpp) and says what they are worth.
//
// At each cut-off the vocabulary is mined from documents up to it, features are read from the past alone, and labels come from the h = 3 years after. One logistic regression
// over all rows, each corpus with the same total weight, penalty 200 around 0; then kNeighbourBonus is added to the weight of `neighbours`: log loss counts the whole list, AUPRC its
// top, where pooled growth is worth more (chosen on these corpora, so the table below is a development figure). NAMEs that begin alike up to a dot (ml.icra, ml.nips) are relatives:
// the table scores each corpus with weights learned without it and its relatives. Prints the table and the lines of score.cpp.
#include <fmt/format.h>

#include <cstdio>
#include <map>
#include <string>

#include "analysis/emergence/logistic.h"
#include "analysis/emergence/score.h"
#include "analysis/hindcast/metrics.h"
#include "base/strings.h"
#include "workflow/documents.h"
#include "workflow/run/corpus_stage.h"
#include "workflow/workspace.h"

using namespace jianwei;

namespace {

constexpr double kPenalty = 200.0;
constexpr double kNeighbourBonus = 0.4;
constexpr std::int64_t kHorizon = 3;

struct Origin {
  std::string corpus;
  std::int16_t cutoff = 0;
  std::vector<std::array<float, analysis::kFeatureCount>> rows;
  std::vector<std::uint8_t> labels;
  analysis::TrainingRows past;  // earlier origins, known at the cut-off
};

Result<> add_origins(const std::string& name, const std::string& path, const std::vector<std::int16_t>& cutoffs, std::vector<Origin>& origins) {
  const workflow::Workspace workspace = TRY(workflow::open_workspace(path));
  Progress progress;
  const workflow::Documents documents = TRY(workflow::load_documents(workspace, {}, progress));
  const text::TokenizedCorpus corpus = TRY(text::tokenize(documents.texts, {}, progress));
  for (const std::int16_t cutoff : cutoffs) {
    const text::Vocabulary vocabulary = TRY(text::mine_terms(corpus, workflow::dated_until(documents.dataset, cutoff), {}, progress));
    const analysis::UnitDocuments units = workflow::documents_of_terms(text::count_terms(corpus, vocabulary, 0));
    std::vector<std::int8_t> words;
    for (const text::Term& term : vocabulary.terms) words.push_back(static_cast<std::int8_t>(term.tokens.size()));
    const analysis::Past past = TRY(analysis::past_until(documents.dataset, units, words, cutoff));
    const analysis::Past known = TRY(analysis::past_until(documents.dataset, units, words, static_cast<std::int16_t>(cutoff + kHorizon), past.years.first));
    analysis::FeatureOptions options;
    options.candidates_only = true;
    const std::int64_t now = past.year_count();
    const analysis::FeatureTable table = analysis::build_features(past, now - 1, options);
    if (table.candidates.size() < 50) continue;
    Origin origin{name, cutoff, {}, {}, {}};
    std::vector<double> before, after;
    for (const std::int32_t c : table.candidates) {
      origin.rows.push_back(table.normal[static_cast<std::size_t>(c)]);
      before.push_back(known.unit_sum(c, now - kHorizon, now - 1));
      after.push_back(known.unit_sum(c, now, now + kHorizon - 1));
    }
    const double corpus_before = known.corpus_sum(now - kHorizon, now - 1), corpus_after = known.corpus_sum(now, now + kHorizon - 1);
    if (corpus_after <= 0.0) continue;
    origin.labels = analysis::label_outcome(before, after, corpus_before, corpus_after, kHorizon, analysis::LabelKind::top_decile_by_size).label;
    analysis::visit_earlier_origins(past, {}, progress, [&](const analysis::FeatureTable& earlier, const analysis::Outcome& outcome) { analysis::add_training_rows(past, earlier, outcome, origin.past); });
    origins.push_back(std::move(origin));
  }
  return {};
}

std::string family(const std::string& name) { return name.substr(0, name.find('.')); }

// Each corpus with the weight of the mean corpus: rows are repeated by weighting the loss.
analysis::Weights fit(const std::vector<Origin>& origins, std::string_view without) {
  analysis::LogisticData data;
  std::map<std::string, double> rows;
  double total = 0.0;
  for (const Origin& origin : origins) {
    if (family(origin.corpus) == without) continue;
    rows[origin.corpus] += static_cast<double>(origin.rows.size());
    total += static_cast<double>(origin.rows.size());
  }
  for (const Origin& origin : origins) {
    if (family(origin.corpus) == without) continue;
    data.rows.insert(data.rows.end(), origin.rows.begin(), origin.rows.end());
    data.labels.insert(data.labels.end(), origin.labels.begin(), origin.labels.end());
    data.weights.insert(data.weights.end(), origin.rows.size(), total / static_cast<double>(rows.size()) / rows[origin.corpus]);
  }
  analysis::Weights weights = analysis::fit_logistic(data, {}, kPenalty);
  weights[static_cast<std::size_t>(analysis::Feature::neighbours)] += kNeighbourBonus;
  return weights;
}

double area(const Origin& origin, const analysis::Weights& weights) {
  std::vector<double> scores;
  for (const auto& row : origin.rows) {
    double sum = 0.0;
    for (std::size_t f = 0; f < row.size(); ++f) sum += weights[f] * static_cast<double>(row[f]);
    scores.push_back(sum);
  }
  return analysis::auprc(scores, origin.labels);
}

Result<> run(int argument_count, char** arguments) {
  std::vector<Origin> origins;
  std::vector<std::string> names;
  for (int a = 1; a < argument_count; ++a) {
    const std::string argument = arguments[a];
    const std::size_t equals = argument.find('=');
    const std::vector<std::string_view> parts = split(std::string_view(argument).substr(equals == std::string::npos ? 0 : equals + 1), ":");
    if (equals == std::string::npos || parts.size() < 3) return fail(ErrorKind::invalid_input, "\"{}\" is not NAME=WS:FIRST:LAST[:STEP]", argument);
    std::vector<std::int16_t> cutoffs;
    const std::int64_t step = parts.size() > 3 ? parse_int(parts[3]).value_or(1) : 1;
    for (std::int64_t year = parse_int(parts[1]).value_or(0); year <= parse_int(parts[2]).value_or(0); year += std::max<std::int64_t>(1, step)) cutoffs.push_back(static_cast<std::int16_t>(year));
    names.push_back(argument.substr(0, equals));
    TRY(add_origins(names.back(), std::string(parts[0]), cutoffs, origins));
  }
  constexpr double kStrengths[] = {100.0, 200.0, 500.0, 1000.0, 2000.0};
  fmt::print("corpus, AUPRC with weights of the others; adapted on its own past with strength 100, 200, 500, 1000, 2000\n");
  for (const std::string& name : names) {
    const analysis::Weights weights = fit(origins, family(name));
    double fixed = 0.0, adapted[std::size(kStrengths)] = {}, count = 0.0;
    for (const Origin& origin : origins) {
      if (origin.corpus != name) continue;
      count += 1.0;
      fixed += area(origin, weights);
      for (std::size_t s = 0; s < std::size(kStrengths); ++s) adapted[s] += area(origin, analysis::fit_logistic(origin.past.data, weights, kStrengths[s]));
    }
    fmt::print("{:12} {:2.0f} origins  {:.3f} ", name, count, fixed / count);
    for (const double sum : adapted) fmt::print(" {:.3f}", sum / count);
    fmt::print("\n");
  }
  fmt::print("the weights in use, adapted with 500, 1000, 2000\n");
  for (const std::string& name : names) {
    double sums[3] = {}, count = 0.0;
    for (const Origin& origin : origins) {
      if (origin.corpus != name) continue;
      count += 1.0;
      for (std::size_t s = 0; s < 3; ++s) sums[s] += area(origin, analysis::fit_logistic(origin.past.data, analysis::default_weights(), kStrengths[2 + s]));
    }
    fmt::print("{:12} {:.3f} {:.3f} {:.3f}\n", name, sums[0] / count, sums[1] / count, sums[2] / count);
  }
  const analysis::Weights weights = fit(origins, "");
  for (std::size_t f = 0; f < weights.size(); ++f) fmt::print("    {:.3f},   // {}\n", weights[f], analysis::feature_name(static_cast<analysis::Feature>(f)));
  return {};
}

}  // namespace

int main(int argument_count, char** arguments) {
  const auto done = run(argument_count, arguments);
  if (!done) fmt::print(stderr, "{}\n", done.error().message);
  return done ? 0 : 1;
}

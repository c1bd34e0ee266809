// One sampler serves the whole ladder, so that sizes are not told apart by how they were fitted: exact sampling when the largest size is quick.
#include "analysis/topics/topic_count.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "analysis/topics/lda.h"
#include "analysis/topics/topic_quality.h"
#include "analysis/topics/topic_table.h"

namespace jianwei::analysis {
namespace {

constexpr std::int64_t kFewestDocuments = 20;
constexpr double kFittedShare = 0.9;
constexpr double kExactEvaluations = 1e7;            // tokens * largest size of a sweep: some 0.05 s
constexpr std::uint64_t kSampleStream = 101, kHeldOutStream = 102;

Result<> check(const text::CountMatrix& documents, const TopicCountOptions& options) {
  if (documents.row_count < kFewestDocuments) return fail(ErrorKind::invalid_input, "{} documents are too few to choose a number of topics: give one (20 documents at least)", documents.row_count);
  if (options.sample_documents < kFewestDocuments) return fail(ErrorKind::invalid_input, "sample_documents is {}, expected at least {}", options.sample_documents, kFewestDocuments);
  if (options.seed_count < 1) return fail(ErrorKind::invalid_input, "seed_count is {}, expected at least 1", options.seed_count);
  if (!(options.tolerance >= 0.0) || !(options.npmi_tolerance >= 0.0)) return fail(ErrorKind::invalid_input, "a tolerance is below 0: {}, {}", options.tolerance, options.npmi_tolerance);
  if (!(options.fall_share >= 0.0 && options.fall_share <= 1.0)) return fail(ErrorKind::invalid_input, "fall_share is {}, expected 0 to 1", options.fall_share);
  for (std::size_t i = 0; i < options.ladder.size(); ++i) {
    const std::int32_t size = options.ladder[i];
    if (size < 2 || size > 65'535 || (i > 0 && size <= options.ladder[i - 1])) return fail(ErrorKind::invalid_input, "the ladder has {} at place {}, expected 2 to 65535, increasing", size, i + 1);
  }
  return {};
}

struct Sample {
  text::CountMatrix fitted, held_out;
};

void append_row(const text::CountMatrix& from, std::int64_t row, text::CountMatrix& to) {
  const auto begin = from.offsets[static_cast<std::size_t>(row)];
  const auto end = from.offsets[static_cast<std::size_t>(row) + 1];
  to.columns.insert(to.columns.end(), from.columns.begin() + begin, from.columns.begin() + end);
  to.counts.insert(to.counts.end(), from.counts.begin() + begin, from.counts.begin() + end);
  to.offsets.push_back(std::ssize(to.columns));
  ++to.row_count;
}

Sample draw_sample(const text::CountMatrix& documents, const TopicCountOptions& options) {
  const double share = std::min(1.0, static_cast<double>(options.sample_documents) / static_cast<double>(documents.row_count));
  std::vector<std::uint8_t> drawn(static_cast<std::size_t>(documents.row_count), 1);
  if (share < 1.0) drawn = draw_documents(documents.row_count, share, options.seed, kSampleStream);
  const std::vector<std::uint8_t> fitted = draw_documents(documents.row_count, kFittedShare, options.seed, kHeldOutStream);
  Sample sample;
  for (text::CountMatrix* part : {&sample.fitted, &sample.held_out}) {
    part->row_count = 0;
    part->column_count = documents.column_count;
    part->offsets = {0};
  }
  for (std::size_t d = 0; d < drawn.size(); ++d) {
    if (drawn[d] != 0) append_row(documents, static_cast<std::int64_t>(d), fitted[d] != 0 ? sample.fitted : sample.held_out);
  }
  return sample;
}

Result<TopicCountTrial> try_size(const Sample& sample, std::int32_t size, LdaSampler sampler, const TopicCountOptions& options, Progress& progress) {
  TopicCountTrial trial;
  trial.topic_count = size;
  LdaOptions fit_options;
  fit_options.topic_count = size;
  fit_options.iteration_count = options.iteration_count;
  fit_options.sampler = sampler;
  fit_options.trace_every = 0;
  fit_options.thread_count = options.thread_count;
  TopicTableOptions table_options;
  table_options.thread_count = options.thread_count;
  std::vector<std::vector<std::int32_t>> largest;
  int pairs = 0;
  for (int s = 0; s < options.seed_count; ++s) {
    fit_options.seed = options.seed + static_cast<std::uint64_t>(s);
    const LdaResult fit = TRY(fit_lda(sample.fitted, fit_options, progress));
    trial.perplexity += TRY(completion_perplexity(fit.model, sample.held_out, options.thread_count)) / options.seed_count;
    const TopicTable table = describe_topics(fit.model, fit.document_topics, sample.fitted, table_options);
    for (const TopicRow& topic : table.topics) trial.npmi += topic.npmi / size / options.seed_count;
    largest.push_back(largest_topics(fit.document_topics));
    for (int other = 0; other < s; ++other, ++pairs) {
      const OtherFit before{largest[static_cast<std::size_t>(other)], {}};
      trial.stability += compare_fits(largest.back(), size, {&before, 1}).adjusted_rand.front();
    }
  }
  if (pairs > 0) trial.stability /= pairs;
  return trial;
}

std::int32_t choose(std::vector<TopicCountTrial>& trials, const TopicCountOptions& options) {
  const auto [best, worst] = std::minmax_element(trials.begin(), trials.end(), [](const TopicCountTrial& a, const TopicCountTrial& b) { return a.perplexity < b.perplexity; });
  const double by_fall = worst->perplexity * std::pow(best->perplexity / worst->perplexity, options.fall_share);
  const double limit = std::max(by_fall, best->perplexity * (1.0 + options.tolerance));
  double highest = -1.0;
  for (TopicCountTrial& trial : trials) {
    trial.close = trial.perplexity <= limit;
    if (trial.close) highest = std::max(highest, trial.npmi);
  }
  const auto chosen = std::find_if(trials.begin(), trials.end(), [&](const TopicCountTrial& trial) { return trial.close && trial.npmi >= highest - options.npmi_tolerance; });
  return chosen->topic_count;
}

}  // namespace

std::vector<std::int32_t> topic_count_ladder(std::int64_t document_count) {
  std::vector<std::int32_t> ladder;
  for (const std::int32_t size : {5, 8, 12, 20, 30, 50, 80, 120, 200, 300}) {
    if (size * std::int64_t{10} <= document_count) ladder.push_back(size);
  }
  if (ladder.empty()) ladder.push_back(2);
  return ladder;
}

Result<TopicCountChoice> choose_topic_count(const text::CountMatrix& documents, const TopicCountOptions& options, Progress& progress) {
  TRY(check(documents, options));
  const Sample sample = draw_sample(documents, options);
  const std::vector<std::int32_t> ladder = options.ladder.empty() ? topic_count_ladder(sample.fitted.row_count) : options.ladder;
  const std::int64_t tokens = std::accumulate(sample.fitted.counts.begin(), sample.fitted.counts.end(), std::int64_t{0});
  const LdaSampler sampler = static_cast<double>(tokens) * ladder.back() <= kExactEvaluations ? LdaSampler::gibbs : LdaSampler::warp;
  TopicCountChoice choice;
  choice.fitted_documents = sample.fitted.row_count;
  choice.held_out_documents = sample.held_out.row_count;
  for (const std::int32_t size : ladder) choice.trials.push_back(TRY(try_size(sample, size, sampler, options, progress)));
  choice.topic_count = choose(choice.trials, options);
  return choice;
}

}  // namespace jianwei::analysis

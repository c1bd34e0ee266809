#include "analysis/topics/lda_start.h"

#include <algorithm>
#include <cmath>

#include "base/random.h"

namespace jianwei::analysis::lda {
namespace {

constexpr double kMinLikelihoodRatio = 50.0;
constexpr double kMinRateRatio = 3.0;
constexpr double kMinDocuments = 10.0;  // a topic of fewer is none

// 2 sum observed ln(observed / expected) of the table {with, without} x {new, old}.
double likelihood_ratio(double new_with, double new_all, double old_with, double old_all) {
  const double with = new_with + old_with;
  const double all = new_all + old_all;
  const auto part = [](double observed, double expected) { return observed > 0.0 ? observed * std::log(observed / expected) : 0.0; };
  return 2.0 * (part(new_with, with * new_all / all) + part(old_with, with * old_all / all) + part(new_all - new_with, (all - with) * new_all / all) +
                part(old_all - old_with, (all - with) * old_all / all));
}

// The documents that the start does not know; the rows of the others are empty.
text::CountMatrix unknown_rows(const text::CountMatrix& documents, const LdaStart& start) {
  text::CountMatrix rows;
  rows.row_count = documents.row_count;
  rows.column_count = documents.column_count;
  rows.offsets = {0};
  for (std::size_t d = 0; d < static_cast<std::size_t>(documents.row_count); ++d) {
    if (row_topics(start.documents, d).empty()) {
      rows.columns.insert(rows.columns.end(), documents.columns.begin() + documents.offsets[d], documents.columns.begin() + documents.offsets[d + 1]);
      rows.counts.insert(rows.counts.end(), documents.counts.begin() + documents.offsets[d], documents.counts.begin() + documents.offsets[d + 1]);
    }
    rows.offsets.push_back(std::ssize(rows.columns));
  }
  return rows;
}

}  // namespace

std::vector<std::vector<std::int64_t>> find_births(const text::CountMatrix& documents, const LdaStart& start, std::int32_t topic_count) {
  const std::int32_t wanted = topic_count > 0 ? topic_count - start.model.topic_count : 1 + start.model.topic_count / 20;
  std::vector<std::int64_t> fresh;
  std::vector<double> old_with(static_cast<std::size_t>(documents.column_count), 0.0);
  double old_all = 0.0;
  for (std::int64_t d = 0; d < documents.row_count; ++d) {
    if (row_topics(start.documents, static_cast<std::size_t>(d)).empty()) {
      fresh.push_back(d);
      continue;
    }
    ++old_all;
    for (const std::int32_t word : documents.row(d)) ++old_with[static_cast<std::size_t>(word)];
  }
  std::vector<std::vector<std::int64_t>> births;
  if (old_all == 0.0) return births;
  while (static_cast<std::int32_t>(births.size()) < wanted) {
    std::vector<double> new_with(old_with.size(), 0.0);
    for (const std::int64_t d : fresh) {
      for (const std::int32_t word : documents.row(d)) ++new_with[static_cast<std::size_t>(word)];
    }
    const auto new_all = static_cast<double>(fresh.size());
    std::int32_t best = -1;
    double best_ratio = kMinLikelihoodRatio;
    for (std::size_t w = 0; w < new_with.size(); ++w) {
      if (new_with[w] < kMinDocuments || new_with[w] * old_all < kMinRateRatio * old_with[w] * new_all) continue;
      const double ratio = likelihood_ratio(new_with[w], new_all, old_with[w], old_all);
      if (ratio > best_ratio) {
        best_ratio = ratio;
        best = static_cast<std::int32_t>(w);
      }
    }
    if (best < 0) break;
    std::vector<std::int64_t> holders, rest;
    for (const std::int64_t d : fresh) {
      const std::span<const std::int32_t> words = documents.row(d);
      (std::find(words.begin(), words.end(), best) != words.end() ? holders : rest).push_back(d);
    }
    births.push_back(std::move(holders));
    fresh = std::move(rest);
  }
  return births;
}

Result<std::vector<Slot>> draw_from_start(const Tokens& tokens, const text::CountMatrix& documents, const std::vector<std::vector<std::int64_t>>& births, const LdaOptions& options) {
  const LdaStart& start = *options.start;
  FoldInOptions fold;
  fold.limits = options.limits;
  fold.thread_count = options.thread_count;
  const DocumentTopics inferred = TRY(fold_in(start.model, unknown_rows(documents, start), fold));
  std::vector<std::int32_t> birth_of(static_cast<std::size_t>(documents.row_count), -1);
  for (std::size_t b = 0; b < births.size(); ++b) {
    for (const std::int64_t d : births[b]) birth_of[static_cast<std::size_t>(d)] = start.model.topic_count + static_cast<std::int32_t>(b);
  }
  std::vector<Slot> slots(static_cast<std::size_t>(tokens.token_count));
  Random random(options.seed, ~std::uint64_t{1});
  std::vector<double> running;
  for (std::size_t d = 0; d < static_cast<std::size_t>(documents.row_count); ++d) {
    const DocumentTopics& source = row_topics(start.documents, d).empty() ? inferred : start.documents;
    const std::span<const std::int32_t> topics = row_topics(source, d);
    const std::span<const float> shares = row_shares(source, d);
    running.resize(topics.size());
    auto position = static_cast<std::size_t>(tokens.document_offsets[d]);
    for (auto e = static_cast<std::size_t>(documents.offsets[d]); e < static_cast<std::size_t>(documents.offsets[d + 1]); ++e) {
      double sum = 0.0;
      for (std::size_t i = 0; i < topics.size(); ++i) running[i] = sum += static_cast<double>(shares[i]) * start.model.probability(documents.columns[e], topics[i]);
      for (std::int32_t copy = 0; copy < documents.counts[e]; ++copy, ++position) {
        const auto chosen = static_cast<std::size_t>(std::upper_bound(running.begin(), running.end(), random.uniform() * sum) - running.begin());
        auto k = static_cast<std::uint16_t>(topics[std::min(chosen, topics.size() - 1)]);
        if (birth_of[d] >= 0 && random.below(2) == 0) k = static_cast<std::uint16_t>(birth_of[d]);
        slots[tokens.positions[position]] = {k, k};
      }
    }
  }
  return slots;
}

}  // namespace jianwei::analysis::lda

// bench_topics GOLD.tsv [--raw] [--topics K] [--seeds N]: LDA and embedded topics against the labels people gave. Lines "text<TAB>split<TAB>label".
//
// The words of the texts are taken as they stand (the sets are pre-processed), those of fewer than three documents left out; with --raw they are mined as in a run. For each method and seed prints NMI (mutual information over
// the mean entropy), purity, adjusted Rand index, mean NPMI of ten label words, diversity, topics found and seconds. A document counts for its largest topic.
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <map>
#include <numeric>
#include <string>
#include <unordered_map>
#include <vector>

#include "analysis/clusters/leiden.h"
#include "analysis/topics/coherence.h"
#include "analysis/topics/embedded_topics.h"
#include "analysis/topics/lda.h"
#include "analysis/topics/topic_table.h"
#include "base/file.h"
#include "base/strings.h"

using namespace jianwei;

namespace {

struct Gold {
  text::CountMatrix documents;
  std::vector<std::int32_t> labels;
};

constexpr std::int32_t kMinDocuments = 3;

Result<Gold> read_gold(const std::string& path) {
  const std::string content = TRY(read_file(path));
  Gold gold;
  std::unordered_map<std::string, std::int32_t> words, names;
  std::vector<std::map<std::int32_t, std::int32_t>> rows;
  std::vector<std::int32_t> document_count;
  for (const std::string_view line : split(content, "\n")) {
    const std::vector<std::string_view> cells = split(line, "\t");
    if (cells.size() < 3) continue;
    std::map<std::int32_t, std::int32_t>& row = rows.emplace_back();
    for (const std::string& word : split_trimmed(cells[0], " ")) ++row[words.try_emplace(word, static_cast<std::int32_t>(words.size())).first->second];
    document_count.resize(words.size());
    for (const auto& [word, count] : row) ++document_count[static_cast<std::size_t>(word)];
    gold.labels.push_back(names.try_emplace(std::string(cells[2]), static_cast<std::int32_t>(names.size())).first->second);
  }
  std::vector<std::int32_t> column(words.size(), -1);
  std::int32_t next = 0;
  for (std::size_t w = 0; w < column.size(); ++w) {
    if (document_count[w] >= kMinDocuments) column[w] = next++;
  }
  gold.documents.offsets = {0};
  for (const auto& row : rows) {
    for (const auto& [word, count] : row) {
      if (column[static_cast<std::size_t>(word)] < 0) continue;
      gold.documents.columns.push_back(column[static_cast<std::size_t>(word)]);
      gold.documents.counts.push_back(count);
    }
    gold.documents.offsets.push_back(static_cast<std::int64_t>(gold.documents.columns.size()));
  }
  gold.documents.row_count = static_cast<std::int64_t>(rows.size());
  gold.documents.column_count = next;
  return gold;
}

// The texts go through tokens and mined terms, as a run does; terms in more than a tenth of the texts are left out.
Result<Gold> read_raw(const std::string& path) {
  const std::string content = TRY(read_file(path));
  Gold gold;
  std::unordered_map<std::string, std::int32_t> names;
  std::vector<text::DocumentText> texts;
  std::vector<std::string> languages;
  for (const std::string_view line : split(content, "\n")) {
    const std::vector<std::string_view> cells = split(line, "\t");
    if (cells.size() < 3) continue;
    texts.push_back({.title = cells[0], .abstract = {}, .keywords = {}, .language = {}});
    languages.push_back(text::detect_language(cells[0]));
    gold.labels.push_back(names.try_emplace(std::string(cells[2]), static_cast<std::int32_t>(names.size())).first->second);
  }
  for (std::size_t i = 0; i < texts.size(); ++i) texts[i].language = languages[i];
  Progress progress;
  const text::TokenizedCorpus tokens = TRY(text::tokenize(texts, {}, progress));
  text::TermOptions options;
  options.max_document_share = 0.1;
  gold.documents = text::count_terms(tokens, TRY(text::mine_terms(tokens, {}, options, progress)), 0);
  return gold;
}

struct Agreement {
  double nmi = 0.0, purity = 0.0, rand_index = 0.0;
};

// Documents without a topic count as a cluster of their own kind.
Agreement compare(const std::vector<std::int32_t>& found, const std::vector<std::int32_t>& gold) {
  std::map<std::pair<std::int32_t, std::int32_t>, double> joint;
  std::map<std::int32_t, double> a, b, best;
  for (std::size_t i = 0; i < found.size(); ++i) {
    joint[{found[i], gold[i]}] += 1;
    a[found[i]] += 1;
    b[gold[i]] += 1;
  }
  const auto n = static_cast<double>(found.size());
  double information = 0, entropy_a = 0, entropy_b = 0, hits = 0;
  for (const auto& [pair, count] : joint) {
    information += count / n * std::log(count * n / (a[pair.first] * b[pair.second]));
    best[pair.first] = std::max(best[pair.first], count);
  }
  for (const auto& [key, count] : a) entropy_a -= count / n * std::log(count / n);
  for (const auto& [key, count] : b) entropy_b -= count / n * std::log(count / n);
  for (const auto& [key, count] : best) hits += count;
  return {2 * information / (entropy_a + entropy_b), hits / n, analysis::adjusted_rand_index(found, gold)};
}

void print_row(const char* method, std::uint64_t seed, const Gold& gold, const std::vector<std::int32_t>& found, std::span<const std::vector<std::int32_t>> words, std::int32_t topics, double seconds) {
  const Agreement agreement = compare(found, gold.labels);
  const std::vector<double> npmi = analysis::npmi_coherence(gold.documents, words, 0);
  fmt::print("{:<16} seed {} topics {:>4}  NMI {:.3f}  purity {:.3f}  ARI {:.3f}  NPMI {:.3f}  diversity {:.3f}  {:.2f} s\n", method, seed, topics, agreement.nmi, agreement.purity, agreement.rand_index,
             std::accumulate(npmi.begin(), npmi.end(), 0.0) / static_cast<double>(std::max<std::size_t>(1, npmi.size())), analysis::topic_diversity(words), seconds);
}

std::vector<std::int32_t> largest_topics(const analysis::DocumentTopics& topics) {
  std::vector<std::int32_t> largest;
  for (std::int64_t d = 0; d < topics.document_count(); ++d) {
    const std::int64_t first = topics.offsets[static_cast<std::size_t>(d)];
    largest.push_back(first < topics.offsets[static_cast<std::size_t>(d) + 1] ? topics.topics[static_cast<std::size_t>(first)] : -1);
  }
  return largest;
}

// Ten words of each topic by relevance, the same rule for both methods.
std::vector<std::vector<std::int32_t>> relevant_words(const analysis::TopicModel& model, const analysis::DocumentTopics& topics, const Gold& gold) {
  std::vector<std::vector<std::int32_t>> words;
  analysis::TopicTableOptions options;
  options.term_count = 10;
  for (const analysis::TopicRow& topic : analysis::describe_topics(model, topics, gold.documents, options).topics) {
    std::vector<std::int32_t>& list = words.emplace_back();
    for (const analysis::TopicTerm& term : topic.terms) list.push_back(term.word);
  }
  return words;
}

Result<> evaluate(const std::string& path, bool raw, std::int32_t topic_count, std::uint64_t seeds) {
  const Gold gold = TRY(raw ? read_raw(path) : read_gold(path));
  fmt::print("{}: {} documents, {} words, {} tokens kinds\n", path, gold.documents.row_count, gold.documents.column_count, gold.documents.columns.size());
  Progress progress;
  const auto clock = [] { return std::chrono::steady_clock::now(); };
  const auto seconds = [&](auto start) { return std::chrono::duration<double>(clock() - start).count(); };
  for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
    auto start = clock();
    analysis::LdaOptions lda;
    lda.topic_count = topic_count;
    lda.seed = seed;
    lda.trace_every = 0;
    const analysis::LdaResult fitted = TRY(analysis::fit_lda(gold.documents, lda, progress));
    print_row("LDA", seed, gold, largest_topics(fitted.document_topics), relevant_words(fitted.model, fitted.document_topics, gold), fitted.model.topic_count, seconds(start));

    start = clock();
    analysis::EmbeddedTopicOptions embedded;
    embedded.topic_count = topic_count;
    embedded.seed = seed;
    const analysis::EmbeddedTopics grouped = TRY(analysis::fit_embedded_topics(gold.documents, embedded, progress));
    print_row("embedded", seed, gold, grouped.document_topic, relevant_words(grouped.model, grouped.document_topics, gold), grouped.model.topic_count, seconds(start));
  }
  return {};
}

}  // namespace

int main(int argc, char** argv) {
  std::int32_t topic_count = 0;
  std::uint64_t seeds = 3;
  bool raw = false;
  std::vector<std::string> files;
  for (int i = 1; i < argc; ++i) {
    const std::string argument = argv[i];
    if (argument == "--topics" && i + 1 < argc) topic_count = static_cast<std::int32_t>(parse_int(argv[++i]).value_or(0));
    else if (argument == "--seeds" && i + 1 < argc) seeds = static_cast<std::uint64_t>(parse_int(argv[++i]).value_or(3));
    else if (argument == "--raw") raw = true;
    else files.push_back(argument);
  }
  for (const std::string& file : files) {
    if (const Result<> done = evaluate(file, raw, topic_count, seeds); !done) {
      fmt::print(stderr, "{}\n", done.error().message);
      return 1;
    }
  }
  return files.empty() ? 2 : 0;
}

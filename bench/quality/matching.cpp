// bench_matching NEEDS SOLUTIONS PAIRS     texts as lines "id<TAB>text", pairs as lines "need<TAB>solution" below a heading
// Recall@10/20/50 and MRR of each way to rank, over the needs that have a known solution, in two halves (by a hash of the need's id): what is
// chosen is chosen on half A, what is reported is half B and both.
#include <fmt/format.h>

#include <cstdlib>
#include <map>
#include <set>
#include <string>

#include "analysis/retrieval/matching.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/strings.h"

using namespace jianwei;

namespace {

struct Texts {
  std::vector<std::string> ids, texts;
};

Texts read_texts(const char* path) {
  Texts read;
  const std::string bytes = *read_file(path);
  for (const std::string_view line : split(bytes, "\n")) {
    const std::size_t tab = line.find('\t');
    if (tab == std::string_view::npos) continue;
    read.ids.emplace_back(line.substr(0, tab));
    read.texts.emplace_back(line.substr(tab + 1));
  }
  return read;
}

struct Score {
  double needs = 0, recall10 = 0, recall20 = 0, recall50 = 0, reciprocal = 0;
  void add(const std::vector<analysis::Match>& found, const std::set<std::int32_t>& truth) {
    double hits = 0;
    for (std::size_t i = 0; i < found.size(); ++i) {
      if (truth.count(found[i].solution) == 0) continue;
      hits += 1;
      const double share = 1.0 / static_cast<double>(truth.size());
      if (i < 10) recall10 += share;
      if (i < 20) recall20 += share;
      if (i < 50) recall50 += share;
      if (hits == 1) reciprocal += 1.0 / static_cast<double>(i + 1);
    }
    needs += 1;
  }
  void print(std::string_view name) const {
    fmt::print("{:24} needs {:3}  recall@10 {:.4f}  @20 {:.4f}  @50 {:.4f}  MRR {:.4f}\n", name, needs, recall10 / needs, recall20 / needs, recall50 / needs, reciprocal / needs);
  }
};

}  // namespace

int main(int argc, char** argv) {
  if (argc != 4) {
    fmt::print(stderr, "usage: bench_matching NEEDS SOLUTIONS PAIRS\n");
    return 2;
  }
  const Texts needs = read_texts(argv[1]);
  const Texts solutions = read_texts(argv[2]);
  std::map<std::string, std::int32_t> need_of, solution_of;
  for (std::size_t i = 0; i < needs.ids.size(); ++i) need_of[needs.ids[i]] = static_cast<std::int32_t>(i);
  for (std::size_t i = 0; i < solutions.ids.size(); ++i) solution_of[solutions.ids[i]] = static_cast<std::int32_t>(i);
  std::map<std::int32_t, std::set<std::int32_t>> truth;
  const Texts pairs = read_texts(argv[3]);
  for (std::size_t i = 0; i < pairs.ids.size(); ++i) {
    if (need_of.count(pairs.ids[i]) != 0 && solution_of.count(pairs.texts[i]) != 0) truth[need_of[pairs.ids[i]]].insert(solution_of[pairs.texts[i]]);
  }
  std::vector<text::DocumentText> documents;
  for (const std::string& text : needs.texts) documents.push_back({.abstract = text, .language = "en"});
  for (const std::string& text : solutions.texts) documents.push_back({.abstract = text, .language = "en"});
  Progress progress;
  const text::TokenizedCorpus corpus = *text::tokenize(documents, {.thread_count = 2}, progress);
  struct Way {
    analysis::RankingMethod method;
    bool weigh;
    double dense_weight;
  };
  using analysis::RankingMethod;
  for (const Way& way : {Way{RankingMethod::bm25, false, 0}, Way{RankingMethod::bm25, true, 0}, Way{RankingMethod::dense, true, 1}, Way{RankingMethod::hybrid, true, 0.1},
                         Way{RankingMethod::hybrid, true, 0.2}, Way{RankingMethod::hybrid, true, 0.3}, Way{RankingMethod::hybrid, true, 0.5}}) {
      analysis::MatchingOptions options;
      options.method = way.method;
      options.limit = 50;
      options.weigh_by_needs = way.weigh;
      options.dense_weight = way.dense_weight;
      options.thread_count = 2;
      const auto matches = analysis::match_documents(corpus, std::ssize(needs.ids), options, progress);
      if (!matches) {
        fmt::print(stderr, "{}\n", matches.error().message);
        return 1;
      }
      Score halves[2], both;
      for (const auto& [need, answers] : truth) {
        const auto& found = (*matches)[static_cast<std::size_t>(need)];
        halves[hash64(needs.ids[static_cast<std::size_t>(need)]) & 1].add(found, answers);
        both.add(found, answers);
      }
      const std::string name = fmt::format("{}{}{}", analysis::to_string(way.method), way.method == RankingMethod::hybrid ? fmt::format(" {}", way.dense_weight) : "", way.weigh ? ", weighed" : "");
      halves[0].print(name + " A");
      halves[1].print(name + " B");
      both.print(name);
  }
  return 0;
}

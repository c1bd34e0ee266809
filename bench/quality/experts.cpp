// Does the recommender find the people behind a text? Papers of the last years are held out: their title and abstract ask, only works of earlier years answer, and the authors
// who had written before are to be found. Baselines: who wrote most in the paper's main topic, and who wrote most at all, before that year.
//
//   build/release/bin/bench_experts WS [papers=1000] [first_year=last-2]
//
// WS: a workspace with a finished run. recall@10: share of the findable authors among the first ten; MRR: 1 / rank of the first author among the first fifty. Intervals:
// 95 %, 1,000 bootstrap samples of the papers.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <map>

#include "base/random.h"
#include "workflow/expert_library/recommend.h"
#include "workflow/expert_library/record_texts.h"
#include "workflow/items/item_study.h"
#include "workflow/run/run.h"

using namespace jianwei;
using namespace jianwei::workflow;

namespace {

struct Score {
  double recall = 0.0, reciprocal = 0.0;
};

Score score_of(const std::vector<std::int32_t>& ranking, const std::vector<std::int32_t>& wanted) {
  Score score;
  for (std::size_t r = 0; r < std::min<std::size_t>(50, ranking.size()); ++r) {
    if (std::find(wanted.begin(), wanted.end(), ranking[r]) == wanted.end()) continue;
    if (r < 10) score.recall += 1.0 / static_cast<double>(wanted.size());
    if (score.reciprocal == 0.0) score.reciprocal = 1.0 / static_cast<double>(r + 1);
  }
  return score;
}

std::vector<std::int32_t> most_first(const std::map<std::int32_t, double>& counts) {
  std::vector<std::pair<double, std::int32_t>> list;
  for (const auto& [person, count] : counts) list.emplace_back(-count, person);
  std::partial_sort(list.begin(), list.begin() + std::min<std::ptrdiff_t>(50, std::ssize(list)), list.end());
  std::vector<std::int32_t> ranking;
  for (std::size_t i = 0; i < std::min<std::size_t>(50, list.size()); ++i) ranking.push_back(list[i].second);
  return ranking;
}

void print(const char* name, const std::vector<Score>& scores) {
  const auto mean = [&](auto member, const std::vector<std::size_t>& sample) {
    double sum = 0.0;
    for (const std::size_t i : sample) sum += scores[i].*member;
    return sum / static_cast<double>(sample.size());
  };
  std::vector<std::size_t> all(scores.size());
  for (std::size_t i = 0; i < all.size(); ++i) all[i] = i;
  std::printf("%-28s", name);
  for (const auto& [label, member] : {std::pair{"recall@10", &Score::recall}, std::pair{"MRR", &Score::reciprocal}}) {
    Random random(1);
    std::vector<double> draws;
    for (int b = 0; b < 1000; ++b) {
      std::vector<std::size_t> sample(scores.size());
      for (std::size_t& i : sample) i = static_cast<std::size_t>(random.below(static_cast<std::uint32_t>(scores.size())));
      draws.push_back(mean(member, sample));
    }
    std::sort(draws.begin(), draws.end());
    std::printf("  %s %.3f [%.3f, %.3f]", label, mean(member, all), draws[25], draws[974]);
  }
  std::printf("\n");
}

Result<> measure(const char* path, std::size_t paper_count, std::int16_t first_year) {
  Progress progress;
  Workspace workspace = TRY(open_workspace(path));
  Roster roster;
  roster.people = TRY(load_people(workspace, progress));
  const SearchIndex index = TRY(open_search_index(workspace, progress, 0));
  const StudyResult run = TRY(load_latest_run(workspace));
  const analysis::Dataset& d = roster.people->dataset;
  if (first_year == 0) first_year = static_cast<std::int16_t>(last_year(*roster.people) - 2);
  std::map<std::string, std::int32_t> topic_of;
  const std::vector<std::int32_t> topics = main_topics(run);
  for (std::size_t i = 0; i < topics.size(); ++i) topic_of[run.dataset.record_ids[i]] = topics[i];

  std::vector<std::int32_t> papers;
  for (std::int32_t row = 0; row < d.document_count(); ++row) {
    if (d.year[static_cast<std::size_t>(row)] >= first_year && !d.persons.row(row).empty()) papers.push_back(row);
  }
  Random random(7);
  for (std::size_t i = papers.size(); i > 1; --i) std::swap(papers[i - 1], papers[static_cast<std::size_t>(random.below(static_cast<std::uint32_t>(i)))]);

  std::vector<Score> ours, by_topic, by_count;
  for (const std::int32_t row : papers) {
    if (ours.size() == paper_count) break;
    const auto year = static_cast<std::int16_t>(d.year[static_cast<std::size_t>(row)] - 1);
    const auto wrote_before = [&](std::int32_t person) {
      return std::any_of(roster.people->works[static_cast<std::size_t>(person)].begin(), roster.people->works[static_cast<std::size_t>(person)].end(), [&](std::int32_t work) { return d.year[static_cast<std::size_t>(work)] != 0 && d.year[static_cast<std::size_t>(work)] <= year; });
    };
    std::vector<std::int32_t> wanted;
    for (const std::int32_t person : d.persons.row(row)) {
      if (wrote_before(person)) wanted.push_back(person);
    }
    const std::string& id = d.record_ids[static_cast<std::size_t>(row)];
    const auto texts = TRY(read_record_texts(workspace, {id}));
    if (wanted.empty() || !texts.contains(id) || texts.at(id).abstract.empty()) continue;
    Thing thing;
    thing.text = texts.at(id).title + "\n" + texts.at(id).abstract;
    thing.records = {row};
    std::vector<std::int32_t> ranking;
    for (const experts::FoundExpert& found : TRY(rank_experts(roster, index, thing, {.until = year}, progress))) ranking.push_back(found.person);
    ours.push_back(score_of(ranking, wanted));
    std::map<std::int32_t, double> in_topic, at_all;
    for (std::int32_t other = 0; other < d.document_count(); ++other) {
      if (d.year[static_cast<std::size_t>(other)] == 0 || d.year[static_cast<std::size_t>(other)] > year) continue;
      const bool same = topic_of[d.record_ids[static_cast<std::size_t>(other)]] == topic_of[id];
      for (const std::int32_t person : d.persons.row(other)) {
        at_all[person] += 1.0;
        if (same) in_topic[person] += 1.0;
      }
    }
    by_topic.push_back(score_of(most_first(in_topic), wanted));
    by_count.push_back(score_of(most_first(at_all), wanted));
  }
  if (ours.empty()) return fail(ErrorKind::invalid_input, "no paper from {} on has an author with earlier works", first_year);
  std::printf("%zu papers from %d on, %lld records\n", ours.size(), first_year, static_cast<long long>(d.document_count()));
  print("recommender", ours);
  print("most works in the topic", by_topic);
  print("most works", by_count);
  return {};
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) {
    std::fputs("usage: bench_experts WS [papers] [first_year]\n", stderr);
    return 2;
  }
  const Result<> done = measure(argv[1], argc > 2 ? static_cast<std::size_t>(std::atoi(argv[2])) : 1000, argc > 3 ? static_cast<std::int16_t>(std::atoi(argv[3])) : 0);
  if (!done) std::fprintf(stderr, "%s\n", done.error().message.c_str());
  return done ? 0 : 1;
}

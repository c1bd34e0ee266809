#include "workflow/expert_library/recommend.h"

#include <algorithm>
#include <map>
#include <set>

#include "base/json_writer.h"
#include "records/unicode.h"
#include "store/app_db.h"
#include "store/record_columns.h"
#include "workflow/expert_library/record_texts.h"

namespace jianwei::workflow {
namespace {

constexpr std::size_t kShownWorks = 3;

std::size_t at(std::int64_t i) { return static_cast<std::size_t>(i); }

// A text as terms of the index; words with a stem count by it, the exact word half as much more, pairs of characters less (as in search.cpp).
Result<std::vector<analysis::WeightedTerm>> terms_of(const SearchIndex& index, std::string_view text, std::vector<std::pair<std::string, double>>& words, int thread_count, Progress& progress) {
  const text::DocumentText document{.title = text};
  const text::TokenizedCorpus corpus = TRY(text::tokenize({&document, 1}, {.thread_count = thread_count}, progress));
  const analysis::SearchTerms own = TRY(analysis::make_search_terms(corpus, thread_count, progress));
  std::vector<analysis::WeightedTerm> terms;
  const auto row = own.counts.row(0);
  for (std::size_t i = 0; i < row.size(); ++i) {
    const std::int32_t term = index.find_term(own.names[at(row[i])]);
    if (term < 0) continue;
    const analysis::SearchTermKind kind = own.kinds[at(row[i])];
    const float weight = kind == analysis::SearchTermKind::stem ? 1.0F : kind == analysis::SearchTermKind::bigram ? 0.3F : 0.5F;
    terms.push_back({term, weight * static_cast<float>(own.counts.counts[i])});
    if (kind == analysis::SearchTermKind::word) words.emplace_back(own.names[at(row[i])], index.bm25.idf[at(term)]);
  }
  if (terms.empty()) return fail(ErrorKind::invalid_input, "no word of the text is in the records");
  return terms;
}

std::vector<std::uint8_t> allowed_records(const Roster& roster, const SearchIndex& index, const Thing& thing, std::int16_t until) {
  if (thing.records.empty() && until == 0) return {};
  std::set<std::string> own;
  for (const std::int32_t row : thing.records) own.insert(roster.people->dataset.record_ids[at(row)]);
  std::vector<std::uint8_t> allowed(index.keys.size(), 1);
  for (std::size_t r = 0; r < allowed.size(); ++r) {
    if (until != 0 && (index.year[r] == 0 || index.year[r] > until)) allowed[r] = 0;
    if (!own.empty() && own.contains(store::record_id(index.keys[r]))) allowed[r] = 0;
  }
  return allowed;
}

Result<std::vector<experts::FoundExpert>> rank(const Roster& roster, const SearchIndex& index, const Thing& thing, const RecommendOptions& options, std::vector<std::pair<std::string, double>>& words, Progress& progress) {
  const std::vector<analysis::WeightedTerm> terms = TRY(terms_of(index, thing.text, words, options.thread_count, progress));
  analysis::Bm25Scratch scratch;
  std::vector<experts::RelevantWork> works;
  for (const analysis::ScoredDocument& found : analysis::search_bm25(index.bm25, terms, options.work_count, allowed_records(roster, index, thing, options.until), scratch)) {
    const auto row = roster.people->row_of_record.find(store::record_id(index.keys[at(found.document)]));
    if (row == roster.people->row_of_record.end()) continue;
    experts::RelevantWork work{row->second, found.score, index.year[at(found.document)], {}};
    for (const std::int32_t person : roster.people->dataset.persons.row(row->second)) {
      const std::int32_t number = roster.canonical(person);
      if (std::find(work.persons.begin(), work.persons.end(), number) == work.persons.end()) work.persons.push_back(number);
    }
    works.push_back(std::move(work));
  }
  experts::ExpertSearchOptions search = options.search;
  if (search.now == 0 && options.until != 0) search.now = options.until;
  return experts::find_experts(works, search);
}

std::vector<FoundConflict> conflicts_of(const Roster& roster, const Expert& expert, const Thing& thing, const RecommendOptions& options) {
  experts::ConflictOptions asked = options.conflicts;
  if (asked.now == 0) asked.now = last_year(*roster.people);
  if (thing.persons.empty() && thing.authors.empty() && thing.organisations.empty()) return {};
  return check_conflicts(roster, expert, thing, asked);
}

}  // namespace

Result<std::vector<experts::FoundExpert>> rank_experts(const Roster& roster, const SearchIndex& index, const Thing& thing, const RecommendOptions& options, Progress& progress) {
  std::vector<std::pair<std::string, double>> words;
  return rank(roster, index, thing, options, words, progress);
}

Result<std::vector<Recommendation>> recommend(const Workspace& workspace, const Roster& roster, const SearchIndex& index, const Thing& thing, const RecommendOptions& options, Progress& progress) {
  std::vector<std::pair<std::string, double>> words;
  RecommendOptions wide = options;
  // Some of the best may be left out for a conflict: look further then.
  wide.search.expert_count = static_cast<std::int32_t>(options.eligible_only ? options.limit * 10 + 50 : options.limit);
  const std::vector<experts::FoundExpert> ranking = TRY(rank(roster, index, thing, wide, words, progress));
  const std::string today = store::utc_now().substr(0, 10);
  std::vector<Recommendation> list;
  std::vector<std::string> ids;
  for (const experts::FoundExpert& found : ranking) {
    if (std::ssize(list) == options.limit) break;
    TRY(progress.check());
    Recommendation one;
    one.expert = roster.expert(found.person);
    one.score = found.score / ranking.front().score;
    one.work_count = found.work_count;
    one.away = one.expert.away_until > today;
    if (const auto held = roster.expert_of_id.find(one.expert.id); held != roster.expert_of_id.end()) one.assigned = roster.assigned[held->second];
    one.conflicts = conflicts_of(roster, one.expert, thing, options);
    if (options.eligible_only && !one.eligible()) continue;
    for (std::size_t w = 0; w < std::min(kShownWorks, found.works.size()); ++w) {
      const std::int64_t row = found.works[w].work;
      one.works.push_back({roster.people->dataset.record_ids[at(row)], "", "", roster.people->dataset.year[at(row)], found.works[w].part / ranking.front().score});
      ids.push_back(one.works.back().record);
    }
    list.push_back(std::move(one));
  }
  const auto texts = TRY(read_record_texts(workspace, ids));
  for (Recommendation& one : list) {
    for (SupportingWork& work : one.works) {
      const auto found = texts.find(work.record);
      if (found == texts.end()) continue;
      work.title = found->second.title;
      work.sentence = telling_sentence(found->second.abstract, words);
    }
  }
  return list;
}

std::string to_json(const std::vector<Recommendation>& list) {
  JsonWriter json;
  json.begin_object().key("items").begin_array();
  for (const Recommendation& one : list) {
    json.begin_object().field("id", one.expert.id.empty() ? one.expert.persons.front() : one.expert.id).field("in_library", !one.expert.id.empty()).key("expert").raw(to_json(one.expert, false));
    json.field("score", one.score).field("works_found", one.work_count).key("works").begin_array();
    for (const SupportingWork& work : one.works) json.begin_object().field("record", work.record).field("title", work.title).field("year", work.year).field("part", work.part).field("sentence", work.sentence).end_object();
    json.end_array().field("assigned", one.assigned).field("load", one.expert.load).field("away", one.away).field("eligible", one.eligible()).key("conflicts");
    write_conflicts(json, one.conflicts);
    json.end_object();
  }
  return json.end_array().end_object().text();
}

}  // namespace jianwei::workflow

#include "workflow/judgement/compare.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "workflow/judgement/judged_stage.h"
#include "workflow/run/ranking.h"
#include "workflow/run/run.h"

namespace jianwei::workflow {
namespace {

std::map<std::string, TopicView> views(const StudyResult& result) {
  std::map<std::string, TopicView> list;
  for (std::size_t k = 0; k < result.topics.size(); ++k) {
    TopicView& view = list[result.topics[k].id];
    view.label_zh = result.topics[k].label_zh;
    view.label_en = result.topics[k].label_en;
    const UnitResults& units = result.topic_results;
    if (k + 1 < units.documents.offsets.size()) view.documents = units.documents.offsets[k + 1] - units.documents.offsets[k];
    if (k >= units.indicators.size()) continue;
    const Indicators& row = units.indicators[k];
    view.growth_rate = row.rate.log_slope;
    view.growth_count = row.windows.growth_count;
    view.diversity = row.growth_diversity_organisations;
    view.change = row.change_measured ? row.change : 0.0;
    view.rank = units.emergence[k].rank;
  }
  return list;
}

bool same_numbers(const TopicView& a, const TopicView& b) {
  return a.documents == b.documents && a.growth_rate == b.growth_rate && a.growth_count == b.growth_count && a.diversity == b.diversity && a.change == b.change;
}

bool is_judgement(const store::LedgerEvent& event) {
  return event.object_type == "topic" || event.object_type == "term" || is_entity(event.object_type) || event.object_type == "record";
}

// A run with the row that first finished it.
struct Turn {
  store::RunRow row;
  StudyResult ranking;
};

Result<std::vector<Turn>> turns(Workspace& workspace) {
  std::vector<Turn> list;
  std::vector<store::RunRow> rows = TRY(workspace.lake.app().runs());
  std::reverse(rows.begin(), rows.end());
  for (store::RunRow& row : rows) {
    if (row.status != "finished") continue;
    std::optional<StudyResult> ranking = TRY(load_machine_ranking(workspace, row));
    if (!ranking || (!list.empty() && list.back().ranking.run_id == ranking->run_id)) continue;  // run again with nothing changed
    list.push_back({std::move(row), std::move(*ranking)});
  }
  return list;
}

// The turn whose results the actor saw: times of one second cannot tell a judgement from the run that follows it at once.
std::size_t turn_seen(const std::vector<Turn>& all, const store::LedgerEvent& event) {
  std::size_t by_time = 0;
  std::optional<std::size_t> by_run;
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (i > 0 && all[i].row.started_at > event.at) break;
    by_time = i;
    if (all[i].ranking.run_id == event.run) by_run = i;
  }
  return by_run.value_or(by_time);
}

Result<StudyResult> ranking_of(Workspace& workspace, std::string_view run_id) {
  std::string known;
  for (const store::RunRow& row : TRY(workspace.lake.app().runs())) {
    if (row.status != "finished") continue;
    std::optional<StudyResult> ranking = TRY(load_machine_ranking(workspace, row));
    if (!ranking) continue;
    if (ranking->run_id == run_id) return std::move(*ranking);
    if (known.find(ranking->run_id) == std::string::npos) known += (known.empty() ? "" : ", ") + ranking->run_id;
  }
  return fail(ErrorKind::not_found, "no finished run {}; there are: {}", run_id, known.empty() ? "none" : known);
}

}  // namespace

std::vector<TopicDifference> compare_topics(const StudyResult& before, const StudyResult& after, bool all) {
  std::map<std::string, TopicDifference> list;
  for (auto& [id, view] : views(before)) list[id].before = view;
  for (auto& [id, view] : views(after)) list[id].after = view;
  std::vector<TopicDifference> differences;
  for (auto& [id, one] : list) {
    one.id = id;
    if (!one.before) one.what = "added";
    else if (!one.after) one.what = "gone";
    else if (!same_numbers(*one.before, *one.after)) one.what = "changed";
    else if (one.before->label_zh != one.after->label_zh || one.before->label_en != one.after->label_en) one.what = "renamed";
    else one.what = "same";
    if (all || one.what != "same") differences.push_back(std::move(one));
  }
  std::stable_sort(differences.begin(), differences.end(), [](const TopicDifference& a, const TopicDifference& b) {
    const auto size = [](const TopicDifference& d) { return d.after ? d.after->documents : d.before->documents; };
    return size(a) > size(b);
  });
  return differences;
}

Result<std::vector<TopicDifference>> difference_of(Workspace& workspace, std::int64_t sequence, Progress& progress) {
  const std::vector<FoldedEvent> folded = fold_events(TRY(workspace.lake.app().ledger().events()));
  const auto found = std::find_if(folded.begin(), folded.end(), [&](const FoldedEvent& one) { return one.event.sequence == sequence; });
  if (found == folded.end()) return fail(ErrorKind::not_found, "there is no judgement {}: `jianwei judge history {}` lists them", sequence, workspace.root().string());
  std::vector<StandingJudgement> standing = TRY(standing_judgements(std::span<const FoldedEvent>(folded)));
  std::erase_if(standing, [&](const StandingJudgement& one) { return one.judgement.sequence >= sequence; });
  StudyResult before = TRY(load_machine_run(workspace, ""));
  StudyResult after = before;
  TRY(correct_result(workspace, standing, before, progress));
  StandingJudgement own{TRY(read_judgement(found->event)), "", "", false};
  if (changes_results(own.judgement)) standing.push_back(std::move(own));
  TRY(correct_result(workspace, standing, after, progress));
  return compare_topics(before, after);
}

Result<std::vector<TopicDifference>> difference_of_runs(Workspace& workspace, std::string_view run_a, std::string_view run_b) {
  return compare_topics(TRY(ranking_of(workspace, run_a)), TRY(ranking_of(workspace, run_b)));
}

Result<std::vector<Iteration>> iterations(Workspace& workspace, std::int64_t count, Progress& progress) {
  const std::vector<Turn> all = TRY(turns(workspace));
  if (all.empty()) return fail(ErrorKind::not_found, "no run yet in this workspace: `jianwei run {}` makes one", workspace.root().string());
  const std::vector<store::LedgerEvent> events = TRY(workspace.lake.app().ledger().events());
  const std::size_t first = all.size() > static_cast<std::size_t>(count) ? all.size() - static_cast<std::size_t>(count) : 0;
  std::map<std::int64_t, std::size_t> turn_of;  // by the number of the event
  for (const store::LedgerEvent& event : events) turn_of[event.sequence] = turn_seen(all, event);
  std::vector<Iteration> list;
  for (std::size_t i = first; i < all.size(); ++i) {
    TRY(progress.check());
    // What people had said before they saw the next run; the machine of a turn has not heard what was said of it.
    std::vector<store::LedgerEvent> heard;
    for (const store::LedgerEvent& event : events) {
      if (turn_of[event.sequence] <= i) heard.push_back(event);
    }
    Iteration turn;
    turn.number = static_cast<std::int64_t>(i) + 1;
    turn.run_id = all[i].ranking.run_id;
    turn.snapshot_id = all[i].ranking.snapshot_id;
    turn.created = all[i].row.finished_at;
    const std::vector<FoldedEvent> folded = fold_events(heard);
    for (const FoldedEvent& one : folded) {
      if (is_judgement(one.event) && turn_of[one.event.sequence] == i) turn.judgements.push_back(one);
    }
    StudyResult machine = TRY(load_machine_run(workspace, turn.run_id));
    StudyResult corrected = machine;
    TRY(correct_result(workspace, TRY(standing_judgements(std::span<const FoldedEvent>(folded))), corrected, progress));
    turn.topics = compare_topics(machine, corrected, true);
    if (i > 0) {
      std::set<std::string> before, now;
      for (const TopicRow& topic : all[i - 1].ranking.topics) before.insert(topic.id);
      for (const TopicRow& topic : all[i].ranking.topics) now.insert(topic.id);
      std::set_difference(now.begin(), now.end(), before.begin(), before.end(), std::back_inserter(turn.born));
      std::set_difference(before.begin(), before.end(), now.begin(), now.end(), std::back_inserter(turn.ended));
    }
    list.push_back(std::move(turn));
  }
  return list;
}

}  // namespace jianwei::workflow

#include "workflow/judgement/fold.h"

#include <map>
#include <tuple>

#include "base/hash.h"

namespace jianwei::workflow {

std::string_view to_string(Standing standing) {
  switch (standing) {
    case Standing::stands: return "stands";
    case Standing::proposed: return "proposed";
    case Standing::refused: return "refused";
    case Standing::undone: return "undone";
  }
  return "";
}

std::string why_not(std::string_view control, const FoldedEvent& folded) {
  const std::int64_t n = folded.event.sequence;
  const auto is = [&](Standing wanted) { return folded.standing == wanted; };
  if (control == "undo" && !is(Standing::stands)) return fmt::format("judgement {} does not stand, it is {}", n, to_string(folded.standing));
  if (control == "redo" && !is(Standing::undone)) return fmt::format("judgement {} was not undone, it is {}", n, to_string(folded.standing));
  if ((control == "approve" || control == "refuse") && !is(Standing::proposed)) return fmt::format("judgement {} is no open proposal, it is {}", n, to_string(folded.standing));
  if (control == "resolve" && !is(Standing::stands)) return fmt::format("judgement {} does not stand, it is {}", n, to_string(folded.standing));
  return {};
}

std::vector<FoldedEvent> fold_events(std::span<const store::LedgerEvent> events) {
  std::vector<FoldedEvent> folded;
  std::map<std::int64_t, std::size_t> place;
  std::map<std::tuple<std::string, std::string, std::string, std::string>, std::size_t> last;  // of votes and watches
  for (const store::LedgerEvent& event : events) {
    if (!is_control(event.kind)) {
      place[event.sequence] = folded.size();
      FoldedEvent& made = folded.emplace_back();
      made.event = event;
      made.standing = event.state == "proposed" ? Standing::proposed : Standing::stands;
      if (event.kind != "vote" && event.kind != "watch") continue;
      const auto [before, first] = last.try_emplace({event.kind, event.actor, event.object_type, event.object_id}, folded.size() - 1);
      if (!first) {
        folded[before->second].superseded = true;
        before->second = folded.size() - 1;
      }
      continue;
    }
    const auto found = place.find(event.refers_to);
    if (found == place.end()) continue;
    FoldedEvent& target = folded[found->second];
    target.later.push_back(event.sequence);
    if (!why_not(event.kind, target).empty()) continue;
    if (event.kind == "undo") target.standing = Standing::undone;
    if (event.kind == "redo" || event.kind == "approve") target.standing = Standing::stands;
    if (event.kind == "refuse") target.standing = Standing::refused;
    if (event.kind == "resolve") {
      if (const Result<Judgement> answer = read_judgement(event)) {
        target.resolution = answer->action;
        target.resolved_for = answer->from.empty() ? target.event.object_id : answer->from;
        target.resolved_to = answer->to;
      }
    }
  }
  return folded;
}

Result<std::vector<StandingJudgement>> standing_judgements(std::span<const FoldedEvent> folded) {
  std::vector<StandingJudgement> list;
  for (const FoldedEvent& one : folded) {
    if (one.standing != Standing::stands || one.resolution == "drop") continue;
    StandingJudgement standing{TRY(read_judgement(one.event)), "", "", one.resolution == "wait"};
    if (one.resolution == "apply") {
      standing.applied_for = one.resolved_for;
      standing.applied_to = one.resolved_to;
    }
    if (changes_results(standing.judgement)) list.push_back(std::move(standing));
  }
  return list;
}

std::string digest_of(std::span<const StandingJudgement> standing) {
  if (standing.empty()) return {};
  Sha256 hash;
  for (const StandingJudgement& one : standing) hash.update(fmt::format("{}:{}>{}{};", one.judgement.sequence, one.applied_for, one.applied_to, one.waiting ? "?" : ""));
  return hash.hex().substr(0, 16);
}

}  // namespace jianwei::workflow

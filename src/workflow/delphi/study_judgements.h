// What a panel said goes into the ledger, so that the next machine run and every later view know it: the loop machine -> experts -> machine.
//
//   item of a topic, settled      vote on the topic (1 in, -1 out, 0 otherwise), by "panel study-<n>", with the figures as the reason
//   consensus out                 and a proposal to hide the topic from rankings, which a curator approves or refuses
//   item reworded                 rename of the topic
//   items merged, all of topics   merge of the topics into the first
//   argument (not hidden)         comment on the topic, without a name
// A topic is that of the item's origin, or of the list entry it asks about. What is in the ledger already (same kind, object and reason) is passed over.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "workflow/delphi/desk.h"
#include "workflow/judgement/judge.h"

namespace jianwei::workflow {

struct StudyJudgement {
  std::string item, topic, kind;
  std::int64_t sequence = 0;       // of the ledger; 0: not entered
  std::string problem;             // why not: the topic has gone, or stands so already
};

// Only after a round was analyzed; the run is loaded once. One event of the study. Errors: conflict  no round was analyzed yet; cancelled; those of the ledger
Result<std::vector<StudyJudgement>> enter_study(Workspace& workspace, Delphi& delphi, const DelphiStudy& study, const Judge& judge, Progress& progress);
std::string to_json(const std::vector<StudyJudgement>& entered);

}  // namespace jianwei::workflow

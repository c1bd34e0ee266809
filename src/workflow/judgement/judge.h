// Judging: a request is completed, tried on the results, and entered in the ledger; what it changes is told before and after.
//
// Nobody needs the writer's lock for it: an event is one transaction, and the next load of the results shows it. An expert's judgement on a topic is a
// proposal until an analyst or curator approves it. Joining and hiding terms goes through the lexicon (workflow/lexicon.h), so that the next run learns it.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/progress.h"
#include "workflow/judgement/fold.h"
#include "workflow/run/results.h"
#include "workflow/workspace.h"

namespace jianwei::workflow {

struct Judge {
  std::string actor;
  std::string role = "analyst";            // viewer, analyst, expert, moderator, curator, admin, auditor
};

struct JudgementRequest {
  std::string kind;
  std::string type, object;                // type "" = told by the id; an object may be named by its label
  std::string arguments = "{}";            // judgement.h; ids of records, topics, terms, entities
  std::string reason;
  std::vector<std::string> evidence;       // record ids
  bool propose = false;
};

struct JudgementEffect {
  std::int64_t documents = 0;              // whose main topic, term or body becomes another
  std::vector<std::string> objects;        // ids it touches
  std::vector<JudgementConflict> conflicts;// judgements that would no longer fit
};

struct JudgementOutcome {
  store::LedgerEvent event;
  JudgementEffect effect;
};

// What a judgement would do; nothing is entered. Errors: as judge()
Result<JudgementEffect> preview_judgement(Workspace& workspace, const JudgementRequest& request, const Judge& judge);

// Errors: invalid_input  a field is missing or wrong;  not_found  no such object, or no run yet;  conflict  it does not fit, or stands already;
//         forbidden  the role may not judge
Result<JudgementOutcome> enter_judgement(Workspace& workspace, const JudgementRequest& request, const Judge& judge);

// Many judgements one after the other: the run is loaded once, and each is tried on what those before it left.
class JudgementSeries {
 public:
  // Errors: not_found  no run yet
  static Result<JudgementSeries> open(Workspace& workspace);
  JudgementSeries(JudgementSeries&&) noexcept;
  ~JudgementSeries();
  // Errors: as enter_judgement; the next one may be entered all the same
  Result<JudgementOutcome> enter(const JudgementRequest& request, const Judge& judge);

 private:
  struct State;
  explicit JudgementSeries(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

// undo, redo, approve, refuse. Errors: not_found  no such judgement;  conflict  its state does not allow it;  forbidden  an expert decides on own judgements only
Result<JudgementOutcome> change_judgement(Workspace& workspace, std::string_view control, std::int64_t sequence, std::string_view reason, const Judge& judge);

// Answers a conflict: apply (to `successor`), drop or wait. Errors: not_found  no conflict of this judgement;  invalid_input  apply without a living successor
Result<JudgementOutcome> resolve_conflict(Workspace& workspace, std::int64_t sequence, std::string_view action, std::string_view successor, std::string_view reason, const Judge& judge);

// Judgements that stand but do not fit the newest run, those waiting last. Errors: not_found  no run yet
Result<std::vector<JudgementConflict>> open_conflicts(Workspace& workspace);

// What a conflict says, for people.
std::string conflict_text(const JudgementConflict& conflict);

// Records held where people moved them: record and topic of the machine, for the next fit.
std::vector<std::pair<std::string, std::string>> held_documents(std::span<const StandingJudgement> standing);

}  // namespace jianwei::workflow

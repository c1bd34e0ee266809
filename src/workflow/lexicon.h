// What people decide about terms: words that are no terms, names that mean the same, names of two languages that are or are not one concept.
//
// Decisions stand in plain files that an analyst edits, one a line, names parted by " | ", "#" before remarks:
//   WS/lexicon/stop_terms.txt      no terms                       proposed method
//   WS/lexicon/synonyms.txt        one term, called by its first  neural network | neural net | NN
//   WS/lexicon/pairs.txt           one concept, Chinese first     石墨烯 | graphene
//   WS/lexicon/refused_pairs.txt   two concepts                   棕榈油酸 | C16
// Each line that comes or goes becomes an event of the ledger with who, when, why, before and after; events are never changed or removed, and a
// file that was lost is written again from them. The next run follows what is in force. Page: docs/lexicon.md
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "text/corpus.h"
#include "workflow/workspace.h"

namespace jianwei::workflow {

enum class DecisionKind : std::uint8_t { stop, synonyms, pair, refused_pair };
std::string_view to_string(DecisionKind kind);

// What is in force: the files, with differences to the last events recorded when the workspace is open for writing.
// Errors: invalid_input names the file, the line and what would mend it; unavailable.
Result<text::TermDecisions> term_decisions(Workspace& workspace);

// Adds a line to its file and records why. Errors: invalid_input  the names do not fit the kind; conflict  it is in force already.
Result<store::TermEvent> decide(Workspace& workspace, DecisionKind kind, std::vector<std::string> names, std::string_view reason, std::string_view by);

// Takes the line of an earlier event out. Errors: not_found  no such event; conflict  it is not in force.
Result<store::TermEvent> undo_decision(Workspace& workspace, std::int64_t event_id, std::string_view reason, std::string_view by);

// Puts the line of a decision into its file, or takes it out, without an event: for judgements, whose event is entered elsewhere. A line that is there
// already, or not there, is left so. Errors: invalid_input  the names do not fit the kind; unavailable
Result<> write_decision(Workspace& workspace, DecisionKind kind, std::vector<std::string> names, bool present);

// Everything that was ever decided, oldest first. `in_force` and `applied` are derived.
struct DecisionRow {
  store::TermEvent event;
  bool in_force = false;
  bool applied = false;  // a finished run began after it
};
Result<std::vector<DecisionRow>> decision_history(Workspace& workspace);

}  // namespace jianwei::workflow

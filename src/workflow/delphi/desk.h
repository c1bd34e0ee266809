// The moderator's side of Delphi studies: make a study, lock its rules, open and close rounds (who sits on the panel: seats.h). Every step is an event of the study's chain.
//
// A study lives in WS/delphi/: delphi.db (answers by seat), vault.db (who sits where), answers.key and vault.key.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "base/progress.h"
#include "base/result.h"
#include "experts/delphi/protocol.h"
#include "experts/delphi/question.h"
#include "experts/delphi/study_state.h"
#include "store/delphi_db.h"
#include "store/vault_db.h"
#include "workflow/delphi/seal.h"

namespace jianwei::workflow {

struct DelphiStudy;

struct Delphi {
  std::unique_ptr<store::DelphiDb> db;
  std::unique_ptr<store::VaultDb> vault;
  Seal answers, identities;
  // Studies as they were read last, each with the number of its last event then: a card is saved thousands of times between two changes of a study.
  struct Known {
    std::mutex mutex;  // protects the map
    std::map<std::string, std::pair<std::int64_t, std::shared_ptr<const DelphiStudy>>, std::less<>> studies;
    // One of these is held from reading a card to writing it: two saves of one card, from two open pages, must not undo each other.
    std::array<std::mutex, 256> cards;
  };
  std::unique_ptr<Known> known = std::make_unique<Known>();
};
// Opens, or makes, WS/delphi/. Errors: unavailable; corrupt; conflict
Result<Delphi> open_delphi(const std::filesystem::path& workspace_root);

struct NewStudy {
  experts::Words title, purpose;
  bool real_time = false;
  experts::Protocol protocol;
  std::vector<experts::Question> questions;
  std::string created_by;
};

struct DelphiStudy {
  store::DelphiStudyRow row;
  experts::StudyState state = experts::StudyState::design;
  experts::StudyState standing = experts::StudyState::design;  // the same; of a paused or aborted study the state it was stopped in: what may be shown hangs on it
  experts::Protocol protocol;
  std::vector<experts::Question> questions;
  std::vector<store::DelphiItemRow> items;

  const experts::Question* question(std::string_view id) const;
  const experts::Question* question(experts::QuestionRole role) const;  // the first of that role, null = none
};
// How many rounds are analyzed: what an open or closed one has is not the panel's word yet.
std::int64_t evaluated_rounds(const DelphiStudy& study);
// Neither merged, split nor dropped.
bool in_play(const store::DelphiItemRow& item);

// Errors: invalid_input  names the field; the deciding question must be a scale that reaches the zones
Result<store::DelphiStudyRow> make_study(Delphi& delphi, const NewStudy& study);
Result<DelphiStudy> load_study(Delphi& delphi, std::string_view id);
// The same, shared and read again only when the study has changed.
Result<std::shared_ptr<const DelphiStudy>> current_study(Delphi& delphi, std::string_view id);

// Only in design. Errors: conflict; invalid_input
Result<> set_questions(Delphi& delphi, std::string_view study, const std::vector<experts::Question>& questions, std::string_view actor);
// In design freely; afterwards a new version with a reason, which everybody sees. Errors: invalid_input  a reason is missing once the rules are locked
Result<> set_protocol(Delphi& delphi, std::string_view study, const experts::Protocol& protocol, std::string_view reason, std::string_view actor);

struct NewItem {
  std::string field;
  experts::Words text;
  std::string origin = "{}";  // JSON: topic, documents, entry of a technology list, authors
};
Result<std::vector<store::DelphiItemRow>> add_items(Delphi& delphi, std::string_view study, const std::vector<NewItem>& items, std::string_view actor);
// New words; the old ones stay in the lineage. Errors: conflict  a round is open; not_found; invalid_input
Result<store::DelphiItemRow> reword_item(Delphi& delphi, std::string_view study, std::string_view item, const experts::Words& text, std::string_view reason, std::string_view actor);
// The items become one new item; they themselves leave the study. Errors: as reword_item
Result<store::DelphiItemRow> merge_items(Delphi& delphi, std::string_view study, const std::vector<std::string>& items, const NewItem& merged, std::string_view reason, std::string_view actor);
Result<std::vector<store::DelphiItemRow>> split_item(Delphi& delphi, std::string_view study, std::string_view item, const std::vector<NewItem>& parts, std::string_view reason, std::string_view actor);

// One entry of a study's chain of events; `detail` is JSON.
store::StudyEventRow study_event(std::string_view actor, std::string_view kind, std::string detail);
// Errors: not_found
Result<store::DelphiItemRow> find_item(const DelphiStudy& study, std::string_view id);

// The next step of the study. Closing a round settles every active item by the locked rule. Errors: conflict  the step may not follow, no items, no seats; cancelled
Result<DelphiStudy> take_step(Delphi& delphi, std::string_view study, experts::StudyStep step, std::string_view reason, std::string_view actor, Progress& progress);

}  // namespace jianwei::workflow

// delphi.db: the studies of a workspace, their items, seats, answers and events. One connection writes, used by many threads one at a time; reads have connections of their own and wait for no write.
// Every change is durable when a function returns. Saves of answers that come at the same time share one transaction.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "store/sqlite.h"
#include "store/sqlite_readers.h"

namespace jianwei::store {

struct DelphiStudyRow {
  std::int64_t number = 0;
  std::string id, title_zh, title_en, purpose_zh, purpose_en, mode, state, state_before_pause;
  std::int64_t round = 0;
  std::string protocol, protocol_hash;
  bool pilot = false;
  std::string created_at, created_by;
};

struct ProtocolVersionRow {
  std::int64_t version = 0;
  std::string text, hash, reason, decided_at, decided_by;
};

struct DelphiItemRow {
  std::int64_t number = 0;
  std::string id, field, text_zh, text_en, origin, state, lineage;
};

struct SeatRow {
  std::int64_t number = 0, study = 0;
  std::string id;
  std::int64_t expires_at = 0;         // of the link it was opened with; else of the last of its links to end
  std::string attributes, state, excluded;
  bool pilot = false;                  // tries the questionnaire: its cards are of round 0
};

struct LinkRow {
  std::string token_hash;
  std::int64_t seat = 0, expires_at = 0;
};

struct PilotSaveRow {
  std::int64_t seat = 0, item = 0, at = 0;  // item 0: the seat began
};

struct CardRow {
  std::int64_t study = 0, round = 0, item = 0, seat = 0;
  std::string answers, day;
};

struct ArgumentRow {
  std::int64_t number = 0, round = 0, item = 0, seat = 0, category = 0, votes = 0;
  std::string text, original;
  bool hidden = false;
  std::string day;
};

struct SettlementRow {
  std::int64_t round = 0, item = 0, cards = 0;
  std::string state, summary;
};

struct StudyEventRow {
  std::int64_t seq = 0;
  std::string at, actor, kind, detail, previous_hash, hash;
};

struct RoundRow {
  std::int64_t round = 0;
  std::string opened_at, closed_at;
};

class DelphiDb {
 public:
  // Opens or creates the file. Errors: conflict  a newer program wrote it; unavailable; corrupt
  static Result<std::unique_ptr<DelphiDb>> open(const std::filesystem::path& path);

  // Studies. The rows' number and id are set by add_study.
  Result<DelphiStudyRow> add_study(DelphiStudyRow study, const std::vector<std::string>& questions);  // questions: JSON, in order
  Result<std::vector<DelphiStudyRow>> studies();                                                     // newest first
  Result<DelphiStudyRow> study(std::string_view id);                                                 // Errors: not_found
  Result<std::vector<std::string>> questions(std::int64_t study);                                    // JSON, in order
  Result<> replace_questions(std::int64_t study, const std::vector<std::string>& questions);
  Result<std::vector<ProtocolVersionRow>> protocol_versions(std::int64_t study);
  Result<std::vector<RoundRow>> rounds(std::int64_t study);

  // One step of a study's life: its new state, and whatever belongs to it, with its event, in one transaction.
  struct Step {
    DelphiStudyRow before;                               // as it was read: state, round, rules and pilot must still be these when the step is written
    DelphiStudyRow study;                                // as it is afterwards
    StudyEventRow event;                                 // seq, hashes and time are set here
    std::optional<ProtocolVersionRow> protocol;          // locked or changed
    std::optional<RoundRow> round;                       // opened or closed
    std::vector<SettlementRow> settlements;              // of a closed round; item states follow
  };
  Result<> take_step(const Step& step);                 // Errors: conflict  the study has taken another step meanwhile, or its rules were changed
  Result<> add_event(std::int64_t study, const StudyEventRow& event);
  Result<std::vector<StudyEventRow>> events(std::int64_t study);                                     // oldest first
  Result<std::int64_t> last_event(std::string_view study_id);                                        // its seq; every change of a study is an event

  // Items.
  Result<std::vector<DelphiItemRow>> items(std::int64_t study);                                      // by number
  Result<std::vector<DelphiItemRow>> add_items(std::int64_t study, std::vector<DelphiItemRow> items);  // number and id are set here
  Result<> update_item(std::int64_t study, const DelphiItemRow& item);

  // Seats.
  // Each with one link that ends at the seat's expires_at; all or none.
  Result<> add_seats(const std::vector<SeatRow>& seats, const std::vector<std::string>& token_hashes);
  Result<std::vector<SeatRow>> seats(std::int64_t study);
  Result<std::optional<SeatRow>> seat_by_token(std::string_view token_hash);
  Result<> update_seat(const SeatRow& seat);                                                         // attributes, state, excluded
  Result<> add_links(const std::vector<LinkRow>& links);                                             // beside those the seats have; all or none
  Result<> replace_links(std::int64_t seat, const std::optional<LinkRow>& link);                     // ends the seat's links; nothing: and gives no other
  Result<> add_pilot_save(std::int64_t study, const PilotSaveRow& save);
  Result<std::vector<PilotSaveRow>> pilot_saves(std::int64_t study);                                 // by seat, in time
  Result<> delete_pilot(std::int64_t study);                                                         // cards and times of its pilot seats
  Result<> add_shown_missing(std::int64_t study, std::int64_t round, std::string_view seats);
  Result<std::vector<std::string>> shown_missing(std::int64_t study, std::int64_t round);            // oldest first

  // Answers.
  Result<> save_card(const CardRow& card);                                                           // replaces the seat's card of this round
  Result<std::vector<CardRow>> cards_of_item(std::int64_t study, std::int64_t round, std::int64_t item);  // by seat
  Result<std::vector<CardRow>> cards_of_seat(std::int64_t seat, std::int64_t item = 0);              // by round, item; item 0: of all
  Result<std::int64_t> card_count(std::int64_t study, std::int64_t round, std::int64_t item);
  struct Progress {
    std::int64_t seat = 0, cards = 0;
  };
  Result<std::vector<Progress>> progress(std::int64_t study, std::int64_t round);                    // seats that saved anything
  Result<std::vector<std::pair<std::int64_t, std::int64_t>>> answers_by_item(std::int64_t study, std::int64_t round);  // item, cards
  Result<> delete_answers_of_seat(std::int64_t seat);                                                // cards, arguments, votes

  Result<std::vector<SettlementRow>> settlements(std::int64_t study, std::int64_t round);            // by item
  Result<std::optional<SettlementRow>> settlement(std::int64_t study, std::int64_t round, std::int64_t item);
  // Live figures: stores `row` when it is of at least `step` more cards than what is stored, and returns what is stored then.
  Result<SettlementRow> renew_live(std::int64_t study, const SettlementRow& row, std::int64_t step);

  // Arguments.
  Result<std::int64_t> add_argument(std::int64_t study, const ArgumentRow& argument);
  Result<std::vector<ArgumentRow>> arguments(std::int64_t study, std::int64_t item);                 // item 0: of all; oldest first
  Result<> update_argument(std::int64_t study, const ArgumentRow& argument);                         // text, original, hidden
  Result<> vote(std::int64_t argument, std::int64_t seat, bool on);
  Result<std::vector<std::int64_t>> votes_of_seat(std::int64_t seat);                                // arguments

 private:
  DelphiDb(Sqlite database, std::filesystem::path path) : database_(std::move(database)), readers_(std::move(path)) {}
  Result<> append_event(std::int64_t study, StudyEventRow event);

  std::mutex mutex_;  // protects database_
  Sqlite database_;
  SqliteReaders readers_;

  // Saves waiting for a transaction; the first caller to find nobody writing writes for all.
  struct Save {
    const CardRow* card = nullptr;
    bool done = false;
    std::optional<Error> error;
  };
  std::mutex queue_mutex_;  // protects the two below
  std::condition_variable queue_wake_;
  std::vector<Save*> queue_;
  bool writing_ = false;
};

// The hash of an event: SHA-256 over the previous hash and every field, parted by line ends. Used to append and to verify.
std::string study_event_hash(std::int64_t study, const StudyEventRow& event);

// The first event whose hash or predecessor does not fit; nothing when the chain is whole.
std::optional<std::int64_t> first_broken_event(std::int64_t study, const std::vector<StudyEventRow>& events);

}  // namespace jianwei::store

#include "workflow/delphi/panel.h"

#include <simdjson.h>

#include <algorithm>
#include <map>
#include <mutex>

#include "base/clock.h"
#include "base/hash.h"
#include "base/strings.h"
#include "workflow/expert_library/typed_words.h"

namespace jianwei::workflow {
namespace {

std::vector<std::int64_t> read_numbers(std::string_view json) {
  std::vector<std::int64_t> numbers;
  simdjson::dom::parser parser;
  simdjson::dom::array array;
  if (parser.parse(json.data(), json.size()).get(array)) return numbers;
  for (const simdjson::dom::element item : array) {
    std::int64_t number = 0;
    if (!item.get(number)) numbers.push_back(number);
  }
  return numbers;
}

bool excluded(const OpenSeat& seat, std::int64_t item) { return std::ranges::find(seat.excluded, item) != seat.excluded.end(); }

// Items a seat may see: also settled ones, to read.
Result<store::DelphiItemRow> seat_item(const DelphiStudy& study, const OpenSeat& seat, std::string_view id) {
  for (const store::DelphiItemRow& item : study.items) {
    if (item.id == id && in_play(item) && !excluded(seat, item.number)) return item;
  }
  return fail(ErrorKind::not_found, "there is no item '{}' for you", id);
}

// Who has not consented may neither read nor answer.
Result<> check_consent(const OpenSeat& seat) {
  if (seat.row.state == "consented") return {};
  return fail(ErrorKind::forbidden, "agree to the terms of this study first");
}

Result<> check_open(const DelphiStudy& study, const OpenSeat& seat) {
  if (seat.row.pilot) {
    if (study.row.pilot) return {};
    return fail(ErrorKind::conflict, "the trial of this questionnaire is over");
  }
  if (experts::may_answer(study.state)) return {};
  return fail(ErrorKind::conflict, "no round of this study is open: it is in state {}", study.row.state);
}

// The round a seat's cards are of: those of a pilot are of none.
std::int64_t round_of(const DelphiStudy& study, const OpenSeat& seat) { return seat.row.pilot ? 0 : study.row.round; }

// The seat's cards by round and item, opened.
using OwnCards = std::map<std::pair<std::int64_t, std::int64_t>, Card>;
Result<OwnCards> own_cards(Delphi& delphi, const DelphiStudy& study, const OpenSeat& seat, std::int64_t item = 0) {
  OwnCards cards;
  for (const store::CardRow& row : TRY(delphi.db->cards_of_seat(seat.row.number, item))) {
    cards[{row.round, row.item}] = TRY(read_card(study.questions, TRY(delphi.answers.reveal(row.answers, card_context(row)))));
  }
  return cards;
}

// The figures a seat may see of an item it has answered: of rounds, those of the last released one; live, of this round, renewed only when a small cell of
// answers has come since they were last computed, so that two looks never differ by one person.
Result<std::optional<GroupFeedback>> feedback_of(Delphi& delphi, const DelphiStudy& study, const store::DelphiItemRow& item) {
  const bool live = study.row.mode == "real_time" && study.standing == experts::StudyState::round_open;
  // While a round is open the one before it was released; after its analysis the moderator releases it.
  const bool released = study.standing == experts::StudyState::feedback_released || (study.standing >= experts::StudyState::concluded && study.standing != experts::StudyState::aborted);
  const std::int64_t round = live || released ? study.row.round : study.row.round - 1;
  if (round < 1) return std::optional<GroupFeedback>();
  std::optional<store::SettlementRow> stored = TRY(delphi.db->settlement(study.row.number, round, item.number));
  if (live) {
    const std::int64_t there = TRY(delphi.db->card_count(study.row.number, round, item.number));
    if (there < study.protocol.feedback_answers + study.protocol.small_cell) return std::optional<GroupFeedback>();
    if (!stored || there >= stored->cards + live_step(study, stored->cards)) {
      // With stability and dissent, whoever looks: the moderator reads the same figures.
      const ItemResult result = TRY(measure_item(delphi, study, item, round, Cards::live));
      if (result.card_count >= study.protocol.small_cell) stored = TRY(keep_live(delphi, study, result));
    }
  }
  if (!stored || stored->cards < study.protocol.feedback_answers) return std::optional<GroupFeedback>();
  return std::optional<GroupFeedback>({round, stored->summary});
}

Result<std::vector<ShownArgument>> shown_arguments(Delphi& delphi, const DelphiStudy& study, const OpenSeat& seat, const store::DelphiItemRow& item) {
  std::vector<ShownArgument> shown;
  const std::vector<std::int64_t> voted = TRY(delphi.db->votes_of_seat(seat.row.number));
  for (const store::ArgumentRow& row : TRY(delphi.db->arguments(study.row.number, item.number))) {
    const bool own = row.seat == seat.row.number;
    if (row.hidden && !own) continue;
    // Arguments of a round in which the group is not shown yet are seen by their authors only.
    const bool live = study.row.mode == "real_time";
    if (!own && !live && row.round >= study.row.round && study.standing == experts::StudyState::round_open) continue;
    shown.push_back({row.number, row.category, row.votes, row.text, own, std::ranges::find(voted, row.number) != voted.end()});
  }
  // By votes, then by a hash: the order of coming would tell who was early.
  std::ranges::sort(shown, [](const ShownArgument& a, const ShownArgument& b) {
    if (a.votes != b.votes) return a.votes > b.votes;
    return hash64(std::to_string(a.number)) < hash64(std::to_string(b.number));
  });
  return shown;
}

// The evidence panellists may see of an item, "" = none.
std::string evidence_of(const store::DelphiItemRow& item) {
  simdjson::dom::parser parser;
  simdjson::dom::object origin, card;
  if (parser.parse(item.origin).get(origin) || origin.at_key("card").get(card)) return {};
  return simdjson::minify(card);
}

Result<PanelCard> make_card(Delphi& delphi, const DelphiStudy& study, const OpenSeat& seat, const store::DelphiItemRow& item, const OwnCards& own) {
  PanelCard card;
  card.item = item;
  card.settled = item.state != "active";
  card.data = !seat.control && !evidence_of(item).empty();
  bool answered = false;
  for (const auto& [place, answers] : own) {
    if (place.second != item.number) continue;
    answered = true;
    if (place.first == round_of(study, seat)) {
      card.own = answers;
    } else if (place.first < round_of(study, seat)) {
      card.earlier = answers;  // rounds come in order, the last stays
    }
  }
  if (!answered || seat.row.pilot) return card;
  card.feedback = TRY(feedback_of(delphi, study, item));
  card.arguments = TRY(shown_arguments(delphi, study, seat, item));
  return card;
}

}  // namespace

Result<OpenSeat> open_seat(Delphi& delphi, std::string_view secret, std::int64_t now_unix) {
  const auto refused = [] { return fail(ErrorKind::forbidden, "this link is not valid (any more); ask the organizer for a new one"); };
  auto row = TRY(delphi.db->seat_by_token(sha256_hex(secret)));
  if (!row || row->state == "revoked" || row->state == "withdrawn" || row->expires_at <= now_unix) return refused();
  OpenSeat seat;
  seat.study = fmt::format("study-{}", row->study);
  seat.control = experts::in_control_group(TRY(current_study(delphi, seat.study))->protocol, seat.study, row->id);
  seat.excluded = read_numbers(row->excluded);
  seat.row = std::move(*row);
  return seat;
}

Result<> give_consent(Delphi& delphi, const OpenSeat& seat, std::string_view text_version, std::string_view day) {
  auto identity = TRY(delphi.vault->identity(seat.row.id));
  if (identity) {
    identity->consent = JsonWriter().begin_object().field("text", text_version).field("day", day).end_object().text();
    TRY(delphi.vault->update_identity(*identity));
  }
  store::SeatRow row = seat.row;
  row.state = "consented";
  TRY(delphi.db->update_seat(row));
  if (row.pilot) TRY(delphi.db->add_pilot_save(row.study, {row.number, 0, unix_now()}));
  return {};
}

Result<std::vector<PanelCard>> panel_cards(Delphi& delphi, const DelphiStudy& study, const OpenSeat& seat) {
  TRY(check_consent(seat));
  const OwnCards own = TRY(own_cards(delphi, study, seat));
  std::vector<PanelCard> cards;
  for (const store::DelphiItemRow& item : study.items) {
    if (!in_play(item) || excluded(seat, item.number)) continue;
    cards.push_back(TRY(make_card(delphi, study, seat, item, own)));
  }
  std::ranges::stable_sort(cards, {}, [&](const PanelCard& card) { return hash_combine(hash64(seat.row.id), hash64(card.item.id)); });
  return cards;
}

Result<std::string> data_card(const DelphiStudy& study, const OpenSeat& seat, std::string_view item_id) {
  TRY(check_consent(seat));
  const auto item = seat_item(study, seat, item_id);
  std::string evidence = item && !seat.control ? evidence_of(*item) : std::string();
  if (evidence.empty()) return fail(ErrorKind::not_found, "there is no data card of '{}' for you", item_id);
  return evidence;
}

Result<PanelCard> save_answers(Delphi& delphi, const DelphiStudy& study, const OpenSeat& seat, std::string_view item_id, std::string_view answers_json, std::string_view day) {
  TRY(check_consent(seat));
  TRY(check_open(study, seat));
  const store::DelphiItemRow item = TRY(seat_item(study, seat, item_id));
  if (item.state != "active") return fail(ErrorKind::conflict, "{} is settled and takes no more answers", item_id);
  const Card given = TRY(read_card(study.questions, answers_json));
  const std::uint64_t place = hash_combine(hash64(std::to_string(seat.row.number)), static_cast<std::uint64_t>(item.number));
  std::unique_lock card_lock(delphi.known->cards[place % delphi.known->cards.size()]);
  OwnCards own = TRY(own_cards(delphi, study, seat, item.number));
  Card& card = own[{round_of(study, seat), item.number}];
  for (const auto& [question, answer] : given) card[question] = answer;
  store::CardRow row{study.row.number, round_of(study, seat), item.number, seat.row.number, "", std::string(day)};
  row.answers = delphi.answers.close(to_json(study.questions, card), card_context(row));
  TRY(delphi.db->save_card(row));
  card_lock.unlock();
  if (seat.row.pilot) TRY(delphi.db->add_pilot_save(study.row.number, {seat.row.number, item.number, unix_now()}));
  return make_card(delphi, study, seat, item, own);
}

Result<std::int64_t> add_argument(Delphi& delphi, const DelphiStudy& study, const OpenSeat& seat, std::string_view item_id, std::string_view text, std::string_view day) {
  TRY(check_consent(seat));
  TRY(check_open(study, seat));
  const store::DelphiItemRow item = TRY(seat_item(study, seat, item_id));
  if (seat.row.pilot) return fail(ErrorKind::conflict, "a trial takes no arguments: they would be shown to the panel");
  const std::string_view words = trim(text);
  if (words.empty()) return fail(ErrorKind::invalid_input, "text: is empty");
  TRY(check_text("text", words, 2000));
  const OwnCards own = TRY(own_cards(delphi, study, seat, item.number));
  const auto card = own.find({study.row.round, item.number});
  std::int64_t category = 0;
  if (card != own.end()) {
    const auto answer = card->second.find(study.protocol.deciding_question);
    if (answer != card->second.end() && !answer->second.abstained && !answer->second.options.empty()) category = answer->second.options[0] + 1;
  }
  if (category == 0) return fail(ErrorKind::conflict, "answer '{}' first, so that others see where the argument stands", study.protocol.deciding_question);
  return delphi.db->add_argument(study.row.number, {0, study.row.round, item.number, seat.row.number, category, 0, std::string(words), "", false, std::string(day)});
}

Result<> vote_argument(Delphi& delphi, const DelphiStudy& study, const OpenSeat& seat, std::int64_t argument, bool on) {
  TRY(check_consent(seat));
  TRY(check_open(study, seat));
  const OwnCards own = TRY(own_cards(delphi, study, seat));
  for (const store::ArgumentRow& row : TRY(delphi.db->arguments(study.row.number, 0))) {
    if (row.number != argument) continue;
    for (const store::DelphiItemRow& item : study.items) {
      if (item.number != row.item || excluded(seat, item.number)) continue;
      const PanelCard card = TRY(make_card(delphi, study, seat, item, own));
      for (const ShownArgument& shown : card.arguments) {
        if (shown.number != argument) continue;
        if (shown.own) return fail(ErrorKind::conflict, "this argument is your own");
        return delphi.db->vote(argument, seat.row.number, on);
      }
    }
  }
  return fail(ErrorKind::not_found, "there is no argument {} for you", argument);
}

Result<Withdrawal> withdraw(Delphi& delphi, const DelphiStudy& study, const OpenSeat& seat) {
  const bool before_end = experts::may_withdraw_answers(study.state);
  if (before_end) TRY(delphi.db->delete_answers_of_seat(seat.row.number));
  auto identity = TRY(delphi.vault->identity(seat.row.id));
  if (identity) {
    identity->sealed.clear();
    identity->erased = true;
    TRY(delphi.vault->update_identity(*identity));
  }
  store::SeatRow row = seat.row;
  row.state = "withdrawn";
  row.attributes = "{}";  // with its field and region a seat of a small group could be told
  TRY(delphi.db->update_seat(row));
  return before_end ? Withdrawal::answers_deleted : Withdrawal::link_cut;
}

Result<std::string> export_own(Delphi& delphi, const DelphiStudy& study, const OpenSeat& seat) {
  JsonWriter json;
  json.begin_object().field("study", study.row.id).key("title").begin_object().field("zh", study.row.title_zh).field("en", study.row.title_en).end_object();
  const auto identity = TRY(delphi.vault->identity(seat.row.id));
  json.key("person");
  if (identity && !identity->erased) {
    json.raw(TRY(delphi.identities.reveal(identity->sealed, seat.row.id)));
  } else {
    json.null();
  }
  json.key("consent").raw(identity && !identity->consent.empty() ? identity->consent : "null").key("attributes").raw(seat.row.attributes).key("answers").begin_array();
  for (const store::CardRow& row : TRY(delphi.db->cards_of_seat(seat.row.number))) {
    json.begin_object().field("round", row.round).field("item", fmt::format("item-{}", row.item)).field("day", row.day).key("answers").raw(TRY(delphi.answers.reveal(row.answers, card_context(row)))).end_object();
  }
  json.end_array().key("arguments").begin_array();
  for (const store::ArgumentRow& row : TRY(delphi.db->arguments(study.row.number, 0))) {
    if (row.seat != seat.row.number) continue;
    json.begin_object().field("round", row.round).field("item", fmt::format("item-{}", row.item)).field("text", row.text).field("votes", row.votes).end_object();
  }
  return json.end_array().end_object().text();
}

}  // namespace jianwei::workflow

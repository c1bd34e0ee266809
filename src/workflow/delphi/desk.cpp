#include "workflow/delphi/desk.h"

#include <simdjson.h>

#include <algorithm>

#include "base/hash.h"
#include "base/strings.h"
#include "store/app_db.h"
#include "workflow/delphi/delphi_json.h"
#include "workflow/delphi/item_results.h"

namespace jianwei::workflow {
namespace {

using experts::StudyState;
using experts::StudyStep;

// The deciding question must be there, be a scale, and have the zones' categories.
Result<> check_study(const experts::Protocol& protocol, const std::vector<experts::Question>& questions) {
  TRY(experts::check_protocol(protocol));
  std::vector<std::string> ids;
  for (const experts::Question& question : questions) {
    TRY(experts::check_question(question));
    if (std::ranges::find(ids, question.id) != ids.end()) return fail(ErrorKind::invalid_input, "two questions have the id '{}'", question.id);
    ids.push_back(question.id);
  }
  const auto deciding = std::ranges::find_if(questions, [&](const experts::Question& q) { return q.id == protocol.deciding_question; });
  if (deciding == questions.end()) return fail(ErrorKind::invalid_input, "the protocol decides by the question '{}', which is not asked", protocol.deciding_question);
  if (deciding->type != experts::QuestionType::scale) return fail(ErrorKind::invalid_input, "the protocol decides by the question '{}', which is no scale", protocol.deciding_question);
  const auto categories = static_cast<std::int32_t>(deciding->options.size());
  if (protocol.agree_to > categories || protocol.disagree_to > categories) return fail(ErrorKind::invalid_input, "the zones of the protocol reach category {}, the scale '{}' has {}", std::max(protocol.agree_to, protocol.disagree_to), deciding->id, categories);
  return {};
}

std::vector<std::string> as_json(const std::vector<experts::Question>& questions) {
  std::vector<std::string> list;
  for (const experts::Question& question : questions) list.push_back(to_json(question));
  return list;
}

store::StudyEventRow event(std::string_view actor, std::string_view kind, std::string detail) { return {0, "", std::string(actor), std::string(kind), std::move(detail), "", ""}; }

std::string reason_json(std::string_view reason) { return JsonWriter().begin_object().field("reason", reason).end_object().text(); }

Result<store::DelphiItemRow> find_item(const DelphiStudy& study, std::string_view id) {
  for (const store::DelphiItemRow& item : study.items) {
    if (item.id == id) return item;
  }
  return fail(ErrorKind::not_found, "{} has no item '{}'", study.row.id, id);
}

Result<> may_edit(const DelphiStudy& study) {
  if (experts::may_edit_items(study.state)) return {};
  return fail(ErrorKind::conflict, "{} is in state {}: items are changed before a round is opened or after it was analyzed", study.row.id, experts::to_string(study.state));
}

Result<store::DelphiItemRow> new_row(const NewItem& item, std::string lineage) {
  if (trim(item.text.zh).empty() && trim(item.text.en).empty()) return fail(ErrorKind::invalid_input, "an item has no words in any language");
  return store::DelphiItemRow{0, "", item.field, item.text.zh, item.text.en, item.origin, "active", std::move(lineage)};
}

}  // namespace

Result<Delphi> open_delphi(const std::filesystem::path& workspace_root) {
  const std::filesystem::path folder = workspace_root / "delphi";
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error) return fail(ErrorKind::unavailable, "{} cannot be made: {}", folder.string(), error.message());
  Delphi delphi;
  delphi.db = TRY(store::DelphiDb::open(folder / "delphi.db"));
  delphi.vault = TRY(store::VaultDb::open(folder / "vault.db"));
  delphi.answers = TRY(Seal::open(folder / "answers.key"));
  delphi.identities = TRY(Seal::open(folder / "vault.key"));
  return delphi;
}

bool in_play(const store::DelphiItemRow& item) { return item.state != "merged" && item.state != "split" && item.state != "dropped"; }

const experts::Question* DelphiStudy::question(std::string_view id) const {
  const auto found = std::ranges::find_if(questions, [&](const experts::Question& q) { return q.id == id; });
  return found == questions.end() ? nullptr : &*found;
}

const experts::Question* DelphiStudy::question(experts::QuestionRole role) const {
  const auto found = std::ranges::find_if(questions, [&](const experts::Question& q) { return q.role == role; });
  return found == questions.end() ? nullptr : &*found;
}

Result<store::DelphiStudyRow> make_study(Delphi& delphi, const NewStudy& study) {
  if (trim(study.title.zh).empty() && trim(study.title.en).empty()) return fail(ErrorKind::invalid_input, "title: a study needs a title in at least one language");
  TRY(check_study(study.protocol, study.questions));
  store::DelphiStudyRow row;
  row.title_zh = study.title.zh;
  row.title_en = study.title.en;
  row.purpose_zh = study.purpose.zh;
  row.purpose_en = study.purpose.en;
  row.mode = study.real_time ? "real_time" : "rounds";
  row.state = experts::to_string(StudyState::design);
  row.protocol = to_json(study.protocol);
  row.created_at = store::utc_now();
  row.created_by = study.created_by;
  return delphi.db->add_study(std::move(row), as_json(study.questions));
}

Result<DelphiStudy> load_study(Delphi& delphi, std::string_view id) {
  DelphiStudy study;
  study.row = TRY(delphi.db->study(id));
  study.state = TRY(experts::parse_study_state(study.row.state));
  study.protocol = TRY(read_protocol(study.row.protocol));
  for (const std::string& question : TRY(delphi.db->questions(study.row.number))) study.questions.push_back(TRY(read_question(question)));
  study.items = TRY(delphi.db->items(study.row.number));
  return study;
}

Result<std::shared_ptr<const DelphiStudy>> current_study(Delphi& delphi, std::string_view id) {
  // Read before the study: a change in between is seen at the next call.
  const std::int64_t event = TRY(delphi.db->last_event(id));
  {
    const std::lock_guard lock(delphi.known->mutex);
    const auto found = delphi.known->studies.find(id);
    if (found != delphi.known->studies.end() && found->second.first == event) return found->second.second;
  }
  auto study = std::make_shared<const DelphiStudy>(TRY(load_study(delphi, id)));
  const std::lock_guard lock(delphi.known->mutex);
  delphi.known->studies.insert_or_assign(std::string(id), std::pair{event, study});
  return study;
}

Result<> set_questions(Delphi& delphi, std::string_view id, const std::vector<experts::Question>& questions, std::string_view actor) {
  const DelphiStudy study = TRY(load_study(delphi, id));
  if (study.state != StudyState::design) return fail(ErrorKind::conflict, "{} is in state {}: questions are changed in design only", id, study.row.state);
  TRY(check_study(study.protocol, questions));
  TRY(delphi.db->replace_questions(study.row.number, as_json(questions)));
  return delphi.db->add_event(study.row.number, event(actor, "questions_changed", "{}"));
}

Result<> set_protocol(Delphi& delphi, std::string_view id, const experts::Protocol& protocol, std::string_view reason, std::string_view actor) {
  DelphiStudy study = TRY(load_study(delphi, id));
  TRY(check_study(protocol, study.questions));
  store::DelphiDb::Step step;
  step.study = study.row;
  step.study.protocol = to_json(protocol);
  if (study.row.protocol_hash.empty()) {
    step.event = event(actor, "protocol_drafted", "{}");
    return delphi.db->take_step(step);
  }
  if (trim(reason).empty()) return fail(ErrorKind::invalid_input, "reason: the rules of {} are locked; a change needs a reason, and everybody sees it", id);
  const auto versions = TRY(delphi.db->protocol_versions(study.row.number));
  step.study.protocol_hash = experts::protocol_hash(protocol);
  step.protocol = store::ProtocolVersionRow{static_cast<std::int64_t>(versions.size()) + 1, experts::protocol_text(protocol), step.study.protocol_hash, std::string(reason), store::utc_now(), std::string(actor)};
  step.event = event(actor, "protocol_changed", JsonWriter().begin_object().field("hash", step.study.protocol_hash).field("before", study.row.protocol_hash).field("reason", reason).end_object().text());
  return delphi.db->take_step(step);
}

// Items.

Result<std::vector<store::DelphiItemRow>> add_items(Delphi& delphi, std::string_view id, const std::vector<NewItem>& items, std::string_view actor) {
  const DelphiStudy study = TRY(load_study(delphi, id));
  TRY(may_edit(study));
  std::vector<store::DelphiItemRow> rows;
  for (const NewItem& item : items) rows.push_back(TRY(new_row(item, "{}")));
  rows = TRY(delphi.db->add_items(study.row.number, std::move(rows)));
  TRY(delphi.db->add_event(study.row.number, event(actor, "items_added", JsonWriter().begin_object().field("count", rows.size()).end_object().text())));
  return rows;
}

Result<store::DelphiItemRow> reword_item(Delphi& delphi, std::string_view id, std::string_view item_id, const experts::Words& text, std::string_view reason, std::string_view actor) {
  const DelphiStudy study = TRY(load_study(delphi, id));
  TRY(may_edit(study));
  store::DelphiItemRow item = TRY(find_item(study, item_id));
  if (trim(text.zh).empty() && trim(text.en).empty()) return fail(ErrorKind::invalid_input, "{} would have no words in any language", item_id);
  JsonWriter lineage;
  lineage.begin_object().key("reworded_from").begin_object().field("zh", item.text_zh).field("en", item.text_en).key("lineage").raw(item.lineage).end_object().field("reason", reason).field("by", actor).end_object();
  item.lineage = std::move(lineage).text();
  item.text_zh = text.zh;
  item.text_en = text.en;
  TRY(delphi.db->update_item(study.row.number, item));
  TRY(delphi.db->add_event(study.row.number, event(actor, "item_reworded", JsonWriter().begin_object().field("item", item.id).field("reason", reason).end_object().text())));
  return item;
}

Result<store::DelphiItemRow> merge_items(Delphi& delphi, std::string_view id, const std::vector<std::string>& items, const NewItem& merged, std::string_view reason, std::string_view actor) {
  const DelphiStudy study = TRY(load_study(delphi, id));
  TRY(may_edit(study));
  if (items.size() < 2) return fail(ErrorKind::invalid_input, "items: two or more are merged, {} given", items.size());
  std::vector<store::DelphiItemRow> old;
  JsonWriter lineage;
  lineage.begin_object().key("merged_from").begin_array();
  for (const std::string& item : items) {
    old.push_back(TRY(find_item(study, item)));
    lineage.value(item);
  }
  lineage.end_array().field("reason", reason).field("by", actor).end_object();
  std::vector<store::DelphiItemRow> made = TRY(delphi.db->add_items(study.row.number, {TRY(new_row(merged, std::move(lineage).text()))}));
  for (store::DelphiItemRow& item : old) {
    item.state = "merged";
    TRY(delphi.db->update_item(study.row.number, item));
  }
  TRY(delphi.db->add_event(study.row.number, event(actor, "items_merged", JsonWriter().begin_object().field("into", made[0].id).field("reason", reason).end_object().text())));
  return made[0];
}

Result<std::vector<store::DelphiItemRow>> split_item(Delphi& delphi, std::string_view id, std::string_view item_id, const std::vector<NewItem>& parts, std::string_view reason, std::string_view actor) {
  const DelphiStudy study = TRY(load_study(delphi, id));
  TRY(may_edit(study));
  store::DelphiItemRow item = TRY(find_item(study, item_id));
  if (parts.size() < 2) return fail(ErrorKind::invalid_input, "parts: an item is split into two or more, {} given", parts.size());
  const std::string lineage = JsonWriter().begin_object().field("split_from", item.id).field("reason", reason).field("by", actor).end_object().text();
  std::vector<store::DelphiItemRow> rows;
  for (const NewItem& part : parts) rows.push_back(TRY(new_row(part, lineage)));
  rows = TRY(delphi.db->add_items(study.row.number, std::move(rows)));
  item.state = "split";
  TRY(delphi.db->update_item(study.row.number, item));
  TRY(delphi.db->add_event(study.row.number, event(actor, "item_split", JsonWriter().begin_object().field("item", item.id).field("reason", reason).end_object().text())));
  return rows;
}

// Seats.

Result<std::vector<Invitation>> invite(Delphi& delphi, std::string_view id, const std::vector<Invitee>& invitees, std::int64_t expires_at, std::string_view actor) {
  const DelphiStudy study = TRY(load_study(delphi, id));
  if (study.state == StudyState::design || study.state == StudyState::aborted || study.state >= StudyState::concluded) {
    if (study.state != StudyState::paused) return fail(ErrorKind::conflict, "{} is in state {}: people are invited once the rules are locked and until the study ends", id, study.row.state);
  }
  std::vector<store::SeatRow> seats;
  std::vector<store::IdentityRow> identities;
  std::vector<Invitation> invitations;
  for (const Invitee& invitee : invitees) {
    Invitation invitation{"seat-" + TRY(random_hex(16)), TRY(random_token())};
    JsonWriter attributes, excluded, person;
    attributes.begin_object();
    for (const auto& [name, value] : invitee.attributes) attributes.field(name, value);
    attributes.end_object();
    excluded.begin_array();
    for (const std::string& item : invitee.excluded_items) excluded.value(TRY(find_item(study, item)).number);
    excluded.end_array();
    person.begin_object().field("name", invitee.name).field("email", invitee.email).field("organisation", invitee.organisation).field("person", invitee.person).end_object();
    seats.push_back({0, study.row.number, invitation.seat, sha256_hex(invitation.secret), expires_at, attributes.text(), "invited", excluded.text()});
    identities.push_back({invitation.seat, study.row.id, TRY(delphi.identities.close(person.text(), invitation.seat)), "", false});
    invitations.push_back(std::move(invitation));
  }
  // The vault first: a seat whose person is not known could never be reached.
  TRY(delphi.vault->add_identities(identities));
  TRY(delphi.db->add_seats(seats));
  TRY(delphi.db->add_event(study.row.number, event(actor, "invited", JsonWriter().begin_object().field("count", seats.size()).end_object().text())));
  return invitations;
}

namespace {

Result<store::SeatRow> find_seat_row(Delphi& delphi, const DelphiStudy& study, std::string_view seat_id) {
  for (store::SeatRow& seat : TRY(delphi.db->seats(study.row.number))) {
    if (seat.id == seat_id) return std::move(seat);
  }
  return fail(ErrorKind::not_found, "{} has no seat '{}'", study.row.id, seat_id);
}

}  // namespace

Result<> revoke_seat(Delphi& delphi, std::string_view id, std::string_view seat_id, std::string_view reason, std::string_view actor) {
  const DelphiStudy study = TRY(load_study(delphi, id));
  store::SeatRow seat = TRY(find_seat_row(delphi, study, seat_id));
  seat.state = "revoked";
  TRY(delphi.db->update_seat(seat));
  // Which seat is not said: the chain of events is open to the panel.
  return delphi.db->add_event(study.row.number, event(actor, "seat_revoked", reason_json(reason)));
}

Result<Invitation> renew_link(Delphi& delphi, std::string_view id, std::string_view seat_id, std::int64_t expires_at, std::string_view actor) {
  const DelphiStudy study = TRY(load_study(delphi, id));
  store::SeatRow seat = TRY(find_seat_row(delphi, study, seat_id));
  if (seat.state == "withdrawn") return fail(ErrorKind::conflict, "this person has withdrawn");
  Invitation invitation{seat.id, TRY(random_token())};
  seat.token_hash = sha256_hex(invitation.secret);
  seat.expires_at = expires_at;
  if (seat.state == "revoked") seat.state = "invited";
  TRY(delphi.db->update_seat(seat));
  TRY(delphi.db->add_event(study.row.number, event(actor, "link_renewed", "{}")));
  return invitation;
}

// Steps.

namespace {

// Every item still in play, by the rule that was locked.
Result<std::vector<store::SettlementRow>> settle_round(Delphi& delphi, const DelphiStudy& study, Progress& progress) {
  std::vector<store::SettlementRow> rows;
  progress.begin("settle", static_cast<std::int64_t>(study.items.size()), "items");
  for (const store::DelphiItemRow& item : study.items) {
    TRY(progress.check());
    if (item.state == "active") {
      const ItemResult result = TRY(measure_item(delphi, study, item, study.row.round));
      rows.push_back({study.row.round, item.number, result.card_count, std::string(experts::to_string(result.settlement.state)), to_json(study, result)});
    }
    progress.advance();
  }
  return rows;
}

}  // namespace

Result<DelphiStudy> take_step(Delphi& delphi, std::string_view id, StudyStep kind, std::string_view reason, std::string_view actor, Progress& progress) {
  const DelphiStudy study = TRY(load_study(delphi, id));
  const StudyState before_pause = study.row.state_before_pause.empty() ? StudyState::design : TRY(experts::parse_study_state(study.row.state_before_pause));
  const StudyState next = TRY(experts::next_state(study.state, kind, before_pause));
  store::DelphiDb::Step step;
  step.study = study.row;
  step.study.state = experts::to_string(next);
  if (kind == StudyStep::pause) step.study.state_before_pause = study.row.state;
  JsonWriter detail;
  detail.begin_object();
  if (!reason.empty()) detail.field("reason", reason);
  const std::string now = store::utc_now();
  if (kind == StudyStep::lock_protocol) {
    if (study.items.empty()) return fail(ErrorKind::conflict, "{} has no items to judge; add them first", id);
    step.study.protocol_hash = experts::protocol_hash(study.protocol);
    step.protocol = store::ProtocolVersionRow{1, experts::protocol_text(study.protocol), step.study.protocol_hash, "locked before the first round", now, std::string(actor)};
    detail.field("hash", step.study.protocol_hash);
  } else if (kind == StudyStep::open_round) {
    if (TRY(delphi.db->seats(study.row.number)).empty()) return fail(ErrorKind::conflict, "nobody is invited to {} yet", id);
    if (study.row.round >= study.protocol.most_rounds) return fail(ErrorKind::conflict, "{} has had its {} rounds; conclude it", id, study.protocol.most_rounds);
    const bool any = std::ranges::any_of(study.items, [](const store::DelphiItemRow& item) { return item.state == "active"; });
    if (!any) return fail(ErrorKind::conflict, "every item of {} is settled; conclude it", id);
    step.study.round = study.row.round + 1;
    step.round = store::RoundRow{step.study.round, now, ""};
    detail.field("round", step.study.round);
  } else if (kind == StudyStep::close_round) {
    const auto rounds = TRY(delphi.db->rounds(study.row.number));
    step.round = store::RoundRow{study.row.round, rounds.empty() ? "" : rounds.back().opened_at, now};
    detail.field("round", study.row.round);
  } else if (kind == StudyStep::analyze) {
    step.settlements = TRY(settle_round(delphi, study, progress));
    detail.field("round", study.row.round).field("items", step.settlements.size());
  }
  step.event = event(actor, experts::to_string(kind), detail.end_object().text());
  TRY(delphi.db->take_step(step));
  return load_study(delphi, id);
}

// Identities.

Result<std::int64_t> ask_identity(Delphi& delphi, std::string_view id, std::string_view seat_id, std::string_view reason, std::string_view actor) {
  const DelphiStudy study = TRY(load_study(delphi, id));
  const store::SeatRow seat = TRY(find_seat_row(delphi, study, seat_id));
  if (trim(reason).empty()) return fail(ErrorKind::invalid_input, "reason: opening an identity needs a reason");
  const std::int64_t number = TRY(delphi.vault->ask_join({0, seat.id, std::string(reason), std::string(actor), store::utc_now(), "", ""}));
  TRY(delphi.db->add_event(study.row.number, event(actor, "identity_asked", JsonWriter().begin_object().field("request", number).field("reason", reason).end_object().text())));
  return number;
}

Result<std::int64_t> ask_author(Delphi& delphi, std::string_view id, std::int64_t argument, std::string_view reason, std::string_view actor) {
  const DelphiStudy study = TRY(load_study(delphi, id));
  for (const store::ArgumentRow& row : TRY(delphi.db->arguments(study.row.number, 0))) {
    if (row.number != argument) continue;
    for (const store::SeatRow& seat : TRY(delphi.db->seats(study.row.number))) {
      if (seat.number == row.seat) return ask_identity(delphi, id, seat.id, reason, actor);
    }
  }
  return fail(ErrorKind::not_found, "{} has no argument {}", id, argument);
}

Result<Identity> grant_identity(Delphi& delphi, std::int64_t request, std::string_view actor) {
  const store::JoinRow join = TRY(delphi.vault->grant_join(request, actor, store::utc_now()));
  const auto row = TRY(delphi.vault->identity(join.seat));
  if (!row || row->erased) return fail(ErrorKind::not_found, "the person behind this seat was erased on their wish");
  const DelphiStudy study = TRY(load_study(delphi, row->study));
  TRY(delphi.db->add_event(study.row.number, event(actor, "identity_joined", JsonWriter().begin_object().field("request", request).field("asked_by", join.asked_by).end_object().text())));
  const std::string text = TRY(delphi.identities.reveal(row->sealed, join.seat));
  simdjson::dom::parser parser;
  simdjson::dom::object object;
  if (parser.parse(text).get(object)) return fail(ErrorKind::corrupt, "the identity of {} cannot be read", join.seat);
  const auto get = [&](std::string_view name) {
    std::string_view value;
    return object.at_key(name).get(value) ? std::string() : std::string(value);
  };
  return Identity{get("name"), get("email"), get("organisation"), get("person")};
}

}  // namespace jianwei::workflow

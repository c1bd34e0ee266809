#include "workflow/delphi/seats.h"

#include <simdjson.h>

#include <algorithm>
#include <set>

#include "base/entropy.h"
#include "base/hash.h"
#include "base/json_writer.h"
#include "base/strings.h"
#include "experts/delphi/disclosure.h"
#include "store/app_db.h"
#include "workflow/expert_library/fields.h"
#include "workflow/expert_library/typed_words.h"

namespace jianwei::workflow {
namespace {

using experts::StudyState;

Result<> may_invite(const DelphiStudy& study, bool pilot) {
  const bool begun = study.state != StudyState::design || pilot;
  const bool over = study.state == StudyState::aborted || (study.state >= StudyState::concluded && study.state != StudyState::paused);
  if (begun && !over) return {};
  return fail(ErrorKind::conflict, "{} is in state {}: people are invited once the rules are locked and until the study ends", study.row.id, study.row.state);
}

Result<Identity> read_identity(const Delphi& delphi, const store::IdentityRow& row) {
  const Fields person = TRY(Fields::parse(TRY(delphi.identities.reveal(row.sealed, row.seat)), row.seat));
  return Identity{TRY(person.text("name")), TRY(person.text("email")), TRY(person.text("organisation")), TRY(person.text("person"))};
}

// The people of a study by seat code, without those who were erased.
Result<std::map<std::string, Identity>> people_of(Delphi& delphi, const DelphiStudy& study) {
  std::map<std::string, Identity> people;
  for (const store::IdentityRow& row : TRY(delphi.vault->identities(study.row.id))) {
    if (!row.erased) people.emplace(row.seat, TRY(read_identity(delphi, row)));
  }
  return people;
}

Result<std::vector<std::int32_t>> read_members(std::string_view json) {
  std::vector<std::int32_t> members;
  const Fields list = TRY(Fields::parse(fmt::format("{{\"seats\":{}}}", json), "seats"));
  for (const double seat : TRY(list.numbers("seats"))) members.push_back(static_cast<std::int32_t>(seat));
  return members;
}

// Whether the names of these people may be shown now, beside the lists shown before in this round.
Result<> may_show(Delphi& delphi, const DelphiStudy& study, const std::vector<SeatProgress>& panel) {
  std::vector<std::int32_t> missing, others;
  JsonWriter seats;
  seats.begin_array();
  for (const SeatProgress& seat : panel) (seat.missing() ? missing : others).push_back(static_cast<std::int32_t>(seat.row.number));
  std::ranges::sort(missing);
  std::ranges::sort(others);
  for (const std::int32_t seat : missing) seats.value(seat);
  experts::DisclosureGuard guard(study.protocol.small_cell);
  for (const std::string& shown : TRY(delphi.db->shown_missing(study.row.number, study.row.round))) (void)guard.admit(TRY(read_members(shown)));
  if (!guard.admit(missing) || (!others.empty() && std::ssize(others) < study.protocol.small_cell)) {
    return fail(ErrorKind::conflict, "a list of names now would tell apart fewer than {} people of {}; wait for more answers, or set up [mail] in jianwei.toml, so that nobody reads a list", study.protocol.small_cell, study.row.id);
  }
  return delphi.db->add_shown_missing(study.row.number, study.row.round, seats.end_array().text());
}

// What goes into letters and lists must be one line; an address is one address.
Result<> check_invitees(const std::vector<Invitee>& invitees, bool pilot) {
  std::set<std::string, std::less<>> addresses;
  for (std::size_t i = 0; i < invitees.size(); ++i) {
    const Invitee& invitee = invitees[i];
    for (const auto& [name, text] : {std::pair{"name", &invitee.name}, std::pair{"email", &invitee.email}, std::pair{"organisation", &invitee.organisation}}) TRY(check_line(fmt::format("invitees: number {}: {}", i + 1, name), *text, kTitleCharacters));
    for (const auto& [name, value] : invitee.attributes) {
      TRY(check_line(fmt::format("invitees: number {}: the name of an attribute", i + 1), name, kTitleCharacters));
      TRY(check_line(fmt::format("invitees: number {}: {}", i + 1, name), value, kTitleCharacters));
    }
    if (invitee.name.empty() && invitee.email.empty() && !pilot) return fail(ErrorKind::invalid_input, "invitees: number {} has neither name nor email: nobody could be reached or told apart", i + 1);
    if (invitee.email.empty()) continue;
    const std::size_t at = invitee.email.find('@');
    if (at == 0 || at == std::string::npos || at + 1 == invitee.email.size() || invitee.email.find('@', at + 1) != std::string::npos || invitee.email.find_first_of(" ,;<>\"") != std::string::npos) {
      return fail(ErrorKind::invalid_input, "invitees: number {}: \"{}\" is not one mail address", i + 1, invitee.email);
    }
    if (!addresses.insert(invitee.email).second) return fail(ErrorKind::invalid_input, "invitees: {} is named twice: one person, one seat", invitee.email);
  }
  return {};
}

}  // namespace

Result<std::vector<Invitation>> invite(Delphi& delphi, std::string_view id, const std::vector<Invitee>& invitees, std::int64_t expires_at, bool pilot, std::string_view actor) {
  const DelphiStudy study = TRY(load_study(delphi, id));
  TRY(may_invite(study, pilot));
  TRY(check_invitees(invitees, pilot));
  std::vector<store::SeatRow> seats;
  std::vector<std::string> token_hashes;
  std::vector<store::IdentityRow> identities;
  std::vector<Invitation> invitations;
  for (const Invitee& invitee : invitees) {
    Invitation invitation{"seat-" + random_hex(16), random_token()};
    JsonWriter attributes, excluded, person;
    attributes.begin_object();
    for (const auto& [name, value] : invitee.attributes) attributes.field(name, value);
    attributes.end_object();
    excluded.begin_array();
    for (const std::string& item : invitee.excluded_items) excluded.value(TRY(find_item(study, item)).number);
    excluded.end_array();
    person.begin_object().field("name", invitee.name).field("email", invitee.email).field("organisation", invitee.organisation).field("person", invitee.person).end_object();
    seats.push_back({0, study.row.number, invitation.seat, expires_at, attributes.text(), "invited", excluded.text(), pilot});
    token_hashes.push_back(sha256_hex(invitation.secret));
    identities.push_back({invitation.seat, study.row.id, delphi.identities.close(person.text(), invitation.seat), "", false});
    invitations.push_back(std::move(invitation));
  }
  // The vault first: a seat whose person is not known could never be reached.
  TRY(delphi.vault->add_identities(identities));
  TRY(delphi.db->add_seats(seats, token_hashes));
  TRY(delphi.db->add_event(study.row.number, study_event(actor, pilot ? "pilot_invited" : "invited", JsonWriter().begin_object().field("count", seats.size()).end_object().text())));
  return invitations;
}

Result<store::SeatRow> find_seat(Delphi& delphi, const DelphiStudy& study, const SeatName& name) {
  std::vector<std::string> codes;
  if (!name.seat.empty()) {
    codes.push_back(name.seat);
  } else if (!trim(name.email).empty() || !trim(name.name).empty()) {
    for (const auto& [code, person] : TRY(people_of(delphi, study))) {
      if (trim(name.email).empty() ? trim(person.name) == trim(name.name) : trim(person.email) == trim(name.email)) codes.push_back(code);
    }
    if (codes.size() > 1) return fail(ErrorKind::conflict, "{} people of {} go by '{}': name the seat, or the address", codes.size(), study.row.id, name.email.empty() ? name.name : name.email);
  } else {
    return fail(ErrorKind::invalid_input, "seat, email, name: one of the three must say whose link is meant");
  }
  for (store::SeatRow& seat : TRY(delphi.db->seats(study.row.number))) {
    if (!codes.empty() && seat.id == codes.front()) return std::move(seat);
  }
  return fail(ErrorKind::not_found, "{} has no seat '{}'", study.row.id, !name.seat.empty() ? name.seat : name.email.empty() ? name.name : name.email);
}

Result<> revoke_seat(Delphi& delphi, std::string_view id, const SeatName& name, std::string_view reason, std::string_view actor) {
  const DelphiStudy study = TRY(load_study(delphi, id));
  if (trim(reason).empty()) return fail(ErrorKind::invalid_input, "reason: is empty; revoking a link needs one, and it is kept");
  store::SeatRow seat = TRY(find_seat(delphi, study, name));
  if (seat.state == "withdrawn") return fail(ErrorKind::conflict, "this person has withdrawn");
  seat.state = "revoked";
  TRY(delphi.db->update_seat(seat));
  TRY(delphi.db->replace_links(seat.number, std::nullopt));
  // Which seat is not said: the chain of events is open to the panel.
  return delphi.db->add_event(study.row.number, study_event(actor, "seat_revoked", JsonWriter().begin_object().field("reason", reason).end_object().text()));
}

Result<Invitation> renew_link(Delphi& delphi, std::string_view id, const SeatName& name, std::int64_t expires_at, std::string_view actor) {
  const DelphiStudy study = TRY(load_study(delphi, id));
  store::SeatRow seat = TRY(find_seat(delphi, study, name));
  if (seat.state == "withdrawn") return fail(ErrorKind::conflict, "this person has withdrawn");
  Invitation invitation{seat.id, random_token()};
  TRY(delphi.db->replace_links(seat.number, store::LinkRow{sha256_hex(invitation.secret), seat.number, expires_at}));
  if (seat.state == "revoked") {
    seat.state = "invited";
    TRY(delphi.db->update_seat(seat));
  }
  TRY(delphi.db->add_event(study.row.number, study_event(actor, "link_renewed", "{}")));
  return invitation;
}

// Who is missing.

Result<std::vector<store::SeatRow>> panel_seats(Delphi& delphi, const DelphiStudy& study) {
  std::vector<store::SeatRow> seats = TRY(delphi.db->seats(study.row.number));
  std::erase_if(seats, [](const store::SeatRow& seat) { return seat.pilot; });
  return seats;
}

Attributes read_attributes(const store::SeatRow& seat) {
  Attributes attributes;
  simdjson::dom::parser parser;
  simdjson::dom::object object;
  if (parser.parse(seat.attributes).get(object)) return attributes;
  for (const auto [name, value] : object) {
    std::string_view text;
    if (!value.get(text)) attributes.emplace(std::string(name), std::string(text));
  }
  return attributes;
}

std::set<std::string> attribute_names(const std::vector<store::SeatRow>& seats) {
  std::set<std::string> names;
  for (const store::SeatRow& seat : seats) {
    for (const auto& [name, value] : read_attributes(seat)) names.insert(name);
  }
  return names;
}

Result<std::vector<SeatProgress>> seat_progress(Delphi& delphi, const DelphiStudy& study) {
  std::vector<std::int64_t> asked;
  for (const store::DelphiItemRow& item : study.items) {
    if (in_play(item) && item.state == "active") asked.push_back(item.number);
  }
  std::map<std::int64_t, std::int64_t> cards;
  for (const store::DelphiDb::Progress& row : TRY(delphi.db->progress(study.row.number, study.row.round))) cards[row.seat] = row.cards;
  std::vector<SeatProgress> panel;
  for (store::SeatRow& seat : TRY(panel_seats(delphi, study))) {
    SeatProgress progress;
    progress.due = std::ssize(asked);
    progress.excluded = TRY(read_members(seat.excluded));
    std::ranges::sort(progress.excluded);
    for (const std::int32_t item : progress.excluded) progress.due -= std::ranges::binary_search(asked, std::int64_t{item}) ? 1 : 0;
    const auto found = cards.find(seat.number);
    progress.cards = found == cards.end() ? 0 : found->second;
    progress.row = std::move(seat);
    panel.push_back(std::move(progress));
  }
  return panel;
}

namespace {

Result<> round_is_open(const DelphiStudy& study) {
  if (study.state == StudyState::round_open) return {};
  return fail(ErrorKind::conflict, "{} is in state {}: nobody is missing while no round is open", study.row.id, study.row.state);
}

}  // namespace

Result<std::string> missing_json(Delphi& delphi, const DelphiStudy& study, bool mail) {
  TRY(round_is_open(study));
  JsonWriter items;
  std::int64_t invited = 0, missing = 0;
  items.begin_array();
  for (const SeatProgress& seat : TRY(seat_progress(delphi, study))) {
    invited += seat.row.state == "revoked" ? 0 : 1;
    if (!seat.missing()) continue;
    ++missing;
    items.begin_object().field("seat", seat.row.id).field("state", seat.row.state).end_object();
  }
  JsonWriter json;
  json.begin_object().field("study", study.row.id).field("round", study.row.round).field("invited", invited).field("missing", missing).field("mail", mail).key("items").raw(items.end_array().text());
  return json.end_object().text();
}

Result<std::vector<ReminderLink>> remind(Delphi& delphi, const DelphiStudy& study, bool shown, std::string_view actor) {
  TRY(round_is_open(study));
  const std::vector<SeatProgress> panel = TRY(seat_progress(delphi, study));
  if (std::ranges::none_of(panel, &SeatProgress::missing)) return fail(ErrorKind::conflict, "nobody of {} is missing in round {}", study.row.id, study.row.round);
  if (shown) TRY(may_show(delphi, study, panel));
  const std::map<std::string, Identity> people = TRY(people_of(delphi, study));
  std::vector<store::LinkRow> links;
  std::vector<ReminderLink> reminders;
  for (const SeatProgress& seat : panel) {
    const auto person = people.find(seat.row.id);
    if (!seat.missing() || person == people.end()) continue;
    ReminderLink reminder{person->second.name, person->second.email, random_token()};
    links.push_back({sha256_hex(reminder.secret), seat.row.number, seat.row.expires_at});
    reminders.push_back(std::move(reminder));
  }
  // By name: the order of seats would join the list of codes to the list of names.
  std::ranges::sort(reminders, {}, &ReminderLink::name);
  TRY(delphi.db->add_links(links));
  const std::string detail = JsonWriter().begin_object().field("round", study.row.round).field("count", reminders.size()).field("channel", shown ? "file" : "mail").end_object().text();
  TRY(delphi.db->add_event(study.row.number, study_event(actor, "reminded", detail)));
  return reminders;
}

// Identities.

Result<std::int64_t> ask_identity(Delphi& delphi, std::string_view id, std::string_view seat_id, std::string_view reason, std::string_view actor) {
  const DelphiStudy study = TRY(load_study(delphi, id));
  const store::SeatRow seat = TRY(find_seat(delphi, study, {std::string(seat_id), "", ""}));
  if (trim(reason).empty()) return fail(ErrorKind::invalid_input, "reason: opening an identity needs a reason");
  const std::int64_t number = TRY(delphi.vault->ask_join({0, seat.id, std::string(reason), std::string(actor), store::utc_now(), "", ""}));
  TRY(delphi.db->add_event(study.row.number, study_event(actor, "identity_asked", JsonWriter().begin_object().field("request", number).field("reason", reason).end_object().text())));
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
  TRY(delphi.db->add_event(study.row.number, study_event(actor, "identity_joined", JsonWriter().begin_object().field("request", request).field("asked_by", join.asked_by).end_object().text())));
  return read_identity(delphi, *row);
}

}  // namespace jianwei::workflow

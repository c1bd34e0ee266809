// Who sits on a panel: invitations, personal links, who is missing, reminders, and the person behind a seat. Names are in the vault; the moderator works with people's
// addresses and with codes of seats, and is never told which code is whose.
#pragma once

#include <algorithm>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "workflow/delphi/desk.h"

namespace jianwei::workflow {

struct Invitee {
  std::string name, email, organisation, person;              // person: of the lake, "" = unknown
  std::map<std::string, std::string> attributes;              // sector, field, region, ...: what results are split by
  std::vector<std::string> excluded_items;                    // own items and conflicts of interest: never shown to this seat
};
struct Invitation {
  std::string seat, secret;                                   // the link's secret; only its hash is stored
};
// `pilot`: the seats try the questionnaire (pilot.h); may be invited in design too.
// Errors: conflict  the study is over, or not locked yet; invalid_input  an item that does not exist
Result<std::vector<Invitation>> invite(Delphi& delphi, std::string_view study, const std::vector<Invitee>& invitees, std::int64_t expires_at, bool pilot, std::string_view actor);

// Which seat is meant: its code, or the address (else the name) it was invited by. Errors: not_found; conflict  several people of that name; invalid_input  none of the three
struct SeatName {
  std::string seat, email, name;
};
Result<store::SeatRow> find_seat(Delphi& delphi, const DelphiStudy& study, const SeatName& name);

// Ends all links of a seat. Errors: invalid_input  no reason; not_found; conflict
Result<> revoke_seat(Delphi& delphi, std::string_view study, const SeatName& seat, std::string_view reason, std::string_view actor);
// A new secret for a seat whose link was lost, or that was revoked; the old ones end. Errors: not_found; conflict  the person has withdrawn
Result<Invitation> renew_link(Delphi& delphi, std::string_view study, const SeatName& seat, std::int64_t expires_at, std::string_view actor);

// The seats of the panel, without those that only try the questionnaire; by code, which is random.
Result<std::vector<store::SeatRow>> panel_seats(Delphi& delphi, const DelphiStudy& study);

using Attributes = std::map<std::string, std::string>;
Attributes read_attributes(const store::SeatRow& seat);
std::set<std::string> attribute_names(const std::vector<store::SeatRow>& seats);

// How far a seat of the panel is in the current round. Pilot seats are not of the panel.
struct SeatProgress {
  store::SeatRow row;
  std::vector<std::int32_t> excluded;                         // numbers of items, increasing
  std::int64_t cards = 0, due = 0;                            // due: items still asked that the seat may judge
  bool may_judge(std::int64_t item) const { return !std::binary_search(excluded.begin(), excluded.end(), item); }
  bool started() const { return cards > 0; }
  bool finished() const { return started() && cards >= due; }
  bool missing() const { return cards < due && (row.state == "invited" || row.state == "consented"); }
};
Result<std::vector<SeatProgress>> seat_progress(Delphi& delphi, const DelphiStudy& study);  // by seat code, which is random

// {"round","invited","missing","mail":bool,"items":[{"seat","state"}]}: codes and nothing else. Errors: conflict  no round is open
Result<std::string> missing_json(Delphi& delphi, const DelphiStudy& study, bool mail);

// One more link for each missing seat; those they have stay good until they end. One event says how many.
struct ReminderLink {
  std::string name, email, secret;
};
// `shown`: a person will read the names (no mail is set up). Then the list must have the small cell of people at least, and differ by as many from one shown before in this
// round: with live figures at hand the answers of one or two could be told otherwise.
// Errors: conflict  no round is open; nobody is missing; too few people, or too few more than on a list shown before
Result<std::vector<ReminderLink>> remind(Delphi& delphi, const DelphiStudy& study, bool shown, std::string_view actor);

// Asks for the person behind a seat; another person must grant it, and only then is the name shown, once.
Result<std::int64_t> ask_identity(Delphi& delphi, std::string_view study, std::string_view seat, std::string_view reason, std::string_view actor);
// The same for the author of an argument; the seat itself is not told.
Result<std::int64_t> ask_author(Delphi& delphi, std::string_view study, std::int64_t argument, std::string_view reason, std::string_view actor);
struct Identity {
  std::string name, email, organisation, person;
};
Result<Identity> grant_identity(Delphi& delphi, std::int64_t request, std::string_view actor);

}  // namespace jianwei::workflow

// The panellist's side: a link opens a seat; cards are answered one by one and saved at once; what the group thinks is seen only after the own answer.
//
// What a seat can never learn: who else sits on the panel, who wrote an argument, when somebody answered, the figures of fewer people than the small cell, or how a
// figure moved by a single answer (live figures are renewed in steps of the small cell).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "workflow/delphi/desk.h"
#include "workflow/delphi/item_results.h"

namespace jianwei::workflow {

struct OpenSeat {
  store::SeatRow row;
  std::string study;               // id
  std::vector<std::int64_t> excluded;
  bool control = false;            // sees no data cards
};

// Errors: forbidden  unknown, expired, revoked or withdrawn: one message for all, so that a guesser learns nothing
Result<OpenSeat> open_seat(Delphi& delphi, std::string_view secret, std::int64_t now_unix);

// Consent to a text of this version; kept in the vault. A seat answers only after it.
Result<> give_consent(Delphi& delphi, const OpenSeat& seat, std::string_view text_version, std::string_view day);

struct GroupFeedback {
  std::int64_t round = 0;          // whose answers these are
  std::string summary;             // JSON of the round's questions; counts, quartiles, never a single answer
};
struct ShownArgument {
  std::int64_t number = 0;
  std::int64_t category = 0;       // where its author stands
  std::int64_t votes = 0;
  std::string text;
  bool own = false, voted = false;
};
struct PanelCard {
  store::DelphiItemRow item;
  std::optional<Card> own;         // of this round
  std::optional<Card> earlier;     // of the last round the seat answered before
  std::optional<GroupFeedback> feedback;
  std::vector<ShownArgument> arguments;  // only with own answer
  bool settled = false;            // no further answers are asked
  bool data = false;               // there is a data card, and this seat may see it
};

// The seat's cards: items in play, in an order of its own (by the hash of seat and item), without those it is excluded from.
// Errors: forbidden  no consent yet; corrupt
Result<std::vector<PanelCard>> panel_cards(Delphi& delphi, const DelphiStudy& study, const OpenSeat& seat);

// What the data said of an item when it was made, the same for everybody: the member `card` of its origin, as JSON. Nothing else of the origin is shown.
// Errors: forbidden  no consent yet; not_found  no such item, no data, or a seat of the control group: one message for all
Result<std::string> data_card(const DelphiStudy& study, const OpenSeat& seat, std::string_view item);

// Saves some answers of a card; questions that are not named keep their answer. Durable when it returns. Returns the card as it is now.
// Errors: conflict  no round is open, or the item is settled; not_found  no such item for this seat; invalid_input  names the question
Result<PanelCard> save_answers(Delphi& delphi, const DelphiStudy& study, const OpenSeat& seat, std::string_view item, std::string_view answers_json, std::string_view day);

// Errors: conflict; not_found; invalid_input  empty or longer than 2,000 characters
Result<std::int64_t> add_argument(Delphi& delphi, const DelphiStudy& study, const OpenSeat& seat, std::string_view item, std::string_view text, std::string_view day);
// Only on arguments the seat may see, and not on its own. Errors: not_found; conflict
Result<> vote_argument(Delphi& delphi, const DelphiStudy& study, const OpenSeat& seat, std::int64_t argument, bool on);

// Before the study ends the answers are deleted; afterwards only the link between person and seat is cut. Says which it was. As easy as consent.
enum class Withdrawal : std::uint8_t { answers_deleted, link_cut };
Result<Withdrawal> withdraw(Delphi& delphi, const DelphiStudy& study, const OpenSeat& seat);

// Everything kept about this person, as JSON: identity, consent, answers, arguments.
Result<std::string> export_own(Delphi& delphi, const DelphiStudy& study, const OpenSeat& seat);

}  // namespace jianwei::workflow

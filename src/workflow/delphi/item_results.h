// What a panel said of an item in a round: every question summed up, the verdict of the rule, dissent, the figures of subgroups that may be shown.
#pragma once

#include <algorithm>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "experts/delphi/dissent.h"
#include "experts/delphi/settlement.h"
#include "experts/delphi/summary.h"
#include "workflow/delphi/delphi_json.h"
#include "workflow/delphi/desk.h"

namespace jianwei::workflow {

struct SeatCard {
  std::int64_t seat = 0;
  Card card;
};

struct ItemResult {
  std::int64_t item = 0, round = 0;
  std::int64_t card_count = 0;
  std::map<std::string, experts::QuestionSummary> questions;
  experts::Settlement settlement;
  experts::Stability stability;              // of the deciding question, against the round before
  experts::Dissent dissent;
  std::vector<std::int64_t> arguments;       // numbers, as dissent.camps name them by index
};

// The cards of a round, opened. Errors: corrupt
Result<std::vector<SeatCard>> read_cards(Delphi& delphi, const DelphiStudy& study, std::int64_t item, std::int64_t round);

// Where each seat stands on the deciding question: category 1..K; seats without an answer to it are left out. Errors: corrupt
struct SeatStand {
  std::int64_t seat = 0;
  std::int32_t category = 0;
};
Result<std::vector<SeatStand>> read_stands(Delphi& delphi, const DelphiStudy& study, std::int64_t item, std::int64_t round);

// What figures are of: all cards of a round that is over, or live_cards of one that is open.
enum class Cards : std::uint8_t { all, live };

// Time O(cards * questions). Errors: corrupt
Result<ItemResult> measure_item(Delphi& delphi, const DelphiStudy& study, const store::DelphiItemRow& item, std::int64_t round, Cards which = Cards::all);

// Of several items, on all threads of the machine; in the order given. Errors: corrupt; cancelled
Result<std::vector<ItemResult>> measure_items(Delphi& delphi, const DelphiStudy& study, const std::vector<const store::DelphiItemRow*>& items, std::int64_t round, Progress& progress, Cards which = Cards::all);

// The same over some seats only: of a subgroup. `cards` and those of the round before.
ItemResult measure_cards(const DelphiStudy& study, const store::DelphiItemRow& item, std::int64_t round, const std::vector<SeatCard>& cards, const std::vector<SeatCard>& before);

// Of a question that fewer than the small cell answered only that: {"answered":0,"abstained":0,"withheld":true}; figures of fewer pairs of answers are undefined.
std::string to_json(const DelphiStudy& study, const ItemResult& result);

// The cards that live figures are of: all but the small cell of them, drawn by a hash of item, round and seat. So two looks differ by the small cell of people or more (see live_step), and so does the last look from the figures at
// the end, whoever answers last. Empty while fewer than two small cells have answered.
std::vector<SeatCard> live_cards(const DelphiStudy& study, std::int64_t item, std::int64_t round, std::vector<SeatCard> cards);
// How many more cards renew live figures of `shown` cards: the small cell, so that two looks never differ by a few people, and a fiftieth, so that a look costs what is new.
inline std::int64_t live_step(const DelphiStudy& study, std::int64_t shown) { return std::max<std::int64_t>(study.protocol.small_cell, shown / 50); }

// Keeps live figures for the looks to come; gives those that are kept, which another look may have renewed already. Errors: unavailable
Result<store::SettlementRow> keep_live(Delphi& delphi, const DelphiStudy& study, const ItemResult& result);

// The context a card is sealed in: a card cannot be moved to another seat, item or round.
std::string card_context(const store::CardRow& card);

}  // namespace jianwei::workflow

// What a panel said of an item in a round: every question summed up, the verdict of the rule, dissent, the figures of subgroups that may be shown.
#pragma once

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

// Time O(cards * questions). Errors: corrupt
Result<ItemResult> measure_item(Delphi& delphi, const DelphiStudy& study, const store::DelphiItemRow& item, std::int64_t round);

// Of several items, on all threads of the machine; in the order given. Errors: corrupt; cancelled
Result<std::vector<ItemResult>> measure_items(Delphi& delphi, const DelphiStudy& study, const std::vector<const store::DelphiItemRow*>& items, std::int64_t round, Progress& progress);

// The same over some seats only: of a subgroup. `cards` and those of the round before.
ItemResult measure_cards(const DelphiStudy& study, const store::DelphiItemRow& item, std::int64_t round, const std::vector<SeatCard>& cards, const std::vector<SeatCard>& before);

std::string to_json(const DelphiStudy& study, const ItemResult& result);

// The context a card is sealed in: a card cannot be moved to another seat, item or round.
std::string card_context(const store::CardRow& card);

}  // namespace jianwei::workflow

// What becomes of an item at the end of a round. Consensus and stability are asked separately:
//
//   consensus and stability          settled: in (the agree zone) or out (the disagree zone)
//   no consensus, but stable         stable dissent: both camps go into the dissent report
//   otherwise                        another round, or unresolved after the last
//
// A settled item is opened again when enough panellists bring the same argument.
//
// Source: Dajani, Sincoff and Talley (1979), doi:10.1016/0040-1625(79)90007-6 (the order of the two questions)
// Page:   docs/delphi.md
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "experts/consensus/stability.h"
#include "experts/delphi/protocol.h"

namespace jianwei::experts {

enum class ItemState : std::uint8_t { active, consensus_in, consensus_out, stable_dissent, unresolved };
std::string_view to_string(ItemState state);

struct ItemRound {
  std::int32_t round = 1;                     // just closed, 1-based
  std::int32_t category_count = 5;            // of the deciding scale
  std::span<const std::int32_t> answers;      // of this round, categories 1..K
  std::span<const AnswerPair> pairs;          // of experts who answered in the round before too; empty in round 1
};

struct Settlement {
  ItemState state = ItemState::active;
  bool enough_answers = false, consensus = false, stable = false;
  Statistic measured;                         // the value of the protocol's measure
  Statistic unchanged;
  WeightedKappa kappa;                        // quadratic, with its interval, beside the rule: shown, not decisive
};

// Pure: the protocol, the round, the verdict. Time O(answers + pairs + K^2).
Settlement settle_item(const Protocol& protocol, const ItemRound& round);

}  // namespace jianwei::experts

// Who disagrees, and why? Convergence hides the minority, which may be the one that sees what is coming: the camps of an item and their best arguments are a
// product of their own.
//
// Source: NISTEP (2017), minority opinions of the 10th Delphi survey; Woudenberg (1991), doi:10.1016/0040-1625(91)90002-W (pressure of the group)
// Page:   docs/delphi.md
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "experts/consensus/statistic.h"
#include "experts/delphi/protocol.h"

namespace jianwei::experts {

struct Stand {
  std::int32_t category = 0;       // of the deciding question, 1..K
  bool knows_it_well = false;      // the two highest levels of familiarity
};

struct Argument {
  std::int32_t category = 0;       // where its author stands; never who
  std::int32_t votes = 0;
};

enum class Side : std::uint8_t { agree, between, disagree };

struct Camp {
  Side side = Side::agree;
  std::int64_t expert_count = 0;
  bool hidden = false;             // fewer than the protocol's small cell (or hidden beside one): only that it exists may be shown
  Statistic share;                 // of all stands
  Statistic knowing_share;         // of the camp's experts who know the item well
  std::vector<std::int32_t> arguments;  // indices, most votes first
};

struct Dissent {
  std::vector<Camp> camps;         // agree, between, disagree
  Statistic polarization;          // (1 - A) / 2, [0, 1]
  Statistic bimodality;            // above 5/9: two camps likely
  bool two_camps = false;          // agree and disagree each hold a quarter or more of the experts
  bool knowing_minority = false;   // the smaller side knows the item better than the larger one, by 20 points or more
};

Dissent find_dissent(const Protocol& protocol, std::span<const Stand> stands, std::span<const Argument> arguments, std::int32_t category_count);

}  // namespace jianwei::experts

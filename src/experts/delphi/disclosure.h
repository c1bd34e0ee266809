// No figure may reveal a single panellist. A figure about fewer than k people is not shown, nor one that gives such a figure away when it is taken
// from another that is shown.
//
//   partition   groups of one attribute beside their total: groups below k are hidden; while those hidden number fewer than k people together, or are a single group,
//               the smallest of the shown is hidden too
//   any sets    a set is refused when it, or its difference from a set already shown of which it is a part (or that is a part of it), has 1..k-1 members
//
// Limits: differences of more than two figures are not looked for; the guard keeps what was shown over the whole life of a round.
// Source: Hundepool et al. (2012), Statistical Disclosure Control, chapter 4 (primary and secondary suppression)
// Page:   docs/delphi.md
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace jianwei::experts {

// [groups] 1 = may be shown. `counts` are people; groups of 0 people are hidden as well ("0 of 0" tells who is not there). k >= 2.
// Time O(groups log groups).
std::vector<std::uint8_t> shown_groups(std::span<const std::int64_t> counts, std::int64_t small_cell);

// Remembers which sets of panellists figures were shown about.
class DisclosureGuard {
 public:
  explicit DisclosureGuard(std::int64_t small_cell) : small_cell_(small_cell) {}

  // `members` increasing seat numbers. True: may be shown, and is remembered. A set shown before is always admitted. Time O(shown sets * members).
  bool admit(std::span<const std::int32_t> members);

 private:
  std::int64_t small_cell_;
  std::vector<std::vector<std::int32_t>> shown_;
};

}  // namespace jianwei::experts

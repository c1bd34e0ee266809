#include "experts/delphi/disclosure.h"

#include <algorithm>

namespace jianwei::experts {

std::vector<std::uint8_t> shown_groups(std::span<const std::int64_t> counts, std::int64_t small_cell) {
  std::vector<std::uint8_t> shown(counts.size(), 0);
  std::int64_t hidden_people = 0, hidden_groups = 0;
  for (std::size_t g = 0; g < counts.size(); ++g) {
    shown[g] = counts[g] >= small_cell ? 1 : 0;
    if (shown[g] || counts[g] == 0) continue;
    hidden_people += counts[g];
    ++hidden_groups;
  }
  // The total is known, so what is hidden can be taken from it: one hidden group is as good as shown.
  while (hidden_groups > 0 && (hidden_people < small_cell || hidden_groups == 1)) {
    std::size_t smallest = counts.size();
    for (std::size_t g = 0; g < counts.size(); ++g) {
      if (shown[g] && (smallest == counts.size() || counts[g] < counts[smallest])) smallest = g;
    }
    if (smallest == counts.size()) break;  // all hidden
    shown[smallest] = 0;
    hidden_people += counts[smallest];
    ++hidden_groups;
  }
  return shown;
}

bool DisclosureGuard::admit(std::span<const std::int32_t> members) {
  if (static_cast<std::int64_t>(members.size()) < small_cell_) return false;
  for (const std::vector<std::int32_t>& other : shown_) {
    if (std::ranges::equal(other, members)) return true;
    const bool inside = std::ranges::includes(other, members), around = std::ranges::includes(members, other);
    if (!inside && !around) continue;
    const auto difference = inside ? static_cast<std::int64_t>(other.size() - members.size()) : static_cast<std::int64_t>(members.size() - other.size());
    if (difference < small_cell_) return false;
  }
  shown_.emplace_back(members.begin(), members.end());
  return true;
}

}  // namespace jianwei::experts

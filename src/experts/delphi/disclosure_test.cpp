#include "experts/delphi/disclosure.h"

#include <gtest/gtest.h>

#include <numeric>

#include "base/random.h"

namespace jianwei::experts {
namespace {

using Flags = std::vector<std::uint8_t>;

TEST(Disclosure, HidesSmallGroupsAndOneMore) {
  EXPECT_EQ(shown_groups(std::vector<std::int64_t>{20, 9, 3}, 5), (Flags{1, 0, 0}));
  EXPECT_EQ(shown_groups(std::vector<std::int64_t>{20, 9, 3, 4}, 5), (Flags{1, 1, 0, 0}));
  EXPECT_EQ(shown_groups(std::vector<std::int64_t>{20, 9, 7}, 5), (Flags{1, 1, 1}));
}

// The status row "0/0" of a review system told who had not been invited.
TEST(Disclosure, DoesNotShowEmptyGroups) { EXPECT_EQ(shown_groups(std::vector<std::int64_t>{20, 0, 9}, 5), (Flags{1, 0, 1})); }

TEST(Disclosure, NothingHiddenCanBeTakenFromTheTotal) {
  Random random(41);
  for (int round = 0; round < 20'000; ++round) {
    std::vector<std::int64_t> counts(1 + random.below(6));
    for (std::int64_t& count : counts) count = random.below(14);
    const Flags shown = shown_groups(counts, 5);
    std::int64_t hidden = 0, shown_count = 0;
    for (std::size_t g = 0; g < counts.size(); ++g) {
      if (shown[g]) {
        EXPECT_GE(counts[g], 5);
        ++shown_count;
      } else {
        hidden += counts[g];
      }
    }
    EXPECT_TRUE(shown_count == 0 || hidden == 0 || hidden >= 5);
  }
}

TEST(Disclosure, GuardRefusesDifferencesOfFewerThanK) {
  std::vector<std::int32_t> all(30);
  std::iota(all.begin(), all.end(), 0);
  DisclosureGuard guard(5);
  EXPECT_TRUE(guard.admit(all));
  EXPECT_TRUE(guard.admit(all));
  EXPECT_FALSE(guard.admit(std::vector<std::int32_t>(all.begin(), all.end() - 1)));  // everybody but one
  EXPECT_FALSE(guard.admit(std::vector<std::int32_t>{1, 2, 3}));
  EXPECT_TRUE(guard.admit(std::vector<std::int32_t>(all.begin(), all.begin() + 12)));
  EXPECT_FALSE(guard.admit(std::vector<std::int32_t>(all.begin(), all.begin() + 14)));  // two more than a set that was shown
}

}  // namespace
}  // namespace jianwei::experts

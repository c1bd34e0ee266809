#include "experts/finding/conflicts.h"

#include <gtest/gtest.h>

namespace jianwei::experts {
namespace {

const ConflictOptions kOptions{2026, 3};

std::vector<ConflictKind> kinds(const std::vector<Conflict>& conflicts) {
  std::vector<ConflictKind> all;
  for (const Conflict& conflict : conflicts) all.push_back(conflict.kind);
  return all;
}

TEST(Conflicts, AuthorUnderASecondIdentityIsFound) {
  const Expert expert{{1, 9}, true, {}};
  const auto conflicts = find_conflicts(expert, {{9, 4}, {}, {}}, {}, kOptions);
  EXPECT_EQ(kinds(conflicts), (std::vector{ConflictKind::same_person}));
  EXPECT_EQ(conflicts[0].person, 9);
}

TEST(Conflicts, CoauthorsWithinTheWindowOnly) {
  const std::vector<JointWork> works{{1, 4, 2024, 100}, {4, 1, 2025, 101}, {1, 5, 2023, 102}, {1, 6, 0, 103}};
  const auto conflicts = find_conflicts({{1}, true, {}}, {{4, 5, 6}, {}, {}}, {works, {}, {}}, kOptions);
  ASSERT_EQ(conflicts.size(), 2u);
  EXPECT_EQ(conflicts[0].person, 4);
  EXPECT_EQ(conflicts[0].works, (std::vector<std::int64_t>{100, 101}));
  EXPECT_EQ(conflicts[1].person, 6);  // of unknown year: no proof that it is old
}

TEST(Conflicts, SameOrganisationAtTheSameTime) {
  const std::vector<Membership> memberships{{1, 70, 0, 0}, {4, 70, 2019, 2025}, {5, 70, 2010, 2020}, {1, 71, 2024, 2024}};
  const auto conflicts = find_conflicts({{1}, true, {}}, {{4, 5}, {71, 72}, {}}, {{}, memberships, {}}, kOptions);
  ASSERT_EQ(conflicts.size(), 2u);
  EXPECT_EQ(conflicts[0].person, -1);
  EXPECT_EQ(conflicts[0].organisation, 71);
  EXPECT_EQ(conflicts[1].person, 4);
}

TEST(Conflicts, DeclaredTiesCountInBothDirections) {
  const std::vector<Tie> ties{{4, 1, "doctoral supervisor"}};
  const auto conflicts = find_conflicts({{1}, true, {}}, {{4}, {}, {}}, {{}, {}, ties}, kOptions);
  ASSERT_EQ(conflicts.size(), 1u);
  EXPECT_EQ(conflicts[0].reason, "doctoral supervisor");
}

TEST(Conflicts, WhoCannotBeToldApartIsInConflict) {
  EXPECT_EQ(kinds(find_conflicts({{1}, false, {"wang wei"}}, {{4}, {}, {"wang wei"}}, {}, kOptions)), (std::vector{ConflictKind::unresolved}));
  EXPECT_TRUE(find_conflicts({{1}, false, {"wang wei"}}, {{4}, {}, {"li na"}}, {}, kOptions).empty());
  EXPECT_EQ(kinds(find_conflicts({{}, false, {"li na"}}, {{4}, {}, {"wang wei"}}, {}, kOptions)), (std::vector{ConflictKind::unresolved}));
}

}  // namespace
}  // namespace jianwei::experts

#include "experts/consensus/expertise.h"

#include <gtest/gtest.h>

#include <vector>

namespace jianwei::experts {
namespace {

// Sixteen experts of a published Chinese Delphi study (BMJ Open, table 4), round 1. Its printed round 2 does not follow from its own terms and is no test.
TEST(Expertise, AgreesWithThePublishedAuthority) {
  std::vector<JudgementBasis> bases(16);
  const auto set = [&](std::size_t from, std::size_t count, Influence JudgementBasis::*basis, Influence influence) {
    for (std::size_t i = from; i < from + count; ++i) bases[i].*basis = influence;
  };
  set(0, 16, &JudgementBasis::practice, Influence::large);
  set(0, 7, &JudgementBasis::theory, Influence::large);
  set(7, 9, &JudgementBasis::theory, Influence::medium);
  set(0, 3, &JudgementBasis::literature, Influence::large);
  set(3, 11, &JudgementBasis::literature, Influence::medium);
  set(14, 2, &JudgementBasis::literature, Influence::small);
  set(0, 2, &JudgementBasis::intuition, Influence::large);
  set(2, 8, &JudgementBasis::intuition, Influence::medium);
  set(10, 6, &JudgementBasis::intuition, Influence::small);
  std::vector<std::int32_t> familiarity{1};
  familiarity.insert(familiarity.end(), 12, 2);
  familiarity.insert(familiarity.end(), 3, 3);
  const Authority authority = measure_authority(bases, familiarity);
  EXPECT_NEAR(authority.basis.value, 0.94375, 1e-12);
  EXPECT_NEAR(authority.familiarity.value, 0.775, 1e-12);
  EXPECT_NEAR(authority.coefficient.value, 0.859375, 1e-12);
}

TEST(Expertise, ImportanceWithAndWithoutFamiliarity) {
  const std::vector<double> scores{100, 50, 25, 0};
  EXPECT_NEAR(importance_index(std::vector<std::int64_t>{30, 15, 4, 1}, scores).value, 77.0, 1e-12);
  const std::vector<std::int64_t> counts{10, 5, 1, 0, 20, 12, 6, 2, 5, 10, 4, 1};
  EXPECT_NEAR(weighted_importance_index(counts, scores, std::vector<double>{4, 2, 1}).value, 71.341463, 5e-7);
  EXPECT_EQ(importance_index(std::vector<std::int64_t>{0, 0, 0, 0}, scores).undefined, kTooFew);
}

TEST(Expertise, ParticipationNeedsAnInvitation) {
  EXPECT_DOUBLE_EQ(participation(56, 69).value, 56.0 / 69.0);
  EXPECT_FALSE(participation(0, 0).defined());
}

}  // namespace
}  // namespace jianwei::experts

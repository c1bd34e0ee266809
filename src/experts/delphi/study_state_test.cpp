#include "experts/delphi/study_state.h"

#include <gtest/gtest.h>

namespace jianwei::experts {
namespace {

TEST(StudyState, WalksThroughTwoRounds) {
  StudyState state = StudyState::design;
  for (const StudyStep step : {StudyStep::lock_protocol, StudyStep::recruit, StudyStep::open_round, StudyStep::close_round, StudyStep::analyze, StudyStep::release_feedback, StudyStep::open_round,
                               StudyStep::close_round, StudyStep::analyze, StudyStep::conclude, StudyStep::report, StudyStep::archive}) {
    const auto next = next_state(state, step);
    ASSERT_TRUE(next) << next.error().message;
    state = *next;
  }
  EXPECT_EQ(state, StudyState::archived);
}

TEST(StudyState, NoRoundOpensBeforeTheProtocolIsLocked) {
  const auto refused = next_state(StudyState::design, StudyStep::open_round);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, ErrorKind::conflict);
  EXPECT_EQ(refused.error().message, "the study is in state design: open_round may not follow; possible: lock_protocol");
}

TEST(StudyState, AnswersAreTakenInOpenRoundsOnly) {
  for (int i = 0; i < 12; ++i) EXPECT_EQ(may_answer(static_cast<StudyState>(i)), static_cast<StudyState>(i) == StudyState::round_open);
}

TEST(StudyState, PausedStudiesResumeWhereTheyWere) {
  EXPECT_EQ(next_state(StudyState::round_open, StudyStep::pause).value(), StudyState::paused);
  EXPECT_EQ(next_state(StudyState::paused, StudyStep::resume, StudyState::round_open).value(), StudyState::round_open);
  EXPECT_FALSE(next_state(StudyState::archived, StudyStep::abort));
}

TEST(StudyState, NamesReadBack) {
  for (int i = 0; i < 12; ++i) {
    EXPECT_EQ(parse_study_state(to_string(static_cast<StudyState>(i))).value(), static_cast<StudyState>(i));
    EXPECT_EQ(parse_study_step(to_string(static_cast<StudyStep>(i))).value(), static_cast<StudyStep>(i));
  }
  EXPECT_FALSE(parse_study_state("closed"));
}

}  // namespace
}  // namespace jianwei::experts

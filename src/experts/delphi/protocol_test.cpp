#include "experts/delphi/protocol.h"

#include <gtest/gtest.h>

#include <string>

namespace jianwei::experts {
namespace {

TEST(Protocol, HashChangesWithEveryRule) {
  const Protocol given;
  Protocol other = given;
  other.threshold = 0.8;
  EXPECT_NE(protocol_hash(given), protocol_hash(other));
  other = given;
  other.small_cell = 6;
  EXPECT_NE(protocol_hash(given), protocol_hash(other));
  EXPECT_EQ(protocol_hash(given), protocol_hash(Protocol{}));
}

// The text is what was locked: a later version of the program may not say the same rules in other words.
TEST(Protocol, TextOfTheDefaultsStaysAsItIs) {
  EXPECT_EQ(protocol_text(Protocol{}),
            "jianwei delphi protocol 1\ndeciding_question importance\nmeasure agreement_share\nthreshold 0.75\nagree 4 5\ndisagree 1 2\nquantiles 7\nleast_unchanged 0.75\nleast_answers 8\n"
            "rounds 2 3\nreopening_arguments 2\nsmall_cell 5\nfeedback_answers 5\ndata_cards shown\ncontrol_share 0.5\n");
}

TEST(Protocol, NamesTheRuleThatCannotBe) {
  Protocol protocol;
  protocol.threshold = 75;
  ASSERT_FALSE(check_protocol(protocol));
  EXPECT_EQ(check_protocol(protocol).error().message, "protocol: threshold is 75, expected 0 to 1");
  protocol = {};
  protocol.small_cell = 1;
  EXPECT_FALSE(check_protocol(protocol));
  protocol = {};
  protocol.disagree_to = 4;
  EXPECT_FALSE(check_protocol(protocol));
  EXPECT_TRUE(check_protocol(Protocol{}));
}

TEST(Protocol, ControlGroupIsDrawnBySeatAndHasItsShare) {
  Protocol protocol;
  protocol.data_cards = DataCardPolicy::split;
  protocol.control_share = 0.3;
  int control = 0;
  for (int seat = 0; seat < 4000; ++seat) control += in_control_group(protocol, "study-1", "seat-" + std::to_string(seat)) ? 1 : 0;
  EXPECT_NEAR(control / 4000.0, 0.3, 0.03);
  EXPECT_EQ(in_control_group(protocol, "study-1", "seat-7"), in_control_group(protocol, "study-1", "seat-7"));
}

}  // namespace
}  // namespace jianwei::experts

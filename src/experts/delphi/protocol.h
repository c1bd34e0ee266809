// The rules of a study, fixed before round 1: what counts as consensus, what as stability, when an item is settled, who sees what. The text of the
// rules is hashed when the study is locked; whoever changes a rule later makes a new version with a reason, and everybody sees it.
//
// Source: Diamond et al. (2014), doi:10.1016/j.jclinepi.2013.12.002 (of 86 studies that claimed consensus 42 had fixed a threshold beforehand)
// Page:   docs/delphi.md
#pragma once

#include <cstdint>
#include <string>

#include "base/result.h"
#include "experts/consensus/quantiles.h"

namespace jianwei::experts {

enum class ConsensusMeasure : std::uint8_t {
  agreement_share,      // share of answers in the agree zone >= threshold
  interquartile_range,  // IQR <= threshold
  tastle_wierman,       // Cns >= threshold
};

enum class DataCardPolicy : std::uint8_t {
  shown,                // every panellist sees the evidence of the data
  held,                 // nobody
  split,                // a control group, drawn by seat, does not
};

struct Protocol {
  std::string deciding_question = "importance";  // a scale: its answers settle an item
  ConsensusMeasure measure = ConsensusMeasure::agreement_share;
  double threshold = 0.75;              // 75 % is the median of practice (Diamond et al. 2014), not a validated cut
  std::int32_t agree_from = 4, agree_to = 5;        // categories 1..K of the agree zone
  std::int32_t disagree_from = 1, disagree_to = 2;  // the zone that excludes an item
  QuantileType quantiles = QuantileType::linear;
  double least_unchanged = 0.75;        // share of experts who kept their answer, for stability
  std::int32_t least_answers = 8;       // below it an item is not settled
  std::int32_t least_rounds = 2;        // no item is settled before the end of this round
  std::int32_t most_rounds = 3;
  std::int32_t reopening_arguments = 2; // so many panellists with the same argument open a settled item again
  std::int32_t small_cell = 5;          // no figure of fewer people is shown
  std::int32_t feedback_answers = 5;    // group feedback of an item needs so many answers
  DataCardPolicy data_cards = DataCardPolicy::shown;
  double control_share = 0.5;           // of seats, with `split`
};

// Errors: invalid_input  names the field and its range
Result<> check_protocol(const Protocol& protocol);

// All rules in one fixed order, for reading and hashing. The same rules give the same text in every version of the program that knows them.
std::string protocol_text(const Protocol& protocol);
std::string protocol_hash(const Protocol& protocol);  // SHA-256 of the text, 64 hexadecimal digits

// Whether a seat belongs to the control group that sees no data card: by the hash of study and seat, so that it cannot be chosen afterwards.
bool in_control_group(const Protocol& protocol, std::string_view study_id, std::string_view seat_id);

}  // namespace jianwei::experts

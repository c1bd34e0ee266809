#include "experts/delphi/protocol.h"

#include <fmt/format.h>

#include "base/hash.h"

namespace jianwei::experts {
namespace {

std::string_view name(ConsensusMeasure measure) {
  switch (measure) {
    case ConsensusMeasure::agreement_share: return "agreement_share";
    case ConsensusMeasure::interquartile_range: return "interquartile_range";
    case ConsensusMeasure::tastle_wierman: return "tastle_wierman";
  }
  return "";
}

std::string_view name(DataCardPolicy policy) {
  switch (policy) {
    case DataCardPolicy::shown: return "shown";
    case DataCardPolicy::held: return "held";
    case DataCardPolicy::split: return "split";
  }
  return "";
}

Result<> within(std::string_view field, double value, double low, double high) {
  if (value >= low && value <= high) return {};
  return fail(ErrorKind::invalid_input, "protocol: {} is {}, expected {} to {}", field, value, low, high);
}

}  // namespace

Result<> check_protocol(const Protocol& protocol) {
  if (protocol.deciding_question.empty()) return fail(ErrorKind::invalid_input, "protocol: deciding_question is empty, expected the id of a scale question");
  TRY(within("threshold", protocol.threshold, 0.0, protocol.measure == ConsensusMeasure::interquartile_range ? 100.0 : 1.0));
  TRY(within("least_unchanged", protocol.least_unchanged, 0.0, 1.0));
  TRY(within("control_share", protocol.control_share, 0.0, 1.0));
  TRY(within("least_answers", protocol.least_answers, 2, 1'000'000));
  TRY(within("most_rounds", protocol.most_rounds, 1, 20));
  TRY(within("least_rounds", protocol.least_rounds, 1, protocol.most_rounds));
  TRY(within("small_cell", protocol.small_cell, 3, 100));
  TRY(within("feedback_answers", protocol.feedback_answers, protocol.small_cell, 1000));
  TRY(within("reopening_arguments", protocol.reopening_arguments, 1, 1000));
  TRY(within("agree_to", protocol.agree_to, protocol.agree_from, 100));
  TRY(within("disagree_to", protocol.disagree_to, protocol.disagree_from, 100));
  if (protocol.agree_from <= protocol.disagree_to && protocol.disagree_from <= protocol.agree_to) return fail(ErrorKind::invalid_input, "protocol: the agree zone {}-{} and the disagree zone {}-{} overlap", protocol.agree_from, protocol.agree_to, protocol.disagree_from, protocol.disagree_to);
  return {};
}

std::string protocol_text(const Protocol& p) {
  return fmt::format(
      "jianwei delphi protocol 1\ndeciding_question {}\nmeasure {}\nthreshold {}\nagree {} {}\ndisagree {} {}\nquantiles {}\nleast_unchanged {}\nleast_answers {}\n"
      "rounds {} {}\nreopening_arguments {}\nsmall_cell {}\nfeedback_answers {}\ndata_cards {}\ncontrol_share {}\n",
      p.deciding_question, name(p.measure), p.threshold, p.agree_from, p.agree_to, p.disagree_from, p.disagree_to, static_cast<int>(p.quantiles), p.least_unchanged, p.least_answers, p.least_rounds,
      p.most_rounds, p.reopening_arguments, p.small_cell, p.feedback_answers, name(p.data_cards), p.control_share);
}

std::string protocol_hash(const Protocol& protocol) { return sha256_hex(protocol_text(protocol)); }

bool in_control_group(const Protocol& protocol, std::string_view study_id, std::string_view seat_id) {
  if (protocol.data_cards == DataCardPolicy::shown) return false;
  if (protocol.data_cards == DataCardPolicy::held) return true;
  const double drawn = static_cast<double>(hash_combine(hash64(study_id), hash64(seat_id)) >> 11) * 0x1.0p-53;
  return drawn < protocol.control_share;
}

}  // namespace jianwei::experts

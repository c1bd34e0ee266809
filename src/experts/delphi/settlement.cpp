#include "experts/delphi/settlement.h"

#include <vector>

#include "experts/consensus/agreement.h"

namespace jianwei::experts {
namespace {

std::vector<std::int64_t> count(std::span<const std::int32_t> answers, std::int32_t categories) {
  std::vector<std::int64_t> counts(static_cast<std::size_t>(categories), 0);
  for (const std::int32_t answer : answers) ++counts[static_cast<std::size_t>(answer - 1)];
  return counts;
}

struct Consensus {
  bool reached = false, out = false;
  Statistic measured;
};

// IQR and Cns say that answers agree, not on what: the median's zone decides between in and out, and a median between the zones is no verdict.
Consensus find_consensus(const Protocol& protocol, const std::vector<std::int64_t>& counts, std::span<const std::int32_t> answers) {
  Consensus consensus;
  if (protocol.measure == ConsensusMeasure::agreement_share) {
    const Statistic in = agreement_share(counts, protocol.agree_from, protocol.agree_to);
    const Statistic out = agreement_share(counts, protocol.disagree_from, protocol.disagree_to);
    if (!in.defined()) return consensus;
    consensus.out = out.value >= protocol.threshold;
    consensus.reached = consensus.out || in.value >= protocol.threshold;
    consensus.measured = consensus.out ? out : in;
    return consensus;
  }
  const std::vector<double> values(answers.begin(), answers.end());
  const Spread spread = describe(values, protocol.quantiles);
  if (!spread.median.defined()) return consensus;
  bool close = false;
  if (protocol.measure == ConsensusMeasure::interquartile_range) {
    consensus.measured = spread.interquartile_range;
    close = consensus.measured.value <= protocol.threshold;
  } else {
    consensus.measured = tastle_wierman_consensus(counts);
    close = consensus.measured.defined() && consensus.measured.value >= protocol.threshold;
  }
  const double median = spread.median.value;
  const bool in = median >= protocol.agree_from && median <= protocol.agree_to;
  consensus.out = median >= protocol.disagree_from && median <= protocol.disagree_to;
  consensus.reached = close && (in || consensus.out);
  return consensus;
}

}  // namespace

std::string_view to_string(ItemState state) {
  switch (state) {
    case ItemState::active: return "active";
    case ItemState::consensus_in: return "consensus_in";
    case ItemState::consensus_out: return "consensus_out";
    case ItemState::stable_dissent: return "stable_dissent";
    case ItemState::unresolved: return "unresolved";
  }
  return "";
}

Settlement settle_item(const Protocol& protocol, const ItemRound& round) {
  Settlement settlement;
  settlement.enough_answers = static_cast<std::int32_t>(round.answers.size()) >= protocol.least_answers;
  const Consensus consensus = find_consensus(protocol, count(round.answers, round.category_count), round.answers);
  settlement.consensus = consensus.reached;
  settlement.measured = consensus.measured;
  const Stability stability = measure_stability(round.pairs, round.category_count);
  settlement.unchanged = stability.unchanged;
  settlement.kappa = stability.kappa_quadratic;
  settlement.stable = stability.unchanged.defined() && stability.unchanged.value >= protocol.least_unchanged;

  const bool may_settle = settlement.enough_answers && round.round >= protocol.least_rounds;
  // A protocol of a single round cannot ask for stability: there is nothing to compare with.
  const bool rested = settlement.stable || protocol.most_rounds == 1;
  if (may_settle && settlement.consensus && rested) {
    settlement.state = consensus.out ? ItemState::consensus_out : ItemState::consensus_in;
  } else if (may_settle && !settlement.consensus && settlement.stable) {
    settlement.state = ItemState::stable_dissent;
  } else if (round.round >= protocol.most_rounds) {
    settlement.state = ItemState::unresolved;
  }
  return settlement;
}

}  // namespace jianwei::experts

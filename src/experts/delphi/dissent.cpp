#include "experts/delphi/dissent.h"

#include <algorithm>

#include "experts/consensus/agreement.h"
#include "experts/delphi/disclosure.h"

namespace jianwei::experts {
namespace {

Side side_of(const Protocol& protocol, std::int32_t category) {
  if (category >= protocol.agree_from && category <= protocol.agree_to) return Side::agree;
  if (category >= protocol.disagree_from && category <= protocol.disagree_to) return Side::disagree;
  return Side::between;
}

}  // namespace

Dissent find_dissent(const Protocol& protocol, std::span<const Stand> stands, std::span<const Argument> arguments, std::int32_t category_count) {
  Dissent dissent;
  dissent.camps.resize(3);
  for (std::size_t side = 0; side < 3; ++side) dissent.camps[side].side = static_cast<Side>(side);
  std::vector<std::int64_t> counts(static_cast<std::size_t>(category_count), 0), knowing(3, 0);
  std::vector<double> values;
  for (const Stand& stand : stands) {
    const auto side = static_cast<std::size_t>(side_of(protocol, stand.category));
    ++dissent.camps[side].expert_count;
    knowing[side] += stand.knows_it_well ? 1 : 0;
    ++counts[static_cast<std::size_t>(stand.category - 1)];
    values.push_back(stand.category);
  }
  std::vector<std::int64_t> sizes;
  for (const Camp& camp : dissent.camps) sizes.push_back(camp.expert_count);
  const std::vector<std::uint8_t> shown = shown_groups(sizes, protocol.small_cell);
  for (std::size_t side = 0; side < 3; ++side) {
    Camp& camp = dissent.camps[side];
    camp.hidden = camp.expert_count > 0 && !shown[side];
    if (camp.expert_count == 0 || camp.hidden) continue;
    camp.share = Statistic::of(static_cast<double>(camp.expert_count) / static_cast<double>(stands.size()));
    camp.knowing_share = Statistic::of(static_cast<double>(knowing[side]) / static_cast<double>(camp.expert_count));
  }
  for (std::size_t a = 0; a < arguments.size(); ++a) dissent.camps[static_cast<std::size_t>(side_of(protocol, arguments[a].category))].arguments.push_back(static_cast<std::int32_t>(a));
  for (Camp& camp : dissent.camps) {
    std::ranges::stable_sort(camp.arguments, [&](std::int32_t a, std::int32_t b) { return arguments[static_cast<std::size_t>(a)].votes > arguments[static_cast<std::size_t>(b)].votes; });
  }
  const Statistic agreement = van_der_eijk_agreement(counts);
  if (agreement.defined()) dissent.polarization = Statistic::of((1.0 - agreement.value) / 2.0);
  dissent.bimodality = bimodality_coefficient(values);
  const Camp &for_it = dissent.camps[0], &against = dissent.camps[2];
  const auto quarter = static_cast<double>(stands.size()) / 4.0;
  dissent.two_camps = !stands.empty() && static_cast<double>(for_it.expert_count) >= quarter && static_cast<double>(against.expert_count) >= quarter;
  const Camp &minority = for_it.expert_count <= against.expert_count ? for_it : against, &majority = &minority == &for_it ? against : for_it;
  dissent.knowing_minority = minority.knowing_share.defined() && majority.knowing_share.defined() && minority.knowing_share.value - majority.knowing_share.value >= 0.2;
  return dissent;
}

}  // namespace jianwei::experts

#include "analysis/resolution/persons.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include "analysis/resolution/average_linkage.h"
#include "analysis/resolution/person_evidence.h"
#include "base/hash.h"
#include "base/parallel.h"

namespace jianwei::analysis {
namespace {

using persons::BlockEvidence;
using persons::Evidence;

// Signatures compared with each other: indices, increasing.
using Block = std::vector<std::int32_t>;

// Blocks of more than `largest` are cut by the full given name, then by the first organisation.
std::vector<Block> make_blocks(std::span<const PersonSignature> signatures, const Evidence& evidence, std::int64_t largest) {
  std::vector<std::pair<std::uint64_t, std::int32_t>> keyed;
  for (std::size_t i = 0; i < signatures.size(); ++i) {
    if (evidence.prepared()[i].block != 0) keyed.emplace_back(evidence.prepared()[i].block, static_cast<std::int32_t>(i));
  }
  const auto cut = [](std::vector<std::pair<std::uint64_t, std::int32_t>>& items) {
    std::sort(items.begin(), items.end());
    std::vector<Block> parts;
    for (std::size_t i = 0; i < items.size(); ++i) {
      if (i == 0 || items[i].first != items[i - 1].first) parts.emplace_back();
      parts.back().push_back(items[i].second);
    }
    return parts;
  };
  const auto cut_large = [&](std::vector<Block> blocks, auto key) {
    std::vector<Block> result;
    for (Block& block : blocks) {
      if (static_cast<std::int64_t>(block.size()) <= largest) {
        result.push_back(std::move(block));
        continue;
      }
      std::vector<std::pair<std::uint64_t, std::int32_t>> items;
      for (const std::int32_t i : block) items.emplace_back(key(signatures[static_cast<std::size_t>(i)]), i);
      for (Block& part : cut(items)) result.push_back(std::move(part));
    }
    return result;
  };
  std::vector<Block> blocks = cut_large(cut(keyed), [](const PersonSignature& s) { return hash64(s.name->only_initials() ? std::string() : s.name->joined_given()); });
  blocks = cut_large(std::move(blocks), [](const PersonSignature& s) { return static_cast<std::uint64_t>(s.organisations.empty() ? -1 : s.organisations.front()); });
  // What is still too large shares name and organisation: neighbours in order stay together.
  std::vector<Block> result;
  for (const Block& block : blocks) {
    for (std::size_t begin = 0; begin < block.size(); begin += static_cast<std::size_t>(largest)) {
      const std::size_t end = std::min(block.size(), begin + static_cast<std::size_t>(largest));
      result.emplace_back(block.begin() + static_cast<std::ptrdiff_t>(begin), block.begin() + static_cast<std::ptrdiff_t>(end));
    }
  }
  return result;
}

// The distinct names of a block and how they stand to each other.
class BlockNames {
 public:
  BlockNames(std::span<const PersonSignature> signatures, const Evidence& evidence, const Block& block) {
    std::vector<std::uint64_t> hashes;
    for (const std::int32_t i : block) {
      const std::uint64_t hash = evidence.prepared()[static_cast<std::size_t>(i)].name;
      const auto place = std::find(hashes.begin(), hashes.end(), hash);
      name_of_.push_back(static_cast<std::int32_t>(place - hashes.begin()));
      if (place != hashes.end()) continue;
      hashes.push_back(hash);
      names_.push_back(signatures[static_cast<std::size_t>(i)].name);
    }
    const std::size_t count = names_.size();
    relations_.resize(count * count);
    stands_for_.assign(count, 1.0);
    for (std::size_t a = 0; a < count; ++a) {
      std::int32_t full = 0;
      for (std::size_t b = 0; b < count; ++b) {
        relations_[a * count + b] = a == b ? GivenNames::same : compare_given_names(*names_[a], *names_[b]);
        if (relations_[a * count + b] == GivenNames::initials && !names_[b]->only_initials()) ++full;
      }
      if (names_[a]->only_initials()) stands_for_[a] = std::max(1, full);
    }
  }

  GivenNames relation(std::size_t i, std::size_t j) const { return relations_[static_cast<std::size_t>(name_of_[i]) * names_.size() + static_cast<std::size_t>(name_of_[j])]; }
  double stands_for(std::size_t i, std::size_t j) const { return std::max(stands_for_[static_cast<std::size_t>(name_of_[i])], stands_for_[static_cast<std::size_t>(name_of_[j])]); }

 private:
  std::vector<const PersonName*> names_;
  std::vector<std::int32_t> name_of_;     // [block]
  std::vector<GivenNames> relations_;     // [names][names]
  std::vector<double> stands_for_;        // [names]
};

std::vector<std::int32_t> label_roots(std::vector<std::int32_t>& parent) {
  std::vector<std::int32_t> labels(parent.size(), -1);
  std::int32_t count = 0;
  for (std::size_t i = 0; i < parent.size(); ++i) {
    auto root = static_cast<std::int32_t>(i);
    while (parent[static_cast<std::size_t>(root)] != root) root = parent[static_cast<std::size_t>(root)];
    parent[i] = root;
    if (labels[static_cast<std::size_t>(root)] < 0) labels[static_cast<std::size_t>(root)] = count++;
    labels[i] = labels[static_cast<std::size_t>(root)];
  }
  return labels;
}

constexpr double kBeyondDoubt = 2.2;  // log odds, probability 0.9

// Groups of the pairs that need no weighing; two groups that contradict each other stay apart.
std::vector<std::int32_t> join_sure_pairs(const Evidence& evidence, const Block& block, const BlockNames& names, BlockEvidence& pairs) {
  std::vector<std::int32_t> parent(block.size());
  std::iota(parent.begin(), parent.end(), 0);
  std::vector<std::vector<std::int32_t>> members(block.size());
  for (std::size_t i = 0; i < block.size(); ++i) members[i] = {static_cast<std::int32_t>(i)};
  const auto root = [&parent](std::size_t i) {
    while (parent[i] != static_cast<std::int32_t>(i)) i = static_cast<std::size_t>(parent[i]);
    return i;
  };
  const auto surely_same = [&](std::size_t i, std::size_t j) {
    const GivenNames given = names.relation(i, j);
    return evidence.same_id(block[i], block[j]) || (given == GivenNames::same && pairs.log_odds(i, given, 1.0) >= kBeyondDoubt);
  };
  for (std::size_t j = 1; j < block.size(); ++j) {
    pairs.look_at(j);
    for (std::size_t i = 0; i < j; ++i) {
      const std::size_t a = root(i), b = root(j);
      if (a == b || !surely_same(i, j)) continue;
      const bool apart = std::any_of(members[a].begin(), members[a].end(), [&](std::int32_t x) {
        return std::any_of(members[b].begin(), members[b].end(), [&](std::int32_t y) {
          return names.relation(static_cast<std::size_t>(x), static_cast<std::size_t>(y)) == GivenNames::different ||
                 evidence.surely_different(block[static_cast<std::size_t>(x)], block[static_cast<std::size_t>(y)]);
        });
      });
      if (apart) continue;
      parent[std::max(a, b)] = static_cast<std::int32_t>(std::min(a, b));
      std::vector<std::int32_t>& kept = members[std::min(a, b)];
      kept.insert(kept.end(), members[std::max(a, b)].begin(), members[std::max(a, b)].end());
    }
  }
  return label_roots(parent);
}

std::vector<std::int32_t> cluster_block(std::span<const PersonSignature> signatures, const Evidence& evidence, const Block& block, BlockEvidence& pairs, double min_probability) {
  if (block.size() == 1) return {0};
  const BlockNames names(signatures, evidence, block);
  pairs.enter(block);
  const std::vector<std::int32_t> group_of = join_sure_pairs(evidence, block, names, pairs);
  const auto group_count = static_cast<std::size_t>(*std::max_element(group_of.begin(), group_of.end()) + 1);
  if (group_count == 1) return group_of;
  std::vector<double> sizes(group_count, 0.0);
  for (const std::int32_t group : group_of) sizes[static_cast<std::size_t>(group)] += 1.0;
  std::vector<float> likeness(group_count * group_count, 0.0f);
  for (std::size_t j = 1; j < block.size(); ++j) {
    pairs.look_at(j);
    for (std::size_t i = 0; i < j; ++i) {
      const auto a = static_cast<std::size_t>(group_of[i]);
      const auto b = static_cast<std::size_t>(group_of[j]);
      if (a == b) continue;
      double value = -1.0;  // a contradiction weighs more than an agreement
      const GivenNames relation = names.relation(i, j);
      if (relation != GivenNames::different && !evidence.surely_different(block[i], block[j])) {
        value = 1.0 / (1.0 + std::exp(-pairs.log_odds(i, relation, names.stands_for(i, j))));
      }
      likeness[a * group_count + b] += static_cast<float>(value / (sizes[a] * sizes[b]));
    }
  }
  for (std::size_t a = 0; a < group_count; ++a) {
    for (std::size_t b = 0; b < a; ++b) {
      const float sum = likeness[a * group_count + b] + likeness[b * group_count + a];
      likeness[a * group_count + b] = sum;
      likeness[b * group_count + a] = sum;
    }
  }
  const std::vector<std::int32_t> label_of_group = average_linkage(likeness, sizes, min_probability);
  std::vector<std::int32_t> labels;
  for (const std::int32_t group : group_of) labels.push_back(label_of_group[static_cast<std::size_t>(group)]);
  return labels;
}

}  // namespace

Result<PersonClusters> resolve_persons(std::span<const PersonSignature> signatures, std::span<const std::string_view> organisation_names,
                                       const PersonOptions& options, Progress& progress) {
  if (!(options.min_probability > 0.0 && options.min_probability < 1.0)) return fail(ErrorKind::invalid_input, "min_probability {} is outside (0, 1)", options.min_probability);
  for (const PersonSignature& signature : signatures) {
    for (const std::int32_t organisation : signature.organisations) {
      if (organisation < 0 || organisation >= static_cast<std::int64_t>(organisation_names.size())) {
        return fail(ErrorKind::invalid_input, "organisation {} is outside the table of {} names", organisation, organisation_names.size());
      }
    }
  }
  const Evidence evidence(signatures, organisation_names);
  const std::vector<Block> blocks = make_blocks(signatures, evidence, std::max<std::int64_t>(2, options.largest_block));
  progress.begin("persons", static_cast<std::int64_t>(blocks.size()), "names");
  std::vector<std::vector<std::int32_t>> labels(blocks.size());
  parallel_blocks(static_cast<std::int64_t>(blocks.size()), 64, options.thread_count, [&](std::int64_t, std::int64_t begin, std::int64_t end) {
    if (progress.cancelled()) return;
    BlockEvidence pairs(evidence);
    for (std::int64_t b = begin; b < end; ++b) labels[static_cast<std::size_t>(b)] = cluster_block(signatures, evidence, blocks[static_cast<std::size_t>(b)], pairs, options.min_probability);
    progress.advance(end - begin);
  });
  TRY(progress.check());
  // Numbers in the order of the signatures.
  std::vector<std::int32_t> place(signatures.size(), -1);  // among the labels of all blocks
  std::int32_t label_count = 0;
  for (std::size_t b = 0; b < blocks.size(); ++b) {
    for (std::size_t i = 0; i < blocks[b].size(); ++i) place[static_cast<std::size_t>(blocks[b][i])] = label_count + labels[b][i];
    label_count += *std::max_element(labels[b].begin(), labels[b].end()) + 1;
  }
  PersonClusters clusters;
  clusters.person_of.assign(signatures.size(), -1);
  std::vector<std::int32_t> numbers(static_cast<std::size_t>(label_count), -1);
  for (std::size_t i = 0; i < signatures.size(); ++i) {
    if (place[i] < 0) continue;
    std::int32_t& number = numbers[static_cast<std::size_t>(place[i])];
    if (number < 0) number = clusters.person_count++;
    clusters.person_of[i] = number;
  }
  return clusters;
}

}  // namespace jianwei::analysis

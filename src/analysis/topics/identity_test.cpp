#include "analysis/topics/identity.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>

#include "base/random.h"

namespace jianwei::analysis {
namespace {

// A document wholly in one topic each; -1: no topic.
TopicGeneration generation(const std::vector<std::pair<std::string, std::int32_t>>& documents, std::vector<std::int32_t> numbers = {}) {
  TopicGeneration made;
  made.numbers = std::move(numbers);
  for (const auto& [id, topic] : documents) {
    made.record_ids.push_back(id);
    if (topic >= 0) {
      made.documents.topics.push_back(topic);
      made.documents.shares.push_back(1.0F);
    }
    made.documents.offsets.push_back(static_cast<std::int64_t>(made.documents.topics.size()));
  }
  return made;
}

// `counts` documents in each topic, named r0, r1, ... from `first` on.
std::vector<std::pair<std::string, std::int32_t>> block(int first, const std::vector<std::pair<int, std::int32_t>>& counts) {
  std::vector<std::pair<std::string, std::int32_t>> documents;
  for (const auto& [count, topic] : counts) {
    for (int i = 0; i < count; ++i) documents.emplace_back("r" + std::to_string(first++), topic);
  }
  return documents;
}

std::vector<TopicEvent> of_kind(const TopicIdentity& identity, TopicEventKind kind) {
  std::vector<TopicEvent> events;
  std::copy_if(identity.events.begin(), identity.events.end(), std::back_inserter(events), [&](const TopicEvent& event) { return event.kind == kind; });
  return events;
}

using Numbers = std::vector<std::int32_t>;

TEST(TopicIdentity, NumbersTheFirstTopicsInTheirOrder) {
  const TopicIdentity identity = *carry_identity({}, 1, generation(block(0, {{5, 0}, {3, 1}})), 2, {});
  EXPECT_EQ(identity.numbers, (Numbers{1, 2}));
  EXPECT_EQ(identity.next_number, 3);
  EXPECT_TRUE(identity.events.empty());
}

TEST(TopicIdentity, KeepsNumbersWhenTopicsComeInAnotherOrder) {
  const TopicGeneration before = generation(block(0, {{10, 0}, {20, 1}, {30, 2}}), {4, 7, 9});
  const TopicIdentity identity = *carry_identity(before, 12, generation(block(0, {{10, 2}, {20, 0}, {30, 1}})), 3, {});
  EXPECT_EQ(identity.numbers, (Numbers{7, 9, 4}));
  EXPECT_EQ(identity.next_number, 12);
  EXPECT_EQ(identity.kept_documents, 60);
  EXPECT_EQ(identity.shared_documents, 60);
  EXPECT_DOUBLE_EQ(identity.adjusted_rand, 1.0);
  ASSERT_EQ(of_kind(identity, TopicEventKind::continuation).size(), 3U);
  EXPECT_EQ(identity.events.size(), 3U);
  EXPECT_DOUBLE_EQ(identity.events[0].overlap, 1.0);
}

TEST(TopicIdentity, NamesBirthAndDeathWithTheirEvidence) {
  const TopicGeneration before = generation(block(0, {{10, 0}, {10, 1}}), {1, 2});
  // Records r10 to r19 are gone; r20 to r31 are new and lie in a topic of their own.
  auto now = block(0, {{10, 0}});
  const auto fresh = block(20, {{12, 1}});
  now.insert(now.end(), fresh.begin(), fresh.end());
  const TopicIdentity identity = *carry_identity(before, 3, generation(now), 2, {});
  EXPECT_EQ(identity.numbers, (Numbers{1, 3}));
  const auto births = of_kind(identity, TopicEventKind::birth);
  ASSERT_EQ(births.size(), 1U);
  EXPECT_EQ(births[0].to, (Numbers{3}));
  EXPECT_EQ(births[0].documents_after, 12);
  EXPECT_DOUBLE_EQ(births[0].overlap, 1.0);  // all its documents are new
  EXPECT_EQ(births[0].evidence.front(), "r20");
  const auto deaths = of_kind(identity, TopicEventKind::death);
  ASSERT_EQ(deaths.size(), 1U);
  EXPECT_EQ(deaths[0].from, (Numbers{2}));
  EXPECT_DOUBLE_EQ(deaths[0].overlap, 1.0);
}

TEST(TopicIdentity, NamesASplitAndAMerge) {
  // Topic 1 (30 documents) falls into 18 and 12; topics 2 and 3 (20 and 10) become one.
  const TopicGeneration before = generation(block(0, {{30, 0}, {20, 1}, {10, 2}}), {1, 2, 3});
  const TopicIdentity identity = *carry_identity(before, 4, generation(block(0, {{18, 0}, {12, 1}, {30, 2}})), 3, {});
  EXPECT_EQ(identity.numbers, (Numbers{1, 4, 2}));
  const auto splits = of_kind(identity, TopicEventKind::split);
  ASSERT_EQ(splits.size(), 1U);
  EXPECT_EQ(splits[0].from, (Numbers{1}));
  EXPECT_EQ(splits[0].to, (Numbers{1, 4}));
  EXPECT_EQ(splits[0].documents_shared, 30);
  EXPECT_EQ(splits[0].evidence.front(), "r18");  // the part that left
  const auto merges = of_kind(identity, TopicEventKind::merge);
  ASSERT_EQ(merges.size(), 1U);
  EXPECT_EQ(merges[0].from, (Numbers{2, 3}));
  EXPECT_EQ(merges[0].to, (Numbers{2}));
  EXPECT_TRUE(of_kind(identity, TopicEventKind::birth).empty());
  EXPECT_TRUE(of_kind(identity, TopicEventKind::death).empty());
  EXPECT_EQ(identity.kept_documents, 18 + 20);
}

TEST(TopicIdentity, NeverReusesANumber) {
  const TopicGeneration before = generation(block(0, {{10, 0}}), {2});  // number 3 was given and died earlier
  const TopicIdentity identity = *carry_identity(before, 4, generation(block(100, {{10, 0}})), 1, {});
  EXPECT_EQ(identity.numbers, (Numbers{4}));
}

TEST(TopicIdentity, RefusesBrokenInput) {
  TopicGeneration broken = generation(block(0, {{2, 0}}), {1});
  broken.record_ids.pop_back();
  EXPECT_EQ(carry_identity(broken, 2, generation(block(0, {{2, 0}})), 1, {}).error().kind, ErrorKind::invalid_input);
  EXPECT_EQ(carry_identity(generation(block(0, {{2, 0}}), {5}), 2, generation(block(0, {{2, 0}})), 1, {}).error().kind, ErrorKind::invalid_input);
  EXPECT_EQ(carry_identity({}, 1, generation(block(0, {{2, 3}})), 1, {}).error().kind, ErrorKind::invalid_input);
}

// Kuhn (1955): the best total over all assignments; here against every permutation.
TEST(Assignment, FindsTheGreatestTotalOfAllPermutations) {
  for (std::uint64_t seed = 1; seed <= 200; ++seed) {
    Random random(seed);
    const auto rows = static_cast<std::int32_t>(1 + random.below(6));
    const auto columns = static_cast<std::int32_t>(1 + random.below(6));
    std::vector<WeightedPair> pairs;
    std::vector<double> weight(36, 0.0);
    for (std::int32_t r = 0; r < rows; ++r) {
      for (std::int32_t c = 0; c < columns; ++c) {
        if (random.below(3) == 0) continue;
        pairs.push_back({r, c, static_cast<double>(1 + random.below(20))});
        weight[static_cast<std::size_t>(r * 6 + c)] = pairs.back().weight;
      }
    }
    const std::vector<std::int32_t> chosen = assign_greatest_total(rows, columns, pairs);
    double total = 0.0;
    std::vector<bool> used(6, false);
    for (std::int32_t r = 0; r < rows; ++r) {
      const std::int32_t c = chosen[static_cast<std::size_t>(r)];
      if (c < 0) continue;
      EXPECT_FALSE(used[static_cast<std::size_t>(c)]);
      used[static_cast<std::size_t>(c)] = true;
      EXPECT_GT(weight[static_cast<std::size_t>(r * 6 + c)], 0.0);
      total += weight[static_cast<std::size_t>(r * 6 + c)];
    }
    std::vector<std::size_t> order(6);
    std::iota(order.begin(), order.end(), std::size_t{0});
    double best = 0.0;
    do {
      double sum = 0.0;
      for (std::size_t r = 0; r < 6; ++r) sum += weight[r * 6 + order[r]];
      best = std::max(best, sum);
    } while (std::next_permutation(order.begin(), order.end()));
    EXPECT_DOUBLE_EQ(total, best) << "seed " << seed;
  }
}

}  // namespace
}  // namespace jianwei::analysis

// A set that grows, shrinks and is corrected: what is taken over from the last resolution is what comparing anew gives.
#include "analysis/resolution/kept_comparisons.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <deque>
#include <set>
#include <string>

#include "analysis/resolution/blocking.h"
#include "base/random.h"

namespace jianwei::analysis {
namespace {

// Records as several sources would write them: common and rare words, slips, words left out or changed, names in two orders.
class Shelf {
 public:
  explicit Shelf(std::uint64_t seed) : random_(seed, 7) {}

  void add(std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) {
      if (originals_.empty() || random_.below(3) != 0) records_.push_back(originals_.emplace_back(make_record()));
      else records_.push_back(copy_of(originals_[random_.below(static_cast<std::uint32_t>(originals_.size()))]));
    }
  }
  // Leaves some out and corrects others.
  void edit() {
    for (std::size_t i = records_.size(); i-- > 0;) {
      if (random_.below(30) == 0) records_.erase(records_.begin() + static_cast<std::ptrdiff_t>(i));
      else if (random_.below(30) == 0) records_[i].title = keep(spoil(std::string(records_[i].title)));
    }
  }
  const std::vector<ResolutionRecord>& records() const { return records_; }

 private:
  std::string_view keep(std::string text) { return texts_.emplace_back(std::move(text)); }
  // Word r comes about 1 / r as often as word 1.
  std::string word() {
    std::uint32_t rank = 1 + random_.below(1 + random_.below(1 + random_.below(4000)));
    std::string text = "w";
    for (; rank > 0; rank /= 20) text += std::string(1, static_cast<char>('a' + rank % 20)) + "e";
    return text;
  }
  std::string make_title() {
    std::string title = word();
    for (std::uint32_t n = 3 + random_.below(7); n > 0; --n) title += " " + word();
    return title;
  }
  std::string spoil(std::string title) {
    switch (random_.below(4)) {
      case 0: return title + " " + word();
      case 1: return title.substr(0, title.rfind(' '));
      case 2: title[random_.below(static_cast<std::uint32_t>(title.size()))] = 'z'; return title;
      default: return title;
    }
  }
  ResolutionRecord make_record() {
    ResolutionRecord record;
    record.key = std::uint64_t{random_.below(1U << 31)} << 31 | random_.below(1U << 31);
    record.source = "wos";
    record.title = keep(make_title());
    if (random_.below(5) == 0) record.title_translated = keep(make_title());
    record.persons = {keep(word() + ", " + word()), keep(random_.below(4) == 0 ? word() + " K " + word() + " G F " + word() : word() + ", " + word())};
    record.date.year = static_cast<std::int16_t>(2010 + random_.below(4));
    return record;
  }
  ResolutionRecord copy_of(ResolutionRecord record) {
    record.key = std::uint64_t{random_.below(1U << 31)} << 31 | random_.below(1U << 31);
    record.source = random_.below(2) == 0 ? "scopus" : "dblp";
    record.title = keep(spoil(std::string(record.title)));
    if (random_.below(4) == 0) record.persons.pop_back();
    return record;
  }

  Random random_;
  std::deque<std::string> texts_;
  std::vector<ResolutionRecord> originals_, records_;
};

void expect_equal(const Resolution& a, const Resolution& b) {
  EXPECT_EQ(a.cluster, b.cluster);
  EXPECT_EQ(a.candidate_pair_count, b.candidate_pair_count);
  ASSERT_EQ(a.links.size(), b.links.size());
  for (std::size_t i = 0; i < a.links.size(); ++i) {
    EXPECT_TRUE(a.links[i].a == b.links[i].a && a.links[i].b == b.links[i].b && a.links[i].kind == b.links[i].kind && a.links[i].rule == b.links[i].rule && a.links[i].score == b.links[i].score &&
                a.links[i].evidence == b.links[i].evidence)
        << i;
  }
}

TEST(KeptComparisons, AGrownSetResolvesAsFromNothing) {
  Progress progress;
  Shelf shelf(3);
  shelf.add(1500);
  KeptComparisons kept;
  std::int64_t reused = 0;
  for (int step = 0; step < 12; ++step) {
    const int threads = 1 + step % 4;
    const auto grown = resolve(shelf.records(), {}, {.thread_count = threads}, &kept, progress);
    const auto anew = resolve(shelf.records(), {}, {}, nullptr, progress);
    ASSERT_TRUE(grown && anew);
    expect_equal(*grown, *anew);
    EXPECT_FALSE(grown->links.empty());
    reused += kept.reused_count;
    EXPECT_LT(kept.reused_count, grown->candidate_pair_count);
    if (step % 3 == 2) shelf.edit();
    shelf.add(20);
  }
  EXPECT_GT(reused, 10000);
}

TEST(KeptComparisons, APairThatHoldsComparesAsItDid) {
  Progress progress;
  Shelf shelf(5);
  shelf.add(1500);
  KeptComparisons kept;
  ASSERT_TRUE(resolve(shelf.records(), {}, {}, &kept, progress));
  std::set<std::uint32_t> outcomes;
  for (int step = 0; step < 8; ++step) {
    shelf.add(step == 7 ? 1500 : 15);  // at last far more than was there
    const auto prepared = prepare_records(shelf.records(), 1, progress);
    ASSERT_TRUE(prepared);
    const std::vector<KeptComparisons::Pair> holding = pairs_that_hold(kept, *prepared, 2);
    EXPECT_TRUE(step == 7 || holding.size() > kept.pairs.size() / 4) << step;
    for (const KeptComparisons::Pair& pair : holding) {
      ASSERT_EQ(pack_outcome(compare(prepared->records[first_of(pair.pair)], prepared->records[second_of(pair.pair)], prepared->context)), pair.outcome);
      outcomes.insert(pair.outcome);
    }
    if (step % 2 == 0) continue;  // the weights move on
    ASSERT_TRUE(resolve(shelf.records(), {}, {}, &kept, progress));
  }
  EXPECT_GT(outcomes.size(), 20U);
}

// Pairs of a set that hold in a larger one, and what the pair of its first two records was and is.
struct Moved {
  std::uint32_t before = 0, now = 0;
  bool holds = false;
};
Moved grow(std::vector<ResolutionRecord> records, const std::vector<std::string>& titles) {
  Progress progress;
  KeptComparisons kept;
  EXPECT_TRUE(resolve(records, {}, {}, &kept, progress));
  Moved moved;
  for (const KeptComparisons::Pair& pair : kept.pairs) {
    if (pair.pair == pack(0, 1)) moved.before = pair.outcome;
  }
  for (const std::string& title : titles) {
    ResolutionRecord& record = records.emplace_back();
    record.key = 1000 + records.size();
    record.title = title;
  }
  const auto prepared = prepare_records(records, 1, progress);
  EXPECT_TRUE(prepared);
  if (!prepared) return moved;
  moved.now = pack_outcome(compare(prepared->records[0], prepared->records[1], prepared->context));
  for (const KeptComparisons::Pair& pair : pairs_that_hold(kept, *prepared, 1)) moved.holds = moved.holds || pair.pair == pack(0, 1);
  return moved;
}

ResolutionRecord titled(std::uint64_t key, std::string_view title) {
  ResolutionRecord record;
  record.key = key;
  record.title = title;
  record.persons = {"Li, Wei"};
  record.date.year = 2012;
  return record;
}

TEST(KeptComparisons, WordsThatBecomeCommonAreWeighedAgain) {
  const std::vector<ResolutionRecord> records = {titled(1, "robust lattice photon sieve zebra"), titled(2, "robust lattice photon sieve quartz")};
  const std::vector<std::string> little(3, "another matter"), much(400, "robust lattice photon sieve");
  const Moved far = grow(records, much);
  EXPECT_NE(far.before, far.now);
  EXPECT_FALSE(far.holds);
  const Moved near = grow(records, little);
  EXPECT_EQ(near.before, near.now);
  EXPECT_TRUE(near.holds);
}

TEST(KeptComparisons, AWordThatIsNoLongerASlipIsComparedAgain) {
  // "photonik" once is a slip of "photonics"; in four other titles it is a word.
  std::vector<ResolutionRecord> records = {titled(1, "robust lattice sieve photonics"), titled(2, "robust lattice sieve photonik")};
  for (std::uint64_t key = 3; key < 300; ++key) records.push_back(titled(key, key < 12 ? "photonics elsewhere" : "other"));
  const Moved moved = grow(records, {"photonik four", "photonik five", "photonik six", "photonik seven"});
  EXPECT_NE(moved.before, moved.now);
  EXPECT_FALSE(moved.holds);
}

TEST(KeptComparisons, WhatDoesNotFitTogetherIsNotUsed) {
  Progress progress;
  Shelf shelf(9);
  shelf.add(300);
  KeptComparisons kept;
  const auto wanted = resolve(shelf.records(), {}, {}, &kept, progress);
  ASSERT_TRUE(wanted);
  ASSERT_FALSE(kept.pairs.empty());
  const auto spoil = [&](auto change) {
    KeptComparisons spoilt = kept;
    change(spoilt);
    const auto found = resolve(shelf.records(), {}, {}, &spoilt, progress);
    ASSERT_TRUE(found);
    expect_equal(*found, *wanted);
  };
  spoil([](KeptComparisons& k) { k.pairs.back().pair = ~std::uint64_t{0}; });
  spoil([](KeptComparisons& k) { k.contents.pop_back(); });
  spoil([](KeptComparisons& k) { k.counts.pop_back(); });
  spoil([](KeptComparisons& k) { std::reverse(k.keys.begin(), k.keys.end()); });
}

TEST(KeptComparisons, AnOutcomeIsPackedWhole) {
  Comparison comparison;
  comparison.levels = {title_related, kUnknownLevel, year_far, venue_unclear, locus_other, abstract_other};
  comparison.conflicts = conflict_number | conflict_mark;
  comparison.same_title = true;
  const Comparison again = unpack_outcome(pack_outcome(comparison));
  EXPECT_EQ(again.levels, comparison.levels);
  EXPECT_EQ(again.conflicts, comparison.conflicts);
  EXPECT_TRUE(again.same_title);
}

}  // namespace
}  // namespace jianwei::analysis

#include "analysis/resolution/resolve.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <initializer_list>
#include <string>

#include "analysis/resolution/blocking.h"
#include "base/random.h"

namespace jianwei::analysis {
namespace {

// A paper as two databases might hold it; fields are changed per test.
ResolutionRecord paper(std::uint64_t key, std::string_view source, std::string_view title, std::initializer_list<std::string_view> persons, std::int16_t year,
                       std::string_view venue = "", std::initializer_list<std::string_view> identifiers = {}) {
  ResolutionRecord record;
  record.key = key;
  record.source = source;
  record.title = title;
  record.persons = persons;
  record.date.year = year;
  record.venue = venue;
  record.identifiers = identifiers;
  return record;
}

Resolution run(const std::vector<ResolutionRecord>& records, std::vector<std::pair<std::int64_t, std::int64_t>> separate = {}, int threads = 1) {
  Progress progress;
  auto result = resolve(records, separate, {.min_probability = 0.9, .thread_count = threads}, nullptr, progress);
  EXPECT_TRUE(result.has_value());
  return result ? *std::move(result) : Resolution{};
}

bool merged(const Resolution& resolution, std::size_t a, std::size_t b) { return resolution.cluster[a] == resolution.cluster[b]; }

TEST(Resolve, MergesOnTheSameDoiAndSaysSo) {
  const Resolution found = run({paper(1, "wos", "Growth of lithium dendrites in solid electrolytes", {"Li, Wei"}, 2019, "", {"doi:10.1000/x1"}),
                                paper(2, "scopus", "Growth of Lithium Dendrites in Solid Electrolytes.", {"Li W."}, 2019, "", {"doi:10.1000/x1"})});
  ASSERT_EQ(found.links.size(), 1U);
  EXPECT_EQ(found.links[0].rule, "identifier:doi");
  EXPECT_NE(found.links[0].evidence.find("10.1000/x1"), std::string::npos);
  EXPECT_TRUE(merged(found, 0, 1));
}

TEST(Resolve, ADoiOnDifferentWorksOfOneSourceIsNoIdentity) {
  const Resolution found = run({paper(1, "embase", "Linagliptin reduces ischemic brain damage after stroke", {"Darsalia V."}, 2012, "Diabetes", {"doi:10.1000/vol61"}),
                                paper(2, "embase", "Anti-atherosclerotic activity of lixisenatide in mice", {"Schafer H."}, 2012, "Diabetes", {"doi:10.1000/vol61"}),
                                paper(3, "embase", "A survey of insulin pump failures in adolescents", {"Novak P."}, 2012, "Diabetes", {"doi:10.1000/vol61"})});
  EXPECT_TRUE(found.links.empty());
}

TEST(Resolve, DifferentDoisAreVersionsAtMost) {
  const Resolution found = run({paper(1, "crossref", "Learning grasp affordances from unlabelled interaction", {"Garcia, Ana", "Smith, John"}, 2020, "arXiv", {"doi:10.48550/arxiv.2001.00001"}),
                                paper(2, "crossref", "Learning grasp affordances from unlabelled interaction", {"Garcia, Ana", "Smith, John"}, 2021, "Autonomous Robots Journal", {"doi:10.1007/s1"})});
  EXPECT_FALSE(merged(found, 0, 1));
  ASSERT_EQ(found.links.size(), 1U);
  EXPECT_EQ(found.links[0].kind, LinkKind::version);
  EXPECT_EQ(found.links[0].rule, "version:preprint");
}

TEST(Resolve, SpellingsOfTitleAndNamesMeet) {
  const Resolution found = run({paper(1, "dblp", "An object-oriented data base for work-flow management", {"Müller, Jörg", "van der Berg, Pieter"}, 1999, "J. Inf. Syst."),
                                paper(2, "acm", "An Object Oriented Database for Workflow Management", {"J. Mueller", "P. van der Berg"}, 1999, "Journal of Information Systems")});
  EXPECT_TRUE(merged(found, 0, 1));
}

TEST(Resolve, ChineseTitlesMeetThroughEitherLanguage) {
  ResolutionRecord chinese = paper(1, "cnki", "固态电解质中锂枝晶的生长机理研究", {"王颖", "张智雄"}, 2019, "物理化学学报");
  chinese.title_translated = "Growth mechanism of lithium dendrites in solid electrolytes";
  const Resolution found = run({chinese, paper(2, "wanfang", "固态电解质中锂枝晶的生长机理研究", {"王 颖", "张智雄"}, 2019, "物理化学学报"),
                                paper(3, "wos", "Growth Mechanism of Lithium Dendrites in Solid Electrolytes", {"Wang, Ying", "Zhang, Zhixiong"}, 2019, "Acta Physico-Chimica Sinica")});
  EXPECT_TRUE(merged(found, 0, 1));
  EXPECT_TRUE(merged(found, 0, 2));
}

TEST(Resolve, PartsOfASeriesStayApart) {
  const Resolution found = run({paper(1, "a", "Control of flexible manipulators: part I", {"Book, Wayne"}, 1990, "ASME J. Dyn. Syst."),
                                paper(2, "b", "Control of flexible manipulators: part II", {"Book, Wayne"}, 1990, "ASME J. Dyn. Syst."),
                                paper(3, "c", "Control of flexible manipulators", {"Book, Wayne"}, 1990, "ASME J. Dyn. Syst.")});
  EXPECT_FALSE(merged(found, 0, 1));
  EXPECT_FALSE(merged(found, 1, 2));
}

TEST(Resolve, NoticesAreNotTheWorksTheySpeakOf) {
  const Resolution found = run({paper(1, "a", "Erratum: Measurement of spin waves in thin films", {"Ito, Ken"}, 2010, "Phys. Rev. B"),
                                paper(2, "b", "Measurement of spin waves in thin films", {"Ito, Ken"}, 2010, "Phys. Rev. B")});
  EXPECT_FALSE(merged(found, 0, 1));
}

TEST(Resolve, GenericTitlesNeedTheirPlaceInPrint) {
  ResolutionRecord a = paper(1, "a", "Editorial", {"Snodgrass, Richard"}, 2001, "TODS");
  ResolutionRecord b = paper(2, "b", "Editorial", {"Snodgrass, R."}, 2001, "TODS");
  const ResolutionRecord another = paper(3, "a", "Editorial", {"Snodgrass, Richard"}, 2001, "TODS");
  EXPECT_FALSE(merged(run({a, b, another}), 0, 1));
  a.volume = b.volume = "26";
  a.pages = "113-115";
  b.pages = "113-5";
  EXPECT_TRUE(merged(run({a, b, another}), 0, 1));
}

TEST(Resolve, ConferenceAndJournalFormsAreLinkedAndKept) {
  const Resolution found = run({paper(1, "a", "Efficient planning of legged locomotion on rough terrain", {"Chen, Lu", "Ruiz, Marta"}, 2014, "Proceedings of the Conference on Robotics"),
                                paper(2, "b", "Efficient planning of legged locomotion on rough terrain", {"Chen, Lu", "Ruiz, Marta"}, 2015, "Journal of Field Robotics")});
  EXPECT_FALSE(merged(found, 0, 1));
  ASSERT_EQ(found.links.size(), 1U);
  EXPECT_EQ(found.links[0].rule, "version:conference");
}

TEST(Resolve, PublicationsOfOnePatentApplicationAreVersions) {
  std::vector<ResolutionRecord> records = {paper(1, "a", "Solid electrolyte battery", {"Abe, T."}, 2015, "", {"patent:CN101234567A"}),
                                           paper(2, "b", "Solid electrolyte battery", {"Abe, T."}, 2017, "", {"patent:CN101234567B"}),
                                           paper(3, "c", "Solid electrolyte battery", {"Abe, T."}, 2017, "", {"patent:CN101234567B"})};
  for (ResolutionRecord& record : records) record.kind = RecordKind::patent;
  const Resolution found = run(records);
  EXPECT_FALSE(merged(found, 0, 1));
  EXPECT_TRUE(merged(found, 1, 2));
  EXPECT_TRUE(std::any_of(found.links.begin(), found.links.end(), [](const Link& link) { return link.kind == LinkKind::version; }));
}

TEST(Resolve, WhatPeopleSeparateStaysSeparate) {
  const std::vector<ResolutionRecord> records = {paper(1, "a", "Optical tweezers for the sorting of living cells", {"Roy, Anil"}, 2008, "", {"doi:10.1000/a"}),
                                                 paper(2, "b", "Optical tweezers for the sorting of living cells", {"Roy, Anil"}, 2008, "", {"doi:10.1000/a"}),
                                                 paper(3, "c", "Optical tweezers for the sorting of living cells", {"Roy, Anil"}, 2008, "", {"doi:10.1000/a"})};
  EXPECT_TRUE(merged(run(records), 0, 2));
  const Resolution found = run(records, {{0, 2}});
  EXPECT_FALSE(merged(found, 0, 2));
  EXPECT_TRUE(std::none_of(found.links.begin(), found.links.end(), [](const Link& link) { return link.a == 0 && link.b == 2; }));
}

// A made-up library of 400 works, each held by one to three sources with slips of the pen.
struct Library {
  std::vector<std::string> texts;  // owns what the records view
  std::vector<ResolutionRecord> records;
  std::vector<std::int64_t> work;
};

std::string made_up_word(Random& random) {
  std::string word;
  for (std::uint32_t i = 2 + random.below(3); i > 0; --i) {
    word += "bcdfghklmnprstvz"[random.below(16)];
    word += "aeiou"[random.below(5)];
  }
  return word;
}

Library make_library(std::uint64_t seed) {
  Library library;
  Random random(seed);
  library.texts.reserve(20000);
  std::vector<std::string> vocabulary;
  for (int i = 0; i < 600; ++i) vocabulary.push_back(made_up_word(random));
  for (std::int64_t w = 0; w < 400; ++w) {
    std::string title;
    for (int i = 0; i < 8; ++i) title += vocabulary[random.below(600)] + (i < 7 ? " " : "");
    const std::string author = made_up_word(random) + ", " + made_up_word(random);
    const auto year = static_cast<std::int16_t>(1990 + random.below(30));
    const std::uint32_t copies = 1 + random.below(3);
    for (std::uint32_t copy = 0; copy < copies; ++copy) {
      std::string spelt = title;
      if (copy > 0) spelt[3 + random.below(20)] = 'x';
      library.texts.push_back(spelt);
      library.texts.push_back(author);
      ResolutionRecord record;
      record.source = copy == 0 ? "a" : copy == 1 ? "b" : "c";
      record.key = random();
      record.title = library.texts[library.texts.size() - 2];
      record.persons = {library.texts.back()};
      record.date.year = year;
      library.records.push_back(record);
      library.work.push_back(w);
    }
  }
  return library;
}

TEST(Resolve, FindsTheCopiesOfAMadeUpLibrary) {
  const Library library = make_library(3);
  const Resolution found = run(library.records);
  std::int64_t wrong = 0;
  std::int64_t missed = 0;
  for (std::size_t i = 0; i < library.records.size(); ++i) {
    for (std::size_t j = i + 1; j < library.records.size(); ++j) {
      const bool gold = library.work[i] == library.work[j];
      wrong += !gold && merged(found, i, j) ? 1 : 0;
      missed += gold && !merged(found, i, j) ? 1 : 0;
    }
  }
  EXPECT_EQ(wrong, 0);
  EXPECT_LE(missed, 8);
}

TEST(Resolve, DoesNotDependOnOrderOrThreads) {
  const Library library = make_library(5);
  std::vector<std::size_t> order(library.records.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  Random random(9);
  for (std::size_t i = order.size(); i > 1; --i) std::swap(order[i - 1], order[random.below(static_cast<std::uint32_t>(i))]);
  std::vector<ResolutionRecord> shuffled;
  for (const std::size_t i : order) shuffled.push_back(library.records[i]);
  const auto pairs_of = [](const Resolution& resolution, const std::vector<ResolutionRecord>& records) {
    std::vector<std::tuple<std::uint64_t, std::uint64_t, std::string, double>> pairs;
    for (const Link& link : resolution.links) {
      const auto [a, b] = std::minmax(records[static_cast<std::size_t>(link.a)].key, records[static_cast<std::size_t>(link.b)].key);
      pairs.emplace_back(a, b, link.rule, link.score);
    }
    std::sort(pairs.begin(), pairs.end());
    return pairs;
  };
  const auto expected = pairs_of(run(library.records), library.records);
  EXPECT_FALSE(expected.empty());
  EXPECT_EQ(pairs_of(run(shuffled, {}, 4), shuffled), expected);
}

TEST(Resolve, EmptyAndTitlelessInputsGiveNoLinks) {
  EXPECT_TRUE(run({}).links.empty());
  EXPECT_TRUE(run({paper(1, "a", "", {}, 0), paper(2, "b", "", {}, 0)}).links.empty());
}

TEST(Blocking, CoverageIsTheShareOfGoldPairsAmongTheCandidates) {
  const std::vector<std::pair<std::int64_t, std::int64_t>> candidates = {{0, 1}, {2, 3}};
  const std::vector<std::pair<std::int64_t, std::int64_t>> gold = {{0, 1}, {1, 2}};
  EXPECT_DOUBLE_EQ(pair_coverage(candidates, gold), 0.5);
}

}  // namespace
}  // namespace jianwei::analysis

#include "analysis/resolution/persons.h"

#include <gtest/gtest.h>

#include <cmath>
#include <deque>
#include <string>

#include "analysis/resolution/average_linkage.h"
#include "analysis/resolution/person_evidence.h"

namespace jianwei::analysis {
namespace {

// Four items: 0-1 alike 0.9, 2-3 alike 0.8, across 0.4 and 0.2: mean of the two pairs (0.4 + 0.2 + 0.2 + 0.4) / 4 = 0.3.
std::vector<float> four_items() {
  return {0.0f, 0.9f, 0.4f, 0.2f, 0.9f, 0.0f, 0.2f, 0.4f, 0.4f, 0.2f, 0.0f, 0.8f, 0.2f, 0.4f, 0.8f, 0.0f};
}

TEST(AverageLinkage, CutsWhereTheMeanFalls) {
  const std::vector<double> sizes(4, 1.0);
  std::vector<float> likeness = four_items();
  EXPECT_EQ(average_linkage(likeness, sizes, 0.31), (std::vector<std::int32_t>{0, 0, 1, 1}));
  likeness = four_items();
  EXPECT_EQ(average_linkage(likeness, sizes, 0.29), (std::vector<std::int32_t>{0, 0, 0, 0}));
  likeness = four_items();
  EXPECT_EQ(average_linkage(likeness, sizes, 0.85), (std::vector<std::int32_t>{0, 0, 1, 2}));
}

// A corpus written down by hand: every line a record, "name @ organisation number".
class Corpus {
 public:
  std::int32_t sign(std::int64_t record, std::string_view name, std::vector<std::int32_t> organisations = {}, std::string_view orcid = {}) {
    PersonSignature signature;
    signature.record = record;
    signature.name = &names_.emplace_back(parse_person_name(name));
    signature.organisations = std::move(organisations);
    signature.orcid = orcid;
    signatures_.push_back(std::move(signature));
    return static_cast<std::int32_t>(signatures_.size()) - 1;
  }
  std::vector<std::int32_t> persons(int threads = 1) const {
    Progress progress;
    PersonOptions options;
    options.thread_count = threads;
    const auto clusters = resolve_persons(signatures_, organisations_, options, progress);
    return clusters ? clusters->person_of : std::vector<std::int32_t>{};
  }
  // Log odds that two signatures with all words of their names are one person.
  double log_odds(std::int32_t a, std::int32_t b) const {
    const persons::Evidence evidence(signatures_, organisations_);
    persons::BlockEvidence block(evidence);
    const std::vector<std::int32_t> both = {a, b};
    block.enter(both);
    block.look_at(1);
    return block.log_odds(0, GivenNames::same, 1.0);
  }

 private:
  const std::vector<std::string_view> organisations_ = {"Fudan University", "Tsinghua University", "University of Oslo", "Bell Labs", "Siemens", "Huawei", "Peking Hospital", "CERN"};
  std::deque<PersonName> names_;
  std::vector<PersonSignature> signatures_;
};

// Worked example of docs/methods/persons.md.
TEST(Persons, OddsOfTheWorkedExample) {
  Corpus oslo;
  const std::int32_t first = oslo.sign(1, "Ola Nordmann", {2}), second = oslo.sign(2, "Nordmann, Ola", {2});
  EXPECT_NEAR(oslo.log_odds(first, second), 1.53 + 0.54 * std::log(3.0) - 2.26 * std::log(2.0) + 1.75 + 3.71, 1e-9);  // 6.0

  Corpus liu;
  for (int k = 0; k < 70; ++k) liu.sign(100 + k, "Liu, " + std::string(1, static_cast<char>('A' + k % 26)) + "o" + std::string(1, static_cast<char>('a' + k / 26)));
  const std::int32_t a = liu.sign(1, "Liu, Yang"), b = liu.sign(2, "Liu, Yang"), c = liu.sign(3, "Liu, Yang");
  liu.sign(1, "Kari Berg");
  liu.sign(2, "Per Dahl");
  liu.sign(3, "Berg, Kari");
  EXPECT_NEAR(liu.log_odds(a, b), 1.3 - 0.45 * std::log(60.0) - 0.33, 1e-9);  // -0.87: two persons
  EXPECT_NEAR(liu.log_odds(a, c), 1.3 - 0.45 * std::log(60.0) + 3.1, 1e-9);   // 2.56: a co-author in common
}

TEST(Persons, OneNameOneOrganisationIsOnePerson) {
  Corpus corpus;
  const auto a = static_cast<std::size_t>(corpus.sign(1, "Ola Nordmann", {2}));
  const auto b = static_cast<std::size_t>(corpus.sign(2, "Nordmann, Ola", {2}));
  const auto c = static_cast<std::size_t>(corpus.sign(3, "Nordmann, O.", {2}));
  const std::vector<std::int32_t> persons = corpus.persons();
  EXPECT_EQ(persons[a], persons[b]);
  EXPECT_EQ(persons[a], persons[c]);
}

TEST(Persons, ACommonNameAtManyPlacesIsSeveral) {
  Corpus corpus;
  for (std::int32_t organisation = 0; organisation < 8; ++organisation) {
    for (int k = 0; k < 2; ++k) corpus.sign(organisation * 2 + k, "Wang, Wei", {organisation});
  }
  EXPECT_EQ(corpus.persons(), (std::vector<std::int32_t>{0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7}));
}

TEST(Persons, IdsJoinAndPart) {
  Corpus corpus;
  corpus.sign(1, "Wang, Wei", {0}, "0000-0001");
  corpus.sign(2, "Wang, Wei", {1}, "0000-0001");
  corpus.sign(3, "Wang, Wei", {1}, "0000-0002");
  EXPECT_EQ(corpus.persons(), (std::vector<std::int32_t>{0, 0, 1}));
}

TEST(Persons, CoauthorsOfOneRecordAreNeverOne) {
  Corpus corpus;
  corpus.sign(1, "Nordmann, Ola", {2});
  corpus.sign(1, "Nordmann, O.", {2});
  EXPECT_EQ(corpus.persons(), (std::vector<std::int32_t>{0, 1}));
}

TEST(Persons, ASharedRareCoauthorJoins) {
  Corpus corpus;
  for (std::int64_t record = 0; record < 6; ++record) corpus.sign(record, "Liu, Yang", {static_cast<std::int32_t>(record % 4)});
  corpus.sign(0, "Bodrozic, Milena");
  corpus.sign(1, "Bodrozic, Milena");
  const std::vector<std::int32_t> persons = corpus.persons();
  EXPECT_EQ(persons[0], persons[1]);
  EXPECT_NE(persons[0], persons[2]);
}

TEST(Persons, ChineseCharactersMeetTheirPinyin) {
  Corpus corpus;
  corpus.sign(1, "欧阳晓丽", {0});
  corpus.sign(2, "Ouyang, Xiaoli", {0});
  corpus.sign(3, "欧阳小丽", {0});  // the same sound, another person
  const std::vector<std::int32_t> persons = corpus.persons();
  EXPECT_NE(persons[0], persons[2]);
  EXPECT_TRUE(persons[1] == persons[0] || persons[1] == persons[2]);
}

TEST(Persons, NamelessSignaturesHaveNoPersonAndThreadsChangeNothing) {
  Corpus corpus;
  corpus.sign(1, "");
  for (std::int64_t record = 2; record < 400; ++record) corpus.sign(record, record % 3 == 0 ? "Wang, Wei" : "Li, Na", {static_cast<std::int32_t>(record % 5)});
  const std::vector<std::int32_t> persons = corpus.persons(1);
  EXPECT_EQ(persons[0], -1);
  EXPECT_EQ(persons, corpus.persons(3));
}

TEST(Persons, RefusesAnOrganisationOutsideTheTable) {
  Corpus corpus;
  corpus.sign(1, "Wang, Wei", {17});
  EXPECT_TRUE(corpus.persons().empty());
}

}  // namespace
}  // namespace jianwei::analysis

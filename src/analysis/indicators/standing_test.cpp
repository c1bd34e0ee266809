#include "analysis/indicators/standing.h"

#include <gtest/gtest.h>

#include <cmath>

namespace jianwei::analysis {
namespace {

struct Corpus {
  Dataset dataset;
  UnitDocuments units;
  // One unit (the first `in_unit` documents); each document with its countries.
  explicit Corpus(const std::vector<std::vector<std::int32_t>>& countries, std::int32_t in_unit) {
    for (const auto& own : countries) {
      dataset.year.push_back(2010);
      dataset.countries.values.insert(dataset.countries.values.end(), own.begin(), own.end());
      dataset.countries.offsets.push_back(static_cast<std::int64_t>(dataset.countries.values.size()));
    }
    for (std::int32_t d = 0; d < in_unit; ++d) units.documents.push_back(d);
    units.weights.assign(static_cast<std::size_t>(in_unit), 1.0F);
    units.offsets.push_back(in_unit);
  }
  UnitStanding of(const StandingOptions& options) const { return actor_standings(dataset, units, dataset.countries, 3, options)[0]; }
};

TEST(Standing, CountsFractionallyAndComparesWithTheWorld) {
  // Unit: {0}, {0, 1}, {0, 1}; outside: {1}, {2}, {}. x_0 = 2, x_1 = 1 in the unit; 2, 2, 1 of 5 in the world.
  const UnitStanding unit = Corpus({{0}, {0, 1}, {0, 1}, {1}, {2}, {}}, 3).of({{2010, 2010}, 2.0 / 3.0, 1.0});
  ASSERT_EQ(unit.actors.size(), 2u);
  EXPECT_EQ(unit.actors[0].actor, 0);
  EXPECT_DOUBLE_EQ(unit.actors[0].documents, 2.0);
  EXPECT_EQ(unit.actors[0].whole_documents, 3);
  EXPECT_NEAR(unit.actors[0].share, 2.0 / 3.0, 1e-12);
  EXPECT_NEAR(unit.actors[0].rta, (2.0 / 3.0) / (2.0 / 5.0), 1e-12);
  EXPECT_NEAR(unit.actors[1].rta, (1.0 / 3.0) / (2.0 / 5.0), 1e-12);
  EXPECT_NEAR(unit.actors[0].rsca, (5.0 / 3.0 - 1.0) / (5.0 / 3.0 + 1.0), 1e-12);
  EXPECT_LT(unit.actors[0].rta_interval.low, 1.0) << "two documents prove no advantage";
  EXPECT_EQ(unit.actors[0].standing, Standing::par) << "2 : 1 is no lead";
}

TEST(Standing, LeadParFollowNeedEvidence) {
  std::vector<std::vector<std::int32_t>> countries;
  for (int i = 0; i < 100; ++i) countries.push_back({0});
  for (int i = 0; i < 90; ++i) countries.push_back({1});
  for (int i = 0; i < 20; ++i) countries.push_back({2});
  const StandingOptions options{{2010, 2010}, 2.0 / 3.0, 3.0};
  const UnitStanding close = Corpus(countries, 210).of(options);
  EXPECT_EQ(close.actors[0].standing, Standing::par) << "100 : 90";
  EXPECT_EQ(close.actors[1].standing, Standing::par);
  EXPECT_EQ(close.actors[2].standing, Standing::follow);
  EXPECT_NEAR(close.actors[2].ratio, 0.2, 1e-12);
  std::vector<std::vector<std::int32_t>> clear(countries.begin(), countries.begin() + 130);
  const UnitStanding ahead = Corpus(clear, 130).of(options);
  EXPECT_EQ(ahead.actors[0].standing, Standing::lead) << "100 : 30";
  EXPECT_EQ(Corpus({{0}, {0}}, 2).of(options).actors[0].standing, Standing::few);
  EXPECT_TRUE(Corpus(countries, 210).of({{2011, 2012}, 0.5, 3.0}).actors.empty());
}

TEST(Standing, SpecialisationsAverageToOne) {
  // Weighted by the world's shares, the RTA of all actors of a unit sum to one.
  const UnitStanding unit = Corpus({{0}, {0, 1}, {1, 2}, {2}, {2}, {0}}, 4).of({{2010, 2010}, 0.5, 1.0});
  const double world[] = {2.5 / 6.0, 1.0 / 6.0, 2.5 / 6.0};
  double sum = 0.0;
  for (const ActorStanding& actor : unit.actors) sum += actor.rta * world[actor.actor];
  EXPECT_NEAR(sum, 1.0, 1e-12);
}

}  // namespace
}  // namespace jianwei::analysis

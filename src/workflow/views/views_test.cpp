// Views of a result made by hand: three topics' worth of seven documents, so that every number can be counted on fingers.
//
//   document  0     1     2     3     4     5     6
//   year      2018  2018  2019  2019  2020  2020  0
//   topic     A .9  A .6  A .5  B 1   B .7  B .8  -          (shares; the rest of 1, 2 and 4 lies in the other topic)
//   terms     x y   x     x z   z     z y   z     -
//   country   CN    CN US US    CN    US    CN    -
#include <gtest/gtest.h>
#include <simdjson.h>

#include <cmath>

#include "workflow/views/documents.h"
#include "workflow/views/map.h"
#include "workflow/views/networks.h"
#include "workflow/views/topic_page.h"

namespace jianwei::workflow {
namespace {

analysis::UnitDocuments units(const std::vector<std::vector<std::pair<std::int32_t, float>>>& rows) {
  analysis::UnitDocuments made;
  for (const auto& row : rows) {
    for (const auto& [document, weight] : row) {
      made.documents.push_back(document);
      made.weights.push_back(weight);
    }
    made.offsets.push_back(std::ssize(made.documents));
  }
  return made;
}

analysis::IdLists lists(const std::vector<std::vector<std::int32_t>>& rows) {
  analysis::IdLists made;
  for (const auto& row : rows) {
    made.values.insert(made.values.end(), row.begin(), row.end());
    made.offsets.push_back(std::ssize(made.values));
  }
  return made;
}

std::shared_ptr<const StudyResult> small_result() {
  auto result = std::make_shared<StudyResult>();
  analysis::Dataset& data = result->dataset;
  data.year = {2018, 2018, 2019, 2019, 2020, 2020, 0};
  for (int d = 0; d < 7; ++d) {
    data.record_ids.push_back("r" + std::to_string(d));
    result->titles.push_back("title " + std::to_string(d));
    result->urls.emplace_back();
  }
  data.kind = {0, 0, 0, 1, 0, 0, 0};
  data.source = {0, 0, 1, 1, 0, 0, 0};
  data.language = {0, 1, 0, 0, 0, 0, 0};
  data.venue = {-1, 0, -1, -1, -1, -1, -1};
  data.source_names = {"wos", "cnki"};
  data.language_names = {"en", "zh"};
  data.venue_names = {"Nature"};
  data.country_names = {"CN", "US"};
  data.countries = lists({{0}, {0, 1}, {1}, {0}, {1}, {0}, {}});
  data.organisations = data.persons = lists({{}, {}, {}, {}, {}, {}, {}});
  for (const char* name : {"x", "y", "z"}) {
    TermRow term;
    term.id = std::string("term-") + name;
    term.label = name;
    result->terms.push_back(term);
  }
  result->terms[0].document_count = 3;
  result->terms[1].document_count = 2;
  result->terms[2].document_count = 4;
  result->term_results.documents = units({{{0, 1}, {1, 1}, {2, 1}}, {{0, 1}, {4, 1}}, {{2, 1}, {3, 1}, {4, 1}, {5, 1}}});
  for (const char* name : {"topic-1", "topic-2"}) {
    TopicRow topic;
    topic.id = name;
    topic.label_en = name;
    result->topics.push_back(topic);
  }
  result->topics[0].terms = {{0, 0.7}, {1, 0.3}};
  result->topics[1].terms = {{2, 0.9}};
  result->topic_results.documents = units({{{0, 0.9F}, {1, 0.6F}, {2, 0.5F}, {4, 0.3F}}, {{1, 0.4F}, {2, 0.5F}, {3, 1.0F}, {4, 0.7F}, {5, 0.8F}}});
  result->document_topics.offsets = {0, 1, 3, 5, 6, 8, 9, 9};
  result->document_topics.topics = {0, 0, 1, 0, 1, 1, 1, 0, 1};
  result->document_topics.shares = {0.9F, 0.6F, 0.4F, 0.5F, 0.5F, 1.0F, 0.7F, 0.3F, 0.8F};
  for (UnitResults* one : {&result->term_results, &result->topic_results}) {
    const std::size_t count = one == &result->term_results ? 3 : 2;
    one->series.years = {2018, 2020};
    one->series.complete_years = 3;
    one->series.unit_count = static_cast<std::int64_t>(count);
    one->series.counts.assign(count * 3, 1.0);
    one->series.corpus = {2, 2, 2};
    one->indicators.resize(count);
    one->emergence.resize(count);
  }
  return result;
}

// Parsed with its parser, which owns it.
struct Parsed {
  explicit Parsed(const std::string& json) : root(parser.parse(json)) {}
  simdjson::dom::parser parser;
  simdjson::dom::element root;
};

TEST(Documents, AreThoseThatMeetEveryCondition) {
  const auto result = small_result();
  const ResultIndex index(result, {}, {});
  EXPECT_EQ(select_documents(index, {}).size(), 7U);
  EXPECT_EQ(select_documents(index, {.topics = {0}}), (std::vector<std::int32_t>{0, 1, 2, 4}));           // by share
  EXPECT_EQ(select_documents(index, {.topics = {0, 1}}), (std::vector<std::int32_t>{1, 2, 4}));           // of both
  EXPECT_EQ(select_documents(index, {.terms = {2}}), (std::vector<std::int32_t>{5, 4, 3, 2}));            // newest first
  EXPECT_EQ(select_documents(index, {.terms = {2}, .groups = {{Group::country, 0}}}), (std::vector<std::int32_t>{5, 3}));
  EXPECT_EQ(select_documents(index, {.groups = {{Group::country, 0}, {Group::country, 1}}}), (std::vector<std::int32_t>{1}));
  EXPECT_EQ(select_documents(index, {.from = 2019, .until = 2019}), (std::vector<std::int32_t>{3, 2}));   // the undated one is in no year
  EXPECT_EQ(select_documents(index, {.until = 2018}), (std::vector<std::int32_t>{1, 0}));
}

TEST(Documents, SayWhyTheyAreInATopic) {
  const ResultIndex index = ResultIndex(small_result(), {}, {});
  JsonWriter json;
  write_document(json, index, 0, 0, "/w");
  const Parsed document(json.text());
  EXPECT_NEAR(double(document.root["weight"]), 0.9, 1e-6);
  const simdjson::dom::array why = document.root["why"];
  ASSERT_EQ(why.size(), 2U);
  EXPECT_EQ(std::string_view(why.at(0)["term"]), "x");
  EXPECT_EQ(std::string_view(document.root["href"]), "/w/records/r0");
}

TEST(Documents, FacetsCountEachValue) {
  const ResultIndex index(small_result(), {}, {});
  JsonWriter json;
  json.begin_object();
  write_facets(json, index, {0, 1, 2, 6});
  const Parsed facets(json.end_object().text());
  const simdjson::dom::array countries = facets.root["facets"]["country"];
  ASSERT_EQ(countries.size(), 2U);
  EXPECT_EQ(std::int64_t(countries.at(0)["documents"]), 2);
  EXPECT_EQ(std::int64_t(simdjson::dom::array(facets.root["facets"]["years"]).at(0)["year"]), 0);
}

TEST(ResultIndex, TiesTopicsByTheDocumentsTheyShare) {
  const ResultIndex index(small_result(), {}, {});
  const std::vector<TopicTie>& ties = index.ties(0);
  ASSERT_EQ(ties.size(), 1U);
  EXPECT_EQ(ties[0].topic, 1);
  EXPECT_EQ(ties[0].documents, 3);
  // (0.6*0.4 + 0.5*0.5 + 0.3*0.7) / sqrt((0.81+0.36+0.25+0.09) * (0.16+0.25+1+0.49+0.64))
  EXPECT_NEAR(ties[0].cosine, 0.70 / std::sqrt(1.51 * 2.54), 1e-6);
}

TEST(ResultIndex, FindsNamesInAnyCaseAndRefusesUnknownIds) {
  const ResultIndex index(small_result(), lists({{0}, {}, {}, {0}, {}, {}, {}}), {"NSFC"});
  EXPECT_EQ(index.find_name(Group::country, "cn"), 0);
  EXPECT_FALSE(index.find_name(Group::country, "FR").has_value());
  EXPECT_EQ(index.documents(Group::funder, 0).size(), 2U);
  EXPECT_EQ(*index.topic("topic-2"), 1U);
  EXPECT_EQ(index.topic("topic-3").error().kind, ErrorKind::not_found);
  EXPECT_EQ(index.record("r6"), 6);
}

TEST(TopicPage, TermsHaveTheirFrequencyInTheTopicAndOverall) {
  const ResultIndex index(small_result(), {}, {});
  const Parsed page(topic_terms_json(index, 0, 10, ""));
  // x lies in documents 0, 1, 2 with shares .9 .6 .5; all terms of the topic: x 2.0, y .9 + .3, z .5 + .3
  EXPECT_NEAR(double(page.root["in_topic_total"]), 4.0, 1e-6);
  EXPECT_NEAR(double(page.root["overall_total"]), 9.0, 1e-6);
  const simdjson::dom::element first = simdjson::dom::array(page.root["items"]).at(0);
  EXPECT_EQ(std::string_view(first["id"]), "term-x");
  EXPECT_NEAR(double(first["in_topic"]), 2.0, 1e-6);
  EXPECT_NEAR(double(first["weight"]), 0.5, 1e-6);
  EXPECT_EQ(std::int64_t(first["overall"]), 3);
  EXPECT_EQ(std::int64_t(first["documents"]), 3);
}

TEST(TopicPage, ActorsAreCountedInTheDocumentsOfTheTopic) {
  const ResultIndex index(small_result(), lists({{0}, {}, {}, {0}, {}, {}, {}}), {"NSFC"});
  const Parsed page(actors_json(index, Unit::topic, 1, 10, "/w"));
  const simdjson::dom::array countries = page.root["countries"];
  ASSERT_EQ(countries.size(), 2U);
  EXPECT_EQ(std::int64_t(countries.at(0)["documents"]), 3);  // of documents 1 2 3 4 5, CN has 1 3 5
  EXPECT_EQ(std::int64_t(countries.at(0)["overall"]), 4);
  EXPECT_EQ(std::string_view(countries.at(0)["documents_href"]), "/w/records?topic=topic-2&country=CN");
  EXPECT_EQ(std::int64_t(simdjson::dom::array(page.root["funders"]).at(0)["documents"]), 1);
}

TEST(MapPoints, AreColumnsOfLittleEndianBytes) {
  auto result = std::make_shared<StudyResult>(*small_result());
  result->map.x = {1.5F, 2, 3, 4, 5, 6, 7};
  result->map.y = {-1, 0, 0, 0, 0, 0, 0};
  result->map.topic = {0, 0, 1, 1, 1, 1, -1};
  result->map.topic_x = result->map.topic_y = {0, 0};
  const ResultIndex index(result, {}, {});
  const Result<std::string> points = map_points(index);
  ASSERT_TRUE(points.has_value());
  ASSERT_EQ(points->size(), 116U);  // 8 + 15 * 7 = 113, and three of padding
  EXPECT_EQ(points->substr(0, 8), std::string("JWM1\x07\0\0\0", 8));
  EXPECT_EQ(points->substr(8, 4), std::string("\0\0\xc0\x3f", 4));                     // 1.5
  EXPECT_EQ(points->substr(8 + 8 * 7 + 2 * 6, 2), std::string("\xff\xff", 2));         // no topic
  EXPECT_EQ(points->substr(8 + 10 * 7, 2), std::string("\xe2\x07", 2));                // 2018
  EXPECT_EQ(map_points(ResultIndex(small_result(), {}, {})).error().kind, ErrorKind::not_found);
}

TEST(Networks, AreSeenAroundANode) {
  auto result = std::make_shared<StudyResult>(*small_result());
  NetworkResult star;
  star.id = "country-network";
  for (const char* name : {"CN", "US", "FR", "DE"}) {
    star.node_ids.emplace_back(name);
    star.labels.emplace_back(name);
    star.node_weights.push_back(1.0);
    star.communities.push_back(0);
    star.x.push_back(0);
    star.y.push_back(0);
  }
  star.edge_from = {0, 0, 0, 1};
  star.edge_to = {1, 2, 3, 2};
  star.edge_weights = {3, 2, 1, 5};
  result->networks = {star};
  const ResultIndex index(result, {}, {});
  const Parsed two(*ego_network_json(index, "country-network", {.node = "CN", .neighbours = 2}, ""));
  EXPECT_EQ(simdjson::dom::array(two.root["nodes"]).size(), 3U);  // DE is the weakest
  EXPECT_EQ(simdjson::dom::array(two.root["edges"]).size(), 3U);  // and the edge among the neighbours
  EXPECT_EQ(ego_network_json(index, "country-network", {.node = "GB"}, "").error().kind, ErrorKind::not_found);
}

}  // namespace
}  // namespace jianwei::workflow

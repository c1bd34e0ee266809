// The JSON of the corpora: record counts and fill rates as their README files give them.
#include "sources/tables/reading_test.h"

namespace jianwei::sources {
namespace {

struct Expected {
  const char* path;
  const char* format;
  RecordKind kind;
  std::size_t records;
  std::vector<std::pair<const char*, double>> at_least;  // field, share
};

TEST(JsonOfTheCorpora, GivesTheCountsAndFieldsOfItsDescriptions) {
  if (!std::filesystem::exists(testing::corpus(""))) GTEST_SKIP() << "corpora not found at " << testing::corpus("");
  const RecordKind work = RecordKind::work;
  const std::vector<Expected> files = {
      {"ml-robotics-papers/icra.jsonl.gz", "json", work, 17559, {{"abstract", 0.998}, {"persons", 0.998}, {"affiliations", 0.99}, {"countries", 0.98}, {"date", 1}}},
      {"ml-robotics-papers/nips.jsonl.gz", "json", work, 8266, {{"abstract", 0.976}, {"persons", 0.99}}},
      {"ml-robotics-papers/kdd.jsonl.gz", "json", work, 1058, {{"title", 1}, {"persons", 0.99}}},
      // one of 4,721 documents has neither title nor abstract
      {"chinaxiv/chinaxiv-2016-2017.jsonl.gz", "chinaxiv", work, 4720, {{"title", 0.99}, {"abstract", 0.88}, {"keywords", 0.79}, {"date", 1}, {"language", 1}, {"persons", 0.4}}},
      {"chinaxiv/chinaxiv-2018-2022.jsonl.gz", "chinaxiv", work, 5957, {{"title", 0.993}, {"abstract", 0.985}, {"keywords", 0.965}, {"persons", 0.65}}},
      {"chinaxiv/chinaxiv-fulltext-sample.jsonl.gz", "chinaxiv", work, 53, {{"title", 0.98}, {"abstract", 0.98}, {"full_text", 1}}},
      {"sbir-awards/sbir-phase2-1992-2010.jsonl.gz", "json", RecordKind::project, 28658, {{"title", 0.92}, {"abstract", 0.83}, {"affiliations", 0.99}, {"funding", 0.99}}},
      {"tech-news/techcrunch-headlines-to-2017.jsonl.gz", "json", RecordKind::post, 19126, {{"title", 1}, {"date", 1}, {"persons", 0.98}}},
      {"eu-calls/eu-funding-calls-2026.jsonl.gz", "json", RecordKind::project, 629, {{"title", 1}, {"abstract", 0.96}, {"date", 1}, {"keywords", 0.96}}},
      {"policy-laws-zh/st-laws-zh.jsonl.gz", "json", RecordKind::policy, 106, {{"title", 1}, {"full_text", 1}, {"date", 0.93}}},
      {"policy-laws-zh/state-council-documents.jsonl.gz", "json", RecordKind::policy, 15, {{"title", 1}, {"full_text", 1}, {"date", 1}}},
      {"patents/uspto-random-abstracts.jsonl.gz", "json", RecordKind::patent, 7490, {{"abstract", 1}, {"date", 1}, {"classifications", 0.955}}},
      {"citations/bibliometrixdata-management.jsonl.gz", "wos_json", work, 898, {{"references", 0.997}, {"abstract", 0.99}, {"affiliations", 0.97}, {"citations", 1}}},
      {"citations/bibliometrixdata-garfield.jsonl.gz", "wos_json", work, 219, {{"references", 0.3}, {"title", 1}}},
      {"citations/acm-cr-papers-with-references.jsonl.gz", "json", work, 30, {{"references", 1}, {"doi", 1}, {"abstract", 1}}},
      {"csl/csl-dev.jsonl.gz", "json", work, 1000, {{"title", 1}, {"abstract", 1}, {"keywords", 1}}},
      {"csl/fewclue-csldcp-train-dev.jsonl.gz", "json", work, 4104, {{"abstract", 1}, {"classifications", 1}}},
      {"csl/fewclue-csl-abstract-keyword.jsonl.gz", "json", work, 1187, {{"abstract", 1}, {"keywords", 1}}},
      {"gold-need-solution/needs.jsonl.gz", "json", RecordKind::project, 2759, {{"abstract", 1}, {"date", 1}}},
      {"gold-need-solution/solutions.jsonl.gz", "json", RecordKind::project, 5344, {{"abstract", 1}, {"date", 1}, {"affiliations", 0.99}}},
      // 13 of the 548 works have no title
      {"exchange-formats/crossref/works.jsonl.gz", "crossref", work, 535, {{"title", 0.99}, {"references", 0.44}, {"abstract", 0.27}, {"persons", 0.8}, {"doi", 1}}},
      {"exchange-formats/crossref/works_response.json.gz", "crossref", work, 20, {{"title", 1}, {"persons", 1}}},
      {"exchange-formats/openalex/works.jsonl.gz", "openalex", work, 3, {{"title", 1}, {"persons", 1}, {"citations", 1}}},
      {"exchange-formats/nih-reporter/project_record.json.gz", "nih_json", RecordKind::project, 1, {{"title", 1}, {"persons", 1}, {"countries", 1}}},
  };
  for (const Expected& file : files) {
    SCOPED_TRACE(file.path);
    if (!std::filesystem::exists(testing::corpus("") / file.path)) continue;
    Collected found;
    read_corpus_into(found, file.path);
    EXPECT_EQ(found.error, "");
    EXPECT_EQ(found.format, file.format);
    EXPECT_EQ(found.records.size(), file.records);
    ASSERT_FALSE(found.records.empty());
    EXPECT_EQ(found.records[0].kind, file.kind);
    for (const auto& [field, share] : file.at_least) EXPECT_GE(found.fill(field), share) << field;
  }
}

TEST(JsonOfTheCorpora, KeepsTheIdsThatGoldListsName) {
  if (!std::filesystem::exists(testing::corpus("") / "patents")) GTEST_SKIP() << "corpora not found at " << testing::corpus("");
  Collected found;
  read_corpus_into(found, "patents/uspto-random-abstracts.jsonl.gz");
  ASSERT_FALSE(found.records.empty());
  EXPECT_EQ(found.records[0].provenance.own_id, "US06836996-20050104");
  EXPECT_EQ(find_identifier(found.records[0], "patent"), "US6836996");
}

}  // namespace
}  // namespace jianwei::sources

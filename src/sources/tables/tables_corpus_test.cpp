// The tables of the corpora: record counts and fill rates as their README files give them.
#include "sources/tables/reading_test.h"

namespace jianwei::sources {
namespace {

struct Expected {
  const char* path;
  const char* format;
  std::size_t records;
  std::vector<std::pair<const char*, double>> at_least;  // field, share
};

TEST(TablesOfTheCorpora, GiveTheCountsAndFieldsOfTheirDescriptions) {
  if (!std::filesystem::exists(testing::corpus(""))) GTEST_SKIP() << "corpora not found at " << testing::corpus("");
  const std::vector<Expected> files = {
      {"exchange-formats/scopus/csv_bibliometrix_sample.csv.gz", "scopus_csv", 8, {{"title", 1}, {"abstract", 1}, {"persons", 1}, {"references", 1}}},
      {"exchange-formats/scopus/csv_litstudy.csv.gz", "scopus_csv", 58, {{"title", 1}, {"abstract", 0.98}, {"persons", 0.87}, {"references", 0.8}, {"language", 1}}},
      {"exchange-formats/ieee/ieee_xplore_1.csv.gz", "ieee_csv", 100, {{"persons", 1}, {"affiliations", 0.98}, {"abstract", 0.98}}},
      {"exchange-formats/springer/springer_search.csv.gz", "springer_csv", 1000, {{"doi", 1}, {"persons", 0.99}, {"date", 1}}},
      {"exchange-formats/lens/lens_scholar_sample.csv.gz", "lens_csv", 8, {{"abstract", 1}, {"references", 1}}},
      {"exchange-formats/openalex/openalex_web_export_sample.csv.gz", "openalex_csv", 8, {{"persons", 1}, {"countries", 0.87}}},
      {"exchange-formats/zotero/zotero_export.csv.gz", "zotero_csv", 1233, {{"persons", 0.99}, {"abstract", 0.91}, {"keywords", 0.96}, {"doi", 0.86}}},
      {"exchange-formats/wos/tabdelimited_ble_1-1000.txt.gz", "wos_tab", 1000, {{"abstract", 0.99}, {"affiliations", 0.99}, {"countries", 0.99}, {"keywords", 0.92}}},
      {"patents/lens-drones.csv.gz", "lens_patent_csv", 9071, {{"title", 1}, {"date", 1}, {"persons", 0.99}, {"classifications", 0.99}}},
      {"patents/lens-pizza-1000.csv.gz", "lens_patent_csv", 1000, {{"title", 1}, {"date", 1}}},
      {"patents/synbio-thomson-innovation.csv.gz", "derwent_csv", 644, {{"title", 0.9}, {"abstract", 0.99}, {"date", 1}, {"persons", 0.99}}},
      {"patents/wipo-drones-tac-1606.csv.gz", "wipo_csv", 1606, {{"title", 1}, {"date", 1}, {"persons", 0.95}, {"classifications", 0.97}}},
      // 62,580 rows, of which 76 hold nothing but empty cells and two neither name nor number
      {"projects-zh/nssfc-social-science-fund-projects.csv.gz", "csv", 62502, {{"title", 0.9999}, {"date", 0.94}, {"persons", 0.99}, {"affiliations", 0.99}, {"countries", 0.98}}},
      {"projects-zh/nsfc-management-sciences-projects.csv.gz", "csv", 17926, {{"title", 1}, {"date", 1}, {"persons", 1}}},
      {"projects-zh/cnki-project-calls.csv.gz", "csv", 15510, {{"title", 1}, {"date", 0.99}, {"funding", 0.99}}},
      {"gold-dedup/dblp-acm/acm.csv.gz", "csv", 2294, {{"title", 1}, {"persons", 0.99}, {"date", 0.99}}},
      {"gold-dedup/dblp-acm/dblp.csv.gz", "csv", 2616, {{"title", 1}, {"persons", 0.99}, {"date", 1}}},
      {"gold-dedup/asysd/labelled_test_set.csv.gz", "csv", 1845, {{"title", 1}, {"persons", 0.99}, {"abstract", 0.98}, {"date", 1}}},
      {"csl/csl-title-category-train.tsv.gz", "tsv", 8000, {{"title", 1}}},
      {"emerging-lists/emerging-technology-lists.csv.gz", "csv", 50, {{"title", 1}, {"date", 1}}},
  };
  for (const Expected& file : files) {
    SCOPED_TRACE(file.path);
    if (!std::filesystem::exists(testing::corpus("") / file.path)) continue;
    Collected found;
    read_corpus_into(found, file.path);
    EXPECT_EQ(found.error, "");
    EXPECT_EQ(found.format, file.format);
    EXPECT_EQ(found.records.size(), file.records);
    for (const auto& [field, share] : file.at_least) EXPECT_GE(found.fill(field), share) << field;
  }
}

}  // namespace
}  // namespace jianwei::sources

#include "records/record_key.h"

#include <gtest/gtest.h>

namespace jianwei {
namespace {

Record sample() {
  Record record;
  record.title = "Soft robots for minimally invasive surgery";
  record.provenance = {"wos", "wos", "WOS:0001", "raw", 3, 1};
  return record;
}

TEST(RecordKey, ContentIgnoresThePlaceAndTheRawText) {
  Record a = sample();
  Record b = sample();
  b.provenance.raw = "other";
  b.provenance.line = 99;
  b.provenance.index = 5;
  EXPECT_EQ(content_hash(a), content_hash(b));
  b.keywords = {"robot"};
  EXPECT_NE(content_hash(a), content_hash(b));
}

TEST(RecordKey, ContentTellsFieldsApart) {
  Record a = sample();
  Record b = sample();
  a.venue = "ab";
  b.volume = "ab";
  EXPECT_NE(content_hash(a), content_hash(b));
}

TEST(RecordKey, ADatabaseIdHoldsAcrossFilesAndALocalIdInItsFileOnly) {
  Record record = sample();
  EXPECT_EQ(source_key(record, 1, "a/x.txt"), source_key(record, 2, "b/y.txt"));
  record.provenance.source = record.provenance.format = "csv";
  EXPECT_EQ(source_key(record, 1, "a/x.csv"), source_key(record, 2, "b/x.csv"));
  EXPECT_NE(source_key(record, 1, "a/x.csv"), source_key(record, 1, "a/y.csv"));
  record.provenance.own_id.clear();
  EXPECT_EQ(source_key(record, 7, "a/x.csv"), 7U);
}

TEST(RecordKey, SimilarTitlesHaveCloseSignatures) {
  const auto signature = title_signature("Soft robots for minimally invasive surgery");
  EXPECT_EQ(signature, title_signature("SOFT ROBOTS for minimally-invasive surgery."));
  EXPECT_TRUE(similar_titles(signature, title_signature("Soft robots for minimaly invasive surgery")));
  EXPECT_FALSE(similar_titles(title_signature("Learning to rank for information retrieval"), title_signature("Learning to plan for robotic manipulation")));
  EXPECT_FALSE(similar_titles(signature, title_signature("Deep residual learning for image recognition")));
  EXPECT_EQ(title_signature("固态锂电池界面稳定性研究"), title_signature("固态锂电池 界面稳定性研究。"));
  EXPECT_FALSE(similar_titles(title_signature("固态锂电池界面稳定性研究"), title_signature("基于深度学习的图像识别方法综述")));
}

}  // namespace
}  // namespace jianwei

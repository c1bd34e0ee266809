#include <gtest/gtest.h>

#include "analysis/knowledge/sentence_relations.h"

namespace jianwei::analysis {
namespace {

TermFinder finder(const std::vector<std::string>& forms) {
  TermFinder made;
  for (std::size_t i = 0; i < forms.size(); ++i) made.add(forms[i], static_cast<std::int32_t>(i));
  return made;
}

// Relations of a sentence as "0 uses 1".
std::vector<std::string> told(const TermFinder& terms, std::string_view sentence) {
  std::vector<std::string> lines;
  for (const FoundRelation& found : relate_terms(terms, sentence)) lines.push_back(std::to_string(found.source) + " " + std::string(to_string(found.relation)) + " " + std::to_string(found.target));
  return lines;
}

using Lines = std::vector<std::string>;

TEST(Knowledge, CutsSentencesInBothLanguages) {
  EXPECT_EQ(split_sentences("We use CNN. It works, e.g. on images! See J. Smith (2010). The end"),
            (std::vector<std::string_view>{"We use CNN.", "It works, e.g. on images!", "See J. Smith (2010).", "The end"}));
  EXPECT_EQ(split_sentences("采用卷积网络。效果好！"), (std::vector<std::string_view>{"采用卷积网络。", "效果好！"}));
  EXPECT_TRUE(split_sentences("  ").empty());
  EXPECT_EQ(split_sentences("accuracy of 3.5 percent").size(), 1U);
}

TEST(Knowledge, FindsTheLongestTermWhateverCaseAndHyphen) {
  const TermFinder terms = finder({"neural network", "convolutional neural network", "图像", "图像识别", "x"});
  const auto places = terms.find(TermFinder::normalise("A Convolutional Neural-Network and neural networks"));
  ASSERT_EQ(places.size(), 1U);  // "networks" is another word; forms of one letter are not taken
  EXPECT_EQ(places[0].term, 1);
  EXPECT_EQ(terms.find(TermFinder::normalise("用于图像识别的方法"))[0].term, 3);
}

TEST(Knowledge, ReadsEnglishPatterns) {
  const TermFinder terms = finder({"deep learning", "face recognition", "graph", "clustering", "dropout"});
  EXPECT_EQ(told(terms, "Deep learning for face recognition"), Lines{"0 applied_to 1"});
  EXPECT_EQ(told(terms, "Clustering based on a weighted graph"), Lines{"3 uses 2"});
  EXPECT_EQ(told(terms, "Graph-based clustering"), Lines{"3 uses 2"});
  EXPECT_EQ(told(terms, "Dropout significantly improves deep learning"), Lines{"4 improves 0"});
  EXPECT_EQ(told(terms, "Deep learning is improved by dropout"), Lines{"4 improves 0"});
  EXPECT_EQ(told(terms, "Dropout can be used to improve deep learning"), Lines{"4 improves 0"});
  EXPECT_EQ(told(terms, "Methods of clustering such as graph"), Lines{"2 kind_of 3"});
}

TEST(Knowledge, ReadsChinesePatterns) {
  const TermFinder terms = finder({"深度学习", "人脸识别", "图神经网络", "推荐系统"});
  EXPECT_EQ(told(terms, "深度学习被广泛应用于人脸识别。"), Lines{"0 applied_to 1"});
  EXPECT_EQ(told(terms, "基于图神经网络的推荐系统"), Lines{"3 uses 2"});
  EXPECT_EQ(told(terms, "推荐系统采用了图神经网络"), Lines{"3 uses 2"});
  EXPECT_EQ(told(terms, "图神经网络显著提升推荐系统的精度"), Lines{"2 improves 3"});
}

TEST(Knowledge, NegationAndDistanceTellNoRelation) {
  const TermFinder terms = finder({"dropout", "accuracy"});
  EXPECT_EQ(told(terms, "Dropout does not improve accuracy"), Lines{"0 co_occurs 1"});
  EXPECT_EQ(told(terms, "Accuracy and dropout"), Lines{"0 co_occurs 1"});
  EXPECT_EQ(told(terms, "Dropout was proposed long ago by several groups that wanted to improve the accuracy"), Lines{"0 co_occurs 1"});
  EXPECT_EQ(told(finder({"精度", "方法"}), "方法未能提高精度"), Lines{"0 co_occurs 1"});
  EXPECT_TRUE(told(terms, "Dropout and dropout").empty());
}

}  // namespace
}  // namespace jianwei::analysis

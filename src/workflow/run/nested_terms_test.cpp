#include "workflow/run/nested_terms.h"

#include <gtest/gtest.h>

namespace jianwei::workflow {
namespace {

struct Terms {
  std::vector<TermRow> rows;
  analysis::UnitDocuments documents;
  void add(const char* label, std::vector<std::int32_t> in) {
    rows.emplace_back().label = label;
    documents.documents.insert(documents.documents.end(), in.begin(), in.end());
    documents.weights.resize(documents.documents.size(), 1.0F);
    documents.offsets.push_back(static_cast<std::int64_t>(documents.documents.size()));
  }
  std::vector<std::size_t> nested(std::vector<std::uint8_t> listed = {}, std::vector<std::uint8_t> counted = std::vector<std::uint8_t>(20, 1)) const {
    if (listed.empty()) listed.assign(rows.size(), 1);
    return nested_terms(rows, documents, listed, counted);
  }
};

using Found = std::vector<std::size_t>;

TEST(NestedTerms, APartThatHardlyStandsAloneIsNested) {
  Terms terms;
  terms.add("全科", {0, 1, 2, 3});
  terms.add("全科医生", {0, 1, 2});
  terms.add("adversarial network", {4, 5, 6, 7});
  terms.add("Generative Adversarial Network", {4, 5, 6, 7});
  terms.add("XLM", {8, 9});
  terms.add("XLM-R", {8, 9});
  EXPECT_EQ(terms.nested(), (Found{0, 2, 4}));
}

TEST(NestedTerms, APartWithDocumentsOfItsOwnStays) {
  Terms terms;
  terms.add("中介", {0, 1, 2, 3});
  terms.add("中介作用", {0, 1});  // half
  terms.add("robot", {4, 5, 6, 7});
  terms.add("soft robot", {4});
  EXPECT_EQ(terms.nested(), Found{});
}

TEST(NestedTerms, WordsAreWholeWords) {
  Terms terms;
  terms.add("port", {0, 1});
  terms.add("airport", {0, 1});
  terms.add("work net", {0, 1});
  terms.add("work network", {0, 1});
  EXPECT_EQ(terms.nested(), Found{});
}

TEST(NestedTerms, TheLongerTermMustBeListedAndOnlyCountedDocumentsSpeak) {
  Terms terms;
  terms.add("绿色", {0, 1, 2, 3, 4, 5});
  terms.add("绿色发展", {4, 5});
  EXPECT_EQ(terms.nested({1, 0}), Found{});
  EXPECT_EQ(terms.nested(), Found{});  // a third of all
  std::vector<std::uint8_t> recent(20, 0);
  recent[4] = recent[5] = 1;
  EXPECT_EQ(terms.nested({}, recent), (Found{0}));  // all of the recent ones
}

TEST(NestedTerms, APartWithoutCountedDocumentsAndATwinAreNotNested) {
  Terms terms;
  terms.add("绿色", {0, 1});
  terms.add("绿色发展", {4, 5});
  std::vector<std::uint8_t> recent(20, 0);
  recent[4] = recent[5] = 1;
  EXPECT_EQ(terms.nested({}, recent), Found{});  // none of its documents counts: nothing says that it hardly stands alone

  Terms twins;
  twins.add("soft robot", {0, 1});
  twins.add("Soft Robot", {0, 1});
  EXPECT_EQ(twins.nested(), Found{});  // neither is longer
}

}  // namespace
}  // namespace jianwei::workflow

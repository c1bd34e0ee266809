#include <gtest/gtest.h>

#include "records/han.h"
#include "records/identifier.h"
#include "records/record.h"
#include "records/unicode.h"

namespace jianwei {
namespace {

TEST(Identifier, BringsEachSchemeToOneSpelling) {
  EXPECT_EQ(normalize_identifier("doi", "https://doi.org/10.1038/S41598-019-41695-Z."), "10.1038/s41598-019-41695-z");
  EXPECT_EQ(normalize_identifier("doi", "DOI 10.1016/S0006-3495(18)31(2)"), "10.1016/s0006-3495(18)31(2)");
  EXPECT_EQ(normalize_identifier("doi", "(see 10.1000/abc)"), "10.1000/abc");
  EXPECT_EQ(normalize_identifier("doi", "http://dx.doi.org/10.1016/S0025-7753%2817%2930624-3"), "10.1016/s0025-7753(17)30624-3");
  EXPECT_EQ(normalize_identifier("doi", "not a doi"), "");
  EXPECT_EQ(normalize_identifier("orcid", "https://orcid.org/0000-0002-1825-0097"), "0000-0002-1825-0097");
  EXPECT_EQ(normalize_identifier("orcid", "0000-0002-1825-0098"), "");
  EXPECT_EQ(normalize_identifier("issn", "03784754"), "0378-4754");
  EXPECT_EQ(normalize_identifier("issn", "0378-4755"), "");
  EXPECT_EQ(normalize_identifier("isbn", "978-0-306-40615-7"), "9780306406157");
  EXPECT_EQ(normalize_identifier("openalex", "https://openalex.org/ W12"), "W12");
  EXPECT_EQ(normalize_identifier("arxiv", "arXiv:2101.00001v2 [cs.CL]"), "2101.00001");
  EXPECT_EQ(normalize_identifier("arxiv", "http://arxiv.org/abs/hep-th/9901001v1"), "hep-th/9901001");
  EXPECT_EQ(normalize_identifier("openalex", "https://openalex.org/W2741809807"), "W2741809807");
  EXPECT_EQ(normalize_identifier("patent", "US 7,123,456 B2"), "US7123456B2");
}

TEST(Unicode, CleansTheDamageOfExports) {
  EXPECT_EQ(clean_text("  H<sub>2</sub>O &amp; a&lt;b\n\tc\xef\xbb\xbf "), "H2O & a<b c");
  EXPECT_EQ(clean_text("<jats:p>One</jats:p><jats:p>Two</jats:p>"), "One Two");
  EXPECT_EQ(clean_text("x < y and p<0.05"), "x < y and p<0.05");
  EXPECT_EQ(clean_text("固态\xe3\x80\x80电池"), "固态 电池");
  EXPECT_EQ(clean_text("e\xcc\x81"), "\xc3\xa9");
  EXPECT_EQ(repair_double_encoding("it\xc3\xa2\xe2\x82\xac\xe2\x84\xa2s"), "it\xe2\x80\x99s");
  EXPECT_EQ(repair_double_encoding("déjà vu"), "déjà vu");
}

TEST(Unicode, ComposesWhereverAMarkStands) {
  EXPECT_EQ(to_nfc("Zu\xcc\x88rich \xe2\x80\x93 na\xc3\xafve"), "Zürich – naïve");
  EXPECT_EQ(to_nfc("\xe2\x84\xab"), "\xc3\x85");                          // Angstrom sign
  EXPECT_EQ(to_nfc("か\xe3\x82\x99"), "が");                               // kana with a combining voice mark
  EXPECT_EQ(to_nfc("\xe1\x84\x80\xe1\x85\xa1"), "가");                   // conjoining jamo
  EXPECT_EQ(to_nfc("深度学习，Ελλάδα, Москва ≥ 5 µm"), "深度学习，Ελλάδα, Москва ≥ 5 µm");
  EXPECT_EQ(clean_text("a  b <i>c</i> d\xc2\xa0\xc2\xa0 e<f"), "a b c d e<f");
}

TEST(Unicode, FoldsAndClassifies) {
  EXPECT_EQ(fold_case("Ｄｅｅｐ ﬁeld"), "deep field");
  EXPECT_EQ(strip_marks("Müller"), "Muller");
  EXPECT_TRUE(is_cjk_text("基于BERT的固态电池研究"));
  EXPECT_FALSE(is_cjk_text("a study of 道"));
  EXPECT_TRUE(has_han("a study of 道"));
  EXPECT_TRUE(has_han("𠀀"));  // beyond the basic plane
  EXPECT_FALSE(has_han("Ελλάδα, か, 가, €"));
  EXPECT_FALSE(has_han("cut \xe9\x81"));
  EXPECT_FALSE(is_valid_utf8("\xc0\xaf"));
  std::string cut = "\xb2) \xce\xb2";
  ensure_utf8(cut);
  EXPECT_EQ(cut, "\xef\xbf\xbd) \xce\xb2");
  EXPECT_EQ(decode_utf8("中").value, U'中');
}

TEST(Record, FillsAreSeen) {
  Record record;
  record.title = "t";
  EXPECT_TRUE(add_identifier(record, "doi", "10.1000/x"));
  EXPECT_FALSE(add_identifier(record, "doi", "none"));
  const auto filled = filled_fields(record);
  EXPECT_TRUE(filled[0]);
  EXPECT_FALSE(filled[1]);
  EXPECT_EQ(find_identifier(record, "doi"), "10.1000/x");
  EXPECT_EQ(parse_record_kind("patent"), RecordKind::patent);
}

}  // namespace
}  // namespace jianwei

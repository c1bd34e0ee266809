#include "sources/xml/cutter.h"

#include <gtest/gtest.h>

#include "sources/bytes/memory_stream.h"

namespace jianwei::sources::xml {
namespace {

struct Cut {
  std::string text;
  std::string problem;
  std::int64_t line;
  std::vector<std::string> ancestors;
};

std::vector<Cut> cut(std::string text, CutOptions options, std::size_t block = 1 << 20) {
  MemoryStream stream(std::move(text), block);
  Cutter cutter(stream, std::move(options));
  std::vector<Cut> cuts;
  for (Piece piece;;) {
    const Result<bool> more = cutter.next(piece);
    EXPECT_TRUE(more);
    if (!more || !*more) return cuts;
    cuts.push_back({std::string(piece.text), piece.problem, piece.line, cutter.ancestors()});
  }
}

CutOptions of(std::vector<std::string_view> elements) {
  CutOptions options;
  options.elements = std::move(elements);
  return options;
}

TEST(Cutter, GivesWholeElementsWithLineAndAncestors) {
  const auto cuts = cut("<?xml version='1.0'?>\n<set id=\"s>1\">\n<r a='1'>x</r><!-- <r>no</r> -->\n<p:r>y<![CDATA[</p:r>]]></p:r><r/></set>", of({"r"}), 3);
  ASSERT_EQ(cuts.size(), 3u);
  EXPECT_EQ(cuts[0].text, "<r a='1'>x</r>");
  EXPECT_EQ(cuts[0].line, 3);
  ASSERT_EQ(cuts[0].ancestors.size(), 1u);
  EXPECT_EQ(attribute_of(cuts[0].ancestors[0], "id"), "s>1");
  EXPECT_EQ(cuts[1].text, "<p:r>y<![CDATA[</p:r>]]></p:r>");
  EXPECT_EQ(cuts[1].line, 4);
  EXPECT_EQ(cuts[2].text, "<r/>");
}

TEST(Cutter, ReportsAMissingEndTagAndGoesOn) {
  const auto cuts = cut("<s><r>one<r>two</r><r>three", of({"r"}));
  ASSERT_EQ(cuts.size(), 3u);
  EXPECT_NE(cuts[0].problem.find("is missing"), std::string::npos);
  EXPECT_EQ(cuts[0].text, "<r>one");
  EXPECT_EQ(cuts[1].problem, "");
  EXPECT_NE(cuts[2].problem.find("the file ends inside <r>"), std::string::npos);
}

TEST(Cutter, StartsAfreshAtAnotherDocument) {
  const auto cuts = cut("<?xml version='1.0'?><s><r>cut <?xml version='1.0'?><!DOCTYPE s [<!ENTITY p SYSTEM 'x>' NDATA T> <!-- ]> -->]><s><r>ok</r></s>", of({"r"}));
  ASSERT_EQ(cuts.size(), 2u);
  EXPECT_NE(cuts[0].problem.find("a new XML document starts"), std::string::npos);
  EXPECT_EQ(cuts[1].text, "<r>ok</r>");
  EXPECT_EQ(cuts[1].ancestors.size(), 1u);
}

TEST(Cutter, RefusesDeepNestingOnceAndFindsTheNextRecord) {
  std::string deep = "<s><r>";
  for (int i = 0; i < 100'000; ++i) deep += "<a>";
  const auto cuts = cut(deep + "</r><r>ok</r></s>", of({"r"}));
  ASSERT_EQ(cuts.size(), 2u);
  EXPECT_NE(cuts[0].problem.find("nested deeper"), std::string::npos);
  EXPECT_LE(cuts[0].text.size(), std::size_t{1} << 16);
  EXPECT_EQ(cuts[1].text, "<r>ok</r>");
}

TEST(Cutter, RefusesTooLargeRecordsWithBoundedMemory) {
  CutOptions options = of({"r"});
  options.max_piece_bytes = 1 << 20;
  const auto cuts = cut("<s><r>" + std::string(8 << 20, 'x') + "</r><r>ok</r></s>", options, 1 << 16);
  ASSERT_EQ(cuts.size(), 2u);
  EXPECT_NE(cuts[0].problem.find("larger than"), std::string::npos);
  EXPECT_EQ(cuts[1].problem, "");
}

TEST(Cutter, TakesTheInnermostOfWrappedRecords) {
  CutOptions options = of({"record"});
  options.innermost = true;
  const auto cuts = cut("<zs:record><d><record>one</record></d></zs:record><zs:record><record>two</record></zs:record>", options);
  ASSERT_EQ(cuts.size(), 2u);
  EXPECT_EQ(cuts[0].text, "<record>one</record>");
  EXPECT_EQ(cuts[1].text, "<record>two</record>");
}

TEST(Cutter, NamesEntitiesThatADtdDeclares) {
  MemoryStream stream("<!DOCTYPE s [<!ENTITY lol \"lol\"><!ENTITY lol2 '&lol;&lol;'><!ENTITY pic SYSTEM 'p.tif' NDATA TIF>]><s/>");
  Cutter cutter(stream, of({"r"}));
  Piece piece;
  EXPECT_FALSE(*cutter.next(piece));
  EXPECT_EQ(cutter.declared_entities(), (std::vector<std::string>{"lol", "lol2"}));
}

TEST(Cutter, StaysLinearOnMarkupThatNeverEnds) {
  for (const std::string_view part : {"<!--", "<![CDATA[", "<a'", "<!DOCTYPE", "<?pi ", "<a ", "<r"}) {
    std::string text = "<s><r>";
    while (text.size() < (4 << 20)) text += part;
    for (const Cut& one : cut(std::move(text), of({"r"}))) EXPECT_NE(one.problem, "") << part;
  }
}

}  // namespace
}  // namespace jianwei::sources::xml

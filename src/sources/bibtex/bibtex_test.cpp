#include <gtest/gtest.h>

#include "base/file.h"
#include "base/source_dir.h"
#include "records/unicode.h"
#include "sources/bibtex/bibtex_dialects.h"
#include "sources/bibtex/latex.h"
#include "sources/tagged/reading_test.h"

namespace jianwei::sources {
namespace {

class Bibtex : public ::testing::Test {
 protected:
  void SetUp() override {
    const auto text = read_file(std::string(kSourceDir) + "/tests/data/bibtex/mixed.bib");
    ASSERT_TRUE(text);
    ASSERT_TRUE(read_text("bibtex", *text, sink_));
    ASSERT_EQ(sink_.records.size(), 7U);
  }
  const Record& record(std::size_t i) const { return sink_.records.at(i); }
  testing::Collected sink_;
};

TEST(Latex, BecomesUnicode) {
  const struct { const char* latex; const char* text; } cases[] = {
      {R"(M{\"u}ller, \"{O}sterreich, \"a)", "Müller, Österreich, ä"},
      {R"(\'{e}\`a\^{\i}\~n\={o}\.z)", "éàîñōż"},
      {R"({\v{s}}\v c\H{o}\k{a}\c{c}\c s\u{g}\r{a}\d{t})", "ščőąçşğåṭ"},
      {R"(\ss{} \o\ \O{} \ae\AE{}x \oe{} \aa \AA\ \l \L{} \i \dh \th)", "ß ø Ø æÆx œ åÅ łŁ ıðþ"},
      {R"(B{\'u}s{\'a}halda {\th}{\'a}ttt{\ae}{\dh}i)", "Búsáhalda þátttæði"},
      {R"(pages 5--9 --- so)", "pages 5–9 — so"},
      {R"(``quoted'' and `single')", "“quoted” and ‘single'"},
      {R"(CO$_2$ at $10^{-3}$, $\alpha$-Fe$_{\textrm{2}}$)", "CO2 at 10-3, α-Fe2"},
      {R"(\textit{Natrix} \emph{e}{\em m} \textbf{do not})", "Natrix em do not"},
      {R"(50\% \& US\$ 5, a\_b \#1 \{x\})", "50% & US$ 5, a_b #1 {x}"},
      {R"(costs $5 or more)", "costs $5 or more"},
      {R"(a~b\ c\,d)", "a b c d"},
      {R"(\href{http://x}{text} \~{} \unknown{kept})", "text ~ kept"},
      {R"(R\&amp;D {)", "R&D"},
      {"already Unicode – é", "already Unicode – é"}};
  for (const auto& one : cases) EXPECT_EQ(clean_text(latex_to_text(one.latex)), one.text) << one.latex;
}

TEST(Latex, EndsOnDeepNesting) {
  const std::string deep = std::string(100000, '{') + "x" + std::string(100000, '}');
  EXPECT_EQ(clean_text(latex_to_text(deep)), "x");
  std::string accents;
  for (int i = 0; i < 100000; ++i) accents += "\\'";
  EXPECT_LT(latex_to_text(accents).size(), accents.size());
}

TEST_F(Bibtex, PutsMacrosInAndUndoesLatex) {
  EXPECT_EQ(record(0).title, "Straße of Études: Li7La3 at 5–10 °C, α-phase & more");
  EXPECT_EQ(record(0).venue, "Journal of Imaginary Batteries");
  EXPECT_EQ(to_string(record(0).date), "2019-03");
  EXPECT_EQ(record(0).publisher, "ACME Press");
  EXPECT_EQ(record(0).volume, "12");
  EXPECT_EQ(record(0).issue, "3");  // behind a missing comma
  EXPECT_EQ(record(0).pages, "1-9");
  EXPECT_EQ(find_identifier(record(0), "doi"), "10.5555/jib_2019");
  EXPECT_EQ(record(0).keywords, (std::vector<std::string>{"garnet", "lithium"}));
  EXPECT_EQ(record(0).provenance.own_id, "mueller2019");
  EXPECT_EQ(record(0).provenance.line, 7);
}

TEST_F(Bibtex, ReadsNamesOfAllForms) {
  const auto& persons = record(0).persons;
  ASSERT_EQ(persons.size(), 4U);
  EXPECT_EQ(persons[0].name, "Müller, Jörg");
  EXPECT_EQ(persons[1].family, "van der Berg");
  EXPECT_EQ(persons[2].family, "Knuth");
  EXPECT_EQ(persons[2].given, "Donald E., Jr.");
  EXPECT_EQ(persons[3].name, "ACME Research Group");
  EXPECT_EQ(record(1).persons.at(0).name, "Önnudóttir, Eva H.");
  EXPECT_EQ(record(6).persons.at(0).name, "王小明");
}

TEST_F(Bibtex, InheritsFromTheParentThatFollows) {
  EXPECT_EQ(record(1).venue, "Proceedings of the Xth Conference");
  EXPECT_EQ(to_string(record(1).date), "2006-10");
  EXPECT_EQ(record(1).pages, "5");
  EXPECT_EQ(record(1).provenance.index, 1);
}

TEST_F(Bibtex, GoesOnBehindABrokenEntry) {
  EXPECT_EQ(record(2).provenance.own_id, "broken");
  ASSERT_EQ(sink_.warnings.size(), 1U);
  EXPECT_EQ(sink_.warnings[0].code, "unclosed_entry");
  ASSERT_EQ(sink_.rejects.size(), 1U);
  EXPECT_NE(sink_.rejects[0].raw.find("@article{empty"), std::string::npos);
}

TEST_F(Bibtex, ReadsWhatWebOfScienceAdds) {
  const Record& wos = record(3);
  EXPECT_EQ(wos.provenance.source, "wos");
  EXPECT_EQ(wos.provenance.own_id, "WOS:000000000000009");
  EXPECT_EQ(wos.title, "A first method");
  EXPECT_EQ(to_string(wos.date), "2022-03-16");
  EXPECT_EQ(wos.citation_count, 4);
  ASSERT_EQ(wos.organisations.size(), 2U);
  EXPECT_EQ(wos.organisations.at(static_cast<std::size_t>(wos.persons[1].organisations.at(0))).country, "IT");
  EXPECT_EQ(wos.organisations.at(static_cast<std::size_t>(wos.persons[0].organisations.at(0))).name, "Univ Lisbon");
  ASSERT_EQ(wos.references.size(), 2U);
  EXPECT_EQ(wos.references[0].doi, "10.1016/j.artint.2008.11.006");
  EXPECT_EQ(wos.funding.size(), 3U);
}

TEST_F(Bibtex, ReadsWhatScopusAdds) {
  const Record& scopus = record(4);
  EXPECT_EQ(scopus.provenance.source, "scopus");
  EXPECT_EQ(scopus.provenance.own_id, "2-s2.0-85111438973");
  EXPECT_EQ(scopus.title, "Bid or no bid & why");
  EXPECT_EQ(scopus.citation_count, 12);
  EXPECT_EQ(scopus.organisations.at(0).country, "BR");
  EXPECT_EQ(scopus.funding.at(0).funder, "Conselho Nacional");
  EXPECT_EQ(scopus.funding.at(0).award, "123/2020");
  ASSERT_EQ(scopus.references.size(), 2U);
  EXPECT_EQ(scopus.references[0].author, "Ahmad, I.");
  EXPECT_EQ(scopus.references[0].title, "Decision-support system");
  EXPECT_EQ(scopus.references[1].year, 2016);
  EXPECT_EQ(scopus.references[1].venue, "J. X");
}

TEST_F(Bibtex, KnowsPreprintsOfArxiv) {
  EXPECT_EQ(record(6).type, "preprint");
  EXPECT_EQ(find_identifier(record(6), "arxiv"), "2101.00001");
}

}  // namespace
}  // namespace jianwei::sources

#include <fmt/format.h>

#include "records/unicode.h"
#include "sources/json/blocks.h"
#include "sources/tables/reading_test.h"

namespace jianwei::sources {
namespace {

std::vector<std::string> pieces_of(std::string_view text, std::size_t block_bytes = 64) {
  TextStream stream(text);
  JsonBlockReader reader(stream, block_bytes);
  JsonBlock block;
  std::vector<std::string> pieces;
  while (reader.next(block).value_or(false)) {
    for (const JsonPiece& piece : block.pieces) pieces.push_back(piece.problem != nullptr ? std::string("!") + piece.problem : block.text.substr(piece.begin, piece.end - piece.begin));
  }
  return pieces;
}

TEST(JsonBlocks, CutEveryShapeIntoTheSameDocuments) {
  const std::vector<std::string> wanted = {"{\"a\":1,\"t\":\"x}]\\\"\"}", "{\"a\":2,\"n\":{\"b\":[{},[]]}}", "{\"a\":3}"};
  const std::string& a = wanted[0];
  const std::string& b = wanted[1];
  const std::string& c = wanted[2];
  for (const std::size_t block : {16u, 64u, 4096u}) {
    EXPECT_EQ(pieces_of(fmt::format("{}\n{}\n\n{}\n", a, b, c), block), wanted);
    EXPECT_EQ(pieces_of(fmt::format("[{},\n {} ,{}]", a, b, c), block), wanted);
    EXPECT_EQ(pieces_of(fmt::format("{} {} {}", a, b, c), block), wanted);
    EXPECT_EQ(pieces_of(fmt::format("{{\"meta\":{{\"count\":3,\"x\":[1,2]}},\n\"results\":[{},{},{}],\"after\":{{\"y\":[]}}}}", a, b, c), block), wanted);
    EXPECT_EQ(pieces_of(fmt::format("{{\"status\":\"ok\",\"message\":{{\"facets\":{{}},\"items\":[{},{},{}]}}}}", a, b, c), block), wanted);
    EXPECT_EQ(pieces_of(fmt::format("{{\"data\":[{}]}}\n{{\"data\":[{},{}]}}", a, b, c), 4096), (std::vector<std::string>{fmt::format("{{\"data\":[{}]}}", a), fmt::format("{{\"data\":[{},{}]}}", b, c)}));
  }
}

TEST(JsonBlocks, SayWhenTheTextEndsInsideAnObject) {
  const auto pieces = pieces_of("[{\"a\":1},{\"b\":");
  ASSERT_EQ(pieces.size(), 2u);
  EXPECT_EQ(pieces[1], "!the text ends inside this object");
}

TEST(Json, GoesOnAfterBadLines) {
  Collected found;
  read_text_into(found, testing::fixture("generic/venue.jsonl"), "xyz.jsonl");
  EXPECT_EQ(found.format, "json");
  ASSERT_EQ(found.records.size(), 2u);
  ASSERT_EQ(found.rejects.size(), 1u);
  EXPECT_EQ(found.rejects[0].line, 2);
  EXPECT_EQ(found.rejects[0].index, 1);
  const Record& r = found.records[0];
  ASSERT_EQ(r.persons.size(), 2u);  // the list stood there twice
  EXPECT_EQ(r.type, "conference_paper");
  EXPECT_FALSE(r.citation_count.has_value());
  ASSERT_EQ(r.organisations.size(), 2u);
  EXPECT_EQ(r.organisations[1].country, "CN");
  EXPECT_EQ(r.persons[1].organisations, (std::vector<std::int32_t>{0, 1}));
  EXPECT_EQ(found.records[1].provenance.line, 3);
  EXPECT_EQ(found.records[1].keywords.size(), 2u);
  EXPECT_TRUE(found.warned("unmapped_columns"));
}

TEST(Json, ReadsNestedAuthorsAndReferences) {
  Collected found;
  read_text_into(found, R"([{"title":"T","authors":[{"name":"Ann Roe","affiliation":"Fudan University, China"},{"family":"Li","given":"Bo"}],"references":[{"doi":"10.1000/a"}],
    "journal":{"name":"J"},"date":"2020-01-02"}])", "x.json");
  ASSERT_EQ(found.records.size(), 1u);
  const Record& r = found.records[0];
  EXPECT_EQ(r.persons[1].name, "Li, Bo");
  EXPECT_EQ(r.organisations[0].country, "CN");
  EXPECT_EQ(r.references[0].doi, "10.1000/a");
  EXPECT_EQ(r.venue, "J");
}

TEST(Json, RejectsHostileTextsWithAReason) {
  // Cases in the manner of the JSON test suites: numbers, escapes, nesting, bytes.
  for (const std::string& bad : {std::string("{\"title\":\"a\",}"), std::string("{\"title\":'a'}"), std::string("{\"title\":\"\\x\"}"), std::string("{\"title\":\"\xff\"}"),
                                 std::string("{\"title\":01}"), std::string("{\"title\" \"a\"}"), "{\"title\":" + std::string(100000, '[') + "}"}) {
    Collected found;
    read_text_into(found, "{\"title\":\"good\",\"abstract\":\"fine\"}\n" + bad + "\n{\"title\":\"good too\",\"abstract\":\"fine\"}\n", "x.jsonl", 1);
    EXPECT_EQ(found.records.size(), 2u) << bad.substr(0, 40);
    ASSERT_EQ(found.rejects.size(), 1u) << bad.substr(0, 40);
    EXPECT_FALSE(found.rejects[0].reason.empty());
    EXPECT_EQ(found.rejects[0].line, 2);
  }
}

TEST(OpenAlex, RebuildsAbstractsAndCountsOtherEntities) {
  Collected found;
  read_text_into(found, testing::fixture("openalex/works.jsonl"), "works.jsonl");
  EXPECT_EQ(found.format, "openalex");
  ASSERT_EQ(found.records.size(), 2u);
  const Record& r = found.records[0];
  EXPECT_EQ(r.abstract, "Laser light is light !");
  EXPECT_EQ(r.title, "Lasers in vivo");
  EXPECT_EQ(r.persons[0].orcid, "0000-0002-1825-0097");
  EXPECT_EQ(r.organisations[0].ror, "00wjc7c48");
  EXPECT_EQ(r.organisations[1].country, "CN");
  EXPECT_EQ(r.references[0].other, "openalex:W7");
  ASSERT_EQ(r.funding.size(), 2u);
  EXPECT_EQ(r.funding[0].award, "L-1");
  EXPECT_EQ(r.pages, "537-542");
  EXPECT_EQ(found.records[1].type, "chapter");
  EXPECT_EQ(found.rejects.size(), 1u);
  EXPECT_TRUE(found.warned("source_note"));
}

TEST(Crossref, ReadsAResponseWithItsEnvelope) {
  Collected found;
  read_text_into(found, testing::fixture("crossref/response.json"), "response.json");
  EXPECT_EQ(found.format, "crossref");
  ASSERT_EQ(found.records.size(), 2u);
  const Record& r = found.records[0];
  EXPECT_EQ(r.title, "Colonies & ships: a history");
  EXPECT_EQ(r.abstract, "Ships met colonies.");
  EXPECT_EQ(to_string(r.date), "2018-03-09");
  EXPECT_EQ(r.persons[1].name, "The Ship Group");
  EXPECT_EQ(r.organisations[0].country, "GB");
  ASSERT_EQ(r.references.size(), 1u);
  EXPECT_EQ(r.references[0].year, 1989);
  EXPECT_EQ(r.funding.size(), 2u);
  EXPECT_EQ(find_identifier(r, "has-preprint"), "10.1101/2018.01");
  EXPECT_EQ(found.records[1].type, "preprint");
}

TEST(OtherJson, KeepsItsOwnRules) {
  Collected csl;
  read_text_into(csl, testing::fixture("csl_json/items.json"), "items.json");
  EXPECT_EQ(csl.format, "csl_json");
  ASSERT_EQ(csl.records.size(), 1u);
  EXPECT_EQ(to_string(csl.records[0].date), "2013-01-05");
  EXPECT_EQ(csl.records[0].type, "conference_paper");
  EXPECT_EQ(csl.records[0].keywords.size(), 2u);
  Collected nih;
  read_text_into(nih, testing::fixture("nih/projects.json"), "nih.json");
  EXPECT_EQ(nih.format, "nih_json");
  ASSERT_EQ(nih.records.size(), 1u);
  EXPECT_EQ(nih.records[0].persons[0].name, "Roe, Ann B");
  EXPECT_EQ(nih.records[0].organisations[0].country, "US");
  EXPECT_EQ(nih.records[0].funding[0].award, "1R15DE000001-01");
  Collected wos;
  read_text_into(wos, "{\"AU\":\"LI LZ ;ROE A\",\"TI\":\"A TITLE\",\"SO\":\"J\",\"PY\":2019,\"CR\":\"POE B, 2001, J SEA, V1, P2\",\"UT\":\"WOS:1\"}\n", "m.jsonl");
  EXPECT_EQ(wos.format, "wos_json");
  ASSERT_EQ(wos.records.size(), 1u);
  EXPECT_EQ(wos.records[0].persons[0].name, "LI, LZ");
  EXPECT_EQ(wos.records[0].references[0].venue, "J SEA");
}

TEST(ChinaXiv, TakesFromTheHeadWhatTheDerivedFieldsLack) {
  Collected found;
  read_text_into(found, testing::fixture("chinaxiv/preprints.jsonl"), "chinaxiv.jsonl");
  EXPECT_EQ(found.format, "chinaxiv");
  ASSERT_EQ(found.records.size(), 2u);
  const Record& r = found.records[0];
  EXPECT_EQ(r.title, "林窗大小对凋落叶的影响");
  EXPECT_EQ(r.title_translated, "Effects of forest gap size on leaf litter");
  EXPECT_TRUE(r.abstract.starts_with("林窗大小影响"));
  EXPECT_TRUE(r.abstract_translated.starts_with("Gap size matters"));
  ASSERT_EQ(r.persons.size(), 3u);
  EXPECT_EQ(r.persons[2].name, "王伟");
  EXPECT_EQ(r.keywords, (std::vector<std::string>{"林窗", "凋落叶", "养分释放"}));
  EXPECT_EQ(to_string(r.date), "2017-11");
}

TEST(Json, GivesTheSameRecordsAtAnyThreadCount) {
  std::string text;
  for (int i = 0; i < 3000; ++i) text += fmt::format("{{\"id\":\"r{}\",\"title\":\"Title {}\",\"year\":{},\"authors\":[\"Ann {}\"]}}\n", i, i, 1990 + i % 30, i);
  Collected one;
  Collected two;
  read_text_into(one, text, "a.jsonl", 1);
  read_text_into(two, text, "a.jsonl", 2);
  ASSERT_EQ(one.records.size(), 3000u);
  ASSERT_EQ(two.records.size(), 3000u);
  for (std::size_t i = 0; i < 3000; ++i) {
    EXPECT_EQ(one.records[i].provenance.own_id, fmt::format("r{}", i));
    EXPECT_EQ(two.records[i].provenance.own_id, one.records[i].provenance.own_id);
    EXPECT_EQ(two.records[i].provenance.index, static_cast<std::int64_t>(i));
  }
}

TEST(Json, CutAtAnyByteItEndsInAReport) {
  for (const char* path : {"openalex/works.jsonl", "crossref/response.json", "csl_json/items.json", "chinaxiv/preprints.jsonl", "generic/venue.jsonl"}) {
    const std::string text = testing::fixture(path);
    ASSERT_FALSE(text.empty());
    for (std::size_t size = 0; size < text.size(); size += 1 + text.size() / 600) {
      Collected found;
      read_text_into(found, std::string_view(text).substr(0, size), path, 1);
      EXPECT_LE(found.records.size(), 3u);
    }
  }
}

TEST(Json, AnObjectWithoutItsEndIsShownUpToAWholeCharacter) {
  for (std::size_t offset = 0; offset < 3; ++offset) {
    std::string text = "[{\"id\": \"" + std::string(offset, 'x');
    for (int i = 0; i < 2000; ++i) text += "文";
    Collected found;
    read_text_into(found, text, "csl_json/items.json", 1);
    ASSERT_EQ(found.rejects.size(), 1u);
    EXPECT_TRUE(is_valid_utf8(found.rejects[0].raw));
  }
}

}  // namespace
}  // namespace jianwei::sources

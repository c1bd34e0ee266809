#include "workflow/judgement/judgement.h"

#include <gtest/gtest.h>

#include "records/record_key.h"
#include "workflow/judgement/apply.h"
#include "workflow/judgement/parts.h"

namespace jianwei::workflow {
namespace {

store::LedgerEvent event(std::int64_t sequence, std::string kind, std::string object, const std::string& arguments = "{}", std::int64_t refers_to = 0) {
  store::LedgerEvent made;
  made.sequence = sequence;
  made.kind = std::move(kind);
  made.object_type = object.substr(0, object.find('-'));
  made.object_id = std::move(object);
  made.arguments = arguments;
  made.actor = "ann";
  made.run = "run-1";
  made.refers_to = refers_to;
  return made;
}

// Twelve documents, three topics of four each; documents 0-3 hold terms 0 and 1 (two each), 4-7 term 2, 8-11 term 3.
StudyResult small_result() {
  StudyResult result;
  result.run_id = "run-1";
  const char* labels[] = {"anode", "cathode", "turbine", "reactor"};
  const std::vector<std::vector<std::int32_t>> documents = {{0, 1}, {2, 3}, {4, 5, 6, 7}, {8, 9, 10, 11}};
  for (std::size_t t = 0; t < 4; ++t) {
    TermRow term;
    term.label = term.label_en = labels[t];
    term.id = named_id("term", term.label);
    term.language = "en";
    term.forms = {term.label};
    term.document_count = static_cast<std::int32_t>(documents[t].size());
    result.terms.push_back(term);
    for (const std::int32_t d : documents[t]) result.term_results.documents.documents.push_back(d);
    result.term_results.documents.offsets.push_back(static_cast<std::int64_t>(result.term_results.documents.documents.size()));
  }
  result.term_results.documents.weights.assign(result.term_results.documents.documents.size(), 1.0F);
  for (int d = 0; d < 12; ++d) {
    result.dataset.record_ids.push_back("r" + std::to_string(d));
    result.dataset.year.push_back(static_cast<std::int16_t>(2010 + d));
    result.dataset.organisations.values.push_back(d % 3);
    result.dataset.organisations.offsets.push_back(d + 1);
    result.dataset.venue.push_back(-1);
    result.document_topics.topics.push_back(d / 4);
    result.document_topics.shares.push_back(1.0F);
    result.document_topics.offsets.push_back(d + 1);
  }
  result.dataset.organisation_names = {"Tsinghua Univ", "Tsinghua University", "CAS"};
  for (int k = 0; k < 3; ++k) {
    TopicRow topic;
    topic.id = "topic-" + std::to_string(k + 1);
    topic.label_zh = "题" + std::to_string(k + 1);
    topic.label_en = "theme " + std::to_string(k + 1);
    topic.terms = {{k == 0 ? 0 : k + 1, 0.5}};
    topic.document_weight = 4.0;
    topic.document_count = 4;
    result.topics.push_back(topic);
  }
  return result;
}

StudyResult judged(const std::vector<store::LedgerEvent>& events, StudyResult result = small_result(), const RecordAliases& aliases = {}) {
  const auto standing = standing_judgements(std::span<const FoldedEvent>(fold_events(events)));
  EXPECT_TRUE(standing);
  apply_judgements(result, *standing, aliases);
  return result;
}

std::string main_topic(const StudyResult& result, std::size_t d) {
  const auto begin = result.document_topics.offsets[d];
  return begin == result.document_topics.offsets[d + 1] ? "" : result.topics[static_cast<std::size_t>(result.document_topics.topics[static_cast<std::size_t>(begin)])].id;
}

TEST(Fold, FollowsUndoRedoAndProposals) {
  std::vector<store::LedgerEvent> events = {event(1, "rename", "topic-1", R"({"label_en":"a"})"), event(2, "rename", "topic-1", R"({"label_en":"b"})")};
  events[1].state = "proposed";
  events.push_back(event(3, "undo", "topic-1", "{}", 1));
  events.push_back(event(4, "undo", "topic-1", "{}", 1));  // again changes nothing
  events.push_back(event(5, "approve", "topic-1", "{}", 2));
  auto folded = fold_events(events);
  ASSERT_EQ(folded.size(), 2U);
  EXPECT_EQ(folded[0].standing, Standing::undone);
  EXPECT_EQ(folded[1].standing, Standing::stands);
  EXPECT_FALSE(why_not("approve", folded[1]).empty());
  events.push_back(event(6, "redo", "topic-1", "{}", 1));
  events.push_back(event(7, "refuse", "topic-1", "{}", 2));  // it is no proposal any more
  folded = fold_events(events);
  EXPECT_EQ(folded[0].standing, Standing::stands);
  EXPECT_EQ(folded[1].standing, Standing::stands);
  EXPECT_EQ(folded[0].later, (std::vector<std::int64_t>{3, 4, 6}));
}

TEST(Fold, CountsTheLastVoteOfAnActor) {
  auto first = event(1, "vote", "topic-1", R"({"value":1})");
  auto other = event(2, "vote", "topic-1", R"({"value":1})");
  other.actor = "bob";
  const auto folded = fold_events(std::vector<store::LedgerEvent>{first, other, event(3, "vote", "topic-1", R"({"value":-1})")});
  EXPECT_TRUE(folded[0].superseded);
  EXPECT_FALSE(folded[1].superseded);
  EXPECT_FALSE(folded[2].superseded);
}

TEST(Apply, LeavesEverythingAsItIsWithoutJudgements) {
  const StudyResult result = judged({event(1, "comment", "topic-1", R"({"text":"x"})")});
  EXPECT_EQ(result.judged.digest, "");
  EXPECT_EQ(result.topics[0].label_en, "theme 1");
}

TEST(Apply, RenamesLanguageByLanguageTheLastWins) {
  const StudyResult result = judged({event(1, "rename", "topic-2", R"({"label_en":"wind","label_zh":"风能"})"), event(2, "rename", "topic-2", R"({"label_en":"wind power"})")});
  EXPECT_EQ(result.topics[1].label_en, "wind power");
  EXPECT_EQ(result.topics[1].label_zh, "风能");
  ASSERT_EQ(result.judged.objects.size(), 1U);
  EXPECT_EQ(result.judged.objects[0].machine_label_en, "theme 2");
  EXPECT_EQ(result.judged.objects[0].machine_documents, 4);
  EXPECT_EQ(result.judged.objects[0].judgements, (std::vector<std::int64_t>{1, 2}));
}

TEST(Apply, MergesSplitsHidesAndMoves) {
  const StudyResult merged = judged({event(1, "merge", "topic-3", R"({"others":["topic-1"]})")});
  ASSERT_EQ(merged.topics.size(), 2U);
  EXPECT_EQ(merged.topics[0].id, "topic-3");
  EXPECT_DOUBLE_EQ(merged.topics[0].document_weight, 8.0);
  EXPECT_EQ(main_topic(merged, 0), "topic-3");
  EXPECT_EQ(merged.topics[0].terms.size(), 2U);

  const StudyResult split = judged({event(1, "split", "topic-1", R"({"parts":[{"id":"topic-1a","label_en":"A","documents":["r0"]},{"id":"topic-1b","documents":["r2"]}]})")});
  ASSERT_EQ(split.topics.size(), 4U);
  EXPECT_EQ(main_topic(split, 1), "topic-1a");  // like r0 it speaks of anodes
  EXPECT_EQ(main_topic(split, 3), "topic-1b");
  EXPECT_EQ(main_topic(split, 5), "topic-2");

  const StudyResult hidden = judged({event(1, "remove", "topic-2"), event(2, "move", "topic-3", R"({"documents":["r0","r5"]})")});
  ASSERT_EQ(hidden.topics.size(), 2U);
  EXPECT_EQ(main_topic(hidden, 4), "");
  EXPECT_EQ(main_topic(hidden, 5), "topic-3");  // moved out of what is hidden
  EXPECT_EQ(main_topic(hidden, 0), "topic-3");
  EXPECT_EQ(hidden.topics[0].id, "topic-3");    // the largest comes first
  EXPECT_DOUBLE_EQ(hidden.topics[0].document_weight, 6.0);
}

TEST(Apply, MovesOnlyTheShareOfTheTopicThatIsLeft) {
  StudyResult result = small_result();
  result.document_topics.offsets = {0, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13};
  result.document_topics.topics.insert(result.document_topics.topics.begin() + 1, 1);
  result.document_topics.shares.insert(result.document_topics.shares.begin() + 1, 0.4F);
  result.document_topics.shares[0] = 0.6F;
  const StudyResult moved = judged({event(1, "move", "topic-3", R"({"documents":["r0"],"from":"topic-1"})")}, result);
  EXPECT_EQ(main_topic(moved, 0), "topic-3");
  EXPECT_FLOAT_EQ(moved.document_topics.shares[0], 0.6F);
  EXPECT_EQ(moved.document_topics.offsets[1], 2);
}

TEST(Apply, TellsWhatNoLongerFitsAndAppliesTheRest) {
  const StudyResult result = judged({event(1, "merge", "topic-1", R"({"others":["topic-2"]})"), event(2, "rename", "topic-2", R"({"label_en":"x"})"), event(3, "rename", "topic-9", R"({"label_en":"y","anchor":["r8","r9","r0"]})"),
                                     event(4, "move", "topic-3", R"({"documents":["r77"]})"), event(5, "split", "topic-8", R"({"parts":[{"id":"topic-8a","documents":["r0"]},{"id":"topic-8b","documents":["r1"]}]})"),
                                     event(6, "rename", "topic-8a", R"({"label_en":"z"})"), event(7, "rename", "topic-3", R"({"label_en":"kept"})")});
  ASSERT_EQ(result.judged.conflicts.size(), 5U);
  EXPECT_EQ(result.judged.conflicts[0].reason, "contradicts");
  EXPECT_EQ(result.judged.conflicts[0].other, 1);
  EXPECT_EQ(result.judged.conflicts[0].successors[0].first, "topic-1");
  EXPECT_EQ(result.judged.conflicts[1].reason, "gone");
  EXPECT_EQ(result.judged.conflicts[1].successors[0].first, "topic-3");
  EXPECT_NEAR(result.judged.conflicts[1].successors[0].second, 2.0 / 3.0, 1e-12);
  EXPECT_EQ(result.judged.conflicts[2].reason, "documents_gone");
  EXPECT_EQ(result.judged.conflicts[3].reason, "gone");
  EXPECT_EQ(result.judged.conflicts[4].reason, "depends");
  EXPECT_EQ(result.judged.conflicts[4].other, 5);
  EXPECT_EQ(result.judged.applied, (std::vector<std::int64_t>{1, 7}));
}

TEST(Apply, RecognisesATopicByItsRecordsInAnotherRun) {
  auto known = event(1, "rename", "topic-1", R"({"label_en":"x","anchor":["r0","r1","r2"]})");
  auto other = event(2, "rename", "topic-1", R"({"label_en":"y","anchor":["r8","r9","r10","r0"]})");
  known.run = other.run = "run-0";
  const StudyResult result = judged({known, other});
  EXPECT_EQ(result.topics[0].label_en, "x");
  ASSERT_EQ(result.judged.conflicts.size(), 1U);
  EXPECT_EQ(result.judged.conflicts[0].reason, "changed");
  EXPECT_EQ(result.judged.conflicts[0].successors[0].first, "topic-3");
  // People send it there; or let it go.
  auto answer = event(3, "resolve", "topic-1", R"({"action":"apply","from":"topic-1","to":"topic-3"})", 2);
  EXPECT_EQ(judged({known, other, answer}).topics[2].label_en, "y");
  answer.arguments = R"({"action":"drop"})";
  EXPECT_TRUE(judged({known, other, answer}).judged.conflicts.empty());
  answer.arguments = R"({"action":"wait"})";
  EXPECT_TRUE(judged({known, other, answer}).judged.conflicts[0].waiting);
}

TEST(Apply, FindsRecordsThatWereMergedIntoOthers) {
  EXPECT_EQ(main_topic(judged({event(1, "move", "topic-3", R"({"documents":["r99"]})")}, small_result(), {{"r99", "r1"}}), 1), "topic-3");
}

TEST(Apply, JoinsAndHidesTerms) {
  const std::string anode = named_id("term", "anode"), reactor = named_id("term", "reactor");
  const StudyResult joined = judged({event(1, "merge", anode, R"({"names":["anode","cathode","never seen"]})")});
  EXPECT_TRUE(joined.judged.terms_merged);
  ASSERT_EQ(joined.terms.size(), 3U);
  EXPECT_EQ(joined.terms[0].document_count, 4);
  EXPECT_EQ(joined.terms[0].forms, (std::vector<std::string>{"anode", "cathode"}));
  EXPECT_EQ(joined.topics[1].terms[0].first, 1);  // turbine moved up
  const StudyResult hidden = judged({event(1, "remove", reactor, R"({"names":["reactor"]})"), event(2, "rename", anode, R"({"label_en":"negative electrode"})")});
  EXPECT_FALSE(hidden.judged.terms_merged);
  EXPECT_EQ(hidden.terms.size(), 3U);
  EXPECT_EQ(hidden.terms[0].label, "negative electrode");
  EXPECT_EQ(hidden.terms[0].id, anode);
  EXPECT_TRUE(hidden.topics[2].terms.empty());
  // A rule on words that the run does not hold waits quietly.
  EXPECT_TRUE(judged({event(1, "remove", "term-0000000000", R"({"names":["unheard of"]})")}).judged.conflicts.empty());
}

TEST(Apply, CorrectsBodiesAndKeepsTheirIds) {
  const std::string short_name = named_id("organisation", "Tsinghua Univ"), cas = named_id("organisation", "CAS"), full = named_id("organisation", "Tsinghua University");
  const StudyResult result = judged({event(1, "merge", full, "{\"others\":[\"" + short_name + "\"]}"), event(2, "rename", cas, R"({"label_en":"Chinese Academy of Sciences"})"),
                                     event(3, "split", cas, "{\"parts\":[{\"id\":\"" + cas + "a\",\"label_en\":\"CAS Institute of Physics\",\"documents\":[\"r2\"]}]}")});
  EXPECT_TRUE(result.judged.conflicts.empty());
  EXPECT_EQ(result.dataset.organisation_names, (std::vector<std::string>{"Tsinghua University", "Chinese Academy of Sciences", "CAS Institute of Physics"}));
  EXPECT_EQ(result.dataset.organisations.row(0)[0], 0);
  EXPECT_EQ(result.dataset.organisations.row(1)[0], 0);
  EXPECT_EQ(result.dataset.organisations.row(2)[0], 2);
  EXPECT_EQ(result.dataset.organisations.row(5)[0], 1);
  ASSERT_EQ(result.judged.entity_ids.size(), 2U);
  EXPECT_EQ(result.judged.entity_ids[0].second, cas);
  const StudyResult taken = judged({event(1, "rename", cas, R"({"label_en":"tsinghua university"})")});
  ASSERT_EQ(taken.judged.conflicts.size(), 1U);
  EXPECT_EQ(taken.judged.conflicts[0].reason, "taken");
}

TEST(Judgement, SaysWhichFieldIsWrong) {
  const auto problem = [](const std::string& kind, const std::string& object, const std::string& arguments) {
    const auto checked = check_judgement(*read_judgement(event(1, kind, object, arguments)));
    return checked ? std::string() : checked.error().message;
  };
  EXPECT_EQ(problem("rename", "topic-1", R"({"label_en":"x"})"), "");
  EXPECT_NE(problem("rename", "topic-1", "{}").find("label_zh"), std::string::npos);
  EXPECT_NE(problem("merge", "topic-1", R"({"others":["topic-1"]})").find("itself"), std::string::npos);
  EXPECT_NE(problem("split", "topic-1", R"({"parts":[{"documents":["r1"]}]})").find("two parts"), std::string::npos);
  EXPECT_NE(problem("split", "term-1", R"({"parts":[{"documents":["r1"]}]})").find("not of \"term\""), std::string::npos);
  EXPECT_NE(problem("paint", "topic-1", "{}").find("no judgement"), std::string::npos);
  EXPECT_NE(problem("vote", "topic-1", R"({"value":7})").find("-1, 0 or 1"), std::string::npos);
}

TEST(Judgement, ArgumentsReadBackToTheSameText) {
  const std::string text = R"({"anchor":["r1"],"label_en":"a","other_anchors":[["r1"],[]],"others":["topic-2","topic-3"],"parts":[{"documents":["r1"],"id":"topic-1a","label_en":"A","terms":["term-1"]}]})";
  EXPECT_EQ(arguments_json(*read_judgement(event(1, "merge", "topic-1", text))), text);
}

}  // namespace
}  // namespace jianwei::workflow

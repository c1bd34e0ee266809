// A whole study with twelve experts, two rounds, a settled, an excluded and a split item; and the promises a panel is given.
#include <gtest/gtest.h>

#include <functional>
#include <map>
#include <set>
#include <thread>

#include "base/file.h"
#include "workflow/delphi/delphi_json.h"
#include "workflow/delphi/desk.h"
#include "workflow/delphi/item_results.h"
#include "workflow/delphi/panel.h"
#include "workflow/delphi/results.h"
#include "workflow/delphi/pilot.h"
#include "workflow/delphi/seats.h"
#include "workflow/delphi/study_export.h"
#include "workflow/delphi/study_judgements.h"
#include "workflow/delphi/templates.h"
#include "workflow/expert_library/library.h"
#include "workflow/selection/selection.h"
#include "workflow/technology_list/technology_list.h"

namespace jianwei::workflow {
namespace {

struct DelphiTest : ::testing::Test {
  std::filesystem::path root;
  Delphi delphi;
  std::string id;
  std::vector<Invitation> seats;
  Progress progress;

  void SetUp() override {
    root = std::filesystem::temp_directory_path() / ("jianwei_delphi_study_" + std::to_string(getpid()) + "_" + ::testing::UnitTest::GetInstance()->current_test_info()->name());
    std::filesystem::remove_all(root);
    std::filesystem::create_directories(root);
    delphi = open_delphi(root).value();
  }
  void TearDown() override {
    delphi = {};
    std::filesystem::remove_all(root);
  }

  void make(bool real_time, int people = 12) {
    const DelphiTemplate short_form = delphi_template("short", 2026).value();
    id = make_study(delphi, {{"机器人", "Robots"}, {}, real_time, short_form.protocol, short_form.questions, "mo"}).value().id;
    ASSERT_TRUE(add_items(delphi, id, {{"robots", {"软体机器人", "Soft robots"}}, {"robots", {"永动机", "Perpetual motion"}}, {"robots", {"自动驾驶", "Self-driving"}}}, "mo"));
    ASSERT_TRUE(step(experts::StudyStep::lock_protocol));
    std::vector<Invitee> invitees;
    for (int i = 0; i < people; ++i) invitees.push_back({fmt::format("Expert {}", i), fmt::format("e{}@example-institute", i), "Institute", "", {{"sector", i % 2 == 0 ? "academia" : "industry"}}, i == 0 ? std::vector<std::string>{"item-3"} : std::vector<std::string>{}});
    seats = invite(delphi, id, invitees, 4'000'000'000, false, "mo").value();
    ASSERT_TRUE(step(experts::StudyStep::recruit));
    ASSERT_TRUE(step(experts::StudyStep::open_round));
  }

  Result<DelphiStudy> step(experts::StudyStep kind) { return take_step(delphi, id, kind, "", "mo", progress); }
  DelphiStudy study() { return load_study(delphi, id).value(); }
  OpenSeat seat(std::size_t i) { return open_seat(delphi, seats[i].secret, 1'800'000'000).value(); }
  OpenSeat ready(std::size_t i) {
    EXPECT_TRUE(give_consent(delphi, seat(i), "1", "2026-11-27"));
    return seat(i);
  }
  Result<PanelCard> answer(std::size_t i, std::string_view item, std::string_view importance) {
    return save_answers(delphi, study(), seat(i), item, fmt::format(R"({{"importance":{{"option":"{}"}},"familiarity":{{"option":"well"}},"technical":{{"year":2035}}}})", importance), "2026-11-27");
  }
};

TEST_F(DelphiTest, TwoRoundsSettleAgreementRefusalAndDissent) {
  make(false);
  for (std::size_t i = 0; i < 12; ++i) ready(i);
  for (int round = 1; round <= 2; ++round) {
    for (std::size_t i = 0; i < 12; ++i) {
      ASSERT_TRUE(answer(i, "item-1", i < 10 ? "top" : "middle"));
      ASSERT_TRUE(answer(i, "item-2", "none"));
      if (i > 0) {
        ASSERT_TRUE(answer(i, "item-3", i % 2 == 0 ? "top" : "none"));
      }
    }
    ASSERT_TRUE(step(experts::StudyStep::close_round));
    ASSERT_TRUE(step(experts::StudyStep::analyze));
    if (round == 1) {
      for (const store::DelphiItemRow& item : study().items) EXPECT_EQ(item.state, "active");
      ASSERT_TRUE(step(experts::StudyStep::release_feedback));
      ASSERT_TRUE(step(experts::StudyStep::open_round));
    }
  }
  const DelphiStudy done = study();
  EXPECT_EQ(done.items[0].state, "consensus_in");
  EXPECT_EQ(done.items[1].state, "consensus_out");
  EXPECT_EQ(done.items[2].state, "stable_dissent");
  ASSERT_TRUE(step(experts::StudyStep::conclude));
  EXPECT_FALSE(experts::protocol_hash(done.protocol).empty());
  EXPECT_EQ(done.row.protocol_hash, experts::protocol_hash(done.protocol));
  EXPECT_FALSE(store::first_broken_event(done.row.number, delphi.db->events(done.row.number).value()));
}

TEST_F(DelphiTest, ThePanelIsAskedOnlyInOpenRoundsAndOnlyWhatItMaySee) {
  make(false);
  EXPECT_EQ(panel_cards(delphi, study(), seat(0)).error().kind, ErrorKind::forbidden);  // no consent yet
  ready(0);
  ready(1);
  EXPECT_EQ(panel_cards(delphi, study(), seat(0)).value().size(), 2u);  // item-3 is the own one
  EXPECT_EQ(answer(0, "item-3", "top").error().kind, ErrorKind::not_found);
  EXPECT_EQ(panel_cards(delphi, study(), seat(1)).value().size(), 3u);
  EXPECT_EQ(save_answers(delphi, study(), seat(1), "item-1", R"({"importance":{"option":"enormous"}})", "2026-11-27").error().kind, ErrorKind::invalid_input);
  ASSERT_TRUE(step(experts::StudyStep::close_round));
  EXPECT_EQ(answer(1, "item-1", "top").error().kind, ErrorKind::conflict);
}

TEST_F(DelphiTest, NothingOfTheGroupBeforeTheOwnAnswer) {
  make(true);
  for (std::size_t i = 0; i < 10; ++i) {
    ready(i);
    ASSERT_TRUE(answer(i, "item-1", "top"));
  }
  ready(10);
  const auto unanswered = panel_cards(delphi, study(), seat(10)).value();
  for (const PanelCard& card : unanswered) EXPECT_FALSE(card.feedback);
  const auto answered = answer(10, "item-1", "low");
  ASSERT_TRUE(answered);
  EXPECT_TRUE(answered->feedback);
}

TEST_F(DelphiTest, LiveFiguresMoveInStepsOfTheSmallCell) {
  make(true, 17);
  std::set<std::string> seen;
  for (std::size_t i = 0; i < 17; ++i) {
    ready(i);
    const auto card = answer(i, "item-1", i % 2 == 0 ? "top" : "low");
    ASSERT_TRUE(card);
    if (i < 9) {
      EXPECT_FALSE(card->feedback);  // five are always left out, and five must be shown
      continue;
    }
    ASSERT_TRUE(card->feedback);
    seen.insert(card->feedback->summary);
  }
  EXPECT_EQ(seen.size(), 2u);  // after 10 and after 15 answers
  const std::string live = results_json(delphi, study(), 1, progress).value();
  EXPECT_NE(live.find("\"cards\":10"), std::string::npos);  // of 15
  EXPECT_NE(live.find("\"withheld\":2"), std::string::npos);
  EXPECT_NE(subgroups_json(delphi, study(), "item-1", 1, "sector").value().find("\"groups\":[],\"hidden\":2"), std::string::npos);
  ASSERT_TRUE(step(experts::StudyStep::close_round));
  EXPECT_EQ(results_json(delphi, study(), 1, progress).value(), live);  // the end is shown by the analysis
  ASSERT_TRUE(step(experts::StudyStep::analyze));
  EXPECT_NE(results_json(delphi, study(), 1, progress).value().find("\"cards\":17"), std::string::npos);
}

// Whoever answers last, and however often somebody looks: the sets of people behind two figures differ by five people or more.
TEST_F(DelphiTest, LiveFiguresLeaveOutTheSameFewUntilOthersCome) {
  make(true);
  std::vector<SeatCard> all;
  std::vector<std::set<std::int64_t>> shown;
  for (std::int64_t seat = 1; seat <= 40; ++seat) {
    all.push_back({seat, {}});
    std::set<std::int64_t> now;
    for (const SeatCard& card : live_cards(study(), 1, 1, all)) now.insert(card.seat);
    ASSERT_EQ(now.size(), seat < 10 ? 0u : static_cast<std::size_t>(seat) - 5);
    if (!shown.empty()) {
      EXPECT_TRUE(std::ranges::includes(now, shown.back())) << seat;  // who was shown once stays
    }
    if (seat >= 10) shown.push_back(now);
  }
}

// A round that was stopped is not evaluated: nothing shows more of it than before.
TEST_F(DelphiTest, APausedOrAbortedRoundShowsNoMoreThanAnOpenOne) {
  make(false);
  const auto experts_db = std::move(open_experts(root).value());
  const std::string list = make_list(*experts_db, "", "List", "mo").value().id;
  ASSERT_TRUE(add_entries(*experts_db, list, {{.en = "A"}, {.en = "B"}}, "mo"));
  ASSERT_TRUE(init_workspace(root / "ws", {}));
  Workspace workspace = std::move(*open_workspace(root / "ws", {.access = store::Access::write, .command = "test"}));
  for (std::size_t i = 0; i < 12; ++i) {
    ready(i);
    ASSERT_TRUE(answer(i, "item-1", i % 2 == 0 ? "top" : "none"));
    ASSERT_TRUE(add_argument(delphi, study(), seat(i), "item-1", "because", "2026-11-27"));
  }
  const std::string live = results_json(delphi, study(), 1, progress).value();  // keeps figures of the open round
  ASSERT_NE(live.find("\"cards\":7"), std::string::npos);
  const auto check = [&] {
    const DelphiStudy now = study();
    EXPECT_EQ(evaluated_rounds(now), 0);
    EXPECT_EQ(results_json(delphi, now, 1, progress).value(), live);
    EXPECT_NE(subgroups_json(delphi, now, "item-1", 1, "sector").value().find("\"groups\":[]"), std::string::npos);
    const auto chosen = select_technologies(*experts_db, {&delphi, nullptr}, fmt::format(R"({{"list":"list-1","study":"{}","criteria":[{{"id":"a","source":"delphi:importance"}}],"weights":{{"method":"direct","values":[1]}}}})", id), 1, progress);
    ASSERT_FALSE(chosen);
    EXPECT_NE(chosen.error().message.find("0 rounds of 'study-1' are evaluated"), std::string::npos) << chosen.error().message;
    EXPECT_EQ(enter_study(workspace, delphi, now, {"mo", "curator"}, progress).error().kind, ErrorKind::conflict);
    for (const PanelCard& card : panel_cards(delphi, now, seat(0)).value()) {
      EXPECT_FALSE(card.feedback);
      EXPECT_LE(card.arguments.size(), 1u);  // the own one
    }
  };
  check();
  ASSERT_TRUE(step(experts::StudyStep::pause));
  check();
  ASSERT_TRUE(step(experts::StudyStep::abort));
  check();
}

// The evaluation takes its time: rules changed meanwhile are not written over, nor does a change of the rules undo the evaluation.
TEST_F(DelphiTest, RulesChangedDuringTheEvaluationStay) {
  make(false);
  ready(0);
  ASSERT_TRUE(answer(0, "item-1", "top"));
  ASSERT_TRUE(step(experts::StudyStep::close_round));
  struct Meanwhile final : Progress {
    std::function<void()> act;
    void on_begin(std::string_view, std::string_view) override { act(); }
  } evaluation;
  experts::Protocol changed = study().protocol;
  changed.threshold = 0.6;
  evaluation.act = [&] { ASSERT_TRUE(set_protocol(delphi, id, changed, "the committee decided so", "mo")); };
  EXPECT_EQ(take_step(delphi, id, experts::StudyStep::analyze, "", "mo", evaluation).error().kind, ErrorKind::conflict);
  EXPECT_EQ(study().row.protocol_hash, experts::protocol_hash(changed));
  EXPECT_EQ(study().state, experts::StudyState::round_closed);
  store::DelphiDb::Step stale;
  stale.before = stale.study = study().row;
  stale.event = study_event("mo", "protocol_changed", "{}");
  evaluation.act = [&] { ASSERT_TRUE(delphi.db->add_event(study().row.number, study_event("mo", "invited", "{}"))); };  // no matter of the rules
  ASSERT_TRUE(take_step(delphi, id, experts::StudyStep::analyze, "", "mo", evaluation));
  EXPECT_EQ(delphi.db->take_step(stale).error().kind, ErrorKind::conflict);
  EXPECT_EQ(study().state, experts::StudyState::analyzed);
}

TEST_F(DelphiTest, FiguresOfFewAreWithheldInAClosedRoundToo) {
  make(false);
  for (std::size_t i = 0; i < 7; ++i) ready(i);
  for (std::size_t i = 0; i < 7; ++i) {
    ASSERT_TRUE(save_answers(delphi, study(), seat(i), "item-1", i < 3 ? R"({"importance":{"option":"top"},"technical":{"year":2035}})" : R"({"importance":{"option":"top"}})", "2026-11-27"));
    if (i < 4) {
      ASSERT_TRUE(answer(i, "item-2", "none"));
    }
  }
  ASSERT_TRUE(step(experts::StudyStep::close_round));
  ASSERT_TRUE(step(experts::StudyStep::analyze));
  const std::string results = results_json(delphi, study(), 1, progress).value();
  EXPECT_NE(results.find("\"withheld\":2"), std::string::npos);  // four answered item-2, nobody item-3
  EXPECT_EQ(results.find("item-2"), std::string::npos);
  EXPECT_NE(results.find(R"("technical":{"answered":0,"abstained":0,"withheld":true})"), std::string::npos);
  EXPECT_EQ(dissent_json(delphi, study(), 1, progress).value().find("item-2"), std::string::npos);
}

// Seven cards, but the question that decides was answered by three: nothing computed from the three leaves.
TEST_F(DelphiTest, FiguresOfFewDecidingAnswersAreWithheld) {
  make(false);
  for (std::size_t i = 0; i < 7; ++i) {
    ready(i);
    const std::string_view importance = i == 0 ? R"("importance":{"option":"none"},)" : i < 3 ? R"("importance":{"option":"top"},)" : "";
    ASSERT_TRUE(save_answers(delphi, study(), seat(i), "item-1", fmt::format(R"({{{}"technical":{{"year":2035}}}})", importance), "2026-11-27"));
  }
  ASSERT_TRUE(step(experts::StudyStep::close_round));
  ASSERT_TRUE(step(experts::StudyStep::analyze));
  const std::string results = results_json(delphi, study(), 1, progress).value();
  EXPECT_NE(results.find(R"("importance":{"answered":0,"abstained":0,"withheld":true})"), std::string::npos);
  EXPECT_NE(results.find(R"("is_consensus":false,"is_stable":false,"measured":{"undefined":"statistic.too_few"})"), std::string::npos) << results;
  EXPECT_NE(results.find(R"("two_camps":false,"knowing_minority":false,"polarization":{"undefined":"statistic.too_few"},"bimodality":{"undefined":"statistic.too_few"},"camps":[])"), std::string::npos) << results;
  EXPECT_EQ(dissent_json(delphi, study(), 1, progress).value().find("item-1"), std::string::npos);
}

TEST_F(DelphiTest, TwoSavesOfOneCardAtTheSameTimeKeepBothAnswers) {
  make(false);
  ready(0);
  const DelphiStudy open = study();
  const OpenSeat mine = seat(0);
  for (int turn = 0; turn < 20; ++turn) {
    const int year = 2030 + turn;
    std::thread other([&] { EXPECT_TRUE(save_answers(delphi, open, mine, "item-1", fmt::format(R"({{"technical":{{"year":{}}}}})", year), "2026-11-27")); });
    EXPECT_TRUE(save_answers(delphi, open, mine, "item-1", fmt::format(R"({{"importance":{{"option":"{}"}}}})", turn % 2 == 0 ? "top" : "low"), "2026-11-27"));
    other.join();
    const auto cards = panel_cards(delphi, open, mine).value();
    const auto card = std::ranges::find_if(cards, [](const PanelCard& one) { return one.item.id == "item-1"; });
    EXPECT_EQ(card->own->at("technical").year, year);
    EXPECT_EQ(card->own->at("importance").options[0], turn % 2 == 0 ? 4 : 1);
  }
}

TEST_F(DelphiTest, WhatIsUnknownUnseenOrTooLongIsRefused) {
  make(false);
  EXPECT_TRUE(read_typed_protocol(R"({"threshhold":0.7})").error().message.starts_with("protocol.threshhold: is not known here; known are "));
  EXPECT_TRUE(read_typed_question(R"({"id":"a","type":"text","label":{"en":"Why?"},"optional":true})").error().message.starts_with("question.optional: is not known here; known are "));
  const DelphiTemplate form = delphi_template("short", 2026).value();
  std::string long_title(201, 'a');
  EXPECT_EQ(make_study(delphi, {{"", long_title}, {}, false, form.protocol, form.questions, "mo"}).error().message, "title.en: has 201 characters, at most 200 fit; shorten it");
  const auto made = make_study(delphi, {{"", "Robots"}, {}, false, form.protocol, form.questions, "mo"}).value();
  EXPECT_EQ(add_items(delphi, made.id, {{"f", {"", "Soft\trobots"}}}, "mo").error().message, "en: character 5 is U+0009, which nobody sees; take it out");
}

// What was accepted once still opens when typed words are looked at more closely.
TEST_F(DelphiTest, WhatIsStoredOpensWhateverTypedWordsMayBe) {
  make(false);
  DelphiStudy before = study();
  std::vector<std::string> questions;
  for (experts::Question& question : before.questions) {
    question.label.en = "\uFEFF" + question.label.en + std::string(1000, 'x');
    questions.push_back(to_json(question));
    EXPECT_EQ(read_typed_question(questions.back()).error().kind, ErrorKind::invalid_input);
    questions.back().insert(1, R"("since":"an earlier version",)");
  }
  ASSERT_TRUE(delphi.db->replace_questions(before.row.number, questions));
  const auto after = load_study(delphi, id);
  ASSERT_TRUE(after) << after.error().message;
  EXPECT_EQ(to_json(after->questions[0]), to_json(before.questions[0]));
  EXPECT_TRUE(read_typed_question(R"({"id":"a","type":"scale","label":{"en":"How?"},"options":[{"id":"x","label":{"en":"X"}},{"id":"y","label":{"en":"Y"},"value":1}]})").error().message.starts_with("question a: options.value: is not known here"));
}

// The figures an expert's look keeps are those a moderator's look would have kept: with dissent.
TEST_F(DelphiTest, LiveFiguresAreTheSameWhoeverLooksFirst) {
  make(true);
  for (std::size_t i = 0; i < 12; ++i) {
    ready(i);
    ASSERT_TRUE(answer(i, "item-1", i % 2 == 0 ? "top" : "none"));
  }
  const auto cards = panel_cards(delphi, study(), seat(0)).value();
  const auto card = std::ranges::find_if(cards, [](const PanelCard& one) { return one.item.id == "item-1"; });
  ASSERT_TRUE(card->feedback);
  const std::string by_panel = card->feedback->summary;
  EXPECT_NE(by_panel.find(R"("side":"disagree")"), std::string::npos) << by_panel;
  const std::string dissent = dissent_json(delphi, study(), 1, progress).value();
  EXPECT_TRUE(dissent.starts_with(R"({"study":"study-1","round":1,"live":true,"withheld":2,"pending":0,"items":[)")) << dissent;
  EXPECT_NE(results_json(delphi, study(), 1, progress).value().find(by_panel), std::string::npos);
  EXPECT_EQ(to_json(study(), measure_item(delphi, study(), study().items[0], 1, Cards::all).value()).find(by_panel), std::string::npos);
}

TEST_F(DelphiTest, AStepIsNotWrittenOverAnother) {
  make(false);
  store::DelphiDb::Step step;
  step.before = step.study = study().row;
  step.before.state = "round_closed";
  step.event = study_event("mo", "analyze", "{}");
  EXPECT_EQ(delphi.db->take_step(step).error().kind, ErrorKind::conflict);
}

TEST_F(DelphiTest, ArgumentsShowWhereTheyStandAndNeverWho) {
  make(true);
  for (std::size_t i = 0; i < 6; ++i) ready(i);
  EXPECT_EQ(add_argument(delphi, study(), seat(0), "item-1", "because", "2026-11-27").error().kind, ErrorKind::conflict);  // no stand yet
  ASSERT_TRUE(answer(0, "item-1", "top"));
  const std::int64_t argument = add_argument(delphi, study(), seat(0), "item-1", "because", "2026-11-27").value();
  EXPECT_EQ(vote_argument(delphi, study(), seat(1), argument, true).error().kind, ErrorKind::not_found);  // not seen before the own answer
  ASSERT_TRUE(answer(1, "item-1", "low"));
  ASSERT_TRUE(vote_argument(delphi, study(), seat(1), argument, true));
  EXPECT_EQ(vote_argument(delphi, study(), seat(0), argument, true).error().kind, ErrorKind::conflict);  // the own one
  const auto cards = panel_cards(delphi, study(), seat(1)).value();
  for (const PanelCard& card : cards) {
    if (card.item.id != "item-1") continue;
    ASSERT_EQ(card.arguments.size(), 1u);
    EXPECT_EQ(card.arguments[0].category, 5);
    EXPECT_EQ(card.arguments[0].votes, 1);
    EXPECT_TRUE(card.arguments[0].voted);
  }
}

TEST_F(DelphiTest, LinksExpireAndCanBeRevoked) {
  make(false);
  EXPECT_EQ(open_seat(delphi, seats[0].secret, 4'000'000'001).error().kind, ErrorKind::forbidden);
  EXPECT_EQ(open_seat(delphi, "guessed", 0).error().message, open_seat(delphi, seats[0].secret, 4'000'000'001).error().message);
  ASSERT_TRUE(revoke_seat(delphi, id, {seats[1].seat, "", ""}, "left the institute", "mo"));
  EXPECT_FALSE(open_seat(delphi, seats[1].secret, 0));
  const Invitation renewed = renew_link(delphi, id, {seats[0].seat, "", ""}, 4'000'000'000, "mo").value();
  EXPECT_FALSE(open_seat(delphi, seats[0].secret, 0));
  EXPECT_TRUE(open_seat(delphi, renewed.secret, 0));
}

TEST_F(DelphiTest, AnswersOnTheDiskAreSealedAndNameNobody) {
  make(false);
  ready(0);
  ASSERT_TRUE(answer(0, "item-1", "top"));
  delphi = {};
  for (const auto& file : std::filesystem::directory_iterator(root / "delphi")) {
    const std::string bytes = read_file(file.path()).value();
    EXPECT_EQ(bytes.find("\"option\":\"top\""), std::string::npos) << file.path();
    EXPECT_EQ(bytes.find("Expert 0"), std::string::npos) << file.path();
    EXPECT_EQ(bytes.find("example-institute"), std::string::npos) << file.path();
    EXPECT_EQ(bytes.find(seats[0].secret), std::string::npos) << file.path();
  }
}

TEST_F(DelphiTest, ACardCannotBeMovedToAnotherSeat) {
  make(false);
  ready(0);
  ready(1);
  ASSERT_TRUE(answer(0, "item-1", "top"));
  store::CardRow stolen = delphi.db->cards_of_seat(seat(0).row.number).value()[0];
  stolen.seat = seat(1).row.number;
  ASSERT_TRUE(delphi.db->save_card(stolen));
  EXPECT_EQ(panel_cards(delphi, study(), seat(1)).error().kind, ErrorKind::corrupt);
}

TEST_F(DelphiTest, AnIdentityTakesTwoPersonsAndIsInTheChain) {
  make(false);
  EXPECT_FALSE(ask_identity(delphi, id, seats[0].seat, " ", "mo"));
  const std::int64_t request = ask_identity(delphi, id, seats[0].seat, "asked to be erased", "mo").value();
  EXPECT_EQ(grant_identity(delphi, request, "mo").error().kind, ErrorKind::forbidden);
  EXPECT_EQ(grant_identity(delphi, request, "data protection officer").value().name, "Expert 0");
  bool told = false;
  const auto events = delphi.db->events(study().row.number).value();
  for (const store::StudyEventRow& event : events) {
    told = told || event.kind == "identity_joined";
    EXPECT_EQ(event.detail.find(seats[0].seat), std::string::npos);  // the chain never names a seat
  }
  EXPECT_TRUE(told);
}

TEST_F(DelphiTest, WithdrawalTakesAnswersBeforeTheEndAndTheLinkAfterIt) {
  make(false);
  ready(0);
  ready(1);
  ASSERT_TRUE(answer(0, "item-1", "top"));
  ASSERT_TRUE(answer(1, "item-1", "top"));
  EXPECT_NE(export_own(delphi, study(), seat(0)).value().find("Expert 0"), std::string::npos);
  EXPECT_EQ(withdraw(delphi, study(), seat(0)).value(), Withdrawal::answers_deleted);
  EXPECT_FALSE(open_seat(delphi, seats[0].secret, 0));
  EXPECT_EQ(delphi.db->cards_of_item(study().row.number, 1, 1).value().size(), 1u);
  for (const experts::StudyStep kind : {experts::StudyStep::close_round, experts::StudyStep::analyze, experts::StudyStep::conclude}) ASSERT_TRUE(step(kind));
  EXPECT_EQ(withdraw(delphi, study(), seat(1)).value(), Withdrawal::link_cut);
  EXPECT_EQ(delphi.db->cards_of_item(study().row.number, 1, 1).value().size(), 1u);
}

TEST_F(DelphiTest, LockedRulesChangeOnlyInTheOpen) {
  make(false);
  experts::Protocol protocol = study().protocol;
  protocol.threshold = 0.6;
  EXPECT_EQ(set_protocol(delphi, id, protocol, "", "mo").error().kind, ErrorKind::invalid_input);
  ASSERT_TRUE(set_protocol(delphi, id, protocol, "the steering committee decided so", "mo"));
  const auto versions = delphi.db->protocol_versions(study().row.number).value();
  ASSERT_EQ(versions.size(), 2u);
  EXPECT_NE(versions[0].hash, versions[1].hash);
  EXPECT_EQ(set_questions(delphi, id, study().questions, "mo").error().kind, ErrorKind::conflict);
}

TEST_F(DelphiTest, ItemsKeepTheirLineage) {
  const DelphiTemplate short_form = delphi_template("short", 2026).value();
  id = make_study(delphi, {{"", "Robots"}, {}, false, short_form.protocol, short_form.questions, "mo"}).value().id;
  ASSERT_TRUE(add_items(delphi, id, {{"f", {"", "A"}}, {"f", {"", "B"}}}, "mo"));
  const auto merged = merge_items(delphi, id, {"item-1", "item-2"}, {"f", {"", "A and B"}}, "same thing", "mo").value();
  EXPECT_NE(merged.lineage.find("item-1"), std::string::npos);
  const auto parts = split_item(delphi, id, merged.id, {{"f", {"", "A1"}}, {"f", {"", "A2"}}}, "two things", "mo").value();
  EXPECT_EQ(parts.size(), 2u);
  EXPECT_EQ(study().items[2].state, "split");
  const auto reworded = reword_item(delphi, id, parts[0].id, {"", "A1 by 2035"}, "clearer", "mo").value();
  EXPECT_NE(reworded.lineage.find("\"A1\""), std::string::npos);
}

TEST_F(DelphiTest, TheExportNamesNoSeatAndNoSmallGroup) {
  make(false, 13);  // academia 7, industry 6
  for (std::size_t i = 0; i < 13; ++i) {
    ready(i);
    ASSERT_TRUE(answer(i, "item-1", "top"));
  }
  const AnonymousExport open = export_answers(delphi, study(), Language::en, progress).value();
  std::map<std::string, int> sectors;
  for (const auto& row : open.answers.rows) ++sectors[std::get<std::string>(row[5])];
  EXPECT_EQ(sectors.size(), 2u);
  EXPECT_EQ(open.answers.rows.size(), 13u * 3);
  // One person of a third sector: nobody's sector may be told, because what is left over is one group.
  for (const Invitee& wrong : {Invitee{}, Invitee{"A", "bad\r\nBcc: x@y", "", "", {}, {}}, Invitee{"A", "two@x,y@z", "", "", {}, {}}}) EXPECT_EQ(invite(delphi, id, {wrong}, 4'000'000'000, false, "mo").error().kind, ErrorKind::invalid_input);
  const Invitee twice{"A", "a@x", "", "", {}, {}};
  EXPECT_EQ(invite(delphi, id, {twice, twice}, 4'000'000'000, false, "mo").error().kind, ErrorKind::invalid_input);
  ASSERT_TRUE(invite(delphi, id, {{"Lone", "", "", "", {{"sector", "government"}}, {}}}, 4'000'000'000, false, "mo"));
  const AnonymousExport guarded = export_answers(delphi, study(), Language::en, progress).value();
  std::map<std::string, int> shown;
  for (const auto& row : guarded.answers.rows) ++shown[std::get<std::string>(row[5])];
  EXPECT_EQ(shown.count("government"), 0u);
  EXPECT_EQ(shown.count("industry"), 0u);
  EXPECT_GE(shown["(other)"], 6);
}

TEST_F(DelphiTest, SubgroupsAndFunnelKeepTheSmallCell) {
  make(false, 13);
  for (std::size_t i = 0; i < 13; ++i) {
    ready(i);
    ASSERT_TRUE(answer(i, "item-1", i % 2 == 0 ? "top" : "none"));
  }
  ASSERT_TRUE(step(experts::StudyStep::close_round));
  ASSERT_TRUE(step(experts::StudyStep::analyze));
  const std::string split = subgroups_json(delphi, study(), "item-1", 1, "sector").value();
  EXPECT_NE(split.find("\"value\":\"industry\""), std::string::npos);
  EXPECT_EQ(subgroups_json(delphi, study(), "item-1", 1, "region").error().kind, ErrorKind::not_found);
  ASSERT_TRUE(revoke_seat(delphi, id, {seats[1].seat, "", ""}, "left", "mo"));
  const std::string funnel = funnel_json(delphi, study()).value();
  EXPECT_NE(funnel.find("\"invited\":12"), std::string::npos);
  EXPECT_NE(dissent_json(delphi, study(), 1, progress).value().find("item-1"), std::string::npos);
}

TEST_F(DelphiTest, TemplatesAreWholeQuestionnaires) {
  for (const DelphiTemplate& form : delphi_templates(2026)) {
    const auto study = make_study(delphi, {form.name, {}, false, form.protocol, form.questions, "mo"});
    ASSERT_TRUE(study) << study.error().message;
    const DelphiStudy loaded = load_study(delphi, study->id).value();
    EXPECT_EQ(loaded.questions.size(), form.questions.size());
    for (std::size_t i = 0; i < form.questions.size(); ++i) EXPECT_EQ(to_json(loaded.questions[i]), to_json(form.questions[i]));
  }
}

// What a trial leaves is in no count, no figure and no export, and its cards do not hinder other questions.
TEST_F(DelphiTest, APilotStaysApart) {
  const DelphiTemplate form = delphi_template("short", 2026).value();
  id = make_study(delphi, {{"机器人", "Robots"}, {}, false, form.protocol, form.questions, "mo"}).value().id;
  EXPECT_EQ(set_pilot(delphi, id, true, "mo").error().kind, ErrorKind::conflict);  // nothing to try
  ASSERT_TRUE(add_items(delphi, id, {{"robots", {"软体机器人", "Soft robots"}}}, "mo"));
  seats = invite(delphi, id, {{"Tester", "", "", "", {}, {}}}, 4'000'000'000, true, "mo").value();
  ready(0);
  EXPECT_EQ(answer(0, "item-1", "top").error().kind, ErrorKind::conflict);  // not open yet
  ASSERT_TRUE(set_pilot(delphi, id, true, "mo"));
  ASSERT_TRUE(answer(0, "item-1", "top"));
  EXPECT_NE(pilot_json(delphi, study()).value().find(R"("finished":1)"), std::string::npos);
  EXPECT_NE(funnel_json(delphi, study()).value().find(R"("invited":0)"), std::string::npos);
  EXPECT_TRUE(export_answers(delphi, study(), Language::en, progress).value().answers.rows.empty());
  ASSERT_TRUE(set_questions(delphi, id, delphi_template("japan", 2026).value().questions, "mo"));
  EXPECT_NE(pilot_json(delphi, study()).value().find(R"("cards":0)"), std::string::npos);
  ASSERT_TRUE(step(experts::StudyStep::lock_protocol));
  ASSERT_TRUE(step(experts::StudyStep::recruit));
  EXPECT_EQ(step(experts::StudyStep::open_round).error().kind, ErrorKind::conflict);  // nobody but the tester
}

// Two lists of names that differ by fewer people than the small cell would tell who answered in between.
TEST_F(DelphiTest, ListsOfTheMissingTellNobodyApart) {
  make(false);
  for (std::size_t i = 0; i < 12; ++i) ready(i);
  const auto finish = [&](std::size_t i) {
    for (const char* item : {"item-1", "item-2", "item-3"}) {
      if (i > 0 || std::string_view(item) != "item-3") {
        ASSERT_TRUE(answer(i, item, "top"));
      }
    }
  };
  finish(0);
  EXPECT_EQ(remind(delphi, study(), true, "mo").error().kind, ErrorKind::conflict);  // all but one
  for (std::size_t i = 1; i < 6; ++i) finish(i);
  EXPECT_EQ(remind(delphi, study(), true, "mo").value().size(), 6u);
  finish(6);
  EXPECT_EQ(remind(delphi, study(), true, "mo").error().kind, ErrorKind::conflict);  // one fewer than before
  EXPECT_EQ(remind(delphi, study(), false, "mo").value().size(), 5u);                // nobody reads it
  EXPECT_FALSE(missing_json(delphi, study(), false).value().find("Expert") != std::string::npos);
}

}  // namespace
}  // namespace jianwei::workflow

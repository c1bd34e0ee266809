#include "store/delphi_db.h"

#include <gtest/gtest.h>

#include <thread>

#include "base/file.h"
#include "base/source_dir.h"

#include "store/vault_db.h"

namespace jianwei::store {
namespace {

struct DelphiDbTest : ::testing::Test {
  std::filesystem::path folder;
  std::unique_ptr<DelphiDb> db;
  DelphiStudyRow study;

  void SetUp() override {
    folder = std::filesystem::temp_directory_path() / ("jianwei_delphi_" + std::to_string(getpid()) + "_" + ::testing::UnitTest::GetInstance()->current_test_info()->name());
    std::filesystem::remove_all(folder);
    std::filesystem::create_directories(folder);
    db = std::move(DelphiDb::open(folder / "delphi.db").value());
    study.title_zh = "技术预见";
    study.mode = "rounds";
    study.state = "design";
    study.protocol = "{}";
    study.created_by = "mo";
    study = db->add_study(study, {"{\"id\":\"importance\"}"}).value();
  }
  void TearDown() override {
    db.reset();
    std::filesystem::remove_all(folder);
  }
};

TEST_F(DelphiDbTest, KeepsOneCardASeatAndRound) {
  ASSERT_TRUE(db->save_card({study.number, 1, 7, 3, "{\"a\":1}", "2026-01-01"}));
  ASSERT_TRUE(db->save_card({study.number, 1, 7, 3, "{\"a\":2}", "2026-01-02"}));
  ASSERT_TRUE(db->save_card({study.number, 2, 7, 3, "{\"a\":3}", "2026-02-01"}));
  const auto cards = db->cards_of_item(study.number, 1, 7).value();
  ASSERT_EQ(cards.size(), 1u);
  EXPECT_EQ(cards[0].answers, "{\"a\":2}");
  EXPECT_EQ(db->cards_of_seat(3).value().size(), 2u);
}

TEST_F(DelphiDbTest, SavesOfManyThreadsAreAllKept) {
  std::vector<std::thread> threads;
  for (int t = 0; t < 8; ++t) {
    threads.emplace_back([&, t] {
      for (int i = 0; i < 50; ++i) EXPECT_TRUE(db->save_card({study.number, 1, i, t, fmt::format("{{\"t\":{}}}", t), "2026-01-01"}));
    });
  }
  for (std::thread& thread : threads) thread.join();
  db = std::move(DelphiDb::open(folder / "delphi.db").value());
  std::int64_t cards = 0;
  const auto by_item = db->answers_by_item(study.number, 1).value();
  for (const auto& [item, count] : by_item) cards += count;
  EXPECT_EQ(cards, 400);
  EXPECT_EQ(db->progress(study.number, 1).value().size(), 8u);
}

TEST_F(DelphiDbTest, EventsFormAChainThatShowsTampering) {
  DelphiDb::Step step;
  step.before = study;
  study.state = "protocol_locked";
  step.study = study;
  step.event = {0, "", "mo", "lock_protocol", "{\"hash\":\"abc\"}", "", ""};
  ASSERT_TRUE(db->take_step(step));
  auto events = db->events(study.number).value();
  ASSERT_EQ(events.size(), 2u);
  EXPECT_FALSE(first_broken_event(study.number, events));
  auto changed = events;
  changed[0].detail = "{\"by\":\"someone\"}";
  EXPECT_EQ(first_broken_event(study.number, changed), 1);
  changed = events;
  changed.erase(changed.begin());
  EXPECT_EQ(first_broken_event(study.number, changed), 2);
  EXPECT_EQ(db->study(study.id).value().state, "protocol_locked");
}

TEST_F(DelphiDbTest, ErasingASeatTakesItsWordsAndVotes) {
  ASSERT_TRUE(db->add_seats({{0, study.number, "seat-a", 0, "{}", "invited", "[]"}, {0, study.number, "seat-b", 0, "{}", "invited", "[]"}}, {"ha", "hb"}));
  const auto a = db->seat_by_token("ha").value().value(), b = db->seat_by_token("hb").value().value();
  ASSERT_TRUE(db->save_card({study.number, 1, 1, a.number, "{}", "2026-01-01"}));
  const std::int64_t argument = db->add_argument(study.number, {0, 1, 1, a.number, 4, 0, "because", "", false, "2026-01-01"}).value();
  ASSERT_TRUE(db->vote(argument, b.number, true));
  ASSERT_TRUE(db->vote(argument, b.number, true));
  EXPECT_EQ(db->arguments(study.number, 1).value()[0].votes, 1);
  ASSERT_TRUE(db->delete_answers_of_seat(a.number));
  EXPECT_TRUE(db->arguments(study.number, 0).value().empty());
  EXPECT_TRUE(db->cards_of_seat(a.number).value().empty());
}

TEST_F(DelphiDbTest, ASeatHasSeveralLinksUntilTheyAreReplaced) {
  ASSERT_TRUE(db->add_seats({{0, study.number, "seat-a", 100, "{}", "invited", "[]"}}, {"first"}));
  const SeatRow seat = db->seat_by_token("first").value().value();
  ASSERT_TRUE(db->add_links({{"reminder", seat.number, 200}}));
  EXPECT_EQ(db->seat_by_token("first").value()->expires_at, 100);
  EXPECT_EQ(db->seat_by_token("reminder").value()->expires_at, 200);
  EXPECT_EQ(db->seats(study.number).value()[0].expires_at, 200);
  ASSERT_TRUE(db->replace_links(seat.number, LinkRow{"new", seat.number, 300}));
  EXPECT_FALSE(db->seat_by_token("first").value());
  EXPECT_FALSE(db->seat_by_token("reminder").value());
  EXPECT_TRUE(db->seat_by_token("new").value());
  ASSERT_TRUE(db->replace_links(seat.number, std::nullopt));
  EXPECT_FALSE(db->seat_by_token("new").value());
}

TEST_F(DelphiDbTest, SeatsOfTheFirstSchemaKeepTheirLinks) {
  const std::filesystem::path old = folder / "old.db";
  {
    Sqlite first = Sqlite::open(old, true).value();
    ASSERT_TRUE(first.script("CREATE TABLE schema_version (version BIGINT NOT NULL); INSERT INTO schema_version VALUES (1)"));
    ASSERT_TRUE(first.script(read_file(std::filesystem::path(kSourceDir) / "src/store/sql/delphi_001.sql").value()));
    ASSERT_TRUE(first.script("INSERT INTO seats VALUES (4, 1, 'seat-a', 'ha', 99, '{}', 'consented', '[2]')"));
  }
  const auto opened = std::move(DelphiDb::open(old).value());
  const SeatRow seat = opened->seat_by_token("ha").value().value();
  EXPECT_EQ(seat.number, 4);
  EXPECT_EQ(seat.id, "seat-a");
  EXPECT_EQ(seat.expires_at, 99);
  EXPECT_EQ(seat.state, "consented");
  EXPECT_EQ(seat.excluded, "[2]");
  EXPECT_FALSE(seat.pilot);
}

TEST_F(DelphiDbTest, NoSuchStudyIsSaid) {
  const auto missing = db->study("study-9");
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().kind, ErrorKind::not_found);
}

TEST_F(DelphiDbTest, AnIdentityIsJoinedByTwoPersons) {
  const auto vault = std::move(VaultDb::open(folder / "vault.db").value());
  ASSERT_TRUE(vault->add_identities({{"seat-a", "study-1", "sealed", "", false}}));
  const std::int64_t request = vault->ask_join({0, "seat-a", "withdrawal in writing", "mo", "2026-01-01T00:00:00Z", "", ""}).value();
  const auto alone = vault->grant_join(request, "mo", "2026-01-01T00:00:00Z");
  ASSERT_FALSE(alone);
  EXPECT_EQ(alone.error().kind, ErrorKind::forbidden);
  EXPECT_EQ(vault->grant_join(request, "auditor", "2026-01-01T00:00:00Z").value().seat, "seat-a");
  EXPECT_EQ(vault->grant_join(request, "auditor", "2026-01-01T00:00:00Z").error().kind, ErrorKind::conflict);
}

}  // namespace
}  // namespace jianwei::store

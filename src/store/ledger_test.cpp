#include "store/ledger.h"

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>

#include "base/file.h"
#include "base/source_dir.h"
#include "store/app_db.h"
#include "store/watch_store.h"

namespace jianwei::store {
namespace {

namespace fs = std::filesystem;

LedgerEvent rename(const std::string& topic, const std::string& label) {
  LedgerEvent event;
  event.actor = "ann";
  event.role = "analyst";
  event.kind = "rename";
  event.object_type = "topic";
  event.object_id = topic;
  event.arguments = "{\"label_zh\": \"" + label + "\",  \"label_en\":\"x\"}";
  event.evidence = {"r1", "r2"};
  return event;
}

class LedgerTest : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::temp_directory_path() / ("jw_ledger_" + std::to_string(::getpid()));
    fs::remove_all(folder_);
    fs::create_directories(folder_);
  }
  void TearDown() override { fs::remove_all(folder_); }
  fs::path path() const { return folder_ / "app.db"; }
  fs::path folder_;
};

TEST_F(LedgerTest, ChainsEventsInCanonicalForm) {
  AppDb app = *AppDb::open(path(), true);
  const auto stored = app.ledger().append({rename("topic-1", "太阳能"), rename("topic-2", "风")});
  ASSERT_TRUE(stored) << stored.error().message;
  EXPECT_EQ((*stored)[0].arguments, R"({"label_en":"x","label_zh":"太阳能"})");
  EXPECT_EQ((*stored)[0].previous_hash, "");
  EXPECT_EQ((*stored)[1].previous_hash, (*stored)[0].hash);
  EXPECT_EQ((*stored)[1].hash.size(), 64U);
  const auto read = *app.ledger().events();
  ASSERT_EQ(read.size(), 2U);
  EXPECT_EQ(read[1].evidence, (std::vector<std::string>{"r1", "r2"}));
  const auto state = app.ledger().verify();
  ASSERT_TRUE(state) << state.error().message;
  EXPECT_EQ(state->count, 2);
  EXPECT_EQ(state->head, read[1].hash);
}

TEST_F(LedgerTest, RefusesArgumentsThatAreNoObjectAndThenStoresNothing) {
  AppDb app = *AppDb::open(path(), true);
  LedgerEvent broken = rename("topic-1", "x");
  broken.arguments = "[1]";
  EXPECT_EQ(app.ledger().append({rename("topic-1", "x"), broken}).error().kind, ErrorKind::invalid_input);
  EXPECT_TRUE(app.ledger().events()->empty());
}

TEST_F(LedgerTest, NamesTheFirstBrokenLink) {
  AppDb app = *AppDb::open(path(), true);
  ASSERT_TRUE(app.ledger().append({rename("topic-1", "a"), rename("topic-2", "b"), rename("topic-3", "c")}));
  const auto broken_after = [&](const char* tamper, const char* mend) {
    Sqlite database = *Sqlite::open(path(), false);
    EXPECT_TRUE(database.script(tamper));
    const auto state = app.ledger().verify();
    EXPECT_TRUE(database.script(mend));
    EXPECT_TRUE(app.ledger().verify());
    return state ? std::string() : state.error().message;
  };
  EXPECT_NE(broken_after("UPDATE ledger SET reason = 'other' WHERE sequence = 2", "UPDATE ledger SET reason = '' WHERE sequence = 2").find("event 2: its content"), std::string::npos);
  EXPECT_NE(broken_after("UPDATE ledger SET sequence = 9 WHERE sequence = 3", "UPDATE ledger SET sequence = 3 WHERE sequence = 9").find("event 3 is missing"), std::string::npos);
  EXPECT_NE(broken_after("UPDATE ledger SET previous_hash = 'x' WHERE sequence = 3",
                         "UPDATE ledger SET previous_hash = (SELECT hash FROM ledger WHERE sequence = 2) WHERE sequence = 3").find("event 3: it does not follow"), std::string::npos);
}

// A process is killed while it writes; whatever it had said was stored is there, nothing is half there, and the chain holds.
TEST_F(LedgerTest, LosesNothingAcknowledgedWhenKilled) {
  { AppDb app = *AppDb::open(path(), true); }
  std::int64_t acknowledged = 0;
  for (int round = 0; round < 8; ++round) {
    int ends[2];
    ASSERT_EQ(::pipe(ends), 0);
    const pid_t child = ::fork();
    if (child == 0) {
      auto app = AppDb::open(path(), false);
      for (int i = 0; app && i < 100000; ++i) {
        const auto stored = app->ledger().append({rename("topic-1", std::to_string(i)), rename("topic-2", std::to_string(i))});
        if (!stored) ::_exit(1);
        const std::int64_t last = stored->back().sequence;
        if (::write(ends[1], &last, sizeof last) != sizeof last) ::_exit(1);
      }
      ::_exit(0);
    }
    ::close(ends[1]);
    std::int64_t last = 0;
    for (int seen = 0; seen < 3 + round && ::read(ends[0], &last, sizeof last) == sizeof last; ++seen) acknowledged = last;
    ::kill(child, SIGKILL);
    while (::read(ends[0], &last, sizeof last) == sizeof last) acknowledged = last;
    ::close(ends[0]);
    ::waitpid(child, nullptr, 0);
    AppDb app = *AppDb::open(path(), false);
    const auto state = app.ledger().verify();
    ASSERT_TRUE(state) << state.error().message;
    EXPECT_GE(state->count, acknowledged);
    EXPECT_EQ(state->count % 2, 0) << "half of what was written together";
  }
  EXPECT_GT(acknowledged, 30);
}

// A workspace of the program before the ledger: five tables, read into it in order of time, numbers kept, undo pointing where it did.
TEST_F(LedgerTest, TakesInWhatOlderProgramsKept) {
  {
    Sqlite database = *Sqlite::open(path(), true);
    for (int version = 1; version <= 5; ++version) ASSERT_TRUE(database.script(*read_file(fmt::format("{}/src/store/sql/app_{:03}.sql", kSourceDir, version))));
    ASSERT_TRUE(database.script(
        "PRAGMA user_version = 5;"
        "INSERT INTO separations VALUES (1, 5, -1, 'two editions', 'li', '2024-01-02T00:00:00Z');"
        "INSERT INTO term_events VALUES (1, 'stop', 'said', NULL, 'said', '-', 'boilerplate', 'ann', '2024-01-01T00:00:00Z');"
        "INSERT INTO term_events VALUES (2, 'synonyms', '石墨烯 | 单层石墨', NULL, '石墨烯 | 单层石墨', '石墨烯', 'same', 'ann', '2024-01-03T00:00:00Z');"
        "INSERT INTO term_events VALUES (3, 'undo', 'said', 1, '-', 'said', 'a name', 'bob', '2024-01-04T00:00:00Z');"
        "INSERT INTO seed_events VALUES (1, 1, 'proposed', 'Battery', 'anode', 'term-1', 'run-1', 0.5, '', 'ann', '2024-01-03T12:00:00Z');"
        "INSERT INTO watch_events VALUES (1, 'w1', 'added', '{\"name\":\"fast\",\"threshold\":0.25,\"units\":[]}', 'watch it', 'ann', '2024-01-05T00:00:00Z');"
        "INSERT INTO alerts VALUES ('a1', 'w1', 'term-1', 2020, 'run-1', 's1', '{}', '2024-01-06T00:00:00Z');"
        "INSERT INTO alert_scores VALUES (1, 'a1', 'right', 'it came', 'bob', '2024-01-07T00:00:00Z');"));
  }
  AppDb app = *AppDb::open(path(), false);
  const auto events = *app.ledger().events();
  ASSERT_EQ(events.size(), 7U);
  ASSERT_TRUE(app.ledger().verify());
  EXPECT_NE(events[2].arguments.find("\"was\":2"), std::string::npos);
  const auto separations = *app.separations();
  ASSERT_EQ(separations.size(), 1U);
  EXPECT_EQ(separations[0].key_b, ~std::uint64_t{0});
  const auto terms = *app.term_events();
  ASSERT_EQ(terms.size(), 3U);
  EXPECT_EQ(terms[1].words, "石墨烯 | 单层石墨");
  EXPECT_EQ(terms[1].after, "石墨烯");
  EXPECT_EQ(terms[2].undoes, terms[0].id);
  EXPECT_EQ(terms[2].after, "said");
  const auto seeds = *app.seed_events();
  ASSERT_EQ(seeds.size(), 1U);
  EXPECT_DOUBLE_EQ(seeds[0].similarity, 0.5);
  EXPECT_EQ(seeds[0].run_id, "run-1");
  WatchStore watch = *WatchStore::open(path());
  EXPECT_NE(watch.events()->front().rule.find("0.25"), std::string::npos);
  EXPECT_EQ(watch.scores()->front().verdict, "right");
  EXPECT_EQ(watch.alerts()->size(), 1U);
}

}  // namespace
}  // namespace jianwei::store

#include "store/ledger.h"

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>

#include "base/file.h"
#include "base/source_dir.h"
#include "store/app_db.h"
#include "store/ledger_place.h"
#include "store/sql_database.h"
#include "store/sqlite.h"
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

// In app.db, and moved to PostgreSQL where JIANWEI_TEST_POSTGRES names a database (tools/with_postgres.sh starts one).
class LedgerTest : public testing::TestWithParam<const char*> {
 protected:
  void SetUp() override {
    if (std::string_view(GetParam()) == "postgresql") {
      const char* server = std::getenv("JIANWEI_TEST_POSTGRES");
      if (server == nullptr) GTEST_SKIP() << "JIANWEI_TEST_POSTGRES is not set";
      location_ = server;
    }
    folder_ = fs::temp_directory_path() / ("jw_ledger_" + std::to_string(::getpid()));
    fs::remove_all(folder_);
    fs::create_directories(folder_);
    AppDb app = *AppDb::open(path(), true);
    const auto moved = move_ledger(path(), location_);
    ASSERT_TRUE(moved) << moved.error().message;
  }
  void TearDown() override {
    if (!folder_.empty()) fs::remove_all(folder_);
  }
  fs::path path() const { return folder_ / "app.db"; }
  SqlDatabase tables() const { return *SqlDatabase::open(location_.empty() ? path().string() : location_); }

  fs::path folder_;
  std::string location_;
};

INSTANTIATE_TEST_SUITE_P(Kinds, LedgerTest, ::testing::Values("sqlite", "postgresql"), [](const auto& kind) { return std::string(kind.param); });

TEST_P(LedgerTest, ChainsEventsInCanonicalForm) {
  AppDb app = *AppDb::open(path(), false);
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

TEST_P(LedgerTest, RefusesArgumentsThatAreNoObjectAndThenStoresNothing) {
  AppDb app = *AppDb::open(path(), false);
  LedgerEvent broken = rename("topic-1", "x");
  broken.arguments = "[1]";
  EXPECT_EQ(app.ledger().append({rename("topic-1", "x"), broken}).error().kind, ErrorKind::invalid_input);
  EXPECT_TRUE(app.ledger().events()->empty());
}

TEST_P(LedgerTest, NamesTheFirstBrokenLink) {
  AppDb app = *AppDb::open(path(), false);
  ASSERT_TRUE(app.ledger().append({rename("topic-1", "a"), rename("topic-2", "b"), rename("topic-3", "c")}));
  const std::string mine = "workspace = '" + ledger_place(path())->workspace + "' AND ";
  const auto broken_after = [&](const std::string& set, const std::string& where, const std::string& back) {
    SqlDatabase database = tables();
    EXPECT_TRUE(database.script("UPDATE ledger SET " + set + " WHERE " + mine + where));
    const auto state = app.ledger().verify();
    EXPECT_TRUE(database.script("UPDATE ledger SET " + back));
    EXPECT_TRUE(app.ledger().verify());
    return state ? std::string() : state.error().message;
  };
  EXPECT_NE(broken_after("reason = 'other'", "sequence = 2", "reason = '' WHERE " + mine + "sequence = 2").find("event 2: its content"), std::string::npos);
  EXPECT_NE(broken_after("sequence = 9", "sequence = 3", "sequence = 3 WHERE " + mine + "sequence = 9").find("event 3 is missing"), std::string::npos);
  const std::string second = (*app.ledger().events())[1].hash;
  EXPECT_NE(broken_after("previous_hash = 'x'", "sequence = 3", "previous_hash = '" + second + "' WHERE " + mine + "sequence = 3").find("event 3: it does not follow"), std::string::npos);
}

// A process is killed while it writes; whatever it had said was stored is there, nothing is half there, and the chain holds.
TEST_P(LedgerTest, LosesNothingAcknowledgedWhenKilled) {
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

// Several processes judge at once: one chain, no event lost, each pair together.
TEST_P(LedgerTest, StaysOneChainWhenSeveralProcessesAppend) {
  constexpr int kProcesses = 3, kPairs = 40;
  std::vector<pid_t> children;
  for (int p = 0; p < kProcesses; ++p) {
    children.push_back(::fork());
    if (children.back() != 0) continue;
    auto app = AppDb::open(path(), false);
    for (int i = 0; i < kPairs; ++i) {
      if (!app || !app->ledger().append({rename("topic-1", std::to_string(p)), rename("topic-2", std::to_string(p))})) ::_exit(1);
    }
    ::_exit(0);
  }
  for (const pid_t child : children) {
    int status = -1;
    ::waitpid(child, &status, 0);
    EXPECT_EQ(status, 0);
  }
  AppDb app = *AppDb::open(path(), false);
  const auto state = app.ledger().verify();
  ASSERT_TRUE(state) << state.error().message;
  EXPECT_EQ(state->count, 2 * kProcesses * kPairs);
  EXPECT_EQ(ledger_state(path())->count, state->count);
  EXPECT_EQ(ledger_state(path())->head, state->head);
  const auto events = *app.ledger().events();
  for (std::size_t i = 0; i < events.size(); i += 2) ASSERT_EQ(events[i].arguments, events[i + 1].arguments) << "event " << events[i].sequence;
}

TEST_P(LedgerTest, OneDecisionIsEnteredOnceWhoeverComesFirst) {
  AppDb first = *AppDb::open(path(), false), second = *AppDb::open(path(), false);
  ASSERT_TRUE(first.add_separations({{0, 5, 7, "two editions", "li", utc_now()}}));
  ASSERT_TRUE(second.add_separations({{0, 5, 7, "again", "wang", utc_now()}, {0, 5, 9, "other", "wang", utc_now()}}));
  EXPECT_EQ(first.separations()->size(), 2U);
  EXPECT_EQ(ledger_state(path())->count, 2);
}

// The place is changed while another process appends: what it was told is stored is in the chain, at the new place.
TEST_P(LedgerTest, FollowsAMoveWhileOthersAppend) {
  if (location_.empty()) GTEST_SKIP() << "there is only one place";
  int ends[2];
  ASSERT_EQ(::pipe(ends), 0);
  const pid_t child = ::fork();
  if (child == 0) {
    auto app = AppDb::open(path(), false);
    for (int i = 0; app && i < 100000; ++i) {
      const auto stored = app->ledger().append({rename("topic-1", std::to_string(i))});
      const std::int64_t last = stored ? stored->back().sequence : -1;
      if (::write(ends[1], &last, sizeof last) != sizeof last || last < 0) ::_exit(1);
    }
    ::_exit(0);
  }
  ::close(ends[1]);
  std::int64_t acknowledged = 0;
  const auto wait_for = [&](int more) {
    for (int i = 0; i < more; ++i) ASSERT_EQ(::read(ends[0], &acknowledged, sizeof acknowledged), ssize_t{sizeof acknowledged});
  };
  AppDb app = *AppDb::open(path(), false);
  for (int round = 0; round < 3; ++round) {
    wait_for(20);
    const auto home = move_ledger(path(), "");
    ASSERT_TRUE(home) << home.error().message;
    wait_for(20);
    const auto out = move_ledger(path(), location_);
    ASSERT_TRUE(out) << out.error().message;
  }
  wait_for(20);
  ::kill(child, SIGKILL);
  while (::read(ends[0], &acknowledged, sizeof acknowledged) == sizeof acknowledged) {
  }
  ::close(ends[0]);
  ::waitpid(child, nullptr, 0);
  EXPECT_GT(acknowledged, 100);
  const auto state = app.ledger().verify();
  ASSERT_TRUE(state) << state.error().message;
  EXPECT_GE(state->count, acknowledged);
  EXPECT_EQ(tables().query_integer("SELECT count(*) FROM ledger WHERE workspace = $1", {ledger_place(path())->workspace}).value(), state->count);
  EXPECT_EQ(Sqlite::open(path(), false)->query_integer("SELECT count(*) FROM ledger").value(), 0);
}

TEST_P(LedgerTest, ACopyIsBroughtHomeAndBothGoOn) {
  AppDb app = *AppDb::open(path(), false);
  ASSERT_TRUE(app.ledger().append({rename("topic-1", "a"), rename("topic-2", "b")}));
  ASSERT_TRUE(Sqlite::open(path(), false)->execute("VACUUM INTO $1", {(folder_ / "copy.db").string()}));
  AppDb copy = *AppDb::open(folder_ / "copy.db", false);
  const auto home = copy_ledger_home(folder_ / "copy.db");
  ASSERT_TRUE(home) << home.error().message;
  EXPECT_EQ(home->count, 2);
  ASSERT_TRUE(copy.ledger().append({rename("topic-1", "c")}));
  EXPECT_EQ(ledger_place(folder_ / "copy.db")->location, "");
  EXPECT_EQ(copy.ledger().verify()->count, 3);
  EXPECT_EQ(app.ledger().verify()->count, 2);
}

TEST_P(LedgerTest, RefusesToMoveABrokenChain) {
  AppDb app = *AppDb::open(path(), false);
  ASSERT_TRUE(app.ledger().append({rename("topic-1", "a"), rename("topic-2", "b")}));
  SqlDatabase database = tables();
  ASSERT_TRUE(database.execute("UPDATE ledger SET reason = 'other' WHERE workspace = $1 AND sequence = 2", {ledger_place(path())->workspace}));
  const char* server = std::getenv("JIANWEI_TEST_POSTGRES");
  if (location_.empty() && server == nullptr) GTEST_SKIP() << "JIANWEI_TEST_POSTGRES is not set";
  EXPECT_EQ(move_ledger(path(), location_.empty() ? server : "").error().kind, ErrorKind::corrupt);
  EXPECT_EQ(ledger_place(path())->location, location_);
  EXPECT_EQ(app.ledger().events()->size(), 2U);
}

TEST_P(LedgerTest, SaysWhereItCannotBeKept) {
  AppDb app = *AppDb::open(path(), false);
  EXPECT_EQ(move_ledger(path(), "mysql://db").error().kind, ErrorKind::invalid_input);
  EXPECT_EQ(move_ledger(path(), "postgresql://nobody@127.0.0.1:1/none").error().kind, ErrorKind::unavailable);
  EXPECT_EQ(shown_location("postgresql://ann:secret@db.example.org:5432/x"), "postgresql://ann@db.example.org:5432/x");
  EXPECT_EQ(shown_location("postgresql://ann@db.example.org:5432/x"), "postgresql://ann@db.example.org:5432/x");
}

struct Old {
  fs::path path = fs::temp_directory_path() / ("jw_old_ledger_" + std::to_string(::getpid()));
  Old() { fs::create_directories(path); }
  ~Old() { fs::remove_all(path); }
};

// A workspace of the program before the ledger: five tables, read into it in order of time, numbers kept, undo pointing where it did.
TEST(OldLedger, TakesInWhatOlderProgramsKept) {
  const Old folder;
  const fs::path path = folder.path / "app.db";
  {
    Sqlite database = *Sqlite::open(path, true);
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
  AppDb app = *AppDb::open(path, false);
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
  WatchStore watch = *WatchStore::open(path);
  EXPECT_NE(watch.events()->front().rule.find("0.25"), std::string::npos);
  EXPECT_EQ(watch.scores()->front().verdict, "right");
  EXPECT_EQ(watch.alerts()->size(), 1U);
}

// app.db as its sixth version left it (tests/data/schemas): the same events, the same chain, and the program that wrote it is kept out from now on.
TEST(OldLedger, KeepsTheChainOfTheSixthVersion) {
  const Old folder;
  const fs::path path = folder.path / "app.db";
  ASSERT_TRUE(Sqlite::open(path, true)->script(*read_file(fmt::format("{}/tests/data/schemas/app_006.sql", kSourceDir))));
  const std::string head = [&] {
    Sqlite old = *Sqlite::open(path, false);
    SqliteRows rows = *old.query("SELECT hash FROM ledger ORDER BY sequence DESC");
    return *rows.next() ? rows.text(0) : std::string();
  }();
  ASSERT_FALSE(head.empty());
  AppDb app = *AppDb::open(path, false);
  const auto state = app.ledger().verify();
  ASSERT_TRUE(state) << state.error().message;
  EXPECT_EQ(state->head, head);
  EXPECT_EQ(state->count, 4);
  EXPECT_EQ(app.separations()->size(), 1U);
  EXPECT_EQ(app.batches()->size(), 1U);
  EXPECT_EQ(app.files()->front().fields.size(), 17U);
  EXPECT_GT(*Sqlite::open(path, false)->query_integer("PRAGMA user_version"), 6);
  ASSERT_TRUE(app.ledger().append({rename("topic-1", "x")}));
  EXPECT_EQ(app.ledger().verify()->count, 5);
}

}  // namespace
}  // namespace jianwei::store

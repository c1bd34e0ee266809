#include "store/ledger_migration.h"

#include <algorithm>
#include <map>

#include "base/json_writer.h"
#include "store/ledger_rows.h"

namespace jianwei::store {
namespace {

struct Moved {
  std::string table;
  std::int64_t id = 0;
  LedgerEvent event;
};

// Adds the old number to the arguments, so that what people wrote down is still found.
void keep_number(Moved& moved) {
  std::string& arguments = moved.event.arguments;
  const bool empty = arguments == "{}";
  arguments.insert(arguments.size() - 1, fmt::format("{}\"was\":{}", empty ? "" : ",", moved.id));
}

Result<std::vector<Moved>> read_tables(Sqlite& database) {
  std::vector<Moved> list;
  const auto add = [&](const char* table, std::int64_t id, LedgerEvent event) { list.push_back({table, id, std::move(event)}); };
  {
    SqliteRows rows = TRY(database.query("SELECT id, key_a, key_b, reason, decided_by, decided_at FROM separations ORDER BY id"));
    while (TRY(rows.next())) {
      add("separations", rows.integer(0), to_event(Separation{0, static_cast<std::uint64_t>(rows.integer(1)), static_cast<std::uint64_t>(rows.integer(2)), rows.text(3), rows.text(4), rows.text(5)}));
    }
  }
  {
    SqliteRows rows = TRY(database.query("SELECT id, kind, words, coalesce(undoes, 0), reason, decided_by, decided_at FROM term_events ORDER BY id"));
    while (TRY(rows.next())) add("term_events", rows.integer(0), to_event(TermEvent{0, rows.text(1), rows.text(2), rows.integer(3), "", "", rows.text(4), rows.text(5), rows.text(6)}));
  }
  {
    SqliteRows rows = TRY(database.query("SELECT id, iteration, kind, concept, term, term_id, run_id, similarity, reason, decided_by, decided_at FROM seed_events ORDER BY id"));
    while (TRY(rows.next())) {
      add("seed_events", rows.integer(0),
          to_event(SeedEvent{0, rows.integer(1), rows.text(2), rows.text(3), rows.text(4), rows.text(5), rows.text(6), rows.real(7), rows.text(8), rows.text(9), rows.text(10)}));
    }
  }
  {
    SqliteRows rows = TRY(database.query("SELECT id, rule_id, kind, rule, why, decided_by, decided_at FROM watch_events ORDER BY id"));
    while (TRY(rows.next())) add("watch_events", rows.integer(0), to_event(WatchEventRow{0, rows.text(1), rows.text(2), rows.text(3), rows.text(4), rows.text(5), rows.text(6)}));
  }
  {
    SqliteRows rows = TRY(database.query("SELECT id, alert_id, verdict, why, decided_by, decided_at FROM alert_scores ORDER BY id"));
    while (TRY(rows.next())) add("alert_scores", rows.integer(0), to_event(AlertScoreRow{0, rows.text(1), rows.text(2), rows.text(3), rows.text(4), rows.text(5)}));
  }
  return list;
}

}  // namespace

Result<> move_into_ledger(Sqlite& database) {
  std::vector<Moved> list = TRY(read_tables(database));
  // By time; what one table wrote in one second stays in its order.
  std::stable_sort(list.begin(), list.end(), [](const Moved& a, const Moved& b) { return a.event.at < b.event.at; });
  std::map<std::int64_t, std::int64_t> term_sequences;
  std::int64_t sequence = 0;
  for (const Moved& moved : list) {
    ++sequence;
    if (moved.table == "term_events") term_sequences[moved.id] = sequence;
  }
  std::vector<LedgerEvent> events;
  for (Moved& moved : list) {
    keep_number(moved);
    if (moved.event.refers_to != 0) moved.event.refers_to = term_sequences[moved.event.refers_to];
    events.push_back(std::move(moved.event));
  }
  TRY(Ledger(database).append_in_transaction(events));
  return database.script("DROP TABLE separations; DROP TABLE term_events; DROP TABLE seed_events; DROP TABLE watch_events; DROP TABLE alert_scores;");
}

}  // namespace jianwei::store

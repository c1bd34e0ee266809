// Studies, items, seats and events; answers and arguments are in delphi_answers.cpp.
#include "store/delphi_db.h"

#include <tuple>

#include "base/hash.h"
#include "store/app_db.h"
#include "store/delphi_sql.h"
#include "store/migrations.h"

namespace jianwei::store {

Result<std::unique_ptr<DelphiDb>> DelphiDb::open(const std::filesystem::path& path) {
  std::unique_ptr<DelphiDb> opened(new DelphiDb(TRY(Sqlite::open(path, true)), path));
  // 64 MiB: in a large round every item has a page of the index that answers are being added to.
  TRY(opened->database_.script("PRAGMA cache_size = -65536"));
  TRY(migrate(opened->database_, kDelphiMigrations, "delphi.db"));
  return opened;
}

// Studies.

Result<DelphiStudyRow> DelphiDb::add_study(DelphiStudyRow study, const std::vector<std::string>& questions) {
  const std::lock_guard lock(mutex_);
  TRY(database_.transaction([&]() -> Result<> {
    study.number = TRY(database_.query_integer("SELECT coalesce(max(number), 0) + 1 FROM studies"));
    study.id = fmt::format("study-{}", study.number);
    TRY(database_.execute("INSERT INTO studies VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)",
                          {study.number, study.id, study.title_zh, study.title_en, study.purpose_zh, study.purpose_en, study.mode, study.state, study.state_before_pause, study.round, study.protocol,
                           study.protocol_hash, std::int64_t{study.pilot}, study.created_at, study.created_by}));
    for (std::size_t i = 0; i < questions.size(); ++i) {
      TRY(database_.execute("INSERT INTO questions VALUES ($1, $2, $3, $4)", {study.number, static_cast<std::int64_t>(i), fmt::format("q{}", i + 1), questions[i]}));
    }
    return append_event(study.number, {0, "", study.created_by, "created", "{}", "", ""});
  }));
  return study;
}

namespace {

constexpr std::string_view kStudyColumns = "number, id, title_zh, title_en, purpose_zh, purpose_en, mode, state, state_before_pause, round, protocol, protocol_hash, pilot, created_at, created_by";

DelphiStudyRow read_study(const SqliteRows& rows) {
  return {rows.integer(0), rows.text(1), rows.text(2), rows.text(3), rows.text(4), rows.text(5), rows.text(6), rows.text(7), rows.text(8), rows.integer(9), rows.text(10), rows.text(11), rows.integer(12) != 0, rows.text(13), rows.text(14)};
}

}  // namespace

Result<std::vector<DelphiStudyRow>> DelphiDb::studies() {
  auto reader = TRY(readers_.take());
  std::vector<DelphiStudyRow> list;
  SqliteRows rows = TRY(reader->query(fmt::format("SELECT {} FROM studies ORDER BY number DESC", kStudyColumns)));
  while (TRY(rows.next())) list.push_back(read_study(rows));
  return list;
}

Result<DelphiStudyRow> DelphiDb::study(std::string_view id) {
  auto reader = TRY(readers_.take());
  SqliteRows rows = TRY(reader->query(fmt::format("SELECT {} FROM studies WHERE id = $1", kStudyColumns), {id}));
  if (TRY(rows.next())) return read_study(rows);
  return fail(ErrorKind::not_found, "there is no study '{}' in this workspace", id);
}

Result<std::vector<std::string>> DelphiDb::questions(std::int64_t study) {
  auto reader = TRY(readers_.take());
  std::vector<std::string> list;
  SqliteRows rows = TRY(reader->query("SELECT question FROM questions WHERE study = $1 ORDER BY position", {study}));
  while (TRY(rows.next())) list.push_back(rows.text(0));
  return list;
}

Result<> DelphiDb::replace_questions(std::int64_t study, const std::vector<std::string>& questions) {
  const std::lock_guard lock(mutex_);
  return database_.transaction([&]() -> Result<> {
    TRY(database_.execute("DELETE FROM questions WHERE study = $1", {study}));
    for (std::size_t i = 0; i < questions.size(); ++i) {
      TRY(database_.execute("INSERT INTO questions VALUES ($1, $2, $3, $4)", {study, static_cast<std::int64_t>(i), fmt::format("q{}", i + 1), questions[i]}));
    }
    return {};
  });
}

Result<std::vector<ProtocolVersionRow>> DelphiDb::protocol_versions(std::int64_t study) {
  auto reader = TRY(readers_.take());
  std::vector<ProtocolVersionRow> list;
  SqliteRows rows = TRY(reader->query("SELECT version, text, hash, reason, decided_at, decided_by FROM protocol_versions WHERE study = $1 ORDER BY version", {study}));
  while (TRY(rows.next())) list.push_back({rows.integer(0), rows.text(1), rows.text(2), rows.text(3), rows.text(4), rows.text(5)});
  return list;
}

Result<std::vector<RoundRow>> DelphiDb::rounds(std::int64_t study) {
  auto reader = TRY(readers_.take());
  std::vector<RoundRow> list;
  SqliteRows rows = TRY(reader->query("SELECT round, opened_at, closed_at FROM rounds WHERE study = $1 ORDER BY round", {study}));
  while (TRY(rows.next())) list.push_back({rows.integer(0), rows.text(1), rows.text(2)});
  return list;
}

Result<> DelphiDb::take_step(const Step& step) {
  const std::lock_guard lock(mutex_);
  const DelphiStudyRow& study = step.study;
  return database_.transaction([&]() -> Result<> {
    {
      SqliteRows rows = TRY(database_.query(fmt::format("SELECT {} FROM studies WHERE number = $1", kStudyColumns), {study.number}));
      if (!TRY(rows.next())) return fail(ErrorKind::not_found, "there is no study '{}' in this workspace", study.id);
      const DelphiStudyRow now = read_study(rows);
      if (now.state != step.before.state) return fail(ErrorKind::conflict, "{} went from {} to {} meanwhile: look at it again", study.id, step.before.state, now.state);
      const auto rules = [](const DelphiStudyRow& row) { return std::tie(row.round, row.protocol, row.protocol_hash, row.pilot); };
      if (rules(now) != rules(step.before)) return fail(ErrorKind::conflict, "the rules, the round or the trial of {} were changed meanwhile: look at it again", study.id);
    }
    TRY(database_.execute(
        "UPDATE studies SET title_zh = $1, title_en = $2, purpose_zh = $3, purpose_en = $4, mode = $5, state = $6, state_before_pause = $7, round = $8, protocol = $9, protocol_hash = $10, pilot = $11 WHERE number = $12",
        {study.title_zh, study.title_en, study.purpose_zh, study.purpose_en, study.mode, study.state, study.state_before_pause, study.round, study.protocol, study.protocol_hash, std::int64_t{study.pilot}, study.number}));
    if (step.protocol) {
      const ProtocolVersionRow& version = *step.protocol;
      TRY(database_.execute("INSERT INTO protocol_versions VALUES ($1, $2, $3, $4, $5, $6, $7)", {study.number, version.version, version.text, version.hash, version.reason, version.decided_at, version.decided_by}));
    }
    if (step.round) {
      TRY(database_.execute("DELETE FROM rounds WHERE study = $1 AND round = $2", {study.number, step.round->round}));
      TRY(database_.execute("INSERT INTO rounds VALUES ($1, $2, $3, $4)", {study.number, step.round->round, step.round->opened_at, step.round->closed_at}));
    }
    for (const SettlementRow& row : step.settlements) {
      TRY(database_.execute("DELETE FROM settlements WHERE study = $1 AND round = $2 AND item = $3", {study.number, row.round, row.item}));
      TRY(database_.execute("INSERT INTO settlements VALUES ($1, $2, $3, $4, $5, $6)", {study.number, row.round, row.item, row.cards, row.state, row.summary}));
      TRY(database_.execute("UPDATE items SET state = $1 WHERE study = $2 AND number = $3", {row.state, study.number, row.item}));
    }
    return append_event(study.number, step.event);
  });
}

// Events.

std::string study_event_hash(std::int64_t study, const StudyEventRow& event) {
  return sha256_hex(fmt::format("{}\n{}\n{}\n{}\n{}\n{}\n{}", event.previous_hash, study, event.seq, event.at, event.actor, event.kind, event.detail));
}

std::optional<std::int64_t> first_broken_event(std::int64_t study, const std::vector<StudyEventRow>& events) {
  std::string previous;
  std::int64_t next = 1;
  for (const StudyEventRow& event : events) {
    if (event.seq != next || event.previous_hash != previous || event.hash != study_event_hash(study, event)) return event.seq;
    previous = event.hash;
    ++next;
  }
  return std::nullopt;
}

Result<> DelphiDb::append_event(std::int64_t study, StudyEventRow event) {
  event.seq = 1;
  event.previous_hash = "";
  {
    SqliteRows rows = TRY(database_.query("SELECT seq, hash FROM study_events WHERE study = $1 ORDER BY seq DESC LIMIT 1", {study}));
    if (TRY(rows.next())) {
      event.seq = rows.integer(0) + 1;
      event.previous_hash = rows.text(1);
    }
  }
  event.at = utc_now();
  event.hash = study_event_hash(study, event);
  return database_.execute("INSERT INTO study_events VALUES ($1, $2, $3, $4, $5, $6, $7, $8)", {study, event.seq, event.at, event.actor, event.kind, event.detail, event.previous_hash, event.hash});
}

Result<> DelphiDb::add_event(std::int64_t study, const StudyEventRow& event) {
  const std::lock_guard lock(mutex_);
  return database_.transaction([&]() -> Result<> { return append_event(study, event); });
}

Result<std::int64_t> DelphiDb::last_event(std::string_view study_id) {
  auto reader = TRY(readers_.take());
  return reader->query_integer("SELECT coalesce(max(e.seq), 0) FROM study_events e WHERE e.study = (SELECT s.number FROM studies s WHERE s.id = $1)", {study_id});
}

Result<std::vector<StudyEventRow>> DelphiDb::events(std::int64_t study) {
  auto reader = TRY(readers_.take());
  std::vector<StudyEventRow> list;
  SqliteRows rows = TRY(reader->query("SELECT seq, at, actor, kind, detail, previous_hash, hash FROM study_events WHERE study = $1 ORDER BY seq", {study}));
  while (TRY(rows.next())) list.push_back({rows.integer(0), rows.text(1), rows.text(2), rows.text(3), rows.text(4), rows.text(5), rows.text(6)});
  return list;
}

// Items.

Result<std::vector<DelphiItemRow>> DelphiDb::items(std::int64_t study) {
  auto reader = TRY(readers_.take());
  std::vector<DelphiItemRow> list;
  SqliteRows rows = TRY(reader->query("SELECT number, id, field, text_zh, text_en, origin, state, lineage FROM items WHERE study = $1 ORDER BY number", {study}));
  while (TRY(rows.next())) list.push_back({rows.integer(0), rows.text(1), rows.text(2), rows.text(3), rows.text(4), rows.text(5), rows.text(6), rows.text(7)});
  return list;
}

Result<std::vector<DelphiItemRow>> DelphiDb::add_items(std::int64_t study, std::vector<DelphiItemRow> items) {
  const std::lock_guard lock(mutex_);
  TRY(database_.transaction([&]() -> Result<> {
    std::int64_t next = TRY(database_.query_integer("SELECT coalesce(max(number), 0) + 1 FROM items WHERE study = $1", {study}));
    for (DelphiItemRow& item : items) {
      item.number = next++;
      item.id = fmt::format("item-{}", item.number);
      TRY(database_.execute("INSERT INTO items VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)", {study, item.number, item.id, item.field, item.text_zh, item.text_en, item.origin, item.state, item.lineage}));
    }
    return {};
  }));
  return items;
}

Result<> DelphiDb::update_item(std::int64_t study, const DelphiItemRow& item) {
  const std::lock_guard lock(mutex_);
  return database_.execute("UPDATE items SET field = $1, text_zh = $2, text_en = $3, origin = $4, state = $5, lineage = $6 WHERE study = $7 AND number = $8",
                           {item.field, item.text_zh, item.text_en, item.origin, item.state, item.lineage, study, item.number});
}

}  // namespace jianwei::store

// Topic generations in app.db. Lists of numbers and of record ids are stored as text, separated by blanks.
#include "base/strings.h"
#include "store/app_db.h"

namespace jianwei::store {
namespace {

std::string join_numbers(const std::vector<std::int64_t>& numbers) {
  std::string text;
  for (const std::int64_t number : numbers) text += (text.empty() ? "" : " ") + std::to_string(number);
  return text;
}

std::vector<std::string> split_blanks(const std::string& text) {
  std::vector<std::string> parts;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find(' ', begin), text.size());
    if (end > begin) parts.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return parts;
}

std::vector<std::int64_t> split_numbers(const std::string& text) {
  std::vector<std::int64_t> numbers;
  for (const std::string& part : split_blanks(text)) numbers.push_back(std::stoll(part));
  return numbers;
}

}  // namespace

Result<std::vector<TopicGenerationRow>> AppDb::topic_generations(std::string_view lineage) {
  std::vector<TopicGenerationRow> list;
  SqliteRows rows = TRY(database_.query(
      "SELECT id, lineage, coalesce(parent_id, 0), fingerprint, corpus, options, snapshot_id, created_at, warm, record_count, shared_count, kept_count, adjusted_rand, next_number "
      "FROM topic_generations WHERE lineage = ? ORDER BY id",
      {lineage}));
  while (TRY(rows.next())) {
    TopicGenerationRow row;
    row.id = rows.integer(0);
    row.lineage = rows.text(1);
    row.parent_id = rows.integer(2);
    row.fingerprint = rows.text(3);
    row.corpus = rows.text(4);
    row.options = rows.text(5);
    row.snapshot_id = rows.text(6);
    row.created_at = rows.text(7);
    row.warm = rows.integer(8) != 0;
    row.record_count = rows.integer(9);
    row.shared_count = rows.integer(10);
    row.kept_count = rows.integer(11);
    row.adjusted_rand = rows.real(12);
    row.next_number = rows.integer(13);
    list.push_back(std::move(row));
  }
  for (TopicGenerationRow& row : list) {
    SqliteRows topics = TRY(database_.query("SELECT number, label_zh, label_en, document_count FROM generation_topics WHERE generation_id = ? ORDER BY number", {row.id}));
    while (TRY(topics.next())) row.topics.push_back({topics.integer(0), topics.text(1), topics.text(2), topics.integer(3)});
    SqliteRows events = TRY(database_.query(
        "SELECT kind, from_numbers, to_numbers, overlap, documents_before, documents_after, documents_shared, evidence FROM topic_events WHERE generation_id = ? ORDER BY position", {row.id}));
    while (TRY(events.next())) {
      row.events.push_back({events.text(0), split_numbers(events.text(1)), split_numbers(events.text(2)), events.real(3), events.integer(4), events.integer(5), events.integer(6),
                            split_blanks(events.text(7))});
    }
  }
  return list;
}

Result<> AppDb::add_topic_generation(const TopicGenerationRow& row) {
  return database_.transaction([&]() -> Result<> {
    const std::int64_t id = TRY(database_.query_integer("SELECT coalesce(max(id), 0) + 1 FROM topic_generations"));
    TRY(database_.execute("INSERT INTO topic_generations VALUES (?, ?, nullif(?, 0), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                          {id, row.lineage, row.parent_id, row.fingerprint, row.corpus, row.options, row.snapshot_id, row.created_at, std::int64_t{row.warm}, row.record_count, row.shared_count,
                           row.kept_count, row.adjusted_rand, row.next_number}));
    for (const GenerationTopicRow& topic : row.topics) {
      TRY(database_.execute("INSERT INTO generation_topics VALUES (?, ?, ?, ?, ?)", {id, topic.number, topic.label_zh, topic.label_en, topic.document_count}));
    }
    std::int64_t position = 0;
    for (const TopicEventRow& event : row.events) {
      const std::string from = join_numbers(event.from);
      const std::string to = join_numbers(event.to);
      const std::string evidence = join(event.evidence, " ");
      TRY(database_.execute("INSERT INTO topic_events VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                            {id, position++, event.kind, from, to, event.overlap, event.documents_before, event.documents_after, event.documents_shared, evidence}));
    }
    return {};
  });
}

}  // namespace jianwei::store

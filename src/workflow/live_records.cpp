#include "workflow/live_records.h"

#include "store/duckdb.h"
#include "workflow/arena.h"

namespace jianwei::workflow {
namespace {

constexpr const char* kSelect =
    "SELECT key, sequence, kind, type, source, title, title_translated, abstract, venue, volume, issue, pages, date, "
    "list_transform(persons, p -> p.name), list_transform(identifiers, i -> i.scheme || ':' || i.value) FROM ";

}  // namespace

Result<LiveRecords> load_live_records(const store::Lake& lake, const store::KeyIndex& index, int thread_count) {
  LiveRecords live;
  Arena arena(live.texts);
  store::Database database = TRY(lake.open_database(thread_count));
  store::Connection connection = TRY(database.connect());
  const std::vector<std::filesystem::path> files = TRY(lake.record_files());
  store::Rows rows = TRY(connection.query(kSelect + store::parquet_sql(files)));
  while (TRY(rows.next())) {
    std::vector<store::ColumnView> columns;
    for (std::int64_t c = 0; c < rows.column_count(); ++c) columns.push_back(rows.column(c));
    const store::ColumnView persons = columns[13].items();
    const store::ColumnView identifiers = columns[14].items();
    for (std::int64_t row = 0; row < rows.row_count(); ++row) {
      const std::uint64_t key = columns[0].unsigned_integer(row);
      const std::int64_t sequence = columns[1].integer(row);
      const store::KeyIndex::Entry* entry = index.find(key);
      if (entry == nullptr || entry->sequence != sequence) {
        ++live.stale_count;
        continue;
      }
      analysis::ResolutionRecord record;
      record.key = key;
      record.kind = parse_record_kind(columns[2].text(row)).value_or(RecordKind::work);
      record.type = arena.keep(columns[3].text(row));
      record.source = arena.keep(columns[4].text(row));
      record.title = arena.keep(columns[5].text(row));
      record.title_translated = arena.keep(columns[6].text(row));
      record.abstract_text = arena.keep(cut_text(columns[7].text(row), kComparedAbstractBytes));
      record.venue = arena.keep(columns[8].text(row));
      record.volume = arena.keep(columns[9].text(row));
      record.issue = arena.keep(columns[10].text(row));
      record.pages = arena.keep(columns[11].text(row));
      if (const Result<Date> date = parse_date(columns[12].text(row))) record.date = *date;
      const auto names = columns[13].list(row);
      for (std::int64_t i = 0; i < std::min<std::int64_t>(names.count, kComparedPersons); ++i) {
        record.persons.push_back(arena.keep(persons.text(names.begin + i)));
      }
      const auto ids = columns[14].list(row);
      for (std::int64_t i = 0; i < ids.count; ++i) record.identifiers.push_back(arena.keep(identifiers.text(ids.begin + i)));
      live.records.push_back(std::move(record));
      live.sequences.push_back(sequence);
    }
  }
  return live;
}

}  // namespace jianwei::workflow

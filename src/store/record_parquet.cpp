// Records become rows of a feed, a feed becomes a Parquet file by COPY.
//
// What bounds the memory: a chunk of the feed holds at most kMaxChunkBytes of text, a row group at most kRowGroupRows rows, and who writes
// source records cuts files at a size (workflow/import).

#include "store/record_parquet.h"

#include <unistd.h>

#include <map>

#include "base/file.h"

namespace jianwei::store {
namespace {

constexpr std::int64_t kMaxChunkBytes = std::int64_t{16} << 20;
constexpr std::int64_t kRowGroupRows = 20'480;  // ten chunks: about 40 MB of OpenAlex records; smaller groups compress worse

std::int64_t text_bytes(const Record& record) {
  return static_cast<std::int64_t>(record.provenance.raw.size() + record.full_text.size() + record.abstract.size()) + 1024;
}

}  // namespace

RecordFeed::RecordFeed(const std::vector<Field<RecordRow>>& fields, Next next) : fields_(fields), next_(std::move(next)) {
  for (const Field<RecordRow>& field : fields) columns_.push_back({field.name, field.type});
}

Result<std::int64_t> RecordFeed::fill(ChunkWriter& chunk, std::int64_t capacity) {
  if (rows_.empty()) rows_ = TRY(next_());
  std::vector<const RecordRow*> owners;
  std::int64_t bytes = 0;
  for (const RecordRow& row : rows_) {
    if (static_cast<std::int64_t>(owners.size()) == capacity || (bytes > kMaxChunkBytes && !owners.empty())) break;
    bytes += text_bytes(row.record);
    owners.push_back(&row);
  }
  if (owners.empty()) return 0;
  for (std::size_t f = 0; f < fields_.size(); ++f) {
    ColumnWriter column = chunk.column(static_cast<std::int64_t>(f));
    fields_[f].write(column, owners);
  }
  rows_ = rows_.subspan(owners.size());
  return static_cast<std::int64_t>(owners.size());
}

Result<std::int64_t> write_parquet(Connection& connection, const std::string& select, const std::filesystem::path& path,
                                   const RowFeed* feed) {
  const std::filesystem::path part = path.string() + ".part";
  const auto give_up = [&](Error error) {
    ::unlink(part.c_str());
    return tl::unexpected<Error>(std::move(error));
  };
  const Result<std::int64_t> rows = connection.query_integer(
      fmt::format("COPY ({}) TO {} (FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1, ROW_GROUP_SIZE {})", select,
                  quote_sql(part.string()), kRowGroupRows));
  if (!rows) return give_up(feed != nullptr && feed->failed ? feed->error : rows.error());
  if (Result<> synced = sync_path(part); !synced) return give_up(synced.error());
  if (::rename(part.c_str(), path.c_str()) != 0) {
    return give_up({ErrorKind::unavailable, fmt::format("{}: cannot be put in place", path.string())});
  }
  return *rows;
}

RecordReader::RecordReader(Rows rows) : rows_(std::move(rows)) {
  std::map<std::string_view, const Field<RecordRow>*> by_name;
  for (const Field<RecordRow>& field : merged_fields()) by_name[field.name] = &field;
  for (const Field<RecordRow>& field : source_fields()) by_name[field.name] = &field;
  for (std::int64_t c = 0; c < rows_.column_count(); ++c) {
    const auto found = by_name.find(rows_.column_name(c));
    fields_.push_back(found == by_name.end() ? nullptr : found->second);
  }
}

Result<RecordReader> RecordReader::open(Connection& connection, const std::string& select, const std::vector<Parameter>& parameters) {
  return RecordReader(TRY(connection.query(select, parameters)));
}

Result<std::vector<RecordRow>> RecordReader::next() {
  if (!TRY(rows_.next())) return std::vector<RecordRow>();
  std::vector<RecordRow> batch(static_cast<std::size_t>(rows_.row_count()));
  std::vector<RecordRow*> owners;
  std::vector<std::int64_t> positions;
  for (RecordRow& row : batch) {
    positions.push_back(static_cast<std::int64_t>(owners.size()));
    owners.push_back(&row);
  }
  for (std::size_t c = 0; c < fields_.size(); ++c) {
    if (fields_[c] != nullptr) fields_[c]->read(rows_.column(static_cast<std::int64_t>(c)), positions, owners);
  }
  return batch;
}

Result<> read_records(Connection& connection, const std::string& select, const std::vector<Parameter>& parameters,
                      const std::function<Result<>(std::vector<RecordRow>&&)>& visit) {
  RecordReader reader = TRY(RecordReader::open(connection, select, parameters));
  for (;;) {
    std::vector<RecordRow> batch = TRY(reader.next());
    if (batch.empty()) return {};
    TRY(visit(std::move(batch)));
  }
}

std::int64_t memory_bytes(const Record& record) {
  std::size_t bytes = sizeof(RecordRow);
  const auto text = [&bytes](const std::string& value) { bytes += value.capacity() > 15 ? value.capacity() + 16 : 0; };
  for (const std::string* value : {&record.title, &record.title_translated, &record.abstract, &record.abstract_translated,
                                   &record.full_text, &record.venue, &record.publisher, &record.url, &record.provenance.raw}) {
    text(*value);
  }
  for (const Person& person : record.persons) {
    bytes += sizeof(Person);
    text(person.name);
  }
  for (const Organisation& organisation : record.organisations) {
    bytes += sizeof(Organisation);
    text(organisation.name);
  }
  for (const std::string& keyword : record.keywords) {
    bytes += sizeof(std::string);
    text(keyword);
  }
  for (const Reference& reference : record.references) {
    bytes += sizeof(Reference);
    text(reference.text);
    text(reference.title);
  }
  bytes += record.classifications.size() * (sizeof(Classification) + 32) + record.identifiers.size() * (sizeof(Identifier) + 32) +
           record.funding.size() * (sizeof(Funding) + 32);
  return static_cast<std::int64_t>(bytes);
}

}  // namespace jianwei::store

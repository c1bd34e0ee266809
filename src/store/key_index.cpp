#include "store/key_index.h"

#include "base/hash.h"
#include "records/record_key.h"

namespace jianwei::store {

const KeyIndex::Entry* KeyIndex::find(std::uint64_t key) const {
  if (slots_.empty()) return nullptr;
  const std::size_t mask = slots_.size() - 1;
  // Keys are hashes already; one more round keeps us safe from keys that share their low bits.
  for (std::size_t slot = hash_combine(key, 1) & mask;; slot = (slot + 1) & mask) {
    if (slots_[slot].sequence < 0) return nullptr;
    if (slots_[slot].key == key) return &slots_[slot];
  }
}

void KeyIndex::put(const Entry& entry) {
  if ((size_ + 1) * 4 > static_cast<std::int64_t>(slots_.size()) * 3) grow();
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t slot = hash_combine(entry.key, 1) & mask;; slot = (slot + 1) & mask) {
    if (slots_[slot].sequence < 0) {
      slots_[slot] = entry;
      ++size_;
      return;
    }
    if (slots_[slot].key == entry.key) {
      slots_[slot] = entry;
      return;
    }
  }
}

void KeyIndex::grow() {
  std::vector<Entry> old(slots_.empty() ? 1024 : slots_.size() * 2);
  old.swap(slots_);
  size_ = 0;
  for (const Entry& entry : old) {
    if (entry.sequence >= 0) put(entry);
  }
}

std::uint64_t content_mark(std::uint64_t content_hash) { return hash_combine(content_hash, 0x6a77636f6e74656eULL); }

Result<KeyIndex> read_key_index(const Lake& lake, bool with_content_marks) {
  KeyIndex index;
  const std::vector<std::filesystem::path> files = TRY(lake.record_files());
  if (files.empty()) return index;
  Database database = TRY(lake.open_database(1));
  Connection connection = TRY(database.connect());
  Rows rows = TRY(connection.query(fmt::format("SELECT key, content_hash, title_signature, sequence{} FROM {}",
                                                    with_content_marks ? ", source, own_id" : "", parquet_sql(files))));
  Record names;
  while (TRY(rows.next())) {
    const ColumnView keys = rows.column(0);
    const ColumnView contents = rows.column(1);
    const ColumnView signatures = rows.column(2);
    const ColumnView sequences = rows.column(3);
    for (std::int64_t row = 0; row < rows.row_count(); ++row) {
      const KeyIndex::Entry entry{keys.unsigned_integer(row), contents.unsigned_integer(row), signatures.unsigned_integer(row),
                                  sequences.integer(row)};
      const KeyIndex::Entry* known = index.find(entry.key);
      if (known == nullptr || known->sequence < entry.sequence) index.put(entry);
      if (!with_content_marks) continue;
      names.provenance.source = rows.column(4).text(row);
      if (rows.column(5).valid(row) && has_local_id(names)) {
        index.put({content_mark(entry.content_hash), entry.content_hash, entry.title_signature, entry.sequence});
      }
    }
  }
  return index;
}

std::uint64_t content_fingerprint(const KeyIndex& index) {
  std::uint64_t sum = 0;  // addition, so that the order of the slots does not matter
  for (const KeyIndex::Entry& entry : index.slots()) {
    if (entry.sequence >= 0) sum += hash_combine(entry.key, entry.content_hash);
  }
  return hash_combine(sum, static_cast<std::uint64_t>(index.size()));
}

}  // namespace jianwei::store

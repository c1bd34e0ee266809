// What the lake holds, by source key: content, title and place of the live version of every source record.
#pragma once

#include <cstdint>
#include <vector>

#include "base/result.h"
#include "store/lake.h"

namespace jianwei::store {

// A flat hash table; 32 bytes an entry at a load of at most 3/4: about 60 MB for a million records.
class KeyIndex {
 public:
  struct Entry {
    std::uint64_t key = 0;
    std::uint64_t content_hash = 0;
    std::uint64_t title_signature = 0;
    std::int64_t sequence = -1;  // -1: empty slot
  };

  // nullptr when there is none. Valid until the next put().
  const Entry* find(std::uint64_t key) const;
  // Adds, or replaces the entry of the same key.
  void put(const Entry& entry);
  std::int64_t size() const { return size_; }
  // The entries in no particular order.
  const std::vector<Entry>& slots() const { return slots_; }

 private:
  void grow();
  std::vector<Entry> slots_;  // a power of two
  std::int64_t size_ = 0;
};

// Under what key a record with a local id is entered a second time, so that it is known again in a renamed file.
std::uint64_t content_mark(std::uint64_t content_hash);

// The live version of every source key: the row with the highest sequence; with content marks when an import asks for them.
// Reads four (six) columns of the lake.
Result<KeyIndex> read_key_index(const Lake& lake, bool with_content_marks = false);

// The live records of the lake as one hash that does not depend on
// the order in which they came: equal live records, equal hashes.
std::uint64_t content_fingerprint(const KeyIndex& index);

}  // namespace jianwei::store

// Strings to dense ids in order of first insertion: open addressing over hashes, the bytes in one arena.
#pragma once

#include <cstdint>
#include <cstring>
#include <string_view>
#include <utility>
#include <vector>

namespace jianwei::text {

class StringTable {
 public:
  StringTable() : slots_(1024) {}

  std::uint32_t size() const { return static_cast<std::uint32_t>(entries_.size()); }
  std::string_view operator[](std::uint32_t id) const { return {bytes_.data() + entries_[id].begin, entries_[id].length}; }

  // The id of `text`, and whether it is new. Amortised O(length).
  std::pair<std::uint32_t, bool> insert(std::string_view text) {
    const std::uint64_t hash = hash_bytes(text);
    const auto tag = static_cast<std::uint32_t>(hash >> 32);
    std::size_t mask = slots_.size() - 1;
    for (std::size_t i = hash & mask;; i = (i + 1) & mask) {
      Slot& slot = slots_[i];
      if (slot.id_plus_one == 0) {
        slot = {tag, size() + 1};
        entries_.push_back({bytes_.size(), static_cast<std::uint32_t>(text.size()), static_cast<std::uint32_t>(hash), tag});
        bytes_.insert(bytes_.end(), text.begin(), text.end());
        if (entries_.size() * 2 > slots_.size()) grow();
        return {size() - 1, true};
      }
      if (slot.tag == tag && (*this)[slot.id_plus_one - 1] == text) return {slot.id_plus_one - 1, false};
    }
  }

 private:
  struct Slot {
    std::uint32_t tag = 0;
    std::uint32_t id_plus_one = 0;  // 0: free
  };
  struct Entry {
    std::size_t begin;
    std::uint32_t length;
    std::uint32_t hash_low, hash_high;
  };

  // Multiply-fold over words of eight bytes; inline because words are short and the call would cost more than the work.
  static std::uint64_t hash_bytes(std::string_view text) {
    std::uint64_t hash = 0x9e3779b97f4a7c15ULL ^ text.size();
    const char* at = text.data();
    std::size_t left = text.size();
    for (; left >= 8; at += 8, left -= 8) hash = mix(hash, load(at, 8));
    if (left > 0) hash = mix(hash, load(at, left));
    return mix(hash, 0xd6e8feb86659fd93ULL);
  }
  static std::uint64_t load(const char* at, std::size_t count) {
    std::uint64_t word = 0;
    if (count == 8) std::memcpy(&word, at, 8);
    else {
      for (std::size_t i = 0; i < count; ++i) word |= static_cast<std::uint64_t>(static_cast<unsigned char>(at[i])) << (8 * i);
    }
    return word;
  }
  static std::uint64_t mix(std::uint64_t a, std::uint64_t b) {
    __extension__ using Wide = unsigned __int128;
    const Wide product = static_cast<Wide>(a ^ b) * 0xa0761d6478bd642fULL;
    return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
  }

  void grow() {
    slots_.assign(slots_.size() * 2, {});
    const std::size_t mask = slots_.size() - 1;
    for (std::uint32_t id = 0; id < size(); ++id) {
      std::size_t i = (static_cast<std::uint64_t>(entries_[id].hash_high) << 32 | entries_[id].hash_low) & mask;
      while (slots_[i].id_plus_one != 0) i = (i + 1) & mask;
      slots_[i] = {entries_[id].hash_high, id + 1};
    }
  }

  std::vector<Slot> slots_;
  std::vector<Entry> entries_;
  std::vector<char> bytes_;
};

}  // namespace jianwei::text

// Vectors kept by the hash of the text they belong to: a file that is only appended to.
//
// Layout: "JWVECS01", uint32 dimensions, then for each vector two 64-bit hashes of its text, a 64-bit checksum of its values, its values (float32).
// What a cut-off write left behind fails its checksum or length and is cut away before the next write.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace jianwei::workflow {

class VectorCache {
 public:
  // Reads what the file holds; a missing, unreadable or foreign file is an empty cache.
  explicit VectorCache(std::filesystem::path path);

  std::int32_t dimensions() const { return dimensions_; }  // 0: nothing is held
  std::optional<std::span<const float>> find(std::string_view text) const;

  // Adds vectors of one length and appends them to the file. A place that cannot be written keeps them for this process only.
  void add(std::span<const std::string_view> texts, std::span<const float> values, std::int32_t dimensions);

 private:
  std::filesystem::path path_;
  std::int32_t dimensions_ = 0;
  std::uintmax_t whole_bytes_ = 0;  // of the file, up to the last whole vector
  std::vector<float> values_;
  struct Key {
    std::uint64_t a = 0, b = 0;
    bool operator==(const Key&) const = default;
  };
  struct KeyHash {
    std::size_t operator()(const Key& key) const { return static_cast<std::size_t>(key.a); }
  };
  static Key key_of(std::string_view text);
  std::unordered_map<Key, std::size_t, KeyHash> rows_;
};

}  // namespace jianwei::workflow

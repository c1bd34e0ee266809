// One description per struct serves saving and loading: `archive(a, value)` names the members once, and Writer and Reader apply it.
//
// The bytes are host order and for the machine that wrote them (a workspace moves between x86-64 and arm64 machines as it is). A file is
// magic, format version, fingerprint of what it depends on, length, XXH3 checksum, payload; it is written atomically.
#pragma once

#include <cstdint>
#include <cstring>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "base/result.h"

namespace jianwei::workflow {

template <class T>
concept PlainData = std::is_trivially_copyable_v<T> && !std::is_pointer_v<T>;

class ArchiveWriter {
 public:
  template <class... T>
  void operator()(const T&... values) {
    (write(values), ...);
  }
  std::string take() && { return std::move(bytes_); }
  bool at_end() const { return false; }

 private:
  template <class T>
  void write(const T& value) {
    if constexpr (PlainData<T>) {
      bytes_.append(reinterpret_cast<const char*>(&value), sizeof value);
    } else {
      archive(*this, const_cast<T&>(value));  // the writer only reads; one description must serve both ways
    }
  }
  void write(const std::string& text) {
    write(static_cast<std::uint64_t>(text.size()));
    bytes_ += text;
  }
  template <class T>
  void write(const std::vector<T>& values) {
    write(static_cast<std::uint64_t>(values.size()));
    if constexpr (PlainData<T>) {
      bytes_.append(reinterpret_cast<const char*>(values.data()), values.size() * sizeof(T));
    } else {
      for (const T& value : values) write(value);
    }
  }
  template <class A, class B>
  void write(const std::pair<A, B>& pair) {
    write(pair.first);
    write(pair.second);
  }

  std::string bytes_;
};

// Reads what ArchiveWriter wrote; after a short or wrong input ok() is false and what was read is default values.
class ArchiveReader {
 public:
  explicit ArchiveReader(std::string_view bytes) : rest_(bytes) {}
  template <class... T>
  void operator()(T&... values) {
    (read(values), ...);
  }
  bool ok() const { return ok_ && rest_.empty(); }
  bool at_end() const { return rest_.empty(); }  // for a member that earlier versions did not write

 private:
  bool take(void* target, std::size_t size) {
    if (!ok_ || rest_.size() < size) {
      ok_ = false;
      return false;
    }
    if (size > 0) std::memcpy(target, rest_.data(), size);
    rest_.remove_prefix(size);
    return true;
  }
  // A count that the remaining bytes can hold at all.
  std::size_t read_count(std::size_t item_size) {
    std::uint64_t count = 0;
    read(count);
    if (count > rest_.size() / item_size) ok_ = false;
    return ok_ ? static_cast<std::size_t>(count) : 0;
  }
  template <class T>
  void read(T& value) {
    if constexpr (PlainData<T>) {
      take(&value, sizeof value);
    } else {
      archive(*this, value);
    }
  }
  void read(std::string& text) {
    text.resize(read_count(1));
    take(text.data(), text.size());
  }
  template <class T>
  void read(std::vector<T>& values) {
    if constexpr (PlainData<T>) {
      values.resize(read_count(sizeof(T)));
      take(values.data(), values.size() * sizeof(T));
    } else {
      values.resize(read_count(1));
      for (T& value : values) read(value);
    }
  }
  template <class A, class B>
  void read(std::pair<A, B>& pair) {
    read(pair.first);
    read(pair.second);
  }

  std::string_view rest_;
  bool ok_ = true;
};

// Errors: unavailable
Result<> write_artifact(const std::filesystem::path& path, std::string_view fingerprint, std::string_view payload);

// The payload of an artifact of this fingerprint; nothing when there is no such file or it belongs to other inputs.
// Errors: corrupt  the file fails its checksum; unavailable
Result<std::optional<std::string>> read_artifact(const std::filesystem::path& path, std::string_view fingerprint);

}  // namespace jianwei::workflow

#include "workflow/encoder/vector_cache.h"

#include <cstring>
#include <fstream>

#include "base/file.h"
#include "base/hash.h"

namespace jianwei::workflow {
namespace {

constexpr std::string_view kMagic = "JWVECS01";
constexpr std::size_t kHeadBytes = 8 + 4;
constexpr std::size_t kKeyBytes = 3 * 8;
constexpr std::uint64_t kSecondSeed = 0x9e3779b97f4a7c15;
constexpr std::int32_t kMaxDimensions = 65'536;

std::string_view bytes_of(std::span<const float> values) { return {reinterpret_cast<const char*>(values.data()), values.size_bytes()}; }

template <class T>
void append(std::string& bytes, const T& value) {
  bytes.append(reinterpret_cast<const char*>(&value), sizeof value);
}

}  // namespace

VectorCache::Key VectorCache::key_of(std::string_view text) { return {hash64(text), hash64(text, kSecondSeed)}; }

VectorCache::VectorCache(std::filesystem::path path) : path_(std::move(path)) {
  const Result<std::string> read = read_file(path_);
  if (!read || read->size() < kHeadBytes || !read->starts_with(kMagic)) return;
  std::memcpy(&dimensions_, read->data() + kMagic.size(), sizeof dimensions_);
  if (dimensions_ <= 0 || dimensions_ > kMaxDimensions) {
    dimensions_ = 0;
    return;
  }
  const auto length = static_cast<std::size_t>(dimensions_);
  const std::size_t stride = kKeyBytes + length * sizeof(float);
  whole_bytes_ = kHeadBytes;
  for (std::size_t place = kHeadBytes; place + stride <= read->size(); place += stride) {
    Key key;
    std::uint64_t checksum = 0;
    std::memcpy(&key.a, read->data() + place, 8);
    std::memcpy(&key.b, read->data() + place + 8, 8);
    std::memcpy(&checksum, read->data() + place + 16, 8);
    const std::string_view values(read->data() + place + kKeyBytes, length * sizeof(float));
    if (hash64(values) != checksum) break;
    rows_.try_emplace(key, values_.size() / length);
    values_.resize(values_.size() + length);
    std::memcpy(values_.data() + values_.size() - length, values.data(), values.size());
    whole_bytes_ = place + stride;
  }
}

std::optional<std::span<const float>> VectorCache::find(std::string_view text) const {
  const auto found = rows_.find(key_of(text));
  if (found == rows_.end()) return std::nullopt;
  const auto length = static_cast<std::size_t>(dimensions_);
  return std::span<const float>(values_).subspan(found->second * length, length);
}

void VectorCache::add(std::span<const std::string_view> texts, std::span<const float> values, std::int32_t dimensions) {
  if (dimensions != dimensions_) {  // another model answers under the same name: what it gave before is worth nothing
    rows_.clear();
    values_.clear();
    dimensions_ = dimensions;
    whole_bytes_ = 0;
  }
  std::string bytes;
  if (whole_bytes_ == 0) {
    bytes += kMagic;
    append(bytes, dimensions_);
  }
  const auto length = static_cast<std::size_t>(dimensions_);
  for (std::size_t i = 0; i < texts.size(); ++i) {
    const std::span<const float> row = values.subspan(i * length, length);
    const Key key = key_of(texts[i]);
    if (!rows_.try_emplace(key, values_.size() / length).second) continue;
    values_.insert(values_.end(), row.begin(), row.end());
    append(bytes, key.a);
    append(bytes, key.b);
    append(bytes, hash64(bytes_of(row)));
    bytes += bytes_of(row);
  }
  std::error_code error;
  std::filesystem::create_directories(path_.parent_path(), error);
  if (std::filesystem::exists(path_, error)) std::filesystem::resize_file(path_, whole_bytes_, error);
  std::ofstream file(path_, std::ios::binary | std::ios::app);
  file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  if (file.flush()) whole_bytes_ += bytes.size();
}

}  // namespace jianwei::workflow

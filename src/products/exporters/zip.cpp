#include "products/exporters/zip.h"

#include <zlib.h>

#include <cstdint>

#include "products/exporters/deflate.h"

namespace jianwei::products {
namespace {

void put(std::string& out, std::uint64_t value, int bytes) {
  for (int i = 0; i < bytes; ++i) out += static_cast<char>(value >> (8 * i) & 0xff);
}

}  // namespace

std::string make_zip(const std::vector<std::pair<std::string, std::string>>& parts) {
  constexpr std::uint64_t kDate = 0x21;  // 1980-01-01
  std::string out, directory;
  for (const auto& [path, bytes] : parts) {
    const std::string packed = deflated(bytes, Wrapping::none);
    const auto crc = crc32(0, reinterpret_cast<const Bytef*>(bytes.data()), static_cast<uInt>(bytes.size()));
    const std::size_t offset = out.size();
    std::string fields;                       // of both headers
    put(fields, 20, 2);                       // version needed
    put(fields, 0x0800, 2);                   // names are UTF-8
    put(fields, 8, 2);                        // deflate
    put(fields, 0, 2);
    put(fields, kDate, 2);
    put(fields, crc, 4);
    put(fields, packed.size(), 4);
    put(fields, bytes.size(), 4);
    put(fields, path.size(), 2);
    put(fields, 0, 2);                        // no extra field
    out += "PK\x03\x04" + fields + path + packed;
    directory += "PK\x01\x02";
    put(directory, 20, 2);                    // version made by
    directory += fields;
    put(directory, 0, 2);                     // no comment
    put(directory, 0, 2);                     // disk
    put(directory, 0, 2);
    put(directory, 0, 4);
    put(directory, offset, 4);
    directory += path;
  }
  const std::size_t start = out.size();
  out += directory + "PK\x05\x06";
  put(out, 0, 4);
  put(out, parts.size(), 2);
  put(out, parts.size(), 2);
  put(out, directory.size(), 4);
  put(out, start, 4);
  put(out, 0, 2);
  return out;
}

}  // namespace jianwei::products

// Hashes: 64-bit for keys and ids (XXH3), SHA-256 for checksums that people compare with `sha256sum`.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace jianwei {

std::uint64_t hash64(std::string_view bytes, std::uint64_t seed = 0);

// Joins two hashes into one; not symmetric.
std::uint64_t hash_combine(std::uint64_t a, std::uint64_t b);

// SHA-256 fed in pieces.
class Sha256 {
 public:
  Sha256();
  ~Sha256();
  Sha256(const Sha256&) = delete;
  Sha256& operator=(const Sha256&) = delete;

  void update(std::string_view bytes);
  std::string hex();  // 64 lower-case hexadecimal digits; ends the hash

 private:
  void* context_;  // EVP_MD_CTX
};

std::string sha256_hex(std::string_view bytes);

}  // namespace jianwei

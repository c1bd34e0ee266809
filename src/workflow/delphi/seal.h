// Encryption of what must not lie open on a disk: answers, and who gave them. AES-256-GCM; keys are files of the workspace, mode 0600, one for answers
// and one for identities, so that whoever holds the answers' key still cannot read who sits where.
//
// Source: NIST SP 800-38D (GCM)
#pragma once

#include <array>
#include <filesystem>
#include <string>
#include <string_view>

#include "base/result.h"

namespace jianwei::workflow {

class Seal {
 public:
  // Reads the key, or makes one. Errors: unavailable  cannot be written; corrupt  not a key: says to restore it from the backup
  static Result<Seal> open(const std::filesystem::path& key_file);

  // Base64 of nonce, ciphertext and tag. `context` (where the text belongs) must be the same when it is opened.
  std::string close(std::string_view text, std::string_view context) const;
  // Errors: corrupt  changed, from elsewhere, or another key
  Result<std::string> reveal(std::string_view sealed, std::string_view context) const;

 private:
  std::array<unsigned char, 32> key_{};
};

}  // namespace jianwei::workflow

// vault.db: who sits on which seat, sealed. The store keeps sealed bytes and the requests to open them; the key is not here (workflow/delphi/seal.h).
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "store/sqlite.h"

namespace jianwei::store {

struct IdentityRow {
  std::string seat, study, sealed, consent;
  bool erased = false;
};

struct JoinRow {
  std::int64_t number = 0;
  std::string seat, reason, asked_by, asked_at, granted_by, granted_at;
};

class VaultDb {
 public:
  static Result<std::unique_ptr<VaultDb>> open(const std::filesystem::path& path);

  Result<> add_identities(const std::vector<IdentityRow>& identities);       // all or none
  Result<std::optional<IdentityRow>> identity(std::string_view seat);
  Result<std::vector<IdentityRow>> identities(std::string_view study);       // by seat id, which is random
  Result<> update_identity(const IdentityRow& identity);

  Result<std::int64_t> ask_join(const JoinRow& join);
  Result<std::vector<JoinRow>> joins();                                      // newest first
  // Errors: not_found; conflict  granted already; forbidden  by the one who asked
  Result<JoinRow> grant_join(std::int64_t number, std::string_view by, std::string_view at);

 private:
  explicit VaultDb(Sqlite database) : database_(std::move(database)) {}
  std::mutex mutex_;  // protects database_
  Sqlite database_;
};

}  // namespace jianwei::store

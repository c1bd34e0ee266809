// Where the judgements of a workspace begin.
#pragma once

#include <filesystem>
#include <string>

#include "base/result.h"

namespace jianwei::server {

// A ledger without events begins in the team's database ("": none, it stays in app.db); one that has some stays where it is until somebody moves it, which
// the log says with the command. Errors: unavailable
Result<> place_ledger(const std::filesystem::path& workspace, const std::string& database);

}  // namespace jianwei::server

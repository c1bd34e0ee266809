#pragma once

#include "cli/command_list.h"

namespace jianwei::cli {

Action define_lag(CLI::App& app);

}  // namespace jianwei::cli

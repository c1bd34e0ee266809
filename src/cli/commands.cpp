#include "cli/session.h"

namespace jianwei::cli {

const std::vector<Command>& commands() {
  static const std::vector<Command> list = {};
  return list;
}

}  // namespace jianwei::cli

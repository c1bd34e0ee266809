#include "base/share.h"

#include <cstdlib>
#include <system_error>

namespace jianwei {

Result<std::filesystem::path> share_file(std::string_view name) {
  namespace fs = std::filesystem;
  std::error_code error;
  const char* folder = std::getenv("JIANWEI_SHARE");
  const fs::path program = fs::read_symlink("/proc/self/exe", error);
  const fs::path beside = program.parent_path().parent_path() / "share" / "jianwei";
  for (const fs::path& place : {fs::path(folder != nullptr ? folder : ""), beside}) {
    if (!place.empty() && fs::exists(place / name, error)) return place / name;
  }
  return fail(ErrorKind::not_found, "data file {} is in neither $JIANWEI_SHARE nor {}: the installation is incomplete", name,
              beside.string());
}

}  // namespace jianwei

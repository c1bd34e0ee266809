#include "workflow/run/stages.h"

#include <sys/resource.h>

#include "base/hash.h"
#include "base/log.h"

namespace jianwei::workflow {
namespace {

std::string artifact_path(std::string_view name, const std::string& fingerprint) { return fmt::format("lake/runs/{}-{}.bin", fingerprint, name); }

}  // namespace

std::string make_fingerprint(std::initializer_list<std::string_view> parts) {
  std::uint64_t hash = 0;
  for (const std::string_view part : parts) hash = hash_combine(hash, hash64(part));
  return fmt::format("{:016x}", hash);
}

bool StageStore::has(std::string_view name, const std::string& fingerprint) const {
  return std::filesystem::exists(workspace_.lake.path(artifact_path(name, fingerprint)));
}

Result<std::optional<std::string>> StageStore::load(std::string_view name, const std::string& fingerprint) const {
  return read_artifact(workspace_.lake.path(artifact_path(name, fingerprint)), fingerprint);
}

Result<> StageStore::save(std::string_view name, const std::string& fingerprint, const std::string& payload) {
  const std::string path = artifact_path(name, fingerprint);
  std::error_code error;
  std::filesystem::create_directories(workspace_.lake.path("lake/runs"), error);
  TRY(write_artifact(workspace_.lake.path(path), fingerprint, payload));
  store::ArtifactRow row;
  row.run_id = run_id_;
  row.stage = name;
  row.fingerprint = fingerprint;
  row.path = path;
  return workspace_.lake.app().put_artifact(row);
}

void StageStore::finish(std::string_view name, std::chrono::steady_clock::time_point start, bool resumed) {
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  times_.push_back({std::string(name), seconds, std::int64_t{usage.ru_maxrss} * 1024, resumed});
  log_debug("stage {}: {:.2f} s, peak {} MB{}", name, seconds, usage.ru_maxrss / 1024, resumed ? ", resumed" : "");
}

}  // namespace jianwei::workflow

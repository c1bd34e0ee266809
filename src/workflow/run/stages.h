// Keeps what stages made: an artifact per stage and fingerprint, named in app.db, and how long each took.
#pragma once

#include <chrono>
#include <functional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "workflow/run/archive.h"
#include "workflow/run/results.h"
#include "workflow/workspace.h"

namespace jianwei::workflow {

// Sixteen hexadecimal digits of what a stage depends on.
std::string make_fingerprint(std::initializer_list<std::string_view> parts);

class StageStore {
 public:
  StageStore(Workspace& workspace, std::int64_t run_id) : workspace_(workspace), run_id_(run_id) {}

  // Fills `value` from the artifact of (stage, fingerprint), or computes and stores it.
  template <class T>
  Result<> stage(std::string_view name, const std::string& fingerprint, T& value, const std::function<Result<>(T&)>& compute) {
    const auto start = std::chrono::steady_clock::now();
    const std::optional<std::string> stored = TRY(load(name, fingerprint));
    bool resumed = false;
    if (stored) {
      ArchiveReader reader(*stored);
      reader(value);
      resumed = reader.ok();
    }
    if (!resumed) {
      value = T{};
      TRY(compute(value));
      ArchiveWriter writer;
      writer(value);
      TRY(save(name, fingerprint, std::move(writer).take()));
    }
    finish(name, start, resumed);
    return {};
  }

  bool has(std::string_view name, const std::string& fingerprint) const;
  Result<std::optional<std::string>> load(std::string_view name, const std::string& fingerprint) const;
  Result<> save(std::string_view name, const std::string& fingerprint, const std::string& payload);
  void finish(std::string_view name, std::chrono::steady_clock::time_point start, bool resumed);

  const std::vector<StageTime>& times() const { return times_; }

 private:
  Workspace& workspace_;
  std::int64_t run_id_;
  std::vector<StageTime> times_;
};

}  // namespace jianwei::workflow

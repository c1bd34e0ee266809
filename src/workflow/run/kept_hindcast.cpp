#include "workflow/run/kept_hindcast.h"

#include <algorithm>
#include <charconv>

#include "workflow/run/map_stage.h"
#include "workflow/run/results_archive.h"
#include "workflow/run/stages.h"

namespace jianwei::workflow {
namespace {

constexpr std::string_view kMark = "{\"measured_on\":";

template <class T>
std::optional<T> read_stage(Workspace& workspace, const store::ArtifactRow& artifact) {
  const auto payload = StageStore(workspace, artifact.run_id).load(artifact.stage, artifact.fingerprint);
  if (!payload || !*payload) return std::nullopt;  // damaged or gone: as if there were none
  ArchiveReader reader(**payload);
  T value;
  reader(value);
  return reader.ok() ? std::optional<T>(std::move(value)) : std::nullopt;
}

// Ids that only one of the two lists has.
std::int64_t count_changed(std::vector<std::string> before, std::vector<std::string> now) {
  std::sort(before.begin(), before.end());
  std::sort(now.begin(), now.end());
  std::vector<std::string> changed;
  std::set_symmetric_difference(before.begin(), before.end(), now.begin(), now.end(), std::back_inserter(changed));
  return std::ssize(changed);
}

}  // namespace

std::optional<MeasuredOn> measured_on(std::string_view hindcast_json) {
  if (!hindcast_json.starts_with(kMark)) return std::nullopt;
  MeasuredOn measured;
  const auto number = [&](std::string_view key) {
    const std::size_t at = hindcast_json.find(key);
    std::int64_t value = 0;
    if (at != std::string_view::npos) std::from_chars(hindcast_json.data() + at + key.size(), hindcast_json.data() + hindcast_json.size(), value);
    return value;
  };
  measured.documents = number("\"documents\":");
  measured.changed = number("\"changed\":");
  return measured;
}

Result<std::optional<std::string>> kept_hindcast(Workspace& workspace, const std::string& options, const std::vector<std::string>& record_ids) {
  store::AppDb& app = workspace.lake.app();
  for (const store::RunRow& row : TRY(app.runs())) {
    if (row.status != "finished" || row.study != options) continue;
    std::optional<std::string> json;
    std::optional<MapArtifact> map;  // names the records of its run
    for (const store::ArtifactRow& artifact : TRY(app.artifacts(row.id))) {
      if (artifact.stage == "hindcast") json = read_stage<std::string>(workspace, artifact);
      if (artifact.stage == "map") map = read_stage<MapArtifact>(workspace, artifact);
    }
    if (!json || json->size() < 2 || json->starts_with(kMark) || !map || map->map.empty()) continue;
    const std::int64_t changed = count_changed(map->map.record_ids, record_ids);
    if (static_cast<double>(changed) > kKeptHindcastChange * static_cast<double>(map->map.record_ids.size())) return std::nullopt;
    return fmt::format(R"({}{{"run":{},"documents":{},"changed":{}}},{})", kMark, row.id, map->map.record_ids.size(), changed, json->substr(1));
  }
  return std::nullopt;
}

}  // namespace jianwei::workflow

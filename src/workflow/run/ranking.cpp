#include "workflow/run/ranking.h"

#include <algorithm>

#include "workflow/judgement/judged_stage.h"
#include "workflow/run/results_archive.h"
#include "workflow/run/run.h"

namespace jianwei::workflow {
namespace {

// The machine's ranking and that of the last judgements, side by side.
std::string stage_of(const std::string& digest) { return digest.empty() ? "ranking" : "judged-ranking"; }
std::string fingerprint_of(const std::string& run_id, const std::string& digest) { return make_fingerprint({run_id, digest, "ranking"}); }

// What is kept of one kind of unit.
template <class A>
void archive_units(A& a, UnitResults& units) {
  a(units.documents.offsets, units.series, units.indicators, units.calibration, units.emergence, units.emergence_model);
}

struct Ranking {
  StudyResult result;
};
template <class A>
void archive(A& a, Ranking& v) {
  StudyResult& r = v.result;
  a(r.run_id, r.snapshot_id, r.software_version, r.created, r.synthetic, r.study, r.terms, r.topics, r.topic_diversity, r.hindcast_json);
  archive_units(a, r.term_results);
  archive_units(a, r.topic_results);
}

UnitResults without_documents(const UnitResults& units) {
  UnitResults kept;
  kept.documents.offsets = units.documents.offsets;
  kept.series = units.series;
  kept.indicators = units.indicators;
  kept.calibration = units.calibration;
  kept.emergence = units.emergence;
  kept.emergence_model = units.emergence_model;
  return kept;
}

}  // namespace

Result<> save_ranking(StageStore& stages, const StudyResult& result) {
  Ranking ranking;
  StudyResult& kept = ranking.result;
  kept.run_id = result.run_id;
  kept.snapshot_id = result.snapshot_id;
  kept.software_version = result.software_version;
  kept.created = result.created;
  kept.synthetic = result.synthetic;
  kept.study = result.study;
  kept.terms = result.terms;
  kept.topics = result.topics;
  kept.topic_diversity = result.topic_diversity;
  kept.hindcast_json = result.hindcast_json;
  kept.term_results = without_documents(result.term_results);
  kept.topic_results = without_documents(result.topic_results);
  ArchiveWriter writer;
  writer(ranking);
  return stages.save(stage_of(result.judged.digest), fingerprint_of(result.run_id, result.judged.digest), std::move(writer).take());
}

namespace {

Result<std::optional<StudyResult>> read_ranking(Workspace& workspace, const store::RunRow& row, const std::string& digest) {
  const std::vector<store::ArtifactRow> artifacts = TRY(workspace.lake.app().artifacts(row.id));
  const auto found = std::find_if(artifacts.begin(), artifacts.end(), [&](const store::ArtifactRow& artifact) { return artifact.stage == stage_of(digest); });
  if (found == artifacts.end()) return std::optional<StudyResult>();
  const auto payload = TRY(StageStore(workspace, row.id).load(found->stage, found->fingerprint));
  if (!payload) return std::optional<StudyResult>();
  Ranking ranking;
  ArchiveReader reader(*payload);
  reader(ranking);
  if (!reader.ok() || found->fingerprint != fingerprint_of(ranking.result.run_id, digest)) return std::optional<StudyResult>();
  ranking.result.judged.digest = digest;
  return std::optional<StudyResult>(std::move(ranking.result));
}

}  // namespace

Result<std::optional<StudyResult>> load_machine_ranking(Workspace& workspace, const store::RunRow& row) { return read_ranking(workspace, row, ""); }

Result<StudyResult> load_latest_ranking(Workspace& workspace) {
  const std::string digest = digest_of(TRY(standing_judgements(workspace)));
  for (const store::RunRow& row : TRY(workspace.lake.app().runs())) {
    if (row.status != "finished") continue;
    if (std::optional<StudyResult> ranking = TRY(read_ranking(workspace, row, digest))) return std::move(*ranking);
    break;
  }
  return load_latest_run(workspace);
}

}  // namespace jianwei::workflow

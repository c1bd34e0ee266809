#include "workflow/run/ranking.h"

#include <algorithm>

#include "workflow/run/results_archive.h"
#include "workflow/run/run.h"

namespace jianwei::workflow {
namespace {

constexpr std::string_view kStage = "ranking";

// What is kept of one kind of unit.
template <class A>
void archive_units(A& a, UnitResults& units) {
  a(units.documents.offsets, units.series, units.indicators, units.emergence, units.emergence_model);
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
  return stages.save(kStage, make_fingerprint({result.run_id, kStage}), std::move(writer).take());
}

Result<StudyResult> load_latest_ranking(Workspace& workspace) {
  for (const store::RunRow& row : TRY(workspace.lake.app().runs())) {
    if (row.status != "finished") continue;
    const std::vector<store::ArtifactRow> artifacts = TRY(workspace.lake.app().artifacts(row.id));
    const auto found = std::find_if(artifacts.begin(), artifacts.end(), [](const store::ArtifactRow& artifact) { return artifact.stage == kStage; });
    if (found == artifacts.end()) break;
    const auto payload = TRY(StageStore(workspace, row.id).load(kStage, found->fingerprint));
    if (!payload) break;
    Ranking ranking;
    ArchiveReader reader(*payload);
    reader(ranking);
    if (!reader.ok()) break;
    return std::move(ranking.result);
  }
  return load_latest_run(workspace);
}

}  // namespace jianwei::workflow

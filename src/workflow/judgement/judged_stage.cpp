#include "workflow/judgement/judged_stage.h"

#include <unordered_set>

#include "base/log.h"
#include "store/duckdb.h"
#include "store/record_columns.h"
#include "store/record_parquet.h"
#include "workflow/run/ranking.h"
#include "workflow/run/signal_stage.h"

namespace jianwei::workflow {
namespace {

constexpr std::string_view kStage = "judged";

std::vector<double> kept_occurrences(const StudyResult& result) { return {result.term_occurrences.begin(), result.term_occurrences.end()}; }

// The numbers of what was corrected; of terms only after a merge.
Result<> measure(const StudyResult& result, SignalArtifact& made, Progress& progress) {
  if (result.judged.terms_merged) {
    made.terms.documents = result.term_results.documents;
    TRY(measure_terms(result.dataset, result.study, result.terms, [&](const analysis::UnitSeries&) { return kept_occurrences(result); }, made, progress));
  }
  if (result.judged.topic_documents_changed) TRY(measure_topics(result.dataset, result.study, result.document_topics, result.topics.size(), made.topics, progress));
  return {};
}

void take_numbers(SignalArtifact made, StudyResult& result) {
  if (result.judged.terms_merged) {
    result.term_results = std::move(made.terms);
    result.weak_signals = std::move(made.weak_signals);
    result.signals = std::move(made.signals);
    result.term_occurrences = std::move(made.occurrences);
    result.bursts = std::move(made.bursts);
  }
  if (result.judged.topic_documents_changed) result.topic_results = std::move(made.topics);
}

bool needs_numbers(const StudyResult& result) { return result.judged.terms_merged || result.judged.topic_documents_changed; }

// The numbers of the last judgements of this run make place for the new ones.
void forget_last(Workspace& workspace, std::int64_t run_row, const std::string& fingerprint) {
  const auto artifacts = workspace.lake.app().artifacts(run_row);
  if (!artifacts) return;
  for (const store::ArtifactRow& artifact : *artifacts) {
    std::error_code ignored;
    if (artifact.stage == kStage && artifact.fingerprint != fingerprint) std::filesystem::remove(workspace.lake.path(artifact.path), ignored);
  }
}

}  // namespace

Result<std::vector<StandingJudgement>> standing_judgements(const Workspace& workspace) {
  return standing_judgements(std::span<const FoldedEvent>(fold_events(TRY(workspace.lake.app().ledger().events()))));
}

Result<RecordAliases> record_aliases(const Workspace& workspace, const StudyResult& result, const std::vector<std::string>& ids) {
  RecordAliases aliases;
  const std::unordered_set<std::string_view> known(result.dataset.record_ids.begin(), result.dataset.record_ids.end());
  std::string keys;
  for (const std::string& id : ids) {
    if (known.contains(id)) continue;
    if (const auto key = store::parse_record_id(id)) keys += (keys.empty() ? "" : ", ") + std::to_string(*key) + "::UBIGINT";
  }
  if (keys.empty()) return aliases;
  const std::optional<store::SnapshotRow> snapshot = TRY(workspace.lake.app().snapshot(result.snapshot_id));
  if (!snapshot) return aliases;  // replaced since: what cannot be found is a conflict
  store::Database database = TRY(workspace.lake.open_database(0));
  store::Connection connection = TRY(database.connect());
  store::Rows rows = TRY(connection.query(fmt::format("SELECT key, member FROM (SELECT key, unnest(members) AS member FROM {} WHERE len(members) > 1) WHERE member IN ({})",
                                                      store::parquet_sql({workspace.lake.path(snapshot->merged_path)}), keys)));
  while (TRY(rows.next())) {
    for (std::int64_t row = 0; row < rows.row_count(); ++row) {
      aliases.emplace(store::record_id(rows.column(1).unsigned_integer(row)), store::record_id(rows.column(0).unsigned_integer(row)));
    }
  }
  return aliases;
}

Result<> correct_result(Workspace& workspace, std::span<const StandingJudgement> standing, StudyResult& result, Progress& progress) {
  apply_judgements(result, standing, TRY(record_aliases(workspace, result, named_records(standing))));
  if (!needs_numbers(result)) return {};
  SignalArtifact made;
  TRY(measure(result, made, progress));
  take_numbers(std::move(made), result);
  return {};
}

Result<> judge_result(Workspace& workspace, std::int64_t run_row, const std::string& signals_fingerprint, StudyResult& result, Progress& progress) {
  const std::vector<StandingJudgement> standing = TRY(standing_judgements(workspace));
  if (standing.empty()) return {};
  apply_judgements(result, standing, TRY(record_aliases(workspace, result, named_records(standing))));
  StageStore stages(workspace, run_row);
  if (needs_numbers(result)) {
    const std::string fingerprint = make_fingerprint({signals_fingerprint, result.judged.digest, kStage});
    SignalArtifact made;
    const std::optional<std::string> stored = TRY(stages.load(kStage, fingerprint));
    bool whole = false;
    if (stored) {
      ArchiveReader reader(*stored);
      reader(made);
      whole = reader.ok();
    }
    if (!whole) {
      made = {};
      TRY(measure(result, made, progress));
      forget_last(workspace, run_row, fingerprint);
      ArchiveWriter writer;
      writer(made);
      // A workspace that may only be read computes them each time.
      if (const Result<> saved = stages.save(kStage, fingerprint, std::move(writer).take()); !saved) log_debug("the judged numbers are not kept: {}", saved.error().message);
    }
    take_numbers(std::move(made), result);
  }
  if (const Result<> saved = save_ranking(stages, result); !saved) log_debug("the judged ranking is not kept: {}", saved.error().message);
  return {};
}

}  // namespace jianwei::workflow

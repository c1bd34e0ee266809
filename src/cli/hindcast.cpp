#include <memory>

#include "cli/command_list.h"
#include "cli/workspace_options.h"
#include "workflow/report/hindcast_verdict.h"
#include "workflow/run/run.h"

namespace jianwei::cli {
namespace {

struct Options {
  WorkspaceOption workspace;
  StudyOptions study;
  std::string cutoffs;
  std::string unit = "term";
  std::int32_t horizon = 0;
};

}  // namespace

Action define_hindcast(CLI::App& app) {
  auto options = std::make_shared<Options>();
  options->workspace.define(app);
  options->study.define(app);
  const Language language = environment_language();
  app.add_option("--cutoffs", options->cutoffs, message(language, "option.cutoffs"));
  app.add_option("--horizon", options->horizon, message(language, "option.horizon"))->check(CLI::Range(1, 20));
  app.add_option("--unit", options->unit, message(language, "option.unit"))->check(CLI::IsMember({"term", "topic"}));
  return [options](Session& session) -> Result<> {
    workflow::Workspace workspace = TRY(options->workspace.open(session, store::Access::write, "hindcast"));
    workflow::Study study = TRY(options->study.read(session, workspace));
    if (!options->cutoffs.empty()) study.cutoffs = TRY(workflow::parse_cutoffs(options->cutoffs));
    if (options->horizon != 0) study.horizon_years = options->horizon;
    const workflow::Unit unit = TRY(workflow::parse_unit(options->unit));
    const std::string json = TRY(workflow::hindcast_study(workspace, study, unit, *session.progress));
    if (session.json) {
      session.print(json);
      return {};
    }
    const workflow::HindcastSummary summary = workflow::read_hindcast(json);
    TextTable table({session.say("report.ranking"), "AUPRC", "P@20", "P@50", "NDCG@50", "CSI"}, {false, true, true, true, true, true});
    for (const auto& row : summary.pooled) {
      const auto cell = [](double value) { return fmt::format("{:.3f}", value); };
      table.add({session.say("method." + row.method), cell(row.auprc), cell(row.p20), cell(row.p50), cell(row.ndcg50), cell(row.csi)});
    }
    session.print(table.text(terminal_width()));
    session.print(session.say("report.hindcast_note", summary.origin_count, summary.horizon_years, summary.prevalence, session.say("method." + summary.best_baseline), summary.delta, summary.low, summary.high) + " " + session.say(workflow::verdict_key(summary)));
    return {};
  };
}

}  // namespace jianwei::cli

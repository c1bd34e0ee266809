#include <memory>

#include "cli/command_list.h"
#include "cli/workspace_options.h"
#include "workflow/report/report.h"
#include "workflow/report/quality.h"

namespace jianwei::cli {
namespace {

struct Options {
  WorkspaceOption workspace;
  StudyOptions study;
  std::string output;
  std::int32_t top = 25;
  bool topic_quality = false;
};

}  // namespace

Action define_report(CLI::App& app) {
  auto options = std::make_shared<Options>();
  options->workspace.define(app);
  options->study.define(app);
  app.add_option("-o,--output", options->output, message(environment_language(), "option.report_output"))->required();
  app.add_option("--top", options->top, message(environment_language(), "option.top"))->check(CLI::Range(1, 1000));
  app.add_flag("--topic-quality", options->topic_quality, message(environment_language(), "option.report_topic_quality"));
  return [options](Session& session) -> Result<> {
    const workflow::StudyResult result = TRY(find_result(session, options->workspace, options->study, "report", true));
    const workflow::Workspace workspace = TRY(options->workspace.open(session, store::Access::read, "report"));
    const workflow::DataQuality quality = TRY(workflow::measure_quality(workspace));
    workflow::ReportOptions report_options{session.language, options->top, std::nullopt};
    if (options->topic_quality && !result.topics.empty()) {
      workflow::Workspace counts = TRY(options->workspace.open(session, store::Access::read, "report"));
      const std::optional<analysis::VectorTable> vectors = TRY(workflow::load_run_vectors(counts, result, *session.progress));
      report_options.topic_quality = TRY(workflow::check_topics(result, TRY(workflow::load_run_counts(counts)), vectors ? &*vectors : nullptr, *session.progress));
    }
    const products::Report report = workflow::build_report(result, quality, report_options);
    TRY(workflow::write_report(report, session.language, options->output, *session.progress));
    session.note(session.say("report.written", options->output, report.evidence.size(), report.documents.size()));
    return {};
  };
}

}  // namespace jianwei::cli

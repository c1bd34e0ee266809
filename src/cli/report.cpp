// jianwei report WS -o FILE, or --issue: the next issue of a series.
#include <memory>

#include "base/json_writer.h"
#include "base/strings.h"
#include "cli/command_list.h"
#include "cli/workspace_options.h"
#include "workflow/routine/issues.h"
#include "workflow/views/routine.h"

namespace jianwei::cli {
namespace {

struct Options {
  WorkspaceOption workspace;
  StudyOptions study;
  std::string output, form{workflow::kStudyTemplate}, series, title, formats = "html";
  std::vector<std::string> units, countries;
  bool list = false, issue = false;
  std::int32_t top = 0;
  bool topic_quality = false;
};

Result<> list_templates(const Session& session, const workflow::Workspace& workspace) {
  const auto templates = TRY(workflow::report_templates(workspace.root()));
  JsonWriter json;
  json.begin_array();
  TextTable table({session.say("column.template"), session.say("column.version"), session.say("column.title"), session.say("column.about")}, {false, true, false, false});
  for (const workflow::ReportTemplate& form : templates) {
    workflow::write_report_template(json, form, session.language);
    table.add({form.id, std::to_string(form.version), form.title(session.language), form.about(session.language)});
  }
  session.print(session.json ? std::move(json.end_array()).text() : table.text(terminal_width()));
  return {};
}

Result<> make_issue(const Session& session, const Options& options, const workflow::StudyResult& result, workflow::ReportOptions report) {
  workflow::Workspace workspace = TRY(options.workspace.open(session, store::Access::write, "report"));
  report.top_count = options.top;
  const workflow::IssueRequest request{options.form, options.series, std::move(report), split_trimmed(options.formats, ",")};
  const store::IssueRow issue = TRY(workflow::make_issue(workspace, result, request, *session.progress));
  if (session.json) {
    JsonWriter json;
    workflow::write_issue(json, issue, false);
    session.print(std::move(json).text());
  } else {
    session.print(session.say("report.issue_made", issue.number, issue.series, issue.files));
  }
  return {};
}

}  // namespace

Action define_report(CLI::App& app) {
  auto options = std::make_shared<Options>();
  const Language language = environment_language();
  options->workspace.define(app);
  options->study.define(app);
  CLI::Option* list = app.add_flag("--list", options->list, message(language, "option.report_list"));
  CLI::Option* output = app.add_option("-o,--output", options->output, message(language, "option.report_output"))->excludes(list);
  app.add_option("--template", options->form, message(language, "option.report_template"));
  app.add_option("--on", options->units, message(language, "option.report_units"));
  app.add_option("--country", options->countries, message(language, "option.report_countries"));
  CLI::Option* issue = app.add_flag("--issue", options->issue, message(language, "option.report_issue"))->excludes(output);
  app.add_option("--series", options->series, message(language, "option.report_series"));
  app.add_option("--title", options->title, message(language, "option.report_title"));
  app.add_option("--formats", options->formats, message(language, "option.report_formats"))->needs(issue);
  app.add_option("--top", options->top, message(language, "option.top"))->check(CLI::Range(1, 1000));
  app.add_flag("--topic-quality", options->topic_quality, message(language, "option.report_topic_quality"));
  return [options](Session& session) -> Result<> {
    if (options->list) return list_templates(session, TRY(options->workspace.open(session, store::Access::read, "report")));
    if (options->output.empty() && !options->issue) return fail(ErrorKind::invalid_input, "say where the report goes: -o report.html (or .pdf, .docx, .pptx), or --issue to keep it as the next issue of its series");
    const workflow::StudyResult result = TRY(find_result(session, options->workspace, options->study, "report", true));
    workflow::ReportOptions report_options{session.language, options->top, std::nullopt, options->units, options->countries, options->title};
    if (options->issue) return make_issue(session, *options, result, std::move(report_options));
    const workflow::Workspace workspace = TRY(options->workspace.open(session, store::Access::read, "report"));
    if (options->topic_quality && !result.topics.empty()) {
      workflow::Workspace counts = TRY(options->workspace.open(session, store::Access::read, "report"));
      const std::optional<analysis::VectorTable> vectors = TRY(workflow::load_run_vectors(counts, result, *session.progress));
      report_options.topic_quality = TRY(workflow::check_topics(result, TRY(workflow::load_run_counts(counts, result)), vectors ? &*vectors : nullptr, *session.progress));
    }
    const workflow::ReportTemplate form = TRY(workflow::find_report_template(workspace.root(), options->form));
    if (report_options.top_count == 0) report_options.top_count = form.rows;
    const std::string series = options->series.empty() ? workflow::default_series(form, session.language) : options->series;
    const workflow::ReportMaterial material = TRY(workflow::gather_material(workspace, result, form, series, *session.progress));
    const products::Report report = TRY(workflow::build_report(result, material, report_options));
    TRY(workflow::write_report(report, session.language, options->output, *session.progress));
    session.note(session.say("report.written", options->output, report.evidence.size(), report.documents.size()));
    return {};
  };
}

}  // namespace jianwei::cli

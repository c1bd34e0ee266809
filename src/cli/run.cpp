#include <memory>

#include "cli/command_list.h"
#include "cli/workspace_options.h"
#include "workflow/report/sections.h"
#include "workflow/run/run.h"
#include "workflow/views/run.h"

namespace jianwei::cli {
namespace {

struct Options {
  WorkspaceOption workspace;
  StudyOptions study;
  bool fresh = false;
  std::string topic_method, topics;
};

// Sizes that were tried, with the chosen one marked.
void print_search(const Session& session, const analysis::TopicCountChoice& choice) {
  session.print(session.say("run.topic_search", thousands(choice.fitted_documents), thousands(choice.held_out_documents)));
  TextTable table({session.say("column.topics"), session.say("column.perplexity"), "NPMI", session.say("column.seed_agreement"), ""}, {true, true, true, true, false});
  for (const analysis::TopicCountTrial& trial : choice.trials) {
    const std::string mark = trial.topic_count == choice.topic_count ? session.say("run.topic_search_chosen") : trial.close ? session.say("run.topic_search_close") : "";
    table.add({std::to_string(trial.topic_count), fmt::format("{:.0f}", trial.perplexity), fmt::format("{:.3f}", trial.npmi), fmt::format("{:.2f}", trial.stability), mark});
  }
  session.print(table.text(terminal_width()));
}

}  // namespace

Action define_run(CLI::App& app) {
  auto options = std::make_shared<Options>();
  options->workspace.define(app);
  options->study.define(app);
  app.add_flag("--fresh", options->fresh, message(environment_language(), "option.fresh"));
  app.add_option("--topic-method", options->topic_method, message(environment_language(), "option.topic_method"))->check(CLI::IsMember({"lda", "embedded"}));
  app.add_option("--topics", options->topics, message(environment_language(), "option.topics"));
  return [options](Session& session) -> Result<> {
    workflow::Workspace workspace = TRY(options->workspace.open(session, store::Access::write, "run"));
    workflow::Study study = TRY(options->study.read(session, workspace));
    study.fresh_topics = options->fresh;
    if (!options->topic_method.empty()) study.topic_method = TRY(workflow::parse_topic_method(options->topic_method));
    if (!options->topics.empty()) study.topic_count = TRY(workflow::parse_topic_count(options->topics));
    const workflow::StudyResult result = TRY(workflow::run_study(workspace, study, workflow::Depth::full, *session.progress));
    if (session.json) {
      session.print(workflow::run_json(result));
      return {};
    }
    double seconds = 0;
    for (const workflow::StageTime& stage : result.stages) seconds += stage.seconds;
    session.print(session.say("run.done", result.run_id, thousands(result.dataset.document_count()), thousands(static_cast<std::int64_t>(result.terms.size())), result.topics.size(), seconds));
    if (result.topic_count_choice.topic_count > 0) print_search(session, result.topic_count_choice);
    const analysis::TopicIdentity& identity = result.topic_identity;
    if (identity.shared_documents > 0) {
      const double kept = static_cast<double>(identity.kept_documents) / static_cast<double>(identity.shared_documents);
      session.print(session.say("run.topics_kept", percent(kept), thousands(identity.shared_documents), options->workspace.path));
    }
    std::string leaders;
    for (const std::size_t u : workflow::top_emerging(result.term_results, 8)) leaders += (leaders.empty() ? "" : session.say("report.list_separator")) + result.terms[u].label;
    if (!leaders.empty()) session.print(session.say("run.leaders", leaders));
    session.print(session.say("run.next", options->workspace.path));
    return {};
  };
}

}  // namespace jianwei::cli

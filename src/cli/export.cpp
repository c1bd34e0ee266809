#include <memory>

#include "cli/command_list.h"
#include "cli/workspace_options.h"
#include "workflow/export/export.h"

namespace jianwei::cli {

Action define_export(CLI::App& app) {
  struct Options {
    WorkspaceOption workspace;
    StudyOptions study;
    std::string what, output, counting, similarity;
    workflow::NetworkRequest network;
  };
  auto options = std::make_shared<Options>();
  options->workspace.define(app);
  options->study.define(app);
  const Language language = environment_language();
  app.add_option("WHAT", options->what, message(language, "option.what"))->required()->check(CLI::IsMember(workflow::exportable()));
  app.add_option("-o,--output", options->output, message(language, "option.export_output"))->required();
  app.add_option("--counting", options->counting, message(language, "option.counting"))->check(CLI::IsMember({"full", "fractional"}));
  app.add_option("--similarity", options->similarity, message(language, "option.similarity"))->check(CLI::IsMember({"none", "association", "cosine"}));
  app.add_option("--nodes", options->network.node_count, message(language, "option.nodes"))->check(CLI::Range(0, 10'000'000));
  app.add_option("--min-count", options->network.min_count, message(language, "option.min_count"))->check(CLI::Range(1, 1'000'000));
  app.add_option("--neighbors", options->network.neighbors_per_node, message(language, "option.neighbors"))->check(CLI::Range(0, 1'000'000));
  return [options](Session& session) -> Result<> {
    std::optional<workflow::StudyResult> result;
    if (workflow::needs_run(options->what)) result = TRY(find_result(session, options->workspace, options->study, "export", true));
    workflow::Workspace workspace = TRY(options->workspace.open(session, store::Access::read, "export"));
    workflow::NetworkRequest network = options->network;
    network.thread_count = session.thread_count;
    if (!options->counting.empty()) network.counting = options->counting == "full" ? analysis::Counting::full : analysis::Counting::fractional;
    if (!options->similarity.empty()) {
      network.similarity = options->similarity == "none" ? analysis::Similarity::none : options->similarity == "cosine" ? analysis::Similarity::cosine : analysis::Similarity::association_strength;
    }
    TRY(workflow::export_file(workspace, result ? &*result : nullptr, options->what, network, options->output, *session.progress));
    session.note(session.say("export.done", options->what, options->output));
    return {};
  };
}

}  // namespace jianwei::cli

// select: key technologies out of a list, by criteria with weights; which choices hang on what.
#include <algorithm>
#include <memory>

#include "base/file.h"
#include "base/json_writer.h"
#include "cli/command_list.h"
#include "cli/workspace_options.h"
#include "workflow/expert_library/fields.h"
#include "workflow/expert_library/library.h"
#include "workflow/export/export.h"
#include "workflow/run/run.h"
#include "workflow/selection/selection.h"

namespace jianwei::cli {
namespace {

struct Options {
  WorkspaceOption workspace;
  std::string request, by, output;
  bool keep = false;
};

Result<> run_select(Session& session, const Options& options) {
  workflow::Workspace workspace = TRY(options.workspace.open(session, store::Access::read, "select"));
  const auto db = TRY(workflow::open_experts(workspace.root()));
  std::string result;
  if (options.request.empty()) {
    const std::string kept = TRY(workflow::selections_json(*db));
    if (session.json) {
      session.print(kept);
      return {};
    }
    TextTable table({session.say("column.id"), session.say("column.list"), session.say("column.title")}, {});
    for (const workflow::Fields& one : TRY(TRY(workflow::Fields::parse(kept, "selections")).objects("items"))) table.add({TRY(one.text("id")), TRY(one.text("list")), TRY(one.text("title"))});
    session.print(table.text(terminal_width()));
    return {};
  }
  if (options.request.starts_with("selection-")) {
    result = TRY(workflow::load_selection(*db, options.request));
  } else {
    const std::string request = TRY(read_file(options.request));
    workflow::Delphi delphi = TRY(workflow::open_delphi(workspace.root()));
    const auto run = workflow::load_latest_run(workspace);
    const workflow::SelectionSources sources{&delphi, run ? &*run : nullptr};
    if (options.keep) {
      const auto kept = TRY(workflow::Fields::parse(TRY(workflow::keep_selection(*db, sources, request, decider(options.by), session.thread_count, *session.progress)), "selection"));
      session.note(TRY(kept.text("id")));
      result = kept.raw("result", "{}");
    } else {
      result = TRY(workflow::select_technologies(*db, sources, request, session.thread_count, *session.progress));
    }
  }
  const products::Sheet sheet = TRY(workflow::selection_sheet(result));
  if (!options.output.empty()) {
    TRY(workflow::write_sheet(sheet, options.output));
  }
  if (session.json) {
    session.print(result);
    return {};
  }
  TextTable table({"#", session.say("column.id"), session.say("select.interval"), session.say("select.share"), session.say("select.flips"), session.say("column.name_zh"), session.say("column.name_en")}, {true, false, true, true});
  std::vector<workflow::Fields> items = TRY(TRY(workflow::Fields::parse(result, "selection")).objects("items"));
  std::sort(items.begin(), items.end(), [](const workflow::Fields& a, const workflow::Fields& b) { return a.integer("rank", 0).value_or(0) < b.integer("rank", 0).value_or(0); });
  for (const workflow::Fields& item : items) {
    table.add({std::to_string(TRY(item.integer("rank", 0))), (TRY(item.flag("selected", false)) ? "* " : "  ") + TRY(item.text("id")), fmt::format("{}-{}", TRY(item.integer("rank_low", 0)), TRY(item.integer("rank_high", 0))), percent(TRY(item.number("selected_share", 0))),
               TRY(item.flag("flips", false)) ? "!" : "", TRY(item.text("zh")), TRY(item.text("en"))});
  }
  session.print(table.text(terminal_width()));
  return {};
}

}  // namespace

Action define_select(CLI::App& app) {
  auto options = std::make_shared<Options>();
  const Language language = environment_language();
  options->workspace.define(app);
  app.add_option("REQUEST", options->request, message(language, "option.select_request"));
  app.add_flag("--keep", options->keep, message(language, "option.select_keep"));
  app.add_option("--by", options->by, message(language, "option.by"));
  app.add_option("-o,--output", options->output, message(language, "option.select_output"));
  return [options](Session& session) -> Result<> { return run_select(session, *options); };
}

}  // namespace jianwei::cli

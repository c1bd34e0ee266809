#include <algorithm>
#include <memory>

#include "cli/command_list.h"
#include "cli/workspace_options.h"
#include "workflow/report/show_unit.h"
#include "workflow/run/run.h"
#include "workflow/show.h"

namespace jianwei::cli {
namespace {

struct Options {
  WorkspaceOption workspace;
  std::string id, year;
  std::int32_t top = 20;
};

void print_unit(const Session& session, const workflow::StudyResult& result, const workflow::ShownUnit& shown, std::size_t top) {
  session.print(fmt::format("{}  {}{}", shown.id, shown.title, shown.explanation.empty() ? "" : "  [" + shown.explanation + "]"));
  for (const auto& [key, value] : shown.facts) session.print(fmt::format("  {}: {}", session.say(key), value));
  if (!shown.series.empty()) {
    std::string series;
    for (const auto& [year, count] : shown.series) {
      if (count > 0) series += fmt::format("{}{}:{:.0f}", series.empty() ? "" : "  ", year, count);
    }
    session.print("  " + series);
  }
  session.print("\n" + session.say("show.documents", thousands(static_cast<std::int64_t>(shown.documents.size()))));
  for (std::size_t i = 0; i < std::min(top, shown.documents.size()); ++i) {
    const auto d = static_cast<std::size_t>(shown.documents[i]);
    session.print(fmt::format("  {}  {}  {}", result.dataset.record_ids[d], result.dataset.year[d], result.titles[d]));
  }
  if (shown.documents.size() > top) session.note(session.say("show.more", shown.documents.size() - top));
}

}  // namespace

Action define_show(CLI::App& app) {
  auto options = std::make_shared<Options>();
  options->workspace.define(app);
  app.add_option("ID", options->id, message(environment_language(), "option.show_id"))->required();
  app.add_option("--year", options->year, message(environment_language(), "option.show_year"));
  app.add_option("--top", options->top, message(environment_language(), "option.top"))->check(CLI::Range(1, 1'000'000));
  return [options](Session& session) -> Result<> {
    workflow::Workspace workspace = TRY(options->workspace.open(session, store::Access::read, "show"));
    if (workflow::is_result_id(options->id)) {
      const workflow::StudyResult result = TRY(workflow::load_latest_run(workspace));
      const std::string id = options->year.empty() ? options->id : options->id + "." + options->year;
      workflow::ShownUnit shown = TRY(workflow::show_unit(result, id, session.language));
      TRY(workflow::add_term_evidence(workspace, result, shown));
      if (session.json) {
        session.print(workflow::to_json(result, shown));
      } else {
        print_unit(session, result, shown, static_cast<std::size_t>(options->top));
      }
      return {};
    }
    if (session.json) {
      session.print(TRY(workflow::show_json(workspace, options->id)));
      return {};
    }
    const Result<workflow::ShownRecord> record = workflow::show_record(workspace, options->id);
    if (record) {
      session.print(workflow::to_text(*record, to_string(session.language)));
      return {};
    }
    // Files, batches and snapshots have a JSON form only.
    const Result<std::string> other = workflow::show_json(workspace, options->id);
    if (!other) return tl::unexpected(record.error());
    session.print(*other);
    return {};
  };
}

}  // namespace jianwei::cli

#include <algorithm>
#include <memory>

#include "base/file.h"
#include "base/sentence.h"
#include "cli/command_list.h"
#include "cli/workspace_options.h"
#include "sources/open.h"
#include "sources/tables/mapping.h"
#include "workflow/import.h"

namespace jianwei::cli {
namespace {

struct Options {
  WorkspaceOption workspace;
  std::vector<std::string> paths;
  std::string format, map, html;
  bool dry_run = false;
  bool again = false;
  bool no_merge = false;
};

// Before tables and JSON of no known database are imported: what their columns are taken for, and the file that would change it.
Result<> show_suggestion(const Session& session, const std::string& path) {
  if (path == "-") return {};  // can be read once only
  const auto files = TRY(sources::list_files(path));
  for (const std::filesystem::path& file : files) {
    const Result<> opened = sources::open_source(file, {}, [&](sources::OpenedFile& source) -> Result<> {
      const sources::Sample sample{source.name, source.sample, source.complete};
      const sources::Format* format = sources::recognise_format(sample);
      if (format == nullptr || !sources::takes_mapping(format->name)) return {};
      const Result<sources::SuggestedMapping> suggested = format->name == "xlsx" ? sources::suggest_mapping_of_workbook(*source.stream, source.name) : sources::suggest_mapping_of_text(sample);
      if (!suggested) return {};
      session.print("\n" + session.say("import.suggestion", source.name));
      TextTable table({session.say("column.column"), session.say("column.field"), session.say("column.confidence"), session.say("column.samples")}, {false, false, true, false});
      for (const sources::ColumnSuggestion& column : suggested->columns) {
        std::string samples;
        for (const std::string& value : column.samples) samples += (samples.empty() ? "" : " | ") + value;
        const std::string separator = column.target.separator.empty() ? "" : fmt::format(" \"{}\"", column.target.separator);
        table.add({column.column, column.target.field.empty() ? "–" : column.target.field + separator, fmt::format("{:.2f}", column.confidence), samples});
      }
      session.print(table.text(terminal_width()));
      session.print(session.say("import.mapping_file") + "\n" + sources::format_mapping(suggested->mapping));
      return {};
    });
    if (!opened) session.note(say(session.language, opened.error().message));
  }
  return {};
}

// An import of which no file gave a single record has failed, though its report was made.
Result<> check_usable(const Session& session, const workflow::ImportReport& report) {
  const bool usable = report.files.empty() || std::any_of(report.files.begin(), report.files.end(), [](const workflow::FileReport& file) { return file.read > file.rejected; });
  if (usable) return {};
  return fail(ErrorKind::invalid_input, "{}", session.say("import.nothing_usable", report.files.size()));
}

}  // namespace

Action define_import(CLI::App& app) {
  auto options = std::make_shared<Options>();
  options->workspace.define(app);
  const Language language = environment_language();
  app.add_option("PATH", options->paths, message(language, "option.paths"))->required();
  app.add_option("--format", options->format, message(language, "option.format"));
  app.add_option("--map", options->map, message(language, "option.column_map"));
  app.add_flag("--dry-run", options->dry_run, message(language, "option.dry_run"));
  app.add_flag("--again", options->again, message(language, "option.again"));
  app.add_flag("--no-merge", options->no_merge, message(language, "option.no_merge"));
  app.add_option("--html", options->html, message(language, "option.html"));
  return [options](Session& session) -> Result<> {
    workflow::ImportOptions import_options;
    import_options.format = options->format;
    import_options.dry_run = options->dry_run;
    import_options.again = options->again;
    import_options.merge = !options->no_merge;
    import_options.thread_count = session.thread_count;
    if (!options->map.empty()) import_options.mapping = TRY(sources::parse_mapping(TRY(read_file(options->map)), options->map));
    workflow::Workspace workspace = TRY(options->workspace.open(session, options->dry_run ? store::Access::read : store::Access::write, "import"));
    const workflow::ImportReport report = TRY(workflow::import_files(workspace, options->paths, import_options, *session.progress));
    if (!options->html.empty()) TRY(write_file_atomically(options->html, workflow::to_html(report, to_string(session.language))));
    if (session.json) {
      session.print(workflow::to_json(report));
      session.json = false;  // the report is the one document; an error after it goes to standard error alone
      return check_usable(session, report);
    }
    session.print(workflow::to_text(report, to_string(session.language)));
    if (options->dry_run) {
      for (const std::string& path : options->paths) TRY(show_suggestion(session, path));
    }
    return check_usable(session, report);
  };
}

}  // namespace jianwei::cli

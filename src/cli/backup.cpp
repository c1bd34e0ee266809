// jianwei backup WS -o FILE and jianwei restore FILE WS.
#include <memory>

#include "base/json_writer.h"
#include "cli/command_list.h"
#include "workflow/backup/backup.h"

namespace jianwei::cli {
namespace {

struct Options {
  std::string workspace, file;
};

void print(const Session& session, std::string_view key, const Options& options, const store::BackupManifest& manifest) {
  if (session.json) {
    session.print(JsonWriter().begin_object().field("workspace", options.workspace).field("file", options.file).field("files", manifest.files.size()).field("bytes", manifest.bytes()).field("created_at", manifest.created_at).end_object().text());
  } else {
    session.print(session.say(key, options.workspace, options.file, thousands(static_cast<std::int64_t>(manifest.files.size())), thousands(manifest.bytes())));
  }
}

}  // namespace

Action define_backup(CLI::App& app) {
  auto options = std::make_shared<Options>();
  const Language language = environment_language();
  app.add_option("WS", options->workspace, message(language, "option.workspace"))->required();
  app.add_option("-o,--output", options->file, message(language, "option.backup_output"))->required();
  return [options](Session& session) -> Result<> {
    print(session, "backup.done", *options, TRY(workflow::backup_workspace(options->workspace, options->file, *session.progress)));
    return {};
  };
}

Action define_restore(CLI::App& app) {
  auto options = std::make_shared<Options>();
  const Language language = environment_language();
  app.add_option("FILE", options->file, message(language, "option.backup_file"))->required();
  app.add_option("WS", options->workspace, message(language, "option.restore_to"))->required();
  return [options](Session& session) -> Result<> {
    print(session, "restore.done", *options, TRY(workflow::restore_workspace(options->file, options->workspace, *session.progress)));
    return {};
  };
}

}  // namespace jianwei::cli

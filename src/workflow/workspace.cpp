#include "workflow/workspace.h"

#include "base/toml.h"
#include "base/file.h"
#include "base/json_writer.h"
#include "workflow/expert_library/typed_words.h"

namespace jianwei::workflow {
namespace {

constexpr std::int64_t kWorkspaceFormat = 1;

std::string toml_string(std::string_view text) {  // a JSON string is a TOML basic string
  JsonWriter json;
  json.value(text);
  return std::move(json).text();
}

Result<WorkspaceSettings> read_settings(const std::filesystem::path& path) {
  const Result<std::string> text = read_file(path);
  if (!text && text.error().kind == ErrorKind::not_found) return WorkspaceSettings{};
  if (!text) return tl::unexpected<Error>(text.error());
  try {
    const toml::table table = toml::parse(*text, path.string());
    if (table["format"].value_or(kWorkspaceFormat) > kWorkspaceFormat) {
      return fail(ErrorKind::conflict, "{}: written by a newer jianwei", path.string());
    }
    return WorkspaceSettings{table["name"].value_or(std::string()), table["language"].value_or(std::string("zh"))};
  } catch (const toml::parse_error& error) {
    return fail(ErrorKind::invalid_input, "{}:{}: not TOML: {}", path.string(), error.source().begin.line, error.description());
  } catch (const std::invalid_argument& error) {
    return fail(ErrorKind::invalid_input, "{}: {}", path.string(), error.what());
  }
}

}  // namespace

Result<> init_workspace(const std::filesystem::path& root, const WorkspaceSettings& settings) {
  std::error_code error;
  if (std::filesystem::exists(root / "app.db", error)) {
    return fail(ErrorKind::conflict, "{} is a workspace already; import into it with: jianwei import {} PATH", root.string(), root.string());
  }
  TRY(check_line("name", settings.name, kTitleCharacters));
  std::filesystem::create_directories(root, error);
  if (error) return fail(ErrorKind::unavailable, "{}: cannot be made: {}", root.string(), error.message());
  TRY(write_file_atomically(root / "jianwei.toml",
                            fmt::format("# Settings of this workspace.\nformat = {}\nname = {}\nlanguage = {}  # of reports\n",
                                        kWorkspaceFormat, toml_string(settings.name), toml_string(settings.language))));
  return store::Lake::create(root);
}

Result<Workspace> open_workspace(const std::filesystem::path& root, const store::LakeOptions& options) {
  store::Lake lake = TRY(store::Lake::open(root, options));
  WorkspaceSettings settings = TRY(read_settings(root / "jianwei.toml"));
  if (settings.name.empty()) settings.name = std::filesystem::weakly_canonical(root).filename().string();
  return Workspace{std::move(settings), std::move(lake)};
}

}  // namespace jianwei::workflow

#include "workflow/workspace.h"

#include "base/toml.h"
#include "base/file.h"
#include "base/json_writer.h"

namespace jianwei::workflow {
namespace {

constexpr std::int64_t kWorkspaceFormat = 1;

std::string toml_string(std::string_view text) {  // a JSON string is a TOML basic string
  JsonWriter json;
  json.value(text);
  return std::move(json).text();
}

bool is_this_machine(std::string_view url) {
  for (const std::string_view host : {"http://127.", "http://localhost:", "http://localhost/", "http://[::1]"}) {
    if (url.starts_with(host)) return true;
  }
  return false;
}

Result<EncoderSettings> read_encoder(const toml::table& table, const std::string& path) {
  EncoderSettings encoder;
  for (const auto& [key, value] : table) {
    const std::string_view name = key.str();
    const auto line = value.source().begin.line;
    const auto text = [&](std::string& into) -> Result<> {
      const auto given = value.value<std::string>();
      if (!given || given->empty()) return fail(ErrorKind::invalid_input, "{}:{}: \"{}\" of [encoder] must be a text", path, line, name);
      into = *given;
      return {};
    };
    const auto number = [&](std::int64_t low, std::int64_t high, std::int64_t& into) -> Result<> {
      const auto given = value.value_exact<std::int64_t>();
      if (!given || *given < low || *given > high) return fail(ErrorKind::invalid_input, "{}:{}: \"{}\" of [encoder] must be a whole number from {} to {}", path, line, name, low, high);
      into = *given;
      return {};
    };
    if (name == "url") TRY(text(encoder.url));
    else if (name == "model") TRY(text(encoder.model));
    else if (name == "key_variable") TRY(text(encoder.key_variable));
    else if (name == "batch") TRY(number(1, 2048, encoder.batch));
    else if (name == "max_bytes") TRY(number(16, 20'000, encoder.max_bytes));
    else if (name == "timeout_seconds") TRY(number(1, 3600, encoder.timeout_seconds));
    else if (name == "tries") TRY(number(1, 20, encoder.tries));
    else return fail(ErrorKind::invalid_input, "{}:{}: [encoder] has no key \"{}\": url, model, key_variable, batch, max_bytes, timeout_seconds, tries", path, line, name);
  }
  const auto line = table.source().begin.line;
  if (encoder.url.empty() || encoder.model.empty()) return fail(ErrorKind::invalid_input, "{}:{}: [encoder] needs a url and a model; take it out to work without an encoder", path, line);
  if (!encoder.url.starts_with("http://") && !encoder.url.starts_with("https://")) return fail(ErrorKind::invalid_input, "{}:{}: the url of [encoder] is \"{}\", expected http:// or https://", path, line, encoder.url);
  if (!encoder.key_variable.empty() && encoder.url.starts_with("http://") && !is_this_machine(encoder.url)) {
    return fail(ErrorKind::invalid_input, "{}:{}: a key is not sent over plain http to another machine: give [encoder] an https url", path, line);
  }
  return encoder;
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
    WorkspaceSettings settings{table["name"].value_or(std::string()), table["language"].value_or(std::string("zh")), {}};
    if (const toml::table* encoder = table["encoder"].as_table()) settings.encoder = TRY(read_encoder(*encoder, path.string()));
    return settings;
  } catch (const toml::parse_error& error) {
    return fail(ErrorKind::invalid_input, "{}:{}: {}", path.string(), error.source().begin.line, error.description());
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

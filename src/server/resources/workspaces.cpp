// GET, POST /workspaces: those the server shows; new ones in the folder that server.toml names.
#include <algorithm>
#include <filesystem>

#include "base/strings.h"
#include "server/ledger_start.h"
#include "server/http/json_body.h"
#include "server/resources/result_routes.h"
#include "server/workspace_summary.h"
#include "workflow/expert_library/typed_words.h"

namespace jianwei::server {
namespace {

constexpr std::size_t kMaxIdBytes = 63;

// It becomes a folder and a part of addresses. Errors: invalid_input
Result<> check_id(std::string_view id) {
  const auto plain = [](char c) { return (c >= 'a' && c <= 'z') || is_digit(c); };
  const bool good = !id.empty() && id.size() <= kMaxIdBytes && plain(id.front()) && std::all_of(id.begin(), id.end(), [&](char c) { return plain(c) || c == '-' || c == '_'; });
  if (!good) return fail(ErrorKind::invalid_input, "id: \"{}\" must be 1 to {} of a-z, 0-9, \"-\" and \"_\", a letter or digit first: it names a folder; the name for people is \"name\"", id, kMaxIdBytes);
  return {};
}

Result<Response> answer_summary(Services& services, const std::string& id, int status) {
  JsonWriter json;
  TRY(write_workspace_summary(json, services, id));
  return json_response(json.text(), status);
}

Result<Response> list_workspaces(const Views& views, const Request& request) {
  Services& services = *views.services;
  const Page page = TRY(read_page(request));
  const std::vector<std::string> ids = services.workspaces.ids();
  Result<> written;
  std::string body = write_page(page, std::ssize(ids), [&](JsonWriter& json, std::int64_t i) {
    if (written) written = write_workspace_summary(json, services, ids[static_cast<std::size_t>(i)]);
  }, [&](JsonWriter& json) { json.field("can_create", !services.sign_on.workspaces.empty()); });
  TRY(std::move(written));
  return json_response(std::move(body));
}

Result<Response> make_workspace(const Views& views, const Request& request) {
  Services& services = *views.services;
  const JsonBody body = TRY(JsonBody::parse(request));
  TRY(body.only({"id", "name", "language"}));
  const std::string id = TRY(body.text("id"));
  TRY(check_id(id));
  const std::string name(trim(TRY(body.text_or("name", ""))));
  TRY(workflow::check_line("name", name, workflow::kTitleCharacters));
  const std::string language = TRY(body.text_or("language", to_string(request.language)));
  if (language != "zh" && language != "en") return fail(ErrorKind::invalid_input, "language: \"{}\" is neither zh nor en", language);
  const std::filesystem::path& parent = services.sign_on.workspaces;
  if (parent.empty()) return fail(ErrorKind::forbidden, "new workspaces are off: write [workspaces] with folder = \"/srv/jianwei\" into server.toml of the server's state (docs/operations.md), or make one with `jianwei init`");
  const std::vector<std::string> known = services.workspaces.ids();
  const std::filesystem::path folder = parent / id;
  std::error_code error;
  // An id is no path, so the folder lies in `parent`; whatever is there already, a link too, is left alone.
  if (std::find(known.begin(), known.end(), id) != known.end() || std::filesystem::symlink_status(folder, error).type() != std::filesystem::file_type::not_found) {
    return fail(ErrorKind::conflict, "id: there is a workspace or folder \"{}\" already; choose another", id);
  }
  TRY(workflow::init_workspace(folder, {name, language}));
  TRY(place_ledger(folder, services.sign_on.database));
  TRY(services.workspaces.add(folder));
  return answer_summary(services, id, 201);
}

}  // namespace

void add_workspace_routes(Router& router, const Views& views) {
  router.get("/api/v1/workspaces", kReaders, [views](const Request& request) { return list_workspaces(views, request); });
  router.post("/api/v1/workspaces", kKeepers, [views](const Request& request) { return make_workspace(views, request); }, {.idempotent = true});
}

Result<> write_workspace_summary(JsonWriter& json, Services& services, const std::string& id) {
  const workflow::Workspace workspace = TRY(services.workspaces.open_to_read(id));
  const auto snapshot = workspace.lake.latest_snapshot();
  json.begin_object().field("id", id).field("name", workspace.settings.name).field("language", workspace.settings.language).field("records", snapshot ? snapshot->record_count : 0);
  json.key("last_run");
  for (const store::RunRow& run : TRY(workspace.lake.app().runs())) {
    if (run.status != "finished") continue;
    json.begin_object().field("id", std::to_string(run.id)).field("finished_at", run.finished_at).end_object().end_object();
    return {};
  }
  json.null().end_object();
  return {};
}

}  // namespace jianwei::server

#include "server/resources/saved.h"

#include <algorithm>

#include "base/strings.h"
#include "server/access/secrets.h"
#include "store/app_db.h"
#include "workflow/expert_library/typed_words.h"

namespace jianwei::server {
namespace {

constexpr std::int64_t kMostSaved = 200;  // of a kind, user and workspace

Result<std::string> read_name(const JsonBody& body) {
  std::string name(trim(TRY(body.text("name"))));
  TRY(workflow::check_line("name", name, workflow::kTitleCharacters));
  if (name.empty()) return fail(ErrorKind::invalid_input, "name: is empty");
  return name;
}

}  // namespace

Result<store::SavedDb> open_saved(const Views& views, const Request& request) { return store::SavedDb::open(TRY(views.services->workspaces.folder(request.parameter("ws"))) / "saved.db"); }

store::SavedOwner saved_owner(const Request& request, std::string_view kind) { return {request.caller.user_id, std::string(kind)}; }

Result<store::SavedRow> read_saved(const Request& request, const JsonBody& body, std::string_view kind) {
  store::SavedRow row;
  row.id = std::string(kind) + "-" + random_hex(12);
  row.user_id = request.caller.user_id;
  row.kind = std::string(kind);
  row.name = TRY(read_name(body));
  row.origin = TRY(body.text_or("origin", ""));
  TRY(workflow::check_line("origin", row.origin, workflow::kTitleCharacters));
  row.created_at = row.changed_at = store::utc_now();
  return row;
}

Result<std::string> read_saved_query(const JsonBody& body, std::string_view name) {
  std::string query = TRY(body.text_or(name, ""));
  if (query.starts_with('?')) query.erase(0, 1);
  if (query.size() > kMaxQueryBytes) return fail(ErrorKind::invalid_input, "{}: has {} bytes, at most {} are kept", name, query.size(), kMaxQueryBytes);
  if (std::any_of(query.begin(), query.end(), [](char c) { return static_cast<unsigned char>(c) <= 0x20; })) return fail(ErrorKind::invalid_input, "{}: is not the query of a URL (blanks are written %20)", name);
  return query;
}

Result<> keep_saved(const Views& views, const Request& request, const store::SavedRow& row) { return TRY(open_saved(views, request)).add(row, kMostSaved); }

void add_saved_changes(Router& router, const Views& views, const std::string& path, std::string kind, WriteSaved write) {
  const std::string one = "/api/v1/w/{ws}/" + path + "/{id}";
  router.patch(one, kReaders, [views, kind, write](const Request& request) -> Result<Response> {
    const store::SavedOwner owner = saved_owner(request, kind);
    const std::string name = TRY(read_name(TRY(JsonBody::parse(request))));
    store::SavedDb database = TRY(open_saved(views, request));
    TRY(database.one(owner, request.parameter("id")));
    TRY(database.rename(owner, request.parameter("id"), name, store::utc_now()));
    return json_response(write(request, TRY(database.one(owner, request.parameter("id")))));
  });
  router.remove(one, kReaders, [views, kind](const Request& request) -> Result<Response> {
    const store::SavedOwner owner = saved_owner(request, kind);
    store::SavedDb database = TRY(open_saved(views, request));
    TRY(database.one(owner, request.parameter("id")));
    TRY(database.remove(owner, request.parameter("id")));
    return empty_response();
  });
}

}  // namespace jianwei::server

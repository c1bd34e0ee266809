// /w/{ws}/views: pages with their filters and order, kept by each user under a name.
#include "server/resources/saved.h"

namespace jianwei::server {
namespace {

void write_view(JsonWriter& json, const store::SavedRow& row) {
  json.begin_object().field("id", row.id).field("name", row.name).field("page", row.origin).field("query", row.query).field("created_at", row.created_at).field("changed_at", row.changed_at).end_object();
}

std::string view_json(const store::SavedRow& row) {
  JsonWriter json;
  write_view(json, row);
  return json.text();
}

Result<Response> list_views(const Views& views, const Request& request) {
  const Page page = TRY(read_page(request));
  const std::vector<store::SavedRow> rows = TRY(TRY(open_saved(views, request)).list(saved_owner(request, "view")));
  return json_response(write_page(page, std::ssize(rows), [&](JsonWriter& json, std::int64_t i) { write_view(json, rows[static_cast<std::size_t>(i)]); }));
}

// The page is a path within the application, so that a kept view can lead nowhere else.
Result<Response> keep_view(const Views& views, const Request& request) {
  const JsonBody body = TRY(JsonBody::parse(request));
  TRY(body.only({"name", "page", "query"}));
  store::SavedRow row = TRY(read_saved(request, body, "view"));
  row.origin = TRY(body.text("page"));
  const bool path = row.origin.size() <= 500 && row.origin.starts_with('/') && !row.origin.starts_with("//") && row.origin.find_first_of("\\?#\"<> \t\r\n") == std::string::npos;
  if (!path) return fail(ErrorKind::invalid_input, "page: must be a path of this application, such as /w/demo/map");
  row.query = TRY(read_saved_query(body, "query"));
  TRY(keep_saved(views, request, row));
  return json_response(view_json(row), 201);
}

}  // namespace

void add_saved_view_routes(Router& router, const Views& views) {
  router.get("/api/v1/w/{ws}/views", kReaders, [views](const Request& request) { return list_views(views, request); });
  router.post("/api/v1/w/{ws}/views", kReaders, [views](const Request& request) { return keep_view(views, request); }, {.idempotent = true});
  add_saved_changes(router, views, "views", "view", [](const Request&, const store::SavedRow& row) { return view_json(row); });
}

}  // namespace jianwei::server

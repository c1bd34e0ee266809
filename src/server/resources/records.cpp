// GET /w/{ws}/records, /records/{id}: what is behind every number, and one record with every source's version.
#include "base/strings.h"
#include "server/resources/document_routes.h"
#include "workflow/show.h"

namespace jianwei::server {

Result<workflow::DocumentSelection> read_selection(const Request& request, const workflow::ResultIndex& index) {
  workflow::DocumentSelection selection;
  for (const std::string& id : split_trimmed(request.query_or("topic", ""), ",")) selection.topics.push_back(TRY(index.topic(id)));
  for (const std::string& id : split_trimmed(request.query_or("term", ""), ",")) selection.terms.push_back(TRY(index.term(id)));
  for (const workflow::Group group : workflow::kGroups) {
    for (const auto& [name, value] : request.query) {  // a name may hold a comma: each stands in a parameter of its own
      if (name != to_string(group)) continue;
      const auto found = index.find_name(group, value);
      if (!found) return fail(ErrorKind::invalid_input, "query parameter {}: no record of the newest run has \"{}\"", name, value);
      selection.groups.emplace_back(group, *found);
    }
  }
  const Years years = TRY(query_years(request));
  selection.from = years.from;
  selection.until = years.to;
  return selection;
}

Result<Response> documents_response(const Request& request, const workflow::ResultIndex& index, const workflow::DocumentSelection& selection) {
  const Page page = TRY(read_page(request));
  const bool facets = TRY(query_flag(request, "facets"));
  const std::vector<std::int32_t> documents = workflow::select_documents(index, selection);
  const std::string base = workspace_base(request);
  const std::optional<std::size_t> topic = selection.topics.empty() ? std::nullopt : std::optional(selection.topics.front());
  return json_response(write_page(
      page, std::ssize(documents), [&](JsonWriter& json, std::int64_t i) { workflow::write_document(json, index, documents[static_cast<std::size_t>(i)], topic, base); },
      [&](JsonWriter& json) {
        json.field("run", index.result().run_id).field("snapshot", index.result().snapshot_id);
        if (facets) workflow::write_facets(json, index, documents);
      }));
}

void add_record_routes(Router& router, const Views& views) {
  get_result(router, views, "/records", [](const Request& request, const workflow::ResultIndex& index) -> Result<Response> {
    return documents_response(request, index, TRY(read_selection(request, index)));
  });
  router.get("/api/v1/w/{ws}/records/{id}", kReaders, [views](const Request& request) -> Result<Response> {
    const std::string_view id = request.parameter("ws");
    return if_changed(request, TRY(views.services->workspaces.version(id)), [&]() -> Result<Response> {
      const workflow::Workspace workspace = TRY(views.services->workspaces.open_to_read(id));
      workflow::ShownRecord shown = TRY(workflow::show_record(workspace, request.parameter("id")));
      for (workflow::ShownVersion& version : shown.versions) version.file = workflow::path_in_source(version.file);
      return json_response(workflow::to_json(shown));
    });
  });
}

}  // namespace jianwei::server

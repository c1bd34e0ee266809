// GET /w/{ws}/knowledge: the graph around one entity.
#include <algorithm>

#include "server/resources/result_routes.h"
#include "workflow/views/knowledge.h"

namespace jianwei::server {
namespace {

constexpr std::string_view kRelations[] = {"uses", "improves", "applied_to", "kind_of", "co_occurs", "works_on", "affiliated", "located_in", "cites", "published_in", "about"};

Result<Response> around_entity(const Views& views, const Request& request) {
  workflow::KnowledgeRequest asked;
  asked.entity = request.query_or("entity", "");
  if (asked.entity.empty()) return fail(ErrorKind::invalid_input, "query parameter entity: give the id or the name where to start");
  asked.relation = request.query_or("relation", "");
  if (!asked.relation.empty() && std::find(std::begin(kRelations), std::end(kRelations), asked.relation) == std::end(kRelations)) {
    return fail(ErrorKind::invalid_input, "query parameter relation: there is no relation \"{}\"", asked.relation);
  }
  asked.limit = static_cast<std::size_t>(TRY(request.query_integer("limit", 25, 1, 200)));
  asked.depth = static_cast<int>(TRY(request.query_integer("depth", 1, 1, 2)));
  const std::shared_ptr<const workflow::KnowledgeIndex> index = TRY(views.cache->knowledge(request.parameter("ws")));
  return json_response(TRY(workflow::knowledge_json(*index, asked, workspace_base(request))));
}

}  // namespace

void add_knowledge_routes(Router& router, const Views& views) {
  router.get("/api/v1/w/{ws}/knowledge", kReaders, [views](const Request& request) -> Result<Response> {
    return if_changed(request, TRY(views.services->workspaces.version(request.parameter("ws"))), [&] { return around_entity(views, request); });
  });
}

}  // namespace jianwei::server

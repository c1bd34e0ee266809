// GET /w/{ws}/topics and what belongs to one of them.
#include "server/resources/document_routes.h"
#include "workflow/run/topic_lineage.h"
#include "workflow/views/topic_page.h"
#include "workflow/views/topics.h"
#include "workflow/views/unit_series.h"

namespace jianwei::server {
namespace {

using workflow::ResultIndex;

// A route of one topic: `answer` takes (request, index, topic).
template <class Answer>
void get_topic(Router& router, const Views& views, std::string_view path, Answer answer) {
  get_result(router, views, "/topics/{id}" + std::string(path), [answer](const Request& request, const ResultIndex& index) -> Result<Response> {
    return answer(request, index, TRY(index.topic(request.parameter("id"))));
  });
}

Result<Response> topic_history(const Views& views, const Request& request, const ResultIndex& index) {
  const workflow::Workspace workspace = TRY(views.services->workspaces.open_to_read(request.parameter("ws")));
  const std::vector<store::TopicGenerationRow> generations = TRY(workflow::topic_history(workspace, index.result().study));
  // A topic that is gone still has its history.
  const std::int64_t number = TRY(workflow::parse_topic_number(request.parameter("id"), generations));
  const Page page = TRY(read_page(request));
  return json_response(write_page(page, std::ssize(generations), [&](JsonWriter& json, std::int64_t i) { workflow::write_generation(json, generations[static_cast<std::size_t>(i)], number); }));
}

}  // namespace

void add_topic_routes(Router& router, const Views& views) {
  get_result(router, views, "/topics", [](const Request& request, const ResultIndex& index) -> Result<Response> {
    const Page page = TRY(read_page(request));
    const std::string base = workspace_base(request);
    return json_response(write_page(
        page, std::ssize(index.result().topics), [&](JsonWriter& json, std::int64_t i) { workflow::write_topic(json, index.result(), static_cast<std::size_t>(i), base); },
        [&](JsonWriter& json) { json.field("run", index.result().run_id).field("snapshot", index.result().snapshot_id); }));
  });
  get_topic(router, views, "", [](const Request& request, const ResultIndex& index, std::size_t topic) -> Result<Response> {
    return json_response(workflow::topic_json(index, topic, request.language, workspace_base(request)));
  });
  get_topic(router, views, "/documents", [](const Request& request, const ResultIndex& index, std::size_t topic) -> Result<Response> {
    workflow::DocumentSelection selection = TRY(read_selection(request, index));
    selection.topics.insert(selection.topics.begin(), topic);
    return documents_response(request, index, selection);
  });
  get_topic(router, views, "/terms", [](const Request& request, const ResultIndex& index, std::size_t topic) -> Result<Response> {
    const std::int64_t limit = TRY(request.query_integer("limit", 50, 1, 500));
    return json_response(workflow::topic_terms_json(index, topic, static_cast<std::size_t>(limit), workspace_base(request)));
  });
  get_topic(router, views, "/series", [](const Request& request, const ResultIndex& index, std::size_t topic) -> Result<Response> {
    return json_response(workflow::unit_series_json(index, workflow::Unit::topic, topic, request.language, workspace_base(request)));
  });
  get_topic(router, views, "/actors", [](const Request& request, const ResultIndex& index, std::size_t topic) -> Result<Response> {
    const std::int64_t limit = TRY(request.query_integer("limit", 20, 1, 500));
    return json_response(workflow::actors_json(index, workflow::Unit::topic, topic, static_cast<std::size_t>(limit), workspace_base(request)));
  });
  get_topic(router, views, "/neighbours", [](const Request& request, const ResultIndex& index, std::size_t topic) -> Result<Response> {
    const std::int64_t limit = TRY(request.query_integer("limit", 10, 1, 50));
    const std::int64_t depth = TRY(request.query_integer("depth", 1, 1, 2));
    return json_response(workflow::neighbours_json(index, topic, static_cast<std::size_t>(limit), static_cast<int>(depth), request.language, workspace_base(request)));
  });
  get_result(router, views, "/topics/{id}/history", [views](const Request& request, const ResultIndex& index) { return topic_history(views, request, index); });
}

}  // namespace jianwei::server

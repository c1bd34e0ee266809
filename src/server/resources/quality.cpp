// GET /w/{ws}/quality and the records of one issue.
#include "server/resources/result_routes.h"

namespace jianwei::server {
namespace {

Result<Response> issue_page(const Views& views, const Request& request) {
  const Page page = TRY(read_page(request));
  const std::shared_ptr<const workflow::DataProfile> profile = TRY(views.cache->profile(request.parameter("ws")));
  const workflow::Workspace workspace = TRY(views.services->workspaces.open_to_read(request.parameter("ws")));
  const std::string base = workspace_base(request);
  const std::vector<workflow::IssueRecord> records = TRY(workflow::issue_records(workspace, *profile, request.parameter("issue"), page.offset, page.limit));
  return json_response(write_page(page, workflow::issue_count(*profile, request.parameter("issue")), [&](JsonWriter& json, std::int64_t i) {
    const workflow::IssueRecord& record = records[static_cast<std::size_t>(i - page.offset)];
    json.begin_object().field("id", record.id).field("title", record.title).field("year", record.year).field("href", base + "/records/" + record.id).end_object();
  }));
}

}  // namespace

void add_quality_routes(Router& router, const Views& views) {
  router.get("/api/v1/w/{ws}/quality", kReaders, [views](const Request& request) -> Result<Response> {
    const std::string_view id = request.parameter("ws");
    return if_changed(request, TRY(views.services->workspaces.version(id)), [&]() -> Result<Response> {
      return json_response(workflow::quality_json(*TRY(views.cache->profile(id)), workspace_base(request)));
    });
  });
  router.get("/api/v1/w/{ws}/quality/issues/{issue}", kReaders, [views](const Request& request) -> Result<Response> {
    return if_changed(request, TRY(views.services->workspaces.version(request.parameter("ws"))), [&] { return issue_page(views, request); });
  });
}

}  // namespace jianwei::server

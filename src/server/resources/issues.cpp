// GET /w/{ws}/report-templates, GET /w/{ws}/issues, /issues/{id}, /issues/{id}/difference.
#include "server/resources/result_routes.h"
#include "workflow/routine/issues.h"
#include "workflow/views/routine.h"

namespace jianwei::server {
namespace {

Result<Response> list_templates(const Views& views, const Request& request) {
  const Page page = TRY(read_page(request));
  const auto forms = TRY(workflow::report_templates(TRY(views.services->workspaces.folder(request.parameter("ws")))));
  return json_response(write_page(page, std::ssize(forms), [&](JsonWriter& json, std::int64_t i) { workflow::write_report_template(json, forms[static_cast<std::size_t>(i)], request.language); }));
}

// The newest first.
Result<Response> list_issues(const Views& views, const Request& request) {
  const Page page = TRY(read_page(request));
  const workflow::Workspace workspace = TRY(views.services->workspaces.open_to_read(request.parameter("ws")));
  std::vector<store::IssueRow> issues = TRY(workflow::list_issues(workspace, request.query_or("series", "")));
  std::stable_sort(issues.begin(), issues.end(), [](const store::IssueRow& a, const store::IssueRow& b) { return a.created_at > b.created_at; });
  return json_response(write_page(page, std::ssize(issues), [&](JsonWriter& json, std::int64_t i) { workflow::write_issue(json, issues[static_cast<std::size_t>(i)], false); }));
}

Result<Response> show_issue(const Views& views, const Request& request) {
  const workflow::Workspace workspace = TRY(views.services->workspaces.open_to_read(request.parameter("ws")));
  JsonWriter json;
  workflow::write_issue(json, TRY(workflow::find_issue(workspace, request.parameter("id"))), true);
  return json_response(json.text());
}

Result<Response> show_difference(const Views& views, const Request& request) {
  const std::int64_t top = TRY(request.query_integer("top", 25, 1, 1000));
  const workflow::Workspace workspace = TRY(views.services->workspaces.open_to_read(request.parameter("ws")));
  const store::IssueRow issue = TRY(workflow::find_issue(workspace, request.parameter("id")));
  return json_response(TRY(workflow::issue_difference_json(workspace, issue.series, issue.number, static_cast<std::int32_t>(top))));
}

}  // namespace

void add_issue_routes(Router& router, const Views& views) {
  const std::string base = "/api/v1/w/{ws}";
  const auto bind = [views](auto handler) { return [views, handler](const Request& request) { return handler(views, request); }; };
  router.get(base + "/report-templates", kReaders, bind(list_templates));
  router.get(base + "/issues", kReaders, bind(list_issues));
  router.get(base + "/issues/{id}", kReaders, bind(show_issue));
  router.get(base + "/issues/{id}/difference", kReaders, bind(show_difference));
}

}  // namespace jianwei::server

// POST /w/{ws}/imports/preview: what an uploaded file would give.
#include "server/resources/imports.h"

#include "server/hidden_folders.h"
#include "server/http/json_body.h"
#include "server/jobs/uploads.h"
#include "server/resources/result_routes.h"
#include "workflow/views/import_preview.h"

namespace jianwei::server {
namespace {

Result<Response> preview(const Views& views, const Request& request) {
  const std::string_view id = request.parameter("ws");
  const JsonBody body = TRY(JsonBody::parse(request));
  TRY(body.only({"upload", "format", "mapping"}));
  workflow::PreviewOptions options;
  options.format = TRY(body.text_or("format", ""));
  const std::string mapping = TRY(body.text_or("mapping", ""));
  if (!mapping.empty()) options.mapping = TRY(sources::parse_mapping(mapping, "mapping"));
  const std::filesystem::path file = TRY(uploaded_file(*views.services, id, TRY(body.text("upload"))));
  workflow::Workspace workspace = TRY(views.services->workspaces.open_to_read(id));
  Progress progress;
  return json_response(hide_folders(*views.services, workflow::preview_json(TRY(workflow::preview_import(workspace, file, options, progress)))));
}

}  // namespace

void add_import_routes(Router& router, const Views& views) {
  router.post("/api/v1/w/{ws}/imports/preview", kAnalysts, [views](const Request& request) { return preview(views, request); }, {.audited = false});
}

}  // namespace jianwei::server

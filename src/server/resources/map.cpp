// GET /w/{ws}/map, /map/points, /map/documents: the map of documents.
#include "base/strings.h"
#include "server/resources/result_routes.h"
#include "workflow/views/map.h"

namespace jianwei::server {

using workflow::ResultIndex;

void add_map_routes(Router& router, const Views& views) {
  get_result(router, views, "/map", [](const Request& request, const ResultIndex& index) -> Result<Response> {
    return json_response(TRY(workflow::map_json(index, request.language, workspace_base(request))));
  });
  get_kept_result(router, views, "/map/points", "application/octet-stream", [](const Request&, const ResultIndex& index) { return workflow::map_points(index); });
  get_result(router, views, "/map/documents", [](const Request& request, const ResultIndex& index) -> Result<Response> {
    constexpr std::size_t kMost = 500;
    std::vector<std::int64_t> places;
    for (const std::string& text : split_trimmed(request.query_or("indices", ""), ",")) {
      const auto place = parse_int(text);
      if (!place || *place < 0 || *place >= std::ssize(index.result().map.x)) return fail(ErrorKind::invalid_input, "query parameter indices: there is no point \"{}\"", text);
      places.push_back(*place);
    }
    if (places.empty() || places.size() > kMost) return fail(ErrorKind::invalid_input, "query parameter indices: give 1 to {} points, as 1,2,3", kMost);
    return json_response(TRY(workflow::map_documents_json(index, places, workspace_base(request))));
  });
}

}  // namespace jianwei::server

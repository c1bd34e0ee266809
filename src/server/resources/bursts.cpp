// GET /w/{ws}/bursts
#include "server/resources/result_routes.h"
#include "workflow/views/bursts.h"

namespace jianwei::server {

void add_burst_routes(Router& router, const Views& views) {
  get_result(router, views, "/bursts", [](const Request& request, const workflow::ResultIndex& index) -> Result<Response> {
    const double max_q = TRY(request.query_number("max_q", 0.05));
    if (!(max_q >= 0.0 && max_q <= 1.0)) return fail(ErrorKind::invalid_input, "query parameter max_q: {} is not from 0 to 1", max_q);
    const Page page = TRY(read_page(request));
    const std::vector<const analysis::UnitBurst*> bursts = workflow::choose_bursts(index.result(), max_q, index.result().bursts.size());
    const std::string base = workspace_base(request);
    return json_response(write_page(
        page, std::ssize(bursts), [&](JsonWriter& json, std::int64_t i) { workflow::write_burst(json, index.result(), *bursts[static_cast<std::size_t>(i)], base); },
        [&](JsonWriter& json) { json.field("run", index.result().run_id).field("snapshot", index.result().snapshot_id).field("max_q", max_q); }));
  });
}

}  // namespace jianwei::server

// GET /w/{ws}/emerging and /hindcast: what emerges, why, and how well saying so would have worked.
#include "server/resources/result_routes.h"
#include "base/sentence.h"
#include "workflow/views/emerging.h"

namespace jianwei::server {

using workflow::ResultIndex;

void add_emerging_routes(Router& router, const Views& views) {
  get_result(router, views, "/emerging", [](const Request& request, const ResultIndex& index) -> Result<Response> {
    const workflow::Unit unit = TRY(query_unit(request, "term"));
    const bool all = TRY(query_flag(request, "all"));
    const Page page = TRY(read_page(request));
    const workflow::StudyResult& result = index.result();
    const std::vector<std::size_t>& ranking = index.ranking(unit, all ? workflow::Candidates::all : workflow::Candidates::rising);
    const std::string base = workspace_base(request);
    return json_response(write_page(
        page, std::ssize(ranking),
        [&](JsonWriter& json, std::int64_t i) { workflow::write_emerging(json, result, unit, workflow::emerging_row(result, unit, ranking[static_cast<std::size_t>(i)], request.language), base); },
        [&](JsonWriter& json) {
          json.field("run", result.run_id).field("snapshot", result.snapshot_id).field("unit", to_string(unit)).field("until", result.study.until).field("horizon", result.study.horizon_years);
          write_said(json, "model", result.results(unit).emergence_model);
          workflow::write_hindcast_summary(json, index.hindcast());
        }));
  });
  get_result(router, views, "/hindcast", [](const Request&, const ResultIndex& index) -> Result<Response> {
    const workflow::StudyResult& result = index.result();
    if (result.hindcast_json.empty()) return fail(ErrorKind::not_found, "run {} has no hindcast: it was not asked for, or the past is too short", result.run_id);
    return json_response(result.hindcast_json);
  });
}

}  // namespace jianwei::server

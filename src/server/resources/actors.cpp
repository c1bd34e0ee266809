// GET /w/{ws}/countries, /organisations, /persons: who works on it, and who leads.
#include "server/resources/document_routes.h"
#include "workflow/actor_list.h"
#include "workflow/views/actor_page.h"
#include "workflow/views/countries.h"

namespace jianwei::server {
namespace {

using workflow::ResultIndex;

// Where actors of a kind stand: over all topics, or with ?unit= in one topic or term.
Result<Response> standings(const Request& request, const ResultIndex& index, workflow::Actor actor) {
  const Page page = TRY(read_page(request));
  const std::string_view id = request.query_or("unit", "");
  const workflow::Unit unit = id.starts_with("term-") ? workflow::Unit::term : workflow::Unit::topic;
  const std::size_t place = id.empty() ? 0 : TRY(index.unit(unit, id));
  const Result<workflow::Standings>& measured = index.standings(unit, actor);
  if (!measured) return fail(ErrorKind::not_found, "{}", measured.error().message);  // the records name none: nothing is wrong with the request
  const workflow::StudyResult& result = index.result();
  const std::string base = workspace_base(request);
  const auto head = [&](JsonWriter& json) {
    json.field("run", result.run_id).field("snapshot", result.snapshot_id).field("by", to_string(actor)).field("first_year", measured->options.window.first).field("last_year", measured->options.window.last);
    json.field("margin", measured->options.margin);
    if (id.empty()) return;
    json.field("id", id).field("label", workflow::unit_label(result, {unit, place}, request.language)).field("documents_with_actor", measured->units[place].documents);
  };
  if (id.empty()) {
    const std::vector<workflow::ActorOverview> rows = workflow::actor_overviews(*measured);
    return json_response(write_page(page, std::ssize(rows), [&](JsonWriter& json, std::int64_t i) { workflow::write_actor_overview(json, result, *measured, rows[static_cast<std::size_t>(i)], request.language, base); }, head));
  }
  const std::vector<analysis::ActorStanding>& rows = measured->units[place].actors;
  return json_response(write_page(page, std::ssize(rows), [&](JsonWriter& json, std::int64_t i) { workflow::write_actor_standing(json, result, *measured, rows[static_cast<std::size_t>(i)], base, id); }, head));
}

Result<Response> list_actors(const Request& request, const ResultIndex& index, workflow::ActorKind kind) {
  const Page page = TRY(read_page(request));
  const workflow::ActorList list = workflow::list_actors(index.result().dataset, index.actors(kind), request.query_or("q", ""), page.offset, page.limit);
  const std::string base = workspace_base(request);
  return json_response(write_page(
      page, list.total,
      [&](JsonWriter& json, std::int64_t i) {
        const workflow::ActorRow& row = list.rows[static_cast<std::size_t>(i - page.offset)];
        json.begin_object();
        workflow::write_actor(json, row, false);
        workflow::write_actor_links(json, kind, row, base);
        json.end_object();
      },
      [&](JsonWriter& json) { json.field("run", index.result().run_id).field("snapshot", index.result().snapshot_id); }));
}

}  // namespace

void add_actor_routes(Router& router, const Views& views) {
  get_result(router, views, "/countries", [](const Request& request, const ResultIndex& index) { return standings(request, index, workflow::Actor::country); });
  // Organisations have a list of their own by name; where they lead is asked for with ?by=standing.
  get_result(router, views, "/organisations", [](const Request& request, const ResultIndex& index) -> Result<Response> {
    const std::string by = TRY(query_choice(request, "by", "documents", {"documents", "standing"}));
    return by == "standing" ? standings(request, index, workflow::Actor::organisation) : list_actors(request, index, workflow::ActorKind::organisation);
  });
  get_result(router, views, "/persons", [](const Request& request, const ResultIndex& index) { return list_actors(request, index, workflow::ActorKind::person); });
  const auto page_of = [](workflow::ActorKind kind) {
    return [kind](const Request& request, const ResultIndex& index) -> Result<Response> {
      const workflow::ActorRow row = TRY(workflow::find_actor(index.result().dataset, index.actors(kind), request.parameter("id")));
      return json_response(workflow::actor_json(index, kind, row, request.language, workspace_base(request)));
    };
  };
  get_result(router, views, "/organisations/{id}", page_of(workflow::ActorKind::organisation));
  get_result(router, views, "/persons/{id}", page_of(workflow::ActorKind::person));
  get_result(router, views, "/countries/{id}", [](const Request& request, const ResultIndex& index) -> Result<Response> {
    return json_response(TRY(workflow::country_json(index, request.parameter("id"), request.language, workspace_base(request))));
  });
}

}  // namespace jianwei::server

// The library, recommendations, conflicts, panels, assignments, personal data. What is changed is entered in the library's own chain of events with the caller's name.
#include "server/experts/expert_routes.h"
#include "server/http/answers.h"
#include "server/http/json_body.h"
#include "workflow/expert_library/fields.h"
#include "workflow/expert_library/panel_desk.h"
#include "workflow/expert_library/profile.h"

namespace jianwei::server {
namespace {

using JsonFields = workflow::Fields;  // server::Fields are headers

// What a request on the library needs.
struct Asked {
  store::ExpertDb* db = nullptr;
  workflow::Workspace workspace;
  std::shared_ptr<const workflow::People> people;
  JsonFields body;
};

Result<Asked> read_asked(ExpertDesks& desks, const Services& services, const Request& request) {
  const std::string_view id = request.parameter("ws");
  return Asked{TRY(desks.db(id)), TRY(services.workspaces.open_to_read(id)), TRY(desks.people(id)), TRY(JsonFields::parse(request.body.empty() ? "{}" : request.body, "body"))};
}

Result<workflow::Thing> thing_of(const Asked& asked, const workflow::Roster& roster) {
  return workflow::find_thing(asked.workspace, *asked.db, roster, {TRY(asked.body.text("text")), TRY(asked.body.text("record")), TRY(asked.body.text("entry")), TRY(asked.body.texts("authors")), TRY(asked.body.texts("organisations"))});
}

Result<workflow::RecommendOptions> options_of(const Asked& asked) {
  workflow::RecommendOptions options;
  options.limit = std::clamp<std::int64_t>(TRY(asked.body.integer("limit", 10)), 1, 500);
  options.until = static_cast<std::int16_t>(std::clamp<std::int64_t>(TRY(asked.body.integer("until", 0)), 0, 2200));
  options.eligible_only = TRY(asked.body.flag("eligible_only", false));
  options.conflicts.window_years = static_cast<std::int32_t>(std::clamp<std::int64_t>(TRY(asked.body.integer("window_years", 3)), 0, 100));
  options.conflicts.now = options.until != 0 ? options.until : workflow::last_year(*asked.people);
  options.thread_count = 1;
  return options;
}

Result<Response> list_experts(store::ExpertDb& db, const Request& request) {
  const Page page = TRY(read_page(request));
  workflow::ExpertQuery query{std::string(request.query_or("q", "")), {}, page.offset, page.limit};
  for (const std::string_view facet : {"field", "sector", "region", "country", "language", "seniority", "organisation"}) {
    if (const auto value = request.find_query(facet)) query.attributes.emplace(facet, *value);
  }
  return json_response(workflow::to_json(TRY(workflow::find_in_library(db, query))));
}

Result<Response> add_expert(const Asked& asked, const Request& request) {
  if (const std::string person = TRY(asked.body.text("person")); !person.empty()) return json_response(workflow::to_json(TRY(workflow::add_person(*asked.db, *asked.people, person, request.caller.name))), 201);
  workflow::Expert expert;
  TRY(workflow::change_fields(expert, request.body));
  return json_response(workflow::to_json(TRY(workflow::add_expert(*asked.db, *asked.people, std::move(expert), request.caller.name))), 201);
}

Result<Response> decide_identity(const Asked& asked, const Request& request) {
  const std::string action = TRY(asked.body.text("action")), person = TRY(asked.body.text("person")), reason = TRY(asked.body.text("reason"));
  if (action != "join" && action != "part") return fail(ErrorKind::invalid_input, "action: '{}' is none of join, part", action);
  return json_response(workflow::to_json(action == "join" ? TRY(workflow::join_identity(*asked.db, *asked.people, request.parameter("expert"), person, reason, request.caller.name))
                                                          : TRY(workflow::part_identity(*asked.db, *asked.people, request.parameter("expert"), person, reason, request.caller.name))));
}

Result<Response> check(const Asked& asked) {
  const workflow::Roster roster = TRY(workflow::load_roster(*asked.db, asked.people));
  const workflow::Thing thing = TRY(thing_of(asked, roster));
  const experts::ConflictOptions options = TRY(options_of(asked)).conflicts;
  JsonWriter json;
  json.begin_object().field("now", options.now).field("window_years", options.window_years).key("items").begin_array();
  for (const std::string& id : TRY(asked.body.texts("experts"))) {
    const auto found = workflow::check_conflicts(roster, TRY(roster.expert(id)), thing, options);
    json.begin_object().field("id", id).field("free", found.empty()).key("conflicts");
    workflow::write_conflicts(json, found);
    json.end_object();
  }
  return json_response(json.end_array().end_object().text());
}

Result<Response> panel(const Asked& asked, const workflow::SearchIndex& index) {
  const workflow::Roster roster = TRY(workflow::load_roster(*asked.db, asked.people));
  workflow::PanelRequest wanted;
  wanted.size = static_cast<std::int32_t>(std::clamp<std::int64_t>(TRY(asked.body.integer("size", 10)), 1, 1000));
  wanted.required = TRY(asked.body.texts("required"));
  wanted.library_only = TRY(asked.body.flag("library_only", false));
  for (const std::string& quota : TRY(asked.body.texts("quotas"))) wanted.quotas.push_back(TRY(workflow::parse_quota(quota)));
  Progress progress;
  return json_response(workflow::to_json(TRY(workflow::propose_panel(asked.workspace, roster, index, TRY(thing_of(asked, roster)), wanted, TRY(options_of(asked)), progress))));
}

Result<Response> assign(const Asked& asked, const workflow::SearchIndex& index, const Request& request) {
  const workflow::Roster roster = TRY(workflow::load_roster(*asked.db, asked.people));
  workflow::AssignmentRequest wanted;
  wanted.experts = TRY(asked.body.texts("experts"));
  wanted.experts_per_thing = static_cast<std::int32_t>(std::clamp<std::int64_t>(TRY(asked.body.integer("per_item", 3)), 1, 1000));
  wanted.load = static_cast<std::int32_t>(std::clamp<std::int64_t>(TRY(asked.body.integer("load", 0)), 0, 1000));
  wanted.goal = TRY(asked.body.text("goal")) == "fairest" ? experts::AssignmentGoal::fairest : experts::AssignmentGoal::greatest_sum;
  for (const std::string& record : TRY(asked.body.texts("records"))) wanted.things.push_back(TRY(workflow::find_thing(asked.workspace, *asked.db, roster, {.record = record})));
  for (const std::string& entry : TRY(asked.body.texts("entries"))) wanted.things.push_back(TRY(workflow::find_thing(asked.workspace, *asked.db, roster, {.entry = entry})));
  Progress progress;
  const workflow::AssignmentProposal proposal = TRY(workflow::propose_assignment(roster, index, wanted, TRY(options_of(asked)), progress));
  if (TRY(asked.body.flag("keep", false))) (void)TRY(workflow::keep_assignment(*asked.db, proposal, request.caller.name));
  return json_response(workflow::to_json(proposal));
}

}  // namespace

void add_library_routes(Router& router, Services& services, const std::shared_ptr<ExpertDesks>& desks) {
  const std::string all = "/api/v1/w/{ws}/experts", one = all + "/{expert}";
  using Act = Result<Response> (*)(const Asked&, const Request&);
  const auto with = [desks, &services](Act act) {
    return [desks, &services, act](const Request& request) -> Result<Response> { return act(TRY(read_asked(*desks, services, request)), request); };
  };
  router.get(all, kExpertReaders, [desks](const Request& request) -> Result<Response> { return list_experts(*TRY(desks->db(request.parameter("ws"))), request); });
  router.post(all, kExpertDeciders, with(add_expert), {.idempotent = true});
  router.post(all + "/ties", kExpertDeciders, with([](const Asked& asked, const Request& request) -> Result<Response> {
                const auto made = TRY(workflow::declare_tie(*asked.db, *asked.people, {"", TRY(asked.body.text("a")), TRY(asked.body.text("b")), TRY(asked.body.text("reason"))}, request.caller.name));
                return json_response(JsonWriter().begin_object().field("id", made.id).end_object().text(), 201);
              }));
  // Questions: they change nothing.
  router.post(all + "/recommend", kExpertReaders, [desks, &services](const Request& request) -> Result<Response> {
    const Asked asked = TRY(read_asked(*desks, services, request));
    const workflow::Roster roster = TRY(workflow::load_roster(*asked.db, asked.people));
    const auto index = TRY(desks->index(request.parameter("ws")));
    Progress progress;
    return json_response(workflow::to_json(TRY(workflow::recommend(asked.workspace, roster, *index, TRY(thing_of(asked, roster)), TRY(options_of(asked)), progress))));
  }, {.audited = false});
  router.post(all + "/conflicts", kExpertReaders, with([](const Asked& asked, const Request&) { return check(asked); }), {.audited = false});
  router.post(all + "/panel", kExpertReaders, [desks, &services](const Request& request) -> Result<Response> { return panel(TRY(read_asked(*desks, services, request)), *TRY(desks->index(request.parameter("ws")))); }, {.audited = false});
  router.post(all + "/assign", kExpertDeciders, [desks, &services](const Request& request) -> Result<Response> { return assign(TRY(read_asked(*desks, services, request)), *TRY(desks->index(request.parameter("ws"))), request); });
  router.get(one, kExpertReaders, [desks, &services](const Request& request) -> Result<Response> {
    const Asked asked = TRY(read_asked(*desks, services, request));
    const auto run = services.workspaces.result(request.parameter("ws"));
    return json_response(TRY(workflow::profile_json(asked.workspace, *asked.db, TRY(workflow::load_roster(*asked.db, asked.people)), run ? run->get() : nullptr, request.parameter("expert"))));
  });
  router.patch(one, kExpertDeciders, with([](const Asked& asked, const Request& request) -> Result<Response> { return json_response(workflow::to_json(TRY(workflow::change_expert(*asked.db, request.parameter("expert"), request.body, request.caller.name)))); }));
  router.remove(one, kExpertDeciders, with([](const Asked& asked, const Request& request) -> Result<Response> {
                  const workflow::Erasure done = TRY(workflow::erase_expert(*asked.db, request.parameter("expert"), TRY(asked.body.text("reason")), request.caller.name));
                  return json_response(JsonWriter().begin_object().field("ties_deleted", done.ties).field("votes_severed", done.votes).field("forecasts_severed", done.forecasts).field("entries_severed", done.entries).end_object().text());
                }));
  router.post(one + "/identities", kExpertDeciders, with(decide_identity));
  router.post(one + "/consent", kExpertDeciders, with([](const Asked& asked, const Request& request) -> Result<Response> { return json_response(workflow::to_json(TRY(workflow::set_consent(*asked.db, request.parameter("expert"), TRY(asked.body.text("text_version")), request.caller.name)))); }));
  router.get(one + "/export", kExpertDeciders, with([](const Asked& asked, const Request& request) -> Result<Response> { return json_response(TRY(workflow::export_expert(*asked.db, request.parameter("expert"), request.caller.name))); }));
}

void add_expert_routes(Router& router, Services& services) {
  const auto desks = std::make_shared<ExpertDesks>(services.workspaces);
  add_library_routes(router, services, desks);
  add_technology_routes(router, services, desks);
  add_table_routes(router, services, desks);
}

}  // namespace jianwei::server

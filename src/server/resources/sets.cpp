// /w/{ws}/sets: sets of records, kept by each user under a name, as ids (from a lasso or a list) or as a filter that is asked anew each time; two of them compared.
#include "server/resources/saved.h"

#include <algorithm>

#include "base/sentence.h"
#include "base/strings.h"
#include "server/resources/document_routes.h"
#include "store/record_columns.h"
#include "workflow/search.h"
#include "workflow/views/sets.h"

namespace jianwei::server {
namespace {

constexpr std::int64_t kMostRecords = 200'000;  // of a set kept as ids
constexpr std::size_t kComparedTerms = 20;

using workflow::DocumentSet;
using workflow::ResultIndex;

// The documents of a set, and how many of its records the newest run does not have.
struct Resolved {
  DocumentSet documents;
  std::int64_t missing = 0;
};

// A filter is the query of GET /records, or of GET /search when it has q.
Result<Request> filter_request(const Request& asked, const std::string& query) {
  Request filter;
  filter.parameters = asked.parameters;
  filter.language = asked.language;
  filter.query = parse_query(query);
  const bool words = filter.find_query("q").has_value();
  bool any = false;
  for (const auto& [name, value] : filter.query) {
    const bool known = words ? name == "q" || name == "filter" : workflow::parse_group(name).has_value() || name == "topic" || name == "term" || name == "from" || name == "to" || name == "year";
    if (!known) return fail(ErrorKind::invalid_input, "query: there is no condition \"{}\"; take those of {}", name, words ? "the search: q, filter" : "the list of records, or q");
    any = any || !value.empty();
  }
  if (!any) return fail(ErrorKind::invalid_input, "query: holds no condition");
  return filter;
}

Resolved find_records(const ResultIndex& index, const std::vector<std::string>& ids) {
  Resolved found;
  for (const std::string& id : ids) {
    if (const auto document = index.record(id)) {
      found.documents.push_back(*document);
    } else {
      ++found.missing;
    }
  }
  found.documents = workflow::make_document_set(std::move(found.documents));
  return found;
}

Result<Resolved> resolve(const Views& views, const Request& request, const ResultIndex& index, const store::SavedRow& set) {
  if (set.query.empty()) return find_records(index, split_trimmed(set.records, " "));
  const Request filter = TRY(filter_request(request, set.query));
  const auto words = filter.find_query("q");
  if (!words) return Resolved{workflow::make_document_set(workflow::select_documents(index, TRY(read_selection(filter, index)))), 0};
  workflow::SearchFilter conditions;
  for (const auto& [name, value] : filter.query) {
    if (name == "filter") TRY(workflow::add_condition(conditions, value));
  }
  const workflow::Workspace workspace = TRY(views.services->workspaces.open_to_read(request.parameter("ws")));
  Progress progress;
  return find_records(index, TRY(workflow::matching_records(workspace, *TRY(views.cache->search_index(request.parameter("ws"))), *words, conditions, progress)));
}

void write_set_fields(JsonWriter& json, const Request& request, const store::SavedRow& set) {
  json.field("id", set.id).field("name", set.name).field("origin", set.origin).field("kind", set.query.empty() ? "ids" : "filter").field("query", set.query);
  json.field("created_at", set.created_at).field("changed_at", set.changed_at).field("href", fmt::format("{}/sets/{}", workspace_base(request), set.id));
}

// "records" is null, and "problem" says why, when a filter cannot be asked of the newest run.
void write_set(JsonWriter& json, const Views& views, const Request& request, const ResultIndex* index, const store::SavedRow& set) {
  json.begin_object();
  write_set_fields(json, request, set);
  Result<Resolved> resolved = fail(ErrorKind::not_found, "there is no finished run yet");
  if (set.query.empty()) {
    json.field("records", set.record_count).field("problem", "");
  } else {
    if (index != nullptr) resolved = resolve(views, request, *index, set);
    json.key("records");
    resolved ? json.value(resolved->documents.size()) : json.null();
    json.field("problem", resolved ? std::string() : say(request.language, resolved.error().message));
  }
  json.end_object();
}

std::string set_json(const Views& views, const Request& request, const store::SavedRow& set) {
  const auto index = views.cache->index(request.parameter("ws"));
  JsonWriter json;
  write_set(json, views, request, index ? index->get() : nullptr, set);
  return json.text();
}

Result<Response> list_sets(const Views& views, const Request& request) {
  const Page page = TRY(read_page(request));
  const std::vector<store::SavedRow> sets = TRY(TRY(open_saved(views, request)).list(saved_owner(request, "set")));
  const auto index = views.cache->index(request.parameter("ws"));
  return json_response(write_page(page, std::ssize(sets), [&](JsonWriter& json, std::int64_t i) { write_set(json, views, request, index ? index->get() : nullptr, sets[static_cast<std::size_t>(i)]); }));
}

// Points of the map, by their numbers in this run.
Result<std::vector<std::string>> read_points(const Views& views, const Request& request, const JsonBody& body) {
  std::vector<std::string> ids;
  if (!body.has("points")) return ids;
  const std::shared_ptr<const ResultIndex> index = TRY(views.cache->index(request.parameter("ws")));
  const std::string run = TRY(body.text("run"));
  if (run != index->result().run_id) return fail(ErrorKind::conflict, "run: the map of {} is no longer the newest, which is that of {}: load it and choose again", run, index->result().run_id);
  simdjson::dom::array points;
  if (body.object()["points"].get(points) != simdjson::SUCCESS) return fail(ErrorKind::invalid_input, "points: must be a list of whole numbers");
  const std::vector<std::string>& records = index->result().dataset.record_ids;
  for (const simdjson::dom::element element : points) {
    std::int64_t point = 0;
    if (element.get(point) != simdjson::SUCCESS || point < 0 || point >= std::ssize(records)) return fail(ErrorKind::invalid_input, "points: must be whole numbers from 0 to {}", std::ssize(records) - 1);
    ids.push_back(records[static_cast<std::size_t>(point)]);
  }
  return ids;
}

Result<Response> keep_set(const Views& views, const Request& request) {
  const JsonBody body = TRY(JsonBody::parse(request));
  TRY(body.only({"name", "origin", "records", "points", "run", "query"}));
  store::SavedRow set = TRY(read_saved(request, body, "set"));
  set.query = TRY(read_saved_query(body, "query"));
  if (int{body.has("records")} + int{body.has("points")} + int{!set.query.empty()} != 1) return fail(ErrorKind::invalid_input, "records: give records (their ids), points (of the map of a run) or a query, one of them");
  if (!set.query.empty()) {
    // A filter that cannot be asked now is a slip.
    TRY(resolve(views, request, *TRY(views.cache->index(request.parameter("ws"))), set));
  } else {
    std::vector<std::string> ids = body.has("points") ? TRY(read_points(views, request, body)) : TRY(body.texts_or_empty("records"));
    for (const std::string& id : ids) {
      if (!store::parse_record_id(id)) return fail(ErrorKind::invalid_input, "records: \"{}\" is no id of a record", id.substr(0, 50));
    }
    std::sort(ids.begin(), ids.end());
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
    if (ids.empty() || std::ssize(ids) > kMostRecords) return fail(ErrorKind::invalid_input, "records: {} ids; a set keeps 1 to {}, a larger one is kept as a query", ids.size(), kMostRecords);
    set.record_count = std::ssize(ids);
    set.records = join(ids, " ");
  }
  TRY(keep_saved(views, request, set));
  return json_response(set_json(views, request, set), 201);
}

Result<store::SavedRow> find_set(const Views& views, const Request& request, std::string_view id) { return TRY(open_saved(views, request)).one(saved_owner(request, "set"), id); }

// The newest records first.
Result<Response> read_set(const Views& views, const Request& request) {
  const store::SavedRow set = TRY(find_set(views, request, request.parameter("id")));
  const std::shared_ptr<const ResultIndex> index = TRY(views.cache->index(request.parameter("ws")));
  const Page page = TRY(read_page(request));
  const bool facets = TRY(query_flag(request, "facets"));
  const Resolved resolved = TRY(resolve(views, request, *index, set));
  const std::vector<std::int32_t> documents(resolved.documents.rbegin(), resolved.documents.rend());
  const std::string base = workspace_base(request);
  return json_response(write_page(
      page, std::ssize(documents), [&](JsonWriter& json, std::int64_t i) { workflow::write_document(json, *index, documents[static_cast<std::size_t>(i)], {}, base); },
      [&](JsonWriter& json) {
        json.field("run", index->result().run_id).field("snapshot", index->result().snapshot_id).field("missing", resolved.missing).key("set").begin_object();
        write_set_fields(json, request, set);
        json.end_object();
        if (facets) workflow::write_facets(json, *index, documents);
      }));
}

Result<Response> compare_sets(const Views& views, const Request& request) {
  const auto id_a = request.find_query("a"), id_b = request.find_query("b");
  if (!id_a || !id_b) return fail(ErrorKind::invalid_input, "query parameter {}: give the id of a set", id_a ? "b" : "a");
  const std::shared_ptr<const ResultIndex> index = TRY(views.cache->index(request.parameter("ws")));
  JsonWriter json;
  json.begin_object().field("run", index->result().run_id).field("snapshot", index->result().snapshot_id);
  std::vector<Resolved> sides;
  for (const auto& [name, id] : {std::pair{"a", *id_a}, std::pair{"b", *id_b}}) {
    const store::SavedRow set = TRY(find_set(views, request, id));
    sides.push_back(TRY(resolve(views, request, *index, set)));
    json.key(name).begin_object();
    write_set_fields(json, request, set);
    json.field("records", sides.back().documents.size()).field("missing", sides.back().missing).end_object();
  }
  workflow::write_comparison(json, *index, sides[0].documents, sides[1].documents, kComparedTerms, workspace_base(request));
  return json_response(json.end_object().text());
}

}  // namespace

void add_set_routes(Router& router, const Views& views) {
  const std::string base = "/api/v1/w/{ws}/sets";
  const auto bind = [views](auto handler) { return [views, handler](const Request& request) { return handler(views, request); }; };
  router.get(base, kReaders, bind(list_sets));
  router.post(base, kReaders, bind(keep_set), {.max_body_bytes = std::size_t{6} << 20, .idempotent = true});
  router.get(base + "/compare", kReaders, bind(compare_sets));
  router.get(base + "/{id}", kReaders, bind(read_set));
  add_saved_changes(router, views, "sets", "set", [views](const Request& request, const store::SavedRow& set) { return set_json(views, request, set); });
}

}  // namespace jianwei::server

// GET /w/{ws}/search: ranked records with the reasons of their rank, and facets.
#include "server/resources/result_routes.h"
#include "workflow/search.h"

namespace jianwei::server {
namespace {

constexpr std::int64_t kDeepest = 10'000;  // hits that can be paged through; who wants more narrows the query

Result<Response> search_records(const Views& views, const Request& request) {
  const std::string_view id = request.parameter("ws");
  const std::string_view query = request.query_or("q", "");
  if (query.empty()) return fail(ErrorKind::invalid_input, "query parameter q: give the words to look for");
  const Page page = TRY(read_page(request));
  if (page.offset + page.limit > kDeepest) return fail(ErrorKind::invalid_input, "query parameter cursor: only the first {} hits can be paged through; narrow the query", kDeepest);
  workflow::SearchOptions options;
  options.method = TRY(analysis::parse_ranking_method(TRY(query_choice(request, "method", "bm25", {"bm25", "dense", "hybrid"}))));
  options.limit = page.offset + page.limit;
  options.facets = TRY(query_flag(request, "facets"));
  for (const auto& [name, value] : request.query) {
    if (name != "filter") continue;
    if (const Result<> added = workflow::add_condition(options.filter, value); !added) return fail(added.error().kind, "query parameter filter: {}", added.error().message);
  }
  const workflow::Workspace workspace = TRY(views.services->workspaces.open_to_read(id));
  const std::shared_ptr<const workflow::SearchIndex> index = TRY(views.cache->search_index(id));
  Progress progress;
  const workflow::SearchResult found = TRY(workflow::search(workspace, *index, query, options, progress));
  // What can be reached is the total of a list; all that match is told beside it.
  const std::int64_t reachable = page.offset + page.limit > std::ssize(found.hits) ? std::ssize(found.hits) : std::min(found.match_count, kDeepest);
  return json_response(write_page(
      page, reachable, [&](JsonWriter& json, std::int64_t i) { workflow::write_hit(json, found.hits[static_cast<std::size_t>(i)]); },
      [&](JsonWriter& json) {
        json.field("snapshot", found.snapshot_id).field("method", analysis::to_string(found.method)).field("matches", found.match_count).field("all_words", found.all_words);
        if (!options.facets) return;
        json.key("facets").begin_object();
        for (const workflow::SearchFacet& facet : found.facets) {
          json.key(facet.field).begin_array();
          for (const auto& [value, count] : facet.values) json.begin_object().field("name", value).field("documents", count).end_object();
          json.end_array();
        }
        json.end_object();
      }));
}

}  // namespace

void add_search_routes(Router& router, const Views& views) {
  router.get("/api/v1/w/{ws}/search", kReaders, [views](const Request& request) -> Result<Response> {
    return if_changed(request, TRY(views.services->workspaces.version(request.parameter("ws"))), [&] { return search_records(views, request); });
  });
}

}  // namespace jianwei::server

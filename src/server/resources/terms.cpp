// GET /w/{ws}/terms and what belongs to one of them.
#include <algorithm>

#include "server/resources/document_routes.h"
#include "records/unicode.h"
#include "workflow/views/terms.h"
#include "workflow/views/topic_page.h"
#include "workflow/views/unit_series.h"

namespace jianwei::server {
namespace {

using workflow::ResultIndex;

template <class Answer>
void get_term(Router& router, const Views& views, std::string_view path, Answer answer) {
  get_result(router, views, "/terms/{id}" + std::string(path), [answer](const Request& request, const ResultIndex& index) -> Result<Response> {
    return answer(request, index, TRY(index.term(request.parameter("id"))));
  });
}

// Terms whose label, other name or a form holds ?q=, any case.
std::vector<std::size_t> terms_named(const workflow::StudyResult& result, std::string_view text) {
  const std::string wanted = fold_case(text);
  std::vector<std::size_t> found;
  for (std::size_t t = 0; t < result.terms.size(); ++t) {
    const workflow::TermRow& term = result.terms[t];
    const auto holds = [&](const std::string& name) { return fold_case(name).find(wanted) != std::string::npos; };
    if (wanted.empty() || holds(term.label) || holds(term.label_zh) || holds(term.label_en) || std::any_of(term.forms.begin(), term.forms.end(), holds)) found.push_back(t);
  }
  return found;
}

}  // namespace

void add_term_routes(Router& router, const Views& views) {
  get_result(router, views, "/terms", [](const Request& request, const ResultIndex& index) -> Result<Response> {
    const Page page = TRY(read_page(request));
    const std::string base = workspace_base(request);
    const std::vector<std::size_t> terms = terms_named(index.result(), request.query_or("q", ""));
    return json_response(write_page(
        page, std::ssize(terms), [&](JsonWriter& json, std::int64_t i) { workflow::write_term(json, index.result().terms[terms[static_cast<std::size_t>(i)]], base); },
        [&](JsonWriter& json) { json.field("run", index.result().run_id).field("snapshot", index.result().snapshot_id); }));
  });
  get_term(router, views, "", [](const Request& request, const ResultIndex& index, std::size_t term) -> Result<Response> {
    return json_response(workflow::term_json(index, term, request.language, workspace_base(request)));
  });
  get_term(router, views, "/documents", [](const Request& request, const ResultIndex& index, std::size_t term) -> Result<Response> {
    workflow::DocumentSelection selection = TRY(read_selection(request, index));
    selection.terms.insert(selection.terms.begin(), term);
    return documents_response(request, index, selection);
  });
  get_term(router, views, "/series", [](const Request& request, const ResultIndex& index, std::size_t term) -> Result<Response> {
    return json_response(workflow::unit_series_json(index, workflow::Unit::term, term, request.language, workspace_base(request)));
  });
  get_term(router, views, "/actors", [](const Request& request, const ResultIndex& index, std::size_t term) -> Result<Response> {
    const std::int64_t limit = TRY(request.query_integer("limit", 20, 1, 500));
    return json_response(workflow::actors_json(index, workflow::Unit::term, term, static_cast<std::size_t>(limit), workspace_base(request)));
  });
}

}  // namespace jianwei::server

// How a route of a result begins: the workspace of the path, 304 when the browser holds the answer, the index of the newest run.
#pragma once

#include <string>

#include "server/http/answers.h"
#include "server/resources/resources.h"

namespace jianwei::server {

// "/api/v1/w/demo": what links in answers begin with.
std::string workspace_base(const Request& request);

// Path, query and language: what an answer depends on beside the state of the workspace.
std::string body_key(const Request& request);

// GET `path` below the workspace. `answer` takes (request, index) and gives a Result<Response>.
template <class Answer>
void get_result(Router& router, const Views& views, std::string_view path, Answer answer) {
  router.get("/api/v1/w/{ws}" + std::string(path), kReaders, [views, answer](const Request& request) -> Result<Response> {
    const std::string_view id = request.parameter("ws");
    return if_changed(request, TRY(views.services->workspaces.version(id)), [&]() -> Result<Response> {
      const std::shared_ptr<const workflow::ResultIndex> index = TRY(views.cache->index(id));
      return answer(request, *index);
    });
  });
}

// The same for answers that cost more than a moment: `answer` gives a Result<std::string>, the body, which is kept while the workspace stays as it is.
template <class Answer>
void get_kept_result(Router& router, const Views& views, std::string_view path, std::string content_type, Answer answer) {
  get_result(router, views, path, [views, content_type, answer](const Request& request, const workflow::ResultIndex& index) -> Result<Response> {
    Response response;
    response.content_type = content_type;
    response.shared_body = TRY(views.cache->body(request.parameter("ws"), body_key(request), [&]() -> Result<std::string> { return answer(request, index); }));
    return response;
  });
}

// ?name= one of `values`. Errors: invalid_input  names the parameter and what it takes
Result<std::string> query_choice(const Request& request, std::string_view name, std::string_view otherwise, std::initializer_list<std::string_view> values);
// ?name=true|false|1|0
Result<bool> query_flag(const Request& request, std::string_view name);
Result<workflow::Unit> query_unit(const Request& request, std::string_view otherwise);
// ?from= and ?to=, or ?year=: years, 0 when absent.
struct Years {
  std::int16_t from = 0, to = 0;
};
Result<Years> query_years(const Request& request);

}  // namespace jianwei::server

#include "server/http/answers.h"

#include <algorithm>

#include "base/hash.h"
#include "base/strings.h"

namespace jianwei::server {

Result<Response> if_changed(const Request& request, std::string_view version, const std::function<Result<Response>()>& make) {
  std::string state = fmt::format("{}\n{}\n{}\n{}", JIANWEI_VERSION, version, to_string(request.language), request.path);
  for (const auto& [name, value] : request.query) state += fmt::format("\n{}={}", name, value);
  const std::string tag = fmt::format("W/\"{:016x}\"", hash64(state));
  for (const std::string& held : split_trimmed(request.header("if-none-match"), ",")) {
    if (held != tag && held != "*") continue;
    Response unchanged = empty_response();
    unchanged.status = 304;
    unchanged.headers.emplace_back("ETag", tag);
    return unchanged;
  }
  Response response = TRY(make());
  response.headers.emplace_back("ETag", tag);
  response.headers.emplace_back("Cache-Control", "private, no-cache");
  return response;
}

// A cursor is the offset of the next item: results do not change under a reader, for a newer run is another version.
Result<Page> read_page(const Request& request) {
  Page page;
  page.limit = TRY(request.query_integer("limit", 50, 1, 500));
  page.offset = TRY(request.query_integer("cursor", 0, 0, std::int64_t{1} << 40));
  return page;
}

std::string write_page(const Page& page, std::int64_t total, const std::function<void(JsonWriter&, std::int64_t)>& write_item, const std::function<void(JsonWriter&)>& write_more) {
  JsonWriter json;
  json.begin_object().key("items").begin_array();
  const std::int64_t end = std::min(total, page.offset + page.limit);
  for (std::int64_t i = page.offset; i < end; ++i) write_item(json, i);
  json.end_array().key("next_cursor");
  if (end < total) {
    json.value(std::to_string(end));
  } else {
    json.null();
  }
  json.field("total", total);
  if (write_more) write_more(json);
  return json.end_object().text();
}

}  // namespace jianwei::server

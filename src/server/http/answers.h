// What handlers share: conditional answers and pages of lists.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "base/json_writer.h"
#include "server/http/message.h"

namespace jianwei::server {

// Answers 304 when the browser holds this version already, else what `make` gives, with an ETag. `version` names the state of all that the
// answer is made of (WorkspaceCache::version, say); query, language and path are added here.
Result<Response> if_changed(const Request& request, std::string_view version, const std::function<Result<Response>()>& make);

// ?limit= (default 50, 1 to 500) and ?cursor= of a list.
struct Page {
  std::int64_t offset = 0, limit = 50;
};
Result<Page> read_page(const Request& request);

// {"items":[...],"next_cursor":"..."|null,"total":n}: writes the items [page.offset, page.offset + page.limit) of `total`; `write_more` adds fields
// that are told of the whole list.
std::string write_page(const Page& page, std::int64_t total, const std::function<void(JsonWriter&, std::int64_t index)>& write_item,
                       const std::function<void(JsonWriter&)>& write_more = {});

}  // namespace jianwei::server

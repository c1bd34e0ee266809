// What sets and saved views share: each user keeps their own, by name, in a workspace.
#pragma once

#include <functional>
#include <string>

#include "server/http/json_body.h"
#include "server/resources/result_routes.h"
#include "store/saved_db.h"

namespace jianwei::server {

inline constexpr std::size_t kMaxQueryBytes = 4000;

// saved.db of the workspace of the path. Errors: not_found  no such workspace
Result<store::SavedDb> open_saved(const Views& views, const Request& request);
store::SavedOwner saved_owner(const Request& request, std::string_view kind);
// The start of a new row: who, where, its id and time, its name and origin out of the body.
Result<store::SavedRow> read_saved(const Request& request, const JsonBody& body, std::string_view kind);
// A URL's query of a body, without the question mark. Errors: invalid_input
Result<std::string> read_saved_query(const JsonBody& body, std::string_view name);
// At most a few hundred a user and workspace. Errors: conflict
Result<> keep_saved(const Views& views, const Request& request, const store::SavedRow& row);

// PATCH {name} and DELETE of /w/{ws}/<path>/{id}. `write` gives the JSON of a row.
using WriteSaved = std::function<std::string(const Request&, const store::SavedRow&)>;
void add_saved_changes(Router& router, const Views& views, const std::string& path, std::string kind, WriteSaved write);

void add_set_routes(Router& router, const Views& views);
void add_saved_view_routes(Router& router, const Views& views);

}  // namespace jianwei::server

// Lists of the records behind a number: /records, /topics/{id}/documents and /terms/{id}/documents take the same conditions.
#pragma once

#include "server/resources/result_routes.h"
#include "workflow/views/documents.h"

namespace jianwei::server {

// ?topic= and ?term= (several parted by commas: all must hold), ?source= kind= language= venue= country= organisation= person= funder=, ?from= to= or year=.
// Errors: invalid_input  a name the run does not know: names the parameter; not_found  no such topic or term
Result<workflow::DocumentSelection> read_selection(const Request& request, const workflow::ResultIndex& index);

// A page of the documents of a selection, with ?facets=true also counts of all of them.
Result<Response> documents_response(const Request& request, const workflow::ResultIndex& index, const workflow::DocumentSelection& selection);

}  // namespace jianwei::server

// What the parts of the DuckDB wrapper share; included by duckdb*.cpp only.
#pragma once

#include <duckdb.h>

#include "store/duckdb.h"

namespace jianwei::store {

// Makes SQL know "feed(<address>)".
Result<> register_feeds(duckdb_connection connection);

// What an error of DuckDB means to our callers.
ErrorKind kind_of(duckdb_error_type type);

}  // namespace jianwei::store

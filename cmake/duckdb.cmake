# DuckDB, one pinned version of its C API: a system library when there is one, else the official libduckdb.so which
# tools/fetch_packages.sh put into .deps/.
find_library(DUCKDB_LIBRARY duckdb HINTS ${PROJECT_SOURCE_DIR}/.deps/duckdb)
if(NOT DUCKDB_LIBRARY)
  message(FATAL_ERROR "libduckdb.so not found: run ./run setup, or install DuckDB 1.4 where the linker finds it")
endif()
add_library(duckdb SHARED IMPORTED)
set_target_properties(duckdb PROPERTIES IMPORTED_LOCATION ${DUCKDB_LIBRARY}
                                        INTERFACE_INCLUDE_DIRECTORIES ${PROJECT_SOURCE_DIR}/third_party/duckdb)

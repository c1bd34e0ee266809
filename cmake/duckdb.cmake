# DuckDB, one pinned version of its C API: a system library when there is one, else the official libduckdb.so which
# tools/fetch_packages.sh put into .deps/. The latter is copied to build/<preset>/lib, where programs find it by $ORIGIN/../lib, so that
# the build folder can be moved or installed as it is.
find_library(DUCKDB_LIBRARY duckdb HINTS ${PROJECT_SOURCE_DIR}/.deps/duckdb)
if(NOT DUCKDB_LIBRARY)
  message(FATAL_ERROR "libduckdb.so not found: run ./run setup, or install DuckDB 1.4 where the linker finds it")
endif()
set(DUCKDB_LOCATION ${DUCKDB_LIBRARY})
if(DUCKDB_LIBRARY MATCHES "/\\.deps/")
  set(DUCKDB_LOCATION ${CMAKE_BINARY_DIR}/lib/libduckdb.so)
  file(MAKE_DIRECTORY ${CMAKE_BINARY_DIR}/lib)
  file(COPY_FILE ${DUCKDB_LIBRARY} ${DUCKDB_LOCATION} ONLY_IF_DIFFERENT)
endif()
set(CMAKE_BUILD_RPATH_USE_ORIGIN ON)
add_library(duckdb SHARED IMPORTED)
set_target_properties(duckdb PROPERTIES IMPORTED_LOCATION ${DUCKDB_LOCATION}
                                        INTERFACE_INCLUDE_DIRECTORIES ${PROJECT_SOURCE_DIR}/third_party/duckdb)

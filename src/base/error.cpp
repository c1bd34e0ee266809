#include "base/result.h"

namespace jianwei {
namespace {

struct ErrorRow {
  ErrorKind kind;
  std::string_view name;
  int exit_code;
};

// docs/errors.md shows this table with the HTTP status and the Python exception of each kind.
constexpr ErrorRow kErrors[] = {
    {ErrorKind::invalid_input, "invalid_input", 2}, {ErrorKind::not_found, "not_found", 3},
    {ErrorKind::conflict, "conflict", 4},           {ErrorKind::forbidden, "forbidden", 5},
    {ErrorKind::unavailable, "unavailable", 6},     {ErrorKind::corrupt, "corrupt", 7},
    {ErrorKind::cancelled, "cancelled", 130},       {ErrorKind::internal, "internal", 70},
};

const ErrorRow& row(ErrorKind kind) {
  for (const ErrorRow& error : kErrors) {
    if (error.kind == kind) return error;
  }
  return kErrors[7];
}

}  // namespace

std::string_view error_name(ErrorKind kind) { return row(kind).name; }
int exit_code(ErrorKind kind) { return row(kind).exit_code; }

}  // namespace jianwei

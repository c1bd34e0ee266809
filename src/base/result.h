// One type for everything that can go wrong at run time.
//
// Result<T> holds a value or an Error; it has the interface of std::expected. TRY(expression) gives the value or returns the error
// to our caller. docs/errors.md says how each kind shows in the CLI, HTTP and Python.
#pragma once

#include <fmt/format.h>

#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <utility>

namespace jianwei {

enum class ErrorKind { invalid_input, not_found, conflict, forbidden, unavailable, corrupt, cancelled, internal };

struct Error {
  ErrorKind kind = ErrorKind::internal;
  std::string message;  // what, where, and what would fix it; one sentence, no stack of prefixes
};

// The name of a kind as machines read it ("invalid_input") and the exit code of the command line.
std::string_view error_name(ErrorKind kind);
int exit_code(ErrorKind kind);

template <class T = void>
class [[nodiscard]] Result : public tl::expected<T, Error> {
  using Base = tl::expected<T, Error>;

 public:
  using Base::Base;
  Result(Base base) : Base(std::move(base)) {}  // NOLINT(google-explicit-constructor): a Base is a Result
};

template <class T>
T take(Result<T>&& result) {
  return std::move(*result);
}
inline void take(Result<>&&) {}

template <class... Args>
tl::unexpected<Error> fail(ErrorKind kind, fmt::format_string<Args...> format, Args&&... args) {
  return tl::unexpected<Error>(Error{kind, fmt::format(format, std::forward<Args>(args)...)});
}

}  // namespace jianwei

// Gives the value, or returns the error to our caller. (GNU statement expression: g++ and clang, no warning.) TRY may stand inside TRY:
// each takes a variable name of its own.
#define TRY(expression) TRY_NUMBERED(expression, __COUNTER__)
#define TRY_NUMBERED(expression, number) TRY_NAMED(expression, number)
#define TRY_NAMED(expression, number) TRY_AS(expression, try_result_##number)
#define TRY_AS(expression, name)                                       \
  __extension__({                                                      \
    auto name = (expression);                                          \
    if (!name) return tl::unexpected(std::move(name).error());         \
    ::jianwei::take(std::move(name));                                  \
  })

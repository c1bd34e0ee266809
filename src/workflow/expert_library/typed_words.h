// What people type and others read: names, titles, statements. A character nobody sees may not stand in them, nor more than a page can show; and a field that nobody reads may not be in a request.
#pragma once

#include <simdjson.h>

#include <cstdint>
#include <initializer_list>
#include <string_view>

#include "base/result.h"

namespace jianwei::workflow {

// Characters (code points) that fit: a name or title; a statement or the words of a question; a purpose, a reason, an argument.
inline constexpr std::int64_t kTitleCharacters = 200, kStatementCharacters = 1000, kTextCharacters = 4000;

// One line: no control characters, no marks that turn the direction of what follows. Errors: invalid_input  names the field, the place or the length, and the remedy
Result<> check_line(std::string_view field, std::string_view text, std::int64_t most);
// The same, but line ends and tabs may stand in it.
Result<> check_text(std::string_view field, std::string_view text, std::int64_t most);

// Errors: invalid_input  a member that is none of `names`: names it and them. `where` names the object, "" = the body itself.
Result<> only_members(const simdjson::dom::object& from, std::string_view where, std::initializer_list<std::string_view> names);

}  // namespace jianwei::workflow

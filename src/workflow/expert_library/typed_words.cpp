#include "workflow/expert_library/typed_words.h"

#include <algorithm>
#include <string>

#include "records/unicode.h"

namespace jianwei::workflow {
namespace {

// C0, DEL, C1; line and paragraph separators; embeddings, overrides and isolates of direction; the byte order mark.
bool is_unseen(char32_t c) { return c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0x2028 || c == 0x2029 || (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069) || c == 0xfeff; }

Result<> check(std::string_view field, std::string_view text, std::int64_t most, bool lines) {
  std::int64_t count = 0;
  for (std::string_view rest = text; !rest.empty();) {
    const CodePoint point = decode_utf8(rest);
    rest.remove_prefix(static_cast<std::size_t>(point.length));
    ++count;
    if (!is_unseen(point.value) || (lines && (point.value == '\n' || point.value == '\r' || point.value == '\t'))) continue;
    return fail(ErrorKind::invalid_input, "{}: character {} is U+{:04X}, which nobody sees; take it out", field, count, static_cast<std::uint32_t>(point.value));
  }
  if (count > most) return fail(ErrorKind::invalid_input, "{}: has {} characters, at most {} fit; shorten it", field, count, most);
  return {};
}

}  // namespace

Result<> check_line(std::string_view field, std::string_view text, std::int64_t most) { return check(field, text, most, false); }
Result<> check_text(std::string_view field, std::string_view text, std::int64_t most) { return check(field, text, most, true); }

Result<> only_members(const simdjson::dom::object& from, std::string_view where, std::initializer_list<std::string_view> names) {
  for (const auto member : from) {
    if (std::ranges::find(names, member.key) != names.end()) continue;
    std::string known;
    for (const std::string_view name : names) known += (known.empty() ? "" : ", ") + std::string(name);
    return fail(ErrorKind::invalid_input, "{}{}{}: is not known here; known are {}", where, where.empty() ? "" : ".", member.key, known);
  }
  return {};
}

}  // namespace jianwei::workflow

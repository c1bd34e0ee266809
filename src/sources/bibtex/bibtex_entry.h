// Entries of a BibTeX file, cut from the stream and taken apart, before they become records.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "sources/byte_stream.h"

namespace jianwei::sources {

// The text of one entry, from "@" to its closing bracket.
struct BibtexText {
  std::string text;
  std::int64_t line = 0;   // 1-based, of the "@"
  bool closed = true;      // false: the next entry or the end of the file came before the closing bracket
  bool oversized = false;  // longer than 64 MiB: only its beginning is given
};

// Cuts a stream into entries. Text between entries is comment, as BibTeX has it. An entry whose brackets do not balance ends where a line
// begins with the next "@name{".
class BibtexScanner {
 public:
  explicit BibtexScanner(ByteStream& stream) : stream_(stream) {}
  Result<bool> next(BibtexText& entry);  // false at the end

 private:
  Result<bool> refill();
  Result<bool> find_entry();
  ByteStream& stream_;
  std::string buffer_;
  std::size_t at_ = 0;
  std::int64_t line_ = 1;
  bool ended_ = false;
};

struct BibtexField {
  std::string name;   // lower case
  std::string value;  // LaTeX, pieces joined, macros put in
};

struct BibtexEntry {
  std::string type;  // lower case: article, string, comment, preamble, ...
  std::string key;
  std::vector<BibtexField> fields;

  std::string_view field(std::string_view name) const;  // of the first with that name, "" when there is none
};

using BibtexMacros = std::map<std::string, std::string, std::less<>>;  // by lower-case name

// Takes an entry apart: values in braces, quotes or as numbers and macros, joined by "#". Forgives missing commas, a missing key, and a
// text that ends in the middle. An "@string" gives its definitions as fields.
BibtexEntry parse_bibtex_entry(std::string_view text, const BibtexMacros& macros);

}  // namespace jianwei::sources

// What tokenize() made of single documents, kept by what stands in them, so that a document is cut once however often its corpus grows.
//
// A piece is a word as written, with how its text was read; everything that depends on other documents (ids, spellings) is made anew from the pieces at each call.
// So a corpus tokenised with kept streams is byte for byte the one tokenised from nothing.
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"
#include "text/corpus.h"

namespace jianwei::text {

// Two hashes of all that tokenize() reads of a document.
struct DocumentKey {
  std::uint64_t first = 0, second = 0;
  auto operator<=>(const DocumentKey&) const = default;
};

struct TokenStreams {
  static constexpr std::uint32_t kBreak = 0xffffffffU;
  std::vector<DocumentKey> documents;         // increasing, without repeats
  std::vector<std::int64_t> offsets = {0};    // [documents + 1] into stream
  std::vector<std::uint32_t> text_ends;       // [documents] from the document's start, as in TokenizedCorpus
  std::vector<std::uint32_t> keyword_starts;  // [documents] likewise
  std::vector<std::uint32_t> stream;          // piece | joint << 30, or kBreak
  std::vector<std::string> pieces;            // flags and bytes as written
  std::vector<std::string> folded;            // [pieces] the token they are
  std::int64_t cut_count = 0;                 // documents that the last call had to cut
};

// What a document's pieces depend on beside its text: this program's rules, the word lists, the dictionary. Streams of another version are not to be used.
// Errors: those of the shipped files.
Result<std::uint64_t> token_version();

// As tokenize() of corpus.h; documents in `kept` are taken from it, and when any had to be cut it holds the documents of this call afterwards.
Result<TokenizedCorpus> tokenize(std::span<const DocumentText> documents, const TokenizeOptions& options, TokenStreams& kept, Progress& progress);

}  // namespace jianwei::text

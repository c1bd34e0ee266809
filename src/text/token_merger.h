// Internal to tokenize(): from documents as pieces of several tables to a corpus of numbered tokens. Nothing depends on which table a piece came from.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "text/corpus.h"
#include "text/string_table.h"
#include "text/token_streams.h"

namespace jianwei::text {

inline constexpr std::uint32_t kBreakMark = TokenStreams::kBreak;
inline constexpr int kJointShift = 30;  // the two high bits of an entry of a document's pieces
inline constexpr std::uint32_t kIdMask = (1U << kJointShift) - 1;

// Flags kept with a piece, as its first byte.
enum PieceFlag : char { kEnglish = 1, kCapitals = 2, kHan = 4 };

struct PieceTable {
  std::size_t count = 0;
  std::function<std::string_view(std::size_t)> piece;
  std::function<std::string(std::size_t)> fold;  // the token it is
};

// A document's pieces, wherever they stand.
struct Scanned {
  const std::uint32_t* entries = nullptr;  // piece of its table | joint << kJointShift, or kBreakMark
  std::uint32_t length = 0, text_end = 0, keyword_start = 0;
  std::uint32_t table = 0;
  std::span<const std::uint32_t> stream() const { return {entries, length}; }
};

class TokenMerger {
 public:
  TokenMerger(std::vector<PieceTable> tables, std::span<const Scanned> documents) : tables_(std::move(tables)), documents_(documents) {}

  void run(TokenizedCorpus& corpus, int thread_count);
  // After run(): the streams of the documents, with the pieces that occur in them.
  TokenStreams streams(std::span<const DocumentKey> keys) const;

 private:
  struct PieceInfo {
    std::uint32_t token;     // before numbering
    std::uint32_t spelling;
  };
  // What is known of a spelling (case aside) of a token: its cased variants and their counts.
  struct Spelling {
    std::uint32_t token = 0;
    std::int64_t count = 0;
    std::string best;        // the variant to show
  };

  std::uint32_t add_piece(const PieceTable& table, std::size_t place);
  void count_pieces(int thread_count);
  void number_tokens();
  void choose_spellings();
  void rank_spellings(TokenizedCorpus& corpus);
  void write_stream(TokenizedCorpus& corpus, int thread_count) const;

  std::vector<PieceTable> tables_;
  std::span<const Scanned> documents_;
  StringTable pieces_, tokens_, spellings_;
  std::vector<std::vector<std::uint32_t>> piece_of_;  // [table][its piece] -> piece
  std::vector<PieceInfo> info_;                       // [pieces]
  std::vector<std::int64_t> counts_;                  // [pieces]
  std::vector<Spelling> spelling_info_;
  std::vector<std::int32_t> token_number_;
  std::vector<std::uint32_t> order_;
  std::vector<std::uint8_t> rank_;                    // [spellings]
};

}  // namespace jianwei::text

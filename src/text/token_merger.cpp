#include "text/token_merger.h"

#include <algorithm>
#include <mutex>
#include <tuple>

#include "base/parallel.h"
#include "base/strings.h"

namespace jianwei::text {
namespace {

constexpr std::int64_t kBlockDocuments = 1024;

}  // namespace

void TokenMerger::run(TokenizedCorpus& corpus, int thread_count) {
  piece_of_.resize(tables_.size());
  for (std::size_t t = 0; t < tables_.size(); ++t) {
    for (std::size_t p = 0; p < tables_[t].count; ++p) piece_of_[t].push_back(add_piece(tables_[t], p));
  }
  count_pieces(thread_count);
  number_tokens();
  choose_spellings();
  rank_spellings(corpus);
  write_stream(corpus, thread_count);
}

// The number of a piece among all.
std::uint32_t TokenMerger::add_piece(const PieceTable& table, std::size_t place) {
  const std::string_view piece = table.piece(place);
  const auto [id, added] = pieces_.insert(piece);
  if (!added) return id;
  const std::string_view surface = piece.substr(1);
  const std::uint32_t token = tokens_.insert(table.fold(place)).first;
  std::string spelling_key(reinterpret_cast<const char*>(&token), sizeof token);
  spelling_key += (piece[0] & kHan) != 0 ? std::string(surface) : to_lower_ascii(surface);
  const auto [spelling, is_new] = spellings_.insert(spelling_key);
  if (is_new) spelling_info_.push_back({token, 0, {}});
  info_.push_back({token, spelling});
  return id;
}

void TokenMerger::count_pieces(int thread_count) {
  counts_.assign(info_.size(), 0);
  std::mutex mutex;
  const std::int64_t total = std::ssize(documents_);
  parallel_blocks(total, std::max<std::int64_t>(1, (total + 7) / 8), thread_count, [&](std::int64_t, std::int64_t begin, std::int64_t end) {
    std::vector<std::int64_t> local(info_.size(), 0);
    for (std::int64_t d = begin; d < end; ++d) {
      const Scanned& document = documents_[static_cast<std::size_t>(d)];
      const std::vector<std::uint32_t>& global = piece_of_[document.table];
      for (const std::uint32_t entry : document.stream()) {
        if (entry != kBreakMark) ++local[global[entry & kIdMask]];
      }
    }
    const std::lock_guard lock(mutex);
    for (std::size_t i = 0; i < local.size(); ++i) counts_[i] += local[i];
  });
}

void TokenMerger::number_tokens() {
  token_number_.assign(tokens_.size(), -1);
  std::vector<std::uint8_t> seen(info_.size(), 0);
  for (const Scanned& document : documents_) {
    const std::vector<std::uint32_t>& global = piece_of_[document.table];
    for (const std::uint32_t entry : document.stream()) {
      if (entry == kBreakMark) continue;
      const std::uint32_t piece = global[entry & kIdMask];
      if (seen[piece] != 0) continue;
      seen[piece] = 1;
      std::int32_t& number = token_number_[info_[piece].token];
      if (number < 0) {
        number = static_cast<std::int32_t>(order_.size());
        order_.push_back(info_[piece].token);
      }
    }
  }
}

// Of the cased variants of a spelling: the lower-case one when it makes a twentieth of the occurrences (the rest are starts of
// sentences and titles), else the most frequent. Variants of all-capitals texts do not vote when there are others.
void TokenMerger::choose_spellings() {
  constexpr std::int64_t kLowerShare = 20;
  struct Variant {
    std::uint32_t spelling;
    bool capitals;
    std::int64_t count;
    std::string_view text;
  };
  std::vector<Variant> variants;
  for (std::uint32_t p = 0; p < info_.size(); ++p) {
    if (counts_[p] > 0) variants.push_back({info_[p].spelling, (pieces_[p][0] & kCapitals) != 0, counts_[p], pieces_[p].substr(1)});
  }
  std::sort(variants.begin(), variants.end(), [](const Variant& a, const Variant& b) {
    return std::tie(a.spelling, a.capitals, b.count, a.text) < std::tie(b.spelling, b.capitals, a.count, b.text);
  });
  for (std::size_t i = 0; i < variants.size();) {
    Spelling& spelling = spelling_info_[variants[i].spelling];
    std::int64_t voting = 0;
    std::int64_t lower_votes = 0;
    std::string lower;
    const bool only_capitals = variants[i].capitals;
    std::size_t j = i;
    for (; j < variants.size() && variants[j].spelling == variants[i].spelling; ++j) {
      spelling.count += variants[j].count;
      if (variants[j].capitals != only_capitals) continue;
      voting += variants[j].count;
      if (variants[j].text == to_lower_ascii(variants[j].text)) {
        lower_votes += variants[j].count;
        lower = variants[j].text;
      }
    }
    if (only_capitals) spelling.best = to_lower_ascii(variants[i].text);
    else if (lower_votes * kLowerShare >= voting && lower_votes > 0) spelling.best = lower;
    else spelling.best = variants[i].text;
    i = j;
  }
}

// Spellings by token, most frequent first.
void TokenMerger::rank_spellings(TokenizedCorpus& corpus) {
  std::vector<std::uint32_t> by_token;
  for (std::uint32_t s = 0; s < spelling_info_.size(); ++s) {
    if (spelling_info_[s].count > 0) by_token.push_back(s);
  }
  std::sort(by_token.begin(), by_token.end(), [&](std::uint32_t a, std::uint32_t b) {
    const Spelling& x = spelling_info_[a];
    const Spelling& y = spelling_info_[b];
    const std::int32_t token_x = token_number_[x.token];
    const std::int32_t token_y = token_number_[y.token];
    return std::tie(token_x, y.count, x.best) < std::tie(token_y, x.count, y.best);
  });
  corpus.tokens.resize(order_.size());
  corpus.surfaces.resize(order_.size());
  corpus.spelling_offsets.assign(order_.size() + 1, 0);
  rank_.assign(spelling_info_.size(), 0);
  std::int32_t last = -1;
  std::uint32_t rank = 0;
  for (const std::uint32_t s : by_token) {
    const std::int32_t token = token_number_[spelling_info_[s].token];
    rank = token == last ? rank + 1 : 0;
    last = token;
    rank_[s] = static_cast<std::uint8_t>(std::min<std::uint32_t>(rank, TokenizedCorpus::kOtherSpelling));
    if (rank >= TokenizedCorpus::kOtherSpelling) continue;
    if (rank == 0) corpus.surfaces[static_cast<std::size_t>(token)] = spelling_info_[s].best;
    corpus.spellings.push_back(spelling_info_[s].best);
    ++corpus.spelling_offsets[static_cast<std::size_t>(token) + 1];
  }
  for (std::size_t t = 0; t < order_.size(); ++t) {
    corpus.tokens[t] = std::string(tokens_[order_[t]]);
    corpus.spelling_offsets[t + 1] += corpus.spelling_offsets[t];
  }
}

void TokenMerger::write_stream(TokenizedCorpus& corpus, int thread_count) const {
  std::int64_t total = 0;
  corpus.offsets.assign(1, 0);
  for (const Scanned& document : documents_) {
    corpus.text_ends.push_back(total + document.text_end);
    corpus.keyword_starts.push_back(total + document.keyword_start);
    total += document.length;
    corpus.offsets.push_back(total);
  }
  corpus.stream.resize(static_cast<std::size_t>(total));
  corpus.forms.resize(static_cast<std::size_t>(total));
  parallel_blocks(std::ssize(documents_), kBlockDocuments, thread_count, [&](std::int64_t, std::int64_t begin, std::int64_t end) {
    auto at = static_cast<std::size_t>(corpus.offsets[static_cast<std::size_t>(begin)]);
    for (std::int64_t d = begin; d < end; ++d) {
      const Scanned& document = documents_[static_cast<std::size_t>(d)];
      const std::vector<std::uint32_t>& global = piece_of_[document.table];
      for (const std::uint32_t entry : document.stream()) {
        if (entry == kBreakMark) {
          corpus.stream[at] = TokenizedCorpus::kBreak;
          corpus.forms[at++] = 0;
          continue;
        }
        const PieceInfo& piece = info_[global[entry & kIdMask]];
        corpus.stream[at] = token_number_[piece.token];
        corpus.forms[at++] = static_cast<std::uint8_t>(rank_[piece.spelling] | ((entry >> kJointShift) << TokenizedCorpus::kJointShift));
      }
    }
  });
}

TokenStreams TokenMerger::streams(std::span<const DocumentKey> keys) const {
  TokenStreams made;
  std::vector<std::uint32_t> number(info_.size(), 0);
  for (std::uint32_t p = 0; p < info_.size(); ++p) {
    if (counts_[p] == 0) continue;
    number[p] = static_cast<std::uint32_t>(made.pieces.size());
    made.pieces.emplace_back(pieces_[p]);
    made.folded.emplace_back(tokens_[info_[p].token]);
  }
  std::vector<std::uint32_t> order(documents_.size());
  std::size_t total = 0;
  for (std::uint32_t d = 0; d < order.size(); ++d) {
    order[d] = d;
    total += documents_[d].length;
  }
  std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) { return keys[a] < keys[b]; });
  made.stream.reserve(total);
  for (const std::uint32_t d : order) {
    if (!made.documents.empty() && made.documents.back() == keys[d]) continue;
    const Scanned& document = documents_[d];
    const std::vector<std::uint32_t>& global = piece_of_[document.table];
    for (const std::uint32_t entry : document.stream()) made.stream.push_back(entry == kBreakMark ? kBreakMark : number[global[entry & kIdMask]] | (entry & ~kIdMask));
    made.documents.push_back(keys[d]);
    made.offsets.push_back(static_cast<std::int64_t>(made.stream.size()));
    made.text_ends.push_back(document.text_end);
    made.keyword_starts.push_back(document.keyword_start);
  }
  return made;
}

}  // namespace jianwei::text

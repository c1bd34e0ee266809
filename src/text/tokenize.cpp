// Texts to token ids, in three steps.
//
// 1. Blocks of documents are scanned on several threads. Each worker keeps a table from raw words (bytes as written) to the pieces they
//    consist of, so that a word is folded and its hyphens judged once, not at each occurrence. Han runs are segmented.
// 2. The workers' pieces are merged: equal keys become one token, equal spellings (case aside) one spelling of it.
// 3. Tokens are numbered by first occurrence in document order, spellings by falling count: nothing depends on which worker saw what.
#include <algorithm>
#include <atomic>
#include <cstring>
#include <memory>
#include <mutex>
#include <optional>
#include <tuple>

#include "base/parallel.h"
#include "base/strings.h"
#include "records/han.h"
#include "text/corpus.h"
#include "text/fold.h"
#include "text/lexicon.h"
#include "text/scan.h"
#include "text/segmenter.h"
#include "text/string_table.h"

namespace jianwei::text {
namespace {

constexpr std::int64_t kBlockDocuments = 1024;
constexpr std::uint32_t kBreakMark = 0xffffffffU;
constexpr int kJointShift = 30;  // the two high bits of a stream entry of a block
constexpr std::uint32_t kIdMask = (1U << kJointShift) - 1;

// Flags kept with a piece, as its first byte in the table of pieces.
enum PieceFlag : char { kEnglish = 1, kCapitals = 2, kHan = 4 };

struct BlockResult {
  std::vector<std::uint32_t> stream;          // worker's piece id | joint << 30, or kBreakMark
  std::vector<std::int64_t> lengths;          // [documents]
  std::vector<std::int64_t> text_ends;        // [documents] relative to the document's start
  std::vector<std::int64_t> keyword_starts;   // [documents] likewise
  std::size_t worker = 0;
};

// One thread's tables; words in them are known by ids in the order this worker met them.
class Worker {
 public:
  Worker(const Lexicon& words, std::optional<const Segmenter*> han) : lexicon_(words), segmenter_(han) {}

  void document(const DocumentText& document, BlockResult& out) {
    const auto begin = static_cast<std::int64_t>(out.stream.size());
    english_ = document.language.empty() || document.language == "en" || document.language == "zh";
    field(document.title, out);
    field(document.abstract, out);
    out.text_ends.push_back(static_cast<std::int64_t>(out.stream.size()) - begin);
    field(document.title_translated, out);
    field(document.abstract_translated, out);
    out.keyword_starts.push_back(static_cast<std::int64_t>(out.stream.size()) - begin);
    for (const std::string& keyword : document.keywords) field(keyword, out);
    out.lengths.push_back(static_cast<std::int64_t>(out.stream.size()) - begin);
  }

  const StringTable& pieces() const { return pieces_; }
  std::string key_of(std::string_view surface, char flags) const {
    if ((flags & kHan) != 0) return (*segmenter_)->simplified(surface);
    return fold_word(surface, (flags & kEnglish) != 0, (flags & kCapitals) != 0, lexicon_);
  }

 private:
  void field(std::string_view text, BlockResult& out) {
    if (text.empty()) return;
    text = repair_text(text, repaired_);
    const char flags = static_cast<char>((english_ ? kEnglish : 0) | (is_all_capitals(text) ? kCapitals : 0));
    raw_.clear();
    scan(text, raw_);
    for (const RawToken& token : raw_) {
      if (token.kind == RawKind::brk) add_break(out);
      else if (token.kind == RawKind::han) han(token, out);
      else word(token, flags, out);
    }
    add_break(out);
  }

  static void add_break(BlockResult& out) {
    if (!out.stream.empty() && out.stream.back() != kBreakMark) out.stream.push_back(kBreakMark);
  }

  void word(const RawToken& token, char flags, BlockResult& out) {
    key_.assign(1, flags);
    key_ += token.text;
    const auto [id, added] = words_.insert(key_);
    if (added) expand(token.text, flags);
    const Expansion expansion = expansions_[id];
    if (expansion.count == 0) return add_break(out);
    std::uint32_t joint = static_cast<std::uint32_t>(token.joint) << kJointShift;
    for (std::uint32_t i = 0; i < expansion.count; ++i) {
      out.stream.push_back(expanded_[expansion.begin + i] | joint);
      joint = static_cast<std::uint32_t>(Joint::hyphen) << kJointShift;
    }
  }

  // Fills the expansion of the word that was just added.
  void expand(std::string_view word, char flags) {
    const auto begin = static_cast<std::uint32_t>(expanded_.size());
    for_each_piece(word, Joint::blank, [&](Piece piece) {
      std::string key(1, flags);
      key += piece.surface;
      if (!fold_word(piece.surface, (flags & kEnglish) != 0, (flags & kCapitals) != 0, lexicon_).empty()) expanded_.push_back(pieces_.insert(key).first);
    });
    expansions_.push_back({begin, static_cast<std::uint32_t>(expanded_.size()) - begin});
  }

  void han(const RawToken& token, BlockResult& out) {
    ends_.clear();
    (*segmenter_)->cut(token.text, scratch_, ends_);
    std::size_t begin = 0;
    std::uint32_t joint = static_cast<std::uint32_t>(token.joint) << kJointShift;
    for (const std::uint32_t end : ends_) {
      key_.assign(1, static_cast<char>(kHan));
      key_ += token.text.substr(begin, end - begin);
      out.stream.push_back(pieces_.insert(key_).first | joint);
      joint = static_cast<std::uint32_t>(Joint::none) << kJointShift;
      begin = end;
    }
  }

  struct Expansion {
    std::uint32_t begin, count;
  };

  const Lexicon& lexicon_;
  std::optional<const Segmenter*> segmenter_;
  StringTable words_;                     // raw words with their flags
  std::vector<Expansion> expansions_;     // [words]
  std::vector<std::uint32_t> expanded_;   // piece ids
  StringTable pieces_;
  std::vector<RawToken> raw_;
  std::vector<std::uint32_t> ends_;
  Segmenter::Scratch scratch_;
  std::string repaired_, key_;
  bool english_ = true;
};

bool any_han(std::span<const DocumentText> documents, int thread_count) {
  std::atomic<bool> found = false;
  parallel_blocks(static_cast<std::int64_t>(documents.size()), kBlockDocuments, thread_count, [&](std::int64_t, std::int64_t begin, std::int64_t end) {
    for (std::int64_t d = begin; d < end && !found.load(std::memory_order_relaxed); ++d) {
      const DocumentText& document = documents[static_cast<std::size_t>(d)];
      bool here = has_han(document.title) || has_han(document.abstract) || has_han(document.title_translated) || has_han(document.abstract_translated);
      for (const std::string& keyword : document.keywords) here = here || has_han(keyword);
      if (here) found = true;
    }
  });
  return found;
}

// What is known of a spelling (case aside) of a token: its cased variants and their counts.
struct Spelling {
  std::uint32_t token = 0;
  std::int64_t count = 0;
  std::string best;  // the variant to show
};

// Puts the workers' pieces together and numbers tokens and spellings.
class Merger {
 public:
  Merger(const std::vector<std::unique_ptr<Worker>>& workers, const std::vector<BlockResult>& blocks) : workers_(workers), blocks_(blocks) {}

  void run(TokenizedCorpus& corpus, int thread_count) {
    collect_pieces();
    count_pieces(thread_count);
    number_tokens();
    choose_spellings(corpus);
    write_stream(corpus, thread_count);
  }

 private:
  struct PieceInfo {
    std::uint32_t token;     // before numbering
    std::uint32_t spelling;
  };

  void collect_pieces() {
    piece_of_.resize(workers_.size());
    for (std::size_t w = 0; w < workers_.size(); ++w) {
      const StringTable& pieces = workers_[w]->pieces();
      for (std::uint32_t p = 0; p < pieces.size(); ++p) {
        const auto [id, added] = pieces_.insert(pieces[p]);
        piece_of_[w].push_back(id);
        if (!added) continue;
        const char flags = pieces[p][0];
        const std::string_view surface = pieces[p].substr(1);
        const bool han = (flags & kHan) != 0;
        const std::string key = workers_[w]->key_of(surface, flags);
        const std::uint32_t token = tokens_.insert(key).first;
        std::string spelling_key(reinterpret_cast<const char*>(&token), sizeof token);
        spelling_key += han ? std::string(surface) : to_lower_ascii(surface);
        const auto [spelling, is_new] = spellings_.insert(spelling_key);
        if (is_new) spelling_info_.push_back({token, 0, {}});
        info_.push_back({token, spelling});
      }
    }
  }

  void count_pieces(int thread_count) {
    counts_.assign(info_.size(), 0);
    std::mutex mutex;
    const auto total = static_cast<std::int64_t>(blocks_.size());
    parallel_blocks(total, std::max<std::int64_t>(1, (total + 7) / 8), thread_count, [&](std::int64_t, std::int64_t begin, std::int64_t end) {
      std::vector<std::int64_t> local(info_.size(), 0);
      for (std::int64_t b = begin; b < end; ++b) {
        const BlockResult& block = blocks_[static_cast<std::size_t>(b)];
        const std::vector<std::uint32_t>& global = piece_of_[block.worker];
        for (const std::uint32_t entry : block.stream) {
          if (entry != kBreakMark) ++local[global[entry & kIdMask]];
        }
      }
      const std::lock_guard lock(mutex);
      for (std::size_t i = 0; i < local.size(); ++i) counts_[i] += local[i];
    });
  }

  void number_tokens() {
    token_number_.assign(tokens_.size(), -1);
    std::vector<std::uint8_t> seen(info_.size(), 0);
    for (const BlockResult& block : blocks_) {
      const std::vector<std::uint32_t>& global = piece_of_[block.worker];
      for (const std::uint32_t entry : block.stream) {
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
  void choose_spellings(TokenizedCorpus& corpus) {
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
    // Spellings by token, most frequent first.
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

  void write_stream(TokenizedCorpus& corpus, int thread_count) {
    std::vector<std::int64_t> begins;
    std::int64_t total = 0;
    corpus.offsets.assign(1, 0);
    for (const BlockResult& block : blocks_) {
      begins.push_back(total);
      for (std::size_t d = 0; d < block.lengths.size(); ++d) {
        corpus.text_ends.push_back(total + block.text_ends[d]);
        corpus.keyword_starts.push_back(total + block.keyword_starts[d]);
        total += block.lengths[d];
        corpus.offsets.push_back(total);
      }
    }
    corpus.stream.resize(static_cast<std::size_t>(total));
    corpus.forms.resize(static_cast<std::size_t>(total));
    parallel_blocks(static_cast<std::int64_t>(blocks_.size()), 1, thread_count, [&](std::int64_t b, std::int64_t, std::int64_t) {
      const BlockResult& block = blocks_[static_cast<std::size_t>(b)];
      const std::vector<std::uint32_t>& global = piece_of_[block.worker];
      auto at = static_cast<std::size_t>(begins[static_cast<std::size_t>(b)]);
      for (const std::uint32_t entry : block.stream) {
        if (entry == kBreakMark) {
          corpus.stream[at] = TokenizedCorpus::kBreak;
          corpus.forms[at++] = 0;
          continue;
        }
        const PieceInfo& piece = info_[global[entry & kIdMask]];
        corpus.stream[at] = token_number_[piece.token];
        corpus.forms[at++] = static_cast<std::uint8_t>(rank_[piece.spelling] | ((entry >> kJointShift) << TokenizedCorpus::kJointShift));
      }
    });
  }

  const std::vector<std::unique_ptr<Worker>>& workers_;
  const std::vector<BlockResult>& blocks_;
  StringTable pieces_, tokens_, spellings_;
  std::vector<std::vector<std::uint32_t>> piece_of_;  // [worker][its piece] -> piece
  std::vector<PieceInfo> info_;                       // [pieces]
  std::vector<std::int64_t> counts_;                  // [pieces]
  std::vector<Spelling> spelling_info_;
  std::vector<std::int32_t> token_number_;
  std::vector<std::uint32_t> order_;
  std::vector<std::uint8_t> rank_;                    // [spellings]
};

}  // namespace

Result<TokenizedCorpus> tokenize(std::span<const DocumentText> documents, const TokenizeOptions& options, Progress& progress) {
  const Lexicon* words = TRY(lexicon());
  std::optional<const Segmenter*> han;
  if (any_han(documents, options.thread_count)) han = TRY(segmenter());

  const auto count = static_cast<std::int64_t>(documents.size());
  progress.begin("tokens", count, "documents");
  std::vector<BlockResult> blocks(static_cast<std::size_t>((count + kBlockDocuments - 1) / kBlockDocuments));
  std::vector<std::unique_ptr<Worker>> workers;
  std::vector<std::size_t> idle;
  std::mutex mutex;
  parallel_blocks(count, kBlockDocuments, options.thread_count, [&](std::int64_t b, std::int64_t begin, std::int64_t end) {
    if (progress.cancelled()) return;
    BlockResult& block = blocks[static_cast<std::size_t>(b)];
    Worker* worker = nullptr;
    {
      const std::lock_guard lock(mutex);
      if (idle.empty()) {
        idle.push_back(workers.size());
        workers.push_back(std::make_unique<Worker>(*words, han));
      }
      block.worker = idle.back();
      idle.pop_back();
      worker = workers[block.worker].get();
    }
    for (std::int64_t d = begin; d < end; ++d) worker->document(documents[static_cast<std::size_t>(d)], block);
    progress.advance(end - begin);
    const std::lock_guard lock(mutex);
    idle.push_back(block.worker);
  });
  TRY(progress.check());

  TokenizedCorpus corpus;
  Merger(workers, blocks).run(corpus, options.thread_count);
  return corpus;
}

}  // namespace jianwei::text

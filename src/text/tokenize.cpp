// Texts to token ids, in three steps.
//
// 1. Blocks of documents are scanned on several threads. Each worker keeps a table from raw words (bytes as written) to the pieces they
//    consist of, so that a word is folded and its hyphens judged once, not at each occurrence. Han runs are segmented.
// 2. The workers' pieces are merged: equal keys become one token, equal spellings (case aside) one spelling of it.
// 3. Tokens are numbered by first occurrence in document order, spellings by falling count: nothing depends on which worker saw what.
//
// Documents whose pieces were kept from an earlier call (token_streams.h) skip step 1: the kept streams are one more worker.
#include <algorithm>
#include <atomic>
#include <cstring>
#include <memory>
#include <mutex>
#include <numeric>
#include <optional>
#include <tuple>

#include "base/file.h"
#include "base/hash.h"
#include "base/parallel.h"
#include "base/share.h"
#include "base/strings.h"
#include "records/han.h"
#include "text/corpus.h"
#include "text/fold.h"
#include "text/lexicon.h"
#include "text/scan.h"
#include "text/segmenter.h"
#include "text/string_table.h"
#include "text/token_merger.h"
#include "text/token_streams.h"

namespace jianwei::text {
namespace {

constexpr std::int64_t kBlockDocuments = 1024;
constexpr std::uint64_t kTokenVersion = 1;  // raised when a document's pieces come out otherwise than before

bool reads_as_english(const DocumentText& document) { return document.language.empty() || document.language == "en" || document.language == "zh"; }

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
    english_ = reads_as_english(document);
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
  // The token a piece is.
  std::string key_of(std::string_view piece) const {
    const char flags = piece[0];
    const std::string_view surface = piece.substr(1);
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

bool any_han(std::span<const DocumentText> documents, std::span<const std::int64_t> places, int thread_count) {
  std::atomic<bool> found = false;
  parallel_blocks(std::ssize(places), kBlockDocuments, thread_count, [&](std::int64_t, std::int64_t begin, std::int64_t end) {
    for (std::int64_t p = begin; p < end && !found.load(std::memory_order_relaxed); ++p) {
      const DocumentText& document = documents[static_cast<std::size_t>(places[static_cast<std::size_t>(p)])];
      bool here = has_han(document.title) || has_han(document.abstract) || has_han(document.title_translated) || has_han(document.abstract_translated);
      for (const std::string& keyword : document.keywords) here = here || has_han(keyword);
      if (here) found = true;
    }
  });
  return found;
}

DocumentKey key_of(const DocumentText& document) {
  const auto hash = [&](std::uint64_t seed) {
    seed = hash_combine(seed, reads_as_english(document) ? 1 : 0);
    for (const std::string_view field : {document.title, document.abstract, document.title_translated, document.abstract_translated}) seed = hash64(field, seed);
    for (const std::string& keyword : document.keywords) seed = hash64(keyword, seed);
    return seed;
  };
  return {hash(1), hash(2)};
}

// The workers and what they made of the documents at `places`.
struct Cut {
  std::vector<std::unique_ptr<Worker>> workers;
  std::vector<BlockResult> blocks;
};

Result<Cut> cut_documents(std::span<const DocumentText> documents, std::span<const std::int64_t> places, int thread_count, Progress& progress) {
  const Lexicon* words = TRY(lexicon());
  std::optional<const Segmenter*> han;
  if (any_han(documents, places, thread_count)) han = TRY(segmenter());
  Cut cut;
  cut.blocks.resize(static_cast<std::size_t>((std::ssize(places) + kBlockDocuments - 1) / kBlockDocuments));
  std::vector<std::size_t> idle;
  std::mutex mutex;
  parallel_blocks(std::ssize(places), kBlockDocuments, thread_count, [&](std::int64_t b, std::int64_t begin, std::int64_t end) {
    if (progress.cancelled()) return;
    BlockResult& block = cut.blocks[static_cast<std::size_t>(b)];
    Worker* worker = nullptr;
    {
      const std::lock_guard lock(mutex);
      if (idle.empty()) {
        idle.push_back(cut.workers.size());
        cut.workers.push_back(std::make_unique<Worker>(*words, han));
      }
      block.worker = idle.back();
      idle.pop_back();
      worker = cut.workers[block.worker].get();
    }
    for (std::int64_t p = begin; p < end; ++p) worker->document(documents[static_cast<std::size_t>(places[static_cast<std::size_t>(p)])], block);
    progress.advance(end - begin);
    const std::lock_guard lock(mutex);
    idle.push_back(block.worker);
  });
  TRY(progress.check());
  return cut;
}

// Enters what was cut at its documents' places.
void enter_cut(const Cut& cut, std::span<const std::int64_t> places, std::vector<Scanned>& scanned) {
  std::size_t next = 0;
  for (const BlockResult& block : cut.blocks) {
    const std::uint32_t* at = block.stream.data();
    for (std::size_t d = 0; d < block.lengths.size(); ++d) {
      const auto length = static_cast<std::uint32_t>(block.lengths[d]);
      scanned[static_cast<std::size_t>(places[next++])] = {at, length, static_cast<std::uint32_t>(block.text_ends[d]), static_cast<std::uint32_t>(block.keyword_starts[d]), static_cast<std::uint32_t>(block.worker) + 1};
      at += length;
    }
  }
}

// The pieces of the kept streams, then of each worker. They point into both.
std::vector<PieceTable> tables_of(const TokenStreams& kept, const Cut& cut) {
  std::vector<PieceTable> tables;
  tables.push_back({kept.pieces.size(), [&kept](std::size_t p) { return std::string_view(kept.pieces[p]); }, [&kept](std::size_t p) { return kept.folded[p]; }});
  for (const std::unique_ptr<Worker>& worker : cut.workers) {
    const StringTable& pieces = worker->pieces();
    tables.push_back({pieces.size(), [&pieces](std::size_t p) { return pieces[static_cast<std::uint32_t>(p)]; },
                      [&worker, &pieces](std::size_t p) { return worker->key_of(pieces[static_cast<std::uint32_t>(p)]); }});
  }
  return tables;
}

}  // namespace

Result<std::uint64_t> token_version() {
  std::uint64_t version = kTokenVersion;
  for (const std::string_view name : {"english_words.txt", "chinese_words.txt", "english_plurals.txt", "segmentation.bin"}) {
    version = hash64(TRY(read_file(TRY(share_file(name)))), version);
  }
  return version;
}

Result<TokenizedCorpus> tokenize(std::span<const DocumentText> documents, const TokenizeOptions& options, Progress& progress) {
  progress.begin("tokens", std::ssize(documents), "documents");
  std::vector<std::int64_t> places(documents.size());
  std::iota(places.begin(), places.end(), std::int64_t{0});
  const Cut cut = TRY(cut_documents(documents, places, options.thread_count, progress));
  std::vector<Scanned> scanned(documents.size());
  enter_cut(cut, places, scanned);
  TokenizedCorpus corpus;
  const TokenStreams none;
  TokenMerger(tables_of(none, cut), scanned).run(corpus, options.thread_count);
  return corpus;
}

Result<TokenizedCorpus> tokenize(std::span<const DocumentText> documents, const TokenizeOptions& options, TokenStreams& kept, Progress& progress) {
  progress.begin("tokens", std::ssize(documents), "documents");
  std::vector<DocumentKey> keys(documents.size());
  parallel_blocks(std::ssize(documents), kBlockDocuments, options.thread_count, [&](std::int64_t, std::int64_t begin, std::int64_t end) {
    for (auto d = static_cast<std::size_t>(begin); d < static_cast<std::size_t>(end); ++d) keys[d] = key_of(documents[d]);
  });
  std::vector<Scanned> scanned(documents.size());
  std::vector<std::int64_t> missing;
  for (std::size_t d = 0; d < documents.size(); ++d) {
    const auto found = std::lower_bound(kept.documents.begin(), kept.documents.end(), keys[d]);
    if (found == kept.documents.end() || *found != keys[d]) {
      missing.push_back(static_cast<std::int64_t>(d));
      continue;
    }
    const auto k = static_cast<std::size_t>(found - kept.documents.begin());
    scanned[d] = {kept.stream.data() + kept.offsets[k], static_cast<std::uint32_t>(kept.offsets[k + 1] - kept.offsets[k]), kept.text_ends[k], kept.keyword_starts[k], 0};
  }
  progress.advance(std::ssize(documents) - std::ssize(missing));
  const Cut cut = TRY(cut_documents(documents, missing, options.thread_count, progress));
  enter_cut(cut, missing, scanned);
  TokenizedCorpus corpus;
  TokenMerger merger(tables_of(kept, cut), scanned);
  merger.run(corpus, options.thread_count);
  if (!missing.empty()) {
    TokenStreams grown = merger.streams(keys);
    kept = std::move(grown);
  }
  kept.cut_count = std::ssize(missing);
  return corpus;
}

}  // namespace jianwei::text

// The text side of a study: documents -> tokens -> terms -> which document holds which term how often.
//
// The three steps are apart so that a hindcast can fit the vocabulary on the documents of the past only and then count it in later ones:
// tokenize() looks at each document alone; mine_terms() is the only step that sees corpus statistics, and only those of the documents
// it is allowed to use; count_terms() applies a vocabulary to any documents.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/progress.h"
#include "base/result.h"

namespace jianwei::text {

// Compressed rows: row r holds columns[offsets[r] .. offsets[r+1]) in increasing order, with one count each.
struct CountMatrix {
  std::int64_t row_count = 0;
  std::int64_t column_count = 0;
  std::vector<std::int64_t> offsets;    // [row_count + 1]
  std::vector<std::int32_t> columns;    // [entries]; int32: one per entry of a large array
  std::vector<std::int32_t> counts;     // [entries] >= 1

  std::span<const std::int32_t> row(std::int64_t r) const {
    return {columns.data() + offsets[static_cast<std::size_t>(r)], static_cast<std::size_t>(offsets[static_cast<std::size_t>(r) + 1] - offsets[static_cast<std::size_t>(r)])};
  }
};

// Rows become columns. Time O(entries).
CountMatrix transpose(const CountMatrix& matrix);

struct DocumentText {
  std::string_view title;
  std::string_view abstract;                  // or the full text
  std::span<const std::string> keywords;
  std::string_view language;                  // ISO 639-1 of the title, "" unknown
};

struct TokenizeOptions {
  int thread_count = 0;
};

// Every document as a sequence of token ids; sentence and field bounds are kept as kBreak so that no phrase crosses them.
struct TokenizedCorpus {
  static constexpr std::int32_t kBreak = -1;
  std::vector<std::string> tokens;        // [token_count] folded form used for comparing ("robot", "固态"), id = index; order independent of threads
  std::vector<std::string> surfaces;      // [token_count] the most frequent spelling in the texts ("Robots", "BERT")
  std::vector<std::int64_t> offsets;      // [documents + 1] into stream
  std::vector<std::int32_t> stream;       // token ids and kBreak

  // Which spelling stands at each place and how it is joined to the word before it: the forms of a term are read from these.
  static constexpr std::uint8_t kOtherSpelling = 63;  // a spelling beyond the 63 most frequent ones of its token
  static constexpr int kJointShift = 6;               // joint: 0 blank, 1 none, 2 hyphen, 3 slash
  std::vector<std::string> spellings;          // of token t: [spelling_offsets[t] .. [t + 1]), most frequent first, each as it is mostly cased
  std::vector<std::int64_t> spelling_offsets;  // [token_count + 1]
  std::vector<std::uint8_t> forms;             // [stream] index of the spelling | joint << kJointShift; 0 at kBreak
  std::vector<std::int64_t> keyword_starts;    // [documents] where in stream the author keywords begin, each parted by kBreak; they count as
                                               // evidence for a term, never as its occurrences
  std::int64_t document_count() const { return static_cast<std::int64_t>(offsets.size()) - 1; }
  // Where title and abstract of document d end in stream and the keywords begin.
  std::int64_t text_end(std::int64_t d) const { return keyword_starts[static_cast<std::size_t>(d)]; }
};

// Time O(bytes). Same result at any thread count. Errors: cancelled; not_found when a dictionary file is missing.
Result<TokenizedCorpus> tokenize(std::span<const DocumentText> documents, const TokenizeOptions& options, Progress& progress);

struct TermOptions {
  std::int32_t min_documents = 5;     // a term occurs in at least this many of the used documents
  double max_document_share = 0.2;    // and in at most this share of them
  std::int32_t max_words = 5;         // tokens of the longest phrase
  std::int32_t max_terms = 200'000;   // the best by score
  int thread_count = 0;
};

struct Term {
  std::string label;                       // as people write it: "soft robot", "固态电池", "BERT"
  std::vector<std::string> forms;          // surface forms folded into this term, most frequent first ("soft robots", "soft robot")
  std::vector<std::int32_t> tokens;        // token ids of the term, in order
  std::vector<std::vector<std::int32_t>> variants;  // other token sequences counted as this term ("data set" of "dataset", "SVM" of its long form)
  std::string language;                    // zh or en (or other ISO 639-1)
  std::int32_t document_count = 0;         // among the used documents
  std::int64_t occurrence_count = 0;
  double termhood = 0.0;                   // how much it behaves like a term: rank aggregate of NPMI, C-value and boundary entropy, [0, 1]
};

struct Vocabulary {
  std::vector<Term> terms;  // by decreasing document_count, then label: the order is stable
};

// Finds the terms of the documents whose `use_document` flag is set (empty span: all).
Result<Vocabulary> mine_terms(const TokenizedCorpus& corpus, std::span<const std::uint8_t> use_document, const TermOptions& options, Progress& progress);

// Documents x terms. A longer term's occurrence also counts for the terms nested inside it.
CountMatrix count_terms(const TokenizedCorpus& corpus, const Vocabulary& vocabulary, int thread_count);

// The language of a text as ISO 639-1 ("zh", "en", "de", "fr", "es", "ja", "ko", "ru", "pt", ...), "" when it cannot be told. Short titles are judged with care.
std::string detect_language(std::string_view text);

}  // namespace jianwei::text

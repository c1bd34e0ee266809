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
  std::string_view title_translated;          // title and abstract in a second language: they teach which terms of two languages are one
  std::string_view abstract_translated;
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
  std::vector<std::int64_t> text_ends;         // [documents] where in stream title and abstract end and their translation begins; empty: there is none.
                                               // Terms are looked for in translations, but do not occur there
  std::vector<std::int64_t> keyword_starts;    // [documents] where in stream the author keywords begin, each parted by kBreak; they count as
                                               // evidence for a term, never as its occurrences
  std::int64_t document_count() const { return static_cast<std::int64_t>(offsets.size()) - 1; }
  // Where title and abstract of document d end in stream: occurrences are counted up to here.
  std::int64_t text_end(std::int64_t d) const { return text_ends.empty() ? keyword_starts[static_cast<std::size_t>(d)] : text_ends[static_cast<std::size_t>(d)]; }
  // Where its translation ends and the keywords begin: terms are learned up to here.
  std::int64_t learned_end(std::int64_t d) const { return keyword_starts[static_cast<std::size_t>(d)]; }
};

// Time O(bytes). Same result at any thread count. Errors: cancelled; not_found when a dictionary file is missing.
Result<TokenizedCorpus> tokenize(std::span<const DocumentText> documents, const TokenizeOptions& options, Progress& progress);

// What people decided about terms, as they wrote it; words are compared as those of texts are (case, plural, hyphen, script).
struct TermDecisions {
  std::vector<std::string> stops;                                  // no terms
  std::vector<std::vector<std::string>> synonyms;                  // each group is one term and is called by its first
  std::vector<std::pair<std::string, std::string>> pairs;          // one concept in Chinese and English
  std::vector<std::pair<std::string, std::string>> refused_pairs;  // two concepts, whatever the statistics say
};

struct TermOptions {
  std::int32_t min_documents = 5;     // a term occurs in at least this many of the used documents
  double max_document_share = 0.2;    // and in at most this share of them
  std::int32_t max_words = 5;         // tokens of the longest phrase
  std::int32_t max_terms = 200'000;   // the best by score
  TermDecisions decisions;
  int thread_count = 0;
};

struct Term {
  std::string label;                       // as people write it: "soft robot", "固态电池", "BERT"
  std::string label_zh, label_en;          // its names in both languages where the texts hold them, else ""
  std::vector<std::string> forms;          // surface forms folded into this term, most frequent first ("soft robots", "soft robot")
  std::vector<std::int32_t> tokens;        // token ids of the term, in order
  std::vector<std::vector<std::int32_t>> variants;  // other token sequences counted as this term ("data set" of "dataset", "SVM" of its long form)
  std::string language;                    // zh or en (or other ISO 639-1)
  std::int32_t document_count = 0;         // among the used documents
  std::int64_t occurrence_count = 0;
  double termhood = 0.0;                   // how much it behaves like a term: rank aggregate of NPMI, C-value and boundary entropy, [0, 1]
};

// A Chinese and an English name that count as one term, and why.
struct TermPair {
  std::string zh, en;
  std::int32_t term = -1;                  // index into the vocabulary
  std::int32_t definitions = 0;            // places where one stands in brackets behind the other
  std::int32_t keywords = 0;               // documents that give both at the same place of their keyword lists
  std::int32_t together = 0;               // documents whose text has one and whose translation the other,
  std::int32_t zh_documents = 0;           // of the documents with a translation that hold the Chinese name
  std::int32_t en_documents = 0;           // and the English one
  double score = 0.0;                      // (0, 1]; 1 when a person said so
  bool decided = false;                    // by a person
};

struct Vocabulary {
  std::vector<Term> terms;      // by decreasing document_count, then label: the order is stable
  std::vector<TermPair> pairs;  // by decreasing score, then names
};

// Finds the terms of the documents whose `use_document` flag is set (empty span: all).
Result<Vocabulary> mine_terms(const TokenizedCorpus& corpus, std::span<const std::uint8_t> use_document, const TermOptions& options, Progress& progress);

// Documents x terms. A longer term's occurrence also counts for the terms nested inside it.
CountMatrix count_terms(const TokenizedCorpus& corpus, const Vocabulary& vocabulary, int thread_count);

// The language of a text as ISO 639-1 ("zh", "en", "de", "fr", "es", "ja", "ko", "ru", "pt", ...), "" when it cannot be told. Short titles are judged with care.
std::string detect_language(std::string_view text);

}  // namespace jianwei::text

// Words and stems are told once per token, not per occurrence. Bigrams are keyed by their two code points; the keys of all blocks, sorted, are
// numbered after the words and stems.
#include "analysis/retrieval/search_terms.h"

#include <algorithm>
#include <unordered_map>

#include "analysis/retrieval/porter.h"
#include "base/parallel.h"
#include "base/strings.h"
#include "records/unicode.h"
#include "text/lexicon.h"

namespace jianwei::analysis {
namespace {

constexpr std::int64_t kBlockDocuments = 1024;
constexpr std::uint16_t kLeftOut = text::kDeterminer | text::kPreposition | text::kBe | text::kModal | text::kPronoun | text::kConjunction;

std::size_t at(std::int64_t i) { return static_cast<std::size_t>(i); }

// What a token stands for.
struct TokenTerms {
  std::int32_t word = -1, stem = -1;
  std::vector<std::uint32_t> characters;  // of a Chinese word, else empty
};

std::vector<std::uint32_t> han_characters(std::string_view token) {
  std::vector<std::uint32_t> characters;
  while (!token.empty()) {
    const CodePoint c = decode_utf8(token);
    if (!is_han(c.value)) return {};
    characters.push_back(static_cast<std::uint32_t>(c.value));
    token.remove_prefix(at(c.length));
  }
  return characters;
}

std::uint64_t bigram_key(std::uint32_t a, std::uint32_t b) { return static_cast<std::uint64_t>(a) << 32 | b; }

std::vector<TokenTerms> describe_tokens(const text::TokenizedCorpus& corpus, const text::Lexicon& lexicon, SearchTerms& terms) {
  std::vector<TokenTerms> tokens(corpus.tokens.size());
  std::unordered_map<std::string, std::int32_t> stems;
  const auto add = [&](std::string name, SearchTermKind kind) {
    terms.names.push_back(std::move(name));
    terms.kinds.push_back(kind);
    return static_cast<std::int32_t>(terms.names.size()) - 1;
  };
  for (std::size_t t = 0; t < tokens.size(); ++t) {
    const std::string& name = corpus.tokens[t];
    tokens[t].characters = han_characters(name);
    if ((lexicon.classes_of(name) & kLeftOut) != 0) continue;
    tokens[t].word = add(name, SearchTermKind::word);
    if (!tokens[t].characters.empty()) continue;
    const std::string stem = stem_term(name);
    const auto [found, added] = stems.try_emplace(stem, 0);
    if (added) found->second = add(stem, SearchTermKind::stem);
    tokens[t].stem = found->second;
  }
  return tokens;
}

// Calls use(key) for the bigrams of a document that are not words by themselves.
template <class Use>
void for_each_bigram(const text::TokenizedCorpus& corpus, const std::vector<TokenTerms>& tokens, std::int64_t document, Use use) {
  std::uint32_t last = 0;  // the character before, 0: none that joins
  for (std::int64_t i = corpus.offsets[at(document)]; i < corpus.offsets[at(document + 1)]; ++i) {
    const std::int32_t token = corpus.stream[at(i)];
    if (token == text::TokenizedCorpus::kBreak || tokens[at(token)].characters.empty()) {
      last = 0;
      continue;
    }
    const std::vector<std::uint32_t>& characters = tokens[at(token)].characters;
    const bool joined = corpus.forms[at(i)] >> text::TokenizedCorpus::kJointShift == 1;
    if (last != 0 && joined) use(bigram_key(last, characters.front()));
    if (characters.size() > 2) {
      for (std::size_t c = 1; c < characters.size(); ++c) use(bigram_key(characters[c - 1], characters[c]));
    }
    last = characters.back();
  }
}

std::vector<std::uint64_t> distinct_bigrams(const text::TokenizedCorpus& corpus, const std::vector<TokenTerms>& tokens, int thread_count) {
  const std::int64_t documents = corpus.document_count();
  std::vector<std::vector<std::uint64_t>> found(at((documents + kBlockDocuments - 1) / kBlockDocuments));
  parallel_blocks(documents, kBlockDocuments, thread_count, [&](std::int64_t block, std::int64_t begin, std::int64_t end) {
    std::vector<std::uint64_t>& keys = found[at(block)];
    for (std::int64_t d = begin; d < end; ++d) for_each_bigram(corpus, tokens, d, [&](std::uint64_t key) { keys.push_back(key); });
    std::sort(keys.begin(), keys.end());
    keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
  });
  std::vector<std::uint64_t> all;
  for (const std::vector<std::uint64_t>& keys : found) all.insert(all.end(), keys.begin(), keys.end());
  std::sort(all.begin(), all.end());
  all.erase(std::unique(all.begin(), all.end()), all.end());
  return all;
}

struct Block {
  std::vector<std::int64_t> lengths;
  std::vector<std::int32_t> columns, counts;
};

}  // namespace

std::string stem_term(std::string_view word) { return "~" + porter_stem(word); }

Result<SearchTerms> make_search_terms(const text::TokenizedCorpus& corpus, int thread_count, Progress& progress) {
  const text::Lexicon* lexicon = TRY(text::lexicon());
  SearchTerms terms;
  const std::vector<TokenTerms> tokens = describe_tokens(corpus, *lexicon, terms);
  // A two-character word and the same two characters inside a longer run are one term, so that a query for the one finds the other.
  std::unordered_map<std::uint64_t, std::int32_t> bigram_terms;
  for (const TokenTerms& token : tokens) {
    if (token.characters.size() == 2 && token.word >= 0) bigram_terms.emplace(bigram_key(token.characters[0], token.characters[1]), token.word);
  }
  for (const std::uint64_t key : distinct_bigrams(corpus, tokens, thread_count)) {
    if (!bigram_terms.emplace(key, static_cast<std::int32_t>(terms.names.size())).second) continue;
    std::string name;
    append_utf8(name, static_cast<char32_t>(key >> 32));
    append_utf8(name, static_cast<char32_t>(key & 0xffffffffU));
    terms.names.push_back(std::move(name));
    terms.kinds.push_back(SearchTermKind::bigram);
  }
  TRY(progress.check());

  const std::int64_t documents = corpus.document_count();
  std::vector<Block> blocks(at((documents + kBlockDocuments - 1) / kBlockDocuments));
  parallel_blocks(documents, kBlockDocuments, thread_count, [&](std::int64_t number, std::int64_t begin, std::int64_t end) {
    Block& block = blocks[at(number)];
    std::vector<std::int32_t> ids;
    for (std::int64_t d = begin; d < end; ++d) {
      ids.clear();
      for (std::int64_t i = corpus.offsets[at(d)]; i < corpus.offsets[at(d + 1)]; ++i) {
        const std::int32_t token = corpus.stream[at(i)];
        if (token == text::TokenizedCorpus::kBreak) continue;
        if (tokens[at(token)].word >= 0) ids.push_back(tokens[at(token)].word);
        if (tokens[at(token)].stem >= 0) ids.push_back(tokens[at(token)].stem);
      }
      for_each_bigram(corpus, tokens, d, [&](std::uint64_t key) { ids.push_back(bigram_terms.at(key)); });
      std::sort(ids.begin(), ids.end());
      const auto before = std::ssize(block.columns);
      for (std::size_t i = 0; i < ids.size(); ++i) {
        if (i > 0 && ids[i] == ids[i - 1]) {
          ++block.counts.back();
        } else {
          block.columns.push_back(ids[i]);
          block.counts.push_back(1);
        }
      }
      block.lengths.push_back(std::ssize(block.columns) - before);
    }
  });
  terms.counts.row_count = documents;
  terms.counts.column_count = std::ssize(terms.names);
  terms.counts.offsets.push_back(0);
  for (const Block& block : blocks) {
    for (const std::int64_t length : block.lengths) terms.counts.offsets.push_back(terms.counts.offsets.back() + length);
    terms.counts.columns.insert(terms.counts.columns.end(), block.columns.begin(), block.columns.end());
    terms.counts.counts.insert(terms.counts.counts.end(), block.counts.begin(), block.counts.end());
  }
  return terms;
}

}  // namespace jianwei::analysis

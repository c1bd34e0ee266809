// bench_keyphrases GOLD.tsv [NAME=PEER.tsv...]: key phrases of each document by several methods, as the folded words all of them are compared by.
//
// GOLD.tsv has lines "id<TAB>title<TAB>abstract<TAB>key|phrases", PEER.tsv "id<TAB>phrase|phrase" in the order of the gold file. Printed lines
// are "method<TAB>id<TAB>phrase|phrase": `text` (sentences), `gold`, `jianwei` (find_keyphrases), `tfidf` (all n-grams of one to three words
// without function words at their edges), `terms` (every mined term that occurs, unranked) and one for each peer. The gold phrases are never
// shown to the methods. keyphrases.py beside this file makes the input and scores the output.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/file.h"
#include "base/strings.h"
#include "text/corpus.h"
#include "text/keyphrases.h"
#include "text/lexicon.h"

using namespace jianwei;

namespace {

constexpr std::size_t kCount = 10;

std::string joined(const text::TokenizedCorpus& corpus, std::span<const std::int32_t> tokens) {
  std::string key;
  for (const std::int32_t token : tokens) key += (key.empty() ? "" : " ") + corpus.tokens[static_cast<std::size_t>(token)];
  return key;
}

// The pieces between breaks of stream[from, to).
std::vector<std::string> pieces(const text::TokenizedCorpus& corpus, std::int64_t from, std::int64_t to) {
  std::vector<std::string> parts;
  const std::span<const std::int32_t> stream(corpus.stream);
  for (std::int64_t i = from; i < to;) {
    std::int64_t j = i;
    while (j < to && stream[static_cast<std::size_t>(j)] >= 0) ++j;
    if (j > i) parts.push_back(joined(corpus, stream.subspan(static_cast<std::size_t>(i), static_cast<std::size_t>(j - i))));
    i = j + 1;
  }
  return parts;
}

void print_line(std::string_view method, std::string_view id, const std::vector<std::string>& phrases) { fmt::print("{}\t{}\t{}\n", method, id, fmt::join(phrases, "|")); }

// Documents first, then each list of phrases as the keywords of an empty document, so that all share the folding of words.
struct Input {
  std::vector<std::string> contents;
  std::vector<std::vector<std::string_view>> rows;
  std::vector<std::string> lists;                    // "gold", then the peers
  std::vector<std::vector<std::string>> phrases;     // [lists * rows]
};

Result<Input> read_input(int argument_count, char** arguments) {
  Input input;
  input.contents.push_back(TRY(read_file(arguments[1])));
  for (int a = 2; a < argument_count; ++a) {
    const std::string_view argument = arguments[a];
    input.contents.push_back(TRY(read_file(std::string(argument.substr(argument.find('=') + 1)))));
  }
  for (const std::string_view line : split(input.contents[0], "\n")) {
    if (line.empty()) continue;
    input.rows.push_back(split(line, "\t"));
    input.rows.back().resize(4);
    input.phrases.push_back(split_trimmed(input.rows.back()[3], "|"));
  }
  input.lists.emplace_back("gold");
  for (int a = 2; a < argument_count; ++a) {
    const std::string_view argument = arguments[a];
    input.lists.emplace_back(argument.substr(0, argument.find('=')));
    std::size_t row = 0;
    for (const std::string_view line : split(input.contents[static_cast<std::size_t>(a) - 1], "\n")) {
      if (line.empty()) continue;
      const auto fields = split(line, "\t");
      if (row >= input.rows.size() || fields[0] != input.rows[row][0]) return fail(ErrorKind::invalid_input, "{}: line {} is not of the gold file's document", argument, row + 1);
      input.phrases.push_back(fields.size() > 1 ? split_trimmed(fields[1], "|") : std::vector<std::string>{});
      ++row;
    }
    if (row != input.rows.size()) return fail(ErrorKind::invalid_input, "{}: {} lines for {} documents", argument, row, input.rows.size());
  }
  return input;
}

void print_tfidf(const text::TokenizedCorpus& corpus, const text::Lexicon& lexicon, const Input& input) {
  std::unordered_map<std::string, std::int32_t> document_frequency;
  std::vector<std::unordered_map<std::string, std::int32_t>> grams(input.rows.size());
  const auto plain = [&](std::int32_t token) {
    const std::string& word = corpus.tokens[static_cast<std::size_t>(token)];
    return word.size() > 1 && (lexicon.classes_of(word) & (text::kFunctionWord | text::kBreakWord)) == 0;
  };
  for (std::size_t d = 0; d < grams.size(); ++d) {
    const auto from = static_cast<std::size_t>(corpus.offsets[d]);
    const std::span<const std::int32_t> stream(corpus.stream.data() + from, static_cast<std::size_t>(corpus.text_end(static_cast<std::int64_t>(d))) - from);
    for (std::size_t i = 0; i < stream.size(); ++i) {
      for (std::size_t n = 1; n <= 3 && i + n <= stream.size() && stream[i + n - 1] >= 0; ++n) {
        if (plain(stream[i]) && plain(stream[i + n - 1])) ++grams[d][joined(corpus, stream.subspan(i, n))];
      }
    }
    for (const auto& [gram, n] : grams[d]) ++document_frequency[gram];
  }
  for (std::size_t d = 0; d < grams.size(); ++d) {
    std::vector<std::pair<double, std::string>> ranked;
    for (const auto& [gram, n] : grams[d]) ranked.emplace_back(-n * std::log(static_cast<double>(grams.size()) / document_frequency[gram]), gram);
    std::sort(ranked.begin(), ranked.end());
    std::vector<std::string> found;
    for (std::size_t i = 0; i < ranked.size() && i < kCount; ++i) found.push_back(ranked[i].second);
    print_line("tfidf", input.rows[d][0], found);
  }
}

Result<> run(int argument_count, char** arguments) {
  const Input input = TRY(read_input(argument_count, arguments));
  const auto count = static_cast<std::int64_t>(input.rows.size());
  std::vector<text::DocumentText> documents;
  for (const auto& row : input.rows) documents.push_back({row[1], row[2], {}, "", "", ""});
  for (const auto& list : input.phrases) documents.push_back({"", "", list, "", "", ""});
  std::vector<std::uint8_t> use(documents.size(), 0);
  std::fill_n(use.begin(), count, 1);
  Progress progress;
  const text::TokenizedCorpus corpus = TRY(text::tokenize(documents, {}, progress));
  const text::KeyphraseStatistics statistics = TRY(text::count_keyphrase_candidates(corpus, use, 2));
  text::TermOptions options;
  options.min_documents = 1;
  options.max_document_share = 0.3;
  const text::Vocabulary vocabulary = TRY(text::mine_terms(corpus, use, options, progress));
  const text::CountMatrix matrix = text::count_terms(corpus, vocabulary, 2);

  for (std::int64_t d = 0; d < count; ++d) {
    const std::string_view id = input.rows[static_cast<std::size_t>(d)][0];
    print_line("text", id, pieces(corpus, corpus.offsets[static_cast<std::size_t>(d)], corpus.text_end(d)));
    std::vector<std::string> found;
    for (const text::Keyphrase& phrase : text::find_keyphrases(corpus, statistics, d, {kCount})) found.push_back(joined(corpus, phrase.tokens));
    print_line("jianwei", id, found);
    found.clear();
    for (const std::int32_t t : matrix.row(d)) {
      const text::Term& term = vocabulary.terms[static_cast<std::size_t>(t)];
      found.push_back(joined(corpus, term.tokens));
      for (const auto& variant : term.variants) found.push_back(joined(corpus, variant));
    }
    print_line("terms", id, found);
  }
  for (std::size_t list = 0; list < input.lists.size(); ++list) {
    for (std::int64_t d = 0; d < count; ++d) {
      const std::int64_t at = count + static_cast<std::int64_t>(list) * count + d;
      print_line(input.lists[list], input.rows[static_cast<std::size_t>(d)][0], pieces(corpus, corpus.keyword_starts[static_cast<std::size_t>(at)], corpus.offsets[static_cast<std::size_t>(at) + 1]));
    }
  }
  print_tfidf(corpus, *TRY(text::lexicon()), input);
  return {};
}

}  // namespace

int main(int argument_count, char** arguments) {
  if (argument_count < 2) {
    fmt::print(stderr, "bench_keyphrases GOLD.tsv [NAME=PEER.tsv...]\n");
    return 2;
  }
  if (const auto done = run(argument_count, arguments); !done) {
    fmt::print(stderr, "{}\n", done.error().message);
    return 1;
  }
  return 0;
}

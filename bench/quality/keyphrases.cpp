// bench_keyphrases [--min DOCUMENTS] GOLD.tsv...: how many human keyphrases the terms of a text hit. Lines "group<TAB>title<TAB>abstract<TAB>key|phrases".
//
// Prints for each file: the share of gold phrases that occur in their text (nothing extractive can do better), the share of gold
// phrases among the mined vocabulary's occurrences (recall of author keywords), and F1@10 (macro over documents, all gold phrases counted)
// of find_keyphrases() beside a TF-IDF baseline over all n-grams of one to three words without function words at their edges. The gold
// phrases are never shown to the miner. Phrases are compared by their folded tokens.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>
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

using Phrase = std::vector<std::int32_t>;

std::string joined(const text::TokenizedCorpus& corpus, std::span<const std::int32_t> tokens) {
  std::string key;
  for (const std::int32_t token : tokens) key += corpus.tokens[static_cast<std::size_t>(token)] + " ";
  return key;
}

struct Score {
  double f1 = 0.0;
  std::int64_t documents = 0;
  void add(const std::vector<std::string>& found, const std::set<std::string>& gold) {
    std::set<std::string> hit;
    for (const std::string& phrase : found) {
      if (gold.contains(phrase)) hit.insert(phrase);
    }
    const double precision = found.empty() ? 0.0 : static_cast<double>(hit.size()) / static_cast<double>(found.size());
    const double recall = static_cast<double>(hit.size()) / static_cast<double>(gold.size());
    if (!hit.empty()) f1 += 2 * precision * recall / (precision + recall);
    ++documents;
  }
  double value() const { return documents > 0 ? f1 / static_cast<double>(documents) : 0.0; }
};

Result<> evaluate(const std::string& file, std::int32_t minimum) {
  const std::string content = TRY(read_file(file));
  std::vector<std::vector<std::string_view>> rows;
  std::vector<std::vector<std::string>> gold_texts;
  for (const std::string_view line : split(content, "\n")) {
    if (line.empty()) continue;
    rows.push_back(split(line, "\t"));
    rows.back().resize(4);
    gold_texts.push_back(split_trimmed(rows.back()[3], "|"));
  }
  // Documents first, then each gold list as the keywords of an empty document, so that both share token ids.
  std::vector<text::DocumentText> documents;
  std::vector<std::uint8_t> use;
  for (const auto& row : rows) documents.push_back({row[1], row[2], {}, ""});
  use.assign(rows.size(), 1);
  for (const auto& gold : gold_texts) documents.push_back({"", "", gold, ""});
  use.resize(documents.size(), 0);
  Progress progress;
  const text::TokenizedCorpus corpus = TRY(text::tokenize(documents, {}, progress));
  text::TermOptions options;
  options.min_documents = minimum;
  options.max_document_share = 0.3;
  const text::Vocabulary vocabulary = TRY(text::mine_terms(corpus, use, options, progress));
  const text::CountMatrix matrix = text::count_terms(corpus, vocabulary, 0);
  const text::Lexicon* lexicon = TRY(text::lexicon());

  const auto count = static_cast<std::int64_t>(rows.size());
  std::unordered_map<std::string, std::int32_t> document_frequency;
  std::vector<std::unordered_map<std::string, std::int32_t>> grams(rows.size());
  for (std::int64_t d = 0; d < count; ++d) {
    const std::span<const std::int32_t> stream(corpus.stream.data() + corpus.offsets[static_cast<std::size_t>(d)], static_cast<std::size_t>(corpus.text_end(d) - corpus.offsets[static_cast<std::size_t>(d)]));
    const auto plain = [&](std::int32_t token) {
      const std::string& word = corpus.tokens[static_cast<std::size_t>(token)];
      return word.size() > 1 && (lexicon->classes_of(word) & text::kFunctionWord) == 0 && (lexicon->classes_of(word) & text::kBreakWord) == 0;
    };
    for (std::size_t i = 0; i < stream.size(); ++i) {
      for (std::size_t n = 1; n <= 3 && i + n <= stream.size() && stream[i + n - 1] >= 0; ++n) {
        if (plain(stream[i]) && plain(stream[i + n - 1])) ++grams[static_cast<std::size_t>(d)][joined(corpus, stream.subspan(i, n))];
      }
    }
    for (const auto& [gram, n] : grams[static_cast<std::size_t>(d)]) ++document_frequency[gram];
  }

  Score ours;
  Score baseline;
  std::int64_t gold_count = 0;
  std::int64_t present = 0;
  std::int64_t recalled = 0;
  for (std::int64_t d = 0; d < count; ++d) {
    std::set<std::string> gold;
    const auto from = corpus.offsets[static_cast<std::size_t>(count + d)];
    const auto to = corpus.offsets[static_cast<std::size_t>(count + d) + 1];
    for (std::int64_t i = from; i < to;) {
      std::int64_t j = i;
      while (j < to && corpus.stream[static_cast<std::size_t>(j)] >= 0) ++j;
      if (j > i) gold.insert(joined(corpus, {corpus.stream.data() + i, static_cast<std::size_t>(j - i)}));
      i = j + 1;
    }
    if (gold.empty()) continue;
    std::string whole = " ";
    for (std::int64_t i = corpus.offsets[static_cast<std::size_t>(d)]; i < corpus.text_end(d); ++i) {
      const std::int32_t token = corpus.stream[static_cast<std::size_t>(i)];
      whole += token < 0 ? "\n " : corpus.tokens[static_cast<std::size_t>(token)] + " ";
    }
    std::set<std::string> here;
    for (const std::int32_t t : matrix.row(d)) {
      here.insert(joined(corpus, vocabulary.terms[static_cast<std::size_t>(t)].tokens));
      for (const Phrase& variant : vocabulary.terms[static_cast<std::size_t>(t)].variants) here.insert(joined(corpus, variant));
    }
    for (const std::string& phrase : gold) {
      ++gold_count;
      present += whole.find(" " + phrase) != std::string::npos;
      recalled += here.contains(phrase);
    }
    std::vector<std::string> found;
    for (const text::Keyphrase& phrase : text::find_keyphrases(matrix, vocabulary, d, {10})) found.push_back(joined(corpus, vocabulary.terms[static_cast<std::size_t>(phrase.term)].tokens));
    ours.add(found, gold);
    std::vector<std::pair<double, std::string>> ranked;
    for (const auto& [gram, n] : grams[static_cast<std::size_t>(d)]) ranked.emplace_back(-n * std::log(static_cast<double>(count) / document_frequency[gram]), gram);
    std::sort(ranked.begin(), ranked.end());
    found.clear();
    for (std::size_t i = 0; i < ranked.size() && i < 10; ++i) found.push_back(ranked[i].second);
    baseline.add(found, gold);
  }
  fmt::print("{:40}  gold in text {:.3f}  recall of keywords {:.3f}  F1@10 jianwei {:.3f}  tf-idf {:.3f}  ({} documents, {} terms)\n", file.substr(file.rfind('/') + 1),
             static_cast<double>(present) / static_cast<double>(gold_count), static_cast<double>(recalled) / static_cast<double>(gold_count), ours.value(), baseline.value(), ours.documents, vocabulary.terms.size());
  return {};
}

}  // namespace

int main(int argument_count, char** arguments) {
  std::int32_t minimum = 1;
  for (int a = 1; a < argument_count; ++a) {
    if (std::string_view(arguments[a]) == "--min" && a + 1 < argument_count) {
      minimum = static_cast<std::int32_t>(parse_int(arguments[++a]).value_or(1));
      continue;
    }
    if (const auto done = evaluate(arguments[a], minimum); !done) {
      fmt::print(stderr, "{}\n", done.error().message);
      return 1;
    }
  }
  return 0;
}

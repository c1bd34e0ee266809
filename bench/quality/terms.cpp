// bench_terms FILE.tsv... [--min N] [--no-keywords] [--domain-words] [--list FILE]: the text side alone on lines "group<TAB>title<TAB>abstract<TAB>key|words", and
// optionally the title and the abstract in a second language.
// Prints processor seconds by step and rates; --list writes the vocabulary.
#include <fmt/format.h>
#include <sys/resource.h>

#include <cstdio>
#include <string>
#include <vector>

#include "base/file.h"
#include "base/strings.h"
#include "text/corpus.h"
#include "text/domain_words.h"

using namespace jianwei;

namespace {

// Processor seconds of all threads: on a shared machine they tell more than the clock on the wall.
double now() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& time) { return static_cast<double>(time.tv_sec) + 1e-6 * static_cast<double>(time.tv_usec); };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

}  // namespace

int main(int argument_count, char** arguments) {
  std::vector<std::string> files;
  text::TermOptions options;
  text::TokenizeOptions tokenize_options;
  std::string list;
  bool with_keywords = true;
  bool with_domain_words = false;
  text::DomainWordOptions domain_options;
  for (int a = 1; a < argument_count; ++a) {
    const std::string_view argument = arguments[a];
    if (argument == "--min") options.min_documents = static_cast<std::int32_t>(parse_int(arguments[++a]).value_or(5));
    else if (argument == "--threads") tokenize_options.thread_count = options.thread_count = static_cast<int>(parse_int(arguments[++a]).value_or(0));
    else if (argument == "--no-keywords") with_keywords = false;
    else if (argument == "--domain-words") with_domain_words = true;
    else if (argument == "--cohesion") domain_options.min_cohesion = parse_double(arguments[++a]).value_or(0.0);
    else if (argument == "--freedom") domain_options.min_freedom = parse_double(arguments[++a]).value_or(0.0);
    else if (argument == "--list") list = arguments[++a];
    else files.emplace_back(argument);
  }
  std::vector<std::string> contents;
  for (const std::string& file : files) {
    auto content = read_file(file);
    if (!content) {
      fmt::print(stderr, "{}\n", content.error().message);
      return 6;
    }
    contents.push_back(std::move(*content));
  }
  std::vector<std::vector<std::string>> keywords;
  std::vector<std::vector<std::string_view>> rows;
  std::size_t bytes = 0;
  for (const std::string& content : contents) {
    for (const std::string_view line : split(content, "\n")) {
      if (line.empty()) continue;
      rows.push_back(split(line, "\t"));
      rows.back().resize(6);
      bytes += rows.back()[1].size() + rows.back()[2].size();
      keywords.push_back(rows.back()[3].empty() || !with_keywords ? std::vector<std::string>() : split_trimmed(rows.back()[3], "|"));
    }
  }
  std::vector<text::DocumentText> documents;
  std::vector<std::string> languages;
  double start = now();
  for (const auto& row : rows) languages.push_back(text::detect_language(row[1].empty() ? row[2] : row[1]));
  fmt::print("language  {:7.3f} s\n", now() - start);
  for (std::size_t r = 0; r < rows.size(); ++r) documents.push_back({rows[r][1], rows[r][2], keywords[r], languages[r], rows[r][4], rows[r][5]});

  Progress progress;
  start = now();
  auto corpus = text::tokenize(documents, tokenize_options, progress);
  if (!corpus) {
    fmt::print(stderr, "{}\n", corpus.error().message);
    return 1;
  }
  double tokenized = now();
  fmt::print("tokenize  {:7.3f} s  {:.1f} MB/s  {} documents, {:.1f} MB, {:.2f} M tokens, {} words\n", tokenized - start, static_cast<double>(bytes) / 1e6 / (tokenized - start), documents.size(),
             static_cast<double>(bytes) / 1e6, static_cast<double>(corpus->stream.size()) / 1e6, corpus->tokens.size());
  std::vector<text::DomainWord> own_words;
  if (with_domain_words) {
    domain_options.min_documents = options.min_documents;
    domain_options.thread_count = options.thread_count;
    auto words = text::find_domain_words(*corpus, {}, domain_options, progress);
    if (!words) {
      fmt::print(stderr, "{}\n", words.error().message);
      return 1;
    }
    const double found = now();
    corpus = text::resegment(*corpus, *words);
    fmt::print("domain    {:7.3f} s  {} words; cut again {:.3f} s\n", found - tokenized, words->size(), now() - found);
    if (!list.empty()) {
      std::string out;
      for (const text::DomainWord& word : *words) out += fmt::format("{}\t{}\t{}\t{:.2f}\t{:.2f}\n", word.word, word.count, word.documents, word.cohesion, word.freedom);
      if (const auto written = write_file_atomically(list + ".words", out); !written) return 6;
    }
    own_words = std::move(*words);
    tokenized = now();
  }
  const auto vocabulary = text::mine_terms(*corpus, own_words, {}, options, progress);
  if (!vocabulary) {
    fmt::print(stderr, "{}\n", vocabulary.error().message);
    return 1;
  }
  const double mined = now();
  fmt::print("terms     {:7.3f} s  {:.1f} M tokens/s  {} terms\n", mined - tokenized, static_cast<double>(corpus->stream.size()) / 1e6 / (mined - tokenized), vocabulary->terms.size());
  const text::CountMatrix matrix = text::count_terms(*corpus, *vocabulary, options.thread_count);
  fmt::print("count     {:7.3f} s  {:.2f} M entries\n", now() - mined, static_cast<double>(matrix.columns.size()) / 1e6);
  if (!list.empty()) {
    std::string out;
    for (const text::Term& term : vocabulary->terms) out += fmt::format("{}\t{}\t{:.3f}\t{}\t{}\t{}\n", term.document_count, term.occurrence_count, term.termhood, term.language, term.label, join(term.forms, "|"));
    for (const text::TermPair& pair : vocabulary->pairs) {
      out += fmt::format("pair\t{}\t{}\t{:.3f}\t{}\t{}\t{}\t{}\t{}\n", pair.zh, pair.en, pair.score, pair.definitions, pair.keywords, pair.together, pair.zh_documents, pair.en_documents);
    }
    if (const auto written = write_file_atomically(list, out); !written) return 6;
  }
  return 0;
}

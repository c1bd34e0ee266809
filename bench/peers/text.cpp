// bench_text tokens|segment|phrases|keyphrases FILE [THREADS]: the text kernels on a file with one document a line. Prints processor seconds
// (of all threads) and rates of five repetitions.
#include <fmt/format.h>
#include <sys/resource.h>

#include <algorithm>
#include <functional>
#include <string>
#include <vector>

#include "base/file.h"
#include "base/strings.h"
#include "text/corpus.h"
#include "text/keyphrases.h"
#include "text/ngrams.h"
#include "text/segmenter.h"
#include "text/word_roles.h"

using namespace jianwei;

namespace {

constexpr int kRepetitions = 5;

double now() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& time) { return static_cast<double>(time.tv_sec) + 1e-6 * static_cast<double>(time.tv_usec); };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

void repeat(const char* name, double amount, const char* unit, const std::function<void()>& work) {
  std::vector<double> rates;
  for (int i = 0; i < kRepetitions; ++i) {
    const double start = now();
    work();
    const double took = now() - start;
    rates.push_back(amount / took);
    fmt::print("{} {:.3f} CPU s, {:.2f} {}/s\n", name, took, amount / took, unit);
  }
  std::sort(rates.begin(), rates.end());
  fmt::print("{} median {:.2f} {}/s\n", name, rates[kRepetitions / 2], unit);
}

Result<> run(std::string_view what, const std::string& path, int threads) {
  const std::string content = TRY(read_file(path));
  std::vector<std::string_view> lines;
  for (const std::string_view line : split(content, "\n")) {
    if (!line.empty()) lines.push_back(line);
  }
  const double megabytes = static_cast<double>(content.size()) / 1e6;
  if (what == "segment") {
    const text::Segmenter* han = TRY(text::segmenter());
    text::Segmenter::Scratch scratch;
    std::vector<std::uint32_t> ends;
    std::size_t words = 0;
    repeat("segment", megabytes, "MB", [&] {
      words = 0;
      for (const std::string_view line : lines) {
        ends.clear();
        han->cut(line, scratch, ends);
        words += ends.size();
      }
    });
    fmt::print("{} words\n", words);
    return {};
  }
  std::vector<text::DocumentText> documents;
  for (const std::string_view line : lines) documents.push_back({"", line, {}, what == "tokens" ? "en" : "", "", ""});
  Progress progress;
  text::TokenizedCorpus corpus = TRY(text::tokenize(documents, {threads}, progress));
  if (what == "tokens") {
    repeat("tokens", megabytes, "MB", [&] { (void)text::tokenize(documents, {threads}, progress); });
    return {};
  }
  const auto tokens = static_cast<double>(std::count_if(corpus.stream.begin(), corpus.stream.end(), [](std::int32_t token) { return token >= 0; }));
  if (what == "phrases") {
    const text::WordRoles roles = TRY(text::find_word_roles(corpus, {}, threads));
    const std::vector<std::uint8_t> all(corpus.tokens.size(), text::kInPhrase | text::kAtEdge);
    repeat("pairs", tokens / 1e6, "M tokens", [&] { (void)text::count_ngrams(corpus, {}, all, {5, 2, threads}, progress); });
    repeat("phrases of 2 to 5 words", tokens / 1e6, "M tokens", [&] { (void)text::count_ngrams(corpus, {}, roles.use, {5, 5, threads}, progress); });
    return {};
  }
  repeat("keyphrases", static_cast<double>(documents.size()), "documents", [&] {
    const auto made = text::tokenize(documents, {threads}, progress);
    const auto statistics = text::count_keyphrase_candidates(*made, {}, threads);
    for (std::int64_t d = 0; d < made->document_count(); ++d) (void)text::find_keyphrases(*made, *statistics, d, {10});
  });
  return {};
}

}  // namespace

int main(int argument_count, char** arguments) {
  if (argument_count < 3) {
    fmt::print(stderr, "bench_text tokens|segment|phrases|keyphrases FILE [THREADS]\n");
    return 2;
  }
  const auto done = run(arguments[1], arguments[2], argument_count > 3 ? static_cast<int>(parse_int(arguments[3]).value_or(1)) : 1);
  if (!done) fmt::print(stderr, "{}\n", done.error().message);
  return done ? 0 : 1;
}

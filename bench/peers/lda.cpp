// bench_lda generate DOCUMENTS FILE SEED [TOKENS]         a synthetic corpus: 100 tokens (or TOKENS) a document, 50,000 words, 25 % Zipf background
// bench_lda fit TRAIN HELD_OUT TOPICS ITERATIONS [warp|gibbs] [THREADS] [ALPHA_SUM]    time, speed, held-out perplexity
// bench_lda evaluate PHI HELD_OUT TOPICS WORDS            perplexity of another program's phi: float32 [topics][words]
// Files: one document a line, word numbers separated by blanks.
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstring>
#include <ctime>
#include <fstream>
#include <map>
#include <sstream>
#include <string>

#include "analysis/topics/coherence.h"
#include "analysis/topics/lda.h"
#include "analysis/topics/topic_table.h"
#include "base/random.h"

using namespace jianwei;

namespace {

text::CountMatrix read(const std::string& path, std::int64_t word_count) {
  text::CountMatrix matrix;
  matrix.offsets = {0};
  std::ifstream file(path);
  std::string line;
  while (std::getline(file, line)) {
    std::map<std::int32_t, std::int32_t> counts;
    const char* p = line.c_str();
    char* end = nullptr;
    for (long word = std::strtol(p, &end, 10); end != p; word = std::strtol(p, &end, 10)) {
      ++counts[static_cast<std::int32_t>(word)];
      word_count = std::max<std::int64_t>(word_count, word + 1);
      p = end;
    }
    for (const auto& [word, count] : counts) {
      matrix.columns.push_back(word);
      matrix.counts.push_back(count);
    }
    matrix.offsets.push_back(static_cast<std::int64_t>(matrix.columns.size()));
  }
  matrix.row_count = static_cast<std::int64_t>(matrix.offsets.size()) - 1;
  matrix.column_count = word_count;
  return matrix;
}

// Topics: 100, each 400 words of its own choice with Zipf weights; documents mix about five of them.
void generate(std::int64_t document_count, const std::string& path, std::uint64_t seed, int token_count) {
  constexpr std::uint32_t kWords = 50'000;
  Random topic_random(1);
  std::vector<std::vector<std::int32_t>> topics(100, std::vector<std::int32_t>(400));
  for (auto& topic : topics) {
    for (std::int32_t& word : topic) word = static_cast<std::int32_t>(topic_random.below(kWords));
  }
  Random random(seed, 7);
  std::ofstream file(path);
  for (std::int64_t d = 0; d < document_count; ++d) {
    std::uint32_t own[5];
    for (std::uint32_t& k : own) k = random.below(100);
    fmt::memory_buffer line;
    for (int i = 0; i < token_count; ++i) {
      std::int32_t word = 0;
      if (random.below(4) == 0) {
        word = static_cast<std::int32_t>(std::pow(static_cast<double>(kWords), random.uniform())) - 1;
      } else {
        const auto rank = static_cast<std::size_t>(std::pow(400.0, random.uniform())) - 1;
        word = topics[own[std::min(random.below(5), random.below(5))]][rank];
      }
      fmt::format_to(std::back_inserter(line), "{} ", word);
    }
    line.push_back('\n');
    file.write(line.data(), static_cast<std::streamsize>(line.size()));
  }
}

int fit(int argc, char** argv) {
  const text::CountMatrix train = read(argv[2], 0);
  const text::CountMatrix held_out = read(argv[3], train.column_count);
  std::int64_t tokens = 0;
  for (const std::int32_t count : train.counts) tokens += count;
  analysis::LdaOptions options;
  options.topic_count = std::stoi(argv[4]);
  options.iteration_count = std::stoi(argv[5]);
  options.sampler = argc > 6 && std::strcmp(argv[6], "gibbs") == 0 ? analysis::LdaSampler::gibbs : analysis::LdaSampler::warp;
  options.thread_count = argc > 7 ? std::stoi(argv[7]) : 0;
  if (argc > 8) options.alpha_sum = std::stod(argv[8]);
  options.trace_every = 0;
  Progress progress;
  const auto start = std::chrono::steady_clock::now();
  const std::clock_t cpu_start = std::clock();
  const Result<analysis::LdaResult> result = analysis::fit_lda(train, options, progress);
  const double cpu_seconds = static_cast<double>(std::clock() - cpu_start) / CLOCKS_PER_SEC;
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  if (!result) {
    fmt::print(stderr, "{}\n", result.error().message);
    return 1;
  }
  const auto fold_start = std::chrono::steady_clock::now();
  const std::clock_t fold_cpu_start = std::clock();
  analysis::FoldInOptions fold_options;
  fold_options.thread_count = options.thread_count;
  const auto folded = analysis::fold_in(result->model, held_out, fold_options);
  const double fold_cpu_seconds = static_cast<double>(std::clock() - fold_cpu_start) / CLOCKS_PER_SEC;
  const double fold_seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - fold_start).count();
  const analysis::TopicTable table = analysis::describe_topics(result->model, result->document_topics, train, {});
  double npmi = 0.0;
  for (const analysis::TopicRow& row : table.topics) npmi += row.npmi / static_cast<double>(table.topics.size());
  double alpha_sum = 0.0;
  for (const double a : result->model.alpha) alpha_sum += a;
  fmt::print("documents {} tokens {} words {} topics {} iterations {}: {:.2f} s ({:.2f} s of processors), {:.1f} Mtok/s, perplexity {:.1f}, npmi {:.3f}, diversity {:.2f}, alpha sum {:.2f}, fold-in {:.0f} documents/s ({:.0f} a second of processors)\n",
             train.row_count, tokens, train.column_count, options.topic_count, options.iteration_count, seconds, cpu_seconds, static_cast<double>(tokens) * options.iteration_count / seconds / 1e6,
             *analysis::completion_perplexity(result->model, held_out, 0), npmi, table.diversity, alpha_sum, static_cast<double>(held_out.row_count) / fold_seconds,
             static_cast<double>(held_out.row_count) / fold_cpu_seconds);
  return 0;
}

int evaluate(char** argv) {
  analysis::TopicModel model;
  model.topic_count = std::stoi(argv[4]);
  model.word_count = std::stoi(argv[5]);
  model.beta = 1e-12;
  model.alpha.assign(static_cast<std::size_t>(model.topic_count), 0.1);
  model.topic_tokens.assign(static_cast<std::size_t>(model.topic_count), 1.0);
  std::vector<float> phi(static_cast<std::size_t>(model.topic_count) * static_cast<std::size_t>(model.word_count));
  std::ifstream(argv[2], std::ios::binary).read(reinterpret_cast<char*>(phi.data()), static_cast<std::streamsize>(phi.size() * sizeof(float)));
  for (std::size_t w = 0; w < static_cast<std::size_t>(model.word_count); ++w) {
    for (std::size_t k = 0; k < static_cast<std::size_t>(model.topic_count); ++k) {
      model.topics.push_back(static_cast<std::uint16_t>(k));
      model.counts.push_back(phi[k * static_cast<std::size_t>(model.word_count) + w]);
    }
    model.word_offsets.push_back(static_cast<std::int64_t>(model.topics.size()));
  }
  fmt::print("perplexity {:.1f}\n", *analysis::completion_perplexity(model, read(argv[3], model.word_count), 0));
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  const std::string what = argc > 1 ? argv[1] : "";
  if (what == "generate" && (argc == 5 || argc == 6)) {
    generate(std::stoll(argv[2]), argv[3], std::stoull(argv[4]), argc == 6 ? std::stoi(argv[5]) : 100);
    return 0;
  }
  if (what == "fit" && argc >= 6) return fit(argc, argv);
  if (what == "evaluate" && argc == 6) return evaluate(argv);
  fmt::print(stderr, "usage: bench_lda generate DOCUMENTS FILE SEED [TOKENS] | fit TRAIN HELD_OUT TOPICS ITERATIONS [warp|gibbs] [THREADS] [ALPHA_SUM] | evaluate PHI HELD_OUT TOPICS WORDS\n");
  return 2;
}

// bench_vectors WORDS.txt OUT.f32 [THREADS]: the word space learnt from documents of one line each, words parted by blanks, those of fewer than five documents left out.
// Writes the documents' vectors, a row of floats each, and prints processor seconds of learning and placing. Peer: bench/peers/vectors_fasttext.py.
#include <fmt/format.h>

#include <cstdlib>
#include <ctime>
#include <fstream>
#include <map>
#include <string>
#include <unordered_map>

#include "analysis/vectors/word_space.h"
#include "base/file.h"
#include "base/strings.h"

using namespace jianwei;

int main(int argc, char** argv) {
  if (argc < 3) {
    fmt::print(stderr, "usage: bench_vectors WORDS.txt OUT.f32 [THREADS]\n");
    return 2;
  }
  const std::string content = *read_file(argv[1]);
  std::unordered_map<std::string_view, std::int32_t> ids;
  std::vector<std::map<std::int32_t, std::int32_t>> rows;
  std::vector<std::int32_t> document_count;
  for (const std::string_view line : split(content, "\n")) {
    if (line.empty()) continue;
    auto& row = rows.emplace_back();
    for (const std::string_view word : split(line, " ")) ++row[ids.try_emplace(word, static_cast<std::int32_t>(ids.size())).first->second];
    document_count.resize(ids.size());
    for (const auto& [word, count] : row) ++document_count[static_cast<std::size_t>(word)];
  }
  std::vector<std::int32_t> column(ids.size(), -1);
  text::CountMatrix documents;
  documents.offsets = {0};
  documents.row_count = static_cast<std::int64_t>(rows.size());
  for (std::size_t w = 0; w < column.size(); ++w) {
    if (document_count[w] >= 5) column[w] = static_cast<std::int32_t>(documents.column_count++);
  }
  for (const auto& row : rows) {
    for (const auto& [word, count] : row) {
      if (column[static_cast<std::size_t>(word)] < 0) continue;
      documents.columns.push_back(column[static_cast<std::size_t>(word)]);
      documents.counts.push_back(count);
    }
    documents.offsets.push_back(static_cast<std::int64_t>(documents.columns.size()));
  }
  analysis::WordSpaceOptions options;
  options.thread_count = argc > 3 ? std::atoi(argv[3]) : 2;
  Progress progress;
  const std::clock_t start = std::clock();
  const auto space = analysis::learn_word_space(documents, options, progress);
  if (!space) {
    fmt::print(stderr, "{}\n", space.error().message);
    return 1;
  }
  const std::clock_t learnt = std::clock();
  const analysis::VectorTable placed = *analysis::place_documents(*space, documents, options.thread_count);
  const auto seconds = [](std::clock_t from, std::clock_t to) { return static_cast<double>(to - from) / CLOCKS_PER_SEC; };
  fmt::print("{} documents, {} words, {} dimensions: learnt in {:.2f} s of processors, placed in {:.2f}\n", documents.row_count, documents.column_count, placed.dimensions, seconds(start, learnt),
             seconds(learnt, std::clock()));
  std::ofstream(argv[2], std::ios::binary).write(reinterpret_cast<const char*>(placed.values.data()), static_cast<std::streamsize>(placed.values.size() * sizeof(float)));
  return 0;
}

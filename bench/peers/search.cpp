// bench_search DOCUMENTS QUERIES HITS [THREADS]    indexes, then answers every query on one thread; one text a line, words parted by blanks
// HITS gets the numbers of the ten best documents of each query, a line each. Peers: search_bm25s.py, search_tantivy.py on the same files.
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <string>
#include <unordered_map>

#include "analysis/retrieval/bm25.h"
#include "base/file.h"
#include "base/strings.h"

using namespace jianwei;

namespace {

struct Clock {
  std::chrono::steady_clock::time_point start = std::chrono::steady_clock::now();
  std::clock_t processor_start = std::clock();
  double seconds() const { return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count(); }
  double processor_seconds() const { return static_cast<double>(std::clock() - processor_start) / CLOCKS_PER_SEC; }
};

using Words = std::unordered_map<std::string_view, std::int32_t>;

text::CountMatrix count_words(std::string_view texts, Words& words) {
  text::CountMatrix matrix;
  matrix.offsets = {0};
  std::vector<std::int32_t> row;
  for (const std::string_view line : split(texts, "\n")) {
    row.clear();
    for (std::size_t begin = 0; begin < line.size();) {
      const std::size_t end = std::min(line.find(' ', begin), line.size());
      if (end > begin) row.push_back(words.try_emplace(line.substr(begin, end - begin), static_cast<std::int32_t>(words.size())).first->second);
      begin = end + 1;
    }
    std::sort(row.begin(), row.end());
    for (std::size_t i = 0; i < row.size(); ++i) {
      if (i > 0 && row[i] == row[i - 1]) {
        ++matrix.counts.back();
      } else {
        matrix.columns.push_back(row[i]);
        matrix.counts.push_back(1);
      }
    }
    matrix.offsets.push_back(std::ssize(matrix.columns));
  }
  matrix.row_count = std::ssize(matrix.offsets) - 1;
  matrix.column_count = std::ssize(words);
  return matrix;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 4) {
    fmt::print(stderr, "usage: bench_search DOCUMENTS QUERIES HITS [THREADS]\n");
    return 2;
  }
  const std::string documents = *read_file(argv[1]), queries = *read_file(argv[2]);
  const Clock indexing;
  Words words;
  const text::CountMatrix matrix = count_words(trim(documents), words);
  const analysis::Bm25Index index = *analysis::build_bm25(matrix, {.thread_count = argc > 4 ? std::atoi(argv[4]) : 1});
  fmt::print("index: {} documents, {} words, {} postings: {:.2f} s, {:.2f} s of processors, {:.0f} documents a processor second\n", matrix.row_count, matrix.column_count, index.documents.size(),
             indexing.seconds(), indexing.processor_seconds(), static_cast<double>(matrix.row_count) / indexing.processor_seconds());

  std::vector<std::vector<analysis::ScoredDocument>> hits;
  const Clock answering;
  analysis::Bm25Scratch scratch;
  for (const std::string_view line : split(trim(queries), "\n")) {
    std::vector<analysis::WeightedTerm> query;
    for (const std::string_view word : split(line, " ")) {
      if (const auto found = words.find(word); found != words.end()) query.push_back({found->second, 1.0F});
    }
    hits.push_back(analysis::search_bm25(index, query, 10, {}, scratch));
  }
  const double processor = answering.processor_seconds();
  fmt::print("search: {} queries: {:.2f} s, {:.3f} s of processors, {:.0f} queries a processor second\n", hits.size(), answering.seconds(), processor, static_cast<double>(hits.size()) / processor);
  std::ofstream file(argv[3]);
  for (const auto& row : hits) {
    for (const analysis::ScoredDocument& hit : row) file << hit.document << ' ';
    file << '\n';
  }
  return 0;
}

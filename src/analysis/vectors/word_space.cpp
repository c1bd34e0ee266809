// Word vectors from the company words keep, document vectors from their words; see the header for the formulas.
#include "analysis/vectors/word_space.h"

#include <algorithm>
#include <cmath>

#include "analysis/vectors/dense.h"
#include "base/parallel.h"

namespace jianwei::analysis {
namespace {

constexpr std::int64_t kDocumentBlock = 1024;
constexpr double kCommonShare = 0.5;   // (mean)^2 / mean of squares of the projections: 1 when all documents have as much of the direction
constexpr std::int64_t kLargeCorpus = 100'000;

void scale_to_unit(std::span<float> row) {
  double norm = 0.0;
  for (const float x : row) norm += static_cast<double>(x) * static_cast<double>(x);
  if (norm <= 1e-20) {
    std::fill(row.begin(), row.end(), 0.0F);
    return;
  }
  const auto scale = static_cast<float>(1.0 / std::sqrt(norm));
  for (float& x : row) x *= scale;
}

VectorTable word_table(const TruncatedSvd& svd, std::int32_t dimensions) {
  VectorTable table{svd.left.rows, dimensions, std::vector<float>(static_cast<std::size_t>(svd.left.rows * dimensions), 0.0F)};
  for (std::int64_t w = 0; w < svd.left.rows; ++w) {
    const std::span<float> row = table.row(w);
    for (std::int32_t j = 0; j < svd.left.columns; ++j) row[static_cast<std::size_t>(j)] = svd.left.row(w)[j] * static_cast<float>(std::sqrt(svd.singular[static_cast<std::size_t>(j)]));
    scale_to_unit(row);
  }
  return table;
}

// Weighted sums of word vectors, each scaled to unit length (before the common direction is taken out).
VectorTable sum_words(const WordSpace& space, const text::CountMatrix& documents, int thread_count) {
  const std::int32_t dimensions = space.words.dimensions;
  VectorTable table{documents.row_count, dimensions, std::vector<float>(static_cast<std::size_t>(documents.row_count * dimensions), 0.0F)};
  parallel_blocks(documents.row_count, kDocumentBlock, thread_count, [&](std::int64_t, std::int64_t begin, std::int64_t end) {
    for (std::int64_t d = begin; d < end; ++d) {
      const std::span<float> row = table.row(d);
      for (auto e = static_cast<std::size_t>(documents.offsets[static_cast<std::size_t>(d)]); e < static_cast<std::size_t>(documents.offsets[static_cast<std::size_t>(d) + 1]); ++e) {
        const std::int32_t word = documents.columns[e];
        add_scaled(row.data(), space.words.row(word).data(), static_cast<float>(documents.counts[e]) * space.word_weights[static_cast<std::size_t>(word)], dimensions);
      }
      scale_to_unit(row);
    }
  });
  return table;
}

// The first right singular vector of the documents' vectors.
std::vector<float> common_direction(const VectorTable& table, int thread_count) {
  std::vector<float> direction(static_cast<std::size_t>(table.dimensions), 0.0F);
  if (table.row_count < 3 || table.dimensions < 2) return direction;
  DenseMatrix rows;
  rows.rows = table.row_count;
  rows.columns = table.dimensions;
  rows.values = table.values;
  const Eigen eigen = symmetric_eigen(gram(rows, thread_count), table.dimensions);
  if (eigen.values[0] <= 0) return direction;
  for (std::size_t i = 0; i < direction.size(); ++i) direction[i] = static_cast<float>(eigen.vectors[i * direction.size()]);
  // Documents of one theme only may own the first direction: then it is nobody else's and stays.
  double sum = 0.0, squares = 0.0;
  for (std::int64_t d = 0; d < table.row_count; ++d) {
    const std::span<const float> row = table.row(d);
    double along = 0.0;
    for (std::size_t i = 0; i < direction.size(); ++i) along += static_cast<double>(row[i]) * static_cast<double>(direction[i]);
    sum += along;
    squares += along * along;
  }
  if (sum * sum < kCommonShare * squares * static_cast<double>(table.row_count)) std::fill(direction.begin(), direction.end(), 0.0F);
  return direction;
}

void take_out(VectorTable& table, const std::vector<float>& direction, int thread_count) {
  parallel_blocks(table.row_count, kDocumentBlock, thread_count, [&](std::int64_t, std::int64_t begin, std::int64_t end) {
    for (std::int64_t d = begin; d < end; ++d) {
      const std::span<float> row = table.row(d);
      double along = 0.0;
      for (std::size_t i = 0; i < direction.size(); ++i) along += static_cast<double>(row[i]) * static_cast<double>(direction[i]);
      add_scaled(row.data(), direction.data(), static_cast<float>(-along), table.dimensions);
      scale_to_unit(row);
    }
  });
}

Result<> check_options(const text::CountMatrix& documents, const WordSpaceOptions& options) {
  if (options.dimensions != 0 && (options.dimensions < 2 || options.dimensions > 1000)) return fail(ErrorKind::invalid_input, "dimensions is {}, expected 2 to 1000, or 0 for the default", options.dimensions);
  const CompanyOptions& company = options.company;
  if (company.context_smoothing <= 0 || company.context_smoothing > 1) return fail(ErrorKind::invalid_input, "context_smoothing is {}, expected above 0 and at most 1", company.context_smoothing);
  if (company.shift < 1) return fail(ErrorKind::invalid_input, "shift is {}, expected at least 1", company.shift);
  if (options.sif <= 0) return fail(ErrorKind::invalid_input, "sif is {}, expected above 0", options.sif);
  if (company.max_document_words < 2) return fail(ErrorKind::invalid_input, "max_document_words is {}, expected at least 2", company.max_document_words);
  if (documents.column_count == 0) return fail(ErrorKind::invalid_input, "the documents have no terms: word vectors need words");
  return {};
}

}  // namespace

Result<WordSpace> learn_word_space(const text::CountMatrix& documents, const WordSpaceOptions& options, Progress& progress) {
  TRY(check_options(documents, options));
  progress.begin("vectors", documents.column_count, "terms");
  const SparseMatrix company = TRY(measure_company(documents, options.company, options.thread_count, progress));
  const std::int32_t dimensions = options.dimensions > 0 ? options.dimensions : documents.row_count < kLargeCorpus ? 64 : 100;
  const TruncatedSvd svd = truncated_svd(company, dimensions, options.power_iterations, options.seed, options.thread_count);
  TRY(progress.check());

  WordSpace space;
  space.words = word_table(svd, std::min(dimensions, svd.left.columns));
  std::vector<double> tokens(static_cast<std::size_t>(documents.column_count), 0.0);
  double total = 0.0;
  for (std::size_t e = 0; e < documents.columns.size(); ++e) {
    tokens[static_cast<std::size_t>(documents.columns[e])] += documents.counts[e];
    total += documents.counts[e];
  }
  for (const double n : tokens) space.word_weights.push_back(static_cast<float>(options.sif / (options.sif + n / std::max(total, 1.0))));
  space.common = common_direction(sum_words(space, documents, options.thread_count), options.thread_count);
  return space;
}

Result<VectorTable> place_documents(const WordSpace& space, const text::CountMatrix& documents, int thread_count) {
  if (documents.column_count != space.words.row_count) return fail(ErrorKind::invalid_input, "the documents have {} columns, the word space {} words", documents.column_count, space.words.row_count);
  VectorTable table = sum_words(space, documents, thread_count);
  take_out(table, space.common, thread_count);
  return table;
}

}  // namespace jianwei::analysis

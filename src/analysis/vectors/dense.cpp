// Dense kernels. Inner loops work on fixed groups of eight floats so that the compiler keeps them in vector registers.
#include "analysis/vectors/dense.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "base/parallel.h"
#include "base/random.h"

namespace jianwei::analysis {
namespace {

constexpr std::int64_t kRowBlock = 512;       // fixed: decides the order of sums
constexpr std::int32_t kGroup = 8;
constexpr std::int32_t kOversampling = 10;    // extra directions of the projection, as Halko et al. recommend (5 to 10)

// The lower triangle of A'A of some rows, added to `sum`.
void add_gram(const DenseMatrix& matrix, std::int64_t begin, std::int64_t end, std::vector<float>& sum) {
  const std::int32_t n = matrix.columns;
  for (std::int64_t r = begin; r < end; ++r) {
    const float* row = matrix.row(r);
    for (std::int32_t i = 0; i < n; ++i) {
      if (row[i] != 0.0F) add_scaled(sum.data() + static_cast<std::size_t>(i) * static_cast<std::size_t>(n), row, row[i], i + 1);
    }
  }
}

// Lower Cholesky factor in place; a pivot that is as good as nothing beside the largest marks its column as dependent (zero).
void cholesky(std::vector<double>& g, std::int32_t n) {
  const auto at = [&](std::int32_t i, std::int32_t j) -> double& { return g[static_cast<std::size_t>(i) * static_cast<std::size_t>(n) + static_cast<std::size_t>(j)]; };
  double largest = 0.0;
  for (std::int32_t i = 0; i < n; ++i) largest = std::max(largest, at(i, i));
  for (std::int32_t j = 0; j < n; ++j) {
    double pivot = at(j, j);
    for (std::int32_t k = 0; k < j; ++k) pivot -= at(j, k) * at(j, k);
    const bool dependent = pivot <= 1e-10 * largest;
    at(j, j) = dependent ? 0.0 : std::sqrt(pivot);
    for (std::int32_t i = j + 1; i < n; ++i) {
      double sum = at(i, j);
      for (std::int32_t k = 0; k < j; ++k) sum -= at(i, k) * at(j, k);
      at(i, j) = dependent ? 0.0 : sum / at(j, j);
    }
  }
}

// Row by row: x L' = a, so that the columns of x are orthonormal when L L' = A'A.
void solve_rows(DenseMatrix& matrix, const std::vector<double>& factor, int thread_count) {
  const std::int32_t n = matrix.columns;
  parallel_blocks(matrix.rows, kRowBlock, thread_count, [&](std::int64_t, std::int64_t begin, std::int64_t end) {
    std::vector<double> x(static_cast<std::size_t>(n));
    for (std::int64_t r = begin; r < end; ++r) {
      float* row = matrix.row(r);
      for (std::int32_t j = 0; j < n; ++j) {
        const double* line = factor.data() + static_cast<std::size_t>(j) * static_cast<std::size_t>(n);
        double sum = row[j];
        for (std::int32_t k = 0; k < j; ++k) sum -= x[static_cast<std::size_t>(k)] * line[k];
        x[static_cast<std::size_t>(j)] = line[j] > 0.0 ? sum / line[j] : 0.0;
      }
      for (std::int32_t j = 0; j < n; ++j) row[j] = static_cast<float>(x[static_cast<std::size_t>(j)]);
    }
  });
}

DenseMatrix random_matrix(std::int64_t rows, std::int32_t columns, std::uint64_t seed) {
  DenseMatrix matrix(rows, columns);
  Random random(seed, 0x5eed);
  // Sums of four uniform numbers stand in for normal ones: the projection needs isotropy, not tails.
  for (float& value : matrix.values) value = static_cast<float>(random.uniform() + random.uniform() + random.uniform() + random.uniform() - 2.0);
  return matrix;
}

}  // namespace

void add_scaled(float* y, const float* x, float weight, std::int32_t count) {
  std::int32_t i = 0;
  for (; i + kGroup <= count; i += kGroup) {
    for (std::int32_t g = 0; g < kGroup; ++g) y[i + g] += weight * x[i + g];
  }
  for (; i < count; ++i) y[i] += weight * x[i];
}

std::vector<double> gram(const DenseMatrix& matrix, int thread_count) {
  const auto n = static_cast<std::size_t>(matrix.columns);
  const std::int64_t block_count = (matrix.rows + kRowBlock - 1) / kRowBlock;
  // Blocks are summed in groups of sixteen, so that the partial sums stay small in number.
  constexpr std::int64_t kBlocksATime = 16;
  std::vector<double> total(n * n, 0.0);
  std::vector<std::vector<float>> parts(kBlocksATime);
  for (std::int64_t first = 0; first < block_count; first += kBlocksATime) {
    const std::int64_t last = std::min(block_count, first + kBlocksATime);
    parallel_blocks(last - first, 1, thread_count, [&](std::int64_t, std::int64_t b, std::int64_t) {
      std::vector<float>& part = parts[static_cast<std::size_t>(b)];
      part.assign(n * n, 0.0F);
      add_gram(matrix, (first + b) * kRowBlock, std::min(matrix.rows, (first + b + 1) * kRowBlock), part);
    });
    for (std::int64_t b = 0; b < last - first; ++b) {
      for (std::size_t i = 0; i < n * n; ++i) total[i] += static_cast<double>(parts[static_cast<std::size_t>(b)][i]);
    }
  }
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = i + 1; j < n; ++j) total[i * n + j] = total[j * n + i];
  }
  return total;
}

DenseMatrix multiply(const DenseMatrix& matrix, std::span<const double> right, std::int32_t kept, int thread_count) {
  std::vector<float> factor(right.size());
  for (std::size_t i = 0; i < right.size(); ++i) factor[i] = static_cast<float>(right[i]);
  DenseMatrix product(matrix.rows, kept);
  parallel_blocks(matrix.rows, kRowBlock, thread_count, [&](std::int64_t, std::int64_t begin, std::int64_t end) {
    for (std::int64_t r = begin; r < end; ++r) {
      for (std::int32_t i = 0; i < matrix.columns; ++i) add_scaled(product.row(r), factor.data() + static_cast<std::ptrdiff_t>(i) * kept, matrix.row(r)[i], kept);
    }
  });
  return product;
}

void orthonormalise(DenseMatrix& matrix, int thread_count) {
  for (int pass = 0; pass < 2; ++pass) {
    std::vector<double> factor = gram(matrix, thread_count);
    cholesky(factor, matrix.columns);
    solve_rows(matrix, factor, thread_count);
  }
}

Eigen symmetric_eigen(std::vector<double> a, std::int32_t n) {
  const auto size = static_cast<std::size_t>(n);
  std::vector<double> v(size * size, 0.0);
  for (std::size_t i = 0; i < size; ++i) v[i * size + i] = 1.0;
  double norm = 0.0;
  for (const double x : a) norm += x * x;
  for (int sweep = 0; sweep < 60; ++sweep) {
    double off = 0.0;
    for (std::size_t i = 0; i < size; ++i) {
      for (std::size_t j = 0; j < i; ++j) off += 2 * a[i * size + j] * a[i * size + j];
    }
    if (off <= 1e-22 * norm) break;
    for (std::size_t p = 0; p < size; ++p) {
      for (std::size_t q = p + 1; q < size; ++q) {
        const double apq = a[p * size + q];
        if (apq * apq <= 1e-28 * norm) continue;
        // The rotation that zeroes a_pq (Golub and Van Loan, section 8.5).
        const double theta = (a[q * size + q] - a[p * size + p]) / (2 * apq);
        const double t = (theta >= 0 ? 1.0 : -1.0) / (std::abs(theta) + std::sqrt(theta * theta + 1));
        const double c = 1 / std::sqrt(t * t + 1);
        const double s = t * c;
        for (std::size_t k = 0; k < size; ++k) {
          const double x = a[k * size + p], y = a[k * size + q];
          a[k * size + p] = c * x - s * y;
          a[k * size + q] = s * x + c * y;
        }
        for (std::size_t k = 0; k < size; ++k) {
          const double x = a[p * size + k], y = a[q * size + k];
          a[p * size + k] = c * x - s * y;
          a[q * size + k] = s * x + c * y;
        }
        // Eigenvectors are kept as rows while rotating: contiguous.
        for (std::size_t k = 0; k < size; ++k) {
          const double x = v[p * size + k], y = v[q * size + k];
          v[p * size + k] = c * x - s * y;
          v[q * size + k] = s * x + c * y;
        }
      }
    }
  }
  std::vector<std::size_t> order(size);
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t i, std::size_t j) { return a[i * size + i] > a[j * size + j]; });
  Eigen eigen{std::vector<double>(size), std::vector<double>(size * size)};
  for (std::size_t i = 0; i < size; ++i) {
    eigen.values[i] = a[order[i] * size + order[i]];
    for (std::size_t k = 0; k < size; ++k) eigen.vectors[k * size + i] = v[order[i] * size + k];
  }
  return eigen;
}

SparseMatrix transpose(const SparseMatrix& matrix) {
  SparseMatrix result;
  result.rows = matrix.columns;
  result.columns = matrix.rows;
  result.offsets.assign(static_cast<std::size_t>(matrix.columns) + 1, 0);
  for (const std::int32_t column : matrix.indices) ++result.offsets[static_cast<std::size_t>(column) + 1];
  std::partial_sum(result.offsets.begin(), result.offsets.end(), result.offsets.begin());
  result.indices.resize(matrix.indices.size());
  result.values.resize(matrix.values.size());
  std::vector<std::int64_t> next(result.offsets.begin(), result.offsets.end() - 1);
  for (std::int64_t r = 0; r < matrix.rows; ++r) {
    for (std::int64_t e = matrix.offsets[static_cast<std::size_t>(r)]; e < matrix.offsets[static_cast<std::size_t>(r) + 1]; ++e) {
      const auto place = static_cast<std::size_t>(next[static_cast<std::size_t>(matrix.indices[static_cast<std::size_t>(e)])]++);
      result.indices[place] = static_cast<std::int32_t>(r);
      result.values[place] = matrix.values[static_cast<std::size_t>(e)];
    }
  }
  return result;
}

DenseMatrix multiply(const SparseMatrix& matrix, const DenseMatrix& right, int thread_count) {
  DenseMatrix product(matrix.rows, right.columns);
  parallel_blocks(matrix.rows, 64, thread_count, [&](std::int64_t, std::int64_t begin, std::int64_t end) {
    for (std::int64_t r = begin; r < end; ++r) {
      for (std::int64_t e = matrix.offsets[static_cast<std::size_t>(r)]; e < matrix.offsets[static_cast<std::size_t>(r) + 1]; ++e) {
        add_scaled(product.row(r), right.row(matrix.indices[static_cast<std::size_t>(e)]), matrix.values[static_cast<std::size_t>(e)], right.columns);
      }
    }
  });
  return product;
}

TruncatedSvd truncated_svd(const SparseMatrix& matrix, std::int32_t count, int power_iterations, std::uint64_t seed, int thread_count) {
  const auto width = static_cast<std::int32_t>(std::min<std::int64_t>({count + kOversampling, matrix.rows, matrix.columns}));
  const SparseMatrix turned = transpose(matrix);
  DenseMatrix basis = multiply(matrix, random_matrix(matrix.columns, width, seed), thread_count);
  orthonormalise(basis, thread_count);
  for (int i = 0; i < power_iterations; ++i) {
    DenseMatrix image = multiply(turned, basis, thread_count);
    orthonormalise(image, thread_count);
    basis = multiply(matrix, image, thread_count);
    orthonormalise(basis, thread_count);
  }
  // B = Q'A, so B B' = (A'Q)'(A'Q): its eigenvectors turn the basis into singular vectors.
  const Eigen eigen = symmetric_eigen(gram(multiply(turned, basis, thread_count), thread_count), width);
  const std::int32_t kept = std::min(count, width);
  std::vector<double> rotation(static_cast<std::size_t>(width) * static_cast<std::size_t>(kept));
  for (std::int32_t i = 0; i < width; ++i) {
    for (std::int32_t j = 0; j < kept; ++j) rotation[static_cast<std::size_t>(i) * static_cast<std::size_t>(kept) + static_cast<std::size_t>(j)] = eigen.vectors[static_cast<std::size_t>(i) * static_cast<std::size_t>(width) + static_cast<std::size_t>(j)];
  }
  TruncatedSvd svd;
  svd.left = multiply(basis, rotation, kept, thread_count);
  for (std::int32_t j = 0; j < kept; ++j) svd.singular.push_back(std::sqrt(std::max(0.0, eigen.values[static_cast<std::size_t>(j)])));
  return svd;
}

}  // namespace jianwei::analysis

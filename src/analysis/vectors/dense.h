// Tall dense matrices [rows][columns], row-major, and what a randomised SVD needs of them. Sums run in fixed blocks: same bytes at any thread count.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace jianwei::analysis {

struct DenseMatrix {
  std::int64_t rows = 0;
  std::int32_t columns = 0;
  std::vector<float> values;

  DenseMatrix() = default;
  DenseMatrix(std::int64_t row_count, std::int32_t column_count) : rows(row_count), columns(column_count), values(static_cast<std::size_t>(row_count * column_count), 0.0F) {}
  float* row(std::int64_t r) { return values.data() + r * columns; }
  const float* row(std::int64_t r) const { return values.data() + r * columns; }
};

// y += weight * x.
void add_scaled(float* y, const float* x, float weight, std::int32_t count);

// A'A as [columns][columns]. Time O(rows * columns^2).
std::vector<double> gram(const DenseMatrix& matrix, int thread_count);

// A B with B [columns][kept], row-major. Time O(rows * columns * kept).
DenseMatrix multiply(const DenseMatrix& matrix, std::span<const double> right, std::int32_t kept, int thread_count);

// Replaces the columns of A by an orthonormal basis of what they span (Cholesky of A'A, done twice); columns that add nothing become zero.
void orthonormalise(DenseMatrix& matrix, int thread_count);

// Eigenvalues (decreasing) and eigenvectors (columns of `vectors` [n][n]) of a symmetric matrix by Jacobi rotations. Time O(n^3) a sweep.
struct Eigen {
  std::vector<double> values;
  std::vector<double> vectors;
};
Eigen symmetric_eigen(std::vector<double> matrix, std::int32_t n);

// A sparse matrix in compressed rows.
struct SparseMatrix {
  std::int64_t rows = 0, columns = 0;
  std::vector<std::int64_t> offsets = {0};
  std::vector<std::int32_t> indices;
  std::vector<float> values;
};
SparseMatrix transpose(const SparseMatrix& matrix);

// A B. Time O(entries * columns of B).
DenseMatrix multiply(const SparseMatrix& matrix, const DenseMatrix& right, int thread_count);

// The leading `count` left singular vectors and singular values of `matrix`, by random projection (Halko et al. 2011, algorithm 5.1 with power iterations).
struct TruncatedSvd {
  DenseMatrix left;             // [rows][count], orthonormal columns; columns beyond the rank are zero
  std::vector<double> singular; // [count] decreasing
};
TruncatedSvd truncated_svd(const SparseMatrix& matrix, std::int32_t count, int power_iterations, std::uint64_t seed, int thread_count);

}  // namespace jianwei::analysis

// Company is counted row by row: for word w the documents of w are walked and the words of each are added to a dense row (Gustavson). Blocks of words
// are independent, so threads only decide who works when. The rows of each block are kept apart and joined in block order.
#include "analysis/vectors/ppmi.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "base/parallel.h"

namespace jianwei::analysis {
namespace {

constexpr std::int64_t kWordBlock = 64;
constexpr std::int64_t kSmallCorpus = 50'000;

// Which words keep company in which document: all of a short one, the most telling ones of a long one.
struct Company {
  std::vector<std::int64_t> offsets = {0};
  std::vector<std::int32_t> words;
  std::int64_t size(std::int32_t d) const { return offsets[static_cast<std::size_t>(d) + 1] - offsets[static_cast<std::size_t>(d)]; }
};

Company choose_company(const text::CountMatrix& documents, std::int32_t limit) {
  std::vector<std::int64_t> document_count(static_cast<std::size_t>(documents.column_count), 0);
  for (const std::int32_t word : documents.columns) ++document_count[static_cast<std::size_t>(word)];
  Company company;
  company.words.reserve(documents.columns.size());
  std::vector<std::pair<double, std::int32_t>> rated;
  for (std::int64_t d = 0; d < documents.row_count; ++d) {
    const std::span<const std::int32_t> row = documents.row(d);
    if (row.size() <= static_cast<std::size_t>(limit)) {
      company.words.insert(company.words.end(), row.begin(), row.end());
    } else {
      rated.clear();
      const std::int32_t* counts = documents.counts.data() + documents.offsets[static_cast<std::size_t>(d)];
      for (std::size_t i = 0; i < row.size(); ++i) {
        const double rarity = std::log(static_cast<double>(documents.row_count) / static_cast<double>(document_count[static_cast<std::size_t>(row[i])]));
        rated.emplace_back(-counts[i] * rarity, row[i]);
      }
      std::nth_element(rated.begin(), rated.begin() + limit, rated.end());
      const std::size_t start = company.words.size();
      for (std::int32_t i = 0; i < limit; ++i) company.words.push_back(rated[static_cast<std::size_t>(i)].second);
      std::sort(company.words.begin() + static_cast<std::ptrdiff_t>(start), company.words.end());
    }
    company.offsets.push_back(static_cast<std::int64_t>(company.words.size()));
  }
  return company;
}

// word -> documents it keeps company in
Company turn(const Company& company, std::int64_t word_count) {
  Company turned;
  turned.offsets.assign(static_cast<std::size_t>(word_count) + 1, 0);
  for (const std::int32_t word : company.words) ++turned.offsets[static_cast<std::size_t>(word) + 1];
  std::partial_sum(turned.offsets.begin(), turned.offsets.end(), turned.offsets.begin());
  turned.words.resize(company.words.size());
  std::vector<std::int64_t> next(turned.offsets.begin(), turned.offsets.end() - 1);
  for (std::size_t d = 0; d + 1 < company.offsets.size(); ++d) {
    for (auto e = static_cast<std::size_t>(company.offsets[d]); e < static_cast<std::size_t>(company.offsets[d + 1]); ++e) {
      turned.words[static_cast<std::size_t>(next[static_cast<std::size_t>(company.words[e])]++)] = static_cast<std::int32_t>(d);
    }
  }
  return turned;
}

// ln of p(w) of the row and q(v) of the context, for every word.
struct Shares {
  std::vector<double> log_row, log_context;
  double log_total = 0.0;
};

Shares measure_shares(const Company& company, const Company& documents_of, double smoothing) {
  // c(w, .) is the number of documents in which w has company at all.
  std::vector<double> mass(documents_of.offsets.size() - 1, 0.0);
  double total = 0.0, smooth_total = 0.0;
  for (std::size_t w = 0; w < mass.size(); ++w) {
    for (auto e = static_cast<std::size_t>(documents_of.offsets[w]); e < static_cast<std::size_t>(documents_of.offsets[w + 1]); ++e) mass[w] += company.size(documents_of.words[e]) > 1 ? 1.0 : 0.0;
    total += mass[w];
    if (mass[w] > 0) smooth_total += std::pow(mass[w], smoothing);
  }
  Shares shares;
  shares.log_total = std::log(std::max(total, 1.0));
  for (const double m : mass) {
    shares.log_row.push_back(m > 0 ? std::log(m / total) : 0.0);
    shares.log_context.push_back(m > 0 ? smoothing * std::log(m) - std::log(smooth_total) : 0.0);
  }
  return shares;
}

struct Cell {
  float weight = 0.0F;
  std::int32_t documents = 0;
};

struct Rows {
  std::vector<std::int64_t> sizes;
  std::vector<std::int32_t> indices;
  std::vector<float> values;
};

// The PPMI rows of words [begin, end).
Rows block_rows(const Company& company, const Company& documents_of, const Shares& shares, const CompanyOptions& options, std::int64_t begin, std::int64_t end) {
  Rows rows;
  const std::int32_t least = options.min_pair_documents;
  const double shift = std::log(options.shift);
  std::vector<Cell> cells(documents_of.offsets.size() - 1);
  std::vector<std::int32_t> touched;
  for (std::int64_t w = begin; w < end; ++w) {
    touched.clear();
    for (auto e = static_cast<std::size_t>(documents_of.offsets[static_cast<std::size_t>(w)]); e < static_cast<std::size_t>(documents_of.offsets[static_cast<std::size_t>(w) + 1]); ++e) {
      const std::int32_t d = documents_of.words[e];
      const std::int64_t size = company.size(d);
      if (size < 2) continue;
      const auto share = static_cast<float>(1.0 / static_cast<double>(size - 1));
      const std::int32_t* word = company.words.data() + company.offsets[static_cast<std::size_t>(d)];
      for (const std::int32_t* last = word + size; word < last; ++word) {
        Cell& cell = cells[static_cast<std::size_t>(*word)];
        if (cell.documents == 0) touched.push_back(*word);
        cell.weight += share;
        ++cell.documents;
      }
    }
    std::sort(touched.begin(), touched.end());
    const std::size_t start = rows.indices.size();
    for (const std::int32_t v : touched) {
      Cell& cell = cells[static_cast<std::size_t>(v)];
      if (v != w && cell.documents >= least) {
        const double information = std::log(static_cast<double>(cell.weight)) - shares.log_total - shares.log_row[static_cast<std::size_t>(w)] - shares.log_context[static_cast<std::size_t>(v)] - shift;
        if (information > 0) {
          rows.indices.push_back(v);
          rows.values.push_back(static_cast<float>(information));
        }
      }
      cell = Cell{};
    }
    rows.sizes.push_back(static_cast<std::int64_t>(rows.indices.size() - start));
  }
  return rows;
}

}  // namespace

Result<SparseMatrix> measure_company(const text::CountMatrix& documents, const CompanyOptions& given, int thread_count, Progress& progress) {
  CompanyOptions options = given;
  if (options.min_pair_documents == 0) options.min_pair_documents = documents.row_count < kSmallCorpus ? 1 : 2;
  const Company company = choose_company(documents, options.max_document_words);
  const std::int64_t word_count = documents.column_count;
  const Company documents_of = turn(company, word_count);
  const Shares shares = measure_shares(company, documents_of, options.context_smoothing);
  std::vector<Rows> blocks(static_cast<std::size_t>((word_count + kWordBlock - 1) / kWordBlock));
  parallel_blocks(word_count, kWordBlock, thread_count, [&](std::int64_t block, std::int64_t begin, std::int64_t end) {
    if (progress.cancelled()) return;
    blocks[static_cast<std::size_t>(block)] = block_rows(company, documents_of, shares, options, begin, end);
    progress.advance(end - begin);
  });
  TRY(progress.check());
  SparseMatrix matrix;
  matrix.rows = matrix.columns = word_count;
  for (Rows& rows : blocks) {
    for (const std::int64_t size : rows.sizes) matrix.offsets.push_back(matrix.offsets.back() + size);
    matrix.indices.insert(matrix.indices.end(), rows.indices.begin(), rows.indices.end());
    matrix.values.insert(matrix.values.end(), rows.values.begin(), rows.values.end());
    rows = Rows{};
  }
  return matrix;
}

}  // namespace jianwei::analysis

// For each document the citing documents of its own work are marked, then those of its references are met once each.
#include "analysis/impact/disruption.h"

#include "analysis/graph/networks.h"
#include "base/parallel.h"

namespace jianwei::analysis {
namespace {

constexpr std::int64_t kDocumentsPerBlock = 4096;

std::size_t at(std::int64_t i) { return static_cast<std::size_t>(i); }

}  // namespace

double Disruption::index() const {
  const auto all = static_cast<double>(only_focal + both + only_references);
  return measured ? static_cast<double>(only_focal - both) / all : 0.0;
}

double Disruption::index_without_references() const {
  return measured ? static_cast<double>(only_focal - both) / static_cast<double>(only_focal + both) : 0.0;
}

Result<std::vector<Disruption>> disruption(const IdLists& references, std::int64_t work_count, std::span<const std::int32_t> work_of, std::span<const std::int16_t> years, int window_years,
                                           int thread_count) {
  const auto count = static_cast<std::int64_t>(references.offsets.size()) - 1;
  if (std::ssize(work_of) != count || std::ssize(years) != count) return fail(ErrorKind::invalid_input, "{} works and {} years for {} documents", work_of.size(), years.size(), count);
  if (window_years < 1) return fail(ErrorKind::invalid_input, "the window is {} years, expected at least 1", window_years);
  for (const std::int32_t work : references.values) {
    if (work < 0 || work >= work_count) return fail(ErrorKind::invalid_input, "a reference names work {} of {}", work, work_count);
  }
  const IdLists citing = transpose(references, work_count);
  std::vector<Disruption> result(at(count));
  parallel_blocks(count, kDocumentsPerBlock, thread_count, [&](std::int64_t, std::int64_t begin, std::int64_t end) {
    std::vector<std::int64_t> cites_focal(at(count), -1), met(at(count), -1);  // the focal document that last marked a citing one
    for (std::int64_t focal = begin; focal < end; ++focal) {
      const std::int16_t year = years[at(focal)];
      const auto inside = [&](std::int32_t document) { return years[at(document)] > year && years[at(document)] <= year + window_years; };
      if (year == 0 || references.row(focal).empty()) continue;
      Disruption& found = result[at(focal)];
      std::int64_t cited_by = 0;
      if (work_of[at(focal)] >= 0) {
        for (const std::int32_t document : citing.row(work_of[at(focal)])) {
          if (!inside(document)) continue;
          cites_focal[at(document)] = focal;
          ++cited_by;
        }
      }
      for (const std::int32_t reference : references.row(focal)) {
        for (const std::int32_t document : citing.row(reference)) {
          if (document == focal || met[at(document)] == focal || !inside(document)) continue;
          met[at(document)] = focal;
          ++(cites_focal[at(document)] == focal ? found.both : found.only_references);
        }
      }
      found.only_focal = cited_by - found.both;
      found.measured = cited_by > 0;
    }
  });
  return result;
}

}  // namespace jianwei::analysis

// Collects the documents behind the numbers of a report.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "products/report/report.h"
#include "workflow/run/results.h"

namespace jianwei::workflow {

class EvidenceBook {
 public:
  EvidenceBook(const StudyResult& result, products::Report& report);

  // Files the rows of the dataset under a key (made safe for an anchor) and returns it; filing a key twice keeps the first.
  std::string file(const std::string& key, const std::string& title, std::span<const std::int32_t> rows, const std::string& explanation);

  // A cell whose text opens the documents.
  products::ReportCell number(const std::string& text, const std::string& key, const std::string& title, std::span<const std::int32_t> rows,
                        const std::string& explanation = "");

 private:
  const StudyResult& result_;
  products::Report& report_;
  std::vector<std::int32_t> place_;  // [documents] index into report_.documents, -1 = not yet listed
};

// The key that file() made an anchor of: "organisation-A_20B" -> "organisation-A B".
std::string read_anchor(std::string_view anchor);

// Documents of a unit, by decreasing weight, newest first among equals; with a year range only those dated in it.
std::vector<std::int32_t> documents_of(const StudyResult& result, Unit unit, std::int64_t index);
std::vector<std::int32_t> documents_of(const StudyResult& result, Unit unit, std::int64_t index, analysis::YearRange years);

// The windows that growth count compares: the last complete years and as many before them.
analysis::YearRange recent_window(const analysis::UnitSeries& series);
analysis::YearRange previous_window(const analysis::UnitSeries& series);

}  // namespace jianwei::workflow

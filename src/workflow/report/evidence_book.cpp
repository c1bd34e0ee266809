#include "workflow/report/evidence_book.h"

#include <algorithm>

#include "base/strings.h"

namespace jianwei::workflow {
namespace {

std::string safe_anchor(const std::string& key) {
  std::string safe;
  for (const char c : key) {
    const bool kept = is_alpha(c) || is_digit(c) || c == '-';
    if (kept) {
      safe += c;
    } else {
      safe += fmt::format("_{:02x}", static_cast<unsigned char>(c));
    }
  }
  return safe;
}

}  // namespace

std::string read_anchor(std::string_view anchor) {
  const auto hex = [](char c) { return is_digit(c) ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1; };
  std::string key;
  for (std::size_t i = 0; i < anchor.size(); ++i) {
    if (anchor[i] == '_' && i + 2 < anchor.size() && hex(anchor[i + 1]) >= 0 && hex(anchor[i + 2]) >= 0) {
      key += static_cast<char>(hex(anchor[i + 1]) * 16 + hex(anchor[i + 2]));
      i += 2;
    } else {
      key += anchor[i];
    }
  }
  return key;
}

EvidenceBook::EvidenceBook(const StudyResult& result, products::Report& report)
    : result_(result), report_(report), place_(static_cast<std::size_t>(result.dataset.document_count()), -1) {}

std::string EvidenceBook::file(const std::string& key, const std::string& title, std::span<const std::int32_t> rows, const std::string& explanation) {
  const std::string anchor = safe_anchor(key);
  if (report_.evidence.contains(anchor)) return anchor;
  products::Evidence evidence{title, {}, explanation};
  evidence.documents.reserve(rows.size());
  const analysis::Dataset& dataset = result_.dataset;
  for (const std::int32_t row : rows) {
    const auto d = static_cast<std::size_t>(row);
    if (place_[d] < 0) {
      place_[d] = static_cast<std::int32_t>(report_.documents.size());
      const std::int32_t venue = dataset.venue[d];
      report_.documents.push_back({dataset.record_ids[d], result_.titles[d], dataset.year[d],
                                   venue >= 0 ? dataset.venue_names[static_cast<std::size_t>(venue)] : dataset.source_names[static_cast<std::size_t>(dataset.source[d])],
                                   result_.urls[d]});
    }
    evidence.documents.push_back(place_[d]);
  }
  report_.evidence.emplace(anchor, std::move(evidence));
  return anchor;
}

products::ReportCell EvidenceBook::number(const std::string& text, const std::string& key, const std::string& title, std::span<const std::int32_t> rows,
                                    const std::string& explanation) {
  if (rows.empty()) return {text, "", "", ""};
  return {text, file(key, title, rows, explanation), "", ""};
}

std::vector<std::int32_t> documents_of(const StudyResult& result, Unit unit, std::int64_t index) {
  return documents_of(result, unit, index, analysis::YearRange{0, 9999});
}

std::vector<std::int32_t> documents_of(const StudyResult& result, Unit unit, std::int64_t index, analysis::YearRange years) {
  const analysis::UnitDocuments& units = result.results(unit).documents;
  std::vector<std::pair<float, std::int32_t>> weighted;
  for (std::int64_t e = units.offsets[static_cast<std::size_t>(index)]; e < units.offsets[static_cast<std::size_t>(index) + 1]; ++e) {
    const std::int32_t document = units.documents[static_cast<std::size_t>(e)];
    const std::int16_t year = result.dataset.year[static_cast<std::size_t>(document)];
    if (year >= years.first && year <= years.last) weighted.emplace_back(units.weights[static_cast<std::size_t>(e)], document);
  }
  std::stable_sort(weighted.begin(), weighted.end(), [&](const auto& a, const auto& b) {
    if (a.first != b.first) return a.first > b.first;
    return result.dataset.year[static_cast<std::size_t>(a.second)] > result.dataset.year[static_cast<std::size_t>(b.second)];
  });
  std::vector<std::int32_t> documents;
  documents.reserve(weighted.size());
  for (const auto& [weight, document] : weighted) documents.push_back(document);
  return documents;
}

analysis::YearRange recent_window(const analysis::UnitSeries& series) {
  const auto last = static_cast<std::int16_t>(series.years.first + series.complete_years - 1);
  const auto width = static_cast<std::int16_t>(std::clamp<std::int64_t>(series.complete_years / 2, 1, 3));
  return {static_cast<std::int16_t>(last - width + 1), last};
}

analysis::YearRange previous_window(const analysis::UnitSeries& series) {
  const analysis::YearRange recent = recent_window(series);
  const auto width = static_cast<std::int16_t>(recent.count());
  return {static_cast<std::int16_t>(recent.first - width), static_cast<std::int16_t>(recent.last - width)};
}

}  // namespace jianwei::workflow

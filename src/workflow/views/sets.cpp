#include "workflow/views/sets.h"

#include <algorithm>
#include <array>
#include <functional>
#include <iterator>
#include <map>

#include "workflow/views/href.h"

namespace jianwei::workflow {
namespace {

std::size_t at(std::int64_t i) { return static_cast<std::size_t>(i); }

std::vector<std::int64_t> count_terms(const ResultIndex& index, const DocumentSet& documents) {
  std::vector<std::int64_t> counts(index.result().terms.size(), 0);
  for (const std::int32_t d : documents) {
    for (const std::int32_t term : index.document_terms().row(d)) ++counts[at(term)];
  }
  return counts;
}

}  // namespace

DocumentSet make_document_set(std::vector<std::int32_t> documents) {
  std::sort(documents.begin(), documents.end());
  documents.erase(std::unique(documents.begin(), documents.end()), documents.end());
  return documents;
}

SetParts part_sets(const DocumentSet& a, const DocumentSet& b) {
  SetParts parts;
  std::set_intersection(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(parts.shared));
  std::set_difference(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(parts.only_a));
  std::set_difference(b.begin(), b.end(), a.begin(), a.end(), std::back_inserter(parts.only_b));
  return parts;
}

void write_comparison(JsonWriter& json, const ResultIndex& index, const DocumentSet& a, const DocumentSet& b, std::size_t term_count, std::string_view base) {
  const StudyResult& result = index.result();
  const SetParts parts = part_sets(a, b);
  const std::size_t all = parts.shared.size() + parts.only_a.size() + parts.only_b.size();
  json.field("shared", parts.shared.size()).field("only_a", parts.only_a.size()).field("only_b", parts.only_b.size());
  json.field("jaccard", all == 0 ? 0.0 : static_cast<double>(parts.shared.size()) / static_cast<double>(all));

  std::map<std::int16_t, std::array<std::int64_t, 3>> years;  // a, b, shared
  const std::array<const DocumentSet*, 3> counted = {&a, &b, &parts.shared};
  for (std::size_t i = 0; i < counted.size(); ++i) {
    for (const std::int32_t d : *counted[i]) ++years[result.dataset.year[at(d)]][i];
  }
  json.key("years").begin_array();
  for (const auto& [year, counts] : years) json.begin_object().field("year", year).field("a", counts[0]).field("b", counts[1]).field("shared", counts[2]).end_object();
  json.end_array();

  const std::vector<std::int64_t> in_a = count_terms(index, a), in_b = count_terms(index, b);
  const auto share = [](std::int64_t count, const DocumentSet& set) { return set.empty() ? 0.0 : static_cast<double>(count) / static_cast<double>(set.size()); };
  const auto list = [&](std::string_view name, const std::function<double(double, double)>& weight) {
    std::vector<std::pair<double, std::size_t>> order;
    for (std::size_t t = 0; t < in_a.size(); ++t) {
      const double of_a = share(in_a[t], a), of_b = share(in_b[t], b), value = weight(of_a, of_b);
      if (std::max(in_a[t], in_b[t]) > 1 && value > 0.0) order.emplace_back(-value, t);
    }
    const std::size_t kept = std::min(term_count, order.size());
    std::partial_sort(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(kept), order.end());
    json.key(name).begin_array();
    for (std::size_t i = 0; i < kept; ++i) {
      const std::size_t t = order[i].second;
      const TermRow& term = result.terms[t];
      json.begin_object().field("id", term.id).field("label", term.label).field("label_zh", term.label_zh).field("label_en", term.label_en).field("a", in_a[t]).field("b", in_b[t]);
      json.field("share_a", share(in_a[t], a)).field("share_b", share(in_b[t], b));
      write_href(json, "documents_href", base, "terms/" + term.id + "/documents");
      json.end_object();
    }
    json.end_array();
  };
  list("terms_a", [](double of_a, double of_b) { return of_a - of_b; });
  list("terms_b", [](double of_a, double of_b) { return of_b - of_a; });
  list("terms_common", [](double of_a, double of_b) { return std::min(of_a, of_b); });
}

}  // namespace jianwei::workflow

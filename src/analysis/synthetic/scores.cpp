#include "analysis/synthetic/scores.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "analysis/resolution/comparable.h"

namespace jianwei::analysis {

double normalized_mutual_information(std::span<const std::int64_t> a, std::span<const std::int64_t> b) {
  const std::size_t count = std::min(a.size(), b.size());
  std::map<std::int64_t, double> size_a;
  std::map<std::int64_t, double> size_b;
  std::map<std::pair<std::int64_t, std::int64_t>, double> both;
  for (std::size_t i = 0; i < count; ++i) {
    ++size_a[a[i]];
    ++size_b[b[i]];
    ++both[{a[i], b[i]}];
  }
  const auto n = static_cast<double>(count);
  const auto entropy = [n](const std::map<std::int64_t, double>& sizes) {
    double h = 0;
    for (const auto& [label, size] : sizes) h -= size / n * std::log(size / n);
    return h;
  };
  // I(A; B) = sum over cells of p_ab log(p_ab / (p_a p_b))
  double information = 0;
  for (const auto& [labels, size] : both) information += size / n * std::log(size * n / (size_a[labels.first] * size_b[labels.second]));
  const double scale = std::sqrt(entropy(size_a) * entropy(size_b));
  return scale > 0 ? std::clamp(information / scale, 0.0, 1.0) : 0.0;
}

double recall_at(std::span<const std::vector<std::string>> planted_forms, std::span<const std::vector<std::string>> ranked_forms, std::int64_t k) {
  if (planted_forms.empty()) return 1.0;
  std::set<std::string> seen;
  for (std::size_t i = 0; i < ranked_forms.size() && static_cast<std::int64_t>(i) < k; ++i) {
    for (const std::string& form : ranked_forms[i]) seen.insert(fold_words(form));
  }
  const auto found = std::count_if(planted_forms.begin(), planted_forms.end(), [&](const std::vector<std::string>& forms) {
    return std::any_of(forms.begin(), forms.end(), [&](const std::string& form) { return seen.contains(fold_words(form)); });
  });
  return static_cast<double>(found) / static_cast<double>(planted_forms.size());
}

double interval_overlap(std::int32_t first_a, std::int32_t last_a, std::int32_t first_b, std::int32_t last_b) {
  const std::int32_t common = std::min(last_a, last_b) - std::max(first_a, first_b) + 1;
  if (common <= 0) return 0.0;
  return static_cast<double>(common) / static_cast<double>(std::max(last_a, last_b) - std::min(first_a, first_b) + 1);
}

}  // namespace jianwei::analysis

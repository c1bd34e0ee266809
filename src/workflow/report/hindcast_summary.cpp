#include <simdjson.h>

#include <algorithm>

#include "workflow/report/hindcast_verdict.h"

namespace jianwei::workflow {
namespace {

double number(const simdjson::dom::element& object, const char* key) {
  double value = 0;
  return object[key].get(value) == simdjson::SUCCESS ? value : 0.0;
}

}  // namespace

HindcastSummary read_hindcast(const std::string& json) {
  HindcastSummary summary;
  simdjson::dom::parser parser;
  simdjson::dom::element root;
  if (json.empty() || parser.parse(json).get(root) != simdjson::SUCCESS) return summary;
  std::string_view text;
  if (root["unit"].get(text) == simdjson::SUCCESS) summary.unit = text;
  summary.horizon_years = static_cast<std::int32_t>(number(root, "horizon"));
  simdjson::dom::array origins;
  if (root["origins"].get(origins) == simdjson::SUCCESS) {
    for (const simdjson::dom::element origin : origins) {
      summary.prevalence += number(origin, "prevalence");
      ++summary.origin_count;
    }
  }
  if (summary.origin_count == 0) return summary;
  summary.prevalence /= static_cast<double>(summary.origin_count);
  simdjson::dom::object pooled;
  if (root["pooled"].get(pooled) != simdjson::SUCCESS) return summary;
  for (const auto field : pooled) {
    if (!field.value.is_object()) continue;
    summary.pooled.push_back({std::string(field.key), number(field.value, "auprc"), number(field.value, "p20"), number(field.value, "p50"),
                              number(field.value, "ndcg50"), number(field.value, "csi"), number(field.value, "brier")});
  }
  std::stable_sort(summary.pooled.begin(), summary.pooled.end(), [](const auto& a, const auto& b) { return a.auprc > b.auprc; });
  simdjson::dom::element delta;
  if (root["delta_vs_best_baseline"].get(delta) == simdjson::SUCCESS) {
    if (delta["baseline"].get(text) == simdjson::SUCCESS) summary.best_baseline = text;
    summary.delta = number(delta, "auprc");
    summary.low = number(delta, "lo");
    summary.high = number(delta, "hi");
  }
  summary.present = !summary.pooled.empty();
  return summary;
}

std::string_view verdict_key(const HindcastSummary& hindcast) {
  constexpr double kShown = 0.0005;  // less is printed as 0.000
  if (hindcast.low >= kShown) return "hindcast.above";
  return hindcast.high <= -kShown ? "hindcast.below" : "hindcast.within_chance";
}

}  // namespace jianwei::workflow

#include "workflow/views/weak_signals.h"

#include <algorithm>

#include "workflow/views/href.h"

namespace jianwei::workflow {

std::string_view quadrant_name(analysis::Quadrant quadrant) {
  constexpr std::string_view kNames[] = {"unsupported", "weak", "strong", "latent", "well_known"};
  return kNames[static_cast<std::size_t>(quadrant)];
}

std::vector<std::size_t> choose_signal_terms(const StudyResult& result, bool all) {
  const std::vector<analysis::WeakSignal>& units = result.weak_signals.units;
  std::vector<std::size_t> chosen;
  for (std::size_t u = 0; u < units.size(); ++u) {
    if (units[u].agreed == analysis::Quadrant::weak || (all && units[u].agreed != analysis::Quadrant::unsupported)) chosen.push_back(u);
  }
  std::stable_sort(chosen.begin(), chosen.end(), [&](std::size_t a, std::size_t b) { return units[a].diffusion_growth > units[b].diffusion_growth; });
  return chosen;
}

void write_signal(JsonWriter& json, const StudyResult& result, const analysis::SignalEvidence& signal, std::string_view base) {
  const auto u = static_cast<std::size_t>(signal.unit);
  json.begin_object().field("id", result.terms[u].id).field("label", result.terms[u].label).key("forms").begin_array();
  for (const std::string& form : result.terms[u].forms) json.value(form);
  json.end_array().field("quadrant", quadrant_name(result.weak_signals.units[u].agreed)).field("documents", result.terms[u].document_count);
  json.field("window_years", signal.rise.window_years).field("recent", signal.rise.recent).field("before", signal.rise.before).field("share_ratio", signal.rise.ratio).field("p", signal.rise.p).field("q", signal.q).field("first_year", signal.first_year);
  json.field("sources", signal.sources).field("organisations", signal.organisations).field("author_groups", signal.author_groups).field("isolation", signal.isolation);
  json.field("spread", signal.spread).field("isolated", signal.isolated).field("novel", signal.novel).field("confirmations", signal.confirmations());
  write_href(json, "documents_href", base, "terms/" + result.terms[u].id + "/documents");
  json.end_object();
}

void write_mapped_term(JsonWriter& json, const StudyResult& result, std::size_t term, std::string_view base) {
  const analysis::WeakSignal& unit = result.weak_signals.units[term];
  json.begin_object().field("id", result.terms[term].id).field("label", result.terms[term].label).field("quadrant", quadrant_name(unit.agreed));
  json.field("documents", result.terms[term].document_count).field("mean_document_frequency", unit.mean_document_frequency).field("diffusion_growth", unit.diffusion_growth);
  json.field("mean_frequency", unit.mean_frequency).field("visibility_growth", unit.visibility_growth);
  if (!base.empty()) json.field("emergence_map", quadrant_name(unit.emergence_map)).field("issue_map", quadrant_name(unit.issue_map));
  write_href(json, "documents_href", base, "terms/" + result.terms[term].id + "/documents");
  json.end_object();
}

std::string signals_json(const StudyResult& result, std::size_t count) {
  JsonWriter json;
  json.begin_object().field("run", result.run_id).field("snapshot", result.snapshot_id).field("found", result.signals.size()).key("signals").begin_array();
  for (std::size_t i = 0; i < std::min(count, result.signals.size()); ++i) write_signal(json, result, result.signals[i]);
  return json.end_array().end_object().text();
}

std::string signal_map_json(const StudyResult& result, const std::vector<std::size_t>& terms) {
  const analysis::WeakSignalMap& map = result.weak_signals;
  JsonWriter json;
  json.begin_object().field("run", result.run_id).field("snapshot", result.snapshot_id).field("median_frequency", map.median_document_frequency);
  json.field("median_growth", map.median_diffusion_growth).key("signals").begin_array();
  for (const std::size_t u : terms) write_mapped_term(json, result, u);
  return json.end_array().end_object().text();
}

std::string weak_signal_maps_json(const StudyResult& result, std::string_view base) {
  const analysis::WeakSignalMap& map = result.weak_signals;
  JsonWriter json;
  json.begin_object().field("run", result.run_id).field("snapshot", result.snapshot_id).key("thresholds").begin_object();
  json.key("emergence").begin_object().field("x", map.median_frequency).field("y", map.median_visibility_growth).end_object();
  json.key("issue").begin_object().field("x", map.median_document_frequency).field("y", map.median_diffusion_growth).end_object().end_object();
  json.field("found", result.signals.size()).key("signals").begin_array();
  for (const analysis::SignalEvidence& signal : result.signals) write_signal(json, result, signal, base);
  json.end_array().key("terms").begin_array();
  for (std::size_t u = 0; u < map.units.size(); ++u) {
    const analysis::WeakSignal& unit = map.units[u];
    if (unit.emergence_map != analysis::Quadrant::unsupported || unit.issue_map != analysis::Quadrant::unsupported) write_mapped_term(json, result, u, base);
  }
  return json.end_array().end_object().text();
}

}  // namespace jianwei::workflow

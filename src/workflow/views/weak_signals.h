// Rare terms that rise, and the two maps of weak signals, as JSON.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/json_writer.h"
#include "workflow/run/results.h"

namespace jianwei::workflow {

// unsupported, weak, strong, latent, well_known
std::string_view quadrant_name(analysis::Quadrant quadrant);

// Terms of the maps, fastest diffusion first: those both maps call weak, or all that have support.
std::vector<std::size_t> choose_signal_terms(const StudyResult& result, bool all);

void write_signal(JsonWriter& json, const StudyResult& result, const analysis::SignalEvidence& signal, std::string_view base = {});
void write_mapped_term(JsonWriter& json, const StudyResult& result, std::size_t term, std::string_view base = {});

// `weak-signals --json`, `weak-signals --map --json`
std::string signals_json(const StudyResult& result, std::size_t count);
std::string signal_map_json(const StudyResult& result, const std::vector<std::size_t>& terms);

// Both maps of Yoon (2012) with their thresholds: the keyword emergence map (frequency, visibility) and the keyword issue map (documents, diffusion).
// {"thresholds":{emergence:{x,y},issue:{x,y}},"found","signals":[...],"terms":[{..., emergence_map, issue_map}]}
std::string weak_signal_maps_json(const StudyResult& result, std::string_view base);

}  // namespace jianwei::workflow

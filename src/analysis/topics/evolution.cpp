#include "analysis/topics/evolution.h"

#include <algorithm>
#include <cmath>
#include <span>
#include <tuple>
#include <unordered_map>

namespace jianwei::analysis {
namespace {

std::size_t at(std::int64_t i) { return static_cast<std::size_t>(i); }

std::vector<double> norms(const PeriodUnits& units) {
  std::vector<double> result(at(units.unit_count()), 0.0);
  for (std::size_t u = 0; u < result.size(); ++u) {
    for (auto e = at(units.offsets[u]); e < at(units.offsets[u + 1]); ++e) result[u] += static_cast<double>(units.weights[e]) * units.weights[e];
    result[u] = std::sqrt(result[u]);
  }
  return result;
}

// Cosines of all pairs that share an item, through an index of the later period by item.
std::vector<EvolutionLink> link_periods(const PeriodUnits& before, const PeriodUnits& after, std::int32_t period, double min_similarity) {
  std::unordered_map<std::int32_t, std::vector<std::pair<std::int32_t, float>>> holders;
  for (std::int64_t u = 0; u < after.unit_count(); ++u) {
    for (auto e = at(after.offsets[at(u)]); e < at(after.offsets[at(u) + 1]); ++e) holders[after.items[e]].emplace_back(static_cast<std::int32_t>(u), after.weights[e]);
  }
  const std::vector<double> norm_before = norms(before);
  const std::vector<double> norm_after = norms(after);
  std::vector<double> dot(at(after.unit_count()));
  std::vector<EvolutionLink> links;
  for (std::int64_t u = 0; u < before.unit_count(); ++u) {
    std::fill(dot.begin(), dot.end(), 0.0);
    for (auto e = at(before.offsets[at(u)]); e < at(before.offsets[at(u) + 1]); ++e) {
      const auto found = holders.find(before.items[e]);
      if (found == holders.end()) continue;
      for (const auto& [unit, weight] : found->second) dot[at(unit)] += static_cast<double>(before.weights[e]) * weight;
    }
    for (std::size_t v = 0; v < dot.size(); ++v) {
      if (dot[v] <= 0.0) continue;
      const double cosine = dot[v] / (norm_before[at(u)] * norm_after[v]);
      if (cosine >= min_similarity) links.push_back({period, static_cast<std::int32_t>(u), static_cast<std::int32_t>(v), std::min(1.0, cosine)});
    }
  }
  return links;
}

EvolutionEvent compare_sizes(double before, double after, double size_change) {
  if (after >= before * (1.0 + size_change)) return EvolutionEvent::growth;
  if (after <= before / (1.0 + size_change)) return EvolutionEvent::decline;
  return EvolutionEvent::stable;
}

// The events between two periods from the links between them.
void describe_steps(const PeriodUnits& before, const PeriodUnits& after, std::span<const EvolutionLink> links, std::int32_t period, double size_change, std::vector<EvolutionStep>& steps) {
  std::vector<std::vector<const EvolutionLink*>> forward(at(before.unit_count())), back(at(after.unit_count()));
  for (const EvolutionLink& link : links) {
    forward[at(link.from)].push_back(&link);
    back[at(link.to)].push_back(&link);
  }
  const auto add = [&](EvolutionEvent event, const std::vector<const EvolutionLink*>& used, std::vector<std::int32_t> from, std::vector<std::int32_t> to) {
    EvolutionStep step{event, period, std::move(from), std::move(to)};
    for (const std::int32_t u : step.from) step.size_before += before.sizes[at(u)];
    for (const std::int32_t v : step.to) step.size_after += after.sizes[at(v)];
    for (const EvolutionLink* link : used) step.similarity = std::max(step.similarity, link->similarity);
    steps.push_back(std::move(step));
  };
  const auto targets = [](const std::vector<const EvolutionLink*>& used) {
    std::vector<std::int32_t> units;
    for (const EvolutionLink* link : used) units.push_back(link->to);
    return units;
  };
  const auto sources = [](const std::vector<const EvolutionLink*>& used) {
    std::vector<std::int32_t> units;
    for (const EvolutionLink* link : used) units.push_back(link->from);
    return units;
  };
  const auto first = static_cast<std::ptrdiff_t>(steps.size());
  for (std::int64_t u = 0; u < before.unit_count(); ++u) {
    const auto& used = forward[at(u)];
    const auto unit = static_cast<std::int32_t>(u);
    if (used.empty()) {
      add(EvolutionEvent::death, used, {unit}, {});
    } else if (used.size() > 1) {
      add(EvolutionEvent::split, used, {unit}, targets(used));
    } else if (back[at(used[0]->to)].size() == 1) {
      add(compare_sizes(before.sizes[at(u)], after.sizes[at(used[0]->to)], size_change), used, {unit}, {used[0]->to});
    }
  }
  for (std::int64_t v = 0; v < after.unit_count(); ++v) {
    const auto& used = back[at(v)];
    if (used.empty()) add(EvolutionEvent::birth, used, {}, {static_cast<std::int32_t>(v)});
    if (used.size() > 1) add(EvolutionEvent::merge, used, sources(used), {static_cast<std::int32_t>(v)});
  }
  std::sort(steps.begin() + first, steps.end(), [](const EvolutionStep& a, const EvolutionStep& b) { return std::tie(a.event, a.from, a.to) < std::tie(b.event, b.from, b.to); });
}

// Units that are each other's best match carry the same line; every other unit starts one.
void continue_lines(const PeriodUnits& before, const PeriodUnits& after, std::span<const EvolutionLink> links, Evolution& evolution) {
  std::vector<const EvolutionLink*> best_forward(at(before.unit_count()), nullptr), best_back(at(after.unit_count()), nullptr);
  for (const EvolutionLink& link : links) {
    const EvolutionLink*& forward = best_forward[at(link.from)];
    const EvolutionLink*& back = best_back[at(link.to)];
    if (!forward || link.similarity > forward->similarity) forward = &link;
    if (!back || link.similarity > back->similarity) back = &link;
  }
  std::vector<std::int32_t> lines(at(after.unit_count()));
  for (std::size_t v = 0; v < lines.size(); ++v) {
    const bool carries_on = best_back[v] && best_forward[at(best_back[v]->from)] == best_back[v];
    lines[v] = carries_on ? evolution.lines.back()[at(best_back[v]->from)] : evolution.line_count++;
  }
  evolution.lines.push_back(std::move(lines));
}

}  // namespace

Result<Evolution> trace_evolution(const std::vector<PeriodUnits>& periods, const EvolutionOptions& options) {
  if (!(options.min_similarity > 0.0) || options.min_similarity > 1.0) return fail(ErrorKind::invalid_input, "min_similarity is {}, expected a number in (0, 1]", options.min_similarity);
  if (!(options.size_change >= 0.0)) return fail(ErrorKind::invalid_input, "size_change is {}, expected at least 0", options.size_change);
  for (const PeriodUnits& units : periods) {
    if (std::ssize(units.sizes) != units.unit_count()) return fail(ErrorKind::invalid_input, "a period has {} units but {} sizes", units.unit_count(), units.sizes.size());
  }
  Evolution evolution;
  if (periods.empty()) return evolution;
  evolution.lines.emplace_back(at(periods[0].unit_count()));
  for (std::int32_t& line : evolution.lines[0]) line = evolution.line_count++;
  for (std::size_t p = 0; p + 1 < periods.size(); ++p) {
    const std::vector<EvolutionLink> links = link_periods(periods[p], periods[p + 1], static_cast<std::int32_t>(p), options.min_similarity);
    describe_steps(periods[p], periods[p + 1], links, static_cast<std::int32_t>(p + 1), options.size_change, evolution.steps);
    continue_lines(periods[p], periods[p + 1], links, evolution);
    evolution.links.insert(evolution.links.end(), links.begin(), links.end());
  }
  return evolution;
}

}  // namespace jianwei::analysis

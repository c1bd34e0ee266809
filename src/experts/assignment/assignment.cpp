// Nodes: source 0, items, experts, sink. An edge costs 1 - s, so that the cheapest flow has the greatest sum. Least loads are met first: a flow of
// only these places is sent before the rest, over edges that later give their places back to the same expert.
#include "experts/assignment/assignment.h"

#include <algorithm>
#include <cassert>
#include <numeric>
#include <optional>

#include "experts/assignment/flow.h"

namespace jianwei::experts {
namespace {

std::size_t cell(const AssignmentProblem& problem, std::int32_t item, std::int32_t expert) {
  return static_cast<std::size_t>(item) * static_cast<std::size_t>(problem.expert_count) + static_cast<std::size_t>(expert);
}

Result<> check(const AssignmentProblem& problem) {
  const auto items = static_cast<std::size_t>(problem.item_count), experts = static_cast<std::size_t>(problem.expert_count);
  if (problem.similarity.size() != items * experts || problem.conflict.size() != items * experts || problem.experts_per_item.size() != items || problem.greatest_load.size() != experts ||
      (!problem.least_load.empty() && problem.least_load.size() != experts)) {
    return fail(ErrorKind::invalid_input, "assignment: tables do not fit {} items and {} experts", items, experts);
  }
  for (std::size_t i = 0; i < problem.similarity.size(); ++i) {
    if (!(problem.similarity[i] >= 0.0 && problem.similarity[i] <= 1.0)) return fail(ErrorKind::invalid_input, "assignment: similarity of item {} and expert {} is {}, expected 0 to 1", i / experts + 1, i % experts + 1, problem.similarity[i]);
  }
  for (std::size_t e = 0; e < experts; ++e) {
    const std::int32_t least = problem.least_load.empty() ? 0 : problem.least_load[e];
    if (least < 0 || least > problem.greatest_load[e]) return fail(ErrorKind::invalid_input, "assignment: expert {} should judge at least {} and at most {} items", e + 1, least, problem.greatest_load[e]);
  }
  for (std::size_t i = 0; i < items; ++i) {
    if (problem.experts_per_item[i] < 0) return fail(ErrorKind::invalid_input, "assignment: item {} needs {} experts", i + 1, problem.experts_per_item[i]);
  }
  return {};
}

// A flow over the pairs of at least `threshold`; each item gets `needs` of its experts, beside those it has in `fixed`.
struct Attempt {
  bool complete = false;
  std::vector<std::vector<std::int32_t>> experts_of_item;
  Infeasibility shortage;
};

Attempt attempt(const AssignmentProblem& problem, const std::vector<std::int32_t>& needs, double threshold, const std::vector<std::vector<std::int32_t>>& fixed, bool least_loads) {
  const std::int32_t items = problem.item_count, experts = problem.expert_count;
  const std::int32_t source = 0, sink = items + experts + 1;
  const auto expert_node = [&](std::int32_t e) { return 1 + items + e; };
  FlowGraph graph(sink + 1);
  std::vector<std::int32_t> used(static_cast<std::size_t>(experts), 0);
  for (const auto& list : fixed) {
    for (const std::int32_t e : list) ++used[static_cast<std::size_t>(e)];
  }
  std::int32_t needed = 0;
  std::vector<std::int32_t> edges(problem.similarity.size(), -1);
  for (std::int32_t i = 0; i < items; ++i) {
    const std::int32_t need = needs[static_cast<std::size_t>(i)];
    needed += need;
    graph.add_edge(source, 1 + i, need, 0.0);
    if (need == 0) continue;
    for (std::int32_t e = 0; e < experts; ++e) {
      const std::size_t at = cell(problem, i, e);
      if (problem.conflict[at] || problem.similarity[at] < threshold) continue;
      if (!fixed.empty() && std::ranges::binary_search(fixed[static_cast<std::size_t>(i)], e)) continue;
      edges[at] = graph.add_edge(1 + i, expert_node(e), 1, 1.0 - problem.similarity[at]);
    }
  }
  // A place below an expert's least load is cheaper than any detour, so the cheapest flow fills these first.
  const double reward = static_cast<double>(needed) + 1.0;
  for (std::int32_t e = 0; e < experts; ++e) {
    const auto at = static_cast<std::size_t>(e);
    const std::int32_t least = least_loads && !problem.least_load.empty() ? std::max(0, problem.least_load[at] - used[at]) : 0;
    graph.add_edge(expert_node(e), sink, least, 0.0);
    graph.add_edge(expert_node(e), sink, std::max(0, problem.greatest_load[at] - used[at] - least), least_loads && !problem.least_load.empty() ? reward : 0.0);
  }
  Attempt result;
  const std::int32_t sent = graph.send(source, sink, needed);
  result.complete = sent == needed;
  result.experts_of_item.resize(static_cast<std::size_t>(items));
  for (std::int32_t i = 0; i < items; ++i) {
    for (std::int32_t e = 0; e < experts; ++e) {
      const std::int32_t edge = edges[cell(problem, i, e)];
      if (edge >= 0 && graph.flow(edge) > 0) result.experts_of_item[static_cast<std::size_t>(i)].push_back(e);
    }
  }
  if (!result.complete) {
    const std::vector<std::uint8_t> reached = graph.reachable(source);
    for (std::int32_t i = 0; i < items; ++i) {
      if (reached[static_cast<std::size_t>(1 + i)] && needs[static_cast<std::size_t>(i)] > 0) {
        result.shortage.items.push_back(i);
        result.shortage.needed += needs[static_cast<std::size_t>(i)];
      }
    }
    // What these items can get at most: an expert reached is full and counts with the whole load, any other once for each item that may take him.
    for (std::int32_t e = 0; e < experts; ++e) {
      std::int64_t pairs = 0;
      for (const std::int32_t i : result.shortage.items) pairs += edges[cell(problem, i, e)] >= 0 ? 1 : 0;
      if (pairs == 0) continue;
      result.shortage.experts.push_back(e);
      result.shortage.available += std::min<std::int64_t>(pairs, problem.greatest_load[static_cast<std::size_t>(e)]);
    }
  }
  return result;
}

Assignment finish(const AssignmentProblem& problem, std::vector<std::vector<std::int32_t>> experts_of_item) {
  Assignment result;
  result.feasible = true;
  std::vector<std::int32_t> load(static_cast<std::size_t>(problem.expert_count), 0);
  bool first = true;
  for (std::int32_t i = 0; i < problem.item_count; ++i) {
    const auto& list = experts_of_item[static_cast<std::size_t>(i)];
    double sum = 0.0;
    for (const std::int32_t e : list) {
      assert(!problem.conflict[cell(problem, i, e)]);  // never, whatever the goal
      ++load[static_cast<std::size_t>(e)];
      assert(load[static_cast<std::size_t>(e)] <= problem.greatest_load[static_cast<std::size_t>(e)]);
      sum += problem.similarity[cell(problem, i, e)];
    }
    result.sum += sum;
    if (list.empty()) continue;
    const double mean = sum / static_cast<double>(list.size());
    result.worst_item = first ? mean : std::min(result.worst_item, mean);
    first = false;
  }
  result.experts_of_item = std::move(experts_of_item);
  return result;
}

// Every item gets `share` experts (or all it needs) at the largest common threshold, the rest by greatest sum.
std::optional<Assignment> with_threshold(const AssignmentProblem& problem, std::int32_t share, const std::vector<double>& levels) {
  std::vector<std::int32_t> first_needs = problem.experts_per_item;
  for (std::int32_t& need : first_needs) need = std::min(need, share);
  std::size_t low = 0, high = levels.size();  // levels[low] works, levels[high] does not
  Attempt best = attempt(problem, first_needs, levels[0], {}, false);
  if (!best.complete) return std::nullopt;
  while (high - low > 1) {
    const std::size_t middle = (low + high) / 2;
    Attempt tried = attempt(problem, first_needs, levels[middle], {}, false);
    if (tried.complete) {
      best = std::move(tried);
      low = middle;
    } else {
      high = middle;
    }
  }
  std::vector<std::int32_t> rest = problem.experts_per_item;
  for (std::size_t i = 0; i < rest.size(); ++i) rest[i] -= first_needs[i];
  if (std::ranges::any_of(rest, [](std::int32_t need) { return need > 0; })) {
    const Attempt completed = attempt(problem, rest, 0.0, best.experts_of_item, false);
    if (!completed.complete) return std::nullopt;  // the threshold used up places others need
    for (std::size_t i = 0; i < rest.size(); ++i) {
      auto& list = best.experts_of_item[i];
      list.insert(list.end(), completed.experts_of_item[i].begin(), completed.experts_of_item[i].end());
      std::ranges::sort(list);
    }
  }
  return finish(problem, std::move(best.experts_of_item));
}

std::optional<Infeasibility> idle_experts(const AssignmentProblem& problem, const std::vector<std::vector<std::int32_t>>& experts_of_item) {
  if (problem.least_load.empty()) return std::nullopt;
  std::vector<std::int32_t> load(static_cast<std::size_t>(problem.expert_count), 0);
  for (const auto& list : experts_of_item) {
    for (const std::int32_t e : list) ++load[static_cast<std::size_t>(e)];
  }
  Infeasibility idle;
  for (std::int32_t e = 0; e < problem.expert_count; ++e) {
    const auto at = static_cast<std::size_t>(e);
    if (load[at] >= problem.least_load[at]) continue;
    idle.experts.push_back(e);
    idle.needed += problem.least_load[at];
    idle.available += load[at];
  }
  if (idle.experts.empty()) return std::nullopt;
  return idle;
}

}  // namespace

Result<Assignment> assign_experts(const AssignmentProblem& problem, AssignmentGoal goal, Progress& progress) {
  TRY(check(problem));
  progress.begin("assignment");
  Attempt greatest = attempt(problem, problem.experts_per_item, 0.0, {}, true);
  if (!greatest.complete) {
    Assignment none;
    none.certificate = std::move(greatest.shortage);
    return none;
  }
  if (const auto idle = idle_experts(problem, greatest.experts_of_item)) {
    Assignment none;
    none.certificate = *idle;
    return none;
  }
  Assignment best = finish(problem, std::move(greatest.experts_of_item));
  if (goal == AssignmentGoal::greatest_sum || problem.experts_per_item.empty()) return best;

  std::vector<double> levels = problem.similarity;
  levels.push_back(0.0);
  std::ranges::sort(levels);
  levels.erase(std::unique(levels.begin(), levels.end()), levels.end());
  const std::int32_t most = *std::ranges::max_element(problem.experts_per_item);
  for (std::int32_t share = 1; share <= most; ++share) {
    TRY(progress.check());
    const std::optional<Assignment> fair = with_threshold(problem, share, levels);
    if (!fair || idle_experts(problem, fair->experts_of_item)) continue;
    if (fair->worst_item > best.worst_item) best = *fair;
  }
  return best;
}

}  // namespace jianwei::experts

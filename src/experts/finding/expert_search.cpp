#include "experts/finding/expert_search.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace jianwei::experts {
namespace {

// Parts of the persons of one work; they sum to 1.
std::vector<double> credits(std::size_t persons, double end_places) {
  std::vector<double> credit(persons, 1.0);
  if (persons >= 3) credit.front() = credit.back() = end_places;
  double sum = 0.0;
  for (const double part : credit) sum += part;
  for (double& part : credit) part /= sum;
  return credit;
}

}  // namespace

std::vector<FoundExpert> find_experts(std::span<const RelevantWork> works, const ExpertSearchOptions& options) {
  double most_relevant = 0.0;
  std::int16_t youngest = 0, oldest = 0;
  for (const RelevantWork& work : works) {
    most_relevant = std::max(most_relevant, work.relevance);
    if (work.year == 0) continue;
    youngest = std::max(youngest, work.year);
    oldest = oldest == 0 ? work.year : std::min(oldest, work.year);
  }
  if (most_relevant == 0.0) return {};
  const std::int16_t now = options.now != 0 ? options.now : youngest;

  std::map<std::int32_t, FoundExpert> found;
  for (const RelevantWork& work : works) {
    if (work.persons.empty() || work.relevance == 0.0) continue;
    const double age = std::max(0.0, static_cast<double>(now - (work.year == 0 ? oldest : work.year)));
    const double weight = work.relevance / most_relevant * std::exp2(-age / options.half_life_years);
    const std::vector<double> credit = credits(work.persons.size(), options.end_places);
    for (std::size_t i = 0; i < work.persons.size(); ++i) {
      FoundExpert& expert = found[work.persons[i]];
      expert.person = work.persons[i];
      expert.score += weight * credit[i];
      ++expert.work_count;
      expert.works.push_back({work.work, weight * credit[i]});
    }
  }
  std::vector<FoundExpert> experts;
  for (auto& [person, expert] : found) experts.push_back(std::move(expert));
  std::ranges::stable_sort(experts, [](const FoundExpert& a, const FoundExpert& b) { return a.score > b.score; });
  if (experts.size() > static_cast<std::size_t>(options.expert_count)) experts.resize(static_cast<std::size_t>(options.expert_count));
  for (FoundExpert& expert : experts) {
    std::ranges::stable_sort(expert.works, [](const WorkPart& a, const WorkPart& b) { return a.part > b.part; });
    if (expert.works.size() > static_cast<std::size_t>(options.works_per_expert)) expert.works.resize(static_cast<std::size_t>(options.works_per_expert));
  }
  return experts;
}

}  // namespace jianwei::experts

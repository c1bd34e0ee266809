// Cells are visited in order; at each the number taken runs from the most promising downward. Two prunings: every least quota must still be reachable from the
// cells to come, and the bound (score so far + the best scores of the cells to come, ignoring quotas) must beat the best panel found.
#include "experts/panel/panel_design.h"

#include <algorithm>
#include <map>

namespace jianwei::experts {
namespace {

constexpr std::int64_t kStepLimit = 4'000'000;  // some seconds

struct Cell {
  std::vector<std::int32_t> quotas;     // indices into the active quotas that count its people
  std::vector<std::int32_t> people;     // required first, then best score first
  std::vector<double> sum;              // [people + 1] of the first n scores
  std::int32_t required = 0;
};

class Search {
 public:
  Search(const PanelProblem& problem, std::vector<std::int32_t> active, bool first_only) : problem_(problem), active_(std::move(active)), first_only_(first_only) { make_cells(); }

  // Errors: cancelled
  Result<> run(Progress& progress) {
    progress_ = &progress;
    taken_.assign(cells_.size(), 0);
    filled_.assign(active_.size(), 0);
    visit(0, problem_.size, 0.0);
    return progress.check();
  }

  bool found() const { return !best_.empty() || (problem_.size == 0 && found_empty_); }
  bool exhausted() const { return steps_ < kStepLimit; }
  double best_score() const { return best_score_; }
  std::vector<std::int32_t> members() const {
    std::vector<std::int32_t> members;
    for (std::size_t c = 0; c < best_.size(); ++c) members.insert(members.end(), cells_[c].people.begin(), cells_[c].people.begin() + best_[c]);
    std::ranges::sort(members);
    return members;
  }

 private:
  void make_cells() {
    std::map<std::vector<std::int32_t>, Cell> by_quotas;
    for (std::size_t p = 0; p < problem_.candidates.size(); ++p) {
      std::vector<std::int32_t> counted;
      for (std::size_t q = 0; q < active_.size(); ++q) {
        const Quota& quota = problem_.quotas[static_cast<std::size_t>(active_[q])];
        if (problem_.candidates[p].values[static_cast<std::size_t>(quota.attribute)] == quota.value) counted.push_back(static_cast<std::int32_t>(q));
      }
      Cell& cell = by_quotas[counted];
      cell.quotas = counted;
      cell.people.push_back(static_cast<std::int32_t>(p));
      cell.required += problem_.candidates[p].required ? 1 : 0;
    }
    for (auto& [counted, cell] : by_quotas) {
      std::ranges::stable_sort(cell.people, [&](std::int32_t a, std::int32_t b) {
        const PanelCandidate &x = problem_.candidates[static_cast<std::size_t>(a)], &y = problem_.candidates[static_cast<std::size_t>(b)];
        return x.required != y.required ? x.required : x.score > y.score;
      });
      cell.sum.push_back(0.0);
      for (const std::int32_t person : cell.people) cell.sum.push_back(cell.sum.back() + problem_.candidates[static_cast<std::size_t>(person)].score);
      cells_.push_back(std::move(cell));
    }
    // What the cells from c on can still give: people in all, people per quota, and scores in order for the bound.
    const std::size_t count = cells_.size();
    people_left_.assign(count + 1, 0);
    required_left_.assign(count + 1, 0);
    quota_left_.assign((count + 1) * active_.size(), 0);
    bound_.resize(count + 1);
    bound_[count] = {0.0};
    std::vector<double> scores;
    for (std::size_t c = count; c-- > 0;) {
      const auto size = static_cast<std::int32_t>(cells_[c].people.size());
      people_left_[c] = people_left_[c + 1] + size;
      required_left_[c] = required_left_[c + 1] + cells_[c].required;
      for (std::size_t q = 0; q < active_.size(); ++q) quota_left_[c * active_.size() + q] = quota_left_[(c + 1) * active_.size() + q];
      for (const std::int32_t q : cells_[c].quotas) quota_left_[c * active_.size() + static_cast<std::size_t>(q)] += size;
      for (const std::int32_t person : cells_[c].people) scores.push_back(problem_.candidates[static_cast<std::size_t>(person)].score);
      std::ranges::sort(scores, std::greater<>());
      bound_[c].assign(1, 0.0);
      for (std::size_t i = 0; i < scores.size() && i < static_cast<std::size_t>(problem_.size); ++i) bound_[c].push_back(bound_[c].back() + scores[i]);
    }
  }

  const Quota& quota(std::size_t q) const { return problem_.quotas[static_cast<std::size_t>(active_[q])]; }

  bool reachable(std::size_t c, std::int32_t places) const {
    if (people_left_[c] < places || required_left_[c] > places) return false;
    for (std::size_t q = 0; q < active_.size(); ++q) {
      const std::int32_t missing = quota(q).least - filled_[q];
      if (missing > places || missing > quota_left_[c * active_.size() + q]) return false;
    }
    return true;
  }

  void visit(std::size_t c, std::int32_t places, double score) {
    if (steps_ >= kStepLimit || (first_only_ && found())) return;
    ++steps_;
    if (steps_ % 65'536 == 0 && progress_->cancelled()) {
      steps_ = kStepLimit;
      return;
    }
    if (!reachable(c, places)) return;
    if (c == cells_.size()) {
      if (places > 0) return;
      best_ = taken_;
      best_score_ = score;
      found_empty_ = true;
      return;
    }
    const std::size_t room = std::min(static_cast<std::size_t>(places), bound_[c].size() - 1);
    if (found() && score + bound_[c][room] <= best_score_ + 1e-12) return;
    const Cell& cell = cells_[c];
    std::int32_t most = std::min(places, static_cast<std::int32_t>(cell.people.size()));
    for (const std::int32_t q : cell.quotas) {
      const Quota& limit = quota(static_cast<std::size_t>(q));
      if (limit.greatest >= 0) most = std::min(most, limit.greatest - filled_[static_cast<std::size_t>(q)]);
    }
    for (std::int32_t take = most; take >= cell.required; --take) {
      taken_[c] = take;
      for (const std::int32_t q : cell.quotas) filled_[static_cast<std::size_t>(q)] += take;
      visit(c + 1, places - take, score + cell.sum[static_cast<std::size_t>(take)]);
      for (const std::int32_t q : cell.quotas) filled_[static_cast<std::size_t>(q)] -= take;
    }
    taken_[c] = 0;
  }

  const PanelProblem& problem_;
  std::vector<std::int32_t> active_;
  bool first_only_;
  std::vector<Cell> cells_;
  std::vector<std::int32_t> people_left_, required_left_, quota_left_;
  std::vector<std::vector<double>> bound_;
  std::vector<std::int32_t> taken_, filled_, best_;
  double best_score_ = 0.0;
  bool found_empty_ = false;
  std::int64_t steps_ = 0;
  Progress* progress_ = nullptr;
};

Result<> check(const PanelProblem& problem) {
  if (problem.size < 1) return fail(ErrorKind::invalid_input, "a panel of {} people, expected 1 or more", problem.size);
  for (std::size_t q = 0; q < problem.quotas.size(); ++q) {
    const Quota& quota = problem.quotas[q];
    if (quota.attribute < 0 || quota.attribute >= problem.attribute_count) return fail(ErrorKind::invalid_input, "quota {} names attribute {}, there are {}", q + 1, quota.attribute, problem.attribute_count);
    if (quota.least < 0 || (quota.greatest >= 0 && quota.greatest < quota.least)) return fail(ErrorKind::invalid_input, "quota {} asks for at least {} and at most {}", q + 1, quota.least, quota.greatest);
  }
  for (std::size_t p = 0; p < problem.candidates.size(); ++p) {
    if (problem.candidates[p].values.size() != static_cast<std::size_t>(problem.attribute_count)) return fail(ErrorKind::invalid_input, "candidate {} has {} attributes, expected {}", p + 1, problem.candidates[p].values.size(), problem.attribute_count);
    if (!(problem.candidates[p].score >= 0.0)) return fail(ErrorKind::invalid_input, "candidate {} has the score {}, expected 0 or more", p + 1, problem.candidates[p].score);
  }
  return {};
}

}  // namespace

Result<PanelDesign> design_panel(const PanelProblem& problem, Progress& progress) {
  TRY(check(problem));
  progress.begin("panel");
  std::vector<std::int32_t> all;
  for (std::size_t q = 0; q < problem.quotas.size(); ++q) all.push_back(static_cast<std::int32_t>(q));
  Search search(problem, all, false);
  TRY(search.run(progress));
  PanelDesign design;
  design.feasible = search.found();
  if (design.feasible) {
    design.members = search.members();
    design.score = search.best_score();
    design.proved_best = search.exhausted();
    return design;
  }
  if (!search.exhausted()) {
    design.undecided = true;
    return design;
  }
  // Deletion filter: a quota whose absence leaves the rest impossible is not needed for the contradiction.
  std::vector<std::int32_t> needed = all;
  for (const std::int32_t quota : all) {
    std::vector<std::int32_t> without = needed;
    std::erase(without, quota);
    Search trial(problem, without, true);
    TRY(trial.run(progress));
    if (!trial.found() && trial.exhausted()) needed = std::move(without);
  }
  design.contradiction = std::move(needed);
  return design;
}

}  // namespace jianwei::experts

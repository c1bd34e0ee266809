#include "experts/delphi/active_questions.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <random>

#include "base/random.h"

namespace jianwei::experts {
namespace {

constexpr double kPriorStrength = 2.0;  // answers

std::size_t at(std::int64_t i) { return static_cast<std::size_t>(i); }

std::vector<std::int32_t> shuffled_seats(std::int32_t count, std::uint64_t seed, std::uint64_t stream) {
  std::vector<std::int32_t> order(at(count));
  std::iota(order.begin(), order.end(), 0);
  Random random(seed, stream);
  for (std::size_t i = order.size(); i > 1; --i) std::swap(order[i - 1], order[random.below(static_cast<std::uint32_t>(i))]);
  return order;
}

double zone(std::span<const double> shares, std::int32_t from, std::int32_t to) {
  double sum = 0.0;
  for (std::int32_t k = from; k <= to && k <= std::ssize(shares); ++k) sum += shares[at(k - 1)];
  return sum;
}

// The first category at which the shares reach p.
std::int32_t quantile_of(std::span<const double> shares, double p) {
  double sum = 0.0;
  for (std::size_t k = 0; k < shares.size(); ++k) {
    sum += shares[k];
    if (sum >= p - 1e-12) return static_cast<std::int32_t>(k) + 1;
  }
  return static_cast<std::int32_t>(shares.size());
}

// Cns = 1 + sum_k p_k log2(1 - |k - mean| / (K - 1)).
double tastle_wierman(std::span<const double> shares) {
  double mean = 0.0, sum = 1.0;
  for (std::size_t k = 0; k < shares.size(); ++k) mean += shares[k] * static_cast<double>(k);
  for (std::size_t k = 0; k < shares.size(); ++k) {
    if (shares[k] > 0.0) sum += shares[k] * std::log2(1.0 - std::abs(static_cast<double>(k) - mean) / static_cast<double>(shares.size() - 1));
  }
  return sum;
}

// What is known before an item is looked at: how often answers are kept, and how all items are answered.
struct Background {
  double kept = 0.0;
  std::vector<double> pooled;
};

Background background_of(const PanelAnswers& answers) {
  Background background;
  background.pooled.assign(at(answers.category_count), 1.0);
  std::int64_t twice = 0, same = 0, before = 0;
  double sum = static_cast<double>(answers.category_count);
  for (std::size_t cell = 0; cell < answers.now.size(); ++cell) {
    const std::int8_t now = answers.now[cell], earlier = answers.earlier[cell];
    before += earlier > 0 ? 1 : 0;
    if (now > 0 && earlier > 0) {
      ++twice;
      same += now == earlier ? 1 : 0;
    }
    const std::int8_t said = now > 0 ? now : earlier;
    if (said > 0) {
      background.pooled[at(said - 1)] += 1.0;
      sum += 1.0;
    }
  }
  for (double& share : background.pooled) share /= sum;
  if (before > 0) background.kept = twice > 0 ? static_cast<double>(same) / static_cast<double>(twice) : 0.75;
  return background;
}

struct ItemCounts {
  std::vector<std::int64_t> answers, earlier;  // [K]; earlier: of all seats in the round before
  std::int64_t answered = 0, due = 0;
};

ItemCounts count_item(const PanelAnswers& answers, std::int32_t item) {
  ItemCounts counts{std::vector<std::int64_t>(at(answers.category_count)), std::vector<std::int64_t>(at(answers.category_count)), 0, 0};
  for (std::int32_t seat = 0; seat < answers.seat_count; ++seat) {
    const std::size_t cell = answers.at(item, seat);
    if (answers.earlier[cell] > 0) ++counts.earlier[at(answers.earlier[cell] - 1)];
    if (answers.now[cell] > 0) {
      ++counts.answers[at(answers.now[cell] - 1)];
      ++counts.answered;
    } else if (answers.may_ask[cell] != 0) {
      ++counts.due;
    }
  }
  return counts;
}

// Draws of theta and the verdict on each.
struct Draws {
  std::vector<double> theta;      // [draws * K]
  std::vector<Verdict> verdicts;
};

Draws draw(const Protocol& protocol, const std::vector<double>& a, std::int32_t count, Random& random) {
  const std::size_t categories = a.size();
  Draws draws;
  std::vector<std::gamma_distribution<double>> gammas;
  for (const double shape : a) gammas.emplace_back(shape, 1.0);
  for (std::int32_t d = 0; d < count; ++d) {
    std::vector<double> theta(categories);
    double sum = 0.0;
    for (std::size_t k = 0; k < categories; ++k) sum += theta[k] = gammas[k](random) + 1e-300;
    for (double& share : theta) share /= sum;
    draws.verdicts.push_back(verdict_of(protocol, theta));
    draws.theta.insert(draws.theta.end(), theta.begin(), theta.end());
  }
  return draws;
}

// Half the sum of the differences when the draws weigh `weights`.
double change(const Draws& draws, std::span<const double> weights, const std::array<double, 3>& before) {
  std::array<double, 3> after{};
  double sum = 0.0;
  for (std::size_t d = 0; d < weights.size(); ++d) {
    after[static_cast<std::size_t>(draws.verdicts[d])] += weights[d];
    sum += weights[d];
  }
  double difference = 0.0;
  for (std::size_t v = 0; v < 3; ++v) difference += std::abs(after[v] / sum - before[v]);
  return difference / 2.0;
}

ItemOutlook outlook_of(const Protocol& protocol, const ItemCounts& counts, const Background& background, const QuestionOptions& options, std::int32_t item) {
  const std::size_t categories = counts.answers.size();
  std::vector<double> a(categories);
  const auto before = static_cast<double>(std::accumulate(counts.earlier.begin(), counts.earlier.end(), std::int64_t{0}));
  const double kept = before > 0.0 ? background.kept : 0.0;
  for (std::size_t k = 0; k < categories; ++k) {
    const double share = before > 0.0 ? static_cast<double>(counts.earlier[k]) / before : 0.0;
    a[k] = static_cast<double>(counts.answers[k]) + kPriorStrength * (kept * share + (1.0 - kept) * background.pooled[k]) + 1e-6;
  }
  Random random(options.seed, static_cast<std::uint64_t>(item));
  const Draws draws = draw(protocol, a, options.draw_count, random);
  ItemOutlook outlook;
  outlook.answered = counts.answered;
  outlook.due = counts.due;
  std::array<double, 3> verdicts{};
  for (const Verdict verdict : draws.verdicts) verdicts[static_cast<std::size_t>(verdict)] += 1.0 / static_cast<double>(options.draw_count);
  outlook.in = verdicts[static_cast<std::size_t>(Verdict::in)];
  outlook.out = verdicts[static_cast<std::size_t>(Verdict::out)];
  outlook.decided = *std::ranges::max_element(verdicts) >= options.certainty || counts.due == 0;
  const double sum = std::accumulate(a.begin(), a.end(), 0.0);
  std::vector<double> weights(at(options.draw_count));
  for (std::size_t k = 0; k < categories; ++k) {
    for (std::size_t d = 0; d < weights.size(); ++d) weights[d] = draws.theta[d * categories + k];
    outlook.value += a[k] / sum * change(draws, weights, verdicts);
  }
  return outlook;
}

}  // namespace

Verdict verdict_of(const Protocol& protocol, std::span<const double> shares) {
  const double in = zone(shares, protocol.agree_from, protocol.agree_to), out = zone(shares, protocol.disagree_from, protocol.disagree_to);
  constexpr double kRounding = 1e-12;
  if (protocol.measure == ConsensusMeasure::agreement_share) return out >= protocol.threshold - kRounding ? Verdict::out : in >= protocol.threshold - kRounding ? Verdict::in : Verdict::none;
  const bool close = protocol.measure == ConsensusMeasure::interquartile_range ? quantile_of(shares, 0.75) - quantile_of(shares, 0.25) <= protocol.threshold : tastle_wierman(shares) >= protocol.threshold;
  const std::int32_t median = quantile_of(shares, 0.5);
  if (close && median >= protocol.disagree_from && median <= protocol.disagree_to) return Verdict::out;
  return close && median >= protocol.agree_from && median <= protocol.agree_to ? Verdict::in : Verdict::none;
}

std::vector<ItemOutlook> outlook_items(const Protocol& protocol, const PanelAnswers& answers, const QuestionOptions& options) {
  const Background background = background_of(answers);
  std::vector<ItemOutlook> outlooks;
  for (std::int32_t item = 0; item < answers.item_count; ++item) outlooks.push_back(outlook_of(protocol, count_item(answers, item), background, options, item));
  return outlooks;
}

std::vector<NextQuestion> next_questions(const Protocol& protocol, const PanelAnswers& answers, std::int32_t limit, std::int32_t per_item, const QuestionOptions& options) {
  const std::vector<ItemOutlook> outlooks = outlook_items(protocol, answers, options);
  std::vector<std::int32_t> items;
  for (std::int32_t item = 0; item < answers.item_count; ++item) {
    if (!outlooks[at(item)].decided) items.push_back(item);
  }
  std::ranges::stable_sort(items, std::greater<>(), [&](std::int32_t item) { return outlooks[at(item)].value; });
  std::vector<NextQuestion> list;
  for (const std::int32_t item : items) {
    std::int32_t taken = 0;
    for (const std::int32_t seat : shuffled_seats(answers.seat_count, options.seed, static_cast<std::uint64_t>(item))) {
      const std::size_t cell = answers.at(item, seat);
      if (std::ssize(list) == limit) return list;
      if (taken == per_item) break;
      if (answers.now[cell] > 0 || answers.may_ask[cell] == 0) continue;
      list.push_back({item, seat, outlooks[at(item)].value});
      ++taken;
    }
  }
  return list;
}

namespace {

// The answers heard so far in a replay, and which items have their last verdict already.
class Hearing {
 public:
  Hearing(const Protocol& protocol, const PanelAnswers& all) : protocol_(protocol), all_(all), heard_(all) {
    std::ranges::fill(heard_.now, std::int8_t{0});
    for (std::int32_t item = 0; item < all.item_count; ++item) {
      final_.push_back(verdict(count_item(all, item)));
      counts_.push_back(count_item(heard_, item));
      is_right_.push_back(verdict(counts_.back()) == final_.back() ? 1 : 0);
    }
    right_ = std::accumulate(is_right_.begin(), is_right_.end(), std::int64_t{0});
  }

  void hear(std::int32_t item, std::int32_t seat) {
    const std::size_t cell = all_.at(item, seat);
    const std::int8_t said = all_.now[cell];
    heard_.now[cell] = said;
    ItemCounts& counts = counts_[at(item)];
    ++counts.answers[at(said - 1)];
    ++counts.answered;
    --counts.due;
    const std::uint8_t now = verdict(counts) == final_[at(item)] ? 1 : 0;
    right_ += now - is_right_[at(item)];
    is_right_[at(item)] = now;
    ++asked_;
  }
  const PanelAnswers& heard() const { return heard_; }
  const ItemCounts& counts(std::int32_t item) const { return counts_[at(item)]; }
  std::int64_t asked() const { return asked_; }
  double right_share() const { return static_cast<double>(right_) / static_cast<double>(all_.item_count); }

 private:
  Verdict verdict(const ItemCounts& counts) const {
    if (counts.answered == 0) return Verdict::none;
    std::vector<double> shares;
    for (const std::int64_t count : counts.answers) shares.push_back(static_cast<double>(count) / static_cast<double>(counts.answered));
    return verdict_of(protocol_, shares);
  }

  const Protocol& protocol_;
  const PanelAnswers& all_;
  PanelAnswers heard_;
  std::vector<ItemCounts> counts_;
  std::vector<Verdict> final_;
  std::vector<std::uint8_t> is_right_;
  std::int64_t right_ = 0, asked_ = 0;
};

// The share of right items after each question; needed(): the last time it was below `enough`, plus one.
struct Course {
  std::vector<double> right{};
  std::int64_t needed(double enough) const {
    std::int64_t last = 0;
    for (std::size_t q = 0; q < right.size(); ++q) {
      if (right[q] < enough - 1e-12) last = static_cast<std::int64_t>(q) + 1;
    }
    return last;
  }
};

Course random_course(const Protocol& protocol, const PanelAnswers& all, std::vector<std::pair<std::int32_t, std::int32_t>> questions, std::uint64_t seed, std::uint64_t stream) {
  Random random(seed, stream);
  for (std::size_t i = questions.size(); i > 1; --i) std::swap(questions[i - 1], questions[random.below(static_cast<std::uint32_t>(i))]);
  Hearing hearing(protocol, all);
  Course course{{hearing.right_share()}};
  for (const auto& [item, seat] : questions) {
    hearing.hear(item, seat);
    course.right.push_back(hearing.right_share());
  }
  return course;
}

}  // namespace

QuestionReplay replay_questions(const Protocol& protocol, const PanelAnswers& all, const ReplayOptions& options) {
  constexpr std::int64_t kMostSteps = 4000, kPoints = 20;
  QuestionReplay replay;
  std::vector<std::pair<std::int32_t, std::int32_t>> questions;
  for (std::int32_t item = 0; item < all.item_count; ++item) {
    for (std::int32_t seat = 0; seat < all.seat_count; ++seat) {
      if (all.now[all.at(item, seat)] > 0) questions.emplace_back(item, seat);
    }
  }
  replay.questions = std::ssize(questions);
  if (questions.empty()) return replay;

  // By value. Items decided already are asked last, so that the order is one of all questions.
  PanelAnswers askable = all;
  for (std::size_t cell = 0; cell < askable.now.size(); ++cell) askable.may_ask[cell] = all.now[cell] > 0 ? 1 : 0;
  Hearing hearing(protocol, askable);
  std::vector<std::vector<std::int32_t>> queues(at(all.item_count));  // seats that an item still asks
  std::vector<ItemOutlook> outlooks;
  Background background = background_of(hearing.heard());
  for (std::int32_t item = 0; item < all.item_count; ++item) {
    for (const std::int32_t seat : shuffled_seats(all.seat_count, options.question.seed, static_cast<std::uint64_t>(item))) {
      if (all.now[all.at(item, seat)] > 0) queues[at(item)].push_back(seat);
    }
    outlooks.push_back(outlook_of(protocol, hearing.counts(item), background, options.question, item));
  }
  Course active{{hearing.right_share()}};
  const std::int64_t batch = std::max<std::int64_t>(1, replay.questions / kMostSteps), refresh = std::max<std::int64_t>(1, replay.questions / 50);
  std::int64_t refreshed = 0;
  while (hearing.asked() < replay.questions) {
    std::int32_t item = -1;
    for (const bool decided : {false, true}) {
      for (std::int32_t i = 0; i < all.item_count; ++i) {
        if (outlooks[at(i)].decided == decided && !queues[at(i)].empty() && (item < 0 || outlooks[at(i)].value > outlooks[at(item)].value)) item = i;
      }
      if (item >= 0) break;
      if (!decided && replay.stopped_at == 0) {
        replay.stopped_at = hearing.asked();
        replay.right_when_stopped = hearing.right_share();
      }
    }
    for (std::int64_t b = 0; b < batch && !queues[at(item)].empty(); ++b) {
      hearing.hear(item, queues[at(item)].back());
      queues[at(item)].pop_back();
      active.right.push_back(hearing.right_share());
    }
    if (hearing.asked() - refreshed >= refresh) {
      refreshed = hearing.asked();
      background = background_of(hearing.heard());
    }
    outlooks[at(item)] = outlook_of(protocol, hearing.counts(item), background, options.question, item);
  }
  if (replay.stopped_at == 0) {
    replay.stopped_at = hearing.asked();
    replay.right_when_stopped = hearing.right_share();
  }
  replay.active_needed = active.needed(options.right_share);

  std::vector<Course> courses;
  for (std::int32_t o = 0; o < options.orders; ++o) courses.push_back(random_course(protocol, askable, questions, options.question.seed, static_cast<std::uint64_t>(o) + 1));
  std::vector<double> needed;
  for (const Course& course : courses) needed.push_back(static_cast<double>(course.needed(options.right_share)));
  replay.random_needed = std::accumulate(needed.begin(), needed.end(), 0.0) / static_cast<double>(needed.size());
  replay.random_needed_low = *std::ranges::min_element(needed);
  replay.random_needed_high = *std::ranges::max_element(needed);
  for (std::int64_t p = 0; p <= kPoints; ++p) {
    ReplayPoint point;
    point.asked = replay.questions * p / kPoints;
    point.active = active.right[at(point.asked)];
    point.random_low = 1.0;
    for (const Course& course : courses) {
      const double right = course.right[at(point.asked)];
      point.random += right / static_cast<double>(courses.size());
      point.random_low = std::min(point.random_low, right);
      point.random_high = std::max(point.random_high, right);
    }
    replay.points.push_back(point);
  }
  return replay;
}

}  // namespace jianwei::experts

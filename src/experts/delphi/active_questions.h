// Which question, asked of whom, would change the outcome most? A panel's time is short: questions whose answer is known, or could not change what is decided, wait.
//
//   theta_i   the shares of item i's answers over the K categories, once everybody has answered: Dirichlet(a), a_k = n_k + 2 (s r_k + (1 - s) pi_k)
//             n_k answers of this round; r the item's shares in the round before, pi those of all items; s the share of answers kept from round to round (of those who
//             answered twice; 0.75 while nobody has, 0 without a round before)
//   V(theta)  the verdict by the protocol: in, out, or none
//   value of one more answer = sum_k E theta_k * TV(P(V | answer k), P(V));   TV: half the sum of absolute differences of the three probabilities
//   an item is decided when one verdict has probability `certainty` or more
//
// The item is chosen by value, the seat at random: seats chosen by what they said before would make the answers of the round a biased sample (on a real survey whose people changed
// their minds that order was worse than chance). P(V | k) is found by weighing one set of draws of theta anew (by theta_k). The quartiles of a protocol by IQR are those of the
// shares (inverse of the distribution), whatever the protocol's own definition for few answers.
//
// Source: Lindley (1956), doi:10.1214/aoms/1177728069 (value of an experiment); Frazier, Powell and Dayanik (2008), doi:10.1137/070693424 (one step ahead)
// Page:   docs/methods/active_questions.md
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "experts/delphi/protocol.h"

namespace jianwei::experts {

struct PanelAnswers {
  std::int32_t item_count = 0, seat_count = 0, category_count = 5;
  std::vector<std::int8_t> now, earlier;     // [items * seats] category 1..K, 0 = none
  std::vector<std::uint8_t> may_ask;         // [items * seats] 1: the seat may judge the item

  std::size_t at(std::int32_t item, std::int32_t seat) const { return static_cast<std::size_t>(item) * static_cast<std::size_t>(seat_count) + static_cast<std::size_t>(seat); }
};

struct QuestionOptions {
  double certainty = 0.95;
  std::int32_t draw_count = 512;
  std::uint64_t seed = 1;
};

enum class Verdict : std::uint8_t { none, in, out };

// The verdict on these shares (sum 1), consensus only.
Verdict verdict_of(const Protocol& protocol, std::span<const double> shares);

struct ItemOutlook {
  double in = 0.0, out = 0.0;                // probabilities of the verdicts; the rest: none
  std::int64_t answered = 0, due = 0;
  bool decided = false;
  double value = 0.0;                        // of one more answer
};

// Time O(items * draws * K).
std::vector<ItemOutlook> outlook_items(const Protocol& protocol, const PanelAnswers& answers, const QuestionOptions& options = {});

struct NextQuestion {
  std::int32_t item = 0, seat = 0;
  double value = 0.0;
};
// `per_item` seats, drawn at random, for each undecided item; items by value, at most `limit` questions.
std::vector<NextQuestion> next_questions(const Protocol& protocol, const PanelAnswers& answers, std::int32_t limit, std::int32_t per_item, const QuestionOptions& options = {});

// What the order would have saved in a round that is over: `all.now` holds every answer. Questions are asked one after another, by value or in random order; after each, every
// item has a verdict on the answers so far.
struct ReplayPoint {
  std::int64_t asked = 0;
  double active = 0.0, random = 0.0, random_low = 0.0, random_high = 0.0;  // share of items with the verdict of all answers; random: mean, least, greatest of the orders
};
struct QuestionReplay {
  std::int64_t questions = 0;                // in all
  std::vector<ReplayPoint> points;           // at each twentieth
  std::int64_t active_needed = 0;            // until `right_share` of the items have their last verdict and keep it
  double random_needed = 0.0, random_needed_low = 0.0, random_needed_high = 0.0;
  double saved() const { return random_needed > 0.0 ? 1.0 - static_cast<double>(active_needed) / random_needed : 0.0; }
  std::int64_t stopped_at = 0;               // by value, when every item is decided (or all was asked)
  double right_when_stopped = 0.0;           // share of items with the verdict of all answers then
};
struct ReplayOptions {
  QuestionOptions question;
  double right_share = 0.95;
  std::int32_t orders = 20;                  // random ones
};
// Time O(steps * draws * K + orders * questions), at most 4,000 steps: then several seats are asked between two looks.
QuestionReplay replay_questions(const Protocol& protocol, const PanelAnswers& all, const ReplayOptions& options = {});

}  // namespace jianwei::experts

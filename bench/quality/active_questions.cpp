// What asking by value saves against random order on answers that are known: reads a table from standard input, prints the replay as JSON.
//
//   first line   categories agree_from agree_to disagree_from disagree_to threshold
//   others       item seat earlier now      numbers from 0; categories 1..K, 0 = none
#include <fmt/core.h>

#include <iostream>

#include "experts/delphi/active_questions.h"

int main() {
  using namespace jianwei::experts;
  Protocol rule;
  PanelAnswers all;
  std::cin >> all.category_count >> rule.agree_from >> rule.agree_to >> rule.disagree_from >> rule.disagree_to >> rule.threshold;
  struct Row {
    std::int32_t item, seat, earlier, now;
  };
  std::vector<Row> rows;
  for (Row row{}; std::cin >> row.item >> row.seat >> row.earlier >> row.now;) {
    rows.push_back(row);
    all.item_count = std::max(all.item_count, row.item + 1);
    all.seat_count = std::max(all.seat_count, row.seat + 1);
  }
  const std::size_t cells = static_cast<std::size_t>(all.item_count) * static_cast<std::size_t>(all.seat_count);
  all.now.assign(cells, 0);
  all.earlier.assign(cells, 0);
  all.may_ask.assign(cells, 0);
  for (const Row& row : rows) {
    const std::size_t cell = all.at(row.item, row.seat);
    all.now[cell] = static_cast<std::int8_t>(row.now);
    all.earlier[cell] = static_cast<std::int8_t>(row.earlier);
    all.may_ask[cell] = 1;
  }
  const QuestionReplay replay = replay_questions(rule, all);
  fmt::print("{{\"items\":{},\"seats\":{},\"questions\":{},\"active_needed\":{},\"random_needed\":{:.0f},\"random_low\":{:.0f},\"random_high\":{:.0f},\"saved\":{:.3f},\"stopped_at\":{},\"right_when_stopped\":{:.3f},\"points\":[", all.item_count, all.seat_count,
             replay.questions, replay.active_needed, replay.random_needed, replay.random_needed_low, replay.random_needed_high, replay.saved(), replay.stopped_at, replay.right_when_stopped);
  for (std::size_t p = 0; p < replay.points.size(); ++p) fmt::print("{}[{},{:.3f},{:.3f}]", p == 0 ? "" : ",", replay.points[p].asked, replay.points[p].active, replay.points[p].random);
  fmt::print("]}}\n");
  return 0;
}

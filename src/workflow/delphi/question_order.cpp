#include "workflow/delphi/question_order.h"

#include <map>

#include "base/json_writer.h"
#include "experts/delphi/active_questions.h"
#include "workflow/delphi/item_results.h"
#include "workflow/delphi/seats.h"

namespace jianwei::workflow {
namespace {

struct RoundAnswers {
  experts::PanelAnswers answers;
  std::vector<const store::DelphiItemRow*> items;   // of the answers' rows
  std::vector<std::string> seats;                   // codes, of the columns
};

// Items still asked (of an open round), or those with answers (of one that is over).
Result<RoundAnswers> read_round(Delphi& delphi, const DelphiStudy& study, std::int64_t round, bool open, Progress& progress) {
  const experts::Question* deciding = study.question(study.protocol.deciding_question);
  if (deciding == nullptr) return fail(ErrorKind::corrupt, "{} does not ask its deciding question", study.row.id);
  RoundAnswers all;
  std::map<std::int64_t, std::int32_t> column;
  std::vector<SeatProgress> panel = TRY(seat_progress(delphi, study));
  for (const SeatProgress& seat : panel) {
    column[seat.row.number] = static_cast<std::int32_t>(all.seats.size());
    all.seats.push_back(seat.row.id);
  }
  experts::PanelAnswers& answers = all.answers;
  answers.seat_count = static_cast<std::int32_t>(panel.size());
  answers.category_count = static_cast<std::int32_t>(deciding->options.size());
  progress.begin("answers", std::ssize(study.items), "items");
  for (const store::DelphiItemRow& item : study.items) {
    TRY(progress.check());
    progress.advance();
    if (!in_play(item) || (open && item.state != "active")) continue;
    std::vector<std::int8_t> now(panel.size(), 0), earlier(panel.size(), 0);
    const auto fill = [&](std::int64_t of, std::vector<std::int8_t>& into) -> Result<> {
      for (const SeatStand& stand : TRY(read_stands(delphi, study, item.number, of))) {
        const auto found = column.find(stand.seat);
        if (found != column.end()) into[static_cast<std::size_t>(found->second)] = static_cast<std::int8_t>(stand.category);
      }
      return {};
    };
    TRY(fill(round, now));
    if (round > 1) TRY(fill(round - 1, earlier));
    if (!open && std::ranges::all_of(now, [](std::int8_t said) { return said == 0; })) continue;
    all.items.push_back(&item);
    answers.now.insert(answers.now.end(), now.begin(), now.end());
    answers.earlier.insert(answers.earlier.end(), earlier.begin(), earlier.end());
    for (const SeatProgress& seat : panel) answers.may_ask.push_back(seat.may_judge(item.number) ? 1 : 0);
  }
  answers.item_count = static_cast<std::int32_t>(all.items.size());
  return all;
}

}  // namespace

Result<std::string> next_questions_json(Delphi& delphi, const DelphiStudy& study, std::int32_t limit, Progress& progress) {
  if (study.state != experts::StudyState::round_open) return fail(ErrorKind::conflict, "{} is in state {}: questions are asked while a round is open", study.row.id, study.row.state);
  constexpr std::int32_t kSeatsAnItem = 5;
  const RoundAnswers round = TRY(read_round(delphi, study, study.row.round, true, progress));
  const experts::QuestionOptions options;
  const auto outlooks = experts::outlook_items(study.protocol, round.answers, options);
  std::int64_t undecided = 0;
  JsonWriter items;
  items.begin_array();
  for (std::size_t i = 0; i < outlooks.size(); ++i) {
    const experts::ItemOutlook& outlook = outlooks[i];
    undecided += outlook.decided ? 0 : 1;
    items.begin_object().field("item", round.items[i]->id).field("zh", round.items[i]->text_zh).field("en", round.items[i]->text_en).field("answered", outlook.answered).field("due", outlook.due).field("decided", outlook.decided);
    // With a few answers the probabilities would tell them.
    const bool telling = outlook.answered > 0 && outlook.answered < study.protocol.small_cell;
    for (const auto& [name, value] : {std::pair{"in", outlook.in}, std::pair{"out", outlook.out}, std::pair{"value", outlook.value}}) {
      items.key(name);
      if (telling) {
        items.null();
      } else {
        items.value(value);
      }
    }
    items.end_object();
  }
  JsonWriter json;
  json.begin_object().field("study", study.row.id).field("round", study.row.round).field("certainty", options.certainty).field("undecided", undecided).key("questions").begin_array();
  for (const experts::NextQuestion& question : experts::next_questions(study.protocol, round.answers, limit, kSeatsAnItem, options)) {
    json.begin_object().field("item", round.items[static_cast<std::size_t>(question.item)]->id).field("seat", round.seats[static_cast<std::size_t>(question.seat)]).field("value", question.value).end_object();
  }
  return json.end_array().key("items").raw(items.end_array().text()).end_object().text();
}

Result<std::string> replay_json(Delphi& delphi, const DelphiStudy& study, std::int64_t round, Progress& progress) {
  const bool going = round == study.row.round && study.standing == experts::StudyState::round_open;
  if (round < 1 || round > study.row.round || going) return fail(ErrorKind::conflict, "{} is in state {}, round {}: a replay takes a round that is closed", study.row.id, study.row.state, study.row.round);
  const RoundAnswers answers = TRY(read_round(delphi, study, round, false, progress));
  const experts::QuestionReplay replay = experts::replay_questions(study.protocol, answers.answers);
  JsonWriter json;
  json.begin_object().field("study", study.row.id).field("round", round).field("items", answers.items.size()).field("questions", replay.questions).field("active_needed", replay.active_needed).field("random_needed", replay.random_needed);
  json.field("random_needed_low", replay.random_needed_low).field("random_needed_high", replay.random_needed_high).field("saved", replay.saved()).field("stopped_at", replay.stopped_at).field("right_when_stopped", replay.right_when_stopped).key("points").begin_array();
  for (const experts::ReplayPoint& point : replay.points) json.begin_object().field("asked", point.asked).field("active", point.active).field("random", point.random).field("random_low", point.random_low).field("random_high", point.random_high).end_object();
  return json.end_array().end_object().text();
}

}  // namespace jianwei::workflow

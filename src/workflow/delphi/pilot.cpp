#include "workflow/delphi/pilot.h"

#include <algorithm>
#include <map>

#include "base/json_writer.h"
#include "experts/consensus/quantiles.h"
#include "workflow/delphi/item_results.h"

namespace jianwei::workflow {
namespace {

constexpr std::int64_t kLongestCard = 15 * 60;  // seconds; a longer gap is a pause

struct Count {
  std::int64_t answered = 0, dont_know = 0, skipped = 0;
  Count& operator+=(const Count& other) {
    answered += other.answered;
    dont_know += other.dont_know;
    skipped += other.skipped;
    return *this;
  }
};

// Seconds spent by (item, seat).
std::map<std::pair<std::int64_t, std::int64_t>, std::int64_t> times_of(const std::vector<store::PilotSaveRow>& saves) {
  std::map<std::pair<std::int64_t, std::int64_t>, std::int64_t> times;
  for (std::size_t i = 1; i < saves.size(); ++i) {
    const store::PilotSaveRow &before = saves[i - 1], &save = saves[i];
    if (save.seat != before.seat || save.item == 0 || save.at - before.at > kLongestCard) continue;
    times[{save.item, save.seat}] += save.at - before.at;
  }
  return times;
}

Count count_answer(const Card& card, const experts::Question& question) {
  const auto answer = card.find(question.id);
  if (answer == card.end()) return {0, 0, 1};
  const bool unknown = answer->second.abstained || (question.type == experts::QuestionType::year && answer->second.realized == experts::Realized::unknown);
  return unknown ? Count{0, 1, 0} : Count{1, 0, 0};
}

void write_median(JsonWriter& json, std::string_view name, const std::vector<double>& values, double unit) {
  json.key(name);
  if (values.empty()) {
    json.null();
    return;
  }
  json.value(experts::quantile(values, 0.5).value / unit);
}

void write_counts(JsonWriter& json, const std::vector<experts::Question>& questions, const std::vector<Count>& counts) {
  json.key("questions").begin_array();
  for (std::size_t q = 0; q < questions.size(); ++q) json.begin_object().field("question", questions[q].id).field("answered", counts[q].answered).field("dont_know", counts[q].dont_know).field("skipped", counts[q].skipped).end_object();
  json.end_array();
}

}  // namespace

Result<DelphiStudy> set_pilot(Delphi& delphi, std::string_view id, bool open, std::string_view actor) {
  const DelphiStudy study = TRY(load_study(delphi, id));
  if (open && (study.row.round > 0 || study.state > experts::StudyState::recruiting)) return fail(ErrorKind::conflict, "{} is in state {}, round {}: a pilot comes before the first round", id, study.row.state, study.row.round);
  if (open && study.items.empty()) return fail(ErrorKind::conflict, "{} has no items to try; add them first", id);
  store::DelphiDb::Step step;
  step.before = step.study = study.row;
  step.study.pilot = open;
  step.event = study_event(actor, open ? "pilot_opened" : "pilot_closed", "{}");
  TRY(delphi.db->take_step(step));
  return load_study(delphi, id);
}

Result<std::string> pilot_json(Delphi& delphi, const DelphiStudy& study) {
  std::int64_t seats = 0, consented = 0, started = 0, finished = 0, cards = 0;
  std::map<std::int64_t, std::int64_t> cards_of_seat;
  const std::size_t question_count = study.questions.size();
  std::vector<Count> all(question_count);
  const auto times = times_of(TRY(delphi.db->pilot_saves(study.row.number)));
  std::vector<double> card_times;
  std::map<std::int64_t, double> seat_times;
  for (const auto& [place, seconds] : times) {
    card_times.push_back(static_cast<double>(seconds));
    seat_times[place.second] += static_cast<double>(seconds);
  }
  JsonWriter items;
  items.begin_array();
  std::int64_t asked = 0;
  for (const store::DelphiItemRow& item : study.items) {
    if (!in_play(item)) continue;
    ++asked;
    std::vector<Count> counts(question_count);
    std::vector<double> seconds;
    const std::vector<SeatCard> tried = TRY(read_cards(delphi, study, item.number, 0));
    for (const SeatCard& seat : tried) {
      ++cards;
      ++cards_of_seat[seat.seat];
      for (std::size_t q = 0; q < question_count; ++q) counts[q] += count_answer(seat.card, study.questions[q]);
      if (const auto time = times.find({item.number, seat.seat}); time != times.end()) seconds.push_back(static_cast<double>(time->second));
    }
    for (std::size_t q = 0; q < question_count; ++q) all[q] += counts[q];
    items.begin_object().field("item", item.id).field("zh", item.text_zh).field("en", item.text_en).field("cards", tried.size());
    write_median(items, "seconds", seconds, 1.0);
    write_counts(items, study.questions, counts);
    items.end_object();
  }
  for (const store::SeatRow& seat : TRY(delphi.db->seats(study.row.number))) {
    if (!seat.pilot) continue;
    ++seats;
    consented += seat.state == "consented" ? 1 : 0;
    started += cards_of_seat[seat.number] > 0 ? 1 : 0;
    finished += asked > 0 && cards_of_seat[seat.number] >= asked ? 1 : 0;
  }
  Count sum;
  for (const Count& count : all) sum += count;
  const double given = static_cast<double>(sum.answered + sum.dont_know), places = static_cast<double>(cards) * static_cast<double>(question_count);
  std::vector<double> seat_list;
  for (const auto& [seat, seconds] : seat_times) seat_list.push_back(seconds);
  JsonWriter json;
  json.begin_object().field("study", study.row.id).field("open", study.row.pilot).field("seats", seats).field("consented", consented).field("started", started).field("finished", finished).field("cards", cards);
  write_median(json, "seconds_a_card", card_times, 1.0);
  write_median(json, "minutes_a_seat", seat_list, 60.0);
  json.field("dont_know_share", given > 0 ? static_cast<double>(sum.dont_know) / given : 0.0).field("skipped_share", places > 0 ? static_cast<double>(sum.skipped) / places : 0.0);
  write_counts(json, study.questions, all);
  return json.key("items").raw(items.end_array().text()).end_object().text();
}

}  // namespace jianwei::workflow

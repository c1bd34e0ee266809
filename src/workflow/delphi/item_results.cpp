#include "workflow/delphi/item_results.h"

#include <algorithm>
#include <optional>

#include "base/hash.h"
#include "base/parallel.h"

namespace jianwei::workflow {
namespace {

using namespace experts;

void write(JsonWriter& json, std::string_view name, const Statistic& statistic) {
  json.key(name);
  if (statistic.defined()) {
    json.value(statistic.value);
  } else {
    json.begin_object().field("undefined", statistic.undefined).end_object();
  }
}

template <class T>
void write_list(JsonWriter& json, std::string_view name, const std::vector<T>& list) {
  json.key(name).begin_array();
  for (const T& value : list) json.value(value);
  json.end_array();
}

// The weight of a seat's familiarity with the item; 1 where it was not asked.
double familiarity_weight(const Question* familiarity, const Card& card) {
  if (familiarity == nullptr) return 1.0;
  const auto answer = card.find(familiarity->id);
  if (answer == card.end() || answer->second.abstained || answer->second.options.empty()) return 1.0;
  return familiarity->options[static_cast<std::size_t>(answer->second.options[0])].score;
}

// "Knows it well": one of the two highest weights of the familiarity scale.
bool knows_well(const Question* familiarity, const Card& card) {
  if (familiarity == nullptr || !card.contains(familiarity->id)) return false;
  std::vector<double> weights;
  for (const Option& option : familiarity->options) weights.push_back(option.score);
  std::ranges::sort(weights, std::greater<>());
  const double least = weights[std::min<std::size_t>(1, weights.size() - 1)];
  return familiarity_weight(familiarity, card) >= least;
}

// Category 1..K of the deciding answer, 0 = none.
std::int32_t stand_of(const Question& deciding, const Card& card) {
  const auto answer = card.find(deciding.id);
  if (answer == card.end() || answer->second.abstained || answer->second.options.empty()) return 0;
  return answer->second.options[0] + 1;
}

void write_summary(JsonWriter& json, const Question& question, const QuestionSummary& summary) {
  json.begin_object().field("answered", summary.answered).field("abstained", summary.abstained);
  if (!summary.counts.empty() && question.type != QuestionType::ranking && question.type != QuestionType::allocation) write_list(json, "counts", summary.counts);
  if (question.type == QuestionType::scale || question.type == QuestionType::probability) {
    write(json, "mean", summary.spread.mean);
    write(json, "median", summary.spread.median);
    write(json, "lower_quartile", summary.spread.lower_quartile);
    write(json, "upper_quartile", summary.spread.upper_quartile);
    write(json, "interquartile_range", summary.spread.interquartile_range);
    write(json, "standard_deviation", summary.spread.standard_deviation);
    write(json, "cv", summary.spread.coefficient_of_variation);
    write(json, "bimodality", summary.bimodality);
    write(json, "weighted_mean", summary.weighted_mean);
  }
  if (question.type == QuestionType::scale) {
    write(json, "consensus", summary.consensus);
    write(json, "agreement", summary.agreement);
    write(json, "index", summary.index);
    write(json, "weighted_index", summary.weighted_index);
  }
  if (question.type == QuestionType::year) {
    write(json, "already", summary.realization.already);
    write(json, "never", summary.realization.never);
    write(json, "unknown", summary.realization.unknown);
    json.field("years", summary.realization.year_count);
    write(json, "lower_quartile", summary.realization.lower_quartile);
    write(json, "median", summary.realization.median);
    write(json, "upper_quartile", summary.realization.upper_quartile);
  }
  if (question.type == QuestionType::ranking) {
    write_list(json, "mean_rank", summary.mean_rank);
    write(json, "w", summary.concordance.w);
    write(json, "p_value", summary.concordance.p_value);
  }
  if (question.type == QuestionType::allocation) write_list(json, "mean_points", summary.mean_points);
  json.end_object();
}

void write_stability(JsonWriter& json, const Stability& stability, std::int64_t small_cell) {
  const Stability shown = stability.pair_count > 0 && stability.pair_count < small_cell ? measure_stability({}, 2) : stability;
  json.key("stability").begin_object().field("pairs", shown.pair_count);
  write(json, "unchanged", shown.unchanged);
  write(json, "net_change", shown.net_change);
  write(json, "kappa", shown.kappa_quadratic.value);
  json.field("kappa_low", shown.kappa_quadratic.interval.low).field("kappa_high", shown.kappa_quadratic.interval.high);
  write(json, "cv_change", shown.cv_change);
  write(json, "toward_median", shown.toward_median);
  json.end_object();
}

void write_dissent(JsonWriter& json, const ItemResult& result, const Dissent& dissent) {
  constexpr std::string_view kSides[] = {"agree", "between", "disagree"};
  json.key("dissent").begin_object().field("two_camps", dissent.two_camps).field("knowing_minority", dissent.knowing_minority);
  write(json, "polarization", dissent.polarization);
  write(json, "bimodality", dissent.bimodality);
  json.key("camps").begin_array();
  for (const Camp& camp : dissent.camps) {
    json.begin_object().field("side", kSides[static_cast<std::size_t>(camp.side)]).field("hidden", camp.hidden);
    if (!camp.hidden) json.field("experts", camp.expert_count);
    write(json, "share", camp.share);
    write(json, "knowing_share", camp.knowing_share);
    json.key("arguments").begin_array();
    for (const std::int32_t argument : camp.arguments) json.value(result.arguments[static_cast<std::size_t>(argument)]);
    json.end_array().end_object();
  }
  json.end_array().end_object();
}

}  // namespace

std::string card_context(const store::CardRow& card) { return fmt::format("card {} {} {} {}", card.study, card.round, card.item, card.seat); }

Result<std::vector<SeatCard>> read_cards(Delphi& delphi, const DelphiStudy& study, std::int64_t item, std::int64_t round) {
  std::vector<SeatCard> cards;
  for (const store::CardRow& row : TRY(delphi.db->cards_of_item(study.row.number, round, item))) {
    cards.push_back({row.seat, TRY(read_card(study.questions, TRY(delphi.answers.reveal(row.answers, card_context(row)))))});
  }
  return cards;
}

Result<std::vector<SeatStand>> read_stands(Delphi& delphi, const DelphiStudy& study, std::int64_t item, std::int64_t round) {
  const Question* deciding = study.question(study.protocol.deciding_question);
  std::vector<SeatStand> stands;
  for (const SeatCard& card : TRY(read_cards(delphi, study, item, round))) {
    const std::int32_t stand = deciding == nullptr ? 0 : stand_of(*deciding, card.card);
    if (stand > 0) stands.push_back({card.seat, stand});
  }
  return stands;
}

ItemResult measure_cards(const DelphiStudy& study, const store::DelphiItemRow& item, std::int64_t round, const std::vector<SeatCard>& cards, const std::vector<SeatCard>& before) {
  ItemResult result;
  result.item = item.number;
  result.round = round;
  result.card_count = static_cast<std::int64_t>(cards.size());
  const Question* familiarity = study.question(QuestionRole::familiarity);
  for (const Question& question : study.questions) {
    std::vector<SeatAnswer> answers;
    for (const SeatCard& seat : cards) {
      const auto answer = seat.card.find(question.id);
      if (answer != seat.card.end()) answers.push_back({&answer->second, familiarity_weight(familiarity, seat.card)});
    }
    result.questions.emplace(question.id, summarize(question, answers, study.protocol.quantiles));
  }
  const Question* deciding = study.question(study.protocol.deciding_question);
  if (deciding == nullptr) return result;  // refused when a study is made
  std::map<std::int64_t, std::int32_t> earlier;
  for (const SeatCard& seat : before) earlier[seat.seat] = stand_of(*deciding, seat.card);
  std::vector<std::int32_t> stands;
  std::vector<AnswerPair> pairs;
  for (const SeatCard& seat : cards) {
    const std::int32_t stand = stand_of(*deciding, seat.card);
    if (stand == 0) continue;
    stands.push_back(stand);
    const auto found = earlier.find(seat.seat);
    if (found != earlier.end() && found->second != 0) pairs.push_back({found->second, stand});
  }
  const auto categories = static_cast<std::int32_t>(deciding->options.size());
  result.settlement = settle_item(study.protocol, {static_cast<std::int32_t>(round), categories, stands, pairs});
  result.stability = measure_stability(pairs, categories);
  return result;
}

std::vector<SeatCard> live_cards(const DelphiStudy& study, std::int64_t item, std::int64_t round, std::vector<SeatCard> cards) {
  const std::int64_t cell = study.protocol.small_cell;
  if (std::ssize(cards) < 2 * cell) return {};
  const std::string place = fmt::format("{} {} {}", study.row.id, item, round);
  const auto draw = [&](const SeatCard& card) { return std::pair{hash64(fmt::format("{} {}", place, card.seat)), card.seat}; };
  std::vector<std::pair<std::uint64_t, std::int64_t>> draws;
  for (const SeatCard& card : cards) draws.push_back(draw(card));
  std::ranges::nth_element(draws, draws.begin() + cell);
  const auto first_shown = draws[static_cast<std::size_t>(cell)];
  std::erase_if(cards, [&](const SeatCard& card) { return draw(card) < first_shown; });
  return cards;
}

Result<store::SettlementRow> keep_live(Delphi& delphi, const DelphiStudy& study, const ItemResult& result) {
  const std::int64_t cell = study.protocol.small_cell;
  return delphi.db->renew_live(study.row.number, {result.round, result.item, result.card_count + cell, "active", to_json(study, result)}, cell);
}

Result<ItemResult> measure_item(Delphi& delphi, const DelphiStudy& study, const store::DelphiItemRow& item, std::int64_t round, Cards which) {
  std::vector<SeatCard> cards = TRY(read_cards(delphi, study, item.number, round));
  if (which == Cards::live) cards = live_cards(study, item.number, round, std::move(cards));
  const std::vector<SeatCard> before = round > 1 ? TRY(read_cards(delphi, study, item.number, round - 1)) : std::vector<SeatCard>{};
  ItemResult result = measure_cards(study, item, round, cards, before);
  const Question* deciding = study.question(study.protocol.deciding_question);
  const Question* familiarity = study.question(QuestionRole::familiarity);
  if (deciding == nullptr) return result;
  std::vector<Stand> stands;
  for (const SeatCard& seat : cards) {
    const std::int32_t stand = stand_of(*deciding, seat.card);
    if (stand > 0) stands.push_back({stand, knows_well(familiarity, seat.card)});
  }
  std::vector<Argument> arguments;
  for (const store::ArgumentRow& row : TRY(delphi.db->arguments(study.row.number, item.number))) {
    if (row.hidden || row.category == 0) continue;
    arguments.push_back({static_cast<std::int32_t>(row.category), static_cast<std::int32_t>(row.votes)});
    result.arguments.push_back(row.number);
  }
  result.dissent = find_dissent(study.protocol, stands, arguments, static_cast<std::int32_t>(deciding->options.size()));
  return result;
}

Result<std::vector<ItemResult>> measure_items(Delphi& delphi, const DelphiStudy& study, const std::vector<const store::DelphiItemRow*>& items, std::int64_t round, Progress& progress, Cards which) {
  std::vector<ItemResult> results(items.size());
  std::vector<std::optional<Error>> errors(items.size());
  progress.begin("settle", std::ssize(items), "items");
  parallel_blocks(std::ssize(items), 1, 0, [&](std::int64_t block, std::int64_t, std::int64_t) {
    const auto i = static_cast<std::size_t>(block);
    if (progress.cancelled()) return;
    auto measured = measure_item(delphi, study, *items[i], round, which);
    if (measured) {
      results[i] = std::move(*measured);
    } else {
      errors[i] = measured.error();
    }
    progress.advance();
  });
  TRY(progress.check());
  for (const auto& error : errors) {
    if (error) return tl::unexpected(*error);
  }
  return results;
}

std::string to_json(const DelphiStudy& study, const ItemResult& result) {
  // Figures of the deciding question, where few answered it: what its summary keeps back is not told beside it.
  const auto decided = result.questions.find(study.protocol.deciding_question);
  const bool few = decided != result.questions.end() && decided->second.answered > 0 && decided->second.answered < study.protocol.small_cell;
  JsonWriter json;
  json.begin_object().field("item", fmt::format("item-{}", result.item)).field("round", result.round).field("cards", result.card_count).field("state", to_string(result.settlement.state));
  json.field("enough_answers", result.settlement.enough_answers).field("is_consensus", !few && result.settlement.consensus).field("is_stable", !few && result.settlement.stable);
  write(json, "measured", few ? Statistic{} : result.settlement.measured);
  write_stability(json, result.stability, study.protocol.small_cell);
  json.key("questions").begin_object();
  for (const Question& question : study.questions) {
    const auto summary = result.questions.find(question.id);
    if (summary == result.questions.end()) continue;
    json.key(question.id);
    if (summary->second.answered > 0 && summary->second.answered < study.protocol.small_cell) {
      json.begin_object().field("answered", 0).field("abstained", 0).field("withheld", true).end_object();
    } else {
      write_summary(json, question, summary->second);
    }
  }
  json.end_object();
  write_dissent(json, result, few ? Dissent{} : result.dissent);
  return json.end_object().text();
}

}  // namespace jianwei::workflow

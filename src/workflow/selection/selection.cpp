#include "workflow/selection/selection.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <optional>
#include <tuple>

#include "base/json_writer.h"
#include "base/sentence.h"
#include "base/strings.h"
#include "experts/selection/criteria_weights.h"
#include "experts/selection/sensitivity.h"
#include "workflow/delphi/item_results.h"
#include "workflow/expert_library/fields.h"
#include "workflow/expert_library/typed_words.h"
#include "workflow/technology_list/technology_list.h"

namespace jianwei::workflow {
namespace {

constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();

std::size_t at(std::int64_t i) { return static_cast<std::size_t>(i); }

struct Criterion {
  std::string id, source;
  bool cost = false;
  std::optional<Fields> values;
};

struct Problem {
  std::vector<Entry> entries;
  std::vector<Criterion> criteria;
  experts::Decision decision;
  experts::Statistic consistency;                  // of AHP
  double inconsistency = kUnknown;                 // of BWM
  std::vector<double> by_expert;                   // [experts][entries][criteria], empty without Delphi
  std::int32_t expert_count = 0;
};

Result<std::vector<Criterion>> read_criteria(const Fields& request) {
  std::vector<Criterion> list;
  for (const Fields& from : TRY(request.objects("criteria"))) {
    TRY(from.only({"id", "source", "cost", "values"}));
    Criterion one{TRY(from.text("id")), TRY(from.text("source", "given")), TRY(from.flag("cost", false)), std::nullopt};
    if (one.id.empty()) return fail(ErrorKind::invalid_input, "criteria: every criterion needs an id");
    TRY(check_line("criteria: id", one.id, kTitleCharacters));
    if (std::ranges::find(list, one.id, &Criterion::id) != list.end()) return fail(ErrorKind::invalid_input, "criteria: '{}' is there twice; give each criterion an id of its own", one.id);
    if (one.source == "given") one.values = TRY(from.object("values"));
    list.push_back(std::move(one));
  }
  if (list.empty()) return fail(ErrorKind::invalid_input, "criteria: at least one is needed");
  return list;
}

std::string criterion_ids(const Problem& problem) {
  std::vector<std::string> ids;
  for (const Criterion& one : problem.criteria) ids.push_back(one.id);
  return join(ids, ", ");
}

Result<std::vector<Entry>> chosen_entries(store::ExpertDb& db, const Fields& request) {
  const Longlist list = TRY(load_list(db, TRY(request.text("list"))));
  const std::vector<std::string> ids = TRY(request.texts("entries"));
  std::vector<Entry> entries;
  for (const std::string& id : ids) {
    const auto found = std::find_if(list.entries.begin(), list.entries.end(), [&](const Entry& entry) { return entry.id == id; });
    if (found == list.entries.end()) return fail(ErrorKind::not_found, "entries: the list '{}' has no entry '{}'", list.id, id);
    entries.push_back(*found);
  }
  for (const std::string_view state : {"accepted", "candidate"}) {
    if (!entries.empty()) break;
    for (const Entry& entry : list.entries) {
      if (entry.state == state) entries.push_back(entry);
    }
  }
  if (entries.size() < 2) return fail(ErrorKind::invalid_input, "list: a selection needs two entries, '{}' has {}", list.id, entries.size());
  return entries;
}

// A card's score for a question: the option's score, or its place where options have no scores; percent of a probability.
double score_of(const experts::Question& question, const experts::Answer& answer) {
  if (answer.abstained) return kUnknown;
  if (question.type == experts::QuestionType::probability) return answer.number;
  if (question.type != experts::QuestionType::scale || answer.options.empty()) return kUnknown;
  const bool scored = std::any_of(question.options.begin(), question.options.end(), [](const experts::Option& option) { return option.score != 0.0; });
  return scored ? question.options[at(answer.options.front())].score : answer.options.front() + 1.0;
}

// Fills the Delphi columns: means over experts, and each expert's own scores.
Result<> fill_delphi(const Fields& request, Delphi& delphi, Problem& problem) {
  const DelphiStudy study = TRY(load_study(delphi, TRY(request.text("study"))));
  // A round that is not evaluated yet has no figures (docs/delphi.md, promise 3).
  const std::int64_t last = evaluated_rounds(study), round = TRY(request.integer("round", last));
  if (round < 1 || round > last) return fail(ErrorKind::invalid_input, "study: {} rounds of '{}' are evaluated (it is in state {}), round {} is not", last, study.row.id, study.row.state, round);
  const std::size_t columns = problem.criteria.size();
  std::map<std::int64_t, std::vector<double>> by_seat;
  for (std::size_t i = 0; i < problem.entries.size(); ++i) {
    const auto item = std::find_if(study.items.begin(), study.items.end(), [&](const store::DelphiItemRow& row) {
      const auto origin = Fields::parse(row.origin, row.id);
      return origin && origin->text("entry").value_or("") == problem.entries[i].id;
    });
    if (item == study.items.end()) return fail(ErrorKind::invalid_input, "study: '{}' asks nothing about {}", study.row.id, problem.entries[i].id);
    // An item that was settled in an earlier round has its answers there.
    std::vector<SeatCard> cards;
    for (std::int64_t r = round; r >= 1 && cards.empty(); --r) cards = TRY(read_cards(delphi, study, item->number, r));
    for (std::size_t c = 0; c < columns; ++c) {
      if (!problem.criteria[c].source.starts_with("delphi:")) continue;
      const experts::Question* question = study.question(std::string_view(problem.criteria[c].source).substr(7));
      if (question == nullptr) return fail(ErrorKind::invalid_input, "criteria: the study has no question '{}'", problem.criteria[c].source.substr(7));
      if (question->type != experts::QuestionType::scale && question->type != experts::QuestionType::probability) return fail(ErrorKind::invalid_input, "criteria: question '{}' is neither a scale nor a probability", question->id);
      double sum = 0.0;
      std::int64_t count = 0;
      for (const SeatCard& card : cards) {
        const auto answer = card.card.find(question->id);
        const double score = answer == card.card.end() ? kUnknown : score_of(*question, answer->second);
        if (std::isnan(score)) continue;
        auto& own = by_seat.try_emplace(card.seat, problem.entries.size() * columns, kUnknown).first->second;
        own[i * columns + c] = score;
        sum += score;
        ++count;
      }
      if (count > 0 && count < study.protocol.small_cell) return fail(ErrorKind::conflict, "criteria: fewer than {} people answered '{}' about {}: its mean may not be shown; leave the entry or the question out", study.protocol.small_cell, question->id, problem.entries[i].id);
      if (count > 0) problem.decision.scores[i * columns + c] = sum / static_cast<double>(count);
    }
  }
  problem.expert_count = static_cast<std::int32_t>(by_seat.size());
  for (const auto& [seat, scores] : by_seat) problem.by_expert.insert(problem.by_expert.end(), scores.begin(), scores.end());
  return {};
}

double indicator_of(const UnitResults& units, std::size_t unit, std::string_view name) {
  if (name == "growth") return units.indicators[unit].rate.estimated ? std::expm1(units.indicators[unit].rate.log_slope) : kUnknown;
  if (name == "documents") return static_cast<double>(units.documents.offsets[unit + 1] - units.documents.offsets[unit]);
  return units.emergence[unit].score;
}

Result<> fill_data(const StudyResult& run, Problem& problem, std::uint64_t seed, int thread_count, Progress& progress) {
  std::optional<ListCoverage> coverage;
  for (std::size_t i = 0; i < problem.entries.size(); ++i) {
    const Fields origin = TRY(Fields::parse(problem.entries[i].origin, problem.entries[i].id));
    const std::string topic_id = TRY(origin.text("topic")), term_id = TRY(origin.text("term"));
    const UnitResults* units = nullptr;
    std::size_t unit = 0;
    for (std::size_t t = 0; t < run.topics.size(); ++t) {
      if (run.topics[t].id == topic_id) std::tie(units, unit) = std::pair{&run.topic_results, t};
    }
    for (std::size_t t = 0; units == nullptr && !term_id.empty() && t < run.terms.size(); ++t) {
      if (run.terms[t].id == term_id) std::tie(units, unit) = std::pair{&run.term_results, t};
    }
    if (units == nullptr) {
      if (!coverage) coverage = TRY(cover_topics({"selection", "", "", 0, problem.entries}, run, 1.0, seed, thread_count, progress));
      const auto place = std::find_if(coverage->entries.begin(), coverage->entries.end(), [&](const Entry& entry) { return entry.id == problem.entries[i].id; });
      if (place == coverage->entries.end() || coverage->nearest[static_cast<std::size_t>(place - coverage->entries.begin())].topic < 0) continue;
      std::tie(units, unit) = std::pair{&run.topic_results, at(coverage->nearest[static_cast<std::size_t>(place - coverage->entries.begin())].topic)};
    }
    for (std::size_t c = 0; c < problem.criteria.size(); ++c) {
      if (!problem.criteria[c].source.starts_with("data:")) continue;
      const std::string_view name = std::string_view(problem.criteria[c].source).substr(5);
      if (name != "growth" && name != "documents" && name != "emergence") return fail(ErrorKind::invalid_input, "criteria: '{}' is none of growth, documents, emergence", name);
      if (unit < units->indicators.size() && unit < units->emergence.size()) problem.decision.scores[i * problem.criteria.size() + c] = indicator_of(*units, unit, name);
    }
  }
  return {};
}

Result<> weigh(const Fields& request, Problem& problem) {
  const Fields weights = TRY(request.object("weights"));
  TRY(weights.only({"method", "values", "comparisons", "best", "worst", "best_to_others", "others_to_worst"}));
  const std::string method = TRY(weights.text("method", "direct"));
  const auto n = static_cast<std::int32_t>(problem.criteria.size());
  if (method == "direct") {
    problem.decision.weights = TRY(weights.numbers("values"));
    if (problem.decision.weights.empty()) problem.decision.weights.assign(at(n), 1.0);
  } else if (method == "ahp") {
    const experts::AhpWeights found = TRY(experts::ahp_weights(TRY(weights.numbers("comparisons")), n));
    problem.decision.weights = found.weights;
    problem.consistency = found.consistency_ratio;
  } else if (method == "bwm") {
    const experts::BwmWeights found = TRY(experts::best_worst_weights(TRY(weights.numbers("best_to_others")), TRY(weights.numbers("others_to_worst")), static_cast<std::int32_t>(TRY(weights.integer("best", 0))), static_cast<std::int32_t>(TRY(weights.integer("worst", n - 1)))));
    problem.decision.weights = found.weights;
    problem.inconsistency = found.inconsistency;
  } else if (method == "entropy") {
    problem.decision.weights = TRY(experts::entropy_weights(problem.decision.scores, n));
  } else {
    return fail(ErrorKind::invalid_input, "weights.method: '{}' is none of direct, ahp, bwm, entropy", method);
  }
  if (std::ssize(problem.decision.weights) != n) return fail(ErrorKind::invalid_input, "weights: {} for {} criteria", problem.decision.weights.size(), n);
  double sum = 0.0;
  for (const double weight : problem.decision.weights) sum += weight;
  if (sum > 0.0) {
    for (double& weight : problem.decision.weights) weight /= sum;
  }
  return {};
}

Result<Problem> read_problem(store::ExpertDb& db, const SelectionSources& sources, const Fields& request, int thread_count, Progress& progress) {
  TRY(request.only({"title", "list", "entries", "study", "round", "criteria", "weights", "ranking", "select", "weight_change", "draws", "seed", "expert_position", "data_position"}));
  Problem problem;
  problem.entries = TRY(chosen_entries(db, request));
  problem.criteria = TRY(read_criteria(request));
  experts::Decision& decision = problem.decision;
  decision.item_count = static_cast<std::int32_t>(problem.entries.size());
  decision.criterion_count = static_cast<std::int32_t>(problem.criteria.size());
  decision.scores.assign(problem.entries.size() * problem.criteria.size(), kUnknown);
  bool delphi = false, data = false;
  for (std::size_t c = 0; c < problem.criteria.size(); ++c) {
    const Criterion& criterion = problem.criteria[c];
    decision.is_cost.push_back(criterion.cost ? 1 : 0);
    delphi = delphi || criterion.source.starts_with("delphi:");
    data = data || criterion.source.starts_with("data:");
    if (!criterion.values && !criterion.source.starts_with("delphi:") && !criterion.source.starts_with("data:")) return fail(ErrorKind::invalid_input, "criteria: source '{}' is none of delphi:QUESTION, data:INDICATOR, given", criterion.source);
    for (std::size_t i = 0; criterion.values && i < problem.entries.size(); ++i) decision.scores[i * problem.criteria.size() + c] = TRY(criterion.values->number(problem.entries[i].id, kUnknown));
  }
  if (delphi && sources.delphi == nullptr) return fail(ErrorKind::invalid_input, "criteria: there is no Delphi study to take scores from");
  if (data && sources.run == nullptr) return fail(ErrorKind::not_found, "criteria: data indicators need a run; 'jianwei run WS' makes one");
  if (delphi) TRY(fill_delphi(request, *sources.delphi, problem));
  if (data) TRY(fill_data(*sources.run, problem, static_cast<std::uint64_t>(TRY(request.integer("seed", 1))), thread_count, progress));
  for (std::size_t i = 0; i < problem.entries.size(); ++i) {
    for (std::size_t c = 0; c < problem.criteria.size(); ++c) {
      if (std::isnan(decision.scores[i * problem.criteria.size() + c])) return fail(ErrorKind::invalid_input, "{} has no score for criterion '{}' ({}): give one, or leave the entry out", problem.entries[i].id, problem.criteria[c].id, problem.criteria[c].source);
    }
  }
  TRY(weigh(request, problem));
  // What is not of the panel is the same whichever expert is left out.
  for (std::size_t e = 0; e < at(problem.expert_count); ++e) {
    for (std::size_t cell = 0; cell < decision.scores.size(); ++cell) {
      if (!problem.criteria[cell % problem.criteria.size()].source.starts_with("delphi:")) problem.by_expert[e * decision.scores.size() + cell] = decision.scores[cell];
    }
  }
  return problem;
}

// A column scaled to [0, 1], a cost turned round: where an entry stands on the radar.
std::vector<double> positions(const Problem& problem, std::string_view criterion) {
  const auto found = std::find_if(problem.criteria.begin(), problem.criteria.end(), [&](const Criterion& one) { return one.id == criterion; });
  if (found == problem.criteria.end()) return {};
  const auto c = static_cast<std::size_t>(found - problem.criteria.begin());
  std::vector<double> column;
  for (std::size_t i = 0; i < problem.entries.size(); ++i) column.push_back(problem.decision.at(i, c));
  const auto [low, high] = std::minmax_element(column.begin(), column.end());
  const double least = *low, span = *high - *low;
  for (double& value : column) value = span > 0.0 ? (found->cost ? 1.0 - (value - least) / span : (value - least) / span) : 0.5;
  return column;
}

void write_number(JsonWriter& json, std::string_view name, double value) {
  json.key(name);
  if (std::isnan(value)) {
    json.null();
  } else {
    json.value(value);
  }
}

}  // namespace

Result<std::string> select_technologies(store::ExpertDb& db, const SelectionSources& sources, std::string_view text, int thread_count, Progress& progress) {
  const Fields request = TRY(Fields::parse(text, "selection"));
  const Problem problem = TRY(read_problem(db, sources, request, thread_count, progress));
  experts::SensitivityOptions options;
  const std::string method = TRY(request.text("ranking", "topsis"));
  if (method != "topsis" && method != "weighted_sum" && method != "borda") return fail(ErrorKind::invalid_input, "ranking: '{}' is none of topsis, weighted_sum, borda", method);
  options.method = method == "topsis" ? experts::RankingMethod::topsis : method == "borda" ? experts::RankingMethod::borda : experts::RankingMethod::weighted_sum;
  const std::int64_t selected = TRY(request.integer("select", 10)), draws = TRY(request.integer("draws", 1000));
  if (selected < 1) return fail(ErrorKind::invalid_input, "select: {} is not 1 or more", selected);
  if (draws < 1 || draws > 100'000) return fail(ErrorKind::invalid_input, "draws: {} is not 1 to 100000", draws);
  options.selected_count = static_cast<std::int32_t>(std::min<std::int64_t>(selected, problem.decision.item_count));
  options.weight_change = TRY(request.number("weight_change", 0.2));
  options.draw_count = static_cast<std::int32_t>(draws);
  options.seed = static_cast<std::uint64_t>(TRY(request.integer("seed", 1)));
  const experts::Ranking sum = TRY(experts::rank_items(problem.decision, experts::RankingMethod::weighted_sum));
  const experts::Ranking topsis = TRY(experts::rank_items(problem.decision, experts::RankingMethod::topsis));
  const experts::Ranking borda = TRY(experts::rank_items(problem.decision, experts::RankingMethod::borda));
  const experts::Ranking& chosen = options.method == experts::RankingMethod::topsis ? topsis : options.method == experts::RankingMethod::borda ? borda : sum;
  const auto intervals = TRY(experts::perturb_weights(problem.decision, options));
  const auto overtakings = TRY(experts::smallest_overtakings(problem.decision, options.selected_count, 20));
  std::vector<experts::ExpertInfluence> influences;
  std::string influence_gap;  // why it could not be told: an item that one expert alone judged
  if (problem.expert_count > 1) {
    auto found = experts::leave_one_expert_out(problem.by_expert, problem.expert_count, problem.decision, options);
    if (found) {
      influences = std::move(*found);
    } else {
      influence_gap = found.error().message;
    }
  }
  std::optional<experts::PanelIntervals> by_answers;
  if (problem.expert_count > 1) by_answers = TRY(experts::resample_experts(problem.by_expert, problem.expert_count, problem.decision, options));
  const std::string expert_criterion = TRY(request.text("expert_position")), data_criterion = TRY(request.text("data_position"));
  for (const auto& [field, id] : {std::pair{"expert_position", &expert_criterion}, std::pair{"data_position", &data_criterion}}) {
    if (!id->empty() && std::ranges::find(problem.criteria, *id, &Criterion::id) == problem.criteria.end()) return fail(ErrorKind::invalid_input, "{}: '{}' is none of the criteria ({})", field, *id, criterion_ids(problem));
  }
  const std::vector<double> expert_position = positions(problem, expert_criterion), data_position = positions(problem, data_criterion);

  JsonWriter json;
  json.begin_object().key("request").begin_object();
  for (const auto& [name, value] : request.members()) json.key(name).raw(value);
  json.end_object().field("run", sources.run == nullptr ? "" : sources.run->run_id).field("ranking", method).field("select", options.selected_count);
  json.key("criteria").begin_array();
  for (std::size_t c = 0; c < problem.criteria.size(); ++c) json.begin_object().field("id", problem.criteria[c].id).field("source", problem.criteria[c].source).field("cost", problem.criteria[c].cost).field("weight", problem.decision.weights[c]).end_object();
  json.end_array();
  write_number(json, "consistency_ratio", problem.consistency.defined() ? problem.consistency.value : kUnknown);
  write_number(json, "inconsistency", problem.inconsistency);
  json.key("items").begin_array();
  for (std::size_t i = 0; i < problem.entries.size(); ++i) {
    const Entry& entry = problem.entries[i];
    json.begin_object().field("id", entry.id).field("zh", entry.zh).field("en", entry.en).field("field", entry.field).key("scores").begin_array();
    for (std::size_t c = 0; c < problem.criteria.size(); ++c) json.value(problem.decision.at(i, c));
    json.end_array().field("value", chosen.value[i]).field("rank", chosen.rank[i]).field("selected", chosen.rank[i] <= options.selected_count);
    json.field("rank_weighted_sum", sum.rank[i]).field("rank_topsis", topsis.rank[i]).field("rank_borda", borda.rank[i]);
    json.field("rank_low", intervals[i].low).field("rank_high", intervals[i].high).field("selected_share", intervals[i].selected_share).field("flips", intervals[i].flips).key("by_answers");
    if (by_answers) {
      const experts::RankInterval& other = by_answers->ranks[i];
      json.begin_object().field("rank_low", other.low).field("rank_high", other.high).field("selected_share", other.selected_share).field("flips", other.flips);
      for (const auto& [name, values] : {std::pair{"score_low", &by_answers->score_low}, std::pair{"score_high", &by_answers->score_high}}) {
        json.key(name).begin_array();
        for (std::size_t c = 0; c < problem.criteria.size(); ++c) json.value((*values)[i * problem.criteria.size() + c]);
        json.end_array();
      }
      json.end_object();
    } else {
      json.null();
    }
    write_number(json, "expert_position", expert_position.empty() ? kUnknown : expert_position[i]);
    write_number(json, "data_position", data_position.empty() ? kUnknown : data_position[i]);
    json.end_object();
  }
  json.end_array().key("overtakings").begin_array();
  for (const auto& one : overtakings) json.begin_object().field("inside", problem.entries[at(one.inside)].id).field("outside", problem.entries[at(one.outside)].id).field("criterion", problem.criteria[at(one.criterion)].id).field("weight", one.weight).field("change", one.change).end_object();
  // Who they are stays with the vault: an influence names the entries alone.
  json.end_array().field("experts", problem.expert_count);
  write_said(json, "influence_gap", influence_gap);
  json.key("influences").begin_array();
  const auto ids = [&](std::string_view name, const std::vector<std::int32_t>& items) {
    json.key(name).begin_array();
    for (const std::int32_t item : items) json.value(problem.entries[at(item)].id);
    json.end_array();
  };
  for (const auto& one : influences) {
    json.begin_object();
    ids("leaves", one.leaves);
    ids("enters", one.enters);
    json.end_object();
  }
  return json.end_array().end_object().text();
}

Result<std::string> keep_selection(store::ExpertDb& db, const SelectionSources& sources, std::string_view request, std::string_view actor, int thread_count, Progress& progress) {
  const std::string result = TRY(select_technologies(db, sources, request, thread_count, progress));
  const auto rows = TRY(db.apply({{{"selection", "", TRY(TRY(Fields::parse(request, "selection")).text("list")), 0, result}}, {}, {.actor = std::string(actor), .kind = "selection_kept", .object = ""}}));
  return JsonWriter().begin_object().field("id", rows.front().id).key("result").raw(result).end_object().text();
}

Result<std::string> load_selection(store::ExpertDb& db, std::string_view id) {
  const auto row = TRY(db.object("selection", id));
  if (!row) return fail(ErrorKind::not_found, "there is no selection '{}'", id);
  return row->body;
}

Result<std::string> selections_json(store::ExpertDb& db) {
  std::vector<store::ObjectRow> rows = TRY(db.objects("selection"));
  std::reverse(rows.begin(), rows.end());
  JsonWriter json;
  json.begin_object().key("items").begin_array();
  for (const store::ObjectRow& row : rows) {
    const Fields fields = TRY(Fields::parse(row.body, row.id));
    json.begin_object().field("id", row.id).field("title", TRY(TRY(fields.object("request")).text("title"))).field("list", row.parent).field("ranking", TRY(fields.text("ranking")));
    json.field("select", TRY(fields.integer("select", 0))).field("entries", TRY(fields.objects("items")).size()).end_object();
  }
  return json.end_array().end_object().text();
}

Result<products::Sheet> selection_sheet(std::string_view result) {
  const Fields fields = TRY(Fields::parse(result, "selection"));
  products::Sheet sheet{"selection", {"rank", "id", "zh", "en", "field", "selected", "value", "rank_low", "rank_high", "selected_share", "flips", "rank_weighted_sum", "rank_topsis", "rank_borda"}, {}};
  for (const Fields& criterion : TRY(fields.objects("criteria"))) sheet.columns.push_back(TRY(criterion.text("id")));
  for (const Fields& item : TRY(fields.objects("items"))) {
    std::vector<products::Cell> row{TRY(item.integer("rank", 0)), TRY(item.text("id")), TRY(item.text("zh")), TRY(item.text("en")), TRY(item.text("field")), std::string(TRY(item.flag("selected", false)) ? "yes" : "no"), TRY(item.number("value", 0)),
                                   TRY(item.integer("rank_low", 0)), TRY(item.integer("rank_high", 0)), TRY(item.number("selected_share", 0)), std::string(TRY(item.flag("flips", false)) ? "yes" : "no"), TRY(item.integer("rank_weighted_sum", 0)), TRY(item.integer("rank_topsis", 0)), TRY(item.integer("rank_borda", 0))};
    for (const double score : TRY(item.numbers("scores"))) row.emplace_back(score);
    sheet.rows.push_back(std::move(row));
  }
  return sheet;
}

}  // namespace jianwei::workflow

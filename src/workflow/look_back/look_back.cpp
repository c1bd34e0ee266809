#include "workflow/look_back/look_back.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <map>
#include <optional>

#include "base/date.h"
#include "base/json_writer.h"
#include "base/sentence.h"
#include "base/strings.h"
#include "experts/calibration/pooling.h"
#include "experts/calibration/scores.h"
#include "records/unicode.h"
#include "workflow/expert_library/fields.h"
#include "workflow/expert_library/typed_words.h"
#include "workflow/items/table_rows.h"

namespace jianwei::workflow {
namespace {

constexpr std::array<std::string_view, 4> kVerdicts{"realised", "partly", "not", "undecidable"};
constexpr std::array<std::string_view, 4> kVerdictNames{"|realised|realized|yes|true|1|已实现|实现|是|", "|partly|partially|partly realised|partially realized|0.5|部分实现|部分|", "|not|not realised|not realized|no|false|0|未实现|否|",
                                                        "|undecidable|cannot tell|unknown|无法判断|不明|"};
constexpr std::array<std::pair<std::string_view, std::string_view>, 9> kHeadings{
    std::pair{"thing", "|thing|id|item|topic|question|questionlabel|编号|条目|课题|问题|"}, std::pair{"probability", "|probability|prob|p|forecast|概率|预测概率|"}, std::pair{"verdict", "|verdict|outcome|truth|result|结果|实现情况|结论|"},
    std::pair{"member", "|member|by|expert|who|forecaster|成员|专家|预测者|"},          std::pair{"kind", "|kind|member kind|类型|成员类型|"},                    std::pair{"made_at", "|made_at|made at|surveyissued|forecast date|预测日期|"},
    std::pair{"statement", "|statement|text|title|陈述|内容|题目|"},                      std::pair{"field", "|field|domain|area|领域|"},                            std::pair{"evidence", "|evidence|source|证据|依据|"}};

std::string_view verdict_of(std::string_view cell) {
  const std::string key = fmt::format("|{}|", fold_case(trim(cell)));
  for (std::size_t v = 0; v < kVerdicts.size(); ++v) {
    if (kVerdictNames[v].find(key) != std::string_view::npos) return kVerdicts[v];
  }
  return {};
}

std::optional<double> probability_of(std::string_view cell) {
  cell = trim(cell);
  const bool percent = cell.ends_with('%');
  const auto value = parse_double(percent ? trim(cell.substr(0, cell.size() - 1)) : cell);
  if (!value) return std::nullopt;
  const double probability = percent ? *value / 100.0 : *value;
  return probability >= 0.0 && probability <= 1.0 ? std::optional<double>(probability) : std::nullopt;
}

std::optional<double> share_of(std::string_view verdict) {
  if (verdict == "realised") return 1.0;
  if (verdict == "partly") return 0.5;
  if (verdict == "not") return 0.0;
  return std::nullopt;
}

void write_scores(JsonWriter& json, std::string_view name, std::string_view kind, const std::vector<experts::Forecast>& forecasts) {
  const experts::ForecastScores scores = experts::score_forecasts(forecasts);
  json.begin_object().field("member", name).field("kind", kind).field("forecasts", scores.count);
  for (const auto& [key, value] : {std::pair{"brier", scores.brier}, std::pair{"log_score", scores.log_score}, std::pair{"skill", scores.skill}, std::pair{"reliability", scores.reliability}, std::pair{"resolution", scores.resolution}, std::pair{"uncertainty", scores.uncertainty}}) {
    json.key(key);
    if (value.defined()) {
      json.value(value.value);
    } else {
      json.null();
    }
  }
  json.key("bins").begin_array();
  for (const experts::CalibrationBin& bin : scores.bins) json.begin_object().field("low", bin.low).field("high", bin.high).field("count", bin.count).field("stated", bin.stated).field("realized", bin.realized).field("interval_low", bin.interval.low).field("interval_high", bin.interval.high).end_object();
  json.end_array().end_object();
}

// What each member said of things whose outcome is known.
struct Known {
  std::map<std::string, double> outcome;                                                  // thing -> share
  std::map<std::pair<std::string, std::string>, std::vector<experts::Forecast>> members;  // kind, member
  std::vector<StatedForecast> forecasts;
  std::int64_t open = 0;
};
Result<Known> load_known(store::ExpertDb& db) {
  Known known;
  for (const Outcome& outcome : TRY(load_outcomes(db))) {
    if (const auto share = share_of(outcome.verdict)) known.outcome[outcome.thing] = *share;
  }
  known.forecasts = TRY(load_forecasts(db));
  for (const StatedForecast& forecast : known.forecasts) {
    const auto found = known.outcome.find(forecast.thing);
    if (found == known.outcome.end()) {
      ++known.open;
    } else {
      known.members[{forecast.kind, forecast.member}].push_back({forecast.probability, found->second});
    }
  }
  return known;
}

// A day that the calendar has: what an import of records forgives (a part out of range is dropped) is a slip of the keyboard here.
Result<> check_day(std::string_view field, std::string_view text) {
  if (text.empty()) return {};
  const auto date = parse_date(text);
  if (!date) return fail(ErrorKind::invalid_input, "{}: '{}' is no date; write YYYY, YYYY-MM or YYYY-MM-DD", field, text);
  const std::vector<std::string_view> parts = split(text.substr(0, 10), "-");
  const auto part = [&](std::size_t i) { return i < parts.size() ? parse_int(parts[i]).value_or(0) : 1; };
  const bool iso = text.size() == 10 && parts.size() == 3;
  const std::chrono::year_month_day day{std::chrono::year(date->year), std::chrono::month(static_cast<unsigned>(iso ? part(1) : std::max<int>(1, date->month))), std::chrono::day(static_cast<unsigned>(iso ? part(2) : std::max<int>(1, date->day)))};
  if (!day.ok()) return fail(ErrorKind::invalid_input, "{}: '{}' is no day of the calendar; write YYYY, YYYY-MM or YYYY-MM-DD", field, text);
  return {};
}

}  // namespace

Result<> set_outcome(store::ExpertDb& db, const Outcome& outcome, std::string_view actor) {
  if (outcome.thing.empty()) return fail(ErrorKind::invalid_input, "thing: what is judged?");
  if (std::find(kVerdicts.begin(), kVerdicts.end(), outcome.verdict) == kVerdicts.end()) return fail(ErrorKind::invalid_input, "verdict: '{}' is none of realised, partly, not, undecidable", outcome.verdict);
  TRY(check_day("date", outcome.date));
  TRY(check_line("thing", outcome.thing, kTitleCharacters));
  TRY(check_line("statement", outcome.statement, kStatementCharacters));
  TRY(check_line("field", outcome.field, kTitleCharacters));
  TRY(check_text("evidence", outcome.evidence, kTextCharacters));
  const std::string body = JsonWriter().begin_object().field("thing", outcome.thing).field("statement", outcome.statement).field("field", outcome.field).field("verdict", outcome.verdict).field("evidence", outcome.evidence).field("date", outcome.date).end_object().text();
  TRY(db.apply({{{"outcome", outcome.thing, "", 0, body}}, {}, {.actor = std::string(actor), .kind = "outcome_set", .object = outcome.thing, .detail = body}}));
  return {};
}

Result<std::vector<Outcome>> load_outcomes(store::ExpertDb& db) {
  std::vector<Outcome> list;
  for (const store::ObjectRow& row : TRY(db.objects("outcome"))) {
    const Fields fields = TRY(Fields::parse(row.body, row.id));
    list.push_back({row.id, TRY(fields.text("statement")), TRY(fields.text("field")), TRY(fields.text("verdict")), TRY(fields.text("evidence")), TRY(fields.text("date"))});
  }
  return list;
}

Result<> add_forecasts(store::ExpertDb& db, const std::vector<StatedForecast>& forecasts, std::string_view actor) {
  if (forecasts.empty()) return {};
  store::ObjectChange change;
  for (const StatedForecast& forecast : forecasts) {
    if (forecast.thing.empty() || forecast.member.empty()) return fail(ErrorKind::invalid_input, "thing, member: a forecast needs both");
    if (!(forecast.probability >= 0.0 && forecast.probability <= 1.0)) return fail(ErrorKind::invalid_input, "probability: {} is outside 0 to 1", forecast.probability);
    if (forecast.kind != "expert" && forecast.kind != "panel" && forecast.kind != "machine") return fail(ErrorKind::invalid_input, "kind: '{}' is none of expert, panel, machine", forecast.kind);
    TRY(check_day("made_at", forecast.made_at));
    change.puts.push_back({"forecast", "", forecast.thing, 0, JsonWriter().begin_object().field("thing", forecast.thing).field("by", forecast.member).field("kind", forecast.kind).field("probability", forecast.probability).field("made_at", forecast.made_at).end_object().text()});
  }
  change.event = {.actor = std::string(actor), .kind = "forecasts_added", .object = forecasts.front().thing, .detail = JsonWriter().begin_object().field("forecasts", forecasts.size()).end_object().text()};
  TRY(db.apply(std::move(change)));
  return {};
}

Result<std::vector<StatedForecast>> load_forecasts(store::ExpertDb& db) {
  std::vector<StatedForecast> list;
  for (const store::ObjectRow& row : TRY(db.objects("forecast"))) {
    const Fields fields = TRY(Fields::parse(row.body, row.id));
    list.push_back({row.parent, TRY(fields.text("by")), TRY(fields.text("kind")), TRY(fields.number("probability", 0.0)), TRY(fields.text("made_at"))});
  }
  return list;
}

Result<LookBackImport> import_look_back(store::ExpertDb& db, const std::filesystem::path& path, std::string_view actor) {
  LookBackImport result;
  std::vector<StatedForecast> forecasts;
  TRY(sources::open_source(path, {}, [&](sources::OpenedFile& file) -> Result<> {
    const TableRows rows = TRY(read_table_rows(file, [](const std::vector<std::string>&) { return true; }));
    if (rows.cells.empty()) return {};
    std::map<std::string, std::size_t, std::less<>> columns;
    for (std::size_t c = 0; c < rows.cells.front().size(); ++c) {
      const std::string key = fmt::format("|{}|", fold_case(trim(rows.cells.front()[c])));
      for (const auto& [name, names] : kHeadings) {
        if (names.find(key) != std::string_view::npos) columns.emplace(std::string(name), c);
      }
      if (key == "|date|" || key == "|日期|" || key == "|实现日期|") columns.emplace("date", c);
    }
    if (!columns.contains("thing") || (!columns.contains("probability") && !columns.contains("verdict"))) {
      return fail(ErrorKind::invalid_input, "{}: needs a column of things (thing, id, 编号) and one of probabilities (probability, 概率) or verdicts (verdict, truth, 结果); the headings are: {}", file.name, join(rows.cells.front(), ", "));
    }
    for (std::size_t r = 1; r < rows.cells.size(); ++r) {
      const auto cell = [&](std::string_view name) -> std::string {
        const auto found = columns.find(name);
        return found == columns.end() || found->second >= rows.cells[r].size() ? std::string() : std::string(trim(rows.cells[r][found->second]));
      };
      const std::string thing = cell("thing"), probability = cell("probability"), verdict = cell("verdict");
      const auto reject = [&](std::string reason) { result.rejects.emplace_back(rows.lines[r], std::move(reason)); };
      if (thing.empty()) {
        reject("thing: is empty");
        continue;
      }
      if (!probability.empty()) {
        const auto value = probability_of(probability);
        const std::string kind = cell("kind").empty() ? "expert" : to_lower_ascii(cell("kind"));
        if (!value) {
          reject(fmt::format("probability: '{}' is neither 0 to 1 nor a percentage", probability));
        } else if (kind != "expert" && kind != "panel" && kind != "machine") {
          reject(fmt::format("kind: '{}' is none of expert, panel, machine", kind));
        } else if (const Result<> day = check_day("made_at", cell("made_at")); !day) {
          reject(day.error().message);
        } else {
          forecasts.push_back({thing, cell("member").empty() ? kind : cell("member"), kind, *value, cell("made_at")});
        }
      }
      if (verdict.empty()) continue;
      const Result<> set = set_outcome(db, {thing, cell("statement"), cell("field"), std::string(verdict_of(verdict)), cell("evidence"), cell("date")}, actor);
      if (set) {
        ++result.outcomes;
      } else if (set.error().kind == ErrorKind::invalid_input) {
        reject(verdict_of(verdict).empty() ? fmt::format("verdict: '{}' is none of realised, partly, not, undecidable", verdict) : set.error().message);
      } else {
        return set;
      }
    }
    return {};
  }));
  TRY(add_forecasts(db, forecasts, actor));
  result.forecasts = std::ssize(forecasts);
  return result;
}

std::string to_json(const LookBackImport& import) {
  JsonWriter json;
  json.begin_object().field("outcomes", import.outcomes).field("forecasts", import.forecasts).key("rejects").begin_array();
  for (const auto& [line, reason] : import.rejects) {
    json.begin_object().field("line", line);
    write_said(json, "reason", reason);
    json.end_object();
  }
  return json.end_array().end_object().text();
}

Result<products::Sheet> outcome_sheet(store::ExpertDb& db) {
  products::Sheet sheet{"outcomes", {"thing", "statement", "field", "verdict", "evidence", "date"}, {}};
  for (const Outcome& outcome : TRY(load_outcomes(db))) sheet.rows.push_back({outcome.thing, outcome.statement, outcome.field, outcome.verdict, outcome.evidence, outcome.date});
  return sheet;
}

Result<std::string> look_back_json(store::ExpertDb& db) {
  std::map<std::string, std::array<std::int64_t, 4>> table;
  const std::vector<Outcome> outcomes = TRY(load_outcomes(db));
  for (const Outcome& outcome : outcomes) {
    const auto place = std::find(kVerdicts.begin(), kVerdicts.end(), outcome.verdict);
    ++table[outcome.field][static_cast<std::size_t>(place - kVerdicts.begin())];
  }
  const Known known = TRY(load_known(db));
  JsonWriter json;
  json.begin_object().key("table").begin_array();
  std::array<std::int64_t, 4> all{};
  const auto write_row = [&](std::string_view field, const std::array<std::int64_t, 4>& counts) {
    const std::int64_t total = counts[0] + counts[1] + counts[2] + counts[3], decided = total - counts[3];
    json.begin_object().field("field", field);
    for (std::size_t v = 0; v < kVerdicts.size(); ++v) json.field(kVerdicts[v], counts[v]);
    json.field("total", total).key("share");
    if (decided > 0) {
      json.value(static_cast<double>(counts[0] + counts[1]) / static_cast<double>(decided));
    } else {
      json.null();
    }
    json.end_object();
  };
  for (const auto& [field, counts] : table) {
    write_row(field, counts);
    for (std::size_t v = 0; v < counts.size(); ++v) all[v] += counts[v];
  }
  json.end_array().key("all");
  write_row("", all);
  json.key("members").begin_array();
  std::map<std::string, std::vector<experts::Forecast>> kinds;
  for (const auto& [who, forecasts] : known.members) {
    write_scores(json, who.second, who.first, forecasts);
    kinds[who.first].insert(kinds[who.first].end(), forecasts.begin(), forecasts.end());
  }
  json.end_array().key("kinds").begin_array();
  for (const auto& [kind, forecasts] : kinds) write_scores(json, kind, kind, forecasts);
  json.end_array().field("open", known.open).key("outcomes").begin_array();
  for (const Outcome& one : outcomes) json.begin_object().field("thing", one.thing).field("statement", one.statement).field("field", one.field).field("verdict", one.verdict).field("evidence", one.evidence).field("date", one.date).end_object();
  // Things that somebody forecast, with how many forecasts each has: what an outcome is wanted of, and what can be pooled.
  std::map<std::string, std::int64_t> things;
  for (const StatedForecast& forecast : known.forecasts) ++things[forecast.thing];
  json.end_array().key("things").begin_array();
  for (const auto& [thing, forecasts] : things) json.begin_object().field("thing", thing).field("forecasts", forecasts).end_object();
  return json.end_array().end_object().text();
}

Result<std::string> pool_json(store::ExpertDb& db, std::string_view thing) {
  const Known known = TRY(load_known(db));
  std::map<std::pair<std::string, std::string>, StatedForecast> last;  // the last made of each member; of equal dates the later entered
  for (const StatedForecast& forecast : known.forecasts) {
    if (forecast.thing != thing) continue;
    const auto [place, fresh] = last.try_emplace({forecast.kind, forecast.member}, forecast);
    if (!fresh && forecast.made_at >= place->second.made_at) place->second = forecast;
  }
  if (last.empty()) return fail(ErrorKind::not_found, "nobody forecast '{}'", thing);
  std::vector<experts::PastPerformance> past, past_people;
  std::vector<double> probabilities, people;
  for (const auto& [who, forecast] : last) {
    // Its past is what it said of other things: the outcome of this one must not weigh its own forecast.
    experts::PastPerformance one;
    std::vector<experts::Forecast> others;
    for (const StatedForecast& stated : known.forecasts) {
      const auto outcome = known.outcome.find(stated.thing);
      if (stated.kind == who.first && stated.member == who.second && stated.thing != thing && outcome != known.outcome.end()) others.push_back({stated.probability, outcome->second});
    }
    if (!others.empty()) one = {experts::score_forecasts(others).brier.value, std::ssize(others)};
    past.push_back(one);
    probabilities.push_back(forecast.probability);
    if (who.first == "machine") continue;
    past_people.push_back(one);
    people.push_back(forecast.probability);
  }
  const std::vector<double> weights = experts::weights_from_past(past);
  JsonWriter json;
  json.begin_object().field("thing", thing).field("linear", TRY(experts::pool_probabilities(probabilities, weights, experts::PoolMethod::linear))).field("log_odds", TRY(experts::pool_probabilities(probabilities, weights, experts::PoolMethod::log_odds)));
  json.key("without_machine");
  if (people.empty()) {
    json.null();
  } else {
    json.value(TRY(experts::pool_probabilities(people, experts::weights_from_past(past_people), experts::PoolMethod::log_odds)));
  }
  json.key("members").begin_array();
  std::size_t i = 0;
  for (const auto& [who, forecast] : last) {
    json.begin_object().field("member", who.second).field("kind", who.first).field("probability", forecast.probability).field("made_at", forecast.made_at).field("weight", weights[i]).field("past", past[i].forecast_count).field("brier", past[i].brier).end_object();
    ++i;
  }
  return json.end_array().end_object().text();
}

}  // namespace jianwei::workflow

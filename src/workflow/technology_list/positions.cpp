#include "workflow/technology_list/positions.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <set>

#include "base/json_writer.h"
#include "workflow/expert_library/fields.h"
#include "workflow/report/forecast_view.h"

namespace jianwei::workflow {
namespace {

struct Ring {
  std::string_view id;
  std::int32_t years;   // from now; 0: no end
};
constexpr Ring kRings[] = {{"near", 5}, {"mid", 10}, {"far", 20}, {"beyond", 0}};

struct Mark {
  std::optional<double> position, year, year_low, year_high;
};

struct ExpertMark : Mark {
  std::string study;
  std::int64_t round = 0, cards = 0;
};

void write(JsonWriter& json, std::string_view name, const std::optional<double>& value) {
  json.key(name);
  if (value) {
    json.value(*value);
  } else {
    json.null();
  }
}

std::optional<std::string_view> ring_of(const std::optional<double>& year, std::int32_t now) {
  if (!year) return std::nullopt;
  for (const Ring& ring : kRings) {
    if (ring.years == 0 || std::floor(*year) <= now + ring.years) return ring.id;  // medians lie within their year
  }
  return std::nullopt;
}

void write_ring(JsonWriter& json, std::string_view name, const std::optional<double>& year, std::int32_t now) {
  json.key(name);
  if (const auto ring = ring_of(year, now)) {
    json.value(*ring);
  } else {
    json.null();
  }
}

void write_mark(JsonWriter& json, const ExpertMark& mark, std::int32_t now) {
  json.field("study", mark.study).field("round", mark.round).field("cards", mark.cards);
  write(json, "position", mark.position);
  write(json, "year", mark.year);
  write(json, "year_low", mark.year_low);
  write(json, "year_high", mark.year_high);
  write_ring(json, "ring", mark.year, now);
}

// A statistic of a stored summary; undefined ones are objects.
Result<std::optional<double>> number_of(const Fields& summary, std::string_view name) {
  if (summary.raw(name, "{").starts_with("{")) return std::optional<double>();
  return std::optional<double>(TRY(summary.number(name, 0.0)));
}

// What a study said of an item in the last round that was settled.
Result<std::optional<ExpertMark>> mark_of(Delphi& delphi, const DelphiStudy& study, std::int64_t item) {
  for (std::int64_t round = study.row.round; round >= 1; --round) {
    const auto row = TRY(delphi.db->settlement(study.row.number, round, item));
    if (!row || row->cards < study.protocol.small_cell) continue;
    ExpertMark mark;
    mark.study = study.row.id;
    mark.round = round;
    mark.cards = row->cards;
    const Fields questions = TRY(TRY(Fields::parse(row->summary, study.row.id)).object("questions"));
    if (const experts::Question* importance = study.question(experts::QuestionRole::importance)) {
      const Fields summary = TRY(questions.object(importance->id));
      mark.position = TRY(number_of(summary, "weighted_index"));
      if (!mark.position) mark.position = TRY(number_of(summary, "index"));
      double largest = 0.0;
      for (const experts::Option& option : importance->options) largest = std::max(largest, option.score);
      if (mark.position && largest > 0.0) mark.position = std::clamp(*mark.position / largest, 0.0, 1.0);
    }
    if (const experts::Question* years = study.question(experts::QuestionRole::technical_realization)) {
      const Fields summary = TRY(questions.object(years->id));
      mark.year = TRY(number_of(summary, "median"));
      mark.year_low = TRY(number_of(summary, "lower_quartile"));
      mark.year_high = TRY(number_of(summary, "upper_quartile"));
    }
    return std::optional<ExpertMark>(mark);
  }
  return std::optional<ExpertMark>();
}

// Of every entry, oldest study first. A study that is being answered shows nothing of the round that is open.
Result<std::map<std::string, std::vector<ExpertMark>>> expert_marks(Delphi& delphi, const Longlist& list) {
  std::map<std::string, std::vector<ExpertMark>> marks;
  std::vector<store::DelphiStudyRow> rows = TRY(delphi.db->studies());
  std::ranges::reverse(rows);
  for (const store::DelphiStudyRow& row : rows) {
    if (row.round == 0) continue;
    DelphiStudy study = TRY(load_study(delphi, row.id));
    // Live figures of an open round are not the panel's word yet.
    study.row.round = evaluated_rounds(study);
    for (const store::DelphiItemRow& item : study.items) {
      const Fields origin = TRY(Fields::parse(item.origin, item.id));
      const std::string entry = TRY(origin.text("entry"));
      if (entry.empty() || TRY(origin.text("list")) != list.id) continue;
      if (auto mark = TRY(mark_of(delphi, study, item.number))) marks[entry].push_back(std::move(*mark));
    }
  }
  return marks;
}

struct UnitPlace {
  const UnitResults* units = nullptr;
  std::size_t index = 0;
};
Result<UnitPlace> unit_of(const Entry& entry, const StudyResult& run) {
  const Fields origin = TRY(Fields::parse(entry.origin, entry.id));
  const std::string topic = TRY(origin.text("topic")), term = TRY(origin.text("term"));
  for (std::size_t t = 0; !topic.empty() && t < run.topics.size(); ++t) {
    if (run.topics[t].id == topic) return UnitPlace{&run.topic_results, t};
  }
  for (std::size_t t = 0; !term.empty() && t < run.terms.size(); ++t) {
    if (run.terms[t].id == term) return UnitPlace{&run.term_results, t};
  }
  return UnitPlace{};
}

void write_machine(JsonWriter& json, const StudyResult& run, const UnitPlace& place, std::int32_t now) {
  const UnitResults& units = *place.units;
  const auto ranked = std::ranges::count_if(units.emergence, [](const Emergence& one) { return one.rank > 0; });
  const std::int32_t rank = units.emergence[place.index].rank;
  json.begin_object().field("run", run.run_id).field("unit", place.units == &run.topic_results ? run.topics[place.index].id : run.terms[place.index].id);
  write(json, "position", rank > 0 ? std::optional(ranked > 1 ? 1.0 - static_cast<double>(rank - 1) / static_cast<double>(ranked - 1) : 1.0) : std::nullopt);
  const Indicators& indicators = units.indicators[place.index];
  write(json, "growth", indicators.rate.estimated ? std::optional(std::expm1(indicators.rate.log_slope)) : std::nullopt);
  json.field("documents", static_cast<std::int64_t>(units.documents.offsets[place.index + 1] - units.documents.offsets[place.index]));
  const analysis::SCurve curve = best_s_curve(units, place.index);
  const std::optional<double> year = curve.fitted && curve.ceiling_known ? std::optional(std::round(units.series.years.first + curve.inflection)) : std::nullopt;
  write(json, "year", year);
  write_ring(json, "ring", year, now);
  json.end_object();
}

// Kept selections and versions an entry appears in, as objects of its history.
Result<std::map<std::string, std::vector<std::string>>> kept_history(store::ExpertDb& db, const Longlist& list) {
  std::map<std::string, std::vector<std::string>> history;
  for (std::int64_t version = 1; version <= list.version; ++version) {
    for (const Entry& entry : TRY(load_version(db, list.id, version)).entries) {
      history[entry.id].push_back(JsonWriter().begin_object().field("kind", "version").field("version", version).field("zh", entry.zh).field("en", entry.en).field("field", entry.field).field("state", entry.state).end_object().text());
    }
  }
  for (const store::ObjectRow& row : TRY(db.objects("selection"))) {
    if (row.parent != list.id) continue;
    const Fields selection = TRY(Fields::parse(row.body, row.id));
    for (const Fields& item : TRY(selection.objects("items"))) {
      history[TRY(item.text("id"))].push_back(JsonWriter().begin_object().field("kind", "selection").field("id", row.id).field("run", TRY(selection.text("run"))).field("selected", TRY(item.flag("selected", false))).field("rank", TRY(item.integer("rank", 0)))
                                                  .key("data_position").raw(item.raw("data_position", "null")).key("expert_position").raw(item.raw("expert_position", "null")).end_object().text());
    }
  }
  return history;
}

void write_movement(JsonWriter& json, const std::vector<ExpertMark>& marks, std::int32_t now) {
  const ExpertMark* before = marks.size() > 1 ? &marks[marks.size() - 2] : nullptr;
  const auto difference = [&](std::optional<double> Mark::*value) {
    return before != nullptr && marks.back().*value && before->*value ? std::optional(*(marks.back().*value) - *(before->*value)) : std::nullopt;
  };
  json.begin_object().key("since");
  if (before != nullptr) {
    json.value(before->study);
  } else {
    json.null();
  }
  write(json, "years", difference(&Mark::year));
  write(json, "position", difference(&Mark::position));
  write_ring(json, "ring_before", before == nullptr ? std::nullopt : before->year, now);
  json.end_object();
}

}  // namespace

Result<std::string> positions_json(store::ExpertDb& db, Delphi& delphi, const Longlist& list, const StudyResult* run, std::int32_t year) {
  const auto marks = TRY(expert_marks(delphi, list));
  const auto kept = TRY(kept_history(db, list));
  std::set<std::string> fields;
  for (const Entry& entry : list.entries) {
    if (entry.open()) fields.insert(entry.field);
  }
  JsonWriter json;
  json.begin_object().field("list", list.id).field("version", list.version).field("year", year).field("run", run == nullptr ? std::string_view() : std::string_view(run->run_id)).key("rings").begin_array();
  for (const Ring& ring : kRings) {
    json.begin_object().field("id", ring.id);
    write(json, "until", ring.years == 0 ? std::nullopt : std::optional<double>(year + ring.years));
    json.end_object();
  }
  json.end_array().key("fields").begin_array();
  for (const std::string& field : fields) json.value(field);
  json.end_array().key("entries").begin_array();
  static const std::vector<ExpertMark> kNone;
  for (const Entry& entry : list.entries) {
    if (!entry.open()) continue;
    const auto found = marks.find(entry.id);
    const std::vector<ExpertMark>& own = found == marks.end() ? kNone : found->second;
    json.begin_object().field("id", entry.id).field("zh", entry.zh).field("en", entry.en).field("field", entry.field).field("state", entry.state).key("expert");
    if (own.empty()) {
      json.null();
    } else {
      json.begin_object();
      write_mark(json, own.back(), year);
      json.end_object();
    }
    json.key("machine");
    if (const UnitPlace place = run == nullptr ? UnitPlace{} : TRY(unit_of(entry, *run)); place.units != nullptr) {
      write_machine(json, *run, place, year);
    } else {
      json.null();
    }
    json.key("history").begin_array();
    if (const auto lines = kept.find(entry.id); lines != kept.end()) {
      for (const std::string& line : lines->second) json.raw(line);
    }
    for (const ExpertMark& mark : own) {
      json.begin_object().field("kind", "study");
      write_mark(json, mark, year);
      json.end_object();
    }
    json.end_array().key("movement");
    write_movement(json, own, year);
    json.end_object();
  }
  return json.end_array().end_object().text();
}

}  // namespace jianwei::workflow

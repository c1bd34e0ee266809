#include "workflow/report/issue_numbers.h"

#include <simdjson.h>

#include <algorithm>
#include <cstdlib>
#include <iterator>
#include <map>

#include "base/json_writer.h"
#include "workflow/indicators/indicators.h"
#include "workflow/report/evidence_book.h"

namespace jianwei::workflow {
namespace {

constexpr std::int32_t kKeptRanks = 200;    // terms whose numbers an issue keeps
constexpr std::size_t kExamples = 20;

IssueUnit numbers_of(const StudyResult& result, UnitReference reference) {
  const UnitResults& units = result.results(reference.unit);
  const auto documents = documents_of(result, reference.unit, static_cast<std::int64_t>(reference.index));
  IssueUnit unit{reference.unit, unit_id(result, reference), unit_label(result, reference, Language::en), unit_label(result, reference, Language::zh), 0, static_cast<std::int64_t>(documents.size()), 0, 0.0, {}};
  unit.recent = static_cast<std::int64_t>(documents_of(result, reference.unit, static_cast<std::int64_t>(reference.index), recent_window(units.series)).size());
  if (reference.index < units.emergence.size()) {
    unit.rank = units.emergence[reference.index].rank;
    unit.score = units.emergence[reference.index].score;
  }
  for (std::size_t i = 0; i < std::min(kExamples, documents.size()); ++i) unit.examples.push_back(result.dataset.record_ids[static_cast<std::size_t>(documents[i])]);
  return unit;
}

std::vector<UnitChange> pair_units(const IssueNumbers& before, const IssueNumbers& after, Unit kind) {
  std::map<std::string, UnitChange> pairs;
  for (const IssueUnit& unit : before.units) {
    if (unit.unit == kind) pairs[unit.id].before = unit;
  }
  for (const IssueUnit& unit : after.units) {
    if (unit.unit == kind) pairs[unit.id].after = unit;
  }
  std::vector<UnitChange> list;
  for (auto& [id, change] : pairs) list.push_back(std::move(change));
  return list;
}

}  // namespace

IssueNumbers issue_numbers(const StudyResult& result, const std::vector<std::int32_t>& listed) {
  IssueNumbers numbers;
  numbers.run_id = result.run_id;
  numbers.snapshot_id = result.snapshot_id;
  numbers.created = result.created;
  numbers.documents = result.dataset.document_count();
  numbers.terms = static_cast<std::int64_t>(result.terms.size());
  for (std::size_t k = 0; k < result.topics.size(); ++k) numbers.units.push_back(numbers_of(result, {Unit::topic, k}));
  for (std::size_t t = 0; t < result.terms.size(); ++t) {
    const std::int32_t rank = t < result.term_results.emergence.size() ? result.term_results.emergence[t].rank : 0;
    if ((rank > 0 && rank <= kKeptRanks) || std::find(listed.begin(), listed.end(), static_cast<std::int32_t>(t)) != listed.end()) numbers.units.push_back(numbers_of(result, {Unit::term, t}));
  }
  numbers.records = result.dataset.record_ids;
  std::sort(numbers.records.begin(), numbers.records.end());
  return numbers;
}

std::string to_json(const IssueNumbers& numbers) {
  JsonWriter json;
  json.begin_object().field("number", numbers.number).field("template", numbers.report_template).field("template_version", numbers.template_version).field("run", numbers.run_id);
  json.field("data_version", numbers.snapshot_id).field("created", numbers.created).field("documents", numbers.documents).field("terms", numbers.terms).key("units").begin_array();
  for (const IssueUnit& unit : numbers.units) {
    json.begin_object().field("kind", to_string(unit.unit)).field("id", unit.id).field("label_en", unit.label_en).field("label_zh", unit.label_zh).field("rank", unit.rank).field("documents", unit.documents);
    json.field("recent", unit.recent).field("score", unit.score).key("examples").begin_array();
    for (const std::string& id : unit.examples) json.value(id);
    json.end_array().end_object();
  }
  json.end_array().key("alerts").begin_array();
  for (const std::string& id : numbers.alerts) json.value(id);
  return std::move(json.end_array().end_object()).text();
}

Result<IssueNumbers> read_issue_numbers(std::string_view text) {
  const auto damaged = [] { return fail(ErrorKind::corrupt, "the numbers of an issue in routine.db cannot be read: restore routine.db from a backup"); };
  simdjson::dom::parser parser;
  simdjson::dom::element root;
  if (parser.parse(simdjson::padded_string(text)).get(root) != simdjson::SUCCESS) return damaged();
  const auto string = [](simdjson::dom::element from, const char* key) {
    std::string_view value;
    return from[key].get(value) == simdjson::SUCCESS ? std::string(value) : std::string();
  };
  const auto integer = [](simdjson::dom::element from, const char* key) {
    std::int64_t value = 0;
    return from[key].get(value) == simdjson::SUCCESS ? value : 0;
  };
  IssueNumbers numbers;
  numbers.number = integer(root, "number");
  numbers.report_template = string(root, "template");
  numbers.template_version = integer(root, "template_version");
  numbers.run_id = string(root, "run");
  numbers.snapshot_id = string(root, "data_version");
  numbers.created = string(root, "created");
  numbers.documents = integer(root, "documents");
  numbers.terms = integer(root, "terms");
  simdjson::dom::array units, alerts;
  if (root["units"].get(units) != simdjson::SUCCESS || root["alerts"].get(alerts) != simdjson::SUCCESS) return damaged();
  for (const simdjson::dom::element row : units) {
    IssueUnit unit;
    unit.unit = TRY(parse_unit(string(row, "kind")));
    unit.id = string(row, "id");
    unit.label_en = string(row, "label_en");
    unit.label_zh = string(row, "label_zh");
    unit.rank = static_cast<std::int32_t>(integer(row, "rank"));
    unit.documents = integer(row, "documents");
    unit.recent = integer(row, "recent");
    double score = 0.0;
    if (row["score"].get(score) == simdjson::SUCCESS) unit.score = score;
    simdjson::dom::array examples;
    if (row["examples"].get(examples) == simdjson::SUCCESS) {
      for (const simdjson::dom::element id : examples) unit.examples.emplace_back(id.get_string().value_unsafe());
    }
    numbers.units.push_back(std::move(unit));
  }
  for (const simdjson::dom::element id : alerts) numbers.alerts.emplace_back(id.get_string().value_unsafe());
  return numbers;
}

IssueDifference compare_issues(const IssueNumbers& before, const IssueNumbers& after, std::int32_t rank_count) {
  IssueDifference difference;
  difference.comparable = before.report_template == after.report_template && before.template_version == after.template_version;
  std::set_difference(after.records.begin(), after.records.end(), before.records.begin(), before.records.end(), std::back_inserter(difference.new_records));
  std::set_difference(before.records.begin(), before.records.end(), after.records.begin(), after.records.end(), std::back_inserter(difference.gone_records));
  difference.same_data = before.snapshot_id == after.snapshot_id;

  difference.topics = pair_units(before, after, Unit::topic);
  std::erase_if(difference.topics, [](const UnitChange& change) { return !change.appeared() && !change.vanished() && change.before.documents == change.after.documents && change.before.rank == change.after.rank; });
  const auto order = [](const UnitChange& change) { return change.appeared() ? 0 : change.vanished() ? 1 : 2; };
  const auto size = [](const UnitChange& change) { return std::abs(change.after.documents - change.before.documents); };
  std::stable_sort(difference.topics.begin(), difference.topics.end(), [&](const UnitChange& a, const UnitChange& b) { return order(a) != order(b) ? order(a) < order(b) : size(a) > size(b); });

  const auto listed = [&](const IssueUnit& unit) { return !unit.id.empty() && unit.rank > 0 && unit.rank <= rank_count; };
  difference.terms = pair_units(before, after, Unit::term);
  std::erase_if(difference.terms, [&](const UnitChange& change) { return (!listed(change.before) && !listed(change.after)) || change.before.rank == change.after.rank; });
  const auto place = [](const UnitChange& change) { return change.after.rank > 0 ? change.after.rank : kKeptRanks + change.before.rank; };
  std::stable_sort(difference.terms.begin(), difference.terms.end(), [&](const UnitChange& a, const UnitChange& b) { return place(a) < place(b); });

  for (const std::string& id : after.alerts) {
    if (std::find(before.alerts.begin(), before.alerts.end(), id) == before.alerts.end()) difference.new_alerts.push_back(id);
  }
  return difference;
}

}  // namespace jianwei::workflow

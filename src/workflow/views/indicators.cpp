#include "workflow/views/indicators.h"

#include <algorithm>
#include <cmath>

#include "base/json_writer.h"
#include "workflow/views/weak_signals.h"

namespace jianwei::workflow {
namespace {

using analysis::Indicator;

void write_row(JsonWriter& json, const analysis::IndicatorRow& row) {
  json.field("quadrant", quadrant_name(row.quadrant)).key("indicators").begin_object();
  for (std::size_t i = 0; i < analysis::kIndicatorCount; ++i) {
    const analysis::Measure& measure = row.measures[i];
    if (!measure.known()) continue;
    json.key(analysis::indicator_name(static_cast<Indicator>(i))).begin_object().field("value", measure.value);
    const auto optional = [&](std::string_view name, double value) {
      if (!std::isnan(value)) json.field(name, value);
    };
    optional("low", measure.low);
    optional("high", measure.high);
    optional("p", measure.p);
    optional("q", measure.q);
    json.end_object();
  }
  json.end_object();
}

void write_corpus(JsonWriter& json, const analysis::YearTable& table) {
  json.key("corpus").begin_object().field("cohesion", table.corpus_cohesion).field("vitality", table.corpus_vitality).field("newness", table.corpus_newness).end_object();
}

}  // namespace

std::vector<std::size_t> order_by_indicator(const analysis::YearTable& table, Indicator indicator, std::size_t count) {
  const auto key = [&](std::size_t row) {
    const analysis::Measure& measure = table.rows[row][indicator];
    return std::isnan(measure.low) ? measure.value : measure.low;
  };
  std::vector<std::size_t> rows;
  for (std::size_t r = 0; r < table.rows.size(); ++r) {
    if (!std::isnan(key(r))) rows.push_back(r);
  }
  std::stable_sort(rows.begin(), rows.end(), [&](std::size_t a, std::size_t b) { return key(a) > key(b); });
  if (rows.size() > count) rows.resize(count);
  return rows;
}

std::string unit_indicators_json(const StudyResult& result, const UnitYears& measured, Language language) {
  JsonWriter json;
  json.begin_object().field("run", result.run_id).field("snapshot", result.snapshot_id).field("unit", to_string(measured.reference.unit)).field("id", unit_id(result, measured.reference));
  json.field("label", unit_label(result, measured.reference, language)).key("years").begin_array();
  for (const analysis::YearTable& table : measured.years) {
    json.begin_object().field("year", table.year);
    write_row(json, table.rows[0]);
    write_corpus(json, table);
    json.end_object();
  }
  return json.end_array().end_object().text();
}

std::string indicators_json(const StudyResult& result, Unit unit, const analysis::YearTable& table, std::string_view sort, const std::vector<std::size_t>& rows, Language language) {
  JsonWriter json;
  json.begin_object().field("run", result.run_id).field("snapshot", result.snapshot_id).field("unit", to_string(unit)).field("year", table.year).field("sort", sort);
  write_corpus(json, table);
  json.key("units").begin_array();
  for (const std::size_t r : rows) {
    const UnitReference reference{unit, static_cast<std::size_t>(table.units[r])};
    json.begin_object().field("id", unit_id(result, reference)).field("label", unit_label(result, reference, language));
    write_row(json, table.rows[r]);
    json.end_object();
  }
  return json.end_array().end_object().text();
}

}  // namespace jianwei::workflow

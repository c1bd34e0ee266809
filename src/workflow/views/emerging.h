// What emerges, as JSON: the rows of the ranking with the parts of each score, growth, forecast.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "analysis/forecast/calibrated.h"
#include "base/catalogue.h"
#include "base/json_writer.h"
#include "workflow/report/sections.h"
#include "workflow/run/results.h"

namespace jianwei::workflow {

struct EmergingRow {
  std::size_t unit = 0;
  std::string id, label, label_zh, label_en;
  std::vector<std::string> forms;  // of a topic: its first terms
  std::int64_t documents = 0;
};

// A unit with its names.
EmergingRow emerging_row(const StudyResult& result, Unit unit, std::size_t u, Language language);
// The first `count` of the ranking.
std::vector<EmergingRow> emerging_rows(const StudyResult& result, Unit unit, std::size_t count, Candidates which, Language language);

// One row as an object of the open array. A page of a list (with a base for links) has a spark line instead of the S-curve, which the unit's own page fits.
void write_emerging(JsonWriter& json, const StudyResult& result, Unit unit, const EmergingRow& row, std::string_view base = {});

// `emerging --json`
std::string emerging_json(const StudyResult& result, Unit unit, const std::vector<EmergingRow>& rows);

}  // namespace jianwei::workflow

// The documents of a study as columns: what the analysis functions read. Built by workflow from a snapshot of the lake; holds no text.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "text/corpus.h"

namespace jianwei::analysis {

// Lists of small ids, one list a row: row r holds values[offsets[r] .. offsets[r+1]).
struct IdLists {
  std::vector<std::int64_t> offsets = {0};  // [rows + 1]
  std::vector<std::int32_t> values;
  std::span<const std::int32_t> row(std::int64_t r) const {
    return {values.data() + offsets[static_cast<std::size_t>(r)], static_cast<std::size_t>(offsets[static_cast<std::size_t>(r) + 1] - offsets[static_cast<std::size_t>(r)])};
  }
};

struct Dataset {
  std::vector<std::string> record_ids;         // [documents] ids of the merged records
  std::vector<std::int16_t> year;              // [documents] 0 = unknown (such documents count in no series)
  std::vector<std::int8_t> month;              // [documents] 0 = unknown
  std::vector<std::int8_t> kind;               // [documents] RecordKind
  std::vector<std::int16_t> source;            // [documents] index into source_names: the venue family or database a document comes from
  std::vector<std::int8_t> language;           // [documents] index into language_names
  std::vector<std::int32_t> venue;             // [documents] index into venue_names, -1 none
  std::vector<std::int32_t> citation_count;    // [documents] -1 unknown; as of the data's date, never used at a cut-off
  IdLists persons;                             // documents x persons (ids of folded names)
  IdLists organisations;                       // documents x organisations
  IdLists countries;                           // documents x countries, distinct
  IdLists references;                          // documents x cited documents of the set (row numbers); empty rows when unknown
  std::vector<std::string> source_names, language_names, venue_names, person_names, organisation_names, country_names;

  std::int64_t document_count() const { return static_cast<std::int64_t>(year.size()); }
};

// Years [first, last] as one index range.
struct YearRange {
  std::int16_t first = 0;
  std::int16_t last = -1;
  std::int64_t count() const { return last - first + 1; }
  std::int64_t index(std::int16_t year) const { return year - first; }
};

// Units (terms or topics) x documents with a weight: 1 for a term that occurs, the share of the document for a topic.
struct UnitDocuments {
  std::vector<std::int64_t> offsets = {0};   // [units + 1]
  std::vector<std::int32_t> documents;       // row numbers of the dataset, increasing inside a unit
  std::vector<float> weights;                // (0, 1]
  std::int64_t unit_count() const { return static_cast<std::int64_t>(offsets.size()) - 1; }
};

}  // namespace jianwei::analysis

// What the documents of a finished run are tied to, read from the snapshot when a command asks for it: works cited (in the lake or not),
// the venues of their references, their classes. Rows are the rows of the run's dataset.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "analysis/dataset.h"
#include "workflow/workspace.h"

namespace jianwei::workflow {

// Documents x cited works. A work that is itself a document of the study has the same number everywhere.
struct CitedWorks {
  analysis::IdLists references;             // documents x works, distinct
  std::vector<std::string> labels;          // [works] "Author, year, venue" as the references write it, or the record's title
  std::vector<std::int16_t> years;          // [works] 0 = unknown
  std::vector<std::int32_t> documents;      // [works] row of the study, -1 outside
  std::vector<std::int32_t> work_of;        // [documents] work number, -1 when nobody cites the document
  std::int64_t work_count() const { return static_cast<std::int64_t>(labels.size()); }
};
// `titles` [documents] name the works that are documents. Errors: not_found when the snapshot of the run is gone; corrupt; unavailable
Result<CitedWorks> load_cited_works(const Workspace& workspace, const std::string& snapshot_id, const analysis::Dataset& dataset, const std::vector<std::string>& titles);

// Documents x named items, each a list with repeats kept out.
struct NamedLists {
  analysis::IdLists lists;
  std::vector<std::string> names;
  std::vector<std::int16_t> years;  // [entries of lists] year of the reference; empty for classes
};

// Classes: CPC, IPC and USPC by subclass (the four characters of "H04L 12/28"; the class before "/" for USPC), other schemes as written.
// A name is "scheme:code label". Errors: as above
Result<NamedLists> load_classes(const Workspace& workspace, const std::string& snapshot_id, const analysis::Dataset& dataset);

// Funders as the records write them, whatever the case. Errors: as above
Result<NamedLists> load_funders(const Workspace& workspace, const std::string& snapshot_id, const analysis::Dataset& dataset);

// Venues of the references of each document with their years, repeats kept (three references to one journal are three).
// Where references are written without a venue, those of the cited documents of the study stand in. Errors: as above
Result<NamedLists> load_reference_venues(const Workspace& workspace, const std::string& snapshot_id, const analysis::Dataset& dataset);

// Who was where, one row a pair: row r holds one person and one organisation of the study's names. Where a record does not say which person
// belongs to which organisation, persons are paired with the only organisation of the record, and with none when there are several.
struct Affiliations {
  std::vector<std::int32_t> documents, persons, organisations;  // [pairs] by document
};
// Errors: as above
Result<Affiliations> load_affiliations(const Workspace& workspace, const std::string& snapshot_id, const analysis::Dataset& dataset);

}  // namespace jianwei::workflow

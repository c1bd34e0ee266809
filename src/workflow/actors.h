// Persons and organisations of a document set: collected while documents are read, then joined to one entry a real person and a real body.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "analysis/dataset.h"
#include "analysis/resolution/organisations.h"
#include "analysis/resolution/persons.h"
#include "base/progress.h"
#include "workflow/workspace.h"

namespace jianwei::workflow {

// The shipped table of other names and, after it, the workspace's own lexicon/organisations.tsv when there is one ("other name<TAB>name").
// Errors: invalid_input names the file and the line.
Result<std::vector<analysis::OrganisationAlias>> organisation_aliases(const Workspace& workspace);

// Changes when the workspace's own table changes: part of what the results of a run depend on.
std::string organisation_aliases_fingerprint(const Workspace& workspace);

class ActorCollector {
 public:
  struct PersonMention {
    std::string_view name, family, given, orcid, source_id;
    std::string_view organisations;  // "0,2": places in the record's list of organisations
    std::string_view source;         // whose ids `source_id` are
  };

  // In the order of the record's list; `actor` false for funders, publishers and issuers, who do no research here.
  void add_organisation(std::string_view name, std::string_view ror, bool actor);
  // After the record's organisations.
  void add_person(const PersonMention& mention);
  // `title` must stay where it is until resolve().
  void end_record(std::string_view title);

  // Fills persons, organisations and their names of `dataset`, a row for each ended record. A name that several persons bear is followed by
  // their organisation, or a number.
  Result<> resolve(const std::vector<analysis::OrganisationAlias>& aliases, analysis::Dataset& dataset, Progress& progress, int thread_count);

 private:
  std::int32_t organisation(std::string_view name, std::string_view ror);

  std::vector<analysis::PersonSignature> signatures_;       // organisations: raw names until resolve()
  struct Written {
    std::int32_t spelling = 0;                              // index into spellings_
    const PersonName* name = nullptr;
  };
  std::vector<std::int32_t> spelling_of_;                   // [signatures] index into spellings_
  std::vector<std::string> spellings_;
  std::unordered_map<std::string, std::int32_t> spelling_ids_;
  std::deque<PersonName> names_;
  std::unordered_map<std::string, Written> written_;        // name, family and given name as the record has them
  std::string key_;
  struct RawOrganisation {
    std::string name, ror;
    std::int64_t mentions = 0;
  };
  std::vector<RawOrganisation> organisations_;
  std::unordered_map<std::string, std::int32_t> organisation_ids_;  // name + ror
  analysis::IdLists record_organisations_;                  // [records] raw
  std::vector<std::int32_t> listed_;                        // of the record being read: raw organisation of each place, -1 without a name
  std::vector<std::int64_t> first_signature_ = {0};         // [records + 1]
  std::deque<std::string> ids_;                             // ORCIDs and source ids
};

}  // namespace jianwei::workflow

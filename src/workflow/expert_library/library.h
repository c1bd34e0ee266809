// The expert library of a workspace: people taken from the lake, imported or entered by hand, each joined to the persons of the lake it may be. IdentityState is a decision that
// can be undone: joining and parting are events, and neither touches the lake.
//
// WS/experts/experts.db (store/expert_db.h). Events never hold a personal field: what an expert is called and where it works stands in its body alone, which erase_expert removes.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "store/expert_db.h"
#include "workflow/expert_library/people.h"

namespace jianwei::workflow {

enum class IdentityState : std::uint8_t {
  none,       // no person of the lake fits
  uncertain,  // one or more may be it: every conflict check takes it for any of them
  certain     // somebody said so, or it was taken from the lake
};
std::string_view to_string(IdentityState identity);

struct Expert {
  std::string id;                                  // expert-<n>; "" = a person of the lake that is not in the library
  std::string name_zh, name_en, pinyin, orcid, email, organisation, sector, region, country, gender, age_band, seniority, title;
  std::vector<std::string> fields, languages, projects, patents, panels;
  std::vector<std::string> persons;                // ids of the lake
  std::vector<std::string> apart;                  // persons of the lake it is not, although the names agree: somebody said so
  IdentityState identity = IdentityState::none;
  std::int32_t load = 5;                           // items at a time, at most
  std::string away_until;                          // ISO date; "" = available
  std::string source = "hand";                     // lake, import, hand
  std::string consent, consent_at;                 // version of the text agreed to and when; "" = not asked, "withdrawn"

  std::string_view name() const { return !name_zh.empty() ? name_zh : !name_en.empty() ? name_en : pinyin; }
  std::string_view attribute(std::string_view name) const;  // sector, region, ...; "field" gives the first; "" = unknown
};
// All of its fields; `personal` false: without e-mail, age band, gender.
std::string to_json(const Expert& expert, bool personal = true);
// Changes the fields that `json` names; lists are replaced. Errors: invalid_input  names the field: unknown, of another type, an ORCID whose check digit is wrong
Result<> change_fields(Expert& expert, std::string_view json);

// Opens, or makes, WS/experts/experts.db. Errors: unavailable; corrupt; conflict
Result<std::unique_ptr<store::ExpertDb>> open_experts(const std::filesystem::path& workspace_root);

Result<std::vector<Expert>> load_experts(store::ExpertDb& db);              // in the order in which they were added
Result<Expert> load_expert(store::ExpertDb& db, std::string_view id);       // Errors: not_found

// By hand or from an import: the persons of the lake it may be are looked for by name (and organisation, where both are known). Errors: invalid_input  no name; conflict  the ORCID, or name and
// organisation, are there already: names the expert
Result<Expert> add_expert(store::ExpertDb& db, const People& people, Expert expert, std::string_view actor);
// A person of the lake with all that the lake knows. Errors: not_found; conflict  is in the library already
Result<Expert> add_person(store::ExpertDb& db, const People& people, std::string_view person, std::string_view actor);
Result<Expert> change_expert(store::ExpertDb& db, std::string_view id, std::string_view json, std::string_view actor);

// This expert is that person too (identity becomes certain), or is not, whatever the names say. Errors: not_found; conflict  another expert is that person for certain
Result<Expert> join_identity(store::ExpertDb& db, const People& people, std::string_view id, std::string_view person, std::string_view reason, std::string_view actor);
Result<Expert> part_identity(store::ExpertDb& db, const People& people, std::string_view id, std::string_view person, std::string_view reason, std::string_view actor);

// What the lake knows of a person, as an expert that is not in the library yet.
Expert person_as_expert(const People& people, std::int32_t person);

// A tie between two (expert or person ids; `b` may be an organisation's name): family, business, supervision, ... Errors: not_found
struct DeclaredTie {
  std::string id, a, b, reason;
};
Result<DeclaredTie> declare_tie(store::ExpertDb& db, const People& people, const DeclaredTie& tie, std::string_view actor);
Result<std::vector<DeclaredTie>> load_ties(store::ExpertDb& db);

// Personal data (PIPL Art. 44-47, GDPR Art. 15-20): consent given or withdrawn; everything kept of a person; erasure. `erase_expert` removes the expert with its ties, and severs its votes, forecasts and proposals;
// what it judged in finished studies stays as numbers of a seat, whose link to the person the vault holds (docs/experts.md).
Result<Expert> set_consent(store::ExpertDb& db, std::string_view id, std::string_view text_version, std::string_view actor);
Result<std::string> export_expert(store::ExpertDb& db, std::string_view id, std::string_view actor);
struct Erasure {
  std::int64_t ties = 0;                                   // deleted
  std::int64_t votes = 0, forecasts = 0, entries = 0;      // severed: they stay, of "erased"
};
Result<Erasure> erase_expert(store::ExpertDb& db, std::string_view id, std::string_view reason, std::string_view actor);

// Experts whose fields hold all words of `text` and that have each attribute's value, with the number of each value among those found.
struct ExpertQuery {
  std::string text;
  std::map<std::string, std::string> attributes;   // field, sector, region, country, language, seniority, organisation
  std::int64_t offset = 0, limit = 50;
};
struct ExpertPage {
  std::int64_t total = 0;
  std::vector<Expert> experts;
  std::map<std::string, std::map<std::string, std::int64_t>> facets;
};
Result<ExpertPage> find_in_library(store::ExpertDb& db, const ExpertQuery& query);
std::string to_json(const ExpertPage& page);

}  // namespace jianwei::workflow

// Persons and organisations of the records with what is known of each: years, partners, documents.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/json_writer.h"
#include "base/progress.h"
#include "workflow/documents.h"

namespace jianwei::workflow {

enum class ActorKind : std::uint8_t { person, organisation };

// person-<10 hexadecimal digits> of the name and the first record; an organisation's is of its name alone.
std::string actor_id(ActorKind kind, std::string_view name, std::string_view first_record);

struct ActorRow {
  std::string id;                                    // person-<10 hexadecimal digits> of the name and its first record; stays while that record stays
  std::string name;
  std::vector<std::string> record_ids;               // by date
  std::int16_t first_year = 0, last_year = 0;        // 0 unknown
  // Most frequent first, with the number of shared documents: the organisations and co-authors of a person, the persons and partners of an organisation.
  std::vector<std::pair<std::string, std::int64_t>> organisations, persons;
};

struct ActorList {
  std::string snapshot_id;
  std::int64_t total = 0;                            // actors whose name matches
  std::vector<ActorRow> rows;                        // most documents first, then by name
};

// The `limit` actors with the most documents whose name holds all words of `name` (any case, with or without diacritics; a Chinese name is also found by
// its pinyin); "" lists all. Errors: not_found without records; cancelled
Result<ActorList> list_actors(const Workspace& workspace, ActorKind kind, std::string_view name, std::int64_t limit, Progress& progress, int thread_count = 0);

// What lists and pages of actors look up, made once for a set of documents.
struct ActorDirectory {
  ActorKind kind = ActorKind::person;
  std::vector<std::vector<std::int32_t>> documents;             // [actors] increasing
  std::vector<std::int32_t> order;                              // actors with documents, those with most first, then by name
  std::vector<std::string> searchable;                          // [actors] the name as it is looked for
  std::unordered_map<std::string, std::int32_t> by_id, by_name;
};
ActorDirectory make_actor_directory(const analysis::Dataset& dataset, ActorKind kind);
// As above, of documents that are loaded already; `limit` from `offset` on.
ActorList list_actors(const analysis::Dataset& dataset, const ActorDirectory& directory, std::string_view name, std::int64_t offset, std::int64_t limit);
// The one of an id or of an exact name. Errors: not_found
Result<ActorRow> find_actor(const analysis::Dataset& dataset, const ActorDirectory& directory, std::string_view text);

std::string to_json(const ActorList& list);
void write_actor(JsonWriter& json, const ActorRow& row, bool with_records);

}  // namespace jianwei::workflow

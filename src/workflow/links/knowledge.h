// Knowledge-graph tables of a run: entities, and relations that each name the sentence and the record which support them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/progress.h"
#include "products/exporters/sheet.h"
#include "workflow/run/results.h"
#include "workflow/workspace.h"

namespace jianwei::workflow {

struct Entity {
  std::string id;     // term-..., topic-n, r... of records; person-, organisation-, country-, venue-<10 hexadecimal digits of the folded name>
  std::string kind;   // term, topic, person, organisation, country, venue, record
  std::string label;
  std::int64_t documents = 0;
};

struct Relation {
  std::int32_t source = 0;      // indices into entities
  std::int32_t target = 0;
  std::string name;             // uses, improves, applied_to, kind_of, co_occurs; works_on, affiliated, located_in, published_in, cites, about
  std::int64_t documents = 0;   // records that say so
  std::string record;           // the first of them by date
  std::string sentence;         // of that record; its title for relations that are not between terms
};

struct KnowledgeOptions {
  std::int64_t max_relations = 20'000;     // of each name: those of most documents
  std::int64_t min_co_occurrence = 2;      // documents in which two terms share a sentence, when no pattern relates them
  std::int64_t max_terms_of_person = 10;   // works_on: a person's most frequent terms
};

struct Knowledge {
  std::vector<Entity> entities;
  std::vector<Relation> relations;         // by name, then by documents, then by source and target
};

// Reads the texts of the run's snapshot, once: the tables are kept in WS/cache until another run or other options. Memory O(pairs of terms that share a sentence). Same result at any thread count.
// Errors: not_found  the snapshot has been replaced since the run;  cancelled
Result<Knowledge> build_knowledge(const Workspace& workspace, const StudyResult& result, const KnowledgeOptions& options, Progress& progress);

products::Sheet entity_sheet(const Knowledge& knowledge);
products::Sheet relation_sheet(const Knowledge& knowledge);

// The entity of an id, or of a name whatever its case. Errors: not_found, naming up to eight entities whose name holds the text;
// conflict  several kinds of entity have the name: lists their ids
Result<std::int32_t> find_entity(const Knowledge& knowledge, std::string_view text);

struct Neighbour {
  std::int32_t entity = 0;
  std::int32_t relation = 0;   // index into relations
  bool outgoing = true;        // the node is the source
};
// Of all relations (name = "") or one, those of most documents first; co_occurs after what a pattern or a field says.
std::vector<Neighbour> neighbours_of(const Knowledge& knowledge, std::int32_t entity, std::string_view name);
void sort_neighbours(const Knowledge& knowledge, std::vector<Neighbour>& neighbours);
std::string neighbours_json(const Knowledge& knowledge, std::int32_t entity, const std::vector<Neighbour>& neighbours);

}  // namespace jianwei::workflow

// Looking things up in the tables of knowledge, and writing them down.
#include <algorithm>

#include "base/json_writer.h"
#include "base/strings.h"
#include "records/unicode.h"
#include "workflow/links/knowledge.h"

namespace jianwei::workflow {
namespace {

std::size_t at(std::int64_t i) { return static_cast<std::size_t>(i); }

}  // namespace

products::Sheet entity_sheet(const Knowledge& knowledge) {
  products::Sheet sheet{"knowledge-entities", {"id", "kind", "label", "documents"}, {}};
  for (const Entity& entity : knowledge.entities) sheet.rows.push_back({entity.id, entity.kind, entity.label, entity.documents});
  return sheet;
}

products::Sheet relation_sheet(const Knowledge& knowledge) {
  products::Sheet sheet{"knowledge-relations", {"source", "source_label", "relation", "target", "target_label", "documents", "record", "sentence"}, {}};
  for (const Relation& relation : knowledge.relations) {
    const Entity& source = knowledge.entities[at(relation.source)];
    const Entity& target = knowledge.entities[at(relation.target)];
    sheet.rows.push_back({source.id, source.label, relation.name, target.id, target.label, relation.documents, relation.record, relation.sentence});
  }
  return sheet;
}

Result<std::int32_t> find_entity(const Knowledge& knowledge, std::string_view text) {
  const std::string wanted = fold_case(trim(text));
  std::vector<std::string> same, similar;
  std::int32_t found = -1;
  for (std::size_t e = 0; e < knowledge.entities.size(); ++e) {
    const Entity& entity = knowledge.entities[e];
    if (entity.id == text) return static_cast<std::int32_t>(e);
    const std::string label = fold_case(entity.label);
    if (label == wanted) {
      found = static_cast<std::int32_t>(e);
      same.push_back(entity.id);
    } else if (similar.size() < 8 && !wanted.empty() && label.find(wanted) != std::string::npos) {
      similar.push_back(fmt::format("{} ({})", entity.label, entity.id));
    }
  }
  if (same.size() == 1) return found;
  if (same.size() > 1) return fail(ErrorKind::conflict, "\"{}\" is the name of several: ask for one of {}", text, join(same, ", "));
  if (similar.empty()) return fail(ErrorKind::not_found, "no term, topic, person, organisation, country, venue or record is named \"{}\"", text);
  return fail(ErrorKind::not_found, "nothing is named \"{}\"; near it are: {}", text, join(similar, "; "));
}

std::vector<Neighbour> neighbours_of(const Knowledge& knowledge, std::int32_t entity, std::string_view name) {
  std::vector<Neighbour> neighbours;
  for (std::size_t r = 0; r < knowledge.relations.size(); ++r) {
    const Relation& relation = knowledge.relations[r];
    if (!name.empty() && relation.name != name) continue;
    if (relation.source == entity) neighbours.push_back({relation.target, static_cast<std::int32_t>(r), true});
    if (relation.target == entity && relation.source != entity) neighbours.push_back({relation.source, static_cast<std::int32_t>(r), false});
  }
  sort_neighbours(knowledge, neighbours);
  return neighbours;
}

void sort_neighbours(const Knowledge& knowledge, std::vector<Neighbour>& neighbours) {
  std::stable_sort(neighbours.begin(), neighbours.end(), [&](const Neighbour& a, const Neighbour& b) {
    const Relation& x = knowledge.relations[at(a.relation)];
    const Relation& y = knowledge.relations[at(b.relation)];
    return std::pair(x.name == "co_occurs", -x.documents) < std::pair(y.name == "co_occurs", -y.documents);
  });
}

std::string neighbours_json(const Knowledge& knowledge, std::int32_t entity, const std::vector<Neighbour>& neighbours) {
  JsonWriter json;
  const auto write = [&](const Entity& shown) { json.begin_object().field("id", shown.id).field("kind", shown.kind).field("label", shown.label).field("documents", shown.documents).end_object(); };
  json.begin_object().key("node");
  write(knowledge.entities[at(entity)]);
  json.key("neighbours").begin_array();
  for (const Neighbour& neighbour : neighbours) {
    const Relation& relation = knowledge.relations[at(neighbour.relation)];
    json.begin_object().field("relation", relation.name).field("direction", neighbour.outgoing ? "out" : "in").key("entity");
    write(knowledge.entities[at(neighbour.entity)]);
    json.field("documents", relation.documents).key("evidence").begin_object().field("record", relation.record).field("sentence", relation.sentence).end_object().end_object();
  }
  json.end_array().end_object();
  return std::move(json).text();
}

}  // namespace jianwei::workflow

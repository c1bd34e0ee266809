#include "workflow/views/knowledge.h"

#include <algorithm>
#include <set>

#include "workflow/views/href.h"

namespace jianwei::workflow {
namespace {

std::size_t at(std::int64_t i) { return static_cast<std::size_t>(i); }

}  // namespace

KnowledgeIndex::KnowledgeIndex(Knowledge knowledge) : knowledge_(std::move(knowledge)), relations_(knowledge_.entities.size()) {
  for (std::size_t e = 0; e < knowledge_.entities.size(); ++e) ids_[knowledge_.entities[e].id] = static_cast<std::int32_t>(e);
  for (std::size_t r = 0; r < knowledge_.relations.size(); ++r) {
    const Relation& relation = knowledge_.relations[r];
    relations_[at(relation.source)].push_back(static_cast<std::int32_t>(r));
    if (relation.target != relation.source) relations_[at(relation.target)].push_back(static_cast<std::int32_t>(r));
  }
}

Result<std::int32_t> KnowledgeIndex::find(std::string_view text) const {
  const auto found = ids_.find(text);
  if (found != ids_.end()) return found->second;
  return find_entity(knowledge_, text);
}

std::vector<Neighbour> KnowledgeIndex::neighbours(std::int32_t entity, std::string_view name) const {
  std::vector<Neighbour> neighbours;
  for (const std::int32_t r : relations_[at(entity)]) {
    const Relation& relation = knowledge_.relations[at(r)];
    if (!name.empty() && relation.name != name) continue;
    const bool outgoing = relation.source == entity;
    neighbours.push_back({outgoing ? relation.target : relation.source, r, outgoing});
  }
  sort_neighbours(knowledge_, neighbours);
  return neighbours;
}

Result<std::string> knowledge_json(const KnowledgeIndex& index, const KnowledgeRequest& request, std::string_view base) {
  const Knowledge& knowledge = index.knowledge();
  const std::int32_t start = TRY(index.find(request.entity));
  std::vector<std::pair<std::int32_t, int>> nodes = {{start, 0}};  // entity, steps from the start
  std::set<std::int32_t> known = {start}, edges;
  const auto add_around = [&](std::int32_t entity, std::size_t limit, int depth) {
    std::vector<Neighbour> around = index.neighbours(entity, request.relation);
    const std::size_t total = around.size();
    if (around.size() > limit) around.resize(limit);
    for (const Neighbour& neighbour : around) {
      edges.insert(neighbour.relation);
      if (known.insert(neighbour.entity).second) nodes.emplace_back(neighbour.entity, depth);
    }
    return total;
  };
  const std::size_t total = add_around(start, request.limit, 1);
  if (request.depth > 1) {
    const std::vector<std::pair<std::int32_t, int>> first(nodes.begin() + 1, nodes.end());
    for (const auto& [entity, depth] : first) add_around(entity, std::max<std::size_t>(1, request.limit / 5), 2);
  }
  JsonWriter json;
  json.begin_object().field("node", knowledge.entities[at(start)].id).field("total", total).key("nodes").begin_array();
  for (const auto& [e, depth] : nodes) {
    const Entity& entity = knowledge.entities[at(e)];
    json.begin_object().field("id", entity.id).field("kind", entity.kind).field("label", entity.label).field("documents", entity.documents).field("depth", depth).end_object();
  }
  json.end_array().key("edges").begin_array();
  for (const std::int32_t r : edges) {
    const Relation& relation = knowledge.relations[at(r)];
    json.begin_object().field("source", knowledge.entities[at(relation.source)].id).field("target", knowledge.entities[at(relation.target)].id).field("relation", relation.name).field("documents", relation.documents);
    json.key("evidence").begin_object().field("record", relation.record).field("sentence", relation.sentence);
    write_href(json, "href", base, "records/" + relation.record);
    json.end_object().end_object();
  }
  return json.end_array().end_object().text();
}

}  // namespace jianwei::workflow

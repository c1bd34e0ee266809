// The knowledge graph around one entity, with the sentence behind every edge.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/result.h"
#include "workflow/links/knowledge.h"

namespace jianwei::workflow {

// Knowledge with what finds things in it fast.
class KnowledgeIndex {
 public:
  explicit KnowledgeIndex(Knowledge knowledge);
  const Knowledge& knowledge() const { return knowledge_; }
  // As neighbours_of(), of all relations of the node.
  std::vector<Neighbour> neighbours(std::int32_t entity, std::string_view relation) const;
  // An id, or a name as find_entity() takes it. Errors: those of find_entity()
  Result<std::int32_t> find(std::string_view text) const;

 private:
  Knowledge knowledge_;
  std::unordered_map<std::string_view, std::int32_t> ids_;
  std::vector<std::vector<std::int32_t>> relations_;  // [entities] increasing
};

struct KnowledgeRequest {
  std::string entity;       // an id or a name
  std::string relation;     // "" = all
  std::size_t limit = 25;   // neighbours of the entity, strongest first
  int depth = 1;            // 2: also a few neighbours of each neighbour
};

// {"node","nodes":[{id,kind,label,documents,depth}],"edges":[{source,target,relation,documents,evidence:{record,sentence}}],"total":neighbours there are}
Result<std::string> knowledge_json(const KnowledgeIndex& index, const KnowledgeRequest& request, std::string_view base);

}  // namespace jianwei::workflow

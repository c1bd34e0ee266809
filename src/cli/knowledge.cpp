#include <memory>

#include "cli/command_list.h"
#include "cli/workspace_options.h"
#include "workflow/links/knowledge.h"

namespace jianwei::cli {

Action define_knowledge(CLI::App& app) {
  struct Options {
    WorkspaceOption workspace;
    StudyOptions study;
    std::string node, relation;
    std::int32_t top = 20;
  };
  auto options = std::make_shared<Options>();
  options->workspace.define(app);
  options->study.define(app);
  const Language language = environment_language();
  app.add_option("NODE", options->node, message(language, "option.node"))->required();
  app.add_option("--relation", options->relation, message(language, "option.relation"))
      ->check(CLI::IsMember({"uses", "improves", "applied_to", "kind_of", "co_occurs", "works_on", "affiliated", "located_in", "cites", "published_in", "about"}));
  app.add_option("--top", options->top, message(language, "option.top"))->check(CLI::Range(1, 1'000'000));
  return [options](Session& session) -> Result<> {
    const workflow::StudyResult result = TRY(find_result(session, options->workspace, options->study, "knowledge", true));
    const workflow::Workspace workspace = TRY(options->workspace.open(session, store::Access::read, "knowledge"));
    const workflow::Knowledge knowledge = TRY(workflow::build_knowledge(workspace, result, {}, *session.progress));
    const std::int32_t entity = TRY(workflow::find_entity(knowledge, options->node));
    std::vector<workflow::Neighbour> neighbours = workflow::neighbours_of(knowledge, entity, options->relation);
    if (neighbours.size() > static_cast<std::size_t>(options->top)) neighbours.resize(static_cast<std::size_t>(options->top));
    if (session.json) {
      session.print(workflow::neighbours_json(knowledge, entity, neighbours));
      return {};
    }
    const workflow::Entity& node = knowledge.entities[static_cast<std::size_t>(entity)];
    session.print(fmt::format("{}  {}  [{}]", node.id, node.label, node.kind));
    TextTable table({session.say("column.relation"), session.say("column.label"), session.say("column.id"), session.say("column.weight"), session.say("column.record"), session.say("column.evidence")},
                    {false, false, false, true, false, false});
    for (const workflow::Neighbour& neighbour : neighbours) {
      const workflow::Relation& relation = knowledge.relations[static_cast<std::size_t>(neighbour.relation)];
      const workflow::Entity& other = knowledge.entities[static_cast<std::size_t>(neighbour.entity)];
      table.add({fmt::format("{} {}", neighbour.outgoing ? "→" : "←", relation.name), other.label, other.id, thousands(relation.documents), relation.record, relation.sentence});
    }
    session.print(table.text(terminal_width()));
    return {};
  };
}

}  // namespace jianwei::cli

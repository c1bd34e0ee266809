#include <memory>

#include "cli/command_list.h"
#include "cli/workspace_options.h"
#include "workflow/links/impact.h"

namespace jianwei::cli {
namespace {

using workflow::ImpactOrder;

struct Options {
  WorkspaceOption workspace;
  StudyOptions study;
  std::string order = "disruption";
  std::int32_t window = 5;
  std::int32_t top = 20;
};

ImpactOrder order_of(const std::string& name) {
  if (name == "consolidation") return ImpactOrder::consolidation;
  if (name == "novelty") return ImpactOrder::novelty;
  if (name == "new-combinations") return ImpactOrder::new_combinations;
  if (name == "diversity") return ImpactOrder::diversity;
  return name == "main-path" ? ImpactOrder::main_path : ImpactOrder::disruption;
}

void print_documents(const Session& session, const workflow::StudyResult& result, const workflow::Impact& impact, const Options& options) {
  TextTable table({session.say("column.id"), session.say("column.year"), fmt::format("CD{}", options.window), "n_i/n_j/n_k", session.say("column.atypical"), session.say("column.new_combinations"),
                   session.say("column.diversity"), session.say("column.paths"), session.say("column.title")},
                  {false, true, true, true, true, true, true, true, false});
  const std::vector<std::int32_t> documents = workflow::order_documents(impact, order_of(options.order));
  for (std::size_t i = 0; i < std::min(documents.size(), static_cast<std::size_t>(options.top)); ++i) {
    const auto d = static_cast<std::size_t>(documents[i]);
    const analysis::Disruption& cd = impact.disruption[d];
    table.add({result.dataset.record_ids[d], std::to_string(result.dataset.year[d]), cd.measured ? fmt::format("{:+.3f}", cd.index()) : "–",
               cd.measured ? fmt::format("{}/{}/{}", cd.only_focal, cd.both, cd.only_references) : "–", impact.novelty[d].pairs > 0 ? fmt::format("{:+.2f}", impact.novelty[d].tenth_percentile_z) : "–",
               impact.new_combinations[d].measured ? fmt::format("{:.2f}", impact.new_combinations[d].novelty) : "–",
               impact.diversity[d] >= 0.0 ? fmt::format("{:.3f}", impact.diversity[d]) : "–", impact.has_references ? percent(impact.main_path.through[d]) : "–", result.titles[d]});
  }
  session.print(table.text(terminal_width()));
}

void print_topics(const Session& session, const workflow::StudyResult& result, const workflow::Impact& impact) {
  TextTable table({session.say("column.id"), session.say("column.documents"), fmt::format("CD ({})", session.say("column.documents")), session.say("column.share_atypical"), session.say("column.diversity"),
                   session.say("column.label")},
                  {false, true, true, true, true, false});
  for (std::size_t k = 0; k < impact.topics.size(); ++k) {
    const workflow::TopicImpact& topic = impact.topics[k];
    table.add({result.topics[k].id, thousands(topic.documents), topic.disruption_measured > 0 ? fmt::format("{:+.3f} ({})", topic.mean_disruption, topic.disruption_measured) : "–", percent(topic.share_atypical),
               impact.has_references ? fmt::format("{:.3f}", topic.diversity) : "–", session.language == Language::zh ? result.topics[k].label_zh : result.topics[k].label_en});
  }
  session.print("\n" + table.text(terminal_width()));
}

}  // namespace

Action define_impact(CLI::App& app) {
  auto options = std::make_shared<Options>();
  options->workspace.define(app);
  options->study.define(app);
  const Language language = environment_language();
  app.add_option("--by", options->order, message(language, "option.impact_by"))->check(CLI::IsMember({"disruption", "consolidation", "novelty", "new-combinations", "diversity", "main-path"}));
  app.add_option("--window", options->window, message(language, "option.window"))->check(CLI::Range(1, 100));
  app.add_option("--top", options->top, message(language, "option.top"))->check(CLI::Range(1, 1'000'000));
  return [options](Session& session) -> Result<> {
    const workflow::StudyResult result = TRY(find_result(session, options->workspace, options->study, "impact", true));
    const workflow::Workspace workspace = TRY(options->workspace.open(session, store::Access::read, "impact"));
    const workflow::Impact impact = TRY(workflow::measure_impact(workspace, result, options->window, *session.progress));
    if (!impact.has_references) session.note(session.say("impact.no_references"));
    if (impact.basis == workflow::NoveltyBasis::terms) session.note(session.say("impact.novelty_of_terms"));
    if (session.json) {
      session.print(workflow::impact_json(result, impact, order_of(options->order), static_cast<std::size_t>(options->top)));
      return {};
    }
    print_documents(session, result, impact, *options);
    print_topics(session, result, impact);
    return {};
  };
}

}  // namespace jianwei::cli

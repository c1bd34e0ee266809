#include <CLI/Option.hpp>
#include <algorithm>
#include <memory>
#include <numeric>

#include "cli/command_list.h"
#include "cli/workspace_options.h"
#include "workflow/report/sections.h"
#include "workflow/run/run.h"
#include "workflow/run/topic_checks.h"
#include "workflow/run/topic_lineage.h"
#include "workflow/views/topics.h"

namespace jianwei::cli {
namespace {

struct Options {
  WorkspaceOption workspace;
  StudyOptions study;
  std::int32_t top = 0;
  std::string history;  // a topic; "" all of them
  bool quality = false;
};

// Domains with their areas and the topics of each, as an indented list.
void print_levels(const Session& session, const workflow::StudyResult& result) {
  const workflow::TopicLevels& levels = result.topic_levels;
  // Each record counts where it is placed, so that a level adds up to the one above.
  std::vector<std::int64_t> placed(result.topics.size(), 0);
  for (const std::int32_t topic : levels.document_topic) {
    if (topic >= 0) ++placed[static_cast<std::size_t>(topic)];
  }
  const auto line = [&](int depth, const auto& row, std::int64_t records) {
    const std::string& label = session.language == Language::zh ? row.label_zh : row.label_en;
    session.print(fmt::format("{:{}}{}  {}  {}", "", 2 * depth, row.id, thousands(records), label));
  };
  for (std::size_t d = 0; d < levels.domains.size(); ++d) {
    line(0, levels.domains[d], levels.domains[d].document_count);
    for (std::size_t a = 0; a < levels.areas.size(); ++a) {
      if (levels.areas[a].parent != static_cast<std::int32_t>(d)) continue;
      line(1, levels.areas[a], levels.areas[a].document_count);
      for (std::size_t k = 0; k < result.topics.size(); ++k) {
        if (levels.topic_area[k] == static_cast<std::int32_t>(a)) line(2, result.topics[k], placed[k]);
      }
    }
  }
}

Result<> show_quality(const Session& session, const Options& options) {
  if (options.study.asked()) TRY(find_result(session, options.workspace, options.study, "topics", true));
  workflow::Workspace workspace = TRY(options.workspace.open(session, store::Access::read, "topics"));
  const workflow::StudyResult result = TRY(workflow::load_machine_run(workspace, ""));  // quality is that of the machine's fit
  const std::optional<analysis::VectorTable> vectors = TRY(workflow::load_run_vectors(workspace, result, *session.progress));
  const workflow::TopicQualitySheet quality = TRY(workflow::check_topics(result, TRY(workflow::load_run_counts(workspace, result)), vectors ? &*vectors : nullptr, *session.progress));
  if (session.json) {
    session.print(workflow::topic_quality_json(result, quality));
    return {};
  }
  TextTable table({session.say("column.id"), session.say("column.coverage"), "NPMI", session.say("column.exclusivity"), session.say("column.seed_stability"), session.say("column.sample_stability"), session.say("column.label")},
                  {false, true, true, true, true, true, false});
  for (std::size_t k = 0; k < quality.topics.size(); ++k) {
    const workflow::TopicQualityRow& row = quality.topics[k];
    table.add({result.topics[k].id, percent(row.coverage), fmt::format("{:.2f}", row.npmi), fmt::format("{:.2f}", row.exclusivity), fmt::format("{:.2f}", row.seed_stability), fmt::format("{:.2f}", row.sample_stability),
               session.language == Language::zh ? result.topics[k].label_zh : result.topics[k].label_en});
  }
  session.print(table.text(terminal_width()));
  const auto mean = [](const std::vector<double>& values) { return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(std::max<std::size_t>(1, values.size())); };
  session.print(session.say("topic_sheet.quality", percent(quality.coverage), mean(quality.seed_rand), mean(quality.sample_rand), quality.diversity));
  return {};
}

using store::TopicEventRow;
using store::TopicGenerationRow;

// Label of a topic as its own generation, or the one before, called it.
std::string label_of(const Session& session, const std::vector<TopicGenerationRow>& generations, const TopicGenerationRow& at, std::int64_t number) {
  for (const std::int64_t id : {at.id, at.parent_id}) {
    for (const TopicGenerationRow& generation : generations) {
      if (generation.id != id) continue;
      for (const store::GenerationTopicRow& topic : generation.topics) {
        if (topic.number == number) return session.language == Language::zh ? topic.label_zh : topic.label_en;
      }
    }
  }
  return "";
}

void print_history(const Session& session, const std::vector<TopicGenerationRow>& generations, std::int64_t wanted) {
  for (const TopicGenerationRow& generation : generations) {
    session.print(session.say("history.generation", generation.created_at, generation.snapshot_id, thousands(generation.record_count), generation.topics.size()));
    if (generation.parent_id != 0) {
      const double kept = generation.shared_count > 0 ? static_cast<double>(generation.kept_count) / static_cast<double>(generation.shared_count) : 0.0;
      session.print(session.say(generation.warm ? "history.kept_warm" : "history.kept_fresh", percent(kept), thousands(generation.shared_count), generation.adjusted_rand));
    }
    TextTable table({session.say("column.event"), session.say("column.from"), session.say("column.to"), session.say("column.overlap"), session.say("column.shared"), session.say("column.label")},
                    {false, false, false, true, true, false});
    bool any = false;
    for (const TopicEventRow& event : generation.events) {
      if (wanted != 0 ? !workflow::concerns(event, wanted) : event.kind == "continuation") continue;  // without a topic: only what changed
      const auto ids = [](const std::vector<std::int64_t>& numbers) {
        std::string text;
        for (const std::int64_t number : numbers) text += fmt::format("{}topic-{}", text.empty() ? "" : " ", number);
        return text;
      };
      std::string labels;
      for (const std::int64_t number : event.to.empty() ? event.from : event.to) labels += (labels.empty() ? "" : " | ") + label_of(session, generations, generation, number);
      table.add({session.say("event." + event.kind), ids(event.from), ids(event.to), fmt::format("{:.2f}", event.overlap), thousands(event.documents_shared), labels});
      any = true;
    }
    if (any) session.print(table.text(terminal_width()));
  }
}

Result<> show_history(const Session& session, const Options& options) {
  const workflow::StudyResult result = TRY(find_result(session, options.workspace, options.study, "topics", true));
  const workflow::Workspace workspace = TRY(options.workspace.open(session, store::Access::read, "topics"));
  const std::vector<TopicGenerationRow> generations = TRY(workflow::topic_history(workspace, result.study));
  const std::int64_t wanted = TRY(workflow::parse_topic_number(options.history, generations));
  if (session.json) {
    session.print(workflow::topic_history_json(generations, wanted));
  } else {
    print_history(session, generations, wanted);
  }
  return {};
}

}  // namespace

Action define_topics(CLI::App& app) {
  auto options = std::make_shared<Options>();
  options->workspace.define(app);
  options->study.define(app);
  app.add_option("--top", options->top, message(environment_language(), "option.top"))->check(CLI::Range(1, 1'000'000));
  app.add_option("--history", options->history, message(environment_language(), "option.topic_history"))->expected(0, 1)->type_name("[TOPIC]");
  app.add_flag("--quality", options->quality, message(environment_language(), "option.topic_quality"));
  CLI::Option* const history = app.get_option("--history");
  return [options, history](Session& session) -> Result<> {
    if (history->count() > 0) return show_history(session, *options);
    if (options->quality) return show_quality(session, *options);
    const workflow::StudyResult result = TRY(find_result(session, options->workspace, options->study, "topics", true));
    if (session.json) {
      session.print(workflow::topics_json(result));
      return {};
    }
    TextTable table({session.say("column.id"), session.say("column.documents"), session.say("column.growth_rate"), session.say("column.growth_count"), session.say("column.label"), session.say("column.terms")},
                    {false, true, true, true, false, false});
    const std::size_t count = options->top > 0 ? std::min(result.topics.size(), static_cast<std::size_t>(options->top)) : result.topics.size();
    for (std::size_t k = 0; k < count; ++k) {
      const workflow::TopicRow& topic = result.topics[k];
      std::string terms;
      for (std::size_t i = 0; i < std::min<std::size_t>(8, topic.terms.size()); ++i) terms += (i > 0 ? ", " : "") + result.terms[static_cast<std::size_t>(topic.terms[i].first)].label;
      const auto& units = result.topic_results;
      table.add({topic.id, thousands(units.documents.offsets[k + 1] - units.documents.offsets[k]), workflow::rate_text(units.indicators[k].rate),
                 fmt::format("{:+.0f}", units.indicators[k].windows.growth_count), session.language == Language::zh ? topic.label_zh : topic.label_en, terms});
    }
    session.print(table.text(terminal_width()));
    if (!result.topic_levels.empty()) {
      session.print("\n" + session.say("topic_sheet.levels", result.topic_levels.domains.size(), result.topic_levels.areas.size(), result.topics.size()));
      print_levels(session, result);
    }
    return {};
  };
}

}  // namespace jianwei::cli

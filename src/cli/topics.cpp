#include <memory>

#include "base/json_writer.h"
#include "cli/command_list.h"
#include "cli/workspace_options.h"
#include "workflow/report/sections.h"

namespace jianwei::cli {
namespace {

struct Options {
  WorkspaceOption workspace;
  StudyOptions study;
  std::int32_t top = 0;
};

void print_json(const Session& session, const workflow::StudyResult& result) {
  JsonWriter json;
  json.begin_array();
  for (std::size_t k = 0; k < result.topics.size(); ++k) {
    const workflow::TopicRow& topic = result.topics[k];
    json.begin_object().field("id", topic.id).key("label").begin_object().field("zh", topic.label_zh).field("en", topic.label_en).end_object();
    json.key("terms").begin_array();
    for (const auto& [term, weight] : topic.terms) json.begin_array().value(result.terms[static_cast<std::size_t>(term)].label).value(weight).end_array();
    const auto& units = result.topic_results;
    json.end_array().field("documents", units.documents.offsets[k + 1] - units.documents.offsets[k]).key("series").begin_object();
    for (std::int64_t y = 0; y < units.series.years.count(); ++y) {
      json.field(std::to_string(units.series.years.first + y), units.series.count_row(static_cast<std::int64_t>(k))[static_cast<std::size_t>(y)]);
    }
    const workflow::Indicators& indicators = units.indicators[k];
    json.end_object().key("quality").begin_object().field("npmi", topic.npmi).field("exclusivity", topic.exclusivity).field("weight", topic.document_weight).end_object();
    json.key("growth").begin_object().field("log_slope", indicators.rate.log_slope).field("low", indicators.rate.low).field("high", indicators.rate.high);
    json.field("count", indicators.windows.growth_count).field("diversity", indicators.growth_diversity_organisations).field("change", indicators.change).end_object();
    json.end_object();
  }
  session.print(json.end_array().text());
}

}  // namespace

Action define_topics(CLI::App& app) {
  auto options = std::make_shared<Options>();
  options->workspace.define(app);
  options->study.define(app);
  app.add_option("--top", options->top, message(environment_language(), "option.top"))->check(CLI::Range(1, 1'000'000));
  return [options](Session& session) -> Result<> {
    const workflow::StudyResult result = TRY(find_result(session, options->workspace, options->study, "topics", true));
    if (session.json) {
      print_json(session, result);
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
    return {};
  };
}

}  // namespace jianwei::cli

#include <CLI/Option.hpp>
#include <algorithm>
#include <memory>
#include <numeric>

#include "base/json_writer.h"
#include "cli/command_list.h"
#include "cli/workspace_options.h"
#include "workflow/report/sections.h"
#include "workflow/run/topic_checks.h"
#include "workflow/run/topic_lineage.h"

namespace jianwei::cli {
namespace {

struct Options {
  WorkspaceOption workspace;
  StudyOptions study;
  std::int32_t top = 0;
  std::string history;  // a topic; "" all of them
  bool quality = false;
};

void print_level(JsonWriter& json, const workflow::LevelRow& level) {
  json.begin_object().field("id", level.id).key("label").begin_object().field("zh", level.label_zh).field("en", level.label_en).end_object().field("documents", level.document_count).end_object();
}

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
    if (!result.topic_levels.empty()) {
      const workflow::LevelRow& area = result.topic_levels.areas[static_cast<std::size_t>(result.topic_levels.topic_area[k])];
      print_level(json.key("area"), area);
      print_level(json.key("domain"), result.topic_levels.domains[static_cast<std::size_t>(area.parent)]);
    }
    json.key("growth").begin_object().field("log_slope", indicators.rate.log_slope).field("low", indicators.rate.low).field("high", indicators.rate.high);
    json.field("count", indicators.windows.growth_count).field("diversity", indicators.growth_diversity_organisations).field("change", indicators.change).end_object();
    json.end_object();
  }
  session.print(json.end_array().text());
}

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

void print_quality_json(const Session& session, const workflow::StudyResult& result, const workflow::TopicQualitySheet& quality) {
  JsonWriter json;
  json.begin_object().field("run", result.run_id).field("method", workflow::to_string(result.study.topic_method)).field("coverage", quality.coverage).field("diversity", quality.diversity);
  json.key("adjusted_rand_seeds").begin_array();
  for (const double value : quality.seed_rand) json.value(value);
  json.end_array().key("adjusted_rand_subsamples").begin_array();
  for (const double value : quality.sample_rand) json.value(value);
  json.end_array().key("topics").begin_array();
  for (std::size_t k = 0; k < quality.topics.size(); ++k) {
    const workflow::TopicQualityRow& row = quality.topics[k];
    json.begin_object().field("id", result.topics[k].id).field("npmi", row.npmi).field("exclusivity", row.exclusivity).field("coverage", row.coverage);
    json.field("seed_stability", row.seed_stability).field("sample_stability", row.sample_stability).end_object();
  }
  session.print(json.end_array().end_object().text());
}

Result<> show_quality(const Session& session, const Options& options) {
  const workflow::StudyResult result = TRY(find_result(session, options.workspace, options.study, "topics", true));
  workflow::Workspace workspace = TRY(options.workspace.open(session, store::Access::read, "topics"));
  const std::optional<analysis::VectorTable> vectors = TRY(workflow::load_run_vectors(workspace, result, *session.progress));
  const workflow::TopicQualitySheet quality = TRY(workflow::check_topics(result, TRY(workflow::load_run_counts(workspace)), vectors ? &*vectors : nullptr, *session.progress));
  if (session.json) {
    print_quality_json(session, result, quality);
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

bool concerns(const TopicEventRow& event, std::int64_t number) {
  return std::find(event.from.begin(), event.from.end(), number) != event.from.end() || std::find(event.to.begin(), event.to.end(), number) != event.to.end();
}

void print_history_json(const Session& session, const std::vector<TopicGenerationRow>& generations, std::int64_t wanted) {
  JsonWriter json;
  json.begin_array();
  for (const TopicGenerationRow& generation : generations) {
    json.begin_object().field("generation", generation.id).field("created", generation.created_at).field("snapshot", generation.snapshot_id).field("started_from_last_model", generation.warm);
    json.field("records", generation.record_count).field("shared_documents", generation.shared_count).field("kept_documents", generation.kept_count).field("adjusted_rand", generation.adjusted_rand);
    json.key("topics").begin_array();
    for (const store::GenerationTopicRow& topic : generation.topics) {
      if (wanted != 0 && topic.number != wanted) continue;
      json.begin_object().field("id", fmt::format("topic-{}", topic.number)).field("documents", topic.document_count);
      json.key("label").begin_object().field("zh", topic.label_zh).field("en", topic.label_en).end_object().end_object();
    }
    json.end_array().key("events").begin_array();
    for (const TopicEventRow& event : generation.events) {
      if (wanted != 0 && !concerns(event, wanted)) continue;
      json.begin_object().field("event", event.kind).key("from").begin_array();
      for (const std::int64_t number : event.from) json.value(fmt::format("topic-{}", number));
      json.end_array().key("to").begin_array();
      for (const std::int64_t number : event.to) json.value(fmt::format("topic-{}", number));
      json.end_array().field("overlap", event.overlap).field("documents_before", event.documents_before).field("documents_after", event.documents_after);
      json.field("documents_shared", event.documents_shared).key("evidence").begin_array();
      for (const std::string& id : event.evidence) json.value(id);
      json.end_array().end_object();
    }
    json.end_array().end_object();
  }
  session.print(json.end_array().text());
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
      if (wanted != 0 ? !concerns(event, wanted) : event.kind == "continuation") continue;  // without a topic: only what changed
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

// "topic-12" or "12"; 0 for every topic.
Result<std::int64_t> parse_topic(const std::string& text, const std::vector<TopicGenerationRow>& generations) {
  if (text.empty()) return 0;
  const std::string digits = text.starts_with("topic-") ? text.substr(6) : text;
  if (digits.empty() || digits.size() > 9 || digits.find_first_not_of("0123456789") != std::string::npos) return fail(ErrorKind::invalid_input, "\"{}\" is no topic id: write topic-12", text);
  const std::int64_t number = std::stoll(digits);
  for (const TopicGenerationRow& generation : generations) {
    for (const store::GenerationTopicRow& topic : generation.topics) {
      if (topic.number == number) return number;
    }
  }
  return fail(ErrorKind::not_found, "no run of this study had a topic-{}: `jianwei topics` lists the present ones", number);
}

Result<> show_history(const Session& session, const Options& options) {
  const workflow::StudyResult result = TRY(find_result(session, options.workspace, options.study, "topics", true));
  const workflow::Workspace workspace = TRY(options.workspace.open(session, store::Access::read, "topics"));
  const std::vector<TopicGenerationRow> generations = TRY(workflow::topic_history(workspace, result.study));
  const std::int64_t wanted = TRY(parse_topic(options.history, generations));
  if (session.json) {
    print_history_json(session, generations, wanted);
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
    if (!result.topic_levels.empty()) {
      session.print("\n" + session.say("topic_sheet.levels", result.topic_levels.domains.size(), result.topic_levels.areas.size(), result.topics.size()));
      print_levels(session, result);
    }
    return {};
  };
}

}  // namespace jianwei::cli

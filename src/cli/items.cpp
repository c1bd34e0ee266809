#include <memory>

#include "cli/command_list.h"
#include "cli/workspace_options.h"
#include "workflow/items/item_study.h"
#include "workflow/run/run.h"

namespace jianwei::cli {
namespace {

struct Options {
  WorkspaceOption corpus;
  std::string file, column, field, linkage = "ward", output;
  std::int32_t clusters = 0;
  std::uint64_t seed = 1;
};

void print_clusters(const Session& session, const workflow::ItemStudy& study) {
  TextTable table({session.say("column.id"), session.say("column.items"), session.say("column.stability"), session.say("column.fields"), session.say("column.label"), session.say("column.central_item")},
                  {true, true, true, false, false, false});
  for (std::size_t c = 0; c < study.clustering.clusters.size(); ++c) {
    const analysis::ItemCluster& cluster = study.clustering.clusters[c];
    std::string fields;
    if (!cluster.fields.empty()) fields = study.list.field_names[static_cast<std::size_t>(cluster.fields[0].first)];
    if (cluster.crosses) fields = fmt::format("{} ({:.1f})", session.say("items.crossing"), cluster.effective_fields);
    table.add({std::to_string(c + 1), std::to_string(cluster.items.size()), fmt::format("{:.2f}", cluster.stability), fields, study.labels[c],
               study.list.texts[static_cast<std::size_t>(cluster.central_item)]});
  }
  session.print(table.text(terminal_width()));
}

void print_uncovered(const Session& session, const workflow::ItemStudy& study, const workflow::StudyResult& corpus) {
  std::size_t open = 0;
  for (const analysis::TopicCoverage& row : study.coverage) open += row.covered ? 0 : 1;
  session.print(open == 0 ? session.say("items.all_covered") : session.say("items.uncovered", open, study.coverage.size()));
  for (const analysis::TopicCoverage& row : study.coverage) {
    if (row.covered) continue;
    const workflow::TopicRow& topic = corpus.topics[static_cast<std::size_t>(row.topic)];
    session.print(fmt::format("  {}  {}", topic.id, session.language == Language::zh ? topic.label_zh : topic.label_en));
  }
}

Result<> run_items(Session& session, const Options& options) {
  workflow::ItemList list = TRY(workflow::read_items(options.file, options.column, options.field));
  std::optional<workflow::StudyResult> corpus;
  if (!options.corpus.path.empty()) {
    workflow::Workspace workspace = TRY(options.corpus.open(session, store::Access::read, "items"));
    corpus = TRY(workflow::load_latest_run(workspace));
  }
  analysis::ItemClusterOptions cluster_options;
  cluster_options.linkage = options.linkage == "average" ? analysis::Linkage::average : analysis::Linkage::ward;
  cluster_options.cluster_count = options.clusters;
  cluster_options.seed = options.seed;
  cluster_options.thread_count = session.thread_count;
  const workflow::StudyResult* seen = corpus ? &*corpus : nullptr;
  const workflow::ItemStudy study = TRY(workflow::study_items(std::move(list), seen, cluster_options, *session.progress));
  std::vector<std::filesystem::path> files;
  if (!options.output.empty()) files = TRY(workflow::write_item_study(study, seen, options.output, session.language));
  if (corpus && !study.from_corpus) session.note(session.say("items.few_known"));
  if (session.json) {
    session.print(workflow::to_json(study, seen));
    return {};
  }
  double agreement = 0.0;
  for (const analysis::CountStability& row : study.clustering.stability) {
    if (row.cluster_count == std::ssize(study.clustering.clusters)) agreement = row.adjusted_rand;
  }
  session.print(session.say("items.done", study.list.texts.size(), study.clustering.clusters.size(), agreement, session.say(study.from_corpus ? "items.from_corpus" : "items.from_items")));
  if (!study.unplaced.empty()) session.print(session.say("items.unplaced", study.unplaced.size()));
  print_clusters(session, study);
  if (corpus && study.from_corpus) print_uncovered(session, study, *corpus);
  for (const std::filesystem::path& file : files) session.note(session.say("export.done", file.filename().string(), file.string()));
  return {};
}

}  // namespace

Action define_items(CLI::App& app) {
  auto options = std::make_shared<Options>();
  const Language language = environment_language();
  app.add_option("FILE", options->file, message(language, "option.items_file"))->required();
  app.add_option("--corpus", options->corpus.path, message(language, "option.items_corpus"));
  app.add_option("--clusters", options->clusters, message(language, "option.items_clusters"))->check(CLI::Range(0, 20'000));
  app.add_option("--linkage", options->linkage, message(language, "option.items_linkage"))->check(CLI::IsMember({"ward", "average"}));
  app.add_option("--column", options->column, message(language, "option.items_column"));
  app.add_option("--field", options->field, message(language, "option.items_field"));
  app.add_option("--seed", options->seed, message(language, "option.seed"));
  app.add_option("-o,--output", options->output, message(language, "option.items_output"));
  return [options](Session& session) -> Result<> { return run_items(session, *options); };
}

}  // namespace jianwei::cli

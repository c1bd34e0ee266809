#include "workflow/export/export.h"

#include <algorithm>

#include "base/file.h"
#include "base/strings.h"
#include "products/exporters/bibliography.h"
#include "store/record_parquet.h"
#include "store/table.h"
#include "store/table_feed.h"
#include "workflow/export/tables.h"
#include "workflow/export/topic_sheets.h"
#include "workflow/links/impact.h"
#include "workflow/links/knowledge.h"
#include "workflow/run/run.h"
#include "workflow/run/topic_checks.h"
#include "workflow/run/topic_lineage.h"
#include "workflow/indicators/indicators.h"
#include "workflow/lag/lag.h"
#include "workflow/standing/standing.h"
#include "workflow/unmerge.h"

namespace jianwei::workflow {
namespace {

namespace fs = std::filesystem;

struct Exportable {
  std::string name;
  bool from_run;
};

const std::vector<Exportable>& table() {
  static const std::vector<Exportable> rows = [] {
    std::vector<Exportable> all = {{"records", false}, {"links", false}, {"topics", true}, {"topics-documents", true}, {"topics-periods", true}, {"topics-links", true}, {"topics-events", true},
                                   {"topics-levels", true}, {"topics-relations", true}, {"topics-quality", true}, {"terms", true}, {"emerging", true}, {"weak-signals", true}, {"bursts", true}, {"map", true},
                                   {"impact", true}, {"knowledge-entities", true}, {"knowledge-relations", true}, {"indicators-terms", true}, {"indicators-topics", true}, {"countries", true},
                                   {"organisations", true}, {"lag-terms", true}, {"lag-topics", true}};
    for (const std::string& name : network_names()) all.push_back({name, true});
    return all;
  }();
  return rows;
}

// A column is written as the type all its cells have, else as text.
store::Table to_table(const products::Sheet& sheet) {
  store::Table made;
  for (std::size_t c = 0; c < sheet.columns.size(); ++c) {
    const auto all = [&](auto holds) { return std::all_of(sheet.rows.begin(), sheet.rows.end(), [&](const auto& row) { return holds(row[c]); }); };
    if (!sheet.rows.empty() && all([](const products::Cell& cell) { return std::holds_alternative<std::int64_t>(cell); })) {
      auto& values = made.add<std::int64_t>(sheet.columns[c]);
      for (const auto& row : sheet.rows) values.push_back(std::get<std::int64_t>(row[c]));
    } else if (!sheet.rows.empty() && all([](const products::Cell& cell) { return std::holds_alternative<double>(cell); })) {
      auto& values = made.add<double>(sheet.columns[c]);
      for (const auto& row : sheet.rows) values.push_back(std::get<double>(row[c]));
    } else {
      auto& values = made.add<std::string>(sheet.columns[c]);
      for (const auto& row : sheet.rows) {
        values.push_back(std::visit(
            [](const auto& value) -> std::string {
              if constexpr (std::is_same_v<std::decay_t<decltype(value)>, std::monostate>) return "";
              else return fmt::format("{}", value);
            },
            row[c]));
      }
    }
  }
  return made;
}

struct MergedRecords {
  std::vector<Record> records;
  std::vector<std::string> ids;  // [records]
};

Result<MergedRecords> read_merged(const Workspace& workspace, Progress& progress) {
  const store::SnapshotRow snapshot = TRY(workspace.lake.latest_snapshot());
  progress.begin("export", snapshot.record_count, "records");
  store::Database database = TRY(workspace.lake.open_database(0));
  store::Connection connection = TRY(database.connect());
  MergedRecords merged;
  TRY(store::read_records(connection, "SELECT * FROM " + store::parquet_sql({workspace.lake.path(snapshot.merged_path)}) + " ORDER BY coalesce(date, ''), key", {},
                          [&](std::vector<store::RecordRow>&& rows) -> Result<> {
                            progress.advance(static_cast<std::int64_t>(rows.size()));
                            for (store::RecordRow& row : rows) {
                              merged.ids.push_back(store::record_id(row.key));
                              merged.records.push_back(std::move(row.record));
                            }
                            return progress.check();
                          }));
  return merged;
}

Result<> export_records(const Workspace& workspace, const fs::path& path, Progress& progress) {
  const std::string ending = path.extension().string();
  if (ending == ".parquet") {  // as it stands in the lake: nested, complete
    const store::SnapshotRow snapshot = TRY(workspace.lake.latest_snapshot());
    return write_file_atomically(path, TRY(read_file(workspace.lake.path(snapshot.merged_path))));
  }
  const bool known = ending == ".ris" || ending == ".bib" || ending == ".csv" || ending == ".jsonl" || ending == ".xlsx";
  if (!known) return fail(ErrorKind::invalid_input, "{}: records are written as .csv, .xlsx, .parquet, .jsonl, .ris or .bib", path.string());
  const MergedRecords merged = TRY(read_merged(workspace, progress));
  if (ending == ".ris") return write_file_atomically(path, products::to_ris(merged.records));
  if (ending == ".bib") return write_file_atomically(path, products::to_bibtex(merged.records));
  // The id joins the rows to topics-documents and to `jianwei show`, the own id to the source.
  products::Sheet sheet = products::record_sheet(merged.records);
  sheet.columns.insert(sheet.columns.begin(), {"record", "own_id"});
  for (std::size_t i = 0; i < sheet.rows.size(); ++i) sheet.rows[i].insert(sheet.rows[i].begin(), {merged.ids[i], merged.records[i].provenance.own_id});
  return write_sheet(sheet, path);
}

Result<> export_links(const Workspace& workspace, const fs::path& path) {
  const std::vector<MergedPair> pairs = TRY(merged_pairs(workspace));
  if (path.extension() == ".csv") return write_file_atomically(path, to_csv(pairs));
  products::Sheet sheet{"links", {"record_a", "record_b", "rule", "score"}, {}};
  for (const MergedPair& pair : pairs) sheet.rows.push_back({pair.record_a, pair.record_b, pair.rule, pair.score});
  return write_sheet(sheet, path);
}

Result<> export_network(const products::Network& network, const fs::path& path) {
  const std::string ending = path.extension().string();
  const auto beside = [&](std::string_view other) { return fs::path(path).replace_extension(other); };
  if (ending == ".gexf") return write_file_atomically(path, products::to_gexf(network));
  if (ending == ".graphml") return write_file_atomically(path, products::to_graphml(network));
  if (ending == ".json") return write_file_atomically(path, products::to_vosviewer_json(network));
  if (ending == ".txt") {
    TRY(write_file_atomically(beside(".network.txt"), products::to_vosviewer_network(network)));
    return write_file_atomically(path, products::to_vosviewer_map(network));
  }
  if (ending == ".net") {
    const products::PajekFiles files = products::to_pajek(network);
    TRY(write_file_atomically(beside(".clu"), files.clu));
    TRY(write_file_atomically(beside(".vec"), files.vec));
    return write_file_atomically(path, files.net);
  }
  if (ending == ".csv") {
    products::Sheet sheet{"edges", {"source", "target", "source_label", "target_label", "weight"}, {}};
    for (const products::NetworkEdge& edge : network.edges) {
      const auto& from = network.nodes[static_cast<std::size_t>(edge.source)];
      const auto& to = network.nodes[static_cast<std::size_t>(edge.target)];
      sheet.rows.push_back({from.id, to.id, from.label, to.label, edge.weight});
    }
    return write_sheet(sheet, path);
  }
  return fail(ErrorKind::invalid_input, "{}: networks are written as .gexf, .graphml, .net (Pajek), .json or .txt (VOSviewer) or .csv", path.string());
}

}  // namespace

Result<> write_sheet(const products::Sheet& sheet, const fs::path& path) {
  const std::string ending = path.extension().string();
  if (ending == ".csv") return write_file_atomically(path, products::to_csv(sheet));
  if (ending == ".jsonl") return write_file_atomically(path, products::to_jsonl(sheet));
  if (ending == ".xlsx") return products::write_xlsx(path, std::span(&sheet, 1));
  if (ending == ".parquet") return store::write_table(to_table(sheet), path);
  return fail(ErrorKind::invalid_input, "{}: {} are written as .csv, .xlsx, .parquet or .jsonl", path.string(), sheet.name);
}

const std::vector<std::string>& exportable() {
  static const std::vector<std::string> names = [] {
    std::vector<std::string> all;
    for (const Exportable& row : table()) all.push_back(row.name);
    return all;
  }();
  return names;
}

bool needs_run(std::string_view what) {
  return std::any_of(table().begin(), table().end(), [&](const Exportable& row) { return row.name == what && row.from_run; });
}

Result<> export_file(Workspace& workspace, const StudyResult* result, std::string_view what, const NetworkRequest& request, const fs::path& path, Progress& progress) {
  if (what == "records") return export_records(workspace, path, progress);
  if (what == "links") return export_links(workspace, path);
  if (result == nullptr || !needs_run(what)) return fail(ErrorKind::invalid_input, "\"{}\" cannot be exported; known are: {}", what, join(exportable(), ", "));
  if (what == "topics") return write_sheet(topic_sheet(*result), path);
  if (what == "topics-documents") return write_sheet(topic_document_sheet(*result), path);
  if (what == "topics-periods") return write_sheet(topic_period_sheet(*result, TRY(trace_topics(*result))), path);
  if (what == "topics-links") return write_sheet(topic_link_sheet(*result, TRY(trace_topics(*result))), path);
  if (what == "topics-events") return write_sheet(topic_event_sheet(TRY(topic_history(workspace, result->study))), path);
  if (what == "topics-levels") {
    if (result->topic_levels.empty()) return fail(ErrorKind::not_found, "the topics of this run have no levels: LDA gives one level; [topics] method = \"embedded\" in the study gives three");
    return write_sheet(topic_level_sheet(*result), path);
  }
  if (what == "topics-relations") return write_sheet(to_sheet(*result, TRY(find_topic_relations(*result, TRY(load_run_counts(workspace, *result)), progress))), path);
  if (what == "topics-quality") {  // of the machine's fit
    const StudyResult machine = TRY(load_machine_run(workspace, result->run_id));
    const std::optional<analysis::VectorTable> vectors = TRY(load_run_vectors(workspace, machine, progress));
    return write_sheet(to_sheet(machine, TRY(check_topics(machine, TRY(load_run_counts(workspace, machine)), vectors ? &*vectors : nullptr, progress))), path);
  }
  if (what == "terms") return write_sheet(term_sheet(*result, TRY(load_term_evidence(workspace, *result))), path);
  if (what == "emerging") return write_sheet(emerging_sheet(*result), path);
  if (what == "weak-signals") return write_sheet(weak_signal_sheet(*result), path);
  if (what == "map") {
    if (result->map.empty()) return fail(ErrorKind::not_found, "this run has no map: `jianwei run {}` makes one when the records hold enough words", workspace.root().string());
    return write_sheet(map_sheet(*result), path);
  }
  if (what == "bursts") return write_sheet(burst_sheet(*result), path);
  if (what == "indicators-terms") return write_sheet(TRY(indicator_sheet(*result, Unit::term, progress)), path);
  if (what == "indicators-topics") return write_sheet(TRY(indicator_sheet(*result, Unit::topic, progress)), path);
  if (what == "countries") return write_sheet(TRY(standing_sheet(*result, Actor::country)), path);
  if (what == "organisations") return write_sheet(TRY(standing_sheet(*result, Actor::organisation)), path);
  if (what == "lag-terms") return write_sheet(TRY(lag_sheet(*result, Unit::term)), path);
  if (what == "lag-topics") return write_sheet(TRY(lag_sheet(*result, Unit::topic)), path);
  if (what == "impact") return write_sheet(impact_sheet(*result, TRY(measure_impact(workspace, *result, 5, progress))), path);
  if (what == "knowledge-entities") return write_sheet(entity_sheet(TRY(build_knowledge(workspace, *result, {}, progress))), path);
  if (what == "knowledge-relations") return write_sheet(relation_sheet(TRY(build_knowledge(workspace, *result, {}, progress))), path);
  const auto map = std::find_if(result->networks.begin(), result->networks.end(), [&](const NetworkResult& network) { return network.id == what; });
  if (what == "term-network" && request.plain() && map != result->networks.end()) return export_network(to_network(*result, *map), path);
  return export_network(to_network(*result, TRY(make_network(workspace, *result, what, request, progress))), path);
}

}  // namespace jianwei::workflow

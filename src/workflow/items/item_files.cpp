// The files and the JSON of an item study.
#include "base/file.h"
#include "base/json_writer.h"
#include "products/charts/charts.h"
#include "products/exporters/sheet.h"
#include "workflow/items/item_study.h"

namespace jianwei::workflow {
namespace {

namespace fs = std::filesystem;

std::size_t at(std::int64_t i) { return static_cast<std::size_t>(i); }

std::string joined(const std::vector<std::string>& parts) {
  std::string text;
  for (const std::string& part : parts) text += (text.empty() ? "" : "; ") + part;
  return text;
}

std::string fields_text(const ItemStudy& study, const analysis::ItemCluster& cluster) {
  std::vector<std::string> parts;
  for (const auto& [field, count] : cluster.fields) parts.push_back(fmt::format("{} {}", study.list.field_names[at(field)], count));
  return joined(parts);
}

products::Sheet item_sheet(const ItemStudy& study) {
  products::Sheet sheet{"items", {"item", "line", "field", "cluster", "cluster_label", "tree_position"}, {}};
  std::vector<std::int64_t> position(study.list.texts.size());
  const std::vector<std::int32_t> order = analysis::leaf_order(study.clustering.tree);
  for (std::size_t i = 0; i < order.size(); ++i) position[at(order[i])] = static_cast<std::int64_t>(i) + 1;
  for (std::size_t i = 0; i < study.list.texts.size(); ++i) {
    const std::int32_t cluster = study.clustering.cluster[i];
    const bool has_field = !study.list.field.empty() && study.list.field[i] >= 0;
    sheet.rows.push_back({study.list.texts[i], study.list.lines[i], has_field ? study.list.field_names[at(study.list.field[i])] : std::string(), std::int64_t{cluster} + 1, study.labels[at(cluster)], position[i]});
  }
  for (const std::string& text : study.unplaced) sheet.rows.push_back({text, {}, {}, {}, {}, {}});
  return sheet;
}

products::Sheet cluster_sheet(const ItemStudy& study) {
  products::Sheet sheet{"clusters", {"cluster", "label", "items", "central_item", "cohesion", "stability", "crosses_fields", "effective_fields", "fields", "terms"}, {}};
  for (std::size_t c = 0; c < study.clustering.clusters.size(); ++c) {
    const analysis::ItemCluster& cluster = study.clustering.clusters[c];
    sheet.rows.push_back({static_cast<std::int64_t>(c) + 1, study.labels[c], static_cast<std::int64_t>(cluster.items.size()), study.list.texts[at(cluster.central_item)], cluster.cohesion, cluster.stability,
                          std::int64_t{cluster.crosses ? 1 : 0}, cluster.effective_fields, fields_text(study, cluster), joined(study.terms[c])});
  }
  return sheet;
}

products::Sheet stability_sheet(const ItemStudy& study) {
  products::Sheet sheet{"stability", {"clusters", "adjusted_rand", "standard_deviation", "chosen"}, {}};
  for (const analysis::CountStability& row : study.clustering.stability) {
    sheet.rows.push_back({std::int64_t{row.cluster_count}, row.adjusted_rand, row.spread, std::int64_t{row.cluster_count == std::ssize(study.clustering.clusters) ? 1 : 0}});
  }
  return sheet;
}

products::Sheet uncovered_sheet(const ItemStudy& study, const StudyResult& corpus) {
  products::Sheet sheet{"uncovered-topics", {"topic", "label_zh", "label_en", "documents", "nearest_item", "nearest_cosine", "own_cosine"}, {}};
  for (const analysis::TopicCoverage& row : study.coverage) {
    if (row.covered || row.nearest_item < 0) continue;
    const TopicRow& topic = corpus.topics[at(row.topic)];
    sheet.rows.push_back({topic.id, topic.label_zh, topic.label_en, topic.document_count, study.list.texts[at(row.nearest_item)], row.nearest_cosine, row.own_cosine});
  }
  return sheet;
}

std::string draw_tree(const ItemStudy& study, Language language) {
  products::DendrogramChart chart;
  chart.title = message(language, "items.dendrogram", study.list.texts.size(), study.clustering.clusters.size());
  for (const analysis::Merge& merge : study.clustering.tree.merges) chart.merges.push_back({merge.first, merge.second, merge.height});
  chart.labels = study.list.texts;
  chart.groups = study.clustering.cluster;
  chart.order = analysis::leaf_order(study.clustering.tree);
  return products::draw(chart);
}

}  // namespace

std::string to_json(const ItemStudy& study, const StudyResult* corpus) {
  JsonWriter json;
  json.begin_object().field("file", study.list.file).field("items", study.list.texts.size()).field("vectors", study.from_corpus ? "corpus" : "items");
  if (corpus != nullptr) json.field("run", corpus->run_id).field("snapshot", corpus->snapshot_id);
  json.field("linkage", study.linkage == analysis::Linkage::ward ? "ward" : "average").field("seed", study.seed).key("stability").begin_array();
  for (const analysis::CountStability& row : study.clustering.stability) {
    json.begin_object().field("clusters", row.cluster_count).field("adjusted_rand", row.adjusted_rand).field("standard_deviation", row.spread).end_object();
  }
  json.end_array().key("clusters").begin_array();
  for (std::size_t c = 0; c < study.clustering.clusters.size(); ++c) {
    const analysis::ItemCluster& cluster = study.clustering.clusters[c];
    json.begin_object().field("cluster", c + 1).field("label", study.labels[c]).key("terms").begin_array();
    for (const std::string& term : study.terms[c]) json.value(term);
    json.end_array().field("central_item", study.list.texts[at(cluster.central_item)]).field("cohesion", cluster.cohesion).field("stability", cluster.stability);
    json.field("crosses_fields", cluster.crosses).field("effective_fields", cluster.effective_fields).key("fields").begin_object();
    for (const auto& [field, count] : cluster.fields) json.field(study.list.field_names[at(field)], count);
    json.end_object().key("items").begin_array();
    for (const std::int32_t item : cluster.items) json.value(study.list.texts[at(item)]);
    json.end_array().end_object();
  }
  json.end_array().key("unplaced").begin_array();
  for (const std::string& text : study.unplaced) json.value(text);
  json.end_array().key("merges").begin_array();
  for (const analysis::Merge& merge : study.clustering.tree.merges) json.begin_array().value(merge.first).value(merge.second).value(merge.height).value(merge.size).end_array();
  json.end_array();
  if (corpus != nullptr && !study.coverage.empty()) {
    json.key("uncovered_topics").begin_array();
    for (const analysis::TopicCoverage& row : study.coverage) {
      if (row.covered || row.nearest_item < 0) continue;
      const TopicRow& topic = corpus->topics[at(row.topic)];
      json.begin_object().field("topic", topic.id).field("label_zh", topic.label_zh).field("label_en", topic.label_en).field("documents", topic.document_count);
      json.field("nearest_item", study.list.texts[at(row.nearest_item)]).field("nearest_cosine", row.nearest_cosine).field("own_cosine", row.own_cosine).end_object();
    }
    json.end_array();
  }
  return std::move(json.end_object()).text();
}

Result<std::vector<fs::path>> write_item_study(const ItemStudy& study, const StudyResult* corpus, const fs::path& folder, Language language) {
  std::error_code problem;
  fs::create_directories(folder, problem);
  if (problem) return fail(ErrorKind::unavailable, "{}: cannot make this folder: {}", folder.string(), problem.message());
  std::vector<fs::path> written;
  const auto write = [&](const char* name, const std::string& content) -> Result<> {
    written.push_back(folder / name);
    return write_file_atomically(written.back(), content);
  };
  TRY(write("items.csv", products::to_csv(item_sheet(study))));
  TRY(write("clusters.csv", products::to_csv(cluster_sheet(study))));
  TRY(write("stability.csv", products::to_csv(stability_sheet(study))));
  if (corpus != nullptr && !study.coverage.empty()) TRY(write("uncovered-topics.csv", products::to_csv(uncovered_sheet(study, *corpus))));
  TRY(write("items.json", to_json(study, corpus) + "\n"));
  TRY(write("dendrogram.nwk", analysis::to_newick(study.clustering.tree, study.list.texts) + "\n"));
  TRY(write("dendrogram.svg", draw_tree(study, language)));
  return written;
}

}  // namespace jianwei::workflow

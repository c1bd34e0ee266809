// Entries from what the machine found, and how a list lies in the topic space.
#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "analysis/vectors/word_space.h"
#include "base/json_writer.h"
#include "workflow/technology_list/technology_list.h"

namespace jianwei::workflow {
namespace {

constexpr std::size_t kEvidence = 5;

std::size_t at(std::int64_t i) { return static_cast<std::size_t>(i); }

// The records with the largest weight in a unit, newest of equals.
void write_records(JsonWriter& json, const StudyResult& run, const analysis::UnitDocuments& units, std::int64_t unit) {
  std::vector<std::int64_t> places(at(units.offsets[at(unit) + 1] - units.offsets[at(unit)]));
  std::iota(places.begin(), places.end(), units.offsets[at(unit)]);
  std::stable_sort(places.begin(), places.end(), [&](std::int64_t a, std::int64_t b) { return units.weights[at(a)] != units.weights[at(b)] ? units.weights[at(a)] > units.weights[at(b)] : units.documents[at(a)] > units.documents[at(b)]; });
  json.key("records").begin_array();
  for (std::size_t i = 0; i < std::min(kEvidence, places.size()); ++i) json.value(run.dataset.record_ids[at(units.documents[at(places[i])])]);
  json.end_array();
}

}  // namespace

Result<std::vector<Entry>> entries_from_topics(const StudyResult& run, const std::vector<std::string>& topics, std::int64_t limit) {
  std::vector<std::size_t> chosen;
  for (const std::string& id : topics) {
    const auto found = std::find_if(run.topics.begin(), run.topics.end(), [&](const TopicRow& row) { return row.id == id; });
    if (found == run.topics.end()) return fail(ErrorKind::not_found, "there is no topic '{}' in the newest run", id);
    chosen.push_back(static_cast<std::size_t>(found - run.topics.begin()));
  }
  if (topics.empty()) {
    chosen.resize(run.topics.size());
    std::iota(chosen.begin(), chosen.end(), std::size_t{0});
    const auto rank = [&](std::size_t t) { return t < run.topic_results.emergence.size() && run.topic_results.emergence[t].rank > 0 ? run.topic_results.emergence[t].rank : std::numeric_limits<std::int32_t>::max(); };
    std::stable_sort(chosen.begin(), chosen.end(), [&](std::size_t a, std::size_t b) { return rank(a) < rank(b); });
    if (std::ssize(chosen) > limit) chosen.resize(at(limit));
  }
  std::vector<Entry> entries;
  for (const std::size_t t : chosen) {
    JsonWriter origin;
    origin.begin_object().field("kind", "topic").field("topic", run.topics[t].id).field("run", run.run_id);
    write_records(origin, run, run.topic_results.documents, static_cast<std::int64_t>(t));
    Entry entry;
    entry.zh = run.topics[t].label_zh;
    entry.en = run.topics[t].label_en;
    entry.origin = origin.end_object().text();
    entries.push_back(std::move(entry));
  }
  return entries;
}

std::vector<Entry> entries_from_signals(const StudyResult& run, std::int64_t limit) {
  std::vector<Entry> entries;
  for (const analysis::SignalEvidence& signal : run.signals) {
    if (std::ssize(entries) == limit) break;
    const TermRow& term = run.terms[at(signal.unit)];
    JsonWriter origin;
    origin.begin_object().field("kind", "signal").field("term", term.id).field("run", run.run_id).field("q", signal.q);
    write_records(origin, run, run.term_results.documents, signal.unit);
    Entry entry;
    entry.zh = !term.label_zh.empty() ? term.label_zh : term.language == "zh" ? term.label : "";
    entry.en = !term.label_en.empty() ? term.label_en : term.language != "zh" ? term.label : "";
    entry.origin = origin.end_object().text();
    entries.push_back(std::move(entry));
  }
  return entries;
}

namespace {

Entry entry_of_text(const std::string& text) {
  Entry entry;
  const bool chinese = std::any_of(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0x80) != 0; });
  (chinese ? entry.zh : entry.en) = text;
  return entry;
}

}  // namespace

std::vector<Entry> entries_from_clusters(const ItemStudy& study) {
  std::vector<Entry> entries;
  for (std::size_t c = 0; c < study.clustering.clusters.size(); ++c) {
    const analysis::ItemCluster& cluster = study.clustering.clusters[c];
    Entry entry = entry_of_text(study.list.texts[at(cluster.central_item)]);
    JsonWriter origin;
    origin.begin_object().field("kind", "cluster").field("file", std::filesystem::path(study.list.file).filename().string()).field("label", study.labels[c]).field("stability", cluster.stability).key("items").begin_array();
    for (const std::int32_t item : cluster.items) origin.value(study.list.texts[at(item)]);
    entry.origin = origin.end_array().end_object().text();
    if (!cluster.fields.empty()) entry.field = study.list.field_names[at(cluster.fields.front().first)];
    entries.push_back(std::move(entry));
  }
  return entries;
}

std::vector<Entry> entries_from_items(const ItemList& items) {
  std::vector<Entry> entries;
  for (std::size_t i = 0; i < items.texts.size(); ++i) {
    Entry entry = entry_of_text(items.texts[i]);
    if (!items.english.empty() && !items.english[i].empty()) {
      entry.en = items.english[i];
      entry.zh = items.texts[i] == entry.en ? "" : items.texts[i];
    }
    entry.origin = JsonWriter().begin_object().field("kind", "import").field("file", std::filesystem::path(items.file).filename().string()).field("line", items.lines[i]).end_object().text();
    if (!items.field.empty() && items.field[i] >= 0) entry.field = items.field_names[at(items.field[i])];
    entries.push_back(std::move(entry));
  }
  return entries;
}

Result<ListCoverage> cover_topics(const Longlist& list, const StudyResult& run, double overlap, std::uint64_t seed, int thread_count, Progress& progress) {
  ListCoverage coverage;
  std::vector<std::string> texts;
  for (const Entry& entry : list.entries) {
    if (!entry.open() || entry.state == "rejected") continue;
    texts.push_back(entry.zh + "\n" + entry.en);
    coverage.entries.push_back(entry);
  }
  if (texts.empty()) return fail(ErrorKind::invalid_input, "the list '{}' holds no entry", list.id);
  const text::CountMatrix documents = run_term_matrix(run);
  const analysis::WordSpace space = TRY(analysis::learn_word_space(documents, {.seed = seed, .thread_count = thread_count}, progress));
  const analysis::VectorTable items = TRY(analysis::place_documents(space, TRY(count_run_terms(run.terms, texts, thread_count, progress)), thread_count));
  const analysis::VectorTable placed = TRY(analysis::place_documents(space, documents, thread_count));
  const std::vector<std::int32_t> topic_of = main_topics(run);
  coverage.topics = analysis::find_coverage(items, placed, topic_of, static_cast<std::int32_t>(run.topics.size()));

  // The topic of an entry: the one whose mean vector lies nearest.
  const auto dimensions = static_cast<std::size_t>(items.dimensions);
  std::vector<double> means(run.topics.size() * dimensions, 0.0);
  for (std::int64_t d = 0; d < placed.row_count; ++d) {
    if (topic_of[at(d)] < 0) continue;
    for (std::size_t k = 0; k < dimensions; ++k) means[at(topic_of[at(d)]) * dimensions + k] += placed.row(d)[k];
  }
  for (std::int64_t i = 0; i < items.row_count; ++i) {
    ListCoverage::Nearest& nearest = coverage.nearest.emplace_back();
    const auto vector = items.row(i);
    if (std::all_of(vector.begin(), vector.end(), [](float x) { return x == 0.0F; })) continue;
    nearest.cosine = -1.0;
    for (std::size_t t = 0; t < run.topics.size(); ++t) {
      double dot = 0.0, length = 0.0;
      for (std::size_t k = 0; k < dimensions; ++k) {
        dot += means[t * dimensions + k] * vector[k];
        length += means[t * dimensions + k] * means[t * dimensions + k];
      }
      if (length > 0.0 && dot / std::sqrt(length) > nearest.cosine) nearest = {static_cast<std::int32_t>(t), dot / std::sqrt(length)};
    }
    for (std::int64_t j = 0; j < i; ++j) {
      const double cosine = std::inner_product(vector.begin(), vector.end(), items.row(j).begin(), 0.0);
      if (cosine >= overlap) coverage.overlaps.push_back({static_cast<std::int32_t>(j), static_cast<std::int32_t>(i), cosine});
    }
  }
  std::stable_sort(coverage.overlaps.begin(), coverage.overlaps.end(), [](const auto& a, const auto& b) { return a.cosine > b.cosine; });
  return coverage;
}

std::string to_json(const ListCoverage& coverage, const StudyResult& run) {
  JsonWriter json;
  json.begin_object().field("run", run.run_id).key("topics").begin_array();
  for (const analysis::TopicCoverage& row : coverage.topics) {
    const TopicRow& topic = run.topics[at(row.topic)];
    json.begin_object().field("id", topic.id).field("zh", topic.label_zh).field("en", topic.label_en).field("covered", row.covered).field("entry", row.nearest_item < 0 ? "" : coverage.entries[at(row.nearest_item)].id).field("cosine", row.nearest_cosine).field("own_cosine", row.own_cosine).end_object();
  }
  json.end_array().key("entries").begin_array();
  for (std::size_t i = 0; i < coverage.entries.size(); ++i) json.begin_object().field("id", coverage.entries[i].id).field("topic", coverage.nearest[i].topic < 0 ? "" : run.topics[at(coverage.nearest[i].topic)].id).field("cosine", coverage.nearest[i].cosine).end_object();
  json.end_array().key("overlaps").begin_array();
  for (const ListCoverage::Overlap& overlap : coverage.overlaps) json.begin_object().field("a", coverage.entries[at(overlap.a)].id).field("b", coverage.entries[at(overlap.b)].id).field("cosine", overlap.cosine).end_object();
  return json.end_array().end_object().text();
}

}  // namespace jianwei::workflow

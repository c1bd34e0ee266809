// Everything a run finds, as values: what commands print, reports show and exports write.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "analysis/bursts/significance.h"
#include "analysis/dataset.h"
#include "analysis/forecast/calibrated.h"
#include "analysis/indicators/diversity.h"
#include "analysis/indicators/growth.h"
#include "analysis/indicators/series.h"
#include "analysis/topics/identity.h"
#include "analysis/topics/topic_count.h"
#include "analysis/topics/topic_model.h"
#include "analysis/weak_signals/evidence.h"
#include "analysis/weak_signals/yoon.h"
#include "workflow/judgement/judged.h"
#include "workflow/run/map_result.h"
#include "workflow/run/topic_levels.h"
#include "workflow/study.h"

namespace jianwei::workflow {

enum class Unit : std::uint8_t { term, topic };
std::string_view to_string(Unit unit);
Result<Unit> parse_unit(std::string_view name);

struct TermRow {
  std::string id;                       // term-<10 hexadecimal digits of the folded term>: the same term has the same id in every run
  std::string label;
  std::string label_zh, label_en;       // its names in both languages where the texts hold them, else ""
  std::vector<std::string> forms;       // as written in the documents, most frequent first
  std::string language;
  std::int32_t word_count = 1;
  std::int32_t document_count = 0;
  double termhood = 0.0;
};

struct TopicRow {
  std::string id;                       // topic-<n>; n stays with the topic over runs (analysis/topics/identity.h)
  std::string label_zh, label_en;
  std::vector<std::pair<std::int32_t, double>> terms;  // index into terms, weight phi; most relevant first
  double document_weight = 0.0;         // sum of the shares of its documents
  std::int64_t document_count = 0;
  double npmi = 0.0;
  double exclusivity = 0.0;
};

// TNO-style growth indicators of one unit, each with what its uncertainty is known to be.
struct Indicators {
  analysis::GrowthRate rate;
  analysis::GrowthWindows windows;
  double growth_diversity_organisations = 0.0;
  double growth_diversity_countries = 0.0;
  double growth_diversity_sources = 0.0;
  double change = 0.0;                  // excess Jensen-Shannon divergence between the windows
  bool change_measured = false;
};

struct Component {
  std::string name;                     // key of the message catalogue: component.<name>
  double value = 0.0;
  double contribution = 0.0;            // to the score
};

struct Emergence {
  double score = 0.0;
  std::int32_t rank = 0;                // 1 = most emerging; 0 = not a candidate
  std::string gate;                     // why it is no candidate, a key of the catalogue; "" for candidates
  std::vector<Component> components;
};

// What both kinds of unit have: [units] everywhere.
struct UnitResults {
  analysis::UnitDocuments documents;
  analysis::UnitSeries series;
  std::vector<Indicators> indicators;
  analysis::Calibration calibration;    // of the forecasts of the series
  std::vector<Emergence> emergence;
  std::string emergence_model;          // which model ranked them, for people: "logistic, trained at 2011-2015"
};

struct NetworkResult {
  std::string id;                       // term-network, citation-network, organisation-network, country-network
  std::vector<std::string> node_ids;    // of terms, records; names of organisations and countries
  std::vector<std::string> labels;
  std::vector<double> node_weights;     // documents
  std::vector<std::int32_t> communities;
  std::vector<double> x, y;
  std::vector<std::int32_t> edge_from, edge_to;
  std::vector<double> edge_weights;
  double modularity = 0.0;
};

struct StageTime {
  std::string name;
  double seconds = 0.0;
  std::int64_t peak_rss_bytes = 0;      // of the process at the end of the stage
  bool resumed = false;                 // loaded instead of computed
};

struct StudyResult {
  std::string run_id;
  std::string snapshot_id;
  std::string software_version;
  std::string created;                  // ISO 8601, UTC
  bool synthetic = false;               // the records are generated; every product says so
  Study study;
  analysis::Dataset dataset;
  std::vector<std::string> titles;      // [documents]
  std::vector<std::string> urls;        // [documents] "" = none
  std::vector<TermRow> terms;
  std::vector<text::TermPair> term_pairs;         // names in two languages that count as one term, with the evidence
  std::vector<TopicRow> topics;
  analysis::DocumentTopics document_topics;
  double topic_diversity = 0.0;
  TopicLevels topic_levels;                       // areas and domains above the topics; empty for LDA
  analysis::TopicCountChoice topic_count_choice;  // sizes that were tried; none when the number was given or carried on
  analysis::TopicIdentity topic_identity;         // of `topics`, against the last fit of the same selection of records
  UnitResults term_results;
  UnitResults topic_results;
  analysis::WeakSignalMap weak_signals;           // of terms
  std::vector<analysis::SignalEvidence> signals;  // rare terms that rise by more than chance, surest first
  std::vector<float> term_occurrences;            // [terms][years of the series]
  std::vector<analysis::UnitBurst> bursts;        // of terms, heaviest first
  std::vector<NetworkResult> networks;
  MapResult map;                                  // of documents and topics; empty when there are too few words
  std::string hindcast_json;                      // of the term ranking; "" when it was not asked for or the past is too short
  std::vector<StageTime> stages;
  Judged judged;                                  // what people changed in all of the above; shares of topics they hid are left out of document_topics

  const UnitResults& results(Unit unit) const { return unit == Unit::term ? term_results : topic_results; }
};

}  // namespace jianwei::workflow

// The document of `hindcast --json`.
#include <utility>

#include "analysis/hindcast/hindcast.h"
#include "base/json_writer.h"

namespace jianwei::analysis {

namespace {

void write_metrics(JsonWriter& json, const RankingMetrics& m) {
  json.begin_object().field("auprc", m.auprc).field("p20", m.p20).field("p50", m.p50).field("p100", m.p100).field("p1_percent", m.p1_percent);
  json.field("ndcg50", m.ndcg50).field("csi", m.csi).field("lift50", m.lift50).field("brier", m.brier).end_object();
}

void write_delta(JsonWriter& json, const Delta& delta) {
  json.begin_object().field("baseline", delta.baseline).field("auprc", delta.auprc).field("lo", delta.lo).field("hi", delta.hi).field("p", delta.p).field("p_holm", delta.p_holm).end_object();
}

// CSI where the literature has it: label eight_percent, 20,747 citation clusters of all science; other units than ours, so a landmark and no contest.
void write_published(JsonWriter& json) {
  json.key("published_csi").begin_array();
  for (const auto& [source, csi] : {std::pair<std::string_view, double>{"Klavans, Boyack and Murdick (2020)", 0.20}, {"Boyack and Klavans (2022)", 0.322}, {"Klavans, Boyack and Smith (2023)", 0.396}}) {
    json.begin_object().field("source", source).field("csi", csi).end_object();
  }
  json.end_array();
}

void write_label(JsonWriter& json, const PooledLabel& label) {
  json.begin_object().field("label", label_name(label.label)).field("origins", label.origin_count).field("prevalence", label.prevalence).field("auprc", label.auprc).field("csi", label.csi);
  json.field("baseline", label.baseline).field("baseline_auprc", label.baseline_auprc).field("baseline_csi", label.baseline_csi).end_object();
}

void write_growth_scores(JsonWriter& json, const GrowthScores& scores) {
  json.key("growth_forecast").begin_object().field("rows", scores.rows).field("crps", scores.crps).field("crps_climatology", scores.crps_climatology);
  json.field("coverage80", scores.coverage80).field("coverage95", scores.coverage95).end_object();
}

}  // namespace

std::string hindcast_json(const Hindcast& hindcast, std::string_view unit) {
  JsonWriter json;
  json.begin_object().field("unit", unit).field("horizon", hindcast.horizon_years).key("origins").begin_array();
  for (const OriginResult& origin : hindcast.origins) {
    json.begin_object().field("cutoff", origin.cutoff).field("units", origin.labels.size()).field("prevalence", origin.prevalence);
    json.field("shuffled_auprc", origin.shuffled_auprc).field("future_canary_ignored", origin.canary_ignored).field("model", origin.model_note).key("methods").begin_object();
    for (const MethodResult& method : origin.methods) {
      json.key(method.method);
      write_metrics(json, method.metrics);
    }
    json.end_object().end_object();
  }
  json.end_array().field("prevalence", hindcast.prevalence).key("pooled").begin_object();
  for (const PooledMethod& method : hindcast.pooled) {
    json.key(method.method);
    write_metrics(json, method.metrics);
  }
  json.end_object().key("delta_vs_best_baseline");
  write_delta(json, hindcast.delta);
  json.key("deltas").begin_array();
  for (const Delta& delta : hindcast.deltas) write_delta(json, delta);
  json.end_array().key("regimes").begin_array();
  for (const Regime& regime : hindcast.regimes) {
    json.begin_object().field("name", regime.name).field("rows", regime.rows).field("prevalence", regime.prevalence);
    json.field("jianwei", regime.jianwei).field("baseline", regime.baseline).end_object();
  }
  json.end_array().key("reliability").begin_array();
  for (const ReliabilityBin& bin : hindcast.reliability) {
    json.begin_object().field("count", bin.count).field("mean_probability", bin.mean_probability).field("observed_share", bin.observed_share).end_object();
  }
  json.end_array().key("labels").begin_array();
  for (const PooledLabel& label : hindcast.labels) write_label(json, label);
  json.end_array();
  write_growth_scores(json, hindcast.growth_scores);
  write_published(json);
  json.end_object();
  return std::move(json).text();
}

}  // namespace jianwei::analysis

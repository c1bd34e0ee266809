// The JSON of `jianwei seeds propose` and `seeds status`.
#include <algorithm>
#include <cmath>

#include "base/json_writer.h"
#include "workflow/seeds/seed_study.h"

namespace jianwei::workflow {
namespace {

void write_terms(JsonWriter& json, const StudyResult& result, const GrownConcept& known, const std::vector<NamedTerm>& named) {
  json.key("terms").begin_array();
  for (std::size_t t = 0; t < known.terms.size(); ++t) {
    const SeedTerm& term = known.terms[t];
    json.begin_object().field("term", term.term).field("state", to_string(term.state));
    if (named[t].term >= 0) {
      const TermRow& row = result.terms[static_cast<std::size_t>(named[t].term)];
      json.field("found", "term").field("id", row.id).field("label", row.label).field("documents", row.document_count);
    } else {
      json.field("found", named[t].parts.empty() ? "no" : "parts").key("parts").begin_array();
      for (const std::int32_t part : named[t].parts) json.value(result.terms[static_cast<std::size_t>(part)].label);
      json.end_array();
    }
    json.end_object();
  }
  json.end_array();
}

void write_numbers(JsonWriter& json, const StudyResult& result, const UnitResults& units, std::size_t c) {
  const Indicators& row = units.indicators[c];
  json.field("documents", units.documents.offsets[c + 1] - units.documents.offsets[c]);
  json.key("growth").begin_object().key("rate");
  if (row.rate.estimated) json.value(std::expm1(row.rate.log_slope));
  else json.null();
  json.field("log_slope", row.rate.log_slope).field("low", row.rate.low).field("high", row.rate.high);
  json.field("count", row.windows.growth_count).field("recent", row.windows.recent).field("previous", row.windows.previous).key("diversity").begin_object();
  json.field("organisations", row.growth_diversity_organisations).field("countries", row.growth_diversity_countries).field("sources", row.growth_diversity_sources).end_object();
  json.key("change");
  if (row.change_measured) json.value(row.change);
  else json.null();
  json.end_object().key("series").begin_object();
  const analysis::UnitSeries& series = units.series;
  for (std::int64_t y = 0; y < series.years.count(); ++y) json.field(std::to_string(series.years.first + y), series.count_row(static_cast<std::int64_t>(c))[static_cast<std::size_t>(y)]);
  json.end_object().key("records").begin_array();
  for (std::int64_t e = units.documents.offsets[c + 1]; e-- > units.documents.offsets[c];) {
    json.value(result.dataset.record_ids[static_cast<std::size_t>(units.documents.documents[static_cast<std::size_t>(e)])]);  // newest first
  }
  json.end_array();
}

void write_iterations(JsonWriter& json, const std::vector<store::SeedEvent>& events) {
  json.key("iterations").begin_array();
  for (std::int64_t iteration = 0; !events.empty() && iteration <= last_iteration(events); ++iteration) {
    json.begin_object().field("iteration", iteration);
    for (const auto& [kind, name] : {std::pair{"seed", "seeds"}, {"proposed", "proposed"}, {"accepted", "accepted"}, {"refused", "refused"}}) {
      json.key(name).begin_array();
      for (const store::SeedEvent& event : events) {
        if (event.iteration != iteration || event.kind != kind) continue;
        json.begin_object().field("concept", event.concept_name).field("term", event.term).field("by", event.decided_by).field("at", event.decided_at).field("reason", event.reason).end_object();
      }
      json.end_array();
    }
    json.end_object();
  }
  json.end_array();
}

}  // namespace

std::string to_json(const StudyResult& result, const SeedStudy& study, const SeedRound& round) {
  JsonWriter json;
  json.begin_object().field("iteration", round.iteration).field("run", result.run_id).key("concepts").begin_array();
  for (std::size_t c = 0; c < study.concepts.size(); ++c) {
    json.begin_object().field("concept", study.concepts[c].name).key("proposals").begin_array();
    for (const analysis::SeedProposal& proposal : round.proposals[c]) {
      const TermRow& term = result.terms[static_cast<std::size_t>(proposal.term)];
      json.begin_object().field("term", term.label).field("id", term.id).field("label_zh", term.label_zh).field("label_en", term.label_en);
      json.field("similarity", proposal.similarity).field("company", proposal.company).field("score", proposal.score);
      json.field("documents", proposal.documents).field("together", proposal.together).key("examples").begin_array();
      for (const std::int32_t d : proposal.examples) json.value(result.dataset.record_ids[static_cast<std::size_t>(d)]);
      json.end_array().end_object();
    }
    json.end_array().end_object();
  }
  return std::move(json.end_array().end_object()).text();
}

std::string to_json(const StudyResult& result, const SeedStudy& study, const std::vector<store::SeedEvent>& events) {
  JsonWriter json;
  json.begin_object().field("run", result.run_id).field("iteration", last_iteration(events)).key("concepts").begin_array();
  for (std::size_t c = 0; c < study.concepts.size(); ++c) {
    json.begin_object().field("concept", study.concepts[c].name);
    write_terms(json, result, study.concepts[c], study.terms[c]);
    write_numbers(json, result, study.units, c);
    json.end_object();
  }
  json.end_array();
  write_iterations(json, events);
  return std::move(json.end_object()).text();
}

}  // namespace jianwei::workflow

#include "workflow/views/seeds.h"

namespace jianwei::workflow {

void write_seed_event(JsonWriter& json, const store::SeedEvent& event) {
  json.begin_object().field("id", event.id).field("iteration", event.iteration).field("kind", event.kind).field("concept", event.concept_name).field("term", event.term);
  json.field("term_id", event.term_id).field("run", event.run_id).field("similarity", event.similarity).field("reason", event.reason);
  json.field("decided_by", event.decided_by).field("decided_at", event.decided_at).end_object();
}

std::string seed_events_json(const std::vector<store::SeedEvent>& events) {
  JsonWriter json;
  json.begin_array();
  for (const store::SeedEvent& event : events) write_seed_event(json, event);
  return json.end_array().text();
}

}  // namespace jianwei::workflow

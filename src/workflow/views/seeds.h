// Decisions on the seeds of concepts, as JSON; the study of the concepts is workflow/seeds.
#pragma once

#include <string>
#include <vector>

#include "base/json_writer.h"
#include "store/seed_rows.h"

namespace jianwei::workflow {

void write_seed_event(JsonWriter& json, const store::SeedEvent& event);

// `seeds add|accept|refuse|history --json`
std::string seed_events_json(const std::vector<store::SeedEvent>& events);

}  // namespace jianwei::workflow

// Events of the ledger that keep an expert's concepts, as rows.
#pragma once

#include <cstdint>
#include <string>

namespace jianwei::store {

struct SeedEvent {
  std::int64_t id = 0;            // set when it is stored
  std::int64_t iteration = 0;     // 0: the seeds; each round of proposals counts one more
  std::string kind;               // seed, proposed, accepted, refused
  std::string concept_name, term;
  std::string term_id, run_id;    // of proposals and decisions on them, else ""
  double similarity = 0.0;
  std::string reason, decided_by, decided_at;
};

}  // namespace jianwei::store

// Events of an expert's concepts in app.db.
#include "store/app_db.h"

namespace jianwei::store {

Result<std::vector<SeedEvent>> AppDb::seed_events() {
  std::vector<SeedEvent> list;
  SqliteRows rows = TRY(database_.query("SELECT id, iteration, kind, concept, term, term_id, run_id, similarity, reason, decided_by, decided_at FROM seed_events ORDER BY id"));
  while (TRY(rows.next())) {
    list.push_back({rows.integer(0), rows.integer(1), rows.text(2), rows.text(3), rows.text(4), rows.text(5), rows.text(6), rows.real(7), rows.text(8), rows.text(9), rows.text(10)});
  }
  return list;
}

Result<> AppDb::add_seed_events(const std::vector<SeedEvent>& events) {
  return database_.transaction([&]() -> Result<> {
    for (const SeedEvent& e : events) {
      TRY(database_.execute("INSERT INTO seed_events (iteration, kind, concept, term, term_id, run_id, similarity, reason, decided_by, decided_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                            {e.iteration, e.kind, e.concept_name, e.term, e.term_id, e.run_id, e.similarity, e.reason, e.decided_by, e.decided_at}));
    }
    return {};
  });
}

}  // namespace jianwei::store

// A technology list: statements in Chinese and English, each with where it came from and on which records it rests; merged, split and reworded with the old words kept;
// voted on; frozen in versions. It is what a Delphi study asks about and what a selection chooses from.
//
// Kept in experts.db (store/expert_db.h): kinds list, entry, vote, version.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "products/exporters/sheet.h"
#include "store/expert_db.h"
#include "workflow/items/item_study.h"
#include "workflow/run/results.h"

namespace jianwei::workflow {

struct Entry {
  std::string id, list, field, zh, en;
  std::string state = "candidate";     // candidate, accepted, rejected; merged, split: gone into others
  std::string origin = "{}";           // JSON: {"kind":"topic|signal|cluster|import|proposal", "topic", "term", "file", "line", "by", "authors", "records"}
  std::string lineage = "[]";          // JSON: what was done to it, oldest first
  std::int64_t in_favour = 0, against = 0;

  bool open() const { return state != "merged" && state != "split"; }
};
std::string to_json(const Entry& entry);

struct Longlist {
  std::string id, zh, en;
  std::int64_t version = 0;            // of the last freeze; 0 = none yet
  std::vector<Entry> entries;          // in the order in which they came
};
std::string to_json(const Longlist& list);

Result<Longlist> make_list(store::ExpertDb& db, std::string_view zh, std::string_view en, std::string_view actor);  // Errors: invalid_input  no title
Result<std::vector<Longlist>> load_lists(store::ExpertDb& db);                                                       // without their entries
Result<Longlist> load_list(store::ExpertDb& db, std::string_view id);                                                // Errors: not_found
Result<Entry> load_entry(store::ExpertDb& db, std::string_view id);                                                        // Errors: not_found

// Statements that the list has already (any case) are passed over. Errors: invalid_input  an entry without words; not_found
Result<std::vector<Entry>> add_entries(store::ExpertDb& db, std::string_view list, std::vector<Entry> entries, std::string_view actor);

// Entries from what the machine found, each with up to five records: topics (by id; empty: the `limit` most emerging), the surest weak signals, clusters of items.
// Errors: not_found  a topic
Result<std::vector<Entry>> entries_from_topics(const StudyResult& run, const std::vector<std::string>& topics, std::int64_t limit);
std::vector<Entry> entries_from_signals(const StudyResult& run, std::int64_t limit);
std::vector<Entry> entries_from_clusters(const ItemStudy& study);
std::vector<Entry> entries_from_items(const ItemList& items);

// Errors: not_found; conflict  the entry has gone into another; invalid_input
Result<Entry> reword_entry(store::ExpertDb& db, std::string_view id, std::string_view zh, std::string_view en, std::string_view reason, std::string_view actor);
Result<Entry> merge_entries(store::ExpertDb& db, const std::vector<std::string>& ids, const Entry& merged, std::string_view reason, std::string_view actor);
Result<std::vector<Entry>> split_entry(store::ExpertDb& db, std::string_view id, std::vector<Entry> parts, std::string_view reason, std::string_view actor);
Result<Entry> vote_entry(store::ExpertDb& db, std::string_view id, std::string_view voter, std::int64_t vote, std::string_view reason, std::string_view actor);  // vote: 1, -1; 0 takes it back
Result<Entry> decide_entry(store::ExpertDb& db, std::string_view id, std::string_view state, std::string_view reason, std::string_view actor);                   // accepted, rejected, candidate

// Keeps the list as it stands; `reason` says what the version is for.
Result<std::int64_t> freeze_list(store::ExpertDb& db, std::string_view list, std::string_view reason, std::string_view actor);
Result<Longlist> load_version(store::ExpertDb& db, std::string_view list, std::int64_t version);                     // Errors: not_found

// What of the topic space no entry covers, and which entries overlap (cosine of their vectors in the corpus's word space at or above `overlap`).
struct ListCoverage {
  struct Nearest {
    std::int32_t topic = -1;           // -1: no word of the entry is known
    double cosine = 0.0;
  };
  std::vector<analysis::TopicCoverage> topics;   // nearest_item: index into the open entries
  std::vector<Nearest> nearest;                  // [open entries]
  struct Overlap {
    std::int32_t a = 0, b = 0;                   // open entries
    double cosine = 0.0;
  };
  std::vector<Overlap> overlaps;                 // largest first
  std::vector<Entry> entries;                    // the open ones
};
Result<ListCoverage> cover_topics(const Longlist& list, const StudyResult& run, double overlap, std::uint64_t seed, int thread_count, Progress& progress);
std::string to_json(const ListCoverage& coverage, const StudyResult& run);

products::Sheet list_sheet(const Longlist& list);

}  // namespace jianwei::workflow

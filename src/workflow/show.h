// Anything of the lake by its id: a record with every source's raw version and the reasons of its merge, a file, a batch, a snapshot.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "store/record_columns.h"
#include "workflow/snapshot.h"
#include "workflow/workspace.h"

namespace jianwei::workflow {

struct ShownVersion {
  store::RecordRow row;     // with raw text
  bool live = true;         // false: superseded by a later import
  std::string file;         // path and batch it came from
  std::int64_t batch_id = 0;
};

struct ShownRecord {
  std::string snapshot_id;
  store::RecordRow merged;
  std::vector<ShownVersion> versions;  // of all members, by source key, the live one of each first
  std::vector<StoredLink> links;       // that touch a member: merges, and versions of the work in other records
};

// `id` is the id of a merged record or of any source record in it; else an identifier (DOI, patent number, ...) or a source's own id.
// Errors: not_found
Result<ShownRecord> show_record(const Workspace& workspace, std::string_view id);
std::string to_json(const ShownRecord& shown);
// The part of a file's path that says where in its source a record was, without the folders of the machine that read it: "dump.zip!part/works.jsonl", "works.ris".
std::string path_in_source(std::string_view path);
std::string to_text(const ShownRecord& shown, std::string_view language);

// Any id, as JSON: "r..." (and identifiers) a record, "s..." a snapshot, "b12" a batch, "f3" a file. Errors: not_found
Result<std::string> show_json(const Workspace& workspace, std::string_view id);

// The merged record's key for what `id` names. Errors: not_found
Result<std::uint64_t> find_record(const Workspace& workspace, const store::SnapshotRow& snapshot, std::string_view id);

}  // namespace jianwei::workflow

#include "workflow/citations.h"

#include "analysis/resolution/grants.h"
#include "analysis/resolution/references.h"
#include "store/record_parquet.h"
#include "store/table.h"

namespace jianwei::workflow {
namespace {

// The merged records as both matchers read them; `rows` own the text.
struct Merged {
  std::vector<store::RecordRow> rows;
  std::vector<std::vector<std::string>> identifiers;  // "scheme:value"
  std::vector<analysis::ResolutionRecord> records;
  std::vector<std::span<const Reference>> references;
};

// The records that can cite, be cited, fund or be funded: without a single reference only those with funding and the projects.
Result<std::string> linked_records(store::Connection& connection, const std::string& merged) {
  store::Rows rows = TRY(connection.query("SELECT coalesce(max(len(\"references\")), 0)::BIGINT FROM " + merged));
  const bool any = TRY(rows.next()) && rows.row_count() > 0 && rows.column(0).integer(0) > 0;
  return any ? merged : merged + " WHERE len(funding) > 0 OR kind = 'project'";
}

Result<Merged> load(const Workspace& workspace, const store::SnapshotRow& snapshot, int thread_count) {
  Merged merged;
  store::Database database = TRY(workspace.lake.open_database(thread_count));
  store::Connection connection = TRY(database.connect());
  const std::string from = TRY(linked_records(connection, store::parquet_sql({workspace.lake.path(snapshot.merged_path)})));
  TRY(store::read_records(connection,
                          "SELECT key, kind, type, title, title_translated, date, persons, identifiers, venue, volume, issue, pages, funding, \"references\" FROM " +
                              from + " ORDER BY key",
                          {}, [&](std::vector<store::RecordRow>&& batch) -> Result<> {
                            for (store::RecordRow& row : batch) merged.rows.push_back(std::move(row));
                            return {};
                          }));
  merged.identifiers.resize(merged.rows.size());
  for (std::size_t i = 0; i < merged.rows.size(); ++i) {
    const Record& r = merged.rows[i].record;
    for (const Identifier& identifier : r.identifiers) merged.identifiers[i].push_back(identifier.scheme + ":" + identifier.value);
    analysis::ResolutionRecord record;
    record.key = merged.rows[i].key;
    record.kind = r.kind;
    record.type = r.type;
    record.title = r.title;
    record.title_translated = r.title_translated;
    record.venue = r.venue;
    record.volume = r.volume;
    record.issue = r.issue;
    record.pages = r.pages;
    record.date = r.date;
    for (const Person& person : r.persons) record.persons.emplace_back(person.name);
    for (const std::string& identifier : merged.identifiers[i]) record.identifiers.emplace_back(identifier);
    merged.records.push_back(std::move(record));
    merged.references.emplace_back(r.references);
  }
  return merged;
}

std::vector<analysis::GrantLink> find_grants(const Merged& merged) {
  std::vector<analysis::AwardMention> mentions;
  std::vector<analysis::ProjectNumber> projects;
  for (std::size_t i = 0; i < merged.rows.size(); ++i) {
    const Record& r = merged.rows[i].record;
    const auto index = static_cast<std::int64_t>(i);
    if (r.kind != RecordKind::project) {
      for (const Funding& funding : r.funding) {
        if (!funding.award.empty()) mentions.push_back({index, funding.funder, funding.award});
      }
      continue;
    }
    const std::string_view funder = r.funding.empty() ? std::string_view(r.venue) : std::string_view(r.funding.front().funder);
    for (const Identifier& identifier : r.identifiers) {
      if (identifier.scheme != "doi" && identifier.scheme != "url") projects.push_back({index, funder, identifier.value});
    }
    for (const Funding& funding : r.funding) {
      if (!funding.award.empty()) projects.push_back({index, funder, funding.award});
    }
  }
  return analysis::link_grants(mentions, projects);
}

}  // namespace

Result<> write_citations(const Workspace& workspace, const store::SnapshotRow& snapshot, int thread_count, Progress& progress) {
  const Merged merged = TRY(load(workspace, snapshot, thread_count));
  const analysis::CitationMatch match = TRY(analysis::match_references(merged.records, merged.references, progress));
  store::Table table;
  auto& citing = table.add<std::uint64_t>("citing");
  auto& cited = table.add<std::uint64_t>("cited");
  auto& relation = table.add<std::string>("relation");
  auto& node = table.add<std::int64_t>("node");
  auto& label = table.add<std::string>("label");
  auto& year = table.add<std::int64_t>("year");
  auto& rule = table.add<std::string>("rule");
  const auto key_of = [&](std::int64_t record) { return record < 0 ? std::uint64_t{0} : merged.rows[static_cast<std::size_t>(record)].key; };
  for (std::size_t i = 0; i < merged.rows.size(); ++i) {
    for (std::int64_t at = match.offsets[i]; at < match.offsets[i + 1]; ++at) {
      const std::int32_t number = match.cited[static_cast<std::size_t>(at)];
      const analysis::CitedWork& work = match.works[static_cast<std::size_t>(number)];
      citing.push_back(merged.rows[i].key);
      cited.push_back(key_of(work.record));
      relation.emplace_back("cites");
      node.push_back(number);
      label.push_back(work.label);
      year.push_back(work.year);
      rule.push_back(work.rule);
    }
  }
  for (const analysis::GrantLink& grant : find_grants(merged)) {
    citing.push_back(key_of(grant.work));
    cited.push_back(key_of(grant.project));
    relation.emplace_back("funded_by");
    node.push_back(-1);
    label.push_back(grant.evidence);
    year.push_back(0);
    rule.push_back(grant.award);
  }
  return store::write_table(table, workspace.lake.path(store::citations_path(snapshot.id)));
}

}  // namespace jianwei::workflow

#include "workflow/links/study_links.h"

#include <algorithm>
#include <unordered_map>

#include "base/strings.h"
#include "records/unicode.h"
#include "store/record_columns.h"
#include "store/table.h"
#include "store/table_feed.h"

namespace jianwei::workflow {
namespace {

Result<store::SnapshotRow> snapshot_of(const Workspace& workspace, const std::string& id) {
  const auto found = TRY(workspace.lake.app().snapshot(id));
  if (!found || !std::filesystem::exists(workspace.lake.path(found->merged_path))) {
    return fail(ErrorKind::not_found, "the data of snapshot {} are gone since the run: run `jianwei run {}` again", id, workspace.root().string());
  }
  return *found;
}

// Row of each record's key.
Result<std::unordered_map<std::uint64_t, std::int32_t>> rows_by_key(const analysis::Dataset& dataset) {
  std::unordered_map<std::uint64_t, std::int32_t> rows;
  for (std::size_t d = 0; d < dataset.record_ids.size(); ++d) rows[TRY(store::parse_record_id(dataset.record_ids[d]))] = static_cast<std::int32_t>(d);
  return rows;
}

class Numbers {
 public:
  explicit Numbers(std::vector<std::string>& names) : names_(names) {}
  std::int32_t id(const std::string& key, const std::string& name) {
    const auto [found, added] = ids_.try_emplace(key, static_cast<std::int32_t>(names_.size()));
    if (added) names_.push_back(name);
    return found->second;
  }

 private:
  std::vector<std::string>& names_;
  std::unordered_map<std::string, std::int32_t> ids_;
};

void append_row(analysis::IdLists& lists, const std::vector<std::int32_t>& row) {
  lists.values.insert(lists.values.end(), row.begin(), row.end());
  lists.offsets.push_back(static_cast<std::int64_t>(lists.values.size()));
}

// One row of a query per list entry: the key first. Calls use(document row, chunk columns, row of the chunk) for records of the study.
template <class Use>
Result<> each_entry(const Workspace& workspace, const store::SnapshotRow& snapshot, const analysis::Dataset& dataset, const std::string& select, Use use) {
  const auto rows_of = TRY(rows_by_key(dataset));
  store::Database database = TRY(workspace.lake.open_database(0));
  store::Connection connection = TRY(database.connect());
  store::Rows rows = TRY(connection.query(fmt::format(fmt::runtime(select), store::parquet_sql({workspace.lake.path(snapshot.merged_path)})), {}));
  while (TRY(rows.next())) {
    std::vector<store::ColumnView> columns;
    for (std::int64_t i = 0; i < rows.column_count(); ++i) columns.push_back(rows.column(i));
    for (std::int64_t row = 0; row < rows.row_count(); ++row) {
      const auto found = rows_of.find(columns[0].unsigned_integer(row));
      if (found != rows_of.end()) use(found->second, columns, row);
    }
  }
  return {};
}

// "H04L 12/28" -> "H04L": co-classification of whole codes is too sparse to show a structure.
std::string class_level(std::string_view scheme, std::string_view code) {
  if (scheme == "cpc" || scheme == "ipc") return std::string(code.substr(0, std::min<std::size_t>(4, code.size())));
  if (scheme == "uspc") return std::string(code.substr(0, code.find('/')));
  return std::string(code);
}

}  // namespace

Result<CitedWorks> load_cited_works(const Workspace& workspace, const std::string& snapshot_id, const analysis::Dataset& dataset, const std::vector<std::string>& titles) {
  const store::SnapshotRow snapshot = TRY(snapshot_of(workspace, snapshot_id));
  const auto rows_of = TRY(rows_by_key(dataset));
  CitedWorks works;
  works.work_of.assign(dataset.record_ids.size(), -1);
  std::vector<std::vector<std::int32_t>> cited(dataset.record_ids.size());
  if (!snapshot.citations_path.empty()) {
    const store::Table table = TRY(store::read_table(workspace.lake.path(snapshot.citations_path)));
    const auto& from = *TRY(table.require<std::uint64_t>("citing"));
    const auto& to = *TRY(table.require<std::uint64_t>("cited"));
    const auto& relation = *TRY(table.require<std::string>("relation"));
    const auto& node = *TRY(table.require<std::int64_t>("node"));
    const auto& label = *TRY(table.require<std::string>("label"));
    const auto& year = *TRY(table.require<std::int64_t>("year"));
    std::unordered_map<std::int64_t, std::int32_t> number_of;  // of nodes outside the study
    for (std::size_t i = 0; i < from.size(); ++i) {
      const auto citing = rows_of.find(from[i]);
      if (relation[i] != "cites" || citing == rows_of.end()) continue;
      const auto inside = to[i] == 0 ? rows_of.end() : rows_of.find(to[i]);
      std::int32_t work = -1;
      if (inside != rows_of.end()) {
        std::int32_t& known = works.work_of[static_cast<std::size_t>(inside->second)];
        if (known < 0) {
          known = static_cast<std::int32_t>(works.labels.size());
          works.labels.push_back(titles[static_cast<std::size_t>(inside->second)]);
          works.years.push_back(dataset.year[static_cast<std::size_t>(inside->second)]);
          works.documents.push_back(inside->second);
        }
        work = known;
      } else {
        const auto [found, added] = number_of.try_emplace(node[i], static_cast<std::int32_t>(works.labels.size()));
        if (added) {
          works.labels.push_back(label[i]);
          works.years.push_back(static_cast<std::int16_t>(year[i]));
          works.documents.push_back(-1);
        }
        work = found->second;
      }
      if (inside == rows_of.end() || inside->second != citing->second) cited[static_cast<std::size_t>(citing->second)].push_back(work);
    }
  }
  for (std::vector<std::int32_t>& row : cited) {
    std::sort(row.begin(), row.end());
    row.erase(std::unique(row.begin(), row.end()), row.end());
    append_row(works.references, row);
  }
  return works;
}

Result<NamedLists> load_classes(const Workspace& workspace, const std::string& snapshot_id, const analysis::Dataset& dataset) {
  const store::SnapshotRow snapshot = TRY(snapshot_of(workspace, snapshot_id));
  NamedLists classes;
  Numbers numbers(classes.names);
  std::vector<std::vector<std::int32_t>> rows(dataset.record_ids.size());
  TRY(each_entry(workspace, snapshot, dataset, "SELECT key, c.scheme, c.code, c.label FROM (SELECT key, unnest(classifications) AS c FROM {}) ORDER BY key, 2, 3",
                 [&](std::int32_t d, const std::vector<store::ColumnView>& c, std::int64_t row) {
                   const std::string scheme(c[1].text(row));
                   const std::string code = class_level(scheme, c[2].text(row));
                   const std::string_view label = c[3].text(row);
                   if (code.empty() && label.empty()) return;
                   const bool cut = code.size() < c[2].text(row).size();  // the label then names the whole code, not its class
                   const std::string name = code.empty() ? fmt::format("{}:{}", scheme, label) : fmt::format("{}:{}{}{}", scheme, code, cut || label.empty() ? "" : " ", cut ? "" : label);
                   rows[static_cast<std::size_t>(d)].push_back(numbers.id(fold_case(scheme + ":" + (code.empty() ? std::string(label) : code)), name));
                 }));
  for (std::vector<std::int32_t>& row : rows) {
    std::sort(row.begin(), row.end());
    row.erase(std::unique(row.begin(), row.end()), row.end());
    append_row(classes.lists, row);
  }
  return classes;
}

Result<NamedLists> load_funders(const Workspace& workspace, const std::string& snapshot_id, const analysis::Dataset& dataset) {
  const store::SnapshotRow snapshot = TRY(snapshot_of(workspace, snapshot_id));
  NamedLists funders;
  Numbers numbers(funders.names);
  std::vector<std::vector<std::int32_t>> rows(dataset.record_ids.size());
  TRY(each_entry(workspace, snapshot, dataset, "SELECT key, f.funder FROM (SELECT key, unnest(funding) AS f FROM {}) WHERE coalesce(f.funder, '') <> '' ORDER BY key, 2",
                 [&](std::int32_t d, const std::vector<store::ColumnView>& c, std::int64_t row) {
                   const std::string name = join(split_trimmed(c[1].text(row), " "), " ");
                   if (!name.empty()) rows[static_cast<std::size_t>(d)].push_back(numbers.id(fold_case(name), name));
                 }));
  for (std::vector<std::int32_t>& row : rows) {
    std::sort(row.begin(), row.end());
    row.erase(std::unique(row.begin(), row.end()), row.end());
    append_row(funders.lists, row);
  }
  return funders;
}

Result<NamedLists> load_reference_venues(const Workspace& workspace, const std::string& snapshot_id, const analysis::Dataset& dataset) {
  const store::SnapshotRow snapshot = TRY(snapshot_of(workspace, snapshot_id));
  NamedLists venues;
  Numbers numbers(venues.names);
  std::vector<std::vector<std::pair<std::int32_t, std::int16_t>>> rows(dataset.record_ids.size());
  TRY(each_entry(workspace, snapshot, dataset, "SELECT key, r.venue, coalesce(r.year, 0) FROM (SELECT key, unnest(\"references\") AS r FROM {}) WHERE coalesce(r.venue, '') <> '' ORDER BY key, 2, 3",
                 [&](std::int32_t d, const std::vector<store::ColumnView>& c, std::int64_t row) {
                   std::string name = join(split_trimmed(c[1].text(row), " "), " ");
                   while (!name.empty() && (name.back() == '.' || name.back() == ',' || name.back() == ';')) name.pop_back();
                   if (name.empty()) return;
                   rows[static_cast<std::size_t>(d)].emplace_back(numbers.id(fold_case(name), name), static_cast<std::int16_t>(c[2].integer(row)));
                 }));
  for (std::size_t d = 0; d < rows.size(); ++d) {
    if (rows[d].empty()) {
      for (const std::int32_t cited : dataset.references.row(static_cast<std::int64_t>(d))) {
        const std::int32_t venue = dataset.venue[static_cast<std::size_t>(cited)];
        if (venue < 0) continue;
        const std::string& name = dataset.venue_names[static_cast<std::size_t>(venue)];
        rows[d].emplace_back(numbers.id(fold_case(name), name), dataset.year[static_cast<std::size_t>(cited)]);
      }
    }
    for (const auto& [venue, year] : rows[d]) {
      venues.lists.values.push_back(venue);
      venues.years.push_back(year);
    }
    venues.lists.offsets.push_back(static_cast<std::int64_t>(venues.lists.values.size()));
  }
  return venues;
}

Result<Affiliations> load_affiliations(const Workspace& workspace, const std::string& snapshot_id, const analysis::Dataset& dataset) {
  const store::SnapshotRow snapshot = TRY(snapshot_of(workspace, snapshot_id));
  const auto by_name = [](const std::vector<std::string>& names) {
    std::unordered_map<std::string, std::int32_t> ids;
    for (std::size_t i = 0; i < names.size(); ++i) ids.try_emplace(fold_case(names[i]), static_cast<std::int32_t>(i));
    return ids;
  };
  const auto person_ids = by_name(dataset.person_names);
  const auto organisation_ids = by_name(dataset.organisation_names);
  struct Pair {
    std::int32_t document, person, organisation;
    auto operator<=>(const Pair&) const = default;
  };
  std::vector<Pair> pairs;
  TRY(each_entry(workspace, snapshot, dataset,
                 "SELECT key, list_transform(persons, p -> p.name), list_transform(persons, p -> p.organisations), list_transform(organisations, o -> o.name) FROM {} WHERE len(persons) > 0 AND len(organisations) > 0",
                 [&](std::int32_t d, const std::vector<store::ColumnView>& c, std::int64_t row) {
                   const auto people = c[1].list(row), indices = c[2].list(row), bodies = c[3].list(row);
                   const store::ColumnView person_items = c[1].items(), index_lists = c[2].items(), body_items = c[3].items();
                   const store::ColumnView index_items = index_lists.items();
                   const auto add = [&](std::int64_t person, std::int64_t body) {
                     const auto a = person_ids.find(fold_case(person_items.text(people.begin + person)));
                     const auto b = organisation_ids.find(fold_case(body_items.text(bodies.begin + body)));
                     if (a != person_ids.end() && b != organisation_ids.end()) pairs.push_back({d, a->second, b->second});
                   };
                   for (std::int64_t i = 0; i < people.count; ++i) {
                     const auto own = i < indices.count ? index_lists.list(indices.begin + i) : store::ColumnView::Range{};
                     for (std::int64_t k = 0; k < own.count; ++k) {
                       const std::int64_t body = index_items.integer(own.begin + k);
                       if (body >= 0 && body < bodies.count) add(i, body);
                     }
                     if (own.count == 0 && bodies.count == 1) add(i, 0);
                   }
                 }));
  std::sort(pairs.begin(), pairs.end());
  pairs.erase(std::unique(pairs.begin(), pairs.end()), pairs.end());
  Affiliations affiliations;
  for (const Pair& pair : pairs) {
    affiliations.documents.push_back(pair.document);
    affiliations.persons.push_back(pair.person);
    affiliations.organisations.push_back(pair.organisation);
  }
  return affiliations;
}

}  // namespace jianwei::workflow

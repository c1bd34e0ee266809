#include "workflow/documents.h"

#include <algorithm>
#include <unordered_map>

#include "base/strings.h"
#include "records/unicode.h"
#include "store/record_columns.h"
#include "store/table_feed.h"
#include "workflow/actors.h"
#include "workflow/arena.h"
#include "workflow/id_lists.h"

namespace jianwei::workflow {
namespace {

// Numbers names in the order in which they come; spellings that fold alike are one, shown as first seen.
class Names {
 public:
  explicit Names(std::vector<std::string>& names) : names_(names) {}
  std::int32_t id(std::string_view name) {
    const auto exact = exact_.find(std::string(name));  // folding is slow, and most names come often
    if (exact != exact_.end()) return exact->second;
    const auto [found, added] = folded_.try_emplace(fold_case(name), static_cast<std::int32_t>(names_.size()));
    if (added) names_.emplace_back(name);
    exact_.emplace(name, found->second);
    return found->second;
  }

 private:
  std::vector<std::string>& names_;
  std::unordered_map<std::string, std::int32_t> exact_, folded_;
};

std::string list_sql(const std::vector<std::string>& values) {
  std::string sql = "(";
  for (const std::string& value : values) sql += (sql.size() > 1 ? ", " : "") + store::quote_sql(value);
  return sql + ")";
}

std::string condition(const DocumentFilter& filter, std::vector<store::Parameter>& parameters, const std::vector<std::string>& words) {
  std::string sql = " WHERE true";
  if (!filter.kinds.empty()) {
    std::vector<std::string> kinds;
    for (const RecordKind kind : filter.kinds) kinds.emplace_back(to_string(kind));
    sql += " AND kind IN " + list_sql(kinds);
  }
  if (!filter.sources.empty()) {
    sql += " AND (false";
    for (const std::string& source : filter.sources) sql += fmt::format(" OR list_contains(sources, {})", store::quote_sql(source));
    sql += ")";
  }
  if (!filter.languages.empty()) sql += " AND language IN " + list_sql(filter.languages);
  if (filter.from != 0) sql += fmt::format(" AND year >= {}", filter.from);
  if (filter.until != 0) sql += fmt::format(" AND year <= {}", filter.until);
  for (const std::string& word : words) {
    sql += " AND contains(lower(concat_ws(' ', title, title_translated, abstract, abstract_translated, array_to_string(keywords, ' '))), lower(?))";
    parameters.emplace_back(word);
  }
  return sql;
}

bool is_actor(std::string_view role) { return role != "funder" && role != "publisher" && role != "issuer"; }

// Which documents of the set a document cites, from the snapshot's citations.
Result<> fill_references(const Workspace& workspace, const store::SnapshotRow& snapshot, const std::vector<std::uint64_t>& keys, analysis::Dataset& d) {
  std::vector<std::vector<std::int32_t>> cited(keys.size());
  if (!snapshot.citations_path.empty()) {
    std::unordered_map<std::uint64_t, std::int32_t> row_of;
    for (std::size_t i = 0; i < keys.size(); ++i) row_of[keys[i]] = static_cast<std::int32_t>(i);
    const store::Table table = TRY(store::read_table(workspace.lake.path(snapshot.citations_path)));
    const auto& from = *TRY(table.require<std::uint64_t>("citing"));
    const auto& to = *TRY(table.require<std::uint64_t>("cited"));
    const auto& relation = *TRY(table.require<std::string>("relation"));
    for (std::size_t i = 0; i < from.size(); ++i) {
      if (relation[i] != "cites" || to[i] == 0) continue;
      const auto a = row_of.find(from[i]);
      const auto b = row_of.find(to[i]);
      if (a != row_of.end() && b != row_of.end() && a != b) cited[static_cast<std::size_t>(a->second)].push_back(b->second);
    }
  }
  for (std::vector<std::int32_t>& list : cited) {
    std::sort(list.begin(), list.end());
    add_distinct(d.references, list);
  }
  return {};
}

constexpr const char* kSelect =
    "SELECT key, kind, title, coalesce(abstract, full_text), language, date, citation_count, venue, coalesce(sources[1], ''), keywords, "
    "list_transform(persons, p -> p.name), list_transform(organisations, o -> o.name), list_transform(organisations, o -> o.country), "
    "list_transform(organisations, o -> coalesce(o.role, '')), "
    "coalesce('https://doi.org/' || list_filter(identifiers, i -> i.scheme = 'doi')[1].value, url, ''), "
    "list_transform(persons, p -> coalesce(p.family, '')), list_transform(persons, p -> coalesce(p.given, '')), "
    "list_transform(persons, p -> coalesce(p.orcid, '')), list_transform(persons, p -> coalesce(p.source_id, '')), "
    "list_transform(persons, p -> coalesce(array_to_string(p.organisations, ','), '')), list_transform(organisations, o -> coalesce(o.ror, '')), title_translated, abstract_translated FROM ";

}  // namespace

Result<Documents> load_documents(const Workspace& workspace, const DocumentFilter& filter, Progress& progress, int thread_count) {
  const store::SnapshotRow snapshot = TRY(workspace.lake.latest_snapshot());
  store::Database database = TRY(workspace.lake.open_database(thread_count));
  store::Connection connection = TRY(database.connect());
  const std::vector<std::string> words = split_trimmed(filter.query, " ");
  std::vector<store::Parameter> parameters;
  const std::string where = condition(filter, parameters, words);
  progress.begin("documents", snapshot.record_count, "records");
  store::Rows rows = TRY(connection.query(
      kSelect + store::parquet_sql({workspace.lake.path(snapshot.merged_path)}) + where + " ORDER BY coalesce(date, ''), key", parameters));

  Documents out;
  out.snapshot_id = snapshot.id;
  analysis::Dataset& d = out.dataset;
  Arena arena(out.arena);
  Names sources(d.source_names), languages(d.language_names), venues(d.venue_names), countries(d.country_names);
  ActorCollector actors;
  std::vector<std::int64_t> keyword_offsets = {0};
  std::vector<std::uint64_t> keys;
  while (TRY(rows.next())) {
    TRY(progress.check());
    std::vector<store::ColumnView> c;
    for (std::int64_t i = 0; i < rows.column_count(); ++i) c.push_back(rows.column(i));
    const store::ColumnView keyword_items = c[9].items(), organisation_items = c[11].items(), country_items = c[12].items(), role_items = c[13].items(), ror_items = c[20].items();
    const store::ColumnView name_items = c[10].items(), family_items = c[15].items(), given_items = c[16].items(), orcid_items = c[17].items(), id_items = c[18].items(), place_items = c[19].items();
    for (std::int64_t row = 0; row < rows.row_count(); ++row) {
      keys.push_back(c[0].unsigned_integer(row));
      d.record_ids.push_back(store::record_id(keys.back()));
      d.kind.push_back(static_cast<std::int8_t>(parse_record_kind(c[1].text(row)).value_or(RecordKind::work)));
      const Result<Date> date = parse_date(c[5].text(row));
      d.year.push_back(date ? date->year : std::int16_t{0});
      d.month.push_back(date ? date->month : std::int8_t{0});
      d.citation_count.push_back(c[6].valid(row) ? static_cast<std::int32_t>(c[6].integer(row)) : -1);
      d.venue.push_back(c[7].valid(row) ? venues.id(c[7].text(row)) : -1);
      d.source.push_back(static_cast<std::int16_t>(sources.id(c[8].text(row))));
      d.language.push_back(static_cast<std::int8_t>(languages.id(c[4].text(row))));
      const std::string_view url = c[14].text(row);
      out.urls.emplace_back(url.starts_with("http://") || url.starts_with("https://") ? url : "");
      out.synthetic = out.synthetic || c[8].text(row).starts_with("synthetic");
      text::DocumentText text;
      text.title = arena.keep(c[2].text(row));
      text.abstract = arena.keep(cut_text(c[3].text(row), kMaxTextBytes));
      text.language = arena.keep(c[4].text(row));
      text.title_translated = arena.keep(c[21].text(row));
      text.abstract_translated = arena.keep(cut_text(c[22].text(row), kMaxTextBytes));
      out.texts.push_back(text);
      const auto words_of_row = c[9].list(row);
      for (std::int64_t i = 0; i < words_of_row.count; ++i) out.keywords.emplace_back(keyword_items.text(words_of_row.begin + i));
      keyword_offsets.push_back(static_cast<std::int64_t>(out.keywords.size()));
      const auto bodies = c[11].list(row);
      std::vector<std::int32_t> country_ids;
      for (std::int64_t i = bodies.begin; i < bodies.begin + bodies.count; ++i) {
        const bool actor = is_actor(role_items.text(i));
        actors.add_organisation(organisation_items.text(i), ror_items.text(i), actor);
        if (const std::string_view code = country_items.text(i); actor && !code.empty()) country_ids.push_back(countries.id(code));
      }
      const auto names = c[10].list(row);
      for (std::int64_t i = names.begin; i < names.begin + names.count; ++i) {
        actors.add_person({name_items.text(i), family_items.text(i), given_items.text(i), orcid_items.text(i), id_items.text(i), place_items.text(i), c[8].text(row)});
      }
      actors.end_record(text.title);
      std::sort(country_ids.begin(), country_ids.end());
      add_distinct(d.countries, country_ids);
    }
    progress.advance(rows.row_count());
  }
  if (keys.empty()) return fail(ErrorKind::not_found, "no record of {} matches the filter of the study", workspace.root().string());
  for (std::size_t i = 0; i < out.texts.size(); ++i) {  // the keywords have their final place now
    const auto begin = static_cast<std::size_t>(keyword_offsets[i]);
    out.texts[i].keywords = {out.keywords.data() + begin, static_cast<std::size_t>(keyword_offsets[i + 1]) - begin};
  }
  TRY(actors.resolve(TRY(organisation_aliases(workspace)), d, progress, thread_count));
  TRY(fill_references(workspace, snapshot, keys, d));
  return out;
}

}  // namespace jianwei::workflow

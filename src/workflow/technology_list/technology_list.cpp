#include "workflow/technology_list/technology_list.h"

#include <algorithm>
#include <set>

#include "base/json_writer.h"
#include "records/unicode.h"
#include "store/app_db.h"
#include "workflow/expert_library/fields.h"
#include "workflow/expert_library/typed_words.h"

namespace jianwei::workflow {
namespace {

std::string body_of(const Entry& entry) {
  return JsonWriter().begin_object().field("field", entry.field).field("zh", entry.zh).field("en", entry.en).field("state", entry.state).key("origin").raw(entry.origin).key("lineage").raw(entry.lineage).end_object().text();
}

Result<Entry> read_entry(const store::ObjectRow& row) {
  const Fields fields = TRY(Fields::parse(row.body, row.id));
  Entry entry{row.id, row.parent, TRY(fields.text("field")), TRY(fields.text("zh")), TRY(fields.text("en")), TRY(fields.text("state")), fields.raw("origin", "{}"), fields.raw("lineage", "[]")};
  return entry;
}

Result<> count_votes(store::ExpertDb& db, Entry& entry) {
  for (const store::ObjectRow& row : TRY(db.objects("vote", entry.id))) {
    const std::int64_t vote = TRY(TRY(Fields::parse(row.body, row.id)).integer("vote", 0));
    entry.in_favour += vote > 0;
    entry.against += vote < 0;
  }
  return {};
}

// The lineage with one more step.
std::string step(const Entry& entry, std::string_view action, const std::vector<std::string>& others, std::string_view reason, std::string_view actor) {
  JsonWriter json;
  json.begin_object().field("action", action).field("zh", entry.zh).field("en", entry.en).field("state", entry.state).field("reason", reason).field("by", actor).field("at", store::utc_now()).key("entries").begin_array();
  for (const std::string& other : others) json.value(other);
  const std::string one = json.end_array().end_object().text();
  return entry.lineage == "[]" ? "[" + one + "]" : entry.lineage.substr(0, entry.lineage.size() - 1) + "," + one + "]";
}

Result<Entry> open_entry(store::ExpertDb& db, std::string_view id) {
  Entry entry = TRY(load_entry(db, id));
  if (!entry.open()) return fail(ErrorKind::conflict, "{} has gone into others ({}): change those", id, entry.state);
  return entry;
}

store::ObjectRow row_of(const Entry& entry) { return {"entry", entry.id, entry.list, 0, body_of(entry)}; }

store::ExpertEventRow event(std::string_view actor, std::string_view kind, std::string_view object, std::string_view reason) {
  return {.actor = std::string(actor), .kind = std::string(kind), .object = std::string(object), .detail = JsonWriter().begin_object().field("reason", reason).end_object().text()};
}

Result<Longlist> read_list(const store::ObjectRow& row) {
  const Fields fields = TRY(Fields::parse(row.body, row.id));
  return Longlist{row.id, TRY(fields.text("zh")), TRY(fields.text("en")), TRY(fields.integer("version", 0)), {}};
}

Result<> check_words(std::string_view zh, std::string_view en, std::string_view field, std::int64_t most) {
  TRY(check_line("zh", zh, most));
  TRY(check_line("en", en, most));
  return check_line("field", field, kTitleCharacters);
}

std::string list_body(const Longlist& list) { return JsonWriter().begin_object().field("zh", list.zh).field("en", list.en).field("version", list.version).end_object().text(); }

}  // namespace

std::string to_json(const Entry& entry) {
  return JsonWriter().begin_object().field("id", entry.id).field("list", entry.list).field("field", entry.field).field("zh", entry.zh).field("en", entry.en).field("state", entry.state).field("in_favour", entry.in_favour)
      .field("against", entry.against).key("origin").raw(entry.origin).key("lineage").raw(entry.lineage).end_object().text();
}

std::string to_json(const Longlist& list) {
  JsonWriter json;
  json.begin_object().field("id", list.id).field("zh", list.zh).field("en", list.en).field("version", list.version).key("entries").begin_array();
  for (const Entry& entry : list.entries) json.raw(to_json(entry));
  return json.end_array().end_object().text();
}

Result<Longlist> make_list(store::ExpertDb& db, std::string_view zh, std::string_view en, std::string_view actor) {
  if (zh.empty() && en.empty()) return fail(ErrorKind::invalid_input, "zh, en: a list needs a title");
  TRY(check_words(zh, en, "", kTitleCharacters));
  Longlist list{"", std::string(zh), std::string(en), 0, {}};
  list.id = TRY(db.apply({{{"list", "", "", 0, list_body(list)}}, {}, event(actor, "list_made", "", "")})).front().id;
  return list;
}

Result<std::vector<Longlist>> load_lists(store::ExpertDb& db) {
  std::vector<Longlist> lists;
  for (const store::ObjectRow& row : TRY(db.objects("list"))) lists.push_back(TRY(read_list(row)));
  return lists;
}

Result<Longlist> load_list(store::ExpertDb& db, std::string_view id) {
  const auto row = TRY(db.object("list", id));
  if (!row) return fail(ErrorKind::not_found, "there is no technology list '{}'; 'jianwei longlist lists WS' shows those there are", id);
  Longlist list = TRY(read_list(*row));
  for (const store::ObjectRow& one : TRY(db.objects("entry", id))) list.entries.push_back(TRY(read_entry(one)));
  for (Entry& entry : list.entries) TRY(count_votes(db, entry));
  return list;
}

Result<Entry> load_entry(store::ExpertDb& db, std::string_view id) {
  const auto row = TRY(db.object("entry", id));
  if (!row) return fail(ErrorKind::not_found, "there is no entry '{}' in a technology list", id);
  Entry entry = TRY(read_entry(*row));
  TRY(count_votes(db, entry));
  return entry;
}

Result<std::vector<Entry>> add_entries(store::ExpertDb& db, std::string_view list_id, std::vector<Entry> entries, std::string_view actor) {
  const Longlist list = TRY(load_list(db, list_id));
  std::set<std::string> known;
  for (const Entry& entry : list.entries) {
    if (entry.open()) known.insert(fold_case(entry.zh) + "\n" + fold_case(entry.en));
  }
  store::ObjectChange change;
  std::vector<Entry> added;
  for (Entry& entry : entries) {
    if (entry.zh.empty() && entry.en.empty()) return fail(ErrorKind::invalid_input, "zh, en: an entry needs words");
    TRY(check_words(entry.zh, entry.en, entry.field, kStatementCharacters));
    if (!known.insert(fold_case(entry.zh) + "\n" + fold_case(entry.en)).second) continue;
    entry.list = list_id;
    change.puts.push_back(row_of(entry));
    added.push_back(std::move(entry));
  }
  if (added.empty()) return added;
  change.event = event(actor, "entries_added", list_id, fmt::format("{}", added.size()));
  const auto rows = TRY(db.apply(std::move(change)));
  for (std::size_t i = 0; i < added.size(); ++i) added[i].id = rows[i].id;
  return added;
}

Result<Entry> reword_entry(store::ExpertDb& db, std::string_view id, std::string_view zh, std::string_view en, std::string_view reason, std::string_view actor) {
  Entry entry = TRY(open_entry(db, id));
  if (zh.empty() && en.empty()) return fail(ErrorKind::invalid_input, "zh, en: an entry needs words");
  TRY(check_words(zh, en, "", kStatementCharacters));
  TRY(check_text("reason", reason, kTextCharacters));
  entry.lineage = step(entry, "reworded", {}, reason, actor);
  entry.zh = zh;
  entry.en = en;
  TRY(db.apply({{row_of(entry)}, {}, event(actor, "entry_reworded", id, reason)}));
  return entry;
}

Result<Entry> merge_entries(store::ExpertDb& db, const std::vector<std::string>& ids, const Entry& merged, std::string_view reason, std::string_view actor) {
  if (std::set<std::string>(ids.begin(), ids.end()).size() < 2) return fail(ErrorKind::invalid_input, "entries: a merge needs two different entries");
  std::vector<Entry> sources;
  JsonWriter origin;
  origin.begin_object().field("kind", "merge").key("sources").begin_array();
  std::set<std::string> records, authors;
  std::string topic;
  for (const std::string& id : ids) {
    Entry entry = TRY(open_entry(db, id));
    if (!sources.empty() && entry.list != sources.front().list) return fail(ErrorKind::invalid_input, "{} and {} are of two lists", ids.front(), id);
    origin.begin_object().field("entry", id).key("origin").raw(entry.origin).end_object();
    const Fields from = TRY(Fields::parse(entry.origin, id));
    for (const std::string& record : TRY(from.texts("records"))) records.insert(record);
    for (const std::string& author : TRY(from.texts("authors"))) authors.insert(author);
    // Whoever proposed a part is an author of the whole: conflict checks must see it.
    if (const std::string by = TRY(from.text("by")); !by.empty() && by != "erased") authors.insert(by);
    if (topic.empty()) topic = TRY(from.text("topic"));
    sources.push_back(std::move(entry));
  }
  origin.end_array().field("topic", topic).key("records").begin_array();
  for (const std::string& record : records) origin.value(record);
  origin.end_array().key("authors").begin_array();
  for (const std::string& author : authors) origin.value(author);
  Entry made = merged;
  if (made.zh.empty() && made.en.empty()) return fail(ErrorKind::invalid_input, "zh, en: the merged entry needs words");
  TRY(check_words(made.zh, made.en, made.field, kStatementCharacters));
  TRY(check_text("reason", reason, kTextCharacters));
  made.id.clear();
  made.list = sources.front().list;
  made.field = made.field.empty() ? sources.front().field : made.field;
  made.origin = origin.end_array().end_object().text();
  made.lineage = step(made, "made_by_merge", ids, reason, actor);
  store::ObjectChange change;
  change.puts.push_back(row_of(made));
  for (Entry& entry : sources) {
    entry.lineage = step(entry, "merged", ids, reason, actor);
    entry.state = "merged";
    change.puts.push_back(row_of(entry));
  }
  change.event = event(actor, "entries_merged", "", reason);
  made.id = TRY(db.apply(std::move(change))).front().id;
  return made;
}

Result<std::vector<Entry>> split_entry(store::ExpertDb& db, std::string_view id, std::vector<Entry> parts, std::string_view reason, std::string_view actor) {
  Entry whole = TRY(open_entry(db, id));
  if (parts.size() < 2) return fail(ErrorKind::invalid_input, "parts: a split needs two entries");
  store::ObjectChange change;
  for (Entry& part : parts) {
    if (part.zh.empty() && part.en.empty()) return fail(ErrorKind::invalid_input, "zh, en: every part needs words");
    TRY(check_words(part.zh, part.en, part.field, kStatementCharacters));
    part.id.clear();
    part.list = whole.list;
    part.field = part.field.empty() ? whole.field : part.field;
    part.origin = whole.origin;
    part.lineage = step(part, "made_by_split", {whole.id}, reason, actor);
    change.puts.push_back(row_of(part));
  }
  whole.lineage = step(whole, "split", {}, reason, actor);
  whole.state = "split";
  change.puts.push_back(row_of(whole));
  change.event = event(actor, "entry_split", id, reason);
  const auto rows = TRY(db.apply(std::move(change)));
  for (std::size_t i = 0; i < parts.size(); ++i) parts[i].id = rows[i].id;
  return parts;
}

Result<Entry> vote_entry(store::ExpertDb& db, std::string_view id, std::string_view voter, std::int64_t vote, std::string_view reason, std::string_view actor) {
  (void)TRY(open_entry(db, id));
  if (vote < -1 || vote > 1) return fail(ErrorKind::invalid_input, "vote: {} is none of 1, 0, -1", vote);
  if (voter.empty()) return fail(ErrorKind::invalid_input, "voter: who votes?");
  // A voter's earlier vote is replaced; its number says nothing of the person.
  std::string key;
  for (const store::ObjectRow& row : TRY(db.objects("vote", id))) {
    if (TRY(TRY(Fields::parse(row.body, row.id)).text("by")) == voter) key = row.id;
  }
  TRY(db.apply({{{"vote", key, std::string(id), 0, JsonWriter().begin_object().field("entry", id).field("by", voter).field("vote", vote).field("reason", reason).end_object().text()}}, {}, event(actor, "entry_voted", id, "")}));
  return load_entry(db, id);
}

Result<Entry> decide_entry(store::ExpertDb& db, std::string_view id, std::string_view state, std::string_view reason, std::string_view actor) {
  Entry entry = TRY(open_entry(db, id));
  if (state != "accepted" && state != "rejected" && state != "candidate") return fail(ErrorKind::invalid_input, "state: '{}' is none of accepted, rejected, candidate", state);
  entry.lineage = step(entry, state, {}, reason, actor);
  entry.state = state;
  TRY(db.apply({{row_of(entry)}, {}, event(actor, fmt::format("entry_{}", state), id, reason)}));
  return entry;
}

Result<std::int64_t> freeze_list(store::ExpertDb& db, std::string_view id, std::string_view reason, std::string_view actor) {
  Longlist list = TRY(load_list(db, id));
  ++list.version;
  TRY(db.apply({{{"list", list.id, "", 0, list_body(list)}, {"version", fmt::format("{}:{}", id, list.version), list.id, 0, to_json(list)}}, {}, event(actor, "list_frozen", id, reason)}));
  return list.version;
}

Result<Longlist> load_version(store::ExpertDb& db, std::string_view id, std::int64_t version) {
  const auto row = TRY(db.object("version", fmt::format("{}:{}", id, version)));
  if (!row) return fail(ErrorKind::not_found, "the list '{}' has no version {}", id, version);
  const Fields fields = TRY(Fields::parse(row->body, row->id));
  Longlist list{std::string(id), TRY(fields.text("zh")), TRY(fields.text("en")), version, {}};
  for (const Fields& from : TRY(fields.objects("entries"))) {
    list.entries.push_back({TRY(from.text("id")), std::string(id), TRY(from.text("field")), TRY(from.text("zh")), TRY(from.text("en")), TRY(from.text("state")), from.raw("origin", "{}"), from.raw("lineage", "[]"),
                            TRY(from.integer("in_favour", 0)), TRY(from.integer("against", 0))});
  }
  return list;
}

products::Sheet list_sheet(const Longlist& list) {
  products::Sheet sheet{list.id, {"id", "field", "zh", "en", "state", "in_favour", "against", "origin", "lineage"}, {}};
  for (const Entry& entry : list.entries) sheet.rows.push_back({entry.id, entry.field, entry.zh, entry.en, entry.state, entry.in_favour, entry.against, entry.origin, entry.lineage});
  return sheet;
}

}  // namespace jianwei::workflow

#include "store/ledger.h"

#include <simdjson.h>

#include <algorithm>

#include "base/hash.h"
#include "base/json_writer.h"
#include "store/app_db.h"

namespace jianwei::store {
namespace {

void write_canonical(simdjson::dom::element value, JsonWriter& json) {
  switch (value.type()) {
    case simdjson::dom::element_type::OBJECT: {
      std::vector<std::pair<std::string_view, simdjson::dom::element>> fields;
      for (const auto field : simdjson::dom::object(value)) fields.emplace_back(field.key, field.value);
      std::stable_sort(fields.begin(), fields.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
      json.begin_object();
      for (const auto& [key, content] : fields) write_canonical(content, json.key(key));
      json.end_object();
      break;
    }
    case simdjson::dom::element_type::ARRAY:
      json.begin_array();
      for (const auto item : simdjson::dom::array(value)) write_canonical(item, json);
      json.end_array();
      break;
    case simdjson::dom::element_type::STRING: json.value(std::string_view(value)); break;
    case simdjson::dom::element_type::INT64: json.value(std::int64_t(value)); break;
    case simdjson::dom::element_type::UINT64: json.raw(std::to_string(std::uint64_t(value))); break;
    case simdjson::dom::element_type::DOUBLE: json.value(double(value)); break;
    case simdjson::dom::element_type::BOOL: json.value(bool(value)); break;
    case simdjson::dom::element_type::NULL_VALUE: json.null(); break;
  }
}

std::string json_array(const std::vector<std::string>& texts) {
  JsonWriter json;
  json.begin_array();
  for (const std::string& text : texts) json.value(text);
  return std::move(json.end_array()).text();
}

Result<std::vector<std::string>> read_array(const std::string& text) {
  simdjson::dom::parser parser;
  simdjson::dom::array array;
  if (parser.parse(text).get(array) != simdjson::SUCCESS) return fail(ErrorKind::corrupt, "the ledger's evidence is no JSON array: {}", text.substr(0, 60));
  std::vector<std::string> list;
  for (const auto item : array) {
    std::string_view value;
    if (item.get(value) != simdjson::SUCCESS) return fail(ErrorKind::corrupt, "the ledger's evidence holds something else than record ids: {}", text.substr(0, 60));
    list.emplace_back(value);
  }
  return list;
}

}  // namespace

Result<std::string> canonical_json(std::string_view text) {
  simdjson::dom::parser parser;
  simdjson::dom::element root;
  if (parser.parse(simdjson::padded_string(text)).get(root) != simdjson::SUCCESS) return fail(ErrorKind::invalid_input, "no JSON: {}", text.substr(0, 60));
  JsonWriter json;
  write_canonical(root, json);
  return std::move(json).text();
}

Result<std::string> canonical_text(const LedgerEvent& e) {
  const std::string arguments = TRY(canonical_json(e.arguments));
  if (!arguments.starts_with('{')) return fail(ErrorKind::invalid_input, "the arguments of a judgement are a JSON object, not {}", arguments.substr(0, 60));
  JsonWriter json;
  json.begin_object().field("actor", e.actor).key("arguments").raw(arguments).field("at", e.at).key("evidence").raw(json_array(e.evidence)).field("kind", e.kind);
  json.field("object_id", e.object_id).field("object_type", e.object_type).field("previous_hash", e.previous_hash).field("reason", e.reason).field("refers_to", e.refers_to);
  json.field("role", e.role).field("run", e.run).field("sequence", e.sequence).field("snapshot", e.snapshot).field("state", e.state).end_object();
  return std::move(json).text();
}

Result<std::vector<LedgerEvent>> Ledger::read(std::string_view condition, std::initializer_list<SqliteValue> values) {
  std::vector<LedgerEvent> list;
  SqliteRows rows = TRY(database_.query(
      fmt::format("SELECT sequence, at, actor, role, kind, object_type, object_id, arguments, reason, evidence, snapshot, run, state, refers_to, previous_hash, hash "
                  "FROM ledger {} ORDER BY sequence",
                  condition),
      values));
  while (TRY(rows.next())) {
    LedgerEvent e;
    e.sequence = rows.integer(0);
    std::string* const texts[] = {&e.at, &e.actor, &e.role, &e.kind, &e.object_type, &e.object_id, &e.arguments, &e.reason};
    for (int c = 0; c < 8; ++c) *texts[c] = rows.text(c + 1);
    e.evidence = TRY(read_array(rows.text(9)));
    e.snapshot = rows.text(10);
    e.run = rows.text(11);
    e.state = rows.text(12);
    e.refers_to = rows.integer(13);
    e.previous_hash = rows.text(14);
    e.hash = rows.text(15);
    list.push_back(std::move(e));
  }
  return list;
}

Result<std::vector<LedgerEvent>> Ledger::events() { return read("", {}); }
Result<std::vector<LedgerEvent>> Ledger::events_of(std::string_view object_type) { return read("WHERE object_type = $1", {object_type}); }

Result<> Ledger::append_in_transaction(std::vector<LedgerEvent>& events) {
  std::int64_t sequence = 0;
  std::string head;
  {
    SqliteRows rows = TRY(database_.query("SELECT sequence, hash FROM ledger ORDER BY sequence DESC LIMIT 1"));
    if (TRY(rows.next())) {
      sequence = rows.integer(0);
      head = rows.text(1);
    }
  }
  for (LedgerEvent& e : events) {
    e.sequence = ++sequence;
    if (e.at.empty()) e.at = utc_now();
    e.previous_hash = head;
    const Result<std::string> arguments = canonical_json(e.arguments);
    if (!arguments) return fail(ErrorKind::invalid_input, "the arguments of the judgement: {}", arguments.error().message);
    e.arguments = *arguments;
    e.hash = head = sha256_hex(TRY(canonical_text(e)));
    const std::string evidence = json_array(e.evidence);
    TRY(database_.execute(
        "INSERT INTO ledger (sequence, at, actor, role, kind, object_type, object_id, arguments, reason, evidence, snapshot, run, state, refers_to, previous_hash, hash) "
        "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)",
        {e.sequence, e.at, e.actor, e.role, e.kind, e.object_type, e.object_id, e.arguments, e.reason, evidence, e.snapshot, e.run, e.state, e.refers_to, e.previous_hash, e.hash}));
  }
  return {};
}

Result<std::vector<LedgerEvent>> Ledger::append(std::vector<LedgerEvent> events) {
  TRY(database_.transaction([&] { return append_in_transaction(events); }));
  return events;
}

Result<LedgerState> Ledger::verify() {
  LedgerState state;
  for (const LedgerEvent& e : TRY(events())) {
    if (e.sequence != state.count + 1) return fail(ErrorKind::corrupt, "the ledger breaks at event {}: event {} is missing", e.sequence, state.count + 1);
    if (e.previous_hash != state.head) return fail(ErrorKind::corrupt, "the ledger breaks at event {}: it does not follow on event {}", e.sequence, state.count);
    if (sha256_hex(TRY(canonical_text(e))) != e.hash) return fail(ErrorKind::corrupt, "the ledger breaks at event {}: its content was changed after it was entered", e.sequence);
    ++state.count;
    state.head = e.hash;
  }
  return state;
}

}  // namespace jianwei::store

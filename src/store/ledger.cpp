#include "store/ledger.h"

#include <simdjson.h>

#include <algorithm>

#include "base/hash.h"
#include "base/json_writer.h"
#include "store/app_db.h"
#include "store/ledger_chain.h"

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

}  // namespace

std::string write_evidence(const std::vector<std::string>& records) {
  JsonWriter json;
  json.begin_array();
  for (const std::string& record : records) json.value(record);
  return std::move(json.end_array()).text();
}

Result<std::vector<std::string>> read_evidence(const std::string& text) {
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
  json.begin_object().field("actor", e.actor).key("arguments").raw(arguments).field("at", e.at).key("evidence").raw(write_evidence(e.evidence)).field("kind", e.kind);
  json.field("object_id", e.object_id).field("object_type", e.object_type).field("previous_hash", e.previous_hash).field("reason", e.reason).field("refers_to", e.refers_to);
  json.field("role", e.role).field("run", e.run).field("sequence", e.sequence).field("snapshot", e.snapshot).field("state", e.state).end_object();
  return std::move(json).text();
}

Result<> seal_event(LedgerEvent& e, LedgerState& state) {
  e.sequence = ++state.count;
  if (e.at.empty()) e.at = utc_now();
  e.previous_hash = state.head;
  const Result<std::string> arguments = canonical_json(e.arguments);
  if (!arguments) return fail(ErrorKind::invalid_input, "the arguments of the judgement: {}", arguments.error().message);
  e.arguments = *arguments;
  e.hash = state.head = sha256_hex(TRY(canonical_text(e)));
  return {};
}

Result<LedgerState> verify_chain(const std::vector<LedgerEvent>& events) {
  LedgerState state;
  for (const LedgerEvent& e : events) {
    if (e.sequence != state.count + 1) return fail(ErrorKind::corrupt, "the ledger breaks at event {}: event {} is missing", e.sequence, state.count + 1);
    if (e.previous_hash != state.head) return fail(ErrorKind::corrupt, "the ledger breaks at event {}: it does not follow on event {}", e.sequence, state.count);
    if (sha256_hex(TRY(canonical_text(e))) != e.hash) return fail(ErrorKind::corrupt, "the ledger breaks at event {}: its content was changed after it was entered", e.sequence);
    ++state.count;
    state.head = e.hash;
  }
  return state;
}

Result<std::vector<LedgerEvent>> Ledger::events() { return events_of(""); }

Result<std::vector<LedgerEvent>> Ledger::events_of(std::string_view object_type) {
  const LedgerPlace place = TRY(read_place(database_));
  if (place.location.empty()) return read_events(database_, "", object_type);
  LedgerServer server = TRY(LedgerServer::connect(place.location));
  return read_events(*server, place.workspace, object_type);
}

// A move may end while we wait for the lock: then we follow it.
Result<std::vector<LedgerEvent>> Ledger::append(std::vector<LedgerEvent> events) {
  constexpr int kAttempts = 3;
  for (int attempt = 1;; ++attempt) {
    const LedgerPlace place = TRY(read_place(database_));
    bool moved = false;
    const auto append_there = [&](auto& database) {
      return database.transaction([&]() -> Result<> {
        moved = TRY(read_place(database_)).location != place.location;
        if (moved) return fail(ErrorKind::conflict, "the ledger was moved meanwhile: try again");
        return append_to_chain(database, place.workspace, events);
      });
    };
    Result<> done;
    if (place.location.empty()) {
      done = append_there(database_);
    } else {
      LedgerServer server = TRY(LedgerServer::connect(place.location));
      done = append_there(*server);
    }
    if (done) return events;
    if (!moved || attempt == kAttempts) return tl::unexpected(done.error());
  }
}

// The transaction holds app.db: nobody moves the ledger meanwhile.
Result<> Ledger::append_in_transaction(std::vector<LedgerEvent>& events) {
  const LedgerPlace place = TRY(read_place(database_));
  if (place.location.empty()) return append_to_chain(database_, "", events);
  LedgerServer server = TRY(LedgerServer::connect(place.location));
  return server->transaction([&] { return append_to_chain(*server, place.workspace, events); });
}

Result<LedgerState> Ledger::verify() { return verify_chain(TRY(events())); }

}  // namespace jianwei::store

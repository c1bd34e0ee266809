// What the law gives a person: to agree and take it back, to see everything, to be erased. docs/experts.md says what is deleted and what is severed.
#include <algorithm>

#include "base/json_writer.h"
#include "store/app_db.h"
#include "workflow/expert_library/fields.h"
#include "workflow/expert_library/library.h"

namespace jianwei::workflow {
namespace {

std::string event_json(const store::ExpertEventRow& event) {
  return JsonWriter().begin_object().field("at", event.at).field("kind", event.kind).key("detail").raw(event.detail).end_object().text();
}

// The body with every mention of the person under `field` emptied; nothing when there is none.
std::optional<std::string> severed(const store::ObjectRow& row, std::string_view id) {
  const std::string quoted = fmt::format("\"{}\"", id);
  if (row.body.find(quoted) == std::string::npos) return std::nullopt;
  std::string body = row.body;
  for (std::size_t place = body.find(quoted); place != std::string::npos; place = body.find(quoted)) body.replace(place, quoted.size(), "\"erased\"");
  return body;
}

}  // namespace

Result<Expert> set_consent(store::ExpertDb& db, std::string_view id, std::string_view text_version, std::string_view actor) {
  Expert expert = TRY(load_expert(db, id));
  if (text_version.empty()) return fail(ErrorKind::invalid_input, "text_version: which text was agreed to ('withdrawn' takes the consent back)");
  expert.consent = text_version;
  expert.consent_at = store::utc_now();
  TRY(db.apply({{{"expert", expert.id, "", 0, to_json(expert)}}, {}, {.actor = std::string(actor), .kind = text_version == "withdrawn" ? "consent_withdrawn" : "consent_given", .object = expert.id,
                                                                     .detail = JsonWriter().begin_object().field("text_version", text_version).end_object().text()}}));
  return expert;
}

Result<std::string> export_expert(store::ExpertDb& db, std::string_view id, std::string_view actor) {
  const Expert expert = TRY(load_expert(db, id));
  JsonWriter json;
  json.begin_object().key("expert").raw(to_json(expert));
  for (const std::string_view kind : {"tie", "vote", "forecast", "entry", "assignment"}) {
    json.key(kind).begin_array();
    for (const store::ObjectRow& row : TRY(db.objects(kind))) {
      if (row.body.find(fmt::format("\"{}\"", id)) != std::string::npos) json.begin_object().field("id", row.id).key("content").raw(row.body).end_object();
    }
    json.end_array();
  }
  json.key("events").begin_array();
  for (const store::ExpertEventRow& event : TRY(db.events(id))) json.raw(event_json(event));
  TRY(db.apply({{}, {}, {.actor = std::string(actor), .kind = "expert_exported", .object = expert.id}}));
  return json.end_array().end_object().text();
}

Result<Erasure> erase_expert(store::ExpertDb& db, std::string_view id, std::string_view reason, std::string_view actor) {
  const Expert expert = TRY(load_expert(db, id));
  Erasure erasure;
  store::ObjectChange change;
  change.removes.emplace_back("expert", expert.id);
  for (const store::ObjectRow& row : TRY(db.objects("tie"))) {
    if (!severed(row, id)) continue;
    change.removes.emplace_back("tie", row.id);
    ++erasure.ties;
  }
  const auto sever = [&](std::string_view kind, std::int64_t& count) -> Result<> {
    for (store::ObjectRow& row : TRY(db.objects(kind))) {
      auto body = severed(row, id);
      if (!body) continue;
      row.body = std::move(*body);
      change.puts.push_back(std::move(row));
      ++count;
    }
    return {};
  };
  std::int64_t assignments = 0;
  TRY(sever("vote", erasure.votes));
  TRY(sever("forecast", erasure.forecasts));
  TRY(sever("entry", erasure.entries));
  TRY(sever("assignment", assignments));
  change.event = {.actor = std::string(actor), .kind = "expert_erased", .object = expert.id,
                  .detail = JsonWriter().begin_object().field("reason", reason).field("ties_deleted", erasure.ties).field("votes_severed", erasure.votes).field("forecasts_severed", erasure.forecasts).field("entries_severed", erasure.entries).end_object().text()};
  TRY(db.apply(std::move(change)));
  TRY(db.checkpoint());
  return erasure;
}

}  // namespace jianwei::workflow

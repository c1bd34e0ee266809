#include "workflow/judgement/judgement.h"

#include <simdjson.h>

#include <algorithm>
#include <array>
#include <map>
#include <span>

#include "base/json_writer.h"
#include "base/strings.h"

namespace jianwei::workflow {
namespace {

using Types = std::vector<std::string_view>;

const std::map<std::string_view, Types>& kinds() {
  static const std::map<std::string_view, Types> table = {
      {"rename", {"topic", "term", "organisation", "person", "country", "venue"}},
      {"merge", {"topic", "term", "organisation", "person", "country", "venue"}},
      {"split", {"topic", "organisation", "person"}},
      {"remove", {"topic", "term"}},
      {"move", {"topic"}},
      {"link", {"topic", "term", "organisation", "person", "country", "venue", "record"}},
      {"comment", {"topic", "term", "organisation", "person", "country", "venue", "record"}},
      {"vote", {"topic", "term", "organisation", "person", "country", "venue", "record"}},
      {"watch", {"topic", "term", "organisation", "person", "country", "venue", "record"}}};
  return table;
}

std::string text_of(simdjson::dom::object object, std::string_view key) {
  std::string_view value;
  return object[key].get(value) == simdjson::SUCCESS ? std::string(value) : std::string();
}

std::vector<std::string> texts_in(simdjson::dom::array array) {
  std::vector<std::string> list;
  for (const auto item : array) {
    std::string_view value;
    if (item.get(value) == simdjson::SUCCESS) list.emplace_back(value);
  }
  return list;
}

std::vector<std::string> texts_of(simdjson::dom::object object, std::string_view key) {
  simdjson::dom::array array;
  return object[key].get(array) == simdjson::SUCCESS ? texts_in(array) : std::vector<std::string>();
}

void write_text(JsonWriter& json, std::string_view key, const std::string& text) {
  if (!text.empty()) json.field(key, text);
}

void write_texts(JsonWriter& json, std::string_view key, const std::vector<std::string>& texts) {
  if (texts.empty()) return;
  json.key(key).begin_array();
  for (const std::string& text : texts) json.value(text);
  json.end_array();
}

Result<> one_line(std::string_view field, const std::string& text) {
  if (text.find_first_of("\r\n\t") != std::string::npos || text.size() > 400) return fail(ErrorKind::invalid_input, "{}: a name is one line of at most 400 bytes", field);
  return {};
}

}  // namespace

bool is_control(std::string_view kind) { return kind == "undo" || kind == "redo" || kind == "approve" || kind == "refuse" || kind == "resolve"; }

bool is_entity(std::string_view type) { return type == "organisation" || type == "person" || type == "country" || type == "venue"; }

bool changes_results(const Judgement& j) {
  constexpr std::array<std::string_view, 6> kChanging = {"rename", "merge", "split", "remove", "move", "link"};
  return (j.type == "topic" || j.type == "term" || is_entity(j.type) || j.type == "record") && std::find(kChanging.begin(), kChanging.end(), j.kind) != kChanging.end();
}

Result<Judgement> read_judgement(const store::LedgerEvent& event) {
  Judgement j;
  j.sequence = event.sequence;
  j.kind = event.kind;
  j.type = event.object_type;
  j.object = event.object_id;
  j.actor = event.actor;
  j.at = event.at;
  j.run = event.run;
  simdjson::dom::parser parser;
  simdjson::dom::object object;
  if (parser.parse(simdjson::padded_string(event.arguments)).get(object) != simdjson::SUCCESS) return fail(ErrorKind::invalid_input, "the arguments of the judgement are no JSON object");
  j.label_zh = text_of(object, "label_zh");
  j.label_en = text_of(object, "label_en");
  j.from = text_of(object, "from");
  j.to_type = text_of(object, "to_type");
  j.to = text_of(object, "to");
  j.relation = text_of(object, "relation");
  j.text = text_of(object, "text");
  j.action = text_of(object, "action");
  j.others = texts_of(object, "others");
  j.documents = texts_of(object, "documents");
  j.names = texts_of(object, "names");
  j.anchor = texts_of(object, "anchor");
  simdjson::dom::array array;
  if (object["other_anchors"].get(array) == simdjson::SUCCESS) {
    for (const auto item : array) {
      simdjson::dom::array inner;
      j.other_anchors.push_back(item.get(inner) == simdjson::SUCCESS ? texts_in(inner) : std::vector<std::string>());
    }
  }
  if (object["parts"].get(array) == simdjson::SUCCESS) {
    for (const auto item : array) {
      simdjson::dom::object part;
      if (item.get(part) != simdjson::SUCCESS) return fail(ErrorKind::invalid_input, "parts: each part is an object with label_zh, label_en, documents, terms");
      j.parts.push_back({text_of(part, "id"), text_of(part, "label_zh"), text_of(part, "label_en"), texts_of(part, "documents"), texts_of(part, "terms")});
    }
  }
  std::int64_t value = 0;
  bool flag = false;
  if (object["value"].get(value) == simdjson::SUCCESS) j.value = value;
  else if (object["value"].get(flag) == simdjson::SUCCESS) j.value = flag ? 1 : 0;
  return j;
}

std::string arguments_json(const Judgement& j) {
  JsonWriter json;
  json.begin_object();
  write_text(json, "action", j.action);
  write_texts(json, "anchor", j.anchor);
  write_texts(json, "documents", j.documents);
  write_text(json, "from", j.from);
  write_text(json, "label_en", j.label_en);
  write_text(json, "label_zh", j.label_zh);
  write_texts(json, "names", j.names);
  if (!j.other_anchors.empty()) {
    json.key("other_anchors").begin_array();
    for (const auto& anchor : j.other_anchors) {
      json.begin_array();
      for (const std::string& id : anchor) json.value(id);
      json.end_array();
    }
    json.end_array();
  }
  write_texts(json, "others", j.others);
  if (!j.parts.empty()) {
    json.key("parts").begin_array();
    for (const JudgementPart& part : j.parts) {
      json.begin_object();
      write_texts(json, "documents", part.documents);
      write_text(json, "id", part.id);
      write_text(json, "label_en", part.label_en);
      write_text(json, "label_zh", part.label_zh);
      write_texts(json, "terms", part.terms);
      json.end_object();
    }
    json.end_array();
  }
  write_text(json, "relation", j.relation);
  write_text(json, "text", j.text);
  write_text(json, "to", j.to);
  write_text(json, "to_type", j.to_type);
  if (j.kind == "vote" || j.kind == "watch") json.field("value", j.value);
  return std::move(json.end_object()).text();
}

Result<> check_judgement(const Judgement& j) {
  const auto found = kinds().find(j.kind);
  if (found == kinds().end()) return fail(ErrorKind::invalid_input, "kind: \"{}\" is no judgement: rename, merge, split, remove, move, link, comment, vote or watch", j.kind);
  if (std::find(found->second.begin(), found->second.end(), j.type) == found->second.end()) {
    std::string known;
    for (const std::string_view type : found->second) known += (known.empty() ? "" : ", ") + std::string(type);
    return fail(ErrorKind::invalid_input, "object.type: {} is said of {}, not of \"{}\"", j.kind, known, j.type);
  }
  if (j.object.empty()) return fail(ErrorKind::invalid_input, "object.id: which {}?", j.type);
  TRY(one_line("label_zh", j.label_zh));
  TRY(one_line("label_en", j.label_en));
  if (j.kind == "rename" && trim(j.label_zh).empty() && trim(j.label_en).empty()) return fail(ErrorKind::invalid_input, "label_zh, label_en: give the name in at least one language");
  if (j.kind == "merge") {
    if (j.others.empty()) return fail(ErrorKind::invalid_input, "others: name at least one {} to be taken in", j.type);
    if (std::find(j.others.begin(), j.others.end(), j.object) != j.others.end()) return fail(ErrorKind::invalid_input, "others: {} cannot be merged with itself", j.object);
  }
  if (j.kind == "split") {
    if (j.parts.size() < (j.type == "topic" ? 2U : 1U)) return fail(ErrorKind::invalid_input, "parts: a topic is split into at least two parts");
    for (const JudgementPart& part : j.parts) {
      if (part.documents.empty() && part.terms.empty()) return fail(ErrorKind::invalid_input, "parts: each part needs documents or terms to be known by");
      TRY(one_line("parts.label_zh", part.label_zh));
      TRY(one_line("parts.label_en", part.label_en));
    }
  }
  if (j.kind == "move" && j.documents.empty()) return fail(ErrorKind::invalid_input, "documents: which records are to be moved?");
  if (j.kind == "move" && j.from == j.object) return fail(ErrorKind::invalid_input, "from: the records would leave {} for itself", j.object);
  if (j.kind == "link" && (j.to.empty() || j.to_type.empty() || trim(j.relation).empty())) return fail(ErrorKind::invalid_input, "to, to_type, relation: a link names the other object and how they are related");
  if (j.kind == "comment" && trim(j.text).empty()) return fail(ErrorKind::invalid_input, "text: the comment is empty");
  if (j.kind == "vote" && (j.value < -1 || j.value > 1)) return fail(ErrorKind::invalid_input, "value: a vote is -1, 0 or 1");
  if (j.kind == "watch" && (j.value < 0 || j.value > 1)) return fail(ErrorKind::invalid_input, "value: 1 watches, 0 ends it");
  return {};
}

}  // namespace jianwei::workflow

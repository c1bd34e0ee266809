#include "workflow/views/terms.h"

#include "base/strings.h"
#include "workflow/views/href.h"

namespace jianwei::workflow {

void write_term(JsonWriter& json, const TermRow& term, std::string_view base) {
  json.begin_object();
  write_term_fields(json, term, base);
  json.end_object();
}

void write_term_fields(JsonWriter& json, const TermRow& term, std::string_view base) {
  json.field("id", term.id).field("label", term.label).field("label_zh", term.label_zh).field("label_en", term.label_en).field("language", term.language);
  json.field("documents", std::int64_t{term.document_count}).field("termhood", term.termhood).key("forms").begin_array();
  for (const std::string& form : term.forms) json.value(form);
  json.end_array();
  write_href(json, "documents_href", base, "terms/" + term.id + "/documents");
}

void write_term_pair(JsonWriter& json, const StudyResult& result, const text::TermPair& pair) {
  json.begin_object().field("zh", pair.zh).field("en", pair.en).field("term", pair.term < 0 ? std::string() : result.terms[static_cast<std::size_t>(pair.term)].id).field("score", pair.score);
  json.field("decided", pair.decided).key("evidence").begin_object().field("definitions", std::int64_t{pair.definitions}).field("keyword_places", std::int64_t{pair.keywords});
  json.field("together", std::int64_t{pair.together}).field("zh_documents", std::int64_t{pair.zh_documents}).field("en_documents", std::int64_t{pair.en_documents}).end_object().end_object();
}

void write_term_event(JsonWriter& json, const store::TermEvent& event) {
  json.field("id", event.id).field("kind", event.kind).key("names").begin_array();
  for (const std::string_view name : split(event.words, "|")) json.value(trim(name));
  json.end_array().field("before", event.before).field("after", event.after).field("undoes", event.undoes).field("reason", event.reason);
  json.field("decided_by", event.decided_by).field("decided_at", event.decided_at);
}

std::string terms_json(const StudyResult& result, const TermEvidences& evidence, std::size_t count) {
  JsonWriter json;
  json.begin_array();
  for (std::size_t t = 0; t < std::min(count, result.terms.size()); ++t) {
    json.begin_object();
    write_term_fields(json, result.terms[t], {});
    if (const auto found = evidence.find(result.terms[t].id); found != evidence.end()) write_evidence(json.key("evidence"), result.terms[t], found->second);
    json.end_object();
  }
  return json.end_array().text();
}

std::string term_pairs_json(const StudyResult& result, std::size_t count) {
  JsonWriter json;
  json.begin_array();
  for (std::size_t p = 0; p < std::min(count, result.term_pairs.size()); ++p) write_term_pair(json, result, result.term_pairs[p]);
  return json.end_array().text();
}

std::string term_history_json(const std::vector<DecisionRow>& rows) {
  JsonWriter json;
  json.begin_array();
  for (const DecisionRow& row : rows) {
    json.begin_object();
    write_term_event(json, row.event);
    json.field("in_force", row.in_force).field("applied", row.applied).end_object();
  }
  return json.end_array().text();
}

}  // namespace jianwei::workflow

#include "workflow/record_json.h"

namespace jianwei::workflow {
namespace {

void text_field(JsonWriter& json, std::string_view name, const std::string& text) {
  if (!text.empty()) json.field(name, text);
}

}  // namespace

void write_record_fields(JsonWriter& json, const Record& r, bool with_raw) {
  json.field("kind", to_string(r.kind));
  text_field(json, "type", r.type);
  text_field(json, "title", r.title);
  text_field(json, "title_translated", r.title_translated);
  text_field(json, "abstract", r.abstract);
  text_field(json, "abstract_translated", r.abstract_translated);
  text_field(json, "full_text", r.full_text);
  text_field(json, "language", r.language);
  text_field(json, "date", to_string(r.date));
  text_field(json, "end_date", to_string(r.end_date));
  if (!r.persons.empty()) {
    json.key("persons").begin_array();
    for (const Person& p : r.persons) {
      json.begin_object().field("name", p.name);
      text_field(json, "role", p.role);
      text_field(json, "orcid", p.orcid);
      text_field(json, "source_id", p.source_id);
      if (!p.organisations.empty()) {
        json.key("organisations").begin_array();
        for (const std::int32_t index : p.organisations) json.value(index);
        json.end_array();
      }
      json.end_object();
    }
    json.end_array();
  }
  if (!r.organisations.empty()) {
    json.key("organisations").begin_array();
    for (const Organisation& o : r.organisations) {
      json.begin_object().field("name", o.name);
      text_field(json, "country", o.country);
      text_field(json, "role", o.role);
      text_field(json, "ror", o.ror);
      json.end_object();
    }
    json.end_array();
  }
  if (!r.keywords.empty()) {
    json.key("keywords").begin_array();
    for (const std::string& keyword : r.keywords) json.value(keyword);
    json.end_array();
  }
  if (!r.classifications.empty()) {
    json.key("classifications").begin_array();
    for (const Classification& c : r.classifications) {
      json.begin_object().field("scheme", c.scheme);
      text_field(json, "code", c.code);
      text_field(json, "label", c.label);
      json.end_object();
    }
    json.end_array();
  }
  if (!r.references.empty()) {
    json.key("references").begin_array();
    for (const Reference& f : r.references) {
      json.begin_object();
      text_field(json, "text", f.text);
      text_field(json, "doi", f.doi);
      text_field(json, "other", f.other);
      text_field(json, "author", f.author);
      text_field(json, "title", f.title);
      text_field(json, "venue", f.venue);
      if (f.year != 0) json.field("year", f.year);
      json.end_object();
    }
    json.end_array();
  }
  if (!r.funding.empty()) {
    json.key("funding").begin_array();
    for (const Funding& f : r.funding) {
      json.begin_object();
      text_field(json, "funder", f.funder);
      text_field(json, "award", f.award);
      json.end_object();
    }
    json.end_array();
  }
  if (!r.identifiers.empty()) {
    json.key("identifiers").begin_array();
    for (const Identifier& i : r.identifiers) json.begin_object().field("scheme", i.scheme).field("value", i.value).end_object();
    json.end_array();
  }
  text_field(json, "venue", r.venue);
  text_field(json, "volume", r.volume);
  text_field(json, "issue", r.issue);
  text_field(json, "pages", r.pages);
  text_field(json, "publisher", r.publisher);
  text_field(json, "url", r.url);
  if (r.citation_count) json.field("citation_count", *r.citation_count);
  if (r.amount) json.field("amount", *r.amount);
  text_field(json, "currency", r.currency);
  text_field(json, "source", r.provenance.source);
  text_field(json, "format", r.provenance.format);
  text_field(json, "own_id", r.provenance.own_id);
  if (with_raw) text_field(json, "raw", r.provenance.raw);
}

}  // namespace jianwei::workflow

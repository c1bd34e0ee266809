// Crossref works, and CSL JSON, which is their common ancestor: the same keys, with a few differences of case and nesting.
#include <algorithm>

#include "base/strings.h"
#include "records/country.h"
#include "records/identifier.h"
#include "records/person_name.h"
#include "records/unicode.h"
#include "sources/json/json_reader.h"
#include "sources/tables/draft.h"

namespace jianwei::sources {
namespace {

// The first of a list of strings, or the string itself.
std::string first_text(const JsonElement& value, std::string_view key) {
  for (const JsonElement& element : elements(value, key)) {
    std::string found = scalar_text(element);
    if (!trim(found).empty()) return found;
  }
  return "";
}

// {"date-parts": [[2018, 3, 1]]}, with numbers or strings; {"raw": "2018"}.
Date date_of(const JsonElement& value, std::string_view key) {
  const auto holder = member(value, key);
  if (!holder) return {};
  if (is_string(*holder)) return parse_table_date(scalar_text(*holder), DateStyle::recognised, 2100);
  for (const JsonElement& parts : elements(*holder, "date-parts")) {
    JsonArray numbers;
    if (parts.get_array().get(numbers) != simdjson::SUCCESS) break;
    std::array<std::int64_t, 3> date{};
    std::size_t count = 0;
    for (const JsonElement number : numbers) {
      if (count < 3) date[count++] = parse_int(scalar_text(number)).value_or(0);
    }
    if (date[0] < 1000 || date[0] > 2999) break;
    Date found{static_cast<std::int16_t>(date[0]), 0, 0};
    if (date[1] >= 1 && date[1] <= 12) found.month = static_cast<std::int8_t>(date[1]);
    if (found.month != 0 && date[2] >= 1 && date[2] <= 31) found.day = static_cast<std::int8_t>(date[2]);
    return found;
  }
  for (const std::string_view other : {"raw", "literal"}) {
    const Date date = parse_table_date(text(*holder, other), DateStyle::recognised, 2100);
    if (date.known()) return date;
  }
  return {};
}

// The publication date: the first of print and online, as "issued" says it; "created" only dates the deposit and is the last resort.
Date publication_date(const JsonElement& work) {
  Date best;
  for (const std::string_view key : {"issued", "published", "published-print", "published-online", "posted", "published-other", "content-created", "approved"}) {
    const Date date = date_of(work, key);
    if (!date.known()) continue;
    if (!best.known()) best = date;
    if (date.year == best.year && best.month == 0) best = date;
    if (date.year == best.year && date.month == best.month && best.day == 0) best = date;
  }
  return best.known() ? best : date_of(work, "created");
}

void add_people(const JsonElement& work, std::string_view key, std::string_view role, Draft& draft) {
  for (const JsonElement& author : elements(work, key)) {
    Person person;
    person.role = role;
    person.family = clean_value(string_member(author, "family"));
    person.given = clean_value(string_member(author, "given"));
    const std::string particle = text(author, "non-dropping-particle");
    if (!particle.empty() && !person.family.empty()) person.family = particle + ' ' + person.family;
    person.name = shown_name(person.family, person.given);
    if (person.family.empty()) {
      person.name = clean_value(string_member(author, "name"));
      if (person.name.empty()) person.name = clean_value(string_member(author, "literal"));
      if (person.name.empty()) person.name = person.given;
      person.given.clear();
    }
    person.orcid = normalize_identifier("orcid", string_member(author, "ORCID"));
    std::vector<Organisation> affiliations;
    for (const JsonElement& affiliation : elements(author, "affiliation")) {
      Organisation organisation;
      organisation.name = clean_value(is_string(affiliation) ? scalar_text(affiliation) : text(affiliation, "name"));
      organisation.country = country_of_address(organisation.name);
      for (const JsonElement& id : elements(affiliation, "id")) {
        if (is_object(id) && text(id, "id-type") == "ROR") organisation.ror = normalize_identifier("ror", text(id, "id"));
      }
      affiliations.push_back(std::move(organisation));
    }
    draft.add_person(std::move(person), affiliations);
  }
}

Reference reference_of(const JsonElement& cited) {
  Reference reference;
  reference.doi = normalize_identifier("doi", string_member(cited, "DOI"));
  reference.text = clean_value(string_member(cited, "unstructured"));
  if (reference.doi.empty()) reference.doi = find_doi(reference.text);
  reference.author = clean_value(string_member(cited, "author"));
  for (const std::string_view key : {"article-title", "volume-title", "series-title"}) {
    if (reference.title.empty()) reference.title = clean_value(string_member(cited, key));
  }
  reference.venue = clean_value(string_member(cited, "journal-title"));
  if (const auto year = parse_int(text(cited, "year").substr(0, 4)); year && *year > 1000 && *year < 3000) reference.year = static_cast<std::int16_t>(*year);
  return reference;
}

class Crossref : public JsonConverter {
 public:
  explicit Crossref(bool csl) : csl_(csl) {}

  void convert(const JsonElement& outer, Converted& out) const override {
    // A single answer of the API: {"status":"ok","message":{...}}.
    const auto message = member(outer, "message");
    const JsonElement document = message && member(*message, "DOI") ? *message : outer;
    Draft draft;
    Record& record = draft.record;
    record.provenance.source = csl_ ? "csl" : "crossref";
    record.title = clean_value(first_text(document, "title"));
    const std::string subtitle = clean_value(first_text(document, "subtitle"));
    if (!record.title.empty() && !subtitle.empty() && record.title.find(subtitle) == std::string::npos) record.title += ": " + subtitle;
    const std::string original = clean_value(first_text(document, "original-title"));
    if (original != record.title) record.title_translated = original;
    if (record.title.empty()) std::swap(record.title, record.title_translated);
    record.abstract = clean_value(string_member(document, "abstract"));
    if (record.abstract.starts_with("Abstract ")) record.abstract.erase(0, 9);  // the <jats:title> of the section
    record.language = language_code(string_member(document, "language"));
    record.date = publication_date(document);
    const std::string type = text(document, "type");
    record.type = text(document, "subtype") == "preprint" ? "preprint" : work_type(type);
    if (record.type.empty()) record.type = type;
    if (type == "patent") record.kind = RecordKind::patent;
    record.venue = clean_value(first_text(document, "container-title"));
    if (record.venue.empty()) {
      if (const auto event = member(document, "event")) record.venue = clean_value(is_object(*event) ? text(*event, "name") : scalar_text(*event));
    }
    if (record.venue.empty() && record.type == "preprint") record.venue = clean_value(string_member(document, "group-title"));
    record.volume = text(document, "volume");
    record.issue = text(document, "issue");
    record.pages = text(document, "page");
    if (record.pages.empty()) record.pages = text(document, "article-number");
    record.publisher = clean_value(string_member(document, "publisher"));
    record.url = std::string(string_member(document, "URL"));
    record.citation_count = integer(document, "is-referenced-by-count");
    if (csl_) record.provenance.own_id = text(document, "id");
    add_identifier(record, "doi", string_member(document, "DOI"));
    if (record.provenance.own_id.empty()) record.provenance.own_id = std::string(find_identifier(record, "doi"));
    for (const auto& [key, scheme] : {std::pair<std::string_view, std::string_view>{"ISSN", "issn"}, {"ISBN", "isbn"}, {"PMID", "pmid"}, {"PMCID", "pmcid"}}) {
      for (const JsonElement& value : elements(document, key)) add_identifier(record, scheme, scalar_text(value));
    }
    add_people(document, "author", "", draft);
    add_people(document, "editor", "editor", draft);
    if (record.persons.empty()) add_people(document, "chair", "editor", draft);
    for (const JsonElement& subject : elements(document, "subject")) record.classifications.push_back({"field", "", clean_value(scalar_text(subject))});
    for (const std::string& keyword : split_values(text(document, "keyword"), text(document, "keyword").find(';') == std::string::npos ? "," : ";")) {
      draft.add_one(plain_column(Field::keywords), keyword);
    }
    for (const JsonElement& cited : elements(document, "reference")) {
      Reference reference = reference_of(cited);
      const bool empty = reference.doi.empty() && reference.text.empty() && reference.title.empty() && reference.author.empty() && reference.venue.empty();
      if (!empty) record.references.push_back(std::move(reference));
    }
    for (const JsonElement& funder : elements(document, "funder")) {
      const std::string name = clean_value(string_member(funder, "name"));
      const auto awards = elements(funder, "award");
      if (awards.empty()) record.funding.push_back({name, ""});
      for (const JsonElement& award : awards) record.funding.push_back({name, clean_value(scalar_text(award))});
    }
    // Versions of one work are linked, not merged: the other DOI is kept as an identifier of its own scheme.
    if (const auto relation = member(document, "relation")) {
      for (const std::string_view kind : {"has-preprint", "is-preprint-of", "is-version-of", "has-version"}) {
        for (const JsonElement& other : elements(*relation, kind)) {
          const std::string doi = normalize_identifier("doi", string_member(other, "id"));
          if (!doi.empty()) record.identifiers.push_back({std::string(kind), doi});
        }
      }
    }
    if (auto problem = draft.finish()) return out.reject(std::move(*problem));
    out.items.emplace_back(std::move(record));
  }

 private:
  bool csl_;
};

}  // namespace

std::unique_ptr<JsonConverter> crossref_converter(const ReadOptions&) { return std::make_unique<Crossref>(false); }
std::unique_ptr<JsonConverter> csl_converter(const ReadOptions&) { return std::make_unique<Crossref>(true); }

}  // namespace jianwei::sources

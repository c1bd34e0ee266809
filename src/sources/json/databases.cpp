// The JSON of databases whose records need little: Semantic Scholar, arXiv, dblp, Zotero, Dimensions and WoS field tags.
#include <algorithm>

#include "base/strings.h"
#include "records/country.h"
#include "records/identifier.h"
#include "records/person_name.h"
#include "sources/json/json_reader.h"
#include "sources/tables/databases.h"
#include "sources/tables/mapping.h"

namespace jianwei::sources {
namespace {

void finish(Draft& draft, Converted& out) {
  if (auto problem = draft.finish()) return out.reject(std::move(*problem));
  out.items.emplace_back(std::move(draft.record));
}

class SemanticScholar : public JsonConverter {
 public:
  void convert(const JsonElement& d, Converted& out) const override {
    Draft draft;
    Record& record = draft.record;
    record.provenance.source = "semantic_scholar";
    record.provenance.own_id = text(d, "paperId");
    for (const std::string_view key : {"corpusid", "corpusId", "id", "paper_id"}) {
      if (record.provenance.own_id.empty()) record.provenance.own_id = text(d, key);
    }
    add_identifier(record, "s2", record.provenance.own_id);
    for (const std::string_view holder : {"externalIds", "externalids"}) {
      const auto ids = member(d, holder);
      if (!ids) continue;
      for (const auto& [key, scheme] : {std::pair<std::string_view, std::string_view>{"DOI", "doi"}, {"ArXiv", "arxiv"}, {"PubMed", "pmid"}, {"PubMedCentral", "pmcid"}}) {
        add_identifier(record, scheme, text(*ids, key));
      }
    }
    add_identifier(record, "doi", text(d, "doi"));
    record.title = clean_value(text(d, "title"));
    for (const std::string_view key : {"abstract", "paperAbstract"}) {
      if (record.abstract.empty()) record.abstract = clean_value(text(d, key));
    }
    draft.add_one(plain_column(Field::year), text(d, "year"));
    for (const std::string_view key : {"publicationDate", "publicationdate"}) draft.add_one(plain_column(Field::date), text(d, key));
    record.venue = clean_value(text(d, "venue"));
    if (const auto journal = member(d, "journal")) {
      if (record.venue.empty()) record.venue = clean_value(text(*journal, "name"));
      record.volume = text(*journal, "volume");
      record.pages = text(*journal, "pages");
    }
    const auto types = elements(d, "publicationTypes");
    record.type = types.empty() ? "" : work_type(scalar_text(types.back()));
    record.url = text(d, "url");
    for (const std::string_view key : {"citationCount", "citationcount"}) {
      if (!record.citation_count) record.citation_count = integer(d, key);
    }
    for (const JsonElement& author : elements(d, "authors")) {
      Person person = parse_person(is_object(author) ? text(author, "name") : scalar_text(author));
      person.source_id = text(author, "authorId");
      std::vector<Organisation> affiliations;
      for (const JsonElement& affiliation : elements(author, "affiliations")) {
        const std::string name = clean_value(scalar_text(affiliation));
        affiliations.push_back({name, country_of_address(name), "", ""});
      }
      draft.add_person(std::move(person), affiliations);
    }
    for (const std::string_view key : {"fieldsOfStudy", "s2FieldsOfStudy", "s2fieldsofstudy"}) {
      for (const JsonElement& field : elements(d, key)) draft.add_one(plain_column(Field::classifications, "field"), is_object(field) ? text(field, "category") : scalar_text(field));
    }
    for (const JsonElement& cited : elements(d, "references")) {
      Reference reference;
      reference.title = is_object(cited) ? clean_value(text(cited, "title")) : "";
      const std::string id = is_object(cited) ? text(cited, "paperId") : scalar_text(cited);
      if (!id.empty()) reference.other = "s2:" + id;
      record.references.push_back(std::move(reference));
    }
    for (const JsonElement& cited : elements(d, "outCitations")) {
      Reference reference;
      reference.other = "s2:" + scalar_text(cited);
      record.references.push_back(std::move(reference));
    }
    finish(draft, out);
  }
};

class Arxiv : public JsonConverter {
 public:
  void convert(const JsonElement& d, Converted& out) const override {
    Draft draft;
    Record& record = draft.record;
    record.provenance.source = "arxiv";
    record.provenance.own_id = text(d, "id");
    record.type = "preprint";
    record.title = clean_value(text(d, "title"));
    record.abstract = clean_value(text(d, "abstract"));
    add_identifier(record, "arxiv", text(d, "id"));
    add_identifier(record, "doi", text(d, "doi"));
    record.venue = clean_value(text(d, "journal-ref"));
    if (record.venue.empty()) record.venue = "arXiv";
    // The first version dates the preprint.
    const auto versions = elements(d, "versions");
    if (!versions.empty()) {
      std::string created = text(versions[0], "created");  // "Mon, 2 Apr 2007 19:18:42 GMT"
      if (const std::size_t comma = created.find(", "); comma != std::string::npos) created.erase(0, comma + 2);
      const std::vector<std::string> words = split_trimmed(created, " ");
      if (words.size() >= 3) record.date = parse_table_date(words[0] + ' ' + words[1] + ' ' + words[2], DateStyle::recognised, 2100);
    }
    draft.add_one(plain_column(Field::date, "version"), text(d, "update_date"));
    for (const JsonElement& author : elements(d, "authors_parsed")) {
      JsonArray parts;
      if (author.get_array().get(parts) != simdjson::SUCCESS) continue;
      std::vector<std::string> names;
      for (const JsonElement part : parts) names.push_back(clean_value(scalar_text(part)));
      Person person;
      if (!names.empty()) person.family = names[0];
      if (names.size() > 1) person.given = names[1];
      person.name = shown_name(person.family, person.given);
      draft.add_person(std::move(person), {});
    }
    for (const std::string& category : split_trimmed(text(d, "categories"), " ")) record.classifications.push_back({"arxiv", category, ""});
    finish(draft, out);
  }
};

class Dblp : public JsonConverter {
 public:
  void convert(const JsonElement& d, Converted& out) const override {
    // {"result":{"hits":{"hit":[{"@id":..,"info":{..}}]}}}: the elements of "hit".
    const JsonElement info = member(d, "info").value_or(d);
    Draft draft;
    Record& record = draft.record;
    record.provenance.source = "dblp";
    record.provenance.own_id = text(info, "key");
    record.title = clean_value(text(info, "title"));
    if (record.title.ends_with('.')) record.title.pop_back();
    draft.add_one(plain_column(Field::year), text(info, "year"));
    const auto venues = elements(info, "venue");
    record.venue = venues.empty() ? "" : clean_value(scalar_text(venues[0]));
    record.volume = text(info, "volume");
    record.issue = text(info, "number");
    record.pages = text(info, "pages");
    record.type = work_type(text(info, "type"));
    record.url = text(info, "ee");
    add_identifier(record, "doi", text(info, "doi"));
    if (const auto authors = member(info, "authors")) {
      for (const JsonElement& author : elements(*authors, "author")) {
        std::string name = is_object(author) ? text(author, "text") : scalar_text(author);
        // Homonyms are numbered: "Wei Wang 0001".
        while (!name.empty() && (is_digit(name.back()) || name.back() == ' ')) name.pop_back();
        Person person = parse_person(name);
        person.source_id = is_object(author) ? text(author, "@pid") : "";
        draft.add_person(std::move(person), {});
      }
    }
    finish(draft, out);
  }
};

class Zotero : public JsonConverter {
 public:
  void convert(const JsonElement& outer, Converted& out) const override {
    const auto data = member(outer, "data");  // the web API wraps the item
    const JsonElement d = data && is_object(*data) ? *data : outer;
    const std::string type = text(d, "itemType");
    if (type == "attachment" || type == "note" || type == "annotation") {
      ++out.notes["Zotero attachments and notes passed over"];
      return;
    }
    Draft draft;
    Record& record = draft.record;
    record.provenance.source = "zotero";
    record.provenance.own_id = text(d, "key");
    record.type = work_type(type);
    if (type == "patent") {
      record.kind = RecordKind::patent;
      add_identifier(record, "patent", text(d, "patentNumber"));
    }
    record.title = clean_value(text(d, "title"));
    record.abstract = clean_value(text(d, "abstractNote"));
    for (const std::string_view key : {"publicationTitle", "proceedingsTitle", "bookTitle", "conferenceName", "repository", "university"}) draft.add_one(plain_column(Field::venue), text(d, key));
    for (const auto& [key, field] : {std::pair<std::string_view, Field>{"date", Field::date}, {"issueDate", Field::date}, {"volume", Field::volume}, {"issue", Field::issue},
                                     {"pages", Field::pages}, {"publisher", Field::publisher}, {"url", Field::url}, {"language", Field::language}}) {
      draft.add_one(plain_column(field), text(d, key));
    }
    add_identifier(record, "doi", text(d, "DOI"));
    for (const std::string& issn : split_trimmed(text(d, "ISSN"), ",")) add_identifier(record, "issn", issn);
    for (const std::string& isbn : split_trimmed(text(d, "ISBN"), " ")) add_identifier(record, "isbn", isbn);
    for (const JsonElement& creator : elements(d, "creators")) {
      Person person;
      person.family = clean_value(text(creator, "lastName"));
      person.given = clean_value(text(creator, "firstName"));
      person.name = person.family.empty() ? clean_value(text(creator, "name")) : shown_name(person.family, person.given);
      const std::string role = text(creator, "creatorType");
      person.role = role == "author" ? "" : role;
      draft.add_person(std::move(person), {});
    }
    for (const JsonElement& tag : elements(d, "tags")) draft.add_one(plain_column(Field::keywords), is_object(tag) ? text(tag, "tag") : scalar_text(tag));
    finish(draft, out);
  }
};

class Dimensions : public JsonConverter {
 public:
  void convert(const JsonElement& d, Converted& out) const override {
    Draft draft;
    Record& record = draft.record;
    record.provenance.source = "dimensions";
    record.provenance.own_id = text(d, "id");
    for (const auto& [key, scheme] : {std::pair<std::string_view, std::string_view>{"doi", "doi"}, {"pmid", "pmid"}, {"pmcid", "pmcid"}, {"arxiv_id", "arxiv"}}) add_identifier(record, scheme, text(d, key));
    record.title = clean_value(text(d, "title"));
    record.abstract = clean_value(text(d, "abstract"));
    draft.add_one(plain_column(Field::date), text(d, "date"));
    draft.add_one(plain_column(Field::year), text(d, "year"));
    record.type = work_type(text(d, "type"));
    for (const std::string_view key : {"journal", "source_title", "proceedings_title", "book_title"}) {
      const auto value = member(d, key);
      if (value && record.venue.empty()) record.venue = clean_value(is_object(*value) ? text(*value, "title") : scalar_text(*value));
    }
    record.volume = text(d, "volume");
    record.issue = text(d, "issue");
    record.pages = text(d, "pages");
    record.citation_count = integer(d, "times_cited");
    record.url = text(d, "dimensions_url");
    for (const JsonElement& author : elements(d, "authors")) {
      Person person;
      person.family = clean_value(text(author, "last_name"));
      person.given = clean_value(text(author, "first_name"));
      person.name = shown_name(person.family, person.given);
      for (const JsonElement& orcid : elements(author, "orcid")) person.orcid = normalize_identifier("orcid", scalar_text(orcid));
      person.source_id = text(author, "researcher_id");
      std::vector<Organisation> affiliations;
      for (const JsonElement& affiliation : elements(author, "affiliations")) {
        std::string name = text(affiliation, "name");
        if (name.empty()) name = text(affiliation, "raw_affiliation");
        std::string country = text(affiliation, "country_code");
        if (country.empty()) country = country_code(text(affiliation, "country"));
        affiliations.push_back({clean_value(name), country, "", ""});
      }
      draft.add_person(std::move(person), affiliations);
    }
    for (const JsonElement& cited : elements(d, "reference_ids")) {
      Reference reference;
      reference.other = "dimensions:" + scalar_text(cited);
      record.references.push_back(std::move(reference));
    }
    for (const JsonElement& funder : elements(d, "funders")) draft.add_one(plain_column(Field::funders), is_object(funder) ? text(funder, "name") : scalar_text(funder));
    for (const JsonElement& term : elements(d, "concepts")) draft.add_one(plain_column(Field::keywords, "index"), scalar_text(term));
    for (const JsonElement& term : elements(d, "category_for")) record.classifications.push_back({"for", text(term, "id"), clean_value(text(term, "name"))});
    finish(draft, out);
  }
};

// WoS field tags as keys: the rules of the tab-delimited table.
class WosTags : public JsonConverter {
 public:
  WosTags() {
    for (const DatabaseTable& table : database_tables()) {
      if (table.format == "wos_tab") table_ = &table;
    }
  }

  void convert(const JsonElement& d, Converted& out) const override {
    JsonObject object;
    if (d.get_object().get(object) != simdjson::SUCCESS) return out.reject("not a JSON object");
    std::vector<std::string> keys;
    std::vector<std::string> values;
    for (const auto field : object) {
      std::string value;
      if (field.value.is_array()) {
        for (const JsonElement element : JsonArray(field.value)) value += (value.empty() ? "" : "; ") + scalar_text(element);
      } else {
        value = scalar_text(field.value);
      }
      keys.push_back(column_key(field.key));
      values.push_back(std::move(value));
    }
    const std::vector<std::string_view> cells(values.begin(), values.end());
    Draft draft;
    draft.record.provenance.source = "wos";
    for (std::size_t i = 0; i < keys.size(); ++i) {
      for (const ColumnRule& rule : table_->columns) {
        if (rule.key == keys[i]) draft.add({rule.field, std::string(rule.role), std::string(rule.separator), DateStyle::recognised, 1, false}, cells[i]);
      }
    }
    table_->refine(RowView(keys, cells), draft);
    finish(draft, out);
  }

 private:
  const DatabaseTable* table_ = nullptr;
};

}  // namespace

std::unique_ptr<JsonConverter> semantic_scholar_converter(const ReadOptions&) { return std::make_unique<SemanticScholar>(); }
std::unique_ptr<JsonConverter> arxiv_converter(const ReadOptions&) { return std::make_unique<Arxiv>(); }
std::unique_ptr<JsonConverter> dblp_converter(const ReadOptions&) { return std::make_unique<Dblp>(); }
std::unique_ptr<JsonConverter> zotero_converter(const ReadOptions&) { return std::make_unique<Zotero>(); }
std::unique_ptr<JsonConverter> dimensions_converter(const ReadOptions&) { return std::make_unique<Dimensions>(); }
std::unique_ptr<JsonConverter> wos_json_converter(const ReadOptions&) { return std::make_unique<WosTags>(); }

}  // namespace jianwei::sources

// NIH RePORTER projects (API v2) and Lens records (scholarly and patent API).
#include <algorithm>

#include "base/strings.h"
#include "records/country.h"
#include "records/identifier.h"
#include "records/person_name.h"
#include "sources/json/json_reader.h"
#include "sources/tables/draft.h"

namespace jianwei::sources {
namespace {

class Nih : public JsonConverter {
 public:
  void convert(const JsonElement& d, Converted& out) const override {
    Draft draft = grant_draft("nih");
    Record& record = draft.record;
    record.provenance.own_id = text(d, "appl_id");
    record.title = clean_value(text(d, "project_title"));
    record.abstract = clean_value(text(d, "abstract_text"));
    if (record.abstract.empty()) record.abstract = clean_value(text(d, "phr_text"));
    draft.add_one(plain_column(Field::date), text(d, "project_start_date"));
    draft.add_one(plain_column(Field::end_date), text(d, "project_end_date"));
    draft.add_one(plain_column(Field::year), text(d, "fiscal_year"));
    add_identifier(record, "grant", text(d, "project_num"));
    add_identifier(record, "grant", text(d, "core_project_num"));
    std::vector<Organisation> affiliations;
    if (const auto organisation = member(d, "organization")) {
      affiliations.push_back({clean_value(text(*organisation, "org_name")), country_code(text(*organisation, "org_country")), "", ""});
    }
    for (const JsonElement& pi : elements(d, "principal_investigators")) {
      Person person;
      person.family = clean_value(text(pi, "last_name"));
      person.given = collapse_spaces(clean_value(text(pi, "first_name")) + ' ' + clean_value(text(pi, "middle_name")));
      person.name = person.family.empty() ? clean_value(text(pi, "full_name")) : shown_name(person.family, person.given);
      person.role = "investigator";
      person.source_id = text(pi, "profile_id");
      draft.add_person(std::move(person), affiliations);
    }
    if (record.persons.empty()) {
      Person person = parse_person(text(d, "contact_pi_name"));
      person.role = "investigator";
      draft.add_person(std::move(person), affiliations);
    }
    const std::string award = text(d, "project_num");
    for (const JsonElement& ic : elements(d, "agency_ic_fundings")) record.funding.push_back({clean_value(text(ic, "name")), award});
    if (record.funding.empty()) {
      if (const auto ic = member(d, "agency_ic_admin")) record.funding.push_back({clean_value(text(*ic, "name")), award});
    }
    draft.add_one(plain_column(Field::amount, "USD"), text(d, "award_amount"));
    for (const std::string& term : split_values(text(d, "pref_terms"), ";")) draft.add_one(plain_column(Field::keywords), term);
    if (record.keywords.empty()) {
      // "<gene> <cell>" of older records.
      for (const std::string& term : split_values(replace_all(text(d, "terms"), ">", ";"), ";")) draft.add_one(plain_column(Field::keywords), replace_all(term, "<", ""));
    }
    for (const std::string& category : split_values(text(d, "spending_categories_desc"), ";")) draft.add_one(plain_column(Field::classifications, "nih"), category);
    record.venue = text(d, "activity_code");
    record.url = text(d, "project_detail_url");
    if (auto problem = draft.finish()) return out.reject(std::move(*problem));
    out.items.emplace_back(std::move(record));
  }
};

class Lens : public JsonConverter {
 public:
  void convert(const JsonElement& d, Converted& out) const override {
    Draft draft;
    draft.record.provenance.source = "lens";
    draft.record.provenance.own_id = text(d, "lens_id");
    if (member(d, "biblio") || member(d, "jurisdiction")) {
      patent(d, draft);
    } else {
      work(d, draft);
    }
    if (auto problem = draft.finish()) return out.reject(std::move(*problem));
    out.items.emplace_back(std::move(draft.record));
  }

 private:
  static void work(const JsonElement& d, Draft& draft) {
    Record& record = draft.record;
    record.title = clean_value(text(d, "title"));
    record.abstract = clean_value(text(d, "abstract"));
    record.type = work_type(text(d, "publication_type"));
    draft.add_one(plain_column(Field::date), text(d, "date_published"));
    draft.add_one(plain_column(Field::year), text(d, "year_published"));
    for (const JsonElement& id : elements(d, "external_ids")) {
      const std::string scheme = text(id, "type");
      if (scheme == "doi" || scheme == "pmid" || scheme == "pmcid" || scheme == "openalex") add_identifier(record, scheme, text(id, "value"));
    }
    if (const auto source = member(d, "source")) {
      record.venue = clean_value(text(*source, "title"));
      record.publisher = clean_value(text(*source, "publisher"));
      for (const JsonElement& issn : elements(*source, "issn")) add_identifier(record, "issn", is_object(issn) ? text(issn, "value") : scalar_text(issn));
    }
    record.volume = text(d, "volume");
    record.issue = text(d, "issue");
    draft.add_one(plain_column(Field::start_page), text(d, "start_page"));
    draft.add_one(plain_column(Field::end_page), text(d, "end_page"));
    record.citation_count = integer(d, "scholarly_citations_count");
    for (const JsonElement& author : elements(d, "authors")) {
      Person person;
      person.family = clean_value(text(author, "last_name"));
      person.given = clean_value(text(author, "first_name"));
      person.name = person.family.empty() ? clean_value(text(author, "collective_name")) : shown_name(person.family, person.given);
      for (const JsonElement& id : elements(author, "ids")) {
        if (text(id, "type") == "orcid") person.orcid = normalize_identifier("orcid", text(id, "value"));
      }
      std::vector<Organisation> affiliations;
      for (const JsonElement& affiliation : elements(author, "affiliations")) {
        affiliations.push_back({clean_value(text(affiliation, "name")), country_code(text(affiliation, "country_code")), "", ""});
      }
      draft.add_person(std::move(person), affiliations);
    }
    for (const std::string_view key : {"keywords"}) {
      for (const JsonElement& term : elements(d, key)) draft.add_one(plain_column(Field::keywords), scalar_text(term));
    }
    for (const JsonElement& field : elements(d, "fields_of_study")) draft.add_one(plain_column(Field::classifications, "field"), scalar_text(field));
    for (const JsonElement& term : elements(d, "mesh_terms")) record.classifications.push_back({"mesh", text(term, "mesh_id"), clean_value(text(term, "mesh_heading"))});
    for (const JsonElement& cited : elements(d, "references")) {
      Reference reference;
      reference.other = "lens:" + text(cited, "lens_id");
      reference.text = clean_value(text(cited, "text"));
      record.references.push_back(std::move(reference));
    }
    for (const JsonElement& grant : elements(d, "funding")) record.funding.push_back({clean_value(text(grant, "org")), clean_value(text(grant, "funding_id"))});
  }

  static void patent(const JsonElement& d, Draft& draft) {
    Record& record = draft.record;
    record.kind = RecordKind::patent;
    record.type = work_type(text(d, "publication_type")) == "patent" ? "" : to_lower_ascii(text(d, "publication_type"));
    add_identifier(record, "lens", record.provenance.own_id);
    add_identifier(record, "patent", text(d, "jurisdiction") + text(d, "doc_number") + text(d, "kind"));
    record.venue = text(d, "jurisdiction");
    if (const auto biblio = member(d, "biblio")) {
      if (const auto filed = member(*biblio, "application_reference")) add_identifier(record, "application", text(*filed, "jurisdiction") + text(*filed, "doc_number") + text(*filed, "kind"));
    }
    draft.add_one(plain_column(Field::date), text(d, "date_published"));
    const JsonElement biblio = member(d, "biblio").value_or(d);
    // Titles and abstracts stand once per language; English comes first when there is one.
    const auto in_languages = [&](const JsonElement& holder, std::string_view key, std::string& first, std::string& second) {
      for (const JsonElement& version : elements(holder, key)) {
        std::string content = clean_value(is_object(version) ? text(version, "text") : scalar_text(version));
        const bool english = text(version, "lang") == "en";
        if (first.empty()) {
          first = std::move(content);
        } else if (english) {
          second = std::move(first);
          first = std::move(content);
        } else if (second.empty()) {
          second = std::move(content);
        }
      }
    };
    in_languages(biblio, "invention_title", record.title, record.title_translated);
    in_languages(d, "abstract", record.abstract, record.abstract_translated);
    if (const auto parties = member(biblio, "parties")) {
      const auto name_of = [](const JsonElement& party) {
        const auto extracted = member(party, "extracted_name");
        return clean_value(extracted ? text(*extracted, "value") : text(party, "name"));
      };
      for (const JsonElement& applicant : elements(*parties, "applicants")) draft.add_organisation({name_of(applicant), country_code(text(applicant, "residence")), "applicant", ""});
      for (const JsonElement& inventor : elements(*parties, "inventors")) {
        Person person = parse_person(name_of(inventor));
        person.role = "inventor";
        draft.add_person(std::move(person), {});
      }
    }
    for (const auto& [key, scheme] : {std::pair<std::string_view, std::string_view>{"classifications_cpc", "cpc"}, {"classifications_ipcr", "ipc"}}) {
      if (const auto holder = member(biblio, key)) {
        for (const JsonElement& element : elements(*holder, "classifications")) draft.add_one(plain_column(Field::classifications, scheme), text(element, "symbol"));
      }
    }
    if (const auto cited_by = member(biblio, "cited_by")) record.citation_count = integer(*cited_by, "patent_count");
    if (const auto cited = member(biblio, "references_cited")) {
      for (const JsonElement& citation : elements(*cited, "citations")) {
        if (const auto other = member(citation, "patcit")) {
          if (const auto document = member(*other, "document_id")) {
            Reference reference;
            reference.other = "patent:" + normalize_identifier("patent", text(*document, "jurisdiction") + text(*document, "doc_number") + text(*document, "kind"));
            record.references.push_back(std::move(reference));
          }
        } else if (const auto paper = member(citation, "nplcit")) {
          Reference reference = parse_reference(text(*paper, "text"));
          record.references.push_back(std::move(reference));
        }
      }
    }
  }
};

}  // namespace

std::unique_ptr<JsonConverter> nih_converter(const ReadOptions&) { return std::make_unique<Nih>(); }
std::unique_ptr<JsonConverter> lens_converter(const ReadOptions&) { return std::make_unique<Lens>(); }

}  // namespace jianwei::sources

// NSF awards (the API's answers and the yearly archives), Gateway to Research projects, and DataCite records.
#include <chrono>

#include "base/strings.h"
#include "records/country.h"
#include "records/identifier.h"
#include "records/person_name.h"
#include "sources/json/json_reader.h"
#include "sources/tables/draft.h"

namespace jianwei::sources {
namespace {

Person named_person(std::string family, std::string given, std::string_view whole, std::string_view role) {
  Person person;
  person.family = std::move(family);
  person.given = std::move(given);
  person.name = person.family.empty() ? clean_value(whole) : shown_name(person.family, person.given);
  person.role = role;
  return person;
}

class Nsf : public JsonConverter {
 public:
  void convert(const JsonElement& d, Converted& out) const override {
    Draft draft = grant_draft("nsf");
    Record& record = draft.record;
    record.venue = "National Science Foundation";
    const bool archive = member(d, "awd_id").has_value();
    const std::string number = text(d, archive ? "awd_id" : "id");
    record.provenance.own_id = number;
    record.title = clean_value(text(d, archive ? "awd_titl_txt" : "title"));
    record.abstract = clean_value(text(d, archive ? "awd_abstract_narration" : "abstractText"));
    add_identifier(record, "grant", number);
    record.funding.push_back({"National Science Foundation", number});
    record.url = "https://www.nsf.gov/awardsearch/showAward?AWD_ID=" + number;
    archive ? read_archive(d, draft) : read_answer(d, draft);
    if (auto problem = draft.finish()) return out.reject(std::move(*problem));
    out.items.emplace_back(std::move(record));
  }

 private:
  static void read_archive(const JsonElement& d, Draft& draft) {
    draft.add_one(plain_column(Field::date), text(d, "awd_eff_date"));
    draft.add_one(plain_column(Field::end_date), text(d, "awd_exp_date"));
    draft.add_one(plain_column(Field::amount, "USD"), text(d, "tot_intn_awd_amt"));
    draft.add_one(plain_column(Field::amount, "USD"), text(d, "awd_amount"));
    std::vector<Organisation> affiliations;
    if (const auto institution = member(d, "inst")) {
      affiliations.push_back({clean_value(text(*institution, "inst_name")), country_code(text(*institution, "inst_country_name")), "", ""});
    }
    for (const JsonElement& pi : elements(d, "pi")) {
      const bool second = text(pi, "pi_role").starts_with("Co-");
      draft.add_person(named_person(clean_value(text(pi, "pi_last_name")), clean_value(text(pi, "pi_first_name")), text(pi, "pi_full_name"), second ? "co-investigator" : "investigator"), affiliations);
    }
    for (const JsonElement& program : elements(d, "pgm_ele")) draft.record.classifications.push_back({"nsf_program", text(program, "pgm_ele_code"), clean_value(text(program, "pgm_ele_name"))});
  }

  static void read_answer(const JsonElement& d, Draft& draft) {
    const auto month_first = [](Field field) { ColumnPlan plan = plain_column(field); plan.date_style = DateStyle::month_first; return plan; };
    draft.add_one(month_first(Field::date), text(d, "startDate"));
    draft.add_one(month_first(Field::end_date), text(d, "expDate"));
    draft.add_one(plain_column(Field::amount, "USD"), text(d, "estimatedTotalAmt"));
    draft.add_one(plain_column(Field::amount, "USD"), text(d, "fundsObligatedAmt"));
    const std::vector<Organisation> affiliations = {{clean_value(text(d, "awardeeName")), country_code(text(d, "awardeeCountryCode")), "", ""}};
    draft.add_person(named_person(clean_value(text(d, "piLastName")), clean_value(text(d, "piFirstName")), text(d, "pdPIName"), "investigator"), affiliations);
    for (const JsonElement& other : elements(d, "coPDPI")) {
      const std::vector<std::string> words = split_trimmed(scalar_text(other), " ");  // "John Roe jr@mit.edu"
      std::string name;
      for (const std::string& word : words) name += word.find('@') == std::string::npos ? (name.empty() ? "" : " ") + word : "";
      draft.add_person(named_person("", "", name, "co-investigator"), {});
    }
    draft.add_one(plain_column(Field::classifications, "nsf_program"), text(d, "fundProgramName"));
  }
};

// Milliseconds since 1970, as the API writes days.
Date date_of_milliseconds(const JsonElement& d, std::string_view key) {
  const auto stamp = integer(d, key);
  if (!stamp) return {};
  using namespace std::chrono;
  const year_month_day day(floor<days>(sys_time<milliseconds>(milliseconds(*stamp))));
  const int year = static_cast<int>(day.year());
  if (year < 1500 || year > 2200) return {};
  return {static_cast<std::int16_t>(year), static_cast<std::int8_t>(static_cast<unsigned>(day.month())), static_cast<std::int8_t>(static_cast<unsigned>(day.day()))};
}

class Gtr : public JsonConverter {
 public:
  void convert(const JsonElement& d, Converted& out) const override {
    Draft draft = grant_draft("gtr");
    Record& record = draft.record;
    record.provenance.own_id = text(d, "id");
    record.title = clean_value(text(d, "title"));
    record.abstract = clean_value(text(d, "abstractText"));
    if (record.abstract.empty()) record.abstract = clean_value(text(d, "techAbstractText"));
    record.date = date_of_milliseconds(d, "start");
    record.end_date = date_of_milliseconds(d, "end");
    record.venue = clean_value(text(d, "grantCategory"));
    record.url = text(d, "href");
    std::string award;
    if (const auto holder = member(d, "identifiers")) {
      for (const JsonElement& id : elements(*holder, "identifier")) {
        if (award.empty()) award = text(id, "value");
        add_identifier(record, "grant", text(id, "value"));
      }
    }
    record.funding.push_back({clean_value(text(d, "leadFunder")), award});
    for (const auto& [key, list] : {std::pair<std::string_view, std::string_view>{"researchSubjects", "researchSubject"}, {"researchTopics", "researchTopic"}}) {
      if (const auto holder = member(d, key)) {
        for (const JsonElement& subject : elements(*holder, list)) draft.add_one(plain_column(Field::classifications, "discipline"), text(subject, "text"));
      }
    }
    if (auto problem = draft.finish()) return out.reject(std::move(*problem));
    out.items.emplace_back(std::move(record));
  }
};

// "title", or the elements of an array of objects that say what they are by `type_key`.
std::string described(const JsonElement& d, std::string_view list, std::string_view value_key, std::string_view type_key, std::string_view wanted) {
  for (const JsonElement& element : elements(d, list)) {
    if (text(element, type_key) == wanted) return clean_value(text(element, value_key));
  }
  return "";
}

class DataCite : public JsonConverter {
 public:
  void convert(const JsonElement& outer, Converted& out) const override {
    JsonElement item = outer;
    if (const auto data = member(outer, "data"); data && is_object(*data)) item = *data;  // the answer for one DOI
    const JsonElement d = member(item, "attributes").value_or(item);
    Draft draft;
    Record& record = draft.record;
    record.provenance.source = "datacite";
    add_identifier(record, "doi", text(d, "doi"));
    record.provenance.own_id = std::string(find_identifier(record, "doi"));
    record.title = described(d, "titles", "title", "titleType", "");
    record.title_translated = described(d, "titles", "title", "titleType", "TranslatedTitle");
    record.abstract = described(d, "descriptions", "description", "descriptionType", "Abstract");
    record.language = language_code(text(d, "language"));
    const auto publisher = member(d, "publisher");
    if (publisher) record.publisher = clean_value(is_object(*publisher) ? text(*publisher, "name") : scalar_text(*publisher));
    record.venue = record.publisher;
    for (const std::string_view wanted : {"Issued", "Available", "Created", "Submitted"}) {
      if (!record.date.known()) draft.add_one(plain_column(Field::date), described(d, "dates", "date", "dateType", wanted));
    }
    draft.add_one(plain_column(Field::year), text(d, "publicationYear"));
    for (const JsonElement& creator : elements(d, "creators")) read_person(creator, "", draft);
    for (const JsonElement& contributor : elements(d, "contributors")) {
      if (text(contributor, "contributorType") == "Editor") read_person(contributor, "editor", draft);
    }
    for (const JsonElement& subject : elements(d, "subjects")) draft.add_one(plain_column(Field::keywords), text(subject, "subject"));
    for (const JsonElement& funding : elements(d, "fundingReferences")) record.funding.push_back({clean_value(text(funding, "funderName")), clean_value(text(funding, "awardNumber"))});
    if (const auto types = member(d, "types")) {
      const std::string general = text(*types, "resourceTypeGeneral");
      record.type = general == "Text" ? work_type(text(*types, "resourceType")) : work_type(general);
      if (record.type.empty()) record.type = "other";
    }
    record.citation_count = integer(d, "citationCount");
    record.url = text(d, "url");
    if (auto problem = draft.finish()) return out.reject(std::move(*problem));
    out.items.emplace_back(std::move(record));
  }

 private:
  static void read_person(const JsonElement& creator, std::string_view role, Draft& draft) {
    if (text(creator, "nameType") == "Organizational") {
      draft.add_organisation({clean_value(text(creator, "name")), "", role.empty() ? "author" : std::string(role), ""});
      return;
    }
    Person person = parse_person(text(creator, "name"));
    if (const std::string family = clean_value(text(creator, "familyName")); !family.empty()) person = named_person(family, clean_value(text(creator, "givenName")), "", "");
    person.role = role;
    for (const JsonElement& id : elements(creator, "nameIdentifiers")) {
      if (equals_ignore_case(text(id, "nameIdentifierScheme"), "ORCID")) person.orcid = normalize_identifier("orcid", text(id, "nameIdentifier"));
    }
    std::vector<Organisation> affiliations;
    for (const JsonElement& affiliation : elements(creator, "affiliation")) {
      const std::string name = clean_value(is_object(affiliation) ? text(affiliation, "name") : scalar_text(affiliation));
      affiliations.push_back({name, country_of_address(name), "", ""});
    }
    draft.add_person(std::move(person), affiliations);
  }
};

}  // namespace

std::unique_ptr<JsonConverter> nsf_converter(const ReadOptions&) { return std::make_unique<Nsf>(); }
std::unique_ptr<JsonConverter> gtr_converter(const ReadOptions&) { return std::make_unique<Gtr>(); }
std::unique_ptr<JsonConverter> datacite_converter(const ReadOptions&) { return std::make_unique<DataCite>(); }

}  // namespace jianwei::sources

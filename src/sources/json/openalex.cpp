// OpenAlex works (API and snapshot). The other entities (authors, institutions, sources, ...) are counted and left for the authority file.
#include <algorithm>

#include "base/strings.h"
#include "records/identifier.h"
#include "records/unicode.h"
#include "sources/json/json_reader.h"
#include "sources/tables/draft.h"

namespace jianwei::sources {
namespace {

constexpr std::size_t kMaxWords = 200'000;  // of an abstract; positions beyond are dropped

std::string entity_of(std::string_view id) {
  const std::size_t slash = id.rfind('/');
  const std::string_view last = slash == std::string_view::npos ? id : id.substr(slash + 1);
  if (id.find("/keywords/") != std::string_view::npos) return "keyword";
  if (last.empty()) return "";
  switch (last[0]) {
    case 'W': return "work";
    case 'A': return "author";
    case 'I': return "institution";
    case 'S': return "source";
    case 'F': return "funder";
    case 'T': return "topic";
    case 'C': return "concept";
    case 'P': return "publisher";
    case 'G': return "award";
    default: return "entity";
  }
}

// {"word": [3, 17], ...} back to running text.
std::string rebuild_abstract(const JsonElement& inverted) {
  std::vector<std::string_view> words;
  JsonObject object;
  if (inverted.get_object().get(object) != simdjson::SUCCESS) return "";
  for (const auto field : object) {
    JsonArray positions;
    if (field.value.get_array().get(positions) != simdjson::SUCCESS) continue;
    for (const JsonElement position : positions) {
      std::uint64_t at = 0;
      if (position.get_uint64().get(at) != simdjson::SUCCESS || at >= kMaxWords) continue;
      if (words.size() <= at) words.resize(at + 1);
      words[at] = field.key;
    }
  }
  std::string text;
  for (const std::string_view word : words) {
    if (word.empty()) continue;
    if (!text.empty()) text += ' ';
    text += word;
  }
  return text;
}

void add_authorships(const JsonElement& work, Draft& draft) {
  for (const JsonElement& authorship : elements(work, "authorships")) {
    Person person;
    const auto author = member(authorship, "author");
    // The name as printed keeps what the disambiguated one may have lost; both are given names first.
    std::string name = author ? text(*author, "display_name") : "";
    if (name.empty()) name = text(authorship, "raw_author_name");
    person = parse_person(name);
    if (author) {
      person.orcid = normalize_identifier("orcid", string_member(*author, "orcid"));
      person.source_id = normalize_identifier("openalex", string_member(*author, "id"));
    }
    std::vector<Organisation> affiliations;
    for (const JsonElement& institution : elements(authorship, "institutions")) {
      affiliations.push_back({clean_value(string_member(institution, "display_name")), std::string(string_member(institution, "country_code")), "",
                              normalize_identifier("ror", string_member(institution, "ror"))});
    }
    if (affiliations.empty()) {
      const auto countries = elements(authorship, "countries");
      for (const JsonElement& raw : elements(authorship, "raw_affiliation_strings")) {
        affiliations.push_back({clean_value(scalar_text(raw)), countries.size() == 1 ? scalar_text(countries[0]) : "", "", ""});
      }
    }
    draft.add_person(std::move(person), affiliations);
  }
}

class OpenAlex : public JsonConverter {
 public:
  void convert(const JsonElement& document, Converted& out) const override {
    const std::string_view id = string_member(document, "id");
    const std::string entity = entity_of(id);
    if (entity != "work") {
      if (entity.empty()) return out.reject("no 'id'");
      ++out.notes["OpenAlex rows of kind '" + entity + "' recognised: they are no documents and are left for the authority file"];
      return;
    }
    Draft draft;
    Record& record = draft.record;
    record.provenance.source = "openalex";
    add_identifier(record, "openalex", id);
    record.provenance.own_id = std::string(find_identifier(record, "openalex"));
    add_identifier(record, "doi", string_member(document, "doi"));
    if (const auto ids = member(document, "ids")) {
      for (const std::string_view scheme : {"pmid", "pmcid"}) add_identifier(record, scheme, string_member(*ids, scheme));
    }
    record.title = clean_value(string_member(document, "title"));
    if (record.title.empty()) record.title = clean_value(string_member(document, "display_name"));
    if (const auto inverted = member(document, "abstract_inverted_index")) record.abstract = clean_value(rebuild_abstract(*inverted));
    if (record.abstract.empty()) record.abstract = clean_value(string_member(document, "abstract"));
    record.language = language_code(string_member(document, "language"));
    record.date = parse_table_date(string_member(document, "publication_date"), DateStyle::recognised, 2100);
    if (!record.date.known()) {
      const auto year = integer(document, "publication_year");
      if (year && *year > 1000 && *year < 3000) record.date.year = static_cast<std::int16_t>(*year);
    }
    record.type = work_type(string_member(document, "type"));
    if (record.type.empty()) record.type = std::string(string_member(document, "type"));
    std::optional<JsonElement> location = member(document, "primary_location");
    if (!location) location = member(document, "host_venue");
    if (location) {
      record.url = std::string(string_member(*location, "landing_page_url"));
      std::optional<JsonElement> source = member(*location, "source");
      const JsonElement venue = source.value_or(*location);
      record.venue = clean_value(string_member(venue, "display_name"));
      if (record.venue.empty()) record.venue = clean_value(string_member(*location, "raw_source_name"));
      record.publisher = clean_value(string_member(venue, "host_organization_name"));
      for (const JsonElement& issn : elements(venue, "issn")) add_identifier(record, "issn", scalar_text(issn));
      const std::string_view kind = string_member(venue, "type");
      if (record.type == "article" && kind == "conference") record.type = "conference_paper";
      if (record.type == "article" && string_member(*location, "version") == "submittedVersion" && kind == "repository") record.type = "preprint";
      if (record.url.find("arxiv.org/") != std::string::npos) add_identifier(record, "arxiv", record.url);
    }
    if (const auto biblio = member(document, "biblio")) {
      record.volume = text(*biblio, "volume");
      record.issue = text(*biblio, "issue");
      draft.add_one(plain_column(Field::start_page), text(*biblio, "first_page"));
      draft.add_one(plain_column(Field::end_page), text(*biblio, "last_page"));
    }
    record.citation_count = integer(document, "cited_by_count");
    add_authorships(document, draft);
    for (const JsonElement& keyword : elements(document, "keywords")) {
      std::string label = is_string(keyword) ? scalar_text(keyword) : text(keyword, "display_name");
      if (label.empty()) label = text(keyword, "keyword");
      draft.add_one(plain_column(Field::keywords), label);
    }
    for (const auto& [key, scheme] : {std::pair<std::string_view, std::string_view>{"topics", "openalex_topic"}, {"concepts", "openalex_concept"}, {"sustainable_development_goals", "sdg"}}) {
      for (const JsonElement& element : elements(document, key)) {
        record.classifications.push_back({std::string(scheme), normalize_identifier("openalex", string_member(element, "id")), clean_value(string_member(element, "display_name"))});
      }
    }
    for (const JsonElement& mesh : elements(document, "mesh")) {
      record.classifications.push_back({"mesh", text(mesh, "descriptor_ui"), clean_value(string_member(mesh, "descriptor_name"))});
    }
    for (const JsonElement& cited : elements(document, "referenced_works")) {
      Reference reference;
      reference.other = "openalex:" + normalize_identifier("openalex", scalar_text(cited));
      record.references.push_back(std::move(reference));
    }
    for (const std::string_view key : {"grants", "awards"}) {
      for (const JsonElement& grant : elements(document, key)) {
        std::string award = text(grant, "award_id");
        if (award.empty()) award = text(grant, "funder_award_id");
        record.funding.push_back({clean_value(string_member(grant, "funder_display_name")), award});
      }
    }
    for (const JsonElement& funder : elements(document, "funders")) {
      const std::string name = clean_value(string_member(funder, "display_name"));
      if (std::none_of(record.funding.begin(), record.funding.end(), [&](const Funding& f) { return f.funder == name; })) record.funding.push_back({name, ""});
    }
    if (auto problem = draft.finish()) return out.reject(std::move(*problem));
    out.items.emplace_back(std::move(record));
  }
};

}  // namespace

std::unique_ptr<JsonConverter> openalex_converter(const ReadOptions&) { return std::make_unique<OpenAlex>(); }

}  // namespace jianwei::sources

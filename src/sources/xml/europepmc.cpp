// Europe PMC search answers in XML, resultType=core: <responseWrapper><resultList><result>. Page: docs/formats/pubmed.md
#include "base/strings.h"
#include "records/identifier.h"
#include "sources/xml/dom.h"
#include "sources/xml/parts.h"
#include "sources/xml/readers.h"
#include "sources/xml/record_reader.h"

namespace jianwei::sources::xml {
namespace {

void read_authors(Record& record, const Node& result) {
  for (const Node& author : children(result, "authorList/author")) {
    const std::string family = text_at(author, "lastName");
    std::string given = text_at(author, "firstName");
    if (given.empty()) given = text_at(author, "initials");
    if (!family.empty()) add_person(record, family, given);
    else if (const std::string name = text_at(author, "collectiveName"); !name.empty()) {
      Person person;
      person.name = name;
      record.persons.push_back(std::move(person));
    } else continue;
    Person& person = record.persons.back();
    for (const Node& id : children(author, "authorId")) {
      if (attribute(id, "type") == "ORCID") person.orcid = normalize_identifier("orcid", text_of(id));
    }
    std::vector<std::string> affiliations = texts_at(author, "authorAffiliationDetailsList/authorAffiliation/affiliation");
    if (affiliations.empty()) affiliations = texts_at(author, "affiliation");
    for (const std::string& affiliation : affiliations) affiliate(person, add_affiliation(record, affiliation));
  }
  if (!record.persons.empty()) return;
  const std::string names = text_at(result, "authorString");
  for (std::string name : split_trimmed(names, ",")) {
    if (name.ends_with(".")) name.pop_back();
    add_person_named(record, name);
  }
}

Result<bool> build(const Node& result, const Context&, Record& record) {
  record.title = text_at(result, "title");
  if (record.title.ends_with(".")) record.title.pop_back();
  record.abstract = text_at(result, "abstractText");
  record.language = language_of(text_at(result, "language"));
  read_authors(record, result);
  const Node info = child(result, "journalInfo");
  record.venue = text_at(info, "journal/title");
  if (record.venue.empty()) record.venue = text_at(result, "journalTitle");
  if (record.venue.empty()) record.venue = text_at(result, "bookOrReportDetails/publisher");
  record.volume = text_at(info, "volume");
  record.issue = text_at(info, "issue");
  record.pages = text_at(result, "pageInfo");
  record.date = date_at(result, "firstPublicationDate");
  for (const std::string_view path : {"journalInfo/printPublicationDate", "pubYear", "journalInfo/yearOfPublication"}) {
    if (!record.date.known()) record.date = date_at(result, path);
  }
  for (const std::string_view path : {"journal/ISSN", "journal/issn", "journal/ESSN", "journal/essn"}) add_identifier(record, "issn", text_at(info, path));
  add_identifier(record, "doi", text_at(result, "doi"));
  add_identifier(record, "pmid", text_at(result, "pmid"));
  add_identifier(record, "pmcid", text_at(result, "pmcid"));
  const std::string source = text_at(result, "source");
  const std::string id = text_at(result, "id");
  record.provenance.own_id = source + ":" + id;
  if (id.empty()) record.provenance.own_id.clear();
  else record.url = "https://europepmc.org/article/" + source + "/" + id;
  record.type = source == "PPR" ? "preprint" : source == "PAT" ? "patent" : "article";
  record.kind = source == "PAT" ? RecordKind::patent : RecordKind::work;
  for (const std::string& type : texts_at(result, "pubTypeList/pubType")) {
    const std::string lower = to_lower_ascii(type);
    if (lower == "review" || lower == "preprint" || lower == "editorial" || lower == "letter") record.type = lower;
  }
  for (const std::string& keyword : texts_at(result, "keywordList/keyword")) add_keyword(record, keyword);
  for (const Node& heading : children(result, "meshHeadingList/meshHeading")) add_classification(record, "mesh", "", text_at(heading, "descriptorName"));
  for (const Node& grant : children(result, "grantsList/grant")) record.funding.push_back({text_at(grant, "agency"), text_at(grant, "grantId")});
  if (const auto count = parse_int(text_at(result, "citedByCount"))) record.citation_count = *count;
  return true;
}

}  // namespace

Result<> read_europepmc(ByteStream& stream, const ReadOptions& options, RecordSink& sink, Progress& progress) {
  Shape shape;
  shape.format = "europepmc_xml";
  shape.source = "europepmc";
  shape.cut.elements = {"result"};
  shape.build = build;
  return read_records(stream, options, sink, progress, shape);
}

}  // namespace jianwei::sources::xml

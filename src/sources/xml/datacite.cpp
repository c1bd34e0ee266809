// DataCite metadata XML, kernels 3 and 4: <resource>, alone or inside OAI answers. Page: docs/formats/mods.md
#include "base/strings.h"
#include "records/identifier.h"
#include "sources/xml/dom.h"
#include "sources/xml/parts.h"
#include "sources/xml/readers.h"
#include "sources/xml/record_reader.h"

namespace jianwei::sources::xml {
namespace {

void read_people(Record& record, const Node& resource, std::string_view list, std::string_view item, std::string_view name_element) {
  for (const Node& node : children(child(resource, list), item)) {
    const Node name_node = child(node, name_element);
    const std::string name = text_of(name_node);
    const std::string contributor = attribute(node, "contributorType");
    const std::string role = contributor.empty() ? "" : contributor == "Editor" ? "editor" : to_lower_ascii(contributor);
    if (attribute(name_node, "nameType") == "Organizational") {
      if (!name.empty()) add_organisation(record, name, "", role.empty() ? "author" : role);
      continue;
    }
    const std::string family = text_at(node, "familyName");
    if (family.empty() && name.empty()) continue;
    Person& person = family.empty() ? add_person_named(record, name, role) : add_person(record, family, text_at(node, "givenName"), role);
    for (const Node& id : children(node, "nameIdentifier")) {
      if (equals_ignore_case(attribute(id, "nameIdentifierScheme"), "ORCID")) person.orcid = normalize_identifier("orcid", text_of(id));
    }
    for (const std::string& affiliation : texts_at(node, "affiliation")) affiliate(person, add_affiliation(record, affiliation));
  }
}

Result<bool> build(const Node& resource, const Context&, Record& record) {
  for (const Node& title : children(resource, "titles/title")) {
    const std::string type = attribute(title, "titleType");
    if (type.empty() && record.title.empty()) record.title = text_of(title);
    else if (type == "Subtitle" && !record.title.empty()) record.title += ": " + text_of(title);
    else if (type == "TranslatedTitle") record.title_translated = text_of(title);
  }
  for (const Node& description : children(resource, "descriptions/description")) {
    if (attribute(description, "descriptionType") == "Abstract" && record.abstract.empty()) record.abstract = text_of(description);
  }
  read_people(record, resource, "creators", "creator", "creatorName");
  read_people(record, resource, "contributors", "contributor", "contributorName");
  record.publisher = text_at(resource, "publisher");
  record.venue = record.publisher;
  record.language = language_of(text_at(resource, "language"));
  for (const std::string_view wanted : {"Issued", "Available", "Created", "Submitted"}) {
    for (const Node& date : children(resource, "dates/date")) {
      if (!record.date.known() && attribute(date, "dateType") == wanted) record.date = valid_date(text_of(date));
    }
  }
  if (!record.date.known()) record.date = date_at(resource, "publicationYear");
  for (const std::string& subject : texts_at(resource, "subjects/subject")) add_keyword(record, subject);
  for (const Node& id : children(resource, "identifier")) add_identifier(record, to_lower_ascii(attribute(id, "identifierType")), text_of(id));
  for (const Node& funding : children(resource, "fundingReferences/fundingReference")) record.funding.push_back({text_at(funding, "funderName"), text_at(funding, "awardNumber")});
  const std::string type = attribute(child(resource, "resourceType"), "resourceTypeGeneral");
  record.type = type == "Dataset" ? "dataset" : type == "Software" ? "software" : type == "Preprint" ? "preprint" : type == "Dissertation" ? "thesis" : type == "Report" ? "report"
              : type == "ConferencePaper" ? "conference_paper" : type == "JournalArticle" ? "article" : type == "Book" ? "book" : "other";
  const std::string doi(find_identifier(record, "doi"));
  record.provenance.own_id = doi;
  if (!doi.empty()) record.url = "https://doi.org/" + doi;
  return true;
}

}  // namespace

Result<> read_datacite(ByteStream& stream, const ReadOptions& options, RecordSink& sink, Progress& progress) {
  Shape shape;
  shape.format = "datacite_xml";
  shape.source = "datacite";
  shape.cut.elements = {"resource"};
  shape.build = build;
  return read_records(stream, options, sink, progress, shape);
}

}  // namespace jianwei::sources::xml

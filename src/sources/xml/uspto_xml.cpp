// USPTO full text since 2004: <us-patent-grant> and <us-patent-application> in the versions 4.0 (2004) to 4.7, usually thousands of XML
// documents one after another in a weekly file. Page: docs/formats/uspto.md
#include "base/strings.h"
#include "sources/xml/dom.h"
#include "sources/xml/parts.h"
#include "sources/xml/readers.h"
#include "sources/xml/record_reader.h"
#include "sources/xml/uspto_parts.h"

namespace jianwei::sources::xml {
namespace {

std::string document_number(const Node& id) { return patent_number(text_at(id, "country"), text_at(id, "doc-number"), text_at(id, "kind")); }

void read_inventors(Record& record, const Node& parties) {
  const auto read = [&](const Node& node) {
    std::string given = text_at(node, "addressbook/first-name");
    if (const std::string middle = text_at(node, "addressbook/middle-name"); !middle.empty()) given += " " + middle;
    std::string country = country_of(text_at(node, "residence/country"));
    if (country.empty()) country = country_of(text_at(node, "addressbook/address/country"));
    add_inventor(record, text_at(node, "addressbook/last-name"), given, country);
  };
  for (const Node& node : children(parties, "inventors/inventor")) read(node);
  // Before 2013 the inventors are the applicants.
  if (record.persons.empty()) {
    for (const Node& node : children(parties, "applicants/applicant")) read(node);
  }
}

void read_organisations(Record& record, const Node& biblio, const Node& parties) {
  for (const Node& node : children(biblio, "assignees/assignee")) {
    const Node book = child(node, "addressbook") ? child(node, "addressbook") : node;
    std::string name = text_at(book, "orgname");
    if (name.empty()) name = text_at(book, "last-name") + (text_at(book, "first-name").empty() ? "" : ", " + text_at(book, "first-name"));
    if (!name.empty()) add_organisation(record, name, country_of(text_at(book, "address/country")), "assignee");
  }
  for (const Node& node : children(parties, "us-applicants/us-applicant")) {
    const std::string name = text_at(node, "addressbook/orgname");
    if (!name.empty()) add_organisation(record, name, country_of(text_at(node, "addressbook/address/country")), "applicant");
  }
}

void read_classes(Record& record, const Node& biblio) {
  for (const Node& node : children(biblio, "classifications-ipcr/classification-ipcr")) {
    add_classification(record, "ipc", symbol_of_parts(text_at(node, "section"), text_at(node, "class"), text_at(node, "subclass"), text_at(node, "main-group"), text_at(node, "subgroup")));
  }
  const Node ipc = child(biblio, "classification-ipc");
  for (const std::string_view part : {"main-classification", "further-classification"}) {
    for (const Node& node : children(ipc, part)) add_classification(record, "ipc", ipc_symbol(node.child_value()));
  }
  const Node locarno = child(biblio, "classification-locarno");
  add_classification(record, "locarno", text_at(locarno, "main-classification"));
  const Node cpc = child(biblio, "classifications-cpc");
  for (const std::string_view part : {"main-cpc", "further-cpc"}) {
    for (const Node& node : descendants(child(cpc, part), "classification-cpc")) {
      add_classification(record, "cpc", symbol_of_parts(text_at(node, "section"), text_at(node, "class"), text_at(node, "subclass"), text_at(node, "main-group"), text_at(node, "subgroup")));
    }
  }
  const Node us = child(biblio, "classification-national");
  for (const std::string_view part : {"main-classification", "further-classification"}) {
    for (const Node& node : children(us, part)) add_classification(record, "uspc", uspc_symbol(node.child_value()));
  }
}

void read_citations(Record& record, const Node& biblio) {
  for (const std::string_view path : {"references-cited/citation", "us-references-cited/us-citation"}) {
    for (const Node& citation : children(biblio, path)) {
      if (const Node id = child(citation, "patcit/document-id")) {
        cite_patent(record, document_number(id), text_at(id, "name"), text_at(id, "date"));
      } else if (const Node other = child(citation, "nplcit")) {
        cite_text(record, text_at(other, "othercit"));
      }
    }
  }
}

Result<bool> build(const Node& element, const Context& context, Record& record) {
  const bool grant = context.element == "us-patent-grant";
  const Node biblio = child(element, grant ? "us-bibliographic-data-grant" : "us-bibliographic-data-application");
  if (!biblio) return fail(ErrorKind::invalid_input, "<{}> holds no bibliographic data", context.element);
  const Node publication = child(biblio, "publication-reference/document-id");
  const Node application = child(biblio, "application-reference");
  record.title = text_at(biblio, "invention-title");
  record.abstract = text_of(child(element, "abstract"));
  record.language = language_of(attribute(element, "lang"));
  record.date = date_at(publication, "date");
  const std::string kind = attribute(application, "appl-type");
  record.type = kind.empty() || kind == "utility" ? (grant ? "grant" : "application") : (grant ? kind : kind + "_application");

  const Node parties = child(biblio, "us-parties") ? child(biblio, "us-parties") : child(biblio, "parties");
  read_inventors(record, parties);
  read_organisations(record, biblio, parties);
  read_classes(record, biblio);
  read_citations(record, biblio);
  record.full_text = paragraphs_of(child(element, "description"));
  add_paragraph(record.full_text, paragraphs_of(child(element, "claims")));
  finish_patent(record, document_number(publication), application_number(text_at(application, "document-id/doc-number")));
  return true;
}

}  // namespace

Result<> read_uspto_xml(ByteStream& stream, const ReadOptions& options, RecordSink& sink, Progress& progress) {
  Shape shape;
  shape.format = "uspto_xml";
  shape.source = "uspto";
  shape.cut.elements = {"us-patent-grant", "us-patent-application"};
  shape.build = build;
  return read_records(stream, options, sink, progress, shape);
}

}  // namespace jianwei::sources::xml

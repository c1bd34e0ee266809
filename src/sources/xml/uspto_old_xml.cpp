// USPTO full text of 2001 to 2004: applications as <patent-application-publication> (PAP) and grants as SGML <PATDOC> (ST.32, Red Book),
// whose tags are INID codes: B110 number, B220 filing, B540 title, B720 inventors, B730 assignees. Page: docs/formats/uspto.md
#include "base/strings.h"
#include "sources/xml/dom.h"
#include "sources/xml/parts.h"
#include "sources/xml/readers.h"
#include "sources/xml/record_reader.h"
#include "sources/xml/uspto_parts.h"

namespace jianwei::sources::xml {
namespace {

Result<bool> build_pap(const Node& element, const Context&, Record& record) {
  const Node biblio = child(element, "subdoc-bibliographic-information");
  if (!biblio) return fail(ErrorKind::invalid_input, "<patent-application-publication> holds no bibliographic information");
  const Node technical = child(biblio, "technical-information");
  record.title = text_at(technical, "title-of-invention");
  for (const Node& paragraph : children(element, "subdoc-abstract/paragraph")) record.abstract += (record.abstract.empty() ? "" : " ") + text_of(paragraph);
  record.date = date_at(biblio, "document-id/document-date");
  record.type = "application";

  const Node inventors = child(biblio, "inventors");
  for (const std::string_view part : {"first-named-inventor", "inventor"}) {
    for (const Node& node : children(inventors, part)) {
      std::string given = text_at(node, "name/given-name");
      if (const std::string middle = text_at(node, "name/middle-name"); !middle.empty()) given += " " + middle;
      std::string country;
      for (const Node& code : descendants(child(node, "residence"), "country-code")) {
        if (country.empty() && local_name(code.parent().parent()) != "citizenship" && local_name(code.parent()) != "citizenship") country = country_of(text_of(code));
      }
      if (country.empty() && child(node, "residence/residence-us")) country = "US";
      add_inventor(record, text_at(node, "name/family-name"), given, country);
    }
  }
  for (const Node& node : children(biblio, "assignee")) {
    const std::string name = text_at(node, "organization-name");
    std::string country = country_of(text_at(node, "address/country/country-code"));
    if (country.empty() && !text_at(node, "address/state").empty()) country = "US";
    if (!name.empty()) add_organisation(record, name, country, "assignee");
  }
  for (const Node& ipc : descendants(child(technical, "classification-ipc"), "ipc")) add_classification(record, "ipc", ipc_symbol(text_of(ipc)));
  for (const Node& uspc : descendants(child(technical, "classification-us"), "uspc")) {
    add_classification(record, "uspc", uspc_symbol(text_at(uspc, "class") + text_at(uspc, "subclass")));
  }
  for (const Node& cited : descendants(element, "cited-patent-literature")) {
    const Node id = child(cited, "document-id");
    cite_patent(record, patent_number(text_at(id, "country-code"), text_at(id, "doc-number"), text_at(id, "kind-code")), "", text_at(id, "document-date"));
  }
  for (const Node& cited : descendants(element, "cited-non-patent-literature")) cite_text(record, text_of(cited));
  record.full_text = paragraphs_of(child(element, "subdoc-description"));
  add_paragraph(record.full_text, paragraphs_of(child(element, "subdoc-claims")));
  finish_patent(record, patent_number("US", text_at(biblio, "document-id/doc-number"), text_at(biblio, "document-id/kind-code")),
                application_number(text_at(biblio, "domestic-filing-data/application-number/doc-number")));
  return true;
}

// B561 cites a patent, B562 anything else.
void read_patdoc_citations(Record& record, const Node& biblio) {
  for (const Node& cited : children(biblio, "B500/B560/B561/PCIT")) {
    std::string country = text_at(cited, "DOC/CTRY");
    if (country.empty()) country = "US";
    cite_patent(record, patent_number(country, text_at(cited, "DOC/DNUM"), text_at(cited, "DOC/KIND")), text_of(child(cited, "PARTY-US/NAM/SNM")), text_at(cited, "DOC/DATE"));
  }
  for (const Node& cited : children(biblio, "B500/B560/B562")) cite_text(record, text_of(cited));
}

Result<bool> build_patdoc(const Node& element, const Context&, Record& record) {
  const Node biblio = child(element, "SDOBI");
  if (!biblio) return fail(ErrorKind::invalid_input, "<PATDOC> holds no <SDOBI>");
  const std::string kind = text_at(biblio, "B100/B130");
  record.title = text_at(biblio, "B500/B540");
  record.abstract = text_of(child(element, "SDOAB"));
  record.date = date_at(biblio, "B100/B140/DATE");
  record.type = kind.starts_with("S") ? "design" : kind.starts_with("P") ? "plant" : kind.starts_with("E") ? "reissue" : "grant";
  for (const Node& party : children(biblio, "B700/B720/B721/PARTY-US")) {
    std::string country = country_of(text_at(party, "ADR/CTRY"));
    if (country.empty() && !text_at(party, "ADR/STATE").empty()) country = "US";
    add_inventor(record, text_at(party, "NAM/SNM"), text_at(party, "NAM/FNM"), country);
  }
  for (const Node& party : children(biblio, "B700/B730/B731/PARTY-US")) {
    std::string name = text_at(party, "NAM/ONM");
    if (name.empty()) name = text_at(party, "NAM/SNM") + (text_at(party, "NAM/FNM").empty() ? "" : ", " + text_at(party, "NAM/FNM"));
    std::string country = country_of(text_at(party, "ADR/CTRY"));
    if (country.empty() && !text_at(party, "ADR/STATE").empty()) country = "US";
    if (!name.empty()) add_organisation(record, name, country, "assignee");
  }
  const auto raw_at = [](const Node& node) { return std::string(child(node, "PDAT").child_value()); };
  const bool design = record.type == "design";
  for (const std::string_view code : {"B511", "B512"}) {
    for (const Node& node : children(biblio, std::string("B500/B510/") + std::string(code))) {
      add_classification(record, design ? "locarno" : "ipc", design ? raw_at(node) : ipc_symbol(raw_at(node)));
    }
  }
  for (const std::string_view code : {"B521", "B522"}) {
    for (const Node& node : children(biblio, std::string("B500/B520/") + std::string(code))) add_classification(record, "uspc", uspc_symbol(raw_at(node)));
  }
  read_patdoc_citations(record, biblio);
  record.full_text = paragraphs_of(child(element, "SDODE"));
  add_paragraph(record.full_text, paragraphs_of(child(element, "SDOCL")));
  finish_patent(record, patent_number("US", text_at(biblio, "B100/B110"), kind), application_number(text_at(biblio, "B200/B210")));
  return true;
}

}  // namespace

Result<> read_uspto_pap(ByteStream& stream, const ReadOptions& options, RecordSink& sink, Progress& progress) {
  Shape shape;
  shape.format = "uspto_pap";
  shape.source = "uspto";
  shape.cut.elements = {"patent-application-publication"};
  shape.build = build_pap;
  return read_records(stream, options, sink, progress, shape);
}

Result<> read_uspto_sgml(ByteStream& stream, const ReadOptions& options, RecordSink& sink, Progress& progress) {
  Shape shape;
  shape.format = "uspto_sgml";
  shape.source = "uspto";
  shape.cut.elements = {"PATDOC"};
  shape.cut.max_depth = 20000;  // empty elements without end tag count as open until the parser sees them mended
  shape.mend_tags = true;
  shape.build = build_patdoc;
  return read_records(stream, options, sink, progress, shape);
}

}  // namespace jianwei::sources::xml

// MODS 3 (Library of Congress): <mods> alone or in a <modsCollection>, also inside OAI answers. Page: docs/formats/mods.md
#include <algorithm>

#include "base/strings.h"
#include "records/identifier.h"
#include "sources/xml/dom.h"
#include "sources/xml/parts.h"
#include "sources/xml/readers.h"
#include "sources/xml/record_reader.h"

namespace jianwei::sources::xml {
namespace {

// <titleInfo>: "The" + title + ": " + subTitle + ". " + partNumber ...
std::string title_of(const Node& info) {
  std::string title = text_at(info, "title");
  if (const std::string article = text_at(info, "nonSort"); !article.empty()) title = article + (article.ends_with("'") ? "" : " ") + title;
  while (title.ends_with(":") || title.ends_with("/") || title.ends_with(" ")) title.pop_back();
  if (const std::string sub = text_at(info, "subTitle"); !sub.empty()) title += ": " + sub;
  for (const std::string_view part : {"partNumber", "partName"}) {
    if (const std::string text = text_at(info, part); !text.empty()) title += ". " + text;
  }
  return title;
}

Date first_date(const Node& holder) {
  // Encoded dates ("1984") before transcribed ones ("c1984"), issued before the others.
  for (const std::string_view name : {"dateIssued", "dateCreated", "date", "copyrightDate", "dateOther", "dateCaptured"}) {
    for (const bool encoded : {true, false}) {
      for (const Node& node : children(holder, name)) {
        if (attribute(node, "encoding").empty() == encoded || attribute(node, "point") == "end") continue;
        const std::string text = text_of(node);
        Date date = valid_date(text);
        if (!date.known() && text.size() > 4) {
          for (std::size_t i = 0; i + 4 <= text.size() && !date.known(); ++i) date = valid_date(std::string_view(text).substr(i, 4));
        }
        if (date.known()) return date;
      }
    }
  }
  return {};
}

std::string type_of(const Node& mods, bool has_host) {
  for (const std::string& written : texts_at(mods, "genre")) {
    const std::string genre = to_lower_ascii(written);
    const auto has = [&](std::string_view word) { return genre.find(word) != std::string::npos; };
    if (has("thesis") || has("dissertation")) return "thesis";
    if (has("conference")) return "conference_paper";
    if (has("chapter") || has("booksection") || has("book section")) return "chapter";
    if (has("article")) return "article";
    if (has("report")) return "report";
    if (has("preprint") || has("eprint")) return "preprint";
    if (has("dataset")) return "dataset";
    if (has("book") && !has("cookbook")) return "book";
    if (has("web site")) return "web";
  }
  const std::string resource = text_at(mods, "typeOfResource");
  if (resource == "text") return has_host ? "article" : text_at(mods, "originInfo/issuance") == "monographic" ? "book" : "other";
  return "other";
}

void read_name(Record& record, const Node& node) {
  std::string family, given, whole, suffix;
  for (const Node& part : children(node, "namePart")) {
    const std::string type = attribute(part, "type");
    const std::string text = text_of(part);
    if (type == "family") family += (family.empty() ? "" : " ") + text;
    else if (type == "given") given += (given.empty() ? "" : " ") + text;
    else if (type == "termsOfAddress") suffix = text;
    else if (type.empty()) whole += (whole.empty() ? "" : " ") + text;
  }
  std::string role = "author";
  for (const std::string& term : texts_at(node, "role/roleTerm")) {
    const std::string lower = to_lower_ascii(term);
    if (lower == "edt" || lower == "editor") role = "editor";
    else if (lower == "trl" || lower == "translator") role = "translator";
    else if (lower == "ths" || lower == "thesis advisor" || lower == "dgs") role = "advisor";
    else if (lower == "pbl" || lower == "publisher" || lower == "dst" || lower == "distributor") role = "publisher";
    else if (lower == "his" || lower == "fnd" || lower == "funder" || lower == "spn") role = lower == "his" ? "host" : "funder";
  }
  if (attribute(node, "type") == "corporate" || attribute(node, "type") == "conference" || role == "publisher" || role == "funder") {
    if (whole.empty()) whole = family;
    if (!whole.empty()) add_organisation(record, whole, "", role);
    return;
  }
  if (!suffix.empty() && !family.empty()) given += (given.empty() ? "" : " ") + suffix;
  if (family.empty() && given.empty() && whole.empty()) return;
  if (family.empty() && given.empty()) add_person_named(record, whole, role == "author" ? "" : role);
  else add_person(record, family, given, role == "author" ? "" : role);
  Person& person = record.persons.back();
  for (const Node& id : children(node, "nameIdentifier")) {
    if (equals_ignore_case(attribute(id, "type"), "orcid")) person.orcid = normalize_identifier("orcid", text_of(id));
  }
  for (const std::string& affiliation : texts_at(node, "affiliation")) affiliate(person, add_affiliation(record, affiliation));
}

void read_part(Record& record, const Node& part) {
  for (const Node& detail : children(part, "detail")) {
    const std::string type = attribute(detail, "type");
    std::string number = text_at(detail, "number");
    if (number.empty()) number = text_at(detail, "title");
    if (type == "volume") record.volume = number;
    if (type == "issue" || type == "number") record.issue = number;
    if ((type == "page" || type == "pages") && record.pages.empty()) record.pages = number;
  }
  for (const Node& extent : children(part, "extent")) {
    const std::string unit = attribute(extent, "unit");
    if (!unit.starts_with("page") && !unit.empty()) continue;
    const std::string start = text_at(extent, "start");
    const std::string end = text_at(extent, "end");
    if (!start.empty()) record.pages = end.empty() || end == start ? start : start + "-" + end;
    else if (const std::string list = text_at(extent, "list"); !list.empty()) record.pages = list;
  }
  if (const Date date = first_date(part); date.known() && (!record.date.known() || record.date.year == date.year)) record.date = date;
}

void read_identifiers(Record& record, const Node& holder) {
  for (const Node& node : children(holder, "identifier")) {
    const std::string type = to_lower_ascii(attribute(node, "type"));
    const std::string value = text_of(node);
    if (type == "doi" || type == "isbn" || type == "issn" || type == "arxiv") add_identifier(record, type, value);
    else if (type == "pmid" || type == "pubmed") add_identifier(record, "pmid", value);
    else if ((type == "uri" || type == "hdl") && value.find("doi.org/") != std::string::npos) add_identifier(record, "doi", value);
    else if (type == "uri" && record.url.empty()) record.url = value;
    else if (type == "citekey" || type.empty()) record.provenance.own_id = value;
  }
}

Result<bool> build(const Node& mods, const Context&, Record& record) {
  for (const Node& info : children(mods, "titleInfo")) {
    const std::string type = attribute(info, "type");
    if (type.empty() && record.title.empty()) record.title = title_of(info);
    else if (type == "translated" && record.title_translated.empty()) record.title_translated = title_of(info);
  }
  if (record.title.empty()) record.title = title_of(child(mods, "titleInfo"));
  const std::vector<std::string> abstracts = texts_at(mods, "abstract");
  if (!abstracts.empty()) record.abstract = abstracts[0];
  if (abstracts.size() > 1) record.abstract_translated = abstracts[1];
  for (const Node& name : children(mods, "name")) read_name(record, name);
  for (const Node& subject : children(mods, "subject")) {
    for (const std::string_view part : {"topic", "geographic", "temporal"}) {
      for (const std::string& text : texts_at(subject, part)) add_keyword(record, text);
    }
  }
  for (const Node& node : children(mods, "classification")) add_classification(record, attribute(node, "authority").empty() ? "local" : attribute(node, "authority"), text_of(node));
  record.language = language_of(text_at(mods, "language/languageTerm"));
  if (record.language.empty()) record.language = language_of(text_at(mods, "language"));
  for (const Node& origin : children(mods, "originInfo")) {
    if (record.publisher.empty()) record.publisher = text_at(origin, "publisher");
    if (!record.date.known()) record.date = first_date(origin);
  }
  read_identifiers(record, mods);
  bool has_host = false;
  for (const Node& related : children(mods, "relatedItem")) {
    const std::string type = attribute(related, "type");
    if (type != "host" && type != "series") continue;
    if (type == "host") {
      has_host = true;
      record.venue = title_of(child(related, "titleInfo"));
      for (const std::string_view scheme : {"issn", "isbn"}) {
        for (const Node& node : children(related, "identifier")) {
          if (to_lower_ascii(attribute(node, "type")) == scheme) add_identifier(record, scheme, text_of(node));
        }
      }
      for (const Node& part : children(related, "part")) read_part(record, part);
      if (!record.date.known()) record.date = first_date(child(related, "originInfo"));
      if (record.publisher.empty()) record.publisher = text_at(related, "originInfo/publisher");
    } else if (record.venue.empty()) {
      record.venue = title_of(child(related, "titleInfo"));
    }
  }
  for (const Node& part : children(mods, "part")) read_part(record, part);
  record.type = type_of(mods, has_host);
  for (const Node& url : children(mods, "location/url")) {
    if (record.url.empty() || attribute(url, "usage").starts_with("primary")) record.url = text_of(url);
  }
  if (const std::string id = text_at(mods, "recordInfo/recordIdentifier"); !id.empty()) record.provenance.own_id = id;
  if (record.provenance.own_id.empty()) record.provenance.own_id = attribute(mods, "ID");
  return true;
}

}  // namespace

Result<> read_mods(ByteStream& stream, const ReadOptions& options, RecordSink& sink, Progress& progress) {
  Shape shape;
  shape.format = "mods";
  shape.cut.elements = {"mods"};
  shape.build = build;
  return read_records(stream, options, sink, progress, shape);
}

}  // namespace jianwei::sources::xml

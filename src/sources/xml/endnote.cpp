// EndNote XML (<xml><records><record>), as written by EndNote 8 to 21 and by programs that imitate it. Every text may be wrapped in
// <style> elements. Page: docs/formats/endnote_xml.md
#include <algorithm>
#include <array>

#include "base/strings.h"
#include "records/identifier.h"
#include "sources/xml/dom.h"
#include "sources/xml/parts.h"
#include "sources/xml/readers.h"
#include "sources/xml/record_reader.h"

namespace jianwei::sources::xml {
namespace {

struct TypeName {
  std::string_view name, type;
};
constexpr std::array<TypeName, 18> kTypes = {{
    {"Journal Article", "article"},  {"Electronic Article", "article"}, {"Magazine Article", "article"}, {"Newspaper Article", "news"},
    {"Conference Paper", "conference_paper"}, {"Conference Proceedings", "conference_paper"}, {"Book", "book"}, {"Edited Book", "book"},
    {"Electronic Book", "book"},     {"Book Section", "chapter"},       {"Electronic Book Section", "chapter"}, {"Report", "report"},
    {"Government Document", "report"}, {"Thesis", "thesis"},            {"Dataset", "dataset"},          {"Unpublished Work", "preprint"},
    {"Patent", "patent"},            {"Web Page", "web"},
}};

// Multi-line fields are written with carriage returns.
std::vector<std::string> lines_at(const Node& record, std::string_view path) {
  std::vector<std::string> lines;
  for (const Node& node : children(record, path)) {
    std::string text;
    const std::vector<Node> styles = descendants(node, "style");
    if (styles.empty()) text = node.child_value();
    for (const Node& style : styles) text += style.child_value();
    for (char& c : text) c = c == '\r' ? '\n' : c;
    for (const std::string& line : split_trimmed(text, "\n")) lines.push_back(line);
  }
  return lines;
}

Result<bool> build(const Node& element, const Context&, Record& record) {
  const std::string type_name = attribute(child(element, "ref-type"), "name");
  const auto known = std::find_if(kTypes.begin(), kTypes.end(), [&](const TypeName& t) { return t.name == type_name; });
  record.type = known != kTypes.end() ? std::string(known->type) : type_name.empty() ? "article" : "other";
  record.kind = record.type == "patent" ? RecordKind::patent : record.type == "news" || record.type == "web" ? RecordKind::post : RecordKind::work;

  record.title = text_at(element, "titles/title");
  record.title_translated = text_at(element, "titles/translated-title");
  for (const std::string_view path : {"periodical/full-title", "titles/secondary-title", "periodical/abbr-1", "titles/tertiary-title"}) {
    if (record.venue.empty()) record.venue = text_at(element, path);
  }
  record.abstract = text_at(element, "abstract");
  record.volume = text_at(element, "volume");
  record.issue = text_at(element, "number");
  record.pages = text_at(element, "pages");
  record.publisher = text_at(element, "publisher");
  record.language = language_of(text_at(element, "language"));

  record.date = date_at(element, "dates/year");
  const std::string published = text_at(element, "dates/pub-dates/date");
  if (record.date.known() && record.date.month == 0 && !published.empty()) {
    // "Sep 18" beside <year>2019; a full date of its own is used only when it agrees.
    const Date own = valid_date(published);
    const Date joined = own.known() ? own : valid_date(fmt::format("{} {}", published, static_cast<int>(record.date.year)));
    if (joined.year == record.date.year) record.date = joined;
  } else if (!record.date.known()) {
    record.date = valid_date(published);
  }

  struct Contributor {
    std::string_view path, role;
  };
  constexpr std::array<Contributor, 4> kContributors = {{{"contributors/authors/author", ""},
                                                         {"contributors/secondary-authors/author", "editor"},
                                                         {"contributors/tertiary-authors/author", "editor"},
                                                         {"contributors/translated-authors/author", "translator"}}};
  for (const Contributor& contributor : kContributors) {
    // Patents name the assignee in the secondary authors.
    for (const std::string& name : texts_at(element, contributor.path)) {
      if (record.kind == RecordKind::patent && contributor.role == "editor") {
        add_organisation(record, name, "", "applicant");
      } else {
        add_person_named(record, name, record.kind == RecordKind::patent && contributor.role.empty() ? "inventor" : contributor.role);
      }
    }
  }
  for (const std::string& address : lines_at(element, "auth-address")) add_affiliation(record, collapse_spaces(address));
  for (const Node& node : children(element, "keywords/keyword")) {
    // One keyword each, or all in one with line breaks or semicolons; MEDLINE's major topics have a star.
    std::string packed = replace_all(text_of(node), "; ", "\n");
    for (std::string& keyword : split_trimmed(packed, "\n")) add_keyword(record, replace_all(std::move(keyword), "*", ""));
  }

  add_identifier(record, "doi", text_at(element, "electronic-resource-num"));
  for (const std::string& line : lines_at(element, "isbn")) {
    for (std::string_view part : split_trimmed(replace_all(line, ";", ","), ",")) {
      part = part.substr(0, part.find('('));
      if (!add_identifier(record, "issn", part)) add_identifier(record, "isbn", part);
    }
  }
  const std::string accession = text_at(element, "accession-num");
  const std::string provider = to_lower_ascii(text_at(element, "remote-database-name") + " " + text_at(element, "remote-database-provider"));
  const auto all_digits = [](std::string_view text) { return !text.empty() && std::all_of(text.begin(), text.end(), is_digit); };
  if (all_digits(accession) && accession.size() <= 8 && (provider.find("nlm") != std::string::npos || provider.find("medline") != std::string::npos || provider.find("pubmed") != std::string::npos)) {
    add_identifier(record, "pmid", accession);
  } else if (accession.starts_with("WOS:") || accession.starts_with("ISI:")) {
    add_identifier(record, "wos", "WOS:" + accession.substr(4));
  }
  if (const std::string custom = text_at(element, "custom2"); custom.starts_with("PMC")) add_identifier(record, "pmcid", custom);
  if (record.kind == RecordKind::patent) add_identifier(record, "patent", text_at(element, "isbn"));

  for (const std::string_view path : {"urls/related-urls/url", "urls/web-urls/url"}) {
    for (const std::string& url : texts_at(element, path)) {
      if (record.url.empty() && url.starts_with("http")) record.url = url;
      if (find_identifier(record, "doi").empty() && url.find("doi.org/") != std::string::npos) add_identifier(record, "doi", url);
    }
  }
  record.provenance.own_id = text_at(element, "rec-number");
  if (record.provenance.own_id.empty()) record.provenance.own_id = text_at(element, "foreign-keys/key");
  return true;
}

}  // namespace

Result<> read_endnote(ByteStream& stream, const ReadOptions& options, RecordSink& sink, Progress& progress) {
  Shape shape;
  shape.format = "endnote_xml";
  shape.source = "endnote";
  shape.cut.elements = {"record"};
  shape.build = build;
  return read_records(stream, options, sink, progress, shape);
}

}  // namespace jianwei::sources::xml

// Crossref UNIXREF: <doi_record> with <crossref> metadata as deposited. Page: docs/formats/mods.md
#include <array>

#include "base/strings.h"
#include "records/identifier.h"
#include "sources/xml/dom.h"
#include "sources/xml/parts.h"
#include "sources/xml/readers.h"
#include "sources/xml/record_reader.h"

namespace jianwei::sources::xml {
namespace {

struct Kind {
  std::string_view container, item, metadata, type;
};
constexpr std::array<Kind, 12> kKinds = {{{"journal", "journal_article", "journal_metadata", "article"},
                                          {"conference", "conference_paper", "proceedings_metadata", "conference_paper"},
                                          {"book", "content_item", "book_metadata", "chapter"},
                                          {"book", "content_item", "book_series_metadata", "chapter"},
                                          {"book", "", "book_metadata", "book"},
                                          {"book", "", "book_series_metadata", "book"},
                                          {"posted_content", "", "", "preprint"},
                                          {"dissertation", "", "", "thesis"},
                                          {"report-paper", "", "report-paper_metadata", "report"},
                                          {"report-paper", "", "report-paper_series_metadata", "report"},
                                          {"database", "dataset", "database_metadata", "dataset"},
                                          {"peer_review", "", "", "review"}}};

// The earliest of the dates given: a record is dated by its first publication, print or online.
Date earliest_date(const Node& item) {
  Date best;
  for (const std::string_view name : {"publication_date", "posted_date", "approval_date", "review_date"}) {
    for (const Node& node : children(item, name)) {
      const Date date = date_of_parts(node);
      if (date.known() && (!best.known() || date.year < best.year || (date.year == best.year && date < best && date.month != 0))) best = date;
    }
  }
  return best;
}

void read_people(Record& record, const Node& item) {
  for (const Node& node : children(item, "contributors/person_name")) {
    const std::string role = attribute(node, "contributor_role");
    Person& person = add_person(record, text_at(node, "surname"), text_at(node, "given_name"), role == "author" ? "" : role);
    person.orcid = normalize_identifier("orcid", text_at(node, "ORCID"));
    std::vector<std::string> affiliations = texts_at(node, "affiliation");
    for (std::string& name : texts_at(node, "affiliations/institution/institution_name")) affiliations.push_back(std::move(name));
    for (const std::string& affiliation : affiliations) affiliate(person, add_affiliation(record, affiliation));
  }
  for (const std::string& name : texts_at(item, "person_name/surname")) add_person(record, name, text_at(item, "person_name/given_name"));  // dissertations
  for (const std::string& name : texts_at(item, "contributors/organization")) add_organisation(record, name, "", "author");
}

void read_citations(Record& record, const Node& item) {
  for (const Node& node : children(item, "citation_list/citation")) {
    Reference reference;
    reference.text = text_at(node, "unstructured_citation");
    reference.doi = normalize_identifier("doi", text_at(node, "doi"));
    reference.author = text_at(node, "author");
    reference.title = text_at(node, "article_title");
    if (reference.title.empty()) reference.title = text_at(node, "volume_title");
    reference.venue = text_at(node, "journal_title");
    reference.year = date_at(node, "cYear").year;
    if (!reference.text.empty() || !reference.doi.empty() || !reference.author.empty() || !reference.title.empty() || !reference.venue.empty()) {
      record.references.push_back(std::move(reference));
    }
  }
}

Result<bool> build(const Node& element, const Context&, Record& record) {
  const Node crossref = child(element, "crossref");
  if (const std::string error = text_at(crossref, "error"); !error.empty()) return fail(ErrorKind::invalid_input, "Crossref answers: {}", error);
  for (const Kind& kind : kKinds) {
    const Node container = child(crossref, kind.container);
    const Node metadata = kind.metadata.empty() ? container : child(container, kind.metadata);
    const Node item = kind.item.empty() ? metadata : child(container, kind.item);
    if (!container || !metadata || !item) continue;
    record.type = kind.type;
    if (kind.container == "posted_content" && attribute(container, "type") == "other") record.type = "other";

    record.title = text_at(item, "titles/title");
    if (const std::string sub = text_at(item, "titles/subtitle"); !sub.empty()) record.title += ": " + sub;
    record.title_translated = text_at(item, "titles/original_language_title");
    record.abstract = text_at(item, "abstract");
    record.language = language_of(attribute(item, "language").empty() ? attribute(metadata, "language") : attribute(item, "language"));
    read_people(record, item);
    record.date = earliest_date(item);
    if (!record.date.known()) record.date = earliest_date(metadata);
    if (!record.date.known()) record.date = earliest_date(child(container, "journal_issue"));

    for (const std::string_view path : {"full_title", "proceedings_title", "titles/title", "group_title"}) {
      if (record.venue.empty() && !(kind.item.empty() && path == "titles/title")) record.venue = text_at(metadata, path);
    }
    if (record.venue.empty()) record.venue = text_at(item, "institution/institution_name");
    const Node issue = child(container, "journal_issue");
    record.volume = text_at(issue, "journal_volume/volume");
    record.issue = text_at(issue, "issue");
    record.pages = text_at(item, "pages/first_page");
    if (const std::string last = text_at(item, "pages/last_page"); !last.empty()) record.pages += "-" + last;
    record.publisher = text_at(metadata, "publisher/publisher_name");
    for (const std::string_view scheme : {"issn", "isbn"}) {
      for (const std::string& value : texts_at(metadata, scheme)) add_identifier(record, scheme, value);
    }
    add_identifier(record, "doi", text_at(item, "doi_data/doi"));
    record.url = text_at(item, "doi_data/resource");
    read_citations(record, item);
    for (const Node& group : descendants(item, "assertion")) {
      const std::string name = attribute(group, "name");
      if (name == "funder_name") record.funding.push_back({std::string(trim(group.child_value())), ""});
      if (name == "award_number" && !record.funding.empty()) record.funding.back().award = text_of(group);
    }
    record.provenance.own_id = find_identifier(record, "doi");
    return true;
  }
  return fail(ErrorKind::invalid_input, "<crossref> holds no journal, conference, book, posted content, dissertation, report or dataset");
}

}  // namespace

Result<> read_crossref_unixref(ByteStream& stream, const ReadOptions& options, RecordSink& sink, Progress& progress) {
  Shape shape;
  shape.format = "crossref_unixref";
  shape.source = "crossref";
  shape.cut.elements = {"doi_record"};
  shape.build = build;
  return read_records(stream, options, sink, progress, shape);
}

}  // namespace jianwei::sources::xml

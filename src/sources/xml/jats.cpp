// JATS and NLM journal article XML (<article><front><article-meta>), as PMC, SciELO and publishers give it: one article a file or many
// in an <articles> or <pmc-articleset>. Page: docs/formats/pubmed.md
#include "base/strings.h"
#include "records/identifier.h"
#include "sources/xml/dom.h"
#include "sources/xml/parts.h"
#include "sources/xml/readers.h"
#include "sources/xml/record_reader.h"

namespace jianwei::sources::xml {
namespace {

void read_contributors(Record& record, const Node& meta) {
  for (const Node& group : children(meta, "contrib-group")) {
    for (const Node& contrib : children(group, "contrib")) {
      const std::string type = attribute(contrib, "contrib-type");
      const std::string role = type == "author" || type.empty() ? "" : type;
      const Node name = child(contrib, "name") ? child(contrib, "name") : child(contrib, "name-alternatives/name");
      if (name) add_person(record, text_at(name, "surname"), text_at(name, "given-names"), role);
      else if (const std::string text = text_at(contrib, child(contrib, "string-name") ? "string-name" : "collab"); !text.empty()) add_person_named(record, text, role);
      else continue;
      Person& person = record.persons.back();
      for (const Node& id : children(contrib, "contrib-id")) {
        if (attribute(id, "contrib-id-type") == "orcid") person.orcid = normalize_identifier("orcid", text_of(id));
      }
      for (const std::string& text : texts_at(contrib, "aff")) affiliate(person, add_affiliation(record, text));
      // <xref ref-type="aff" rid="a1 a2"> points to an <aff id>.
      for (const Node& xref : children(contrib, "xref")) {
        if (attribute(xref, "ref-type") != "aff") continue;
        const std::string targets = attribute(xref, "rid");
        for (const std::string& target : split_trimmed(targets, " ")) {
          for (const Node& aff : descendants(meta, "aff")) {
            if (attribute(aff, "id") != target) continue;
            std::string text;
            for (const Node& part : aff.children()) {
              if (local_name(part) == "label" || local_name(part) == "sup") continue;
              text += part.type() == pugi::node_element ? text_of(part) : std::string(part.value());
            }
            affiliate(person, add_affiliation(record, collapse_spaces(text)));
          }
        }
      }
    }
  }
}

Date publication_date(const Node& meta) {
  Date best;
  for (const Node& node : children(meta, "pub-date")) {
    const Date date = date_of_parts(node);
    if (date.known() && (!best.known() || date.year < best.year || (date.year == best.year && date.month != 0 && (best.month == 0 || date < best)))) best = date;
  }
  return best;
}

void read_references(Record& record, const Node& back) {
  for (const Node& node : descendants(back, "ref")) {
    Node citation;
    for (const std::string_view name : {"element-citation", "mixed-citation", "citation", "nlm-citation"}) {
      if (!citation && !descendants(node, name).empty()) citation = descendants(node, name).front();
    }
    if (!citation) continue;
    Reference reference;
    reference.text = text_of(citation);
    reference.title = text_at(citation, "article-title");
    reference.venue = text_at(citation, "source");
    reference.year = date_at(citation, "year").year;
    const std::vector<Node> surnames = descendants(citation, "surname");
    if (!surnames.empty()) reference.author = text_of(surnames.front());
    for (const Node& id : children(citation, "pub-id")) {
      if (attribute(id, "pub-id-type") == "doi") reference.doi = normalize_identifier("doi", text_of(id));
      if (attribute(id, "pub-id-type") == "pmid") reference.other = "pmid:" + normalize_identifier("pmid", text_of(id));
    }
    record.references.push_back(std::move(reference));
  }
}

Result<bool> build(const Node& article, const Context&, Record& record) {
  const Node front = child(article, "front") ? child(article, "front") : child(article, "front-stub");
  const Node meta = child(front, "article-meta") ? child(front, "article-meta") : front;
  if (!meta) return fail(ErrorKind::invalid_input, "<article> holds no <front><article-meta>");
  const std::string type = attribute(article, "article-type");
  record.type = type.starts_with("review") ? "review" : type == "editorial" || type == "letter" || type == "preprint" ? type : type.starts_with("book") ? "book_review" : "article";
  record.title = text_at(meta, "title-group/article-title");
  if (const std::string sub = text_at(meta, "title-group/subtitle"); !sub.empty()) record.title += ": " + sub;
  record.title_translated = text_at(meta, "title-group/trans-title-group/trans-title");
  for (const Node& abstract : children(meta, "abstract")) {
    const std::string kind = attribute(abstract, "abstract-type");
    if (record.abstract.empty() && kind != "graphical" && kind != "toc" && kind != "teaser") record.abstract = text_of(abstract);
  }
  // <title>Abstract</title> is a heading, not a label of a part.
  for (const std::string_view heading : {"Abstract ", "ABSTRACT ", "Summary "}) {
    if (record.abstract.starts_with(heading)) record.abstract.erase(0, heading.size());
  }
  record.abstract_translated = text_at(meta, "trans-abstract");
  record.language = language_of(attribute(article, "lang"));
  read_contributors(record, meta);
  for (const Node& group : children(meta, "kwd-group")) {
    if (attribute(group, "kwd-group-type") == "abbreviations") continue;
    for (const std::string& keyword : texts_at(group, "kwd")) add_keyword(record, keyword);
  }
  for (const std::string& subject : texts_at(meta, "article-categories/subj-group/subject")) add_classification(record, "subject", "", subject);
  const Node journal = child(front, "journal-meta");
  record.venue = text_at(journal, "journal-title-group/journal-title");
  if (record.venue.empty()) record.venue = text_at(journal, "journal-title");
  record.publisher = text_at(journal, "publisher/publisher-name");
  for (const std::string& issn : texts_at(journal, "issn")) add_identifier(record, "issn", issn);
  record.volume = text_at(meta, "volume");
  record.issue = text_at(meta, "issue");
  record.pages = text_at(meta, "fpage");
  if (const std::string last = text_at(meta, "lpage"); !last.empty() && last != record.pages) record.pages += "-" + last;
  if (record.pages.empty()) record.pages = text_at(meta, "elocation-id");
  record.date = publication_date(meta);
  for (const Node& id : children(meta, "article-id")) {
    const std::string scheme = attribute(id, "pub-id-type");
    if (scheme == "doi" || scheme == "pmid" || scheme == "arxiv") add_identifier(record, scheme, text_of(id));
    if (scheme == "pmc" || scheme == "pmcid") add_identifier(record, "pmcid", text_of(id));
    if (scheme == "publisher-id") record.provenance.own_id = text_of(id);
  }
  if (record.provenance.own_id.empty()) record.provenance.own_id = find_identifier(record, "doi");
  for (const Node& award : descendants(meta, "award-group")) {
    const std::string funder = text_at(award, "funding-source");
    const std::vector<std::string> numbers = texts_at(award, "award-id");
    if (numbers.empty() && !funder.empty()) record.funding.push_back({funder, ""});
    for (const std::string& number : numbers) record.funding.push_back({funder, number});
  }
  record.full_text = paragraphs_of(child(article, "body"));
  read_references(record, child(article, "back"));
  return true;
}

}  // namespace

Result<> read_jats(ByteStream& stream, const ReadOptions& options, RecordSink& sink, Progress& progress) {
  Shape shape;
  shape.format = "jats";
  shape.cut.elements = {"article"};
  shape.build = build;
  return read_records(stream, options, sink, progress, shape);
}

}  // namespace jianwei::sources::xml

// arXiv: Atom answers of its query API, and OAI-PMH answers with metadata in arXiv, arXivRaw or Dublin Core form (the last also from
// other repositories). Page: docs/formats/feeds.md
#include "base/strings.h"
#include "records/identifier.h"
#include "sources/xml/dom.h"
#include "sources/xml/parts.h"
#include "sources/xml/readers.h"
#include "sources/xml/record_reader.h"

namespace jianwei::sources::xml {
namespace {

void finish_arxiv(Record& record, std::string_view id) {
  record.type = "preprint";
  record.language = record.language.empty() ? "en" : record.language;
  add_identifier(record, "arxiv", id);
  const std::string arxiv(find_identifier(record, "arxiv"));
  record.provenance.own_id = arxiv.empty() ? std::string(id) : arxiv;
  record.venue = record.venue.empty() ? "arXiv" : record.venue;
  if (!arxiv.empty()) record.url = "https://arxiv.org/abs/" + arxiv;
}

Result<bool> build_atom(const Node& entry, const Context&, Record& record) {
  const std::string id = text_at(entry, "id");
  if (id.find("api/errors") != std::string::npos) return fail(ErrorKind::invalid_input, "arXiv answers: {}", text_at(entry, "summary"));
  record.title = text_at(entry, "title");
  record.abstract = text_at(entry, "summary");
  record.date = date_at(entry, "published");
  for (const Node& author : children(entry, "author")) {
    Person& person = add_person_named(record, text_at(author, "name"));
    for (const std::string& affiliation : texts_at(author, "affiliation")) affiliate(person, add_affiliation(record, affiliation));
  }
  for (const Node& category : children(entry, "category")) add_classification(record, "arxiv", attribute(category, "term"));
  add_identifier(record, "doi", text_at(entry, "doi"));
  record.venue = text_at(entry, "journal_ref");
  finish_arxiv(record, id);
  return true;
}

void read_arxiv_metadata(Record& record, const Node& meta) {
  record.title = text_at(meta, "title");
  record.abstract = text_at(meta, "abstract");
  record.date = date_at(meta, "created");
  if (!record.date.known()) record.date = date_at(meta, "version/date");  // arXivRaw: version v1 comes first
  for (const Node& author : children(meta, "authors/author")) {
    Person& person = add_person(record, text_at(author, "keyname"), text_at(author, "forenames"));
    for (const std::string& affiliation : texts_at(author, "affiliation")) affiliate(person, add_affiliation(record, affiliation));
  }
  if (record.persons.empty()) {
    // arXivRaw: "A. First, B. Second and C. Third"
    const std::string names = replace_all(text_at(meta, "authors"), " and ", ", ");
    for (const std::string& name : split_trimmed(names, ",")) add_person_named(record, name);
  }
  const std::string categories = text_at(meta, "categories");
  for (const std::string& category : split_trimmed(categories, " ")) add_classification(record, "arxiv", category);
  add_identifier(record, "doi", text_at(meta, "doi"));
  record.venue = text_at(meta, "journal-ref");
  finish_arxiv(record, text_at(meta, "id"));
}

void read_dublin_core(Record& record, const Node& dc) {
  const std::vector<std::string> titles = texts_at(dc, "title");
  if (!titles.empty()) record.title = titles[0];
  if (titles.size() > 1) record.title_translated = titles[1];
  for (const std::string& text : texts_at(dc, "description")) {
    if (text.size() > record.abstract.size()) record.abstract = text;
  }
  for (const std::string& name : texts_at(dc, "creator")) add_person_named(record, name);
  for (const std::string& subject : texts_at(dc, "subject")) add_keyword(record, subject);
  for (const std::string& date : texts_at(dc, "date")) {
    const Date read = valid_date(date);
    if (read.known() && (!record.date.known() || read < record.date)) record.date = read;
  }
  for (const std::string& id : texts_at(dc, "identifier")) {
    if (id.find("arxiv.org/abs/") != std::string::npos) add_identifier(record, "arxiv", id);
    else if (!find_doi(id).empty()) add_identifier(record, "doi", id);
    if (record.url.empty() && id.starts_with("http")) record.url = id;
  }
  record.language = language_of(text_at(dc, "language"));
  record.publisher = text_at(dc, "publisher");
  record.venue = text_at(dc, "source");
  const std::string type = to_lower_ascii(text_at(dc, "type"));
  const auto has = [&](std::string_view word) { return type.find(word) != std::string::npos; };
  record.type = has("thesis") ? "thesis" : has("preprint") || !find_identifier(record, "arxiv").empty() ? "preprint" : has("conference") ? "conference_paper" : has("book") ? "book" : has("report") ? "report" : "article";
}

Result<bool> build_oai(const Node& element, const Context&, Record& record) {
  const Node header = child(element, "header");
  if (attribute(header, "status") == "deleted") return false;
  record.provenance.own_id = text_at(header, "identifier");
  const Node metadata = child(element, "metadata");
  for (const std::string_view name : {"arXiv", "arXivRaw"}) {
    if (const Node meta = child(metadata, name)) {
      read_arxiv_metadata(record, meta);
      record.provenance.source = "arxiv";
      return true;
    }
  }
  if (const Node dc = child(metadata, "dc")) {
    read_dublin_core(record, dc);
    return true;
  }
  return fail(ErrorKind::invalid_input, "the OAI record holds no arXiv, arXivRaw or Dublin Core metadata");
}

}  // namespace

Result<> read_arxiv_atom(ByteStream& stream, const ReadOptions& options, RecordSink& sink, Progress& progress) {
  Shape shape;
  shape.format = "arxiv_atom";
  shape.source = "arxiv";
  shape.cut.elements = {"entry"};
  shape.build = build_atom;
  return read_records(stream, options, sink, progress, shape);
}

Result<> read_arxiv_oai(ByteStream& stream, const ReadOptions& options, RecordSink& sink, Progress& progress) {
  Shape shape;
  shape.format = "oai_pmh";
  shape.cut.elements = {"record"};
  shape.build = build_oai;
  return read_records(stream, options, sink, progress, shape);
}

}  // namespace jianwei::sources::xml

// ACL Anthology XML: one file per collection, <collection id><volume id><meta/><frontmatter/><paper id/>. The venue, year and month of a
// paper are those of its volume's <meta>, which precedes it. Page: docs/formats/acl_anthology.md
#include <memory>

#include "base/strings.h"
#include "records/unicode.h"
#include "sources/xml/dom.h"
#include "sources/xml/parts.h"
#include "sources/xml/readers.h"
#include "sources/xml/record_reader.h"

namespace jianwei::sources::xml {
namespace {

struct Volume {
  std::string place;  // collection and volume, to know that the <meta> is this volume's
  std::string booktitle, journal, publisher, volume, issue, isbn, issn;
  Date date;
};

// "P05" -> 2005, "2020.acl" -> 2020; 0 when the id tells nothing.
int year_of_collection(std::string_view id) {
  if (id.size() >= 4 && is_digit(id[0])) return static_cast<int>(parse_int(id.substr(0, 4)).value_or(0));
  if (id.size() < 3 || !is_alpha(id[0]) || !is_digit(id[1]) || !is_digit(id[2])) return 0;
  const int two_digits = static_cast<int>(parse_int(id.substr(1, 2)).value_or(0));
  return two_digits >= 60 ? 1900 + two_digits : 2000 + two_digits;
}

// The Anthology's own rule: letter collections have four digits behind the hyphen, of which workshops (W), C69 and the later volumes of
// D19 use two for the volume; newer ones are written out.
std::string anthology_id(std::string_view collection, std::string_view volume, std::string_view paper) {
  if (collection.empty() || volume.empty() || paper.empty()) return "";
  if (is_digit(collection[0])) return fmt::format("{}-{}.{}", collection, volume, paper);
  const auto volume_number = parse_int(volume);
  const auto paper_number = parse_int(paper);
  if (!volume_number || !paper_number) return "";
  const bool wide = collection[0] == 'W' || collection == "C69" || (collection == "D19" && *volume_number >= 5);
  return wide ? fmt::format("{}-{:02}{:02}", collection, *volume_number, *paper_number) : fmt::format("{}-{}{:03}", collection, *volume_number, *paper_number);
}

std::string ancestor_attribute(const Context& context, std::string_view element, std::string_view name) {
  for (const std::string& tag : context.ancestors) {
    if (std::string_view(tag).substr(1).starts_with(element)) return attribute_of(tag, name);
  }
  return "";
}

Volume read_volume(const Node& meta) {
  Volume volume;
  volume.booktitle = text_at(meta, "booktitle");
  volume.journal = text_at(meta, "journal-title");
  volume.publisher = text_at(meta, "publisher");
  volume.volume = text_at(meta, "journal-volume");
  volume.issue = text_at(meta, "journal-issue");
  volume.isbn = text_at(meta, "isbn");
  volume.issn = text_at(meta, "issn");
  volume.date = valid_date(text_at(meta, "month") + " " + text_at(meta, "year"));
  return volume;
}

void read_people(Record& record, const Node& paper, std::string_view element, std::string_view role) {
  for (const Node& node : children(paper, element)) {
    const std::string family = text_at(node, "last");
    const std::string given = text_at(node, "first");
    if (family.empty() && given.empty()) {
      if (const std::string name = text_of(node); !name.empty()) add_person_named(record, name, role);
      continue;
    }
    add_person(record, family, given, role).source_id = attribute(node, "id");
    for (const std::string& affiliation : texts_at(node, "affiliation")) {
      const std::int32_t organisation = add_affiliation(record, affiliation);
      affiliate(record.persons.back(), organisation);
    }
  }
}

Result<bool> build(const Node& element, const Context& context, Record& record, Volume& volume) {
  std::string collection = ancestor_attribute(context, "collection", "id");
  std::string volume_id = ancestor_attribute(context, "volume", "id");
  if (collection.empty()) {
    const std::size_t slash = context.options.file_name.find_last_of("/!");
    const std::string name = context.options.file_name.substr(slash == std::string::npos ? 0 : slash + 1);
    collection = name.substr(0, name.find(".xml"));
  }
  const std::string place = collection + "-" + volume_id;
  if (context.element == "meta") {
    volume = read_volume(element);
    volume.place = place;
    return false;
  }
  if (volume.place != place) volume = Volume{place, {}, {}, {}, {}, {}, {}, {}, {}};

  const std::string url = text_at(element, "url");
  std::string id = anthology_id(collection, volume_id, attribute(element, "id"));
  if (id.empty() && url.find('/') == std::string::npos) id = url;
  record.title = text_at(element, "title");
  record.abstract = text_at(element, "abstract");
  read_people(record, element, "author", "");
  read_people(record, element, "editor", "editor");
  record.pages = replace_all(text_at(element, "pages"), "–", "-");
  record.language = language_of(text_at(element, "language"));

  // The paper's own year, else its volume's, else the one in the collection's name.
  record.date = valid_date(text_at(element, "month") + " " + text_at(element, "year"));
  if (!record.date.known()) record.date = volume.date;
  if (!record.date.known()) record.date.year = static_cast<std::int16_t>(year_of_collection(collection));

  record.venue = text_at(element, "journal");
  if (record.venue.empty()) record.venue = volume.journal.empty() ? volume.booktitle : volume.journal;
  const bool journal = collection.starts_with('J') || collection.starts_with('Q') || collection.ends_with(".cl") || collection.ends_with(".tacl") || !volume.journal.empty();
  record.type = journal ? "article" : "conference_paper";
  record.volume = text_at(element, "volume");
  if (record.volume.empty()) record.volume = volume.volume;
  record.issue = text_at(element, "issue");
  if (record.issue.empty()) record.issue = volume.issue;
  record.publisher = volume.publisher;

  record.provenance.own_id = id;
  add_identifier(record, "anthology", id);
  add_identifier(record, "doi", text_at(element, "doi"));
  add_identifier(record, "isbn", volume.isbn);
  add_identifier(record, "issn", volume.issn);
  record.url = url.starts_with("http") ? url : id.empty() ? "" : "https://aclanthology.org/" + id;
  return true;
}

}  // namespace

Result<> read_acl_anthology(ByteStream& stream, const ReadOptions& options, RecordSink& sink, Progress& progress) {
  auto volume = std::make_shared<Volume>();
  Shape shape;
  shape.format = "acl_anthology_xml";
  shape.source = "acl-anthology";
  shape.cut.elements = {"paper", "meta"};
  shape.build = [volume](const Node& element, const Context& context, Record& record) { return build(element, context, record, *volume); };
  return read_records(stream, options, sink, progress, shape);
}

}  // namespace jianwei::sources::xml

// MARCXML (MARC 21 slim): <record> with a leader, control fields and data fields, alone, in a <collection>, or inside SRU and OAI
// answers, whose own <record> wraps it. Page: docs/formats/mods.md
#include <algorithm>

#include "base/strings.h"
#include "records/identifier.h"
#include "sources/xml/dom.h"
#include "sources/xml/parts.h"
#include "sources/xml/readers.h"
#include "sources/xml/record_reader.h"

namespace jianwei::sources::xml {
namespace {

std::string subfield(const Node& field, std::string_view code) {
  for (const Node& part : children(field, "subfield")) {
    if (attribute(part, "code") == code) return text_of(part);
  }
  return "";
}

// ISBD punctuation at the end of a subfield: "Title /", "London :".
std::string without_isbd(std::string text) {
  while (!text.empty() && std::string_view(" /:;,=").find(text.back()) != std::string_view::npos) text.pop_back();
  return text;
}

void read_person(Record& record, const Node& field, bool corporate) {
  const std::string name = without_isbd(subfield(field, "a"));
  if (name.empty()) return;
  std::string role;
  for (const Node& part : children(field, "subfield")) {
    if (attribute(part, "code") != "4" && attribute(part, "code") != "e") continue;
    const std::string relation = to_lower_ascii(text_of(part));
    if (relation == "edt" || relation.starts_with("editor") || relation.starts_with("hrsg")) role = "editor";
    else if (relation == "trl") role = "translator";
    else if (relation == "dgs" || relation == "ths") role = "advisor";
    else if (relation == "pbl") role = "publisher";
  }
  if (corporate) {
    add_organisation(record, name, "", role.empty() ? "author" : role);
    return;
  }
  Person& person = add_person_named(record, name, role);
  for (const Node& part : children(field, "subfield")) {
    const std::string value = text_of(part);
    if (value.find("orcid") != std::string::npos || value.find("ORCID") != std::string::npos) person.orcid = normalize_identifier("orcid", value.substr(value.find_first_of("0123456789")));
  }
}

Result<bool> build(const Node& marc, const Context&, Record& record) {
  if (!child(marc, "datafield")) return false;  // a wrapper's own <record>
  const std::string leader = text_at(marc, "leader");
  bool thesis = false;
  bool conference = false;
  std::string genre_type;
  for (const Node& field : children(marc, "controlfield")) {
    const std::string tag = attribute(field, "tag");
    const std::string raw = field.child_value();
    if (tag == "001") record.provenance.own_id = std::string(trim(raw));
    if (tag == "008" && raw.size() >= 38) {
      record.date = valid_date(raw.substr(7, 4));
      record.language = language_of(raw.substr(35, 3));
    }
  }
  for (const Node& field : children(marc, "datafield")) {
    const std::string tag = attribute(field, "tag");
    if (tag == "020") add_identifier(record, "isbn", subfield(field, "a").substr(0, subfield(field, "a").find(' ')));
    else if (tag == "022") add_identifier(record, "issn", subfield(field, "a"));
    else if (tag == "024") {
      const std::string scheme = to_lower_ascii(subfield(field, "2"));
      if (scheme == "doi") add_identifier(record, "doi", subfield(field, "a"));
    } else if (tag == "041" && record.language.empty()) record.language = language_of(subfield(field, "a"));
    else if (tag == "100" || tag == "700") read_person(record, field, false);
    else if (tag == "110" || tag == "710") read_person(record, field, true);
    else if (tag == "111" || tag == "711") conference = true;
    else if (tag == "245") {
      record.title = without_isbd(subfield(field, "a"));
      if (const std::string rest = without_isbd(subfield(field, "b")); !rest.empty()) record.title += ": " + rest;
    } else if (tag == "242") record.title_translated = without_isbd(subfield(field, "a"));
    else if (tag == "260" || (tag == "264" && attribute(field, "ind2") != "4")) {
      if (record.publisher.empty()) record.publisher = without_isbd(subfield(field, "b"));
      if (!record.date.known()) {
        const std::string text = subfield(field, "c");  // "c1999", "[2003]"
        const std::size_t digit = text.find_first_of("0123456789");
        if (digit != std::string::npos) record.date = valid_date(text.substr(digit, 4));
      }
    } else if (tag == "490" || tag == "440") {
      if (record.venue.empty()) record.venue = without_isbd(subfield(field, "a"));
      if (record.volume.empty()) record.volume = subfield(field, "v");
    } else if (tag == "502") thesis = true;
    else if (tag == "520" && record.abstract.empty()) record.abstract = subfield(field, "a");
    else if (tag == "650" || tag == "653" || tag == "651" || tag == "689") {
      std::string keyword = without_isbd(subfield(field, "a"));
      if (keyword.ends_with(".")) keyword.pop_back();
      add_keyword(record, keyword);
    } else if (tag == "655") {
      const std::string genre = to_lower_ascii(subfield(field, "a"));
      thesis = thesis || genre.find("hochschulschrift") != std::string::npos || genre.find("thes") != std::string::npos;
      conference = conference || genre.find("konferenz") != std::string::npos || genre.find("conference") != std::string::npos;
    } else if (tag == "082") add_classification(record, "ddc", subfield(field, "a"));
    else if (tag == "050") add_classification(record, "lcc", subfield(field, "a"));
    else if (tag == "773") {
      record.venue = without_isbd(subfield(field, "t"));
      if (record.venue.empty()) record.venue = without_isbd(subfield(field, "a"));
      if (record.pages.empty()) record.pages = subfield(field, "g");
    } else if (tag == "856" && record.url.empty()) record.url = subfield(field, "u");
  }
  const char level = leader.size() > 7 ? leader[7] : 'm';  // a: part, b: serial part, m: monograph, s: serial
  record.type = thesis ? "thesis" : conference ? (level == 'a' ? "conference_paper" : "proceedings") : level == 'a' || level == 'b' ? "article" : level == 's' ? "journal" : "book";
  return true;
}

}  // namespace

Result<> read_marcxml(ByteStream& stream, const ReadOptions& options, RecordSink& sink, Progress& progress) {
  Shape shape;
  shape.format = "marcxml";
  shape.cut.elements = {"record"};
  shape.cut.innermost = true;
  shape.build = build;
  return read_records(stream, options, sink, progress, shape);
}

}  // namespace jianwei::sources::xml

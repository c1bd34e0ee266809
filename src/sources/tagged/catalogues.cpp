// Tagged exports of library catalogues and older databases: Copac ("TI- x"), Inspec ("TI ~ x"), Biblioscape ("--TI-- x"), and Ovid,
// where a field's name stands on a line of its own and its value is indented below.
#include <algorithm>

#include "base/strings.h"
#include "sources/tagged/formats.h"
#include "sources/tagged/record_fields.h"
#include "sources/tagged/tagged_record.h"

namespace jianwei::sources {
namespace {

constexpr bool is_tag(std::string_view text) {
  return text.size() == 2 && text[0] >= 'A' && text[0] <= 'Z' && ((text[1] >= 'A' && text[1] <= 'Z') || is_digit(text[1]));
}

TaggedLine classify_copac(std::string_view line) {
  if (trim(line).empty()) return {TaggedLine::Kind::blank};
  if (line.size() < 3 || !is_tag(line.substr(0, 2)) || line[2] != '-' || (line.size() > 3 && line[3] != ' ')) return {};
  return {line.starts_with("TI") ? TaggedLine::Kind::start : TaggedLine::Kind::field, 0, 2, 3};
}

TaggedLine classify_inspec(std::string_view line) {
  if (trim(line).empty()) return {TaggedLine::Kind::blank};
  if (line.starts_with("Record") && line.find("INSPEC") != std::string_view::npos) return {TaggedLine::Kind::start, 0, 6, line.size()};
  if (line.size() < 4 || !is_tag(line.substr(0, 2)) || !line.substr(2).starts_with(" ~")) return {};
  return {TaggedLine::Kind::field, 0, 2, 4};
}

TaggedLine classify_biblioscape(std::string_view line) {
  if (trim(line).empty()) return {TaggedLine::Kind::blank};
  if (line.starts_with("------")) return {TaggedLine::Kind::end};
  if (line.size() < 6 || !line.starts_with("--") || !is_tag(line.substr(2, 2)) || line.substr(4, 2) != "--") return {};
  return {TaggedLine::Kind::field, 2, 2, 6};
}

TaggedLine classify_ovid(std::string_view line) {
  if (trim(line).empty()) return {TaggedLine::Kind::blank};
  const std::string_view text = trim(line);
  if (line[0] == '<' && text.ends_with('>') && text.size() > 2 && std::all_of(text.begin() + 1, text.end() - 1, is_digit)) {
    return {TaggedLine::Kind::start, 1, text.size() - 2, line.size()};
  }
  if (line[0] == ' ' || line[0] == '\t') return {};
  return {TaggedLine::Kind::field, 0, text.size(), line.size()};
}

// "London : Butterworths": the publisher stands behind the place.
std::string_view after_place(std::string_view publisher) {
  const std::size_t colon = publisher.rfind(" : ");
  return trim(colon == std::string_view::npos ? publisher : publisher.substr(colon + 3));
}

void build_copac(const TaggedRecord& fields, Record& record) {
  record.type = "book";
  for (const TaggedRecord::Field& field : fields.fields) {
    const std::string_view tag = fields.tag(field);
    const std::string_view value = trim(fields.value(field));
    if (tag == "TI") set_text(record.title, value);
    if (tag == "AU") add_persons(record, value, ";");
    if (tag == "SE") set_text(record.venue, value);
    if (tag == "PU") set_text(record.publisher, after_place(value));
    if (tag == "PY") refine_date(record, value);
    if (tag == "IS") add_serial_numbers(record, value);
    if (tag == "KW") add_keywords(record, value, "");
    if (tag == "LA") record.language = language_code(value);
  }
  record.provenance.source = "copac";
}

void build_inspec(const TaggedRecord& fields, Record& record) {
  for (const TaggedRecord::Field& field : fields.fields) {
    const std::string_view tag = fields.tag(field);
    const std::string_view value = trim(fields.value(field));
    if (value.empty()) continue;
    if (tag == "TI") set_text(record.title, value);
    if (tag == "AU") add_persons(record, value, ";");
    if (tag == "AB") set_text(record.abstract, value);
    if (tag == "PU") set_text(record.publisher, after_place(value));
    if (tag == "PY") refine_date(record, value);
    if (tag == "RT") set_type(record, value);
    if (tag == "ID" || tag == "DE") add_keywords(record, value, ";");
    if (tag == "DO") add_identifier(record, "doi", value);
    if (tag == "AN") record.provenance.own_id = collapse_spaces(value);
    if (tag == "SO") {
      // "Journal. 1992; 19: 20"
      set_text(record.venue, value.substr(0, value.find(". ")));
      refine_date(record, value);
    }
  }
  record.provenance.source = "inspec";
}

void build_biblioscape(const TaggedRecord& fields, Record& record) {
  std::string_view begin_page, end_page, short_title;
  for (const TaggedRecord::Field& field : fields.fields) {
    const std::string_view tag = fields.tag(field);
    const std::string_view value = trim(fields.value(field));
    if (tag == "AU") add_persons(record, value, ";");
    if (tag == "TI") set_text(record.title, value);
    if (tag == "ST") short_title = value;  // the journal, or the title of a book
    if (tag == "YP") refine_date(record, value);
    if (tag == "VL") set_text(record.volume, value);
    if (tag == "NB") set_text(record.issue, value);
    if (tag == "PS") begin_page = value;
    if (tag == "PE") end_page = value;
    if (tag == "KW") add_keywords(record, value, ";");
    if (tag == "RT") set_type(record, value);
    if (tag == "AB") set_text(record.abstract, value);
    if (tag == "IS") add_serial_numbers(record, value);
    if (tag == "PB") set_text(record.publisher, value);
    if (tag == "UR" || tag == "AT") set_text(record.url, value);
    if (tag == "LG") record.language = language_code(value);
  }
  set_text(record.venue, record.title.empty() ? std::string_view() : short_title);
  set_text(record.title, short_title);
  set_pages(record, begin_page, end_page);
}

// "Kohler, Lars 1;  Leuschner, Christoph 1": the marks point at the institutions.
std::string_view strip_mark(std::string_view name) {
  name = trim(name);
  while (!name.empty() && (is_digit(name.back()) || name.back() == '*' || name.back() == '+' || name.back() == ',' || name.back() == ' ')) name.remove_suffix(1);
  for (const std::string_view degree : {", PhD", " PhD", " MD", " MSc", " MPH"}) {
    if (name.ends_with(degree)) return strip_mark(name.substr(0, name.size() - degree.size()));
  }
  return name;
}

void build_ovid(const TaggedRecord& fields, Record& record) {
  for (const TaggedRecord::Field& field : fields.fields) {
    const std::string tag = to_lower_ascii(fields.tag(field));
    const std::string_view value = trim(fields.value(field));
    if (value.empty()) continue;
    if (tag == "title") {
      // "...: a systematic review.[Review]"
      const std::size_t type = value.ends_with(']') ? value.rfind('[') : std::string_view::npos;
      std::string_view title = trim(value.substr(0, type));
      if (title.ends_with('.')) title.remove_suffix(1);
      set_text(record.title, title);
      if (type != std::string_view::npos && record.type.empty()) set_type(record, value.substr(type + 1, value.size() - type - 2));
    } else if (tag == "author" || tag == "authors") {
      for (const std::string& name : split_list(value, ";")) add_persons(record, strip_mark(name), "");
    } else if (tag == "institution") {
      for (const std::string_view line : fields.lines(field)) add_affiliation(record, line.starts_with("From the ") ? line.substr(9) : line);
    } else if (tag == "source") {
      // "Ecohydrology.   8(6):1048-1064, September 2015."
      set_text(record.venue, value.substr(0, value.find('.')));
      refine_date(record, value.substr(std::min(value.rfind(',') == std::string_view::npos ? 0 : value.rfind(',') + 1, value.size())));
    } else if (tag == "status") {
      refine_date(record, value.substr(std::min(value.rfind(',') == std::string_view::npos ? 0 : value.rfind(',') + 1, value.size())));
    } else if (tag == "year of publication") {
      refine_date(record, value);
    } else if (tag == "abstract") {
      set_text(record.abstract, value);
    } else if (tag == "author keywords" || tag == "keyword heading" || tag == "subject headings") {
      add_keywords(record, value, ";\n");
    } else if (tag == "language") {
      record.language = language_code(value.substr(0, value.find('.')));
    } else if (tag == "document type" || tag == "publication type") {
      set_type(record, value.substr(0, value.find_first_of(":.")));
    } else if (tag == "issn" || tag == "isbn") {
      add_serial_numbers(record, value);
    } else if (tag == "doi number" || tag == "digital object identifier" || tag == "doi") {
      add_identifier(record, "doi", value);
    } else if (tag == "accession number") {
      record.provenance.own_id = value.ends_with('.') ? value.substr(0, value.size() - 1) : value;
    } else if (tag.starts_with("link to the ovid") || tag == "url") {
      set_text(record.url, value);
    } else if (tag == "references") {
      for (const std::string_view line : fields.lines(field)) {
        Reference reference;
        reference.text = collapse_spaces(line);
        record.references.push_back(std::move(reference));
      }
    }
  }
  record.provenance.source = "ovid";
}

}  // namespace

double recognise_copac(const Sample& sample) {
  return has_line(sample.text, "TI- ") && tagged_share(sample.text.substr(0, 8192), classify_copac) > 0.4 ? 0.85 : 0.0;
}
Result<> read_copac(ByteStream& stream, const ReadOptions&, RecordSink& sink, Progress& progress) {
  static constexpr TaggedDialect kDialect = {classify_copac, false, build_copac, "copac"};
  return read_tagged(stream, kDialect, sink, progress);
}

double recognise_inspec(const Sample& sample) {
  const bool header = has_line(sample.text, "Record") && sample.text.substr(0, 4096).find("INSPEC") != std::string_view::npos;
  return header && has_line(sample.text, "TI ~") ? 0.95 : 0.0;
}
Result<> read_inspec(ByteStream& stream, const ReadOptions&, RecordSink& sink, Progress& progress) {
  static constexpr TaggedDialect kDialect = {classify_inspec, false, build_inspec, "inspec"};
  return read_tagged(stream, kDialect, sink, progress);
}

double recognise_biblioscape(const Sample& sample) {
  return (has_line(sample.text, "--AU-- ") || has_line(sample.text, "--TI-- ")) && has_line(sample.text, "------") ? 0.9 : 0.0;
}
Result<> read_biblioscape(ByteStream& stream, const ReadOptions&, RecordSink& sink, Progress& progress) {
  static constexpr TaggedDialect kDialect = {classify_biblioscape, false, build_biblioscape, "biblioscape"};
  return read_tagged(stream, kDialect, sink, progress);
}

double recognise_ovid(const Sample& sample) {
  return has_line(sample.text, "<") && has_line(sample.text, "Accession Number") && has_line(sample.text, "Title") && has_line(sample.text, "Source") ? 0.9 : 0.0;
}
Result<> read_ovid(ByteStream& stream, const ReadOptions&, RecordSink& sink, Progress& progress) {
  static constexpr TaggedDialect kDialect = {classify_ovid, false, build_ovid, "ovid"};
  return read_tagged(stream, kDialect, sink, progress);
}

}  // namespace jianwei::sources

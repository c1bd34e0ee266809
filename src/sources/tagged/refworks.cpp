// RefWorks tagged format, as ProQuest, PsycINFO hosts and CNKI write it: "RT Journal Article" begins a record, tags of two characters
// and a blank. CNKI lets the blank out before Chinese ("A1林行众") and writes some tags in lower case.
#include <algorithm>
#include <array>

#include "base/strings.h"
#include "records/identifier.h"
#include "sources/tagged/formats.h"
#include "sources/tagged/record_fields.h"
#include "sources/tagged/tagged_record.h"

namespace jianwei::sources {
namespace {

constexpr std::array<std::string_view, 58> kTags = {"RT", "SR", "ID", "A1", "A2", "A3", "A4", "A5", "A6", "T1", "T2", "T3", "JF", "JO", "YR", "FD", "VO", "IS", "SP", "OP",
                                                    "K1", "AB", "NO", "ED", "PB", "PP", "SN", "AD", "AN", "LA", "CL", "SF", "OT", "LK", "DO", "CN", "DB", "DS", "IP", "RD",
                                                    "ST", "U1", "U2", "U3", "U4", "U5", "UL", "UR", "SL", "LL", "CR", "WT", "WV", "WP", "OL", "PM", "AV", "CA"};

// Continuation lines are not indented, so only a known tag begins a field.
TaggedLine classify(std::string_view line) {
  if (trim(line).empty()) return {TaggedLine::Kind::blank};
  if (line.size() < 2) return {};
  if (line.starts_with("URL ")) return {TaggedLine::Kind::field, 0, 2, 4};
  const std::array<char, 2> upper = {static_cast<char>(is_alpha(line[0]) ? line[0] & ~0x20 : line[0]), static_cast<char>(is_alpha(line[1]) ? line[1] & ~0x20 : line[1])};
  const std::string_view tag(upper.data(), 2);
  const bool lower_case = tag != line.substr(0, 2);
  if (std::find(kTags.begin(), kTags.end(), tag) == kTags.end() || (lower_case && tag != "VO" && tag != "YR")) return {};
  const bool ends_tag = line.size() == 2 || line[2] == ' ' || static_cast<unsigned char>(line[2]) >= 0x80;
  if (!ends_tag) return {};
  return {tag == "RT" ? TaggedLine::Kind::start : TaggedLine::Kind::field, 0, 2, 2};
}

void build(const TaggedRecord& fields, Record& record) {
  std::string_view applicant_address, begin_page, end_page, free_date, database, provider, accession, id, secondary, journal, short_journal;
  set_type(record, fields.first("RT"));
  if (fields.first("RT") == "Other Article") set_type(record, fields.first("DB"));
  const bool is_patent = record.kind == RecordKind::patent;
  for (const TaggedRecord::Field& field : fields.fields) {
    const std::string_view value = trim(fields.value(field));
    const std::string tag = to_lower_ascii(fields.tag(field));
    if (value.empty()) continue;
    if (tag == "a1") {
      add_persons(record, value, ";", is_patent ? "inventor" : "");
    } else if (tag == "a2" && is_patent) {
      for (const std::string& applicant : split_list(value, ";")) add_organisation(record, applicant, "", "applicant");
    } else if (tag == "a2" || tag == "ed" || tag == "a3") {
      if (tag != "ed") add_persons(record, value, ";", record.type == "thesis" ? "advisor" : "editor");
    } else if (tag == "t1") {
      set_text(record.title, value);
    } else if (tag == "jf") {
      journal = value;
    } else if (tag == "jo") {
      short_journal = value;
    } else if (tag == "t2") {
      secondary = value;
    } else if (tag == "yr") {
      refine_date(record, value);
    } else if (tag == "fd") {
      free_date = value;
    } else if (tag == "vo") {
      set_text(record.volume, value);
    } else if (tag == "is") {
      set_text(record.issue, value);
    } else if (tag == "sp") {
      begin_page = value;
    } else if (tag == "op") {
      end_page = value;
    } else if (tag == "k1") {
      add_keywords(record, value, ";\n");
    } else if (tag == "ab") {
      set_text(record.abstract, value);
    } else if (tag == "pb") {
      set_text(record.publisher, value);
    } else if (tag == "sn") {
      add_serial_numbers(record, value);
    } else if (tag == "ad") {
      for (const std::string& address : split_list(value, ";")) {
        if (!is_patent && !address.starts_with("[mailto")) add_affiliation(record, address);
      }
      applicant_address = value;
    } else if (tag == "an") {
      accession = value;
    } else if (tag == "id") {
      id = value;
    } else if (tag == "la") {
      record.language = language_code(value);
    } else if (tag == "lk" || tag == "ur" || tag == "ul") {
      if (record.url.empty()) record.url = value.substr(0, value.find_first_of("\n "));
    } else if (tag == "do") {
      add_identifier(record, "doi", value);
    } else if (tag == "pm") {
      add_identifier(record, "pmid", value);
    } else if (tag == "cl" && record.type != "thesis" && !is_patent) {
      record.classifications.push_back({"psycinfo", std::string(value.substr(0, value.find(' '))), std::string(trim(value.substr(std::min(value.find(' '), value.size()))))});
    } else if (tag == "ds") {
      provider = value;
    } else if (tag == "db") {
      database = value;
    }
  }
  if (is_patent) {
    add_identifier(record, "patent", id);
    locate_applicants(record, applicant_address);
  }
  for (const std::string_view venue : {journal, secondary, short_journal}) set_text(record.venue, venue);
  if (record.type == "thesis") set_text(record.venue, record.publisher);
  if (!record.date.known()) refine_date(record, free_date);
  refine_date_within_year(record, free_date);
  set_pages(record, begin_page.empty() ? end_page : begin_page, begin_page.empty() ? std::string_view() : end_page);
  record.provenance.own_id = collapse_spaces(accession.empty() ? id : accession);
  for (const std::string_view hint : {provider, database, std::string_view(record.url)}) {
    if (record.provenance.source.empty()) record.provenance.source = recognise_source(hint);
  }
}

}  // namespace

double recognise_refworks(const Sample& sample) {
  if (!has_line(sample.text, "RT ")) return 0.0;
  return has_line(sample.text, "T1 ") || has_line(sample.text, "SR ") || has_line(sample.text, "A1 ") ? 0.9 : 0.2;
}

Result<> read_refworks(ByteStream& stream, const ReadOptions&, RecordSink& sink, Progress& progress) {
  static constexpr TaggedDialect kDialect = {classify, false, build, "refworks"};
  return read_tagged(stream, kDialect, sink, progress);
}

}  // namespace jianwei::sources

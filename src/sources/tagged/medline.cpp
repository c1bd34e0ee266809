// PubMed's MEDLINE display format (.nbib), also written by ERIC and Ovid: a tag of up to four letters padded to column five, "-",
// and the value; continuation lines are indented. Records are separated by blank lines. Affiliations follow their author.
// https://www.nlm.nih.gov/bsd/mms/medlineelements.html
#include <algorithm>
#include <array>

#include "base/strings.h"
#include "records/identifier.h"
#include "records/unicode.h"
#include "sources/tagged/formats.h"
#include "sources/tagged/record_fields.h"
#include "sources/tagged/tagged_record.h"

namespace jianwei::sources {
namespace {

constexpr bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }

TaggedLine classify(std::string_view line) {
  if (trim(line).empty()) return {TaggedLine::Kind::blank};
  std::size_t tag = 0;
  while (tag < line.size() && tag < 4 && (is_upper(line[tag]) || (tag > 0 && is_digit(line[tag])))) ++tag;
  std::size_t dash = tag;
  while (dash < line.size() && dash < 4 && line[dash] == ' ') ++dash;
  if (tag < 2 || dash >= line.size() || line[dash] != '-') return {};
  // "DNA-binding" is text: behind the dash of a short tag comes a blank, unless the tag is padded.
  const std::string_view name = line.substr(0, tag);
  if (name != "PMID" && dash == tag && dash + 1 < line.size() && line[dash + 1] != ' ') return {};
  // PubMed begins with PMID; ERIC with OWN, which follows PMID in PubMed.
  const TaggedLine::Kind kind = name == "PMID" ? TaggedLine::Kind::start : name == "OWN" ? TaggedLine::Kind::maybe_start : TaggedLine::Kind::field;
  return {kind, 0, tag, dash + 1};
}

// "R01 HL12345/HL/NHLBI NIH HHS/United States" -> award and funder.
Funding parse_grant(std::string_view value) {
  std::vector<std::string_view> parts;
  for (const std::string_view part : split(value, "/")) {
    if (!trim(part).empty()) parts.push_back(trim(part));
  }
  if (parts.empty()) return {};
  if (parts.size() == 1) return {{}, clean_text(parts[0])};
  const bool has_country = parts.size() > 2;
  return {clean_text(parts[parts.size() - (has_country ? 2 : 1)]), clean_text(parts[0])};
}

// The type that says most of the several of a record.
void read_types(const std::vector<std::string_view>& types, Record& record) {
  constexpr std::array<std::string_view, 3> kGeneral = {"journal article", "journal articles", "reports - research"};
  for (const std::string_view type : types) {
    if (!type.empty() && std::find(kGeneral.begin(), kGeneral.end(), to_lower_ascii(type)) == kGeneral.end() && set_type(record, type)) return;
  }
  record.type = "article";
}

void read_identifier(std::string_view value, Record& record) {
  if (value.ends_with("[doi]") || value.find("doi.org/") != std::string_view::npos) add_identifier(record, "doi", value.substr(0, value.find(" [")));
  if (record.url.empty() && value.starts_with("http")) record.url = value;
}

void build(const TaggedRecord& fields, Record& record) {
  std::vector<std::string_view> types;
  std::string title;
  std::string_view journal_abbreviation, electronic_date;
  bool full_name_given = false;  // an AU follows its FAU and names the same person
  for (const TaggedRecord::Field& field : fields.fields) {
    const std::string_view tag = fields.tag(field);
    const std::string_view value = trim(fields.value(field));
    if (value.empty()) continue;
    if (tag == "FAU" || tag == "AU" || tag == "FED" || tag == "ED") {
      const bool full = tag[0] == 'F';
      if (full || !full_name_given) add_persons(record, value, "", tag.ends_with("ED") ? "editor" : "");
      full_name_given = full;
      continue;
    }
    if (tag == "AD" || tag == "IRAD") {
      const std::int32_t organisation = add_affiliation(record, value);
      if (organisation >= 0 && !record.persons.empty()) record.persons.back().organisations.push_back(organisation);
    } else if (tag == "AUID") {
      if (!record.persons.empty()) record.persons.back().orcid = normalize_identifier("orcid", value);
    } else if (tag == "CN") {
      record.persons.push_back({clean_text(value), {}, {}, {}, {}, {}, {}});
    } else if (tag == "PMID") {
      add_identifier(record, "pmid", value);
      record.provenance.own_id = collapse_spaces(value);
    } else if (tag == "TI") {
      title += (title.empty() ? "" : " ") + std::string(value);  // a title broken over several TI
    } else if (tag == "TT") {
      set_text(record.title_translated, value);
    } else if (tag == "BTI") {
      set_text(record.venue, value);
    } else if (tag == "AB") {
      set_text(record.abstract, value);
    } else if (tag == "OAB") {
      set_text(record.abstract_translated, value);
    } else if (tag == "JT") {
      record.venue = clean_text(value);
    } else if (tag == "TA") {
      journal_abbreviation = value;
    } else if (tag == "DP") {
      refine_date(record, value);
    } else if (tag == "DEP") {
      electronic_date = value;
    } else if (tag == "VI") {
      set_text(record.volume, value);
    } else if (tag == "IP") {
      set_text(record.issue, value);
    } else if (tag == "PG") {
      set_pages(record, value, {});
    } else if (tag == "LID" || tag == "AID") {
      read_identifier(value, record);
    } else if (tag == "IS" || tag == "ISSN" || tag == "ISBN") {
      add_serial_numbers(record, value.starts_with("EISSN-") || value.starts_with("ISSN-") ? value.substr(value.find('-') + 1) : value);
    } else if (tag == "MH") {
      record.classifications.push_back({"mesh", {}, replace_all(clean_text(value), "*", "")});
    } else if (tag == "OT") {
      add_keywords(record, replace_all(std::string(value), "*", ""), ";");
    } else if (tag == "PT") {
      types.push_back(value);
    } else if (tag == "GR") {
      if (Funding grant = parse_grant(value); !grant.award.empty()) record.funding.push_back(std::move(grant));
    } else if (tag == "LA") {
      if (record.language.empty()) record.language = language_code(value);
    } else if (tag == "PMC") {
      add_identifier(record, "pmcid", value);
    } else if (tag == "OWN") {
      record.provenance.source = value == "ERIC" ? "eric" : "pubmed";
    } else if (tag == "OID" && record.provenance.own_id.empty()) {
      record.provenance.own_id = collapse_spaces(value);
    } else if (tag == "PB") {
      set_text(record.publisher, value);
    }
  }
  set_text(record.title, title);
  if (record.title.empty()) std::swap(record.title, record.venue);  // a book has only a book title (BTI)
  set_text(record.venue, journal_abbreviation);
  if (!record.date.known()) refine_date(record, electronic_date);
  read_types(types, record);
  if (record.provenance.source == "eric") add_identifier(record, "eric", record.provenance.own_id);
  if (record.provenance.source.empty() && fields.has("PMID")) record.provenance.source = "pubmed";
}

}  // namespace

double recognise_medline(const Sample& sample) {
  const bool start = has_line(sample.text, "PMID-") || has_line(sample.text, "OWN - ") || has_line(sample.text, "PMCR- ") || has_line(sample.text, "STAT- ");
  if (start) return 0.95;
  const bool tags = has_line(sample.text, "FAU - ") || has_line(sample.text, "JT  - ") || has_line(sample.text, "DP  - ") || has_line(sample.text, "TA  - ") || has_line(sample.text, "AID - ");
  if (has_line(sample.text, "TY  - ")) return 0.0;
  if (tags || sample.name.ends_with(".nbib")) return 0.6;
  // A few MEDLINE lines without any of these, e.g. "PT  - inproceedings": only when nearly every line has the form.
  return (has_line(sample.text, "PT  - ") || has_line(sample.text, "LID - ")) && tagged_share(sample.text.substr(0, 4096), classify) > 0.5 ? 0.5 : 0.0;
}

Result<> read_medline(ByteStream& stream, const ReadOptions&, RecordSink& sink, Progress& progress) {
  static constexpr TaggedDialect kDialect = {classify, true, build, "medline"};
  return read_tagged(stream, kDialect, sink, progress);
}

}  // namespace jianwei::sources

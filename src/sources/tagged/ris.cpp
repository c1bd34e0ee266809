// RIS: "TY  - JOUR" begins a record, "ER  - " ends it; lines without a tag go on with the field before. The tags are those of the
// Reference Manager specification and of what Web of Science, Scopus, Dimensions, Lens, PsycINFO, IEEE, EndNote and Zotero write.
#include <algorithm>

#include "base/strings.h"
#include "records/identifier.h"
#include "sources/tagged/formats.h"
#include "sources/tagged/record_fields.h"
#include "sources/tagged/tagged_record.h"

namespace jianwei::sources {
namespace {

constexpr bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }

// "TY  - x", "TY - x", "TY  -x", "ER  -"; in lower case only with the two blanks, since " is - a " is text.
TaggedLine classify(std::string_view line) {
  TaggedLine seen;
  const std::size_t first = line.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {TaggedLine::Kind::blank};
  const std::size_t at = first <= 2 ? first : 0;
  if (line.size() < at + 4 || !is_alpha(line[at]) || !(is_alpha(line[at + 1]) || is_digit(line[at + 1])) || line[at + 2] != ' ') return seen;
  std::size_t dash = at + 3;
  while (dash < line.size() && line[dash] == ' ' && dash < at + 6) ++dash;
  if (dash >= line.size() || line[dash] != '-') return seen;
  const bool upper = is_upper(line[at]) && (is_upper(line[at + 1]) || is_digit(line[at + 1]));
  if (!upper && dash < at + 4) return seen;
  if (dash == at + 3 && dash + 1 < line.size() && line[dash + 1] != ' ') return seen;
  seen = {TaggedLine::Kind::field, at, 2, dash + 1};
  const char a = to_lower_ascii(line[at]);
  const char b = to_lower_ascii(line[at + 1]);
  if (a == 't' && b == 'y') seen.kind = TaggedLine::Kind::start;
  if (a == 'e' && b == 'r') seen.kind = TaggedLine::Kind::end;
  return seen;
}

constexpr int code(std::string_view tag) { return tag.size() < 2 ? 0 : (static_cast<unsigned char>(tag[0] & ~0x20) << 8) | static_cast<unsigned char>(is_alpha(tag[1]) ? tag[1] & ~0x20 : tag[1]); }

// "35957633 [PMID]" (Dimensions), "Sponsor: X. Grant: 1; 2. Recipients: ..." (PsycINFO).
void read_user_field(std::string_view value, Record& record) {
  if (value.ends_with("[PMID]")) add_identifier(record, "pmid", value);
  if (value.ends_with("[PMCID]")) add_identifier(record, "pmcid", value);
  if (value.starts_with("Sponsor:")) {
    const std::size_t grant = std::min(value.find(". Grant:"), value.find(" Grant:"));
    const std::string funder = collapse_spaces(value.substr(8, std::min(grant, value.find(". Recipients:")) - 8));
    std::string_view awards = grant == std::string_view::npos ? std::string_view() : value.substr(value.find(':', grant) + 1);
    awards = awards.substr(0, awards.find(". Recipients"));
    if (trim(awards).empty()) record.funding.push_back({funder, {}});
    for (std::string& award : split_list(awards, ";,")) record.funding.push_back({funder, std::move(award)});
  }
}

void read_note(std::string_view value, Record& record) {
  for (const std::string_view mark : {"Cited By", "Cited by", "cited By", "Times Cited"}) {
    if (value.starts_with(mark)) set_citation_count(record, value.substr(0, value.find('\n')));
  }
  if (value.starts_with("doi:")) add_identifier(record, "doi", value);
}

struct Parts {
  std::string_view begin_page, end_page, accession, id, database, month;
  std::string_view journal, secondary, book_title, series, short_journal;
  std::string_view abstract, notes_abstract, first_url;
  std::vector<std::string_view> dates;
  std::vector<std::string_view> keyword_fields;
};

void read_keywords(const std::vector<std::string_view>& fields, Record& record) {
  for (const std::string_view field : fields) {
    // One field with all keywords in it: EndNote separates them by commas; else a comma belongs to the keyword.
    const bool commas = fields.size() == 1 && field.find(';') == std::string_view::npos && std::count(field.begin(), field.end(), ',') >= 2;
    add_keywords(record, field, commas ? ",\n" : ";\n");
  }
}

void read_identity(const Parts& parts, Record& record) {
  Provenance& provenance = record.provenance;
  provenance.own_id = collapse_spaces(parts.accession.empty() ? parts.id : parts.accession);
  for (const std::string_view hint : {parts.accession, parts.database, std::string_view(record.url)}) {
    if (provenance.source.empty()) provenance.source = recognise_source(hint);
  }
  if (parts.accession.starts_with("pub.") && provenance.source.empty()) provenance.source = "dimensions";
  if (parts.accession.starts_with("WOS:")) add_identifier(record, "wos", parts.accession);
  if (provenance.source == "scopus") {
    // The id of a Scopus record stands in its URL: "...eid=2-s2.0-85107941291&..."
    if (const std::size_t eid = record.url.find("2-s2.0-"); eid != std::string::npos) {
      const std::string value = record.url.substr(eid, record.url.find('&', eid) - eid);
      add_identifier(record, "scopus", value);
      if (provenance.own_id.empty()) provenance.own_id = value;
    }
  }
  if (provenance.source == "lens" || provenance.source == "dimensions") add_identifier(record, provenance.source, provenance.own_id);
}

void build(const TaggedRecord& fields, Record& record) {
  Parts parts;
  const auto keep_first = [](std::string_view& slot, std::string_view value) { slot = slot.empty() ? value : slot; };
  set_type(record, fields.first("TY").empty() ? fields.first("ty") : fields.first("TY"));
  const bool is_patent = record.kind == RecordKind::patent;
  const std::string_view author_role = is_patent ? "inventor" : std::string_view();
  for (const TaggedRecord::Field& field : fields.fields) {
    const std::string_view value = trim(fields.value(field));
    if (value.empty()) continue;
    switch (code(fields.tag(field))) {
      case code("AU"): case code("A1"): add_persons(record, value, ";\n", author_role); break;
      case code("ED"): case code("A2"): case code("A3"):
        if (is_patent) {
          add_organisation(record, value, "", "applicant");
        } else {
          add_persons(record, value, ";\n", record.type == "thesis" ? "advisor" : "editor");
        }
        break;
      case code("A4"): add_persons(record, value, ";\n", "translator"); break;
      case code("TI"): case code("T1"): case code("CT"): set_text(record.title, value); break;
      case code("TT"): set_text(record.title_translated, value); break;
      case code("JF"): keep_first(parts.journal, value); break;
      case code("T2"): keep_first(parts.secondary, value); break;
      case code("BT"): keep_first(parts.book_title, value); break;
      case code("T3"): keep_first(parts.series, value); break;
      case code("JO"): case code("JA"): case code("J1"): case code("J2"): case code("JI"): keep_first(parts.short_journal, value); break;
      case code("PY"): case code("Y1"): case code("DA"): parts.dates.push_back(value); break;
      case code("AB"): keep_first(parts.abstract, value); break;
      case code("N2"): keep_first(parts.notes_abstract, value); break;
      case code("KW"): case code("DE"): parts.keyword_fields.push_back(value); break;
      case code("VL"): case code("VO"): set_text(record.volume, value); break;
      case code("IS"): case code("CP"): set_text(record.issue, value); break;
      case code("SP"): keep_first(parts.begin_page, value); break;
      case code("EP"): keep_first(parts.end_page, value); break;
      case code("C7"): case code("AR"): if (parts.begin_page.empty()) parts.begin_page = value; break;
      case code("PB"): case code("PU"):
        if (is_patent) add_organisation(record, value, "", "applicant");
        set_text(record.publisher, value);
        break;
      case code("SN"): case code("EI"):
        if (is_patent && !value.empty() && is_alpha(value[0])) add_identifier(record, "patent", value);
        if (!is_patent) add_serial_numbers(record, value);
        break;
      case code("DO"): case code("DI"): add_identifier(record, "doi", value); break;
      case code("M3"): if (!set_type(record, value) && value.find("10.") != std::string_view::npos) add_identifier(record, "doi", value); break;
      case code("UR"): case code("LK"): keep_first(parts.first_url, fields.lines(field).front()); break;
      case code("L3"): add_identifier(record, "doi", value); break;
      case code("LA"): record.language = language_code(value); break;
      case code("AD"): case code("C1"): for (const std::string_view line : fields.lines(field)) for (const std::string& address : split_list(line, ";")) add_affiliation(record, address); break;
      case code("AN"): keep_first(parts.accession, value); break;
      case code("ID"): keep_first(parts.id, value); break;
      case code("DB"): case code("DP"): if (recognise_source(parts.database).empty()) parts.database = value; break;
      case code("N1"): read_note(value, record); break;
      case code("TC"): case code("Z9"): set_citation_count(record, value); break;
      case code("FU"): add_funding(record, value); break;
      case code("CR"): for (const std::string_view line : fields.lines(field)) record.references.push_back(parse_wos_reference(line)); break;
      case code("WC"): for (std::string& label : split_list(value, ";")) record.classifications.push_back({"wos", {}, std::move(label)}); break;
      case code("PM"): add_identifier(record, "pmid", value); break;
      case code("M1"): if (is_patent) add_identifier(record, "patent", value); break;
      case code("U1"): case code("U2"): case code("C2"): read_user_field(value, record); break;
      default: break;
    }
  }
  if (record.title.empty()) set_text(record.title, parts.book_title);
  for (const std::string_view venue : {parts.journal, parts.secondary, parts.book_title, parts.short_journal, parts.series}) {
    if (record.venue.empty()) set_text(record.venue, venue);
  }
  if (record.venue == record.title) record.venue.clear();
  set_text(record.abstract, parts.abstract.empty() ? parts.notes_abstract : parts.abstract);
  for (const std::string_view date : parts.dates) refine_date(record, date);
  for (const std::string_view date : parts.dates) refine_date_within_year(record, date);
  set_pages(record, parts.begin_page, parts.end_page);
  set_text(record.url, parts.first_url);
  read_keywords(parts.keyword_fields, record);
  read_identity(parts, record);
}

}  // namespace

double recognise_ris(const Sample& sample) {
  if (!has_line(sample.text, "TY  -") && !has_line(sample.text, "TY -") && !has_line(sample.text, "ty  -")) return sample.name.ends_with(".ris") ? 0.3 : 0.0;
  return tagged_share(sample.text.substr(0, 8192), classify) > 0.2 ? 0.95 : 0.6;
}

Result<> read_ris(ByteStream& stream, const ReadOptions&, RecordSink& sink, Progress& progress) {
  static constexpr TaggedDialect kDialect = {classify, false, build, "ris"};
  return read_tagged(stream, kDialect, sink, progress);
}

}  // namespace jianwei::sources

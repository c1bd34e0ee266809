// NoteExpress import format, as CNKI (.net), Wanfang and VIP write it: "{Reference Type}: Journal Article" begins a record. Lists are
// separated by ";" or ";;".
#include "base/strings.h"
#include "records/identifier.h"
#include "sources/tagged/formats.h"
#include "sources/tagged/record_fields.h"
#include "sources/tagged/tagged_record.h"

namespace jianwei::sources {
namespace {

TaggedLine classify(std::string_view line) {
  if (trim(line).empty()) return {TaggedLine::Kind::blank};
  const std::size_t close = line.substr(0, 64).find('}');
  if (line[0] != '{' || close == std::string_view::npos) return {};
  std::size_t value = close + 1;
  if (line.substr(value).starts_with(":")) {
    value += 1;
  } else if (line.substr(value).starts_with("：")) {
    value += std::string_view("：").size();
  } else {
    return {};
  }
  const bool start = equals_ignore_case(trim(line.substr(1, close - 1)), "Reference Type");
  return {start ? TaggedLine::Kind::start : TaggedLine::Kind::field, 1, close - 1, value};
}

// "CN112447000A": two letters, then digits.
bool looks_like_patent(std::string_view value) {
  return value.size() >= 8 && value.size() <= 20 && value[0] >= 'A' && value[0] <= 'Z' && value[1] >= 'A' && value[1] <= 'Z' && is_digit(value[2]) && value.find(' ') == std::string_view::npos;
}

void build(const TaggedRecord& fields, Record& record) {
  std::string_view day, provider, container, number, applicant_address;
  set_type(record, fields.first("Reference Type"));
  const bool is_patent = record.kind == RecordKind::patent;
  for (const TaggedRecord::Field& field : fields.fields) {
    const std::string_view value = trim(fields.value(field));
    std::string tag = to_lower_ascii(trim(fields.tag(field)));
    if (tag.ends_with(',')) tag.pop_back();  // "Subsidiary Author,"
    if (value.empty()) continue;
    if (tag == "author") {
      add_persons(record, value, ";", is_patent ? "inventor" : "");
    } else if (tag == "tertiary author") {
      add_persons(record, value, ";", record.type == "thesis" ? "advisor" : "editor");
    } else if (tag == "secondary author" || tag == "editor") {
      add_persons(record, value, ";", "editor");
    } else if (tag == "subsidiary author") {
      for (const std::string& body : split_list(value, ";")) add_organisation(record, body, "", is_patent ? "applicant" : "publisher");
    } else if (tag == "author address") {
      if (is_patent) applicant_address = value;
      else for (const std::string& address : split_list(value, ";")) add_affiliation(record, address);
    } else if (tag == "title") {
      set_text(record.title, value);
    } else if (tag == "translated title") {
      set_text(record.title_translated, value);
    } else if (tag == "journal") {
      set_text(record.venue, value);
    } else if (tag == "secondary title" || tag == "tertiary title" || tag == "newspaper") {
      container = container.empty() || tag == "secondary title" ? value : container;
    } else if (tag == "year") {
      refine_date(record, value);
    } else if (tag == "date" || tag == "issue date" || tag == "publication date") {
      day = value;
    } else if (tag == "volume") {
      set_text(record.volume, value);
    } else if (tag == "issue") {
      set_text(record.issue, value);
    } else if (tag == "pages") {
      set_pages(record, value, {});
    } else if (tag == "keywords") {
      add_keywords(record, value, ";\n");
    } else if (tag == "abstract") {
      set_text(record.abstract, value.starts_with("Abstract(#br)") ? replace_all(std::string(value.substr(13)), "(#br)", " ") : replace_all(std::string(value), "(#br)", " "));
    } else if (tag == "isbn/issn") {
      if (!is_patent || !add_identifier(record, "patent", value)) add_serial_numbers(record, value);
    } else if (tag == "patent number" || tag == "publication number" || tag == "application number") {
      add_identifier(record, tag == "application number" ? "application" : "patent", value);
    } else if (is_patent && (tag == "notes" || tag == "subject") && find_identifier(record, "patent").empty() && looks_like_patent(value)) {
      add_identifier(record, "patent", value);  // CNKI
    } else if (tag == "publisher") {
      set_text(record.publisher, value);
    } else if (tag == "language") {
      record.language = language_code(value);
    } else if (tag == "url") {
      if (record.url.empty()) record.url = value.substr(0, value.find_first_of("\n "));
    } else if (tag == "doi") {
      add_identifier(record, "doi", value);
    } else if (tag == "accession number") {
      number = value;
    } else if (tag == "database provider" || tag == "database") {
      provider = provider.empty() ? value : provider;
    }
  }
  if (is_patent) locate_applicants(record, applicant_address);
  set_text(record.venue, container);
  if (record.type == "thesis") set_text(record.venue, record.publisher);
  if (!record.date.known()) refine_date(record, day);
  refine_date_within_year(record, day);
  record.provenance.own_id = collapse_spaces(number);
  record.provenance.source = recognise_source(provider);
}

}  // namespace

double recognise_noteexpress(const Sample& sample) { return has_line(sample.text, "{Reference Type}") ? 0.98 : 0.0; }

Result<> read_noteexpress(ByteStream& stream, const ReadOptions&, RecordSink& sink, Progress& progress) {
  static constexpr TaggedDialect kDialect = {classify, false, build, "noteexpress"};
  return read_tagged(stream, kDialect, sink, progress);
}

}  // namespace jianwei::sources

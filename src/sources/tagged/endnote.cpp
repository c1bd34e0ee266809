// EndNote's tagged export (refer/BibIX): "%A value". CNKI ("EndNote"), Wanfang and library catalogues write it. "%0" begins a record;
// where it is missing, blank lines separate records.
#include "base/strings.h"
#include "records/identifier.h"
#include "records/unicode.h"
#include "sources/tagged/formats.h"
#include "sources/tagged/record_fields.h"
#include "sources/tagged/tagged_record.h"

namespace jianwei::sources {
namespace {

TaggedLine classify(std::string_view line) {
  if (trim(line).empty()) return {TaggedLine::Kind::blank};
  const bool tagged = line.size() >= 2 && line[0] == '%' && line[1] > ' ' && line[1] < 0x7f && (line.size() == 2 || line[2] == ' ' || line[2] == '\t');
  if (!tagged) return {};
  return {line[1] == '0' ? TaggedLine::Kind::start : TaggedLine::Kind::field, 1, 1, 2};
}

// The second "%T" or "%J" of Wanfang is the title in the other language.
void set_or_translate(std::string& field, std::string& translated, std::string_view value) {
  if (field.empty()) {
    field = clean_text(value);
  } else {
    set_text(translated, value);
  }
}

void build(const TaggedRecord& fields, Record& record) {
  std::string translated_venue;
  std::string_view container, day, database, provider, accession, label;
  set_type(record, fields.first("0"));
  // CNKI files standards and yearbooks as "Legal Rule or Regulation"; %~ tells.
  database = fields.first("~");
  if (fields.first("0") == "Legal Rule or Regulation") set_type(record, database.substr(0, database.find('\n')));
  const bool is_patent = record.kind == RecordKind::patent;
  const bool is_standard = record.type == "standard";
  for (const TaggedRecord::Field& field : fields.fields) {
    const std::string_view value = trim(fields.value(field));
    if (value.empty()) continue;
    switch (fields.tag(field)[0]) {
      case 'A': add_persons(record, value, ";", is_patent ? "inventor" : ""); break;
      case 'E': add_persons(record, value, ";", "editor"); break;
      case 'Y': add_persons(record, value, ";", record.type == "thesis" ? "advisor" : "editor"); break;
      case '?': add_persons(record, value, ";", "translator"); break;
      case 'T': set_or_translate(record.title, record.title_translated, value); break;
      case 'Q': set_text(record.title_translated, value); break;
      case 'J': set_or_translate(record.venue, translated_venue, value); break;
      case 'B': container = value; break;
      case 'D': refine_date(record, value); break;
      case '8': day = value; break;
      case 'V': set_text(record.volume, value); break;
      case 'N': set_text(record.issue, value); break;
      case 'P': set_pages(record, value, {}); break;
      case 'I':
        if (record.kind == RecordKind::patent) add_organisation(record, value, "", "applicant");
        set_text(record.publisher, value);
        break;
      case '@': if (!is_patent || !add_identifier(record, "patent", value)) add_serial_numbers(record, value); break;
      case 'K': add_keywords(record, value, ";\n"); break;
      case 'X': set_or_translate(record.abstract, record.abstract_translated, value); break;
      case 'U': if (record.url.empty()) record.url = value.substr(0, value.find_first_of("\n ")); break;
      case 'R': add_identifier(record, "doi", value); break;
      case '+': for (const std::string& address : split_list(value, ";\n")) add_affiliation(record, address); break;
      case 'G': record.language = language_code(value); break;
      case 'M': accession = value; break;
      case 'F': label = value; break;
      case 'W': provider = value; break;
      case 'S': if (record.venue.empty()) container = container.empty() ? value : container; break;
      default: break;
    }
  }
  set_text(record.venue, container);
  if (is_standard) add_identifier(record, "standard", record.volume);
  if (!record.date.known()) refine_date(record, day);
  refine_date_within_year(record, day);
  if (record.type == "thesis" && !record.publisher.empty() && record.venue.empty()) record.venue = record.publisher;
  record.provenance.own_id = collapse_spaces(accession.empty() ? label : accession);
  for (const std::string_view hint : {provider, database, std::string_view(record.url)}) {
    if (record.provenance.source.empty()) record.provenance.source = recognise_source(hint);
  }
}

}  // namespace

double recognise_endnote(const Sample& sample) {
  if (has_line(sample.text, "%0 ")) return 0.95;
  const bool usual = has_line(sample.text, "%T ") || has_line(sample.text, "%A ") || has_line(sample.text, "%E ");
  return usual && tagged_share(sample.text.substr(0, 8192), classify) > 0.4 ? 0.8 : 0.0;
}

Result<> read_endnote(ByteStream& stream, const ReadOptions&, RecordSink& sink, Progress& progress) {
  static constexpr TaggedDialect kDialect = {classify, true, build, "endnote"};
  return read_tagged(stream, kDialect, sink, progress);
}

}  // namespace jianwei::sources

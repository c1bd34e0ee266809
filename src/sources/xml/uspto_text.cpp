// The two text formats of US patents: Green Book (APS, 1976-2001), a four-letter section or three-letter field a line, and the BRS search
// extracts, whose fields begin with three or four letters; lines that begin with blanks go on with the field before. Weekly files hold
// thousands of patents, each beginning with PATN or with the document boundary. Page: docs/formats/uspto.md
#include <algorithm>
#include <array>

#include "base/strings.h"
#include "records/identifier.h"
#include "records/unicode.h"
#include "sources/xml/dom.h"
#include "sources/xml/parts.h"
#include "sources/xml/readers.h"
#include "sources/xml/sgml.h"
#include "sources/xml/uspto_parts.h"

namespace jianwei::sources::xml {
namespace {

constexpr std::size_t kMaxRecordBytes = std::size_t{64} << 20;

struct Field {
  std::string section;  // Green Book only: INVT, UREF, ABST, ...
  std::string tag;
  std::string value;    // continuation lines joined by a blank; its own spaces kept, since symbols have fixed columns
};

struct Document {
  std::vector<Field> fields;
  std::string raw;
  std::int64_t line = 0;
};

std::string first(const Document& document, std::string_view section, std::string_view tag) {
  for (const Field& field : document.fields) {
    if (field.section == section && field.tag == tag) return clean_text(field.value);
  }
  return "";
}

// Reads a tag of three or four capitals and digits at the start of a line; "" when there is none.
std::string_view tag_of(std::string_view line) {
  std::size_t end = 0;
  while (end < line.size() && end < 5 && ((line[end] >= 'A' && line[end] <= 'Z') || is_digit(line[end]))) ++end;
  const bool alone = end == line.size() || line[end] == ' ';
  return end >= 3 && end <= 4 && alone && is_alpha(line[0]) ? line.substr(0, end) : std::string_view();
}

// The formula characters of the Green Book: ".alpha.", ".sub.2", ".degree."; only those that stand for one character.
std::string plain_greenbook(std::string_view text) {
  struct Code {
    std::string_view code, text;
  };
  constexpr std::array<Code, 15> kCodes = {{{".alpha.", "α"}, {".beta.", "β"}, {".gamma.", "γ"}, {".delta.", "δ"}, {".epsilon.", "ε"},
                                            {".theta.", "θ"}, {".lambda.", "λ"}, {".mu.", "μ"}, {".pi.", "π"}, {".omega.", "ω"},
                                            {".degree.", "°"}, {".times.", "×"}, {".sub.", ""}, {".sup.", ""}, {".+-.", "±"}}};
  std::string plain(text);
  if (plain.find('.') == std::string::npos) return plain;
  for (const Code& code : kCodes) plain = replace_all(std::move(plain), code.code, code.text);
  return plain;
}

// WKU: a letter or zero-filled number of eight places and a check digit.
std::string greenbook_number(std::string_view wku, std::string_view kind) {
  wku = trim(wku);
  if (wku.size() == 9) wku.remove_suffix(1);
  return patent_number("US", wku, kind);
}

bool build_greenbook(const Document& document, Record& record) {
  struct Kind {
    std::string_view code, kind, type;
  };
  constexpr std::array<Kind, 6> kKinds = {{{"1", "A", "grant"}, {"2", "E", "reissue"}, {"4", "S", "design"}, {"5", "I4", "defensive_publication"}, {"6", "P", "plant"}, {"7", "H", "statutory_invention"}}};
  const std::string code = first(document, "PATN", "APT");
  const auto kind = std::find_if(kKinds.begin(), kKinds.end(), [&](const Kind& k) { return k.code == code; });
  record.type = kind == kKinds.end() ? "grant" : std::string(kind->type);
  record.title = plain_greenbook(first(document, "PATN", "TTL"));
  record.date = valid_date(first(document, "PATN", "ISD"));

  std::string country, name, number, date, party;
  const auto finish_party = [&] {
    if (party == "INVT" && !name.empty()) {
      // "Miller, Jr.; George H." : family name, semicolon, given names
      const std::size_t semicolon = name.find(';');
      const std::string_view given = semicolon == std::string::npos ? std::string_view() : trim(std::string_view(name).substr(semicolon + 1));
      add_inventor(record, trim(std::string_view(name).substr(0, semicolon)), given, country.empty() ? "US" : country);
    } else if (party == "ASSG" && !name.empty()) {
      add_organisation(record, name, country.empty() ? "US" : country, "assignee");
    } else if (party == "UREF" || party == "FREF") {
      if (!number.empty()) cite_patent(record, patent_number(party == "UREF" ? "US" : country, number, ""), name, date);
    }
    party.clear();
    for (std::string* text : {&name, &country, &number, &date}) text->clear();
  };
  for (const Field& field : document.fields) {
    if (field.tag.empty()) {  // a new section begins
      finish_party();
      party = field.section;
      continue;
    }
    const std::string value = clean_text(field.value);
    if (field.section == "INVT" || field.section == "ASSG" || field.section == "UREF" || field.section == "FREF") {
      if (field.tag == "NAM") name = value;
      if (field.tag == "CNT") country = country_of(value);
      // "JPX", "DEX": the office's letters, with a filler.
      const bool letters = value.size() >= 2 && is_alpha(value[0]) && is_alpha(value[1]);
      if (field.tag == "CNT" && country.empty() && letters) country = value.substr(0, 2);
      if (field.tag == "PNO") number = value;
      if (field.tag == "ISD") date = value;
    } else if (field.section == "CLAS") {
      if (field.tag == "ICL" && record.type != "design") add_classification(record, "ipc", ipc_symbol(field.value));
      if (field.tag == "ICL" && record.type == "design") add_classification(record, "locarno", value);
      if (field.tag == "OCL" || field.tag == "XCL") add_classification(record, "uspc", uspc_symbol(field.value));
    } else if (field.section == "OREF") {
      if (field.tag == "PAL" || field.tag == "PAR") cite_text(record, value);
    } else if (field.section == "ABST") {
      if (field.tag.starts_with("P")) record.abstract += (record.abstract.empty() ? "" : " ") + plain_greenbook(value);
    } else if (field.section == "BSUM" || field.section == "DETD" || field.section == "DRWD" || field.section == "CLMS" || field.section == "DCLM" || field.section == "PARN" || field.section == "GOVT") {
      if (field.tag != "STM" && field.tag != "NUM") add_paragraph(record.full_text, plain_greenbook(value));
    }
  }
  finish_party();
  const std::string series = first(document, "PATN", "SRC");
  std::string application = first(document, "PATN", "APN");
  // Six digits and a check digit behind the series code.
  if (application.size() == 7) application.pop_back();
  finish_patent(record, greenbook_number(first(document, "PATN", "WKU"), kind == kKinds.end() ? "A" : kind->kind), application.empty() ? "" : application_number((series.size() == 1 ? "0" : "") + series + application));
  return !record.provenance.own_id.empty();
}

bool build_brs(const Document& document, Record& record) {
  const auto value_of = [&](std::string_view tag) { return first(document, "", tag); };
  record.title = value_of("TTL");
  record.date = valid_date(value_of("GISD").empty() ? value_of("PGPD") : value_of("GISD"));
  const std::string kind = value_of("APT").empty() ? value_of("PGKC") : value_of("APT");
  record.type = kind.starts_with("A") ? "application" : kind.starts_with("S") ? "design" : kind.starts_with("P") ? "plant" : kind.starts_with("E") ? "reissue" : "grant";

  std::string inventor, assignee, applicant, reference_country, reference_number, reference_date, reference_name;
  for (const Field& field : document.fields) {
    const std::string value = clean_text(field.value);
    const bool known = !value.empty() && value != "N/A";
    const auto name_parts = [](const std::string& name) { return std::pair(std::string(trim(std::string_view(name).substr(0, name.find(';')))), name.find(';') == std::string::npos ? std::string() : std::string(trim(std::string_view(name).substr(name.find(';') + 1)))); };
    if (field.tag == "INNM") inventor = value;
    else if (field.tag == "INCO" && !inventor.empty()) {
      const auto [family, given] = name_parts(inventor);
      add_inventor(record, family, given, known ? country_of(value) : "");
      inventor.clear();
    } else if (field.tag == "ASNM") assignee = value;
    else if (field.tag == "ASCO" && !assignee.empty()) {
      add_organisation(record, assignee, known ? country_of(value) : "", "assignee");
      assignee.clear();
    } else if (field.tag == "AANM") applicant = value;
    else if (field.tag == "AACO" && !applicant.empty()) {
      add_organisation(record, applicant, known ? country_of(value) : "", "applicant");
      applicant.clear();
    } else if (field.tag == "IPCG" || field.tag == "IPCP" || field.tag == "IPCS") {
      // IPCG "20060101 A H05K H05K9/00 F I B US H 20151201": the symbol is the word with the slash.
      for (const std::string& word : split_trimmed(value, " ")) {
        if (word.find('/') != std::string::npos && is_alpha(word[0]) && word.size() > 5 && word[4] != '0') add_classification(record, "ipc", word);
      }
    } else if (field.tag == "CPOI" || field.tag == "CPOA") {
      add_classification(record, "cpc", value.substr(0, value.find(' ')));
    } else if (field.tag == "CIOR" || field.tag == "CIXR" || field.tag == "CCOR" || field.tag == "CCXR") {
      add_classification(record, "uspc", value);
    } else if (field.tag == "URPN") {
      reference_number = value;
    } else if (field.tag == "URNM") {
      reference_name = known ? value : "";
    } else if (field.tag == "URPD") {
      reference_date = value;
    } else if (field.tag == "URGP" && !reference_number.empty()) {
      cite_patent(record, patent_number("US", reference_number, ""), reference_name, reference_date);
      reference_number.clear();
    } else if (field.tag == "FRCO") {
      reference_country = value;
    } else if (field.tag == "FRPN") {
      reference_number = value;
    } else if (field.tag == "FRPD") {
      cite_patent(record, patent_number(reference_country, reference_number, ""), "", value);
      reference_number.clear();
    } else if (field.tag == "ORPL") {
      cite_text(record, value);
    } else if (field.tag == "ABPR" || field.tag == "ABST") {
      record.abstract += (record.abstract.empty() ? "" : " ") + value;
    } else if (field.tag == "BSTX" || field.tag == "DETX" || field.tag == "DRTX" || field.tag == "CRTX" || field.tag == "CLPR" || field.tag == "GOTX") {
      add_paragraph(record.full_text, value);
    }
  }
  std::string number = value_of("DID");
  if (number.empty()) number = patent_number("US", value_of("WKU"), kind);
  const std::string application = value_of("APNR").empty() ? value_of("APP") : value_of("APNR");
  finish_patent(record, normalize_identifier("patent", number), application_number(application));
  return !record.provenance.own_id.empty();
}

// Cuts the lines into documents and fields and hands each built record on.
class TextPatents {
 public:
  TextPatents(std::string_view format, bool (*build)(const Document&, Record&), RecordSink& sink) : format_(format), build_(build), sink_(sink) {}

  void begin(std::int64_t line) { document_.line = line; started_ = true; }
  bool started() const { return started_; }
  std::size_t bytes() const { return document_.raw.size(); }
  void raw_line(std::string_view line) { document_.raw.append(line) += '\n'; }
  void section(std::string_view name) {
    section_ = name;
    document_.fields.push_back({section_, "", ""});
  }
  void field(std::string_view tag, std::string_view value) { document_.fields.push_back({section_, std::string(tag), std::string(value)}); }
  void continuation(std::string_view text) {
    if (!document_.fields.empty() && !document_.fields.back().tag.empty()) document_.fields.back().value.append(" ").append(trim(text));
  }
  Result<> finish(std::string problem = "") {
    if (!std::exchange(started_, false)) return {};
    const Document document = std::exchange(document_, Document{});
    section_.clear();
    Record record;
    if (problem.empty() && !build_(document, record)) problem = "the patent has no number (WKU)";
    if (problem.empty() && record.title.empty()) problem = "the patent has no title (TTL): it is cut off or not a patent";
    if (!problem.empty()) return sink_.reject({index_++, document.line, std::move(problem), document.raw});
    record.provenance.source = "uspto";
    record.provenance.format = format_;
    record.provenance.raw = document.raw;
    record.provenance.line = document.line;
    record.provenance.index = index_++;
    return sink_.record(std::move(record));
  }
  std::int64_t count() const { return index_; }

 private:
  std::string_view format_;
  bool (*build_)(const Document&, Record&);
  RecordSink& sink_;
  Document document_;
  std::string section_;
  bool started_ = false;
  std::int64_t index_ = 0;
};

}  // namespace

Result<> read_uspto_greenbook(ByteStream& stream, const ReadOptions&, RecordSink& sink, Progress& progress) {
  LineReader lines(stream);
  TextPatents patents("uspto_greenbook", build_greenbook, sink);
  std::int64_t bytes = 0;
  for (std::string_view line; TRY(lines.next(line));) {
    const std::string_view tag = tag_of(line);
    const std::string_view rest = line.size() > tag.size() ? line.substr(tag.size()) : std::string_view();
    const bool is_section = tag.size() == 4 && trim(rest).empty();
    if (tag == "PATN" && is_section) {
      TRY(progress.check());
      progress.advance(lines.byte_count() - std::exchange(bytes, lines.byte_count()));
      TRY(patents.finish());
      patents.begin(lines.line_number());
    }
    if (!patents.started()) continue;  // the header line of a weekly file
    if (patents.bytes() > kMaxRecordBytes) {
      TRY(patents.finish(fmt::format("the patent is larger than {} bytes", kMaxRecordBytes)));
      continue;
    }
    patents.raw_line(line);
    if (is_section) patents.section(tag);
    else if (!tag.empty()) patents.field(tag, rest.size() > 2 ? rest.substr(rest.find_first_not_of(' ') == std::string_view::npos ? rest.size() : std::min<std::size_t>(rest.find_first_not_of(' '), 5 - tag.size())) : std::string_view());
    else patents.continuation(line);
  }
  TRY(patents.finish());
  if (patents.count() == 0) sink.warn({"no_records", "no PATN section in the file", 0});
  return {};
}

Result<> read_uspto_brs(ByteStream& stream, const ReadOptions&, RecordSink& sink, Progress& progress) {
  LineReader lines(stream);
  TextPatents patents("uspto_brs", build_brs, sink);
  std::int64_t bytes = 0;
  for (std::string_view line; TRY(lines.next(line));) {
    if (line.starts_with("*** BRS DOCUMENT BOUNDARY")) {
      TRY(progress.check());
      progress.advance(lines.byte_count() - std::exchange(bytes, lines.byte_count()));
      TRY(patents.finish());
      patents.begin(lines.line_number());
      continue;
    }
    // A tab-separated line of number, kind, date and a title line stand before each boundary.
    if (!patents.started() || line.find('\t') != std::string_view::npos) continue;
    if (patents.bytes() > kMaxRecordBytes) {
      TRY(patents.finish(fmt::format("the patent is larger than {} bytes", kMaxRecordBytes)));
      continue;
    }
    patents.raw_line(line);
    const std::string_view tag = tag_of(line);
    if (!tag.empty()) patents.field(tag, trim(line.substr(tag.size())));
    else if (!line.empty() && line[0] == ' ') patents.continuation(line);
  }
  TRY(patents.finish());
  if (patents.count() == 0) sink.warn({"no_records", "no BRS document boundary in the file", 0});
  return {};
}

}  // namespace jianwei::sources::xml

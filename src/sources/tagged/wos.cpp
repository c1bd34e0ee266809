// Web of Science (and ISI, BIOSIS, Inspec on its platform): "PT J" begins a record, "ER" ends it, "EF" the file; continuation lines
// are indented, but some exports lose the indent. Author addresses (C1) name their authors in brackets.
#include <unordered_map>

#include "base/strings.h"
#include "records/country.h"
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
  if (line.size() < 2 || !is_upper(line[0]) || !(is_upper(line[1]) || is_digit(line[1])) || (line.size() > 2 && line[2] != ' ')) return {};
  const std::string_view tag = line.substr(0, 2);
  if (tag == "PT") return {TaggedLine::Kind::start, 0, 2, 2};
  if (tag == "ER" && trim(line).size() == 2) return {TaggedLine::Kind::end};
  if (tag == "FN" || tag == "VR" || (tag == "EF" && trim(line).size() == 2)) return {TaggedLine::Kind::skip};
  return {TaggedLine::Kind::field, 0, 2, 2};
}

constexpr int code(std::string_view tag) { return (static_cast<unsigned char>(tag[0]) << 8) | static_cast<unsigned char>(tag[1]); }

// WoS addresses begin with the institution: "Univ Tokyo, Dept Phys, Tokyo 113, Japan."
std::int32_t add_wos_address(Record& record, std::string_view address) {
  const std::string cleaned = clean_text(address);
  return add_organisation(record, std::string_view(cleaned).substr(0, cleaned.find(',')), country_of_address(cleaned));
}

void link_person(Person& person, std::int32_t organisation) {
  for (const std::int32_t known : person.organisations) {
    if (known == organisation) return;
  }
  if (organisation >= 0) person.organisations.push_back(organisation);
}

// "[Toh, Ming Liang; Li, Wei] Univ Technol, Sibu, Malaysia." or an address without names, which belongs to all when it is the only one.
void read_addresses(const std::vector<std::string_view>& lines, const std::unordered_map<std::string, std::size_t>& person_of, Record& record) {
  std::vector<std::string> addresses;
  for (const std::string_view line : lines) {
    // A line that neither begins with "[" nor follows a full stop goes on with the address before.
    const bool goes_on = !addresses.empty() && !line.starts_with('[') && !addresses.back().ends_with('.');
    if (goes_on) {
      addresses.back() += ' ' + std::string(line);
    } else {
      addresses.emplace_back(line);
    }
  }
  for (const std::string& address : addresses) {
    const std::size_t close = address.starts_with('[') ? address.find(']') : std::string::npos;
    const std::int32_t organisation = add_wos_address(record, close == std::string::npos ? address : std::string_view(address).substr(close + 1));
    if (close != std::string::npos) {
      for (const std::string& name : split_list(std::string_view(address).substr(1, close - 1), ";")) {
        const auto person = person_of.find(to_lower_ascii(name));
        if (person != person_of.end()) link_person(record.persons[person->second], organisation);
      }
    } else if (addresses.size() == 1) {
      for (Person& person : record.persons) link_person(person, organisation);
    }
  }
}

// "Guerrero, Francisco/0000-0002-8983-3003; Dou, Zhiguo/0000-0001-8031-4330"
void read_person_ids(std::string_view value, const std::unordered_map<std::string, std::size_t>& person_of, Record& record, bool orcid) {
  for (const std::string& entry : split_list(value, ";")) {
    const std::size_t slash = entry.find('/');
    if (slash == std::string::npos || slash + 1 == entry.size()) continue;
    const auto person = person_of.find(to_lower_ascii(trim(entry.substr(0, slash))));
    if (person == person_of.end()) continue;
    if (orcid) {
      record.persons[person->second].orcid = normalize_identifier("orcid", entry.substr(slash + 1));
    } else {
      record.persons[person->second].source_id = trim(entry.substr(slash + 1));
    }
  }
}

// Derwent: "BIG CO LTD (BIGC-C)", "(BIGC-Non-standard)".
std::string_view without_assignee_code(std::string_view name) {
  const std::size_t open = name.rfind(" (");
  const bool code = name.ends_with(')') && open != std::string_view::npos && name.find('-', open) != std::string_view::npos && name.size() - open <= 21;
  return code ? name.substr(0, open) : name;
}

// Derwent: "CN112447000-A   05 Mar 2021   H01M-010/0562   202125   Pages: 12   Chinese": columns apart by several blanks.
std::vector<std::string> derwent_columns(std::string_view line) { return split_trimmed(line, "  "); }

void add_applications(Record& record, const std::vector<std::string_view>& lines) {
  for (const std::string_view line : lines) {
    const auto columns = derwent_columns(line);
    if (columns.size() >= 2) add_identifier(record, "application", columns[1]);
  }
}

// The citing publication heads those it cites.
void add_cited_patents(Record& record, const std::vector<std::string_view>& lines) {
  for (const std::string_view line : lines) {
    const auto columns = derwent_columns(line);
    const std::string number = columns.empty() ? "" : normalize_identifier("patent", columns[0]);
    if (columns.size() < 2 || number.empty()) continue;
    Reference reference;
    reference.text = collapse_spaces(line);
    reference.other = "patent:" + number;
    record.references.push_back(std::move(reference));
  }
}

// "L03 (Chemical features); X16-B01F"
void add_derwent_classes(Record& record, std::string_view value) {
  for (const std::string& entry : split_list(value, ";")) {
    const std::size_t open = entry.find(" (");
    std::string label = open == std::string::npos ? "" : entry.substr(open + 2);
    if (label.ends_with(')')) label.pop_back();
    record.classifications.push_back({"derwent", entry.substr(0, open), std::move(label)});
  }
}

struct Parts {
  std::vector<std::string_view> short_names, full_names, addresses, editors;
  std::string_view orcids, researcher_ids, begin_page, end_page, pages, article_number, reprint, month, early_access, document_type, publication_type;
};

// Full names (AF) where given; the short ones (AU) are what brackets and ids may use instead.
std::unordered_map<std::string, std::size_t> read_persons(const Parts& parts, Record& record) {
  std::unordered_map<std::string, std::size_t> person_of;
  const std::string_view role = record.kind == RecordKind::patent ? "inventor" : std::string_view();
  const auto& names = parts.full_names.size() >= parts.short_names.size() ? parts.full_names : parts.short_names;
  for (std::size_t i = 0; i < names.size(); ++i) {
    std::string_view name = names[i];
    if (const std::size_t mail = name.find(" ("); mail != std::string_view::npos && name.find('@', mail) != std::string_view::npos) name = name.substr(0, mail);
    const std::size_t before = record.persons.size();
    add_persons(record, name, ";", role);
    if (record.persons.size() != before + 1) continue;
    person_of.emplace(to_lower_ascii(record.persons[before].name), before);
    if (i < parts.short_names.size()) person_of.emplace(to_lower_ascii(trim(parts.short_names[i])), before);
  }
  for (const std::string_view name : parts.editors) add_persons(record, name, ";", "editor");
  return person_of;
}

void build(const TaggedRecord& fields, Record& record) {
  Parts parts;
  const auto append = [&](std::vector<std::string_view>& list, const TaggedRecord::Field& field) {
    const auto lines = fields.lines(field);
    list.insert(list.end(), lines.begin(), lines.end());
  };
  for (const TaggedRecord::Field& field : fields.fields) {
    const std::string_view value = trim(fields.value(field));
    if (value.empty()) continue;
    switch (code(fields.tag(field))) {
      case code("PT"): parts.publication_type = value; break;
      case code("DT"): parts.document_type = value; break;
      case code("AU"): append(parts.short_names, field); break;
      case code("AF"): append(parts.full_names, field); break;
      case code("BE"): case code("ED"): append(parts.editors, field); break;
      case code("TI"): set_text(record.title, value); break;
      case code("FT"): set_text(record.title_translated, value); break;
      case code("SO"): set_text(record.venue, value); break;
      case code("AB"): set_text(record.abstract, value); break;
      case code("DE"): case code("ID"): add_keywords(record, value, ";"); break;
      case code("LA"): record.language = language_code(value); break;
      case code("C1"): append(parts.addresses, field); break;
      case code("RP"): parts.reprint = value; break;
      case code("CR"): for (const std::string_view line : fields.lines(field)) record.references.push_back(parse_wos_reference(line)); break;
      case code("TC"): if (!record.citation_count) set_citation_count(record, value); break;
      case code("Z9"): set_citation_count(record, value); break;
      case code("PY"): refine_date(record, value); break;
      case code("PD"): parts.month = value; break;
      case code("EA"): parts.early_access = value; break;
      case code("VL"): set_text(record.volume, value); break;
      case code("IS"): set_text(record.issue, value); break;
      case code("BP"): case code("BR"): parts.begin_page = value; break;
      case code("EP"): parts.end_page = value; break;
      case code("PS"): parts.pages = value; break;
      case code("AR"): parts.article_number = value; break;
      case code("DI"): add_identifier(record, "doi", value); break;
      case code("SN"): case code("EI"): case code("BN"): add_serial_numbers(record, value); break;
      case code("UT"): record.provenance.own_id = collapse_spaces(value); break;
      case code("PM"): add_identifier(record, "pmid", value); break;
      case code("PN"): for (const std::string& number : split_list(value, ";,")) add_identifier(record, "patent", number); break;
      case code("AE"): for (const std::string& assignee : split_list(value, ";\n")) add_organisation(record, without_assignee_code(assignee), "", "applicant"); break;
      case code("AD"): add_applications(record, fields.lines(field)); break;
      case code("CP"): add_cited_patents(record, fields.lines(field)); break;
      case code("DC"): case code("MC"): add_derwent_classes(record, value); break;
      case code("PU"): set_text(record.publisher, value); break;
      case code("WC"): for (std::string& label : split_list(value, ";")) record.classifications.push_back({"wos", {}, std::move(label)}); break;
      case code("SC"): for (std::string& label : split_list(value, ";")) record.classifications.push_back({"discipline", {}, std::move(label)}); break;
      case code("IP"): for (const std::string& symbol : split_list(value, ";")) record.classifications.push_back({"ipc", patent_symbol(symbol), {}}); break;
      case code("FU"): add_funding(record, value); break;
      case code("OI"): parts.orcids = value; break;
      case code("RI"): parts.researcher_ids = value; break;
      default: break;
    }
  }
  set_type(record, parts.publication_type);
  // "Article; Proceedings Paper": the first known kind; a patent stays one.
  if (record.kind != RecordKind::patent && !set_type(record, parts.document_type)) {
    for (const std::string& type : split_list(parts.document_type, ";")) {
      if (set_type(record, type)) break;
    }
  }
  const auto person_of = read_persons(parts, record);
  read_addresses(parts.addresses, person_of, record);
  if (parts.addresses.empty() && !parts.reprint.empty()) {
    const std::size_t mark = parts.reprint.find("author),");
    if (mark != std::string_view::npos) add_wos_address(record, parts.reprint.substr(mark + 8));
  }
  read_person_ids(parts.orcids, person_of, record, true);
  read_person_ids(parts.researcher_ids, person_of, record, false);
  if (record.kind == RecordKind::patent) {
    const auto columns = derwent_columns(parts.month.substr(0, parts.month.find('\n')));
    if (columns.size() >= 2) refine_date(record, columns[1]);
  }
  if (!record.date.known()) refine_date(record, parts.early_access);
  if (!record.date.known()) refine_date(record, parts.month);
  refine_date_within_year(record, parts.month);
  set_pages(record, parts.begin_page, parts.end_page);
  set_pages(record, parts.pages, {});
  set_pages(record, parts.article_number, {});
  const std::string& own_id = record.provenance.own_id;
  record.provenance.source = own_id.starts_with("INSPEC") ? "inspec" : own_id.starts_with("DIIDW") ? "derwent" : own_id.starts_with("MEDLINE") ? "medline" : own_id.starts_with("BIOSIS") || own_id.starts_with("BCI") ? "biosis" : "wos";
  if (own_id.starts_with("WOS:") || own_id.starts_with("ISI:")) add_identifier(record, "wos", own_id);
  if (own_id.starts_with("MEDLINE:")) add_identifier(record, "pmid", std::string_view(own_id).substr(8));
}

}  // namespace

double recognise_wos(const Sample& sample) {
  const bool header = has_line(sample.text, "FN ") && has_line(sample.text, "VR ");
  const bool record = has_line(sample.text, "PT ") && (has_line(sample.text, "UT ") || has_line(sample.text, "ER"));
  if (!has_line(sample.text, "PT ")) return sample.name.ends_with(".ciw") ? 0.3 : 0.0;
  return header ? 0.98 : record ? 0.8 : 0.0;
}

Result<> read_wos(ByteStream& stream, const ReadOptions&, RecordSink& sink, Progress& progress) {
  static constexpr TaggedDialect kDialect = {classify, false, build, "wos"};
  return read_tagged(stream, kDialect, sink, progress);
}

}  // namespace jianwei::sources

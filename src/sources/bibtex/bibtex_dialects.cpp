#include "sources/bibtex/bibtex_dialects.h"

#include <algorithm>

#include "base/strings.h"
#include "records/country.h"
#include "records/identifier.h"
#include "records/unicode.h"
#include "sources/bibtex/latex.h"
#include "sources/tagged/record_fields.h"

namespace jianwei::sources {
namespace {

// The lines of a WoS value: an entry may run over several, and ends with a full stop.
std::vector<std::string> sentences(std::string_view text) {
  std::vector<std::string> list;
  bool open = false;
  for (const std::string_view piece : split(text, "\n")) {
    const std::string_view line = trim(piece);
    if (line.empty()) continue;
    if (open) {
      list.back() += ' ' + std::string(line);
    } else {
      list.emplace_back(line);
    }
    open = !line.ends_with('.');
  }
  return list;
}

// "Greco, Salvatore; Roy, Bernard, Univ Catania, Dept Econ, Catania, Italy."
void read_wos_affiliations(std::string_view text, Record& record) {
  const std::vector<std::string> lines = sentences(text);
  for (const std::string& line : lines) {
    std::string_view rest = line;
    const std::size_t reprint = rest.find("orresponding");
    if (reprint != std::string_view::npos && lines.size() > 1) continue;  // given again with the others
    if (const std::size_t close = rest.find("uthor), "); reprint != std::string_view::npos && close != std::string_view::npos) rest = rest.substr(close + 8);
    std::vector<Person*> named;
    for (bool found = true; found;) {
      found = false;
      for (Person& person : record.persons) {
        if (person.name.empty() || !rest.starts_with(person.name) || rest.size() < person.name.size() + 2) continue;
        const char next = rest[person.name.size()];
        if (next != ',' && next != ';') continue;
        named.push_back(&person);
        rest = trim(rest.substr(person.name.size() + 1));
        found = true;
        break;
      }
    }
    const std::int32_t organisation = add_organisation(record, rest.substr(0, rest.find(',')), country_of_address(rest));
    if (organisation < 0) continue;
    for (Person* person : named) {
      if (std::find(person->organisations.begin(), person->organisations.end(), organisation) == person->organisations.end()) person->organisations.push_back(organisation);
    }
  }
}

void read_wos_orcids(std::string_view text, Record& record) {
  for (const std::string_view piece : split(text, "\n")) {
    for (const std::string& entry : split_list(piece, ";")) {
      const std::size_t slash = entry.rfind('/');
      if (slash == std::string::npos) continue;
      const auto person = std::find_if(record.persons.begin(), record.persons.end(), [&](const Person& p) { return p.name == trim(std::string_view(entry).substr(0, slash)); });
      if (person != record.persons.end()) person->orcid = normalize_identifier("orcid", std::string_view(entry).substr(slash + 1));
    }
  }
}

// "Ministero dell'Istruzione, MIUR, 2017CY2NCA, 2018XY": the parts with digits are awards. Scopus writes the funder's name twice over.
void read_scopus_funding(std::string_view text, Record& record) {
  const std::vector<std::string> parts = split_list(text, ",");
  if (parts.empty()) return;
  std::string funder = parts[0];
  const std::string_view whole = funder;
  if (whole.size() % 2 == 0 && whole.substr(0, whole.size() / 2) == whole.substr(whole.size() / 2)) funder.resize(funder.size() / 2);
  bool has_award = false;
  for (std::size_t i = 1; i < parts.size(); ++i) {
    if (std::none_of(parts[i].begin(), parts[i].end(), is_digit)) continue;
    record.funding.push_back({funder, parts[i]});
    has_award = true;
  }
  if (!has_award) record.funding.push_back({funder, {}});
}

bool is_initials(std::string_view text) { return !text.empty() && text.size() <= 16 && text.ends_with('.') && std::count(text.begin(), text.end(), '.') >= 1 && text[0] >= 'A'; }

}  // namespace

Reference parse_scopus_reference(std::string_view text) {
  Reference reference;
  reference.text = clean_text(text);
  const std::string_view whole = reference.text;
  std::size_t open = whole.find(" (");
  for (; open != std::string_view::npos; open = whole.find(" (", open + 1)) {
    const auto year = parse_int(whole.substr(open + 2, 4));
    if (!year || *year < 1000 || *year > 2999 || open + 6 >= whole.size() || whole[open + 6] != ')') continue;
    reference.year = static_cast<std::int16_t>(*year);
    break;
  }
  const std::vector<std::string_view> parts = split(whole.substr(0, open), ", ");
  std::size_t at = 0;
  while (at + 1 < parts.size() && is_initials(trim(parts[at + 1]))) at += 2;
  if (at > 0) reference.author = std::string(trim(parts[0])) + ", " + std::string(trim(parts[1]));
  if (reference.year != 0) {
    if (at < parts.size()) reference.title = trim(whole.substr(static_cast<std::size_t>(parts[at].data() - whole.data()), open - static_cast<std::size_t>(parts[at].data() - whole.data())));
    const std::string_view behind = trim(whole.substr(std::min(open + 7, whole.size())));
    reference.venue = trim(behind.substr(0, behind.find(',')));
  }
  if (whole.find("10.") != std::string_view::npos && to_lower_ascii(whole).find("doi") != std::string::npos) reference.doi = find_doi(whole);
  return reference;
}

bool read_dialect_field(std::string_view name, std::string_view latex, Record& record) {
  if (name == "cited-references") {
    for (const std::string& line : sentences(latex_to_text(latex))) {
      record.references.push_back(parse_wos_reference(std::string_view(line).substr(0, line.ends_with('.') ? line.size() - 1 : line.size())));
    }
  } else if (name == "references") {
    const std::string text = latex_to_text(latex);
    for (const std::string_view reference : split(text, "; ")) {
      if (!trim(reference).empty()) record.references.push_back(parse_scopus_reference(reference));
    }
  } else if (name == "times-cited") {
    set_citation_count(record, latex);
  } else if (name == "note" || name == "annote") {
    for (const std::string_view mark : {"cited By", "Cited by", "Cited By", "Times Cited"}) {
      if (const std::size_t at = latex.find(mark); at == 0) set_citation_count(record, latex.substr(mark.size()));
    }
    if (const std::size_t pmid = latex.find("PMID"); pmid != std::string_view::npos) {
      std::string digits;
      for (const char c : latex.substr(pmid)) {
        if (is_digit(c)) digits += c;
        else if (!digits.empty()) break;
      }
      add_identifier(record, "pmid", digits);
    }
  } else if (name == "unique-id") {
    std::string id = latex_to_identifier(latex);
    if (id.starts_with("WOS:") || id.starts_with("ISI:")) add_identifier(record, "wos", id);
    record.provenance.own_id = std::move(id);
  } else if (name == "research-areas" || name == "web-of-science-categories") {
    for (std::string& label : split_list(latex_to_text(latex), ";")) record.classifications.push_back({name == "research-areas" ? "discipline" : "wos", {}, std::move(label)});
  } else if (name == "funding-acknowledgement") {
    add_funding(record, collapse_spaces(latex_to_text(latex)));
  } else if (name == "funding_details") {
    read_scopus_funding(latex_to_text(latex), record);
  } else if (name == "document_type") {
    set_type(record, latex_to_identifier(latex));
  } else {
    return false;
  }
  return true;
}

void read_dialect_entry(const BibtexEntry& entry, Record& record) {
  const bool is_wos = !entry.field("unique-id").empty() || entry.key.starts_with("WOS:") || entry.key.starts_with("ISI:");
  if (is_wos && (entry.key.starts_with("WOS:") || entry.key.starts_with("ISI:"))) add_identifier(record, "wos", entry.key);
  const std::string affiliation = latex_to_text(entry.field(entry.field("affiliation").empty() ? "affiliations" : "affiliation"));
  if (is_wos) {
    read_wos_affiliations(affiliation, record);
    read_wos_orcids(latex_to_text(entry.field("orcid-numbers")), record);
  } else {
    for (const std::string& address : split_list(affiliation, ";")) add_affiliation(record, address);
  }

  Provenance& provenance = record.provenance;
  const std::string_view doi = find_identifier(record, "doi");
  // The ACM Digital Library takes the DOI as key, for papers of other publishers too.
  const bool is_acm = !entry.field("acmid").empty() || (doi.starts_with("10.1145/") && record.url.find("dl.acm.org") != std::string::npos) ||
                      (entry.key.starts_with("10.") && entry.key.find('/') != std::string::npos && (!entry.field("numpages").empty() || record.publisher == "Association for Computing Machinery"));
  const std::string from = recognise_source(std::string(entry.field("source")) + ' ' + std::string(entry.field("bibsource")) + ' ' + std::string(entry.field("biburl")));
  provenance.source = is_wos ? "wos" : is_acm ? "acm" : !from.empty() ? from : recognise_source(record.url) == "scopus" ? "scopus" : "bibtex";
  if (provenance.source == "scopus") {
    if (const std::size_t eid = record.url.find("2-s2.0-"); eid != std::string::npos) {
      provenance.own_id = record.url.substr(eid, record.url.find('&', eid) - eid);
      add_identifier(record, "scopus", provenance.own_id);
    }
  }
}

}  // namespace jianwei::sources

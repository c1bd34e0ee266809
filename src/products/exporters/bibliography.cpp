// RIS and BibTeX writers, and records as rows of a table.
#include "products/exporters/bibliography.h"

#include <fmt/format.h>

#include <array>
#include <unordered_map>
#include <utility>

#include "base/strings.h"
#include "records/identifier.h"
#include "records/unicode.h"

namespace jianwei::products {
namespace {

struct TypeNames {
  std::string_view type, ris, bibtex;
};
constexpr std::array<TypeNames, 14> kTypes = {{{"article", "JOUR", "article"},
                                               {"review", "JOUR", "article"},
                                               {"conference_paper", "CONF", "inproceedings"},
                                               {"proceedings", "CONF", "proceedings"},
                                               {"preprint", "UNPB", "unpublished"},
                                               {"thesis", "THES", "phdthesis"},
                                               {"report", "RPRT", "techreport"},
                                               {"book", "BOOK", "book"},
                                               {"chapter", "CHAP", "incollection"},
                                               {"dataset", "DATA", "misc"},
                                               {"patent", "PAT", "misc"},
                                               {"news", "NEWS", "misc"},
                                               {"law", "STAT", "misc"},
                                               {"grant", "GRANT", "misc"}}};

TypeNames type_names(const Record& record) {
  const std::string_view type = record.kind == RecordKind::patent ? std::string_view("patent") : record.kind == RecordKind::project && record.type.empty() ? "grant" : std::string_view(record.type);
  for (const TypeNames& names : kTypes) {
    if (names.type == type) return names;
  }
  return {type, "GEN", "misc"};
}

// A field on one line: formats know no line breaks inside values.
std::string one_line(std::string_view text) { return collapse_spaces(text); }

std::pair<std::string_view, std::string_view> split_pages(std::string_view pages) {
  for (const std::string_view dash : {"--", "–", "-"}) {
    if (const std::size_t at = pages.find(dash); at != std::string_view::npos) return {trim(pages.substr(0, at)), trim(pages.substr(at + dash.size()))};
  }
  return {trim(pages), {}};
}

std::string address(const Organisation& organisation) {
  if (organisation.country.empty() || organisation.name.ends_with(organisation.country)) return organisation.name;
  return organisation.name + ", " + organisation.country;
}

bool is_author(const Person& person) { return person.role.empty() || person.role == "author" || person.role == "inventor" || person.role == "investigator"; }

void append_ris(std::string& out, const Record& record) {
  const auto add = [&out](std::string_view tag, std::string_view value) {
    if (!trim(value).empty()) out += fmt::format("{}  - {}\r\n", tag, one_line(value));
  };
  const bool is_patent = record.kind == RecordKind::patent;
  add("TY", type_names(record).ris);
  add("TI", record.title);
  add("TT", record.title_translated);
  for (const Person& person : record.persons) {
    if (is_author(person)) add("AU", person.name);
    if (person.role == "editor" || person.role == "advisor") add("A2", person.name);
  }
  if (record.date.known()) add("PY", fmt::to_string(record.date.year));
  if (record.date.month != 0) add("DA", replace_all(to_string(record.date), "-", "/"));
  add(record.type == "conference_paper" || record.type == "chapter" || record.type == "proceedings" ? "T2" : "JF", record.venue);
  add("VL", record.volume);
  add("IS", record.issue);
  const auto [first_page, last_page] = split_pages(record.pages);
  add("SP", first_page);
  add("EP", last_page);
  if (!is_patent) add("PB", record.publisher);
  add("AB", record.abstract);
  for (const std::string& keyword : record.keywords) add("KW", keyword);
  add("DO", find_identifier(record, "doi"));
  for (const Identifier& identifier : record.identifiers) {
    if (!is_patent && (identifier.scheme == "issn" || identifier.scheme == "isbn")) add("SN", identifier.value);
    if (is_patent && identifier.scheme == "patent") add("M1", identifier.value);
    if (identifier.scheme == "pmid") add("PM", identifier.value);
  }
  for (const Organisation& organisation : record.organisations) {
    if (organisation.role == "applicant") add("PB", organisation.name);
    if (organisation.role.empty() || organisation.role == "affiliation") add("AD", address(organisation));
  }
  add("LA", record.language);
  if (record.citation_count) add("TC", fmt::to_string(*record.citation_count));
  add("UR", record.url);
  add("ID", record.provenance.own_id);
  out += "ER  - \r\n\r\n";
}

std::string escape_tex(std::string_view text) {
  std::string out;
  for (const char c : one_line(text)) {
    switch (c) {
      case '&': case '%': case '$': case '#': case '_': case '{': case '}':
        out += '\\';
        out += c;
        break;
      case '\\': out += "\\textbackslash{}"; break;
      case '~': out += "\\textasciitilde{}"; break;
      case '^': out += "\\textasciicircum{}"; break;
      default: out += c;
    }
  }
  return out;
}

// Letters and digits only: keys with other characters break old tools. Han characters are kept: biber reads them.
std::string key_part(std::string_view text) {
  std::string out;
  const std::string folded = strip_marks(fold_case(text));
  for (std::size_t i = 0; i < folded.size();) {
    const CodePoint point = decode_utf8(std::string_view(folded).substr(i));
    if (is_letter(point.value) || (point.value >= U'0' && point.value <= U'9')) append_utf8(out, point.value);
    i += static_cast<std::size_t>(point.length);
  }
  return out;
}

std::string family_name(const Record& record) {
  for (const Person& person : record.persons) {
    if (is_author(person)) return person.family.empty() ? std::string(person.name.substr(0, person.name.find(','))) : person.family;
  }
  return record.organisations.empty() ? "anon" : record.organisations.front().name;
}

std::string first_long_word(std::string_view title) {
  for (const std::string_view word : split(title, " ")) {
    std::string part = key_part(word);
    if (part.size() >= 4) return part;
  }
  return key_part(title);
}

std::string citation_key(const Record& record, std::unordered_map<std::string, int>& used) {
  const std::string base = fmt::format("{}{}{}", key_part(family_name(record)), record.date.known() ? fmt::to_string(record.date.year) : "", first_long_word(record.title));
  const int repeat = used[base]++;
  if (repeat == 0) return base;
  return repeat <= 26 ? fmt::format("{}-{}", base, static_cast<char>('a' + repeat - 1)) : fmt::format("{}-{}", base, repeat);
}

// "Family, Given" of persons; names of one part that are not Chinese are kept whole in braces.
std::string tex_names(const Record& record, bool editors) {
  std::string out;
  for (const Person& person : record.persons) {
    if (editors ? person.role != "editor" : !is_author(person)) continue;
    if (!out.empty()) out += " and ";
    const bool whole = person.name.find(',') == std::string::npos && person.name.find(' ') != std::string::npos;
    out += whole ? "{" + escape_tex(person.name) + "}" : escape_tex(person.name);
  }
  return out;
}

void append_bibtex(std::string& out, const Record& record, std::unordered_map<std::string, int>& used) {
  const std::string_view type = type_names(record).bibtex;
  out += fmt::format("@{}{{{},\n", type, citation_key(record, used));
  const auto add = [&out](std::string_view name, const std::string& value) {
    if (!value.empty()) out += fmt::format("  {} = {{{}}},\n", name, value);
  };
  if (!record.title.empty()) add("title", "{" + escape_tex(record.title) + "}");
  add("author", tex_names(record, false));
  add("editor", tex_names(record, true));
  static constexpr std::array<std::string_view, 12> kMonths = {"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"};
  if (record.date.known()) add("year", fmt::to_string(record.date.year));
  if (record.date.month != 0) out += fmt::format("  month = {},\n", kMonths[static_cast<std::size_t>(record.date.month - 1)]);
  const std::string_view venue_field = type == "article" ? "journal" : type == "inproceedings" || type == "incollection" ? "booktitle" : type == "phdthesis" ? "school" : type == "techreport" ? "institution" : "howpublished";
  add(venue_field, escape_tex(record.venue));
  add("volume", escape_tex(record.volume));
  add("number", escape_tex(record.issue));
  const auto [first_page, last_page] = split_pages(record.pages);
  add("pages", last_page.empty() ? escape_tex(first_page) : escape_tex(first_page) + "--" + escape_tex(last_page));
  add("publisher", escape_tex(record.publisher));
  add("doi", escape_tex(find_identifier(record, "doi")));
  add("issn", escape_tex(find_identifier(record, "issn")));
  add("isbn", escape_tex(find_identifier(record, "isbn")));
  if (const std::string_view arxiv = find_identifier(record, "arxiv"); !arxiv.empty()) {
    add("eprint", escape_tex(arxiv));
    add("archiveprefix", "arXiv");
  }
  add("url", replace_all(replace_all(one_line(record.url), "{", "%7B"), "}", "%7D"));
  add("keywords", escape_tex(join(record.keywords, "; ")));
  add("abstract", escape_tex(record.abstract));
  add("language", escape_tex(record.language));
  out += "}\n\n";
}

template <class List, class Text>
std::string joined(const List& list, const Text& text) {
  std::string out;
  for (const auto& item : list) {
    const std::string part = text(item);
    if (part.empty()) continue;
    if (!out.empty()) out += "; ";
    out += part;
  }
  return out;
}

}  // namespace

std::string to_ris(std::span<const Record> records) {
  std::string out;
  for (const Record& record : records) append_ris(out, record);
  return out;
}

std::string to_bibtex(std::span<const Record> records) {
  std::string out;
  std::unordered_map<std::string, int> used;
  for (const Record& record : records) append_bibtex(out, record, used);
  return out;
}

Sheet record_sheet(std::span<const Record> records) {
  Sheet sheet;
  sheet.name = "records";
  sheet.columns = {"id",       "kind",      "type",         "title",     "title_translated", "authors",   "affiliations", "country", "year",   "date", "language", "venue", "volume", "issue", "pages",
                   "publisher", "doi",      "identifiers",  "keywords",  "classifications",  "abstract",  "funding",      "citations", "amount", "currency", "references", "url", "source"};
  sheet.rows.reserve(records.size());
  for (const Record& record : records) {
    std::vector<Cell> row;
    const auto text = [&row](std::string_view value) {
      row.emplace_back();
      if (!value.empty()) row.back() = std::string(value);
    };
    const auto number = [&row](bool known, auto value) {
      row.emplace_back();
      if (known) row.back() = value;
    };
    text(record.provenance.own_id);
    text(to_string(record.kind));
    text(record.type);
    text(record.title);
    text(record.title_translated);
    text(joined(record.persons, [](const Person& person) { return is_author(person) ? person.name : std::string(); }));
    text(joined(record.organisations, [](const Organisation& organisation) { return organisation.role.empty() || organisation.role == "affiliation" ? organisation.name : std::string(); }));
    text(joined(record.organisations, [](const Organisation& organisation) { return organisation.role.empty() || organisation.role == "affiliation" ? organisation.country : std::string(); }));
    number(record.date.known(), std::int64_t{record.date.year});
    text(to_string(record.date));
    text(record.language);
    text(record.venue);
    text(record.volume);
    text(record.issue);
    text(record.pages);
    text(record.publisher);
    text(find_identifier(record, "doi"));
    text(joined(record.identifiers, [](const Identifier& identifier) { return identifier.scheme == "doi" ? std::string() : identifier.scheme + ":" + identifier.value; }));
    text(join(record.keywords, "; "));
    text(joined(record.classifications, [](const Classification& c) { return c.scheme + ":" + (c.code.empty() ? c.label : c.code); }));
    text(record.abstract);
    text(joined(record.funding, [](const Funding& funding) { return funding.award.empty() ? funding.funder : funding.funder + " " + funding.award; }));
    number(record.citation_count.has_value(), record.citation_count.value_or(0));
    number(record.amount.has_value(), record.amount.value_or(0.0));
    text(record.currency);
    text(joined(record.references, [](const Reference& reference) { return !reference.doi.empty() ? "doi:" + reference.doi : !reference.other.empty() ? reference.other : reference.text; }));
    text(record.url);
    text(record.provenance.source);
    sheet.rows.push_back(std::move(row));
  }
  return sheet;
}

}  // namespace jianwei::products

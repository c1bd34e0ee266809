// What the cells of literature databases hold beyond one value per column.
#include <algorithm>

#include "base/strings.h"
#include "records/country.h"
#include "records/identifier.h"
#include "sources/tables/databases.h"

namespace jianwei::sources {
namespace {

bool is_placeholder(std::string_view text) { return text.empty() || text.starts_with("[No "); }  // "[No abstract available]"

void add_people(Draft& draft, std::span<const std::string> names, bool family_first, std::string_view role = "") {
  for (const std::string& name : names) {
    Person person = parse_person(name, family_first);
    person.role = role;
    if (!person.name.empty()) draft.record.persons.push_back(std::move(person));
  }
}

// "Author A., Author B., Title, Journal, 12, pp. 1-9, (2015)" and, before 2022, "Author, A., Author, B., Title (2015) Journal, 12".
Reference scopus_reference(const std::string& text) {
  Reference reference = parse_reference(text);
  const std::string& line = reference.text;
  const std::size_t year_at = reference.year == 0 ? std::string::npos : line.rfind(fmt::format("({})", reference.year));
  const std::vector<std::string> parts = split_trimmed(line, ", ");
  const auto is_author = [](std::string_view part) { return part.size() < 40 && part.ends_with('.') && part.find(' ') != std::string_view::npos; };
  const auto is_initial = [](std::string_view part) { return part.size() <= 8 && part.ends_with('.') && part[0] >= 'A' && part[0] <= 'Z'; };
  std::size_t i = 0;
  while (i < parts.size()) {
    if (is_author(parts[i]) || parts[i] == "et al." || is_initial(parts[i])) ++i;
    else if (i + 1 < parts.size() && is_initial(parts[i + 1])) i += 2;
    else break;
  }
  if (i < parts.size()) {
    std::string title = parts[i];
    const std::size_t bracket = year_at == std::string::npos ? std::string::npos : title.find(fmt::format(" ({})", reference.year));
    if (bracket != std::string::npos) {
      reference.venue = std::string(trim(std::string_view(title).substr(std::min(title.size(), bracket + 7))));
      title.resize(bracket);
    } else if (i + 1 < parts.size() && !is_digit(parts[i + 1][0]) && parts[i + 1][0] != '(') {
      reference.venue = parts[i + 1];
    }
    reference.title = title;
  }
  if (i == 0) reference.author.clear();
  return reference;
}

// The cells that need more than a rule, under the tags of the tab-delimited export or under the names of the Excel one.
struct WosCells {
  std::string_view authors, full_names, month, year, first_page, article_number, addresses, orcids, id;
};

void refine_wos_cells(const WosCells& cells, Draft& draft) {
  Record& record = draft.record;
  const std::string_view names = cells.full_names.empty() ? cells.authors : cells.full_names;
  add_people(draft, split_trimmed(names, ";"), true);
  std::stable_partition(record.persons.begin(), record.persons.end(), [](const Person& person) { return person.role.empty(); });
  const auto month = parse_month(cells.month.substr(0, 3));
  if (month != 0) draft.add_one(plain_column(Field::month), cells.month.substr(0, 3));
  // "MAY 21": month and day.
  const auto day = cells.month.size() > 4 ? parse_int(trim(cells.month.substr(4))) : std::nullopt;
  if (month != 0 && day && *day >= 1 && *day <= 31) {
    if (const auto date = parse_date(fmt::format("{}-{:02}-{:02}", cells.year, month, *day))) record.date = *date;
  }
  if (cells.first_page.empty()) draft.add_one(plain_column(Field::pages), cells.article_number);
  // C1: "[Family, Given; Family, Given] Address; [..] Address"; without brackets the addresses belong to nobody in particular.
  for (std::string entry : split_outside_brackets(cells.addresses, ';')) {
    std::vector<std::string> owners;
    if (entry.starts_with('[')) {
      const std::size_t close = entry.find(']');
      if (close == std::string::npos) continue;
      owners = split_trimmed(entry.substr(1, close - 1), ";");
      entry = entry.substr(close + 1);
    }
    std::string name = clean_value(entry);
    while (!name.empty() && name.back() == '.') name.pop_back();
    if (name.empty()) continue;
    const std::int32_t index = draft.add_organisation({name, country_of_address(name), "", ""});
    for (const std::string& owner : owners) {
      const Person wanted = parse_person(owner, true);
      for (Person& person : record.persons) {
        if (person.name == wanted.name && std::find(person.organisations.begin(), person.organisations.end(), index) == person.organisations.end()) person.organisations.push_back(index);
      }
    }
  }
  // OI: "Family, Given/0000-0000-0000-0000; ..."
  for (const std::string& entry : split_trimmed(cells.orcids, ";")) {
    const std::size_t slash = entry.rfind('/');
    if (slash == std::string::npos) continue;
    const Person wanted = parse_person(entry.substr(0, slash));
    for (Person& person : record.persons) {
      if (person.orcid.empty() && equals_ignore_case(person.name, wanted.name)) person.orcid = normalize_identifier("orcid", entry.substr(slash + 1));
    }
  }
  if (cells.id.starts_with("WOS:")) add_identifier(record, "wos", cells.id);
}

}  // namespace

// Some exports repeat "Funding Text" cells the header names once; the EID in the last cell tells that everything behind has moved.
void realign_scopus(std::span<const std::string> keys, std::vector<std::string_view>& cells) {
  const auto text = std::find(keys.begin(), keys.end(), "fundingtext1");
  if (text == keys.end() || keys.back() != "eid" || !trim(cells.back()).starts_with("2-s2.0-")) return;
  const auto first = cells.begin() + (text - keys.begin()) + 1;
  cells.erase(first, first + static_cast<std::ptrdiff_t>(cells.size() - keys.size()));
}

void refine_scopus(const RowView& row, Draft& draft) {
  Record& record = draft.record;
  const std::string_view full = row["authorfullnames"];
  const std::string_view shorter = row["authors"];
  if (!is_placeholder(full)) {
    add_people(draft, split_trimmed(full, ";"), false);
  } else if (!is_placeholder(shorter)) {
    // ";" since 2022; before, "Phillips J.C., Braun R." or "Kauffman, R.J., Ma, D.".
    std::vector<std::string> names = split_trimmed(shorter, shorter.find(';') != std::string_view::npos ? ";" : ", ");
    std::vector<std::string> joined;
    for (std::string& name : names) {
      const bool initials = name.size() <= 8 && name.ends_with('.') && name.find(' ') == std::string::npos;
      if (initials && !joined.empty() && joined.back().find_first_of(".,") == std::string::npos) joined.back() += ", " + name;
      else joined.push_back(std::move(name));
    }
    add_people(draft, joined, true);
  }
  const auto ids = split_trimmed(row["authorsid"], ";");
  std::size_t authors = 0;
  for (const Person& person : record.persons) authors += person.role.empty() ? 1 : 0;
  if (ids.size() == authors) {
    std::size_t i = 0;
    for (Person& person : record.persons) {
      if (person.role.empty()) person.source_id = ids[i++];
    }
  }
  // Editors, read from their own column before, come behind the authors.
  std::stable_partition(record.persons.begin(), record.persons.end(), [](const Person& person) { return person.role.empty(); });
  if (!is_placeholder(row["abstract"])) record.abstract = clean_value(row["abstract"]);
  // The authors of one reference are also separated by ";": a reference ends with its year, "(2015)" or, before 2022, holds it.
  std::string pending;
  for (const std::string& part : split_trimmed(row["references"], "; ")) {
    pending += pending.empty() ? part : ", " + part;
    const bool author_only = part.size() < 40 && part.find('(') == std::string::npos && part.find(", ") == std::string::npos && part.ends_with('.');
    if (author_only) continue;
    record.references.push_back(scopus_reference(pending));
    pending.clear();
  }
  if (!pending.empty()) record.references.push_back(scopus_reference(pending));
  if (row["pagestart"].empty()) draft.add_one(plain_column(Field::pages), row["artno"]);
  add_identifier(record, "scopus", row["eid"]);
}

void refine_wos(const RowView& row, Draft& draft) {
  refine_wos_cells({row["au"], row["af"], row["pd"], row["py"], row["bp"], row["ar"], row["c1"], row["oi"], row["ut"]}, draft);
  if (equals_ignore_case(row["db"], "SCOPUS")) draft.record.provenance.source = "scopus";
}

void refine_wos_long(const RowView& row, Draft& draft) {
  refine_wos_cells({row["authors"], row["authorfullnames"], row["publicationdate"], row["publicationyear"], row["startpage"], row["articlenumber"], row["addresses"], row["orcids"],
                    row["utuniquewosid"]}, draft);
}

void refine_ieee(const RowView& row, Draft& draft) {
  const std::string_view link = row["pdflink"];
  if (const std::size_t at = link.find("arnumber="); at != std::string_view::npos) {
    draft.record.provenance.own_id = link.substr(at + 9);
    add_identifier(draft.record, "ieee", link.substr(at + 9));
  }
}

void refine_dimensions(const RowView& row, Draft& draft) {
  // "Authors (Raw Affiliation)" or "Authors Affiliations": "Family, Given (Affiliation; Affiliation); ...".
  std::string_view text = row["authorsrawaffiliation"];
  if (text.empty()) text = row["authorsaffiliations"];
  for (const std::string& entry : split_outside_brackets(text, ';')) {
    const std::size_t open = entry.find(" (");
    std::vector<Organisation> affiliations;
    if (open != std::string::npos) {
      std::string inside = entry.substr(open + 2);
      if (inside.ends_with(')')) inside.pop_back();
      for (const std::string& name : split_trimmed(inside, ";")) affiliations.push_back({clean_value(name), country_of_address(name), "", ""});
    }
    draft.add_person(parse_person(entry.substr(0, open)), affiliations);
  }
  if (draft.record.persons.empty()) add_people(draft, split_trimmed(row["authors"], ";"), false);
  // "[Authors];[Title];[Source];[Year];..." of the citations export has no stable form and stays in the raw record.
}

void refine_zotero(const RowView& row, Draft& draft) {
  Record& record = draft.record;
  const std::string_view type = row["itemtype"];
  record.type = work_type(type);
  if (type == "patent") {
    record.kind = RecordKind::patent;
    for (Person& person : record.persons) person.role = "inventor";
    add_identifier(record, "patent", row["number"].empty() ? row["applicationnumber"] : row["number"]);
  }
  for (std::string tag : split_trimmed(row["manualtags"], ";")) {
    if (tag.starts_with('*')) tag.erase(0, 1);  // MeSH major topic
    draft.add_one(plain_column(Field::keywords), tag);
  }
  // "Place: United States PMID: 35319117 PMCID: PMC9151451"
  const std::string_view extra = row["extra"];
  for (const auto& [mark, scheme] : {std::pair<std::string_view, std::string_view>{"PMID:", "pmid"}, {"PMCID:", "pmcid"}, {"arXiv:", "arxiv"}}) {
    const std::size_t at = extra.find(mark);
    if (at == std::string_view::npos) continue;
    const std::string_view rest = trim(extra.substr(at + mark.size()));
    add_identifier(record, scheme, rest.substr(0, rest.find_first_of(" \n\r")));
  }
}

void refine_openalex_web(const RowView& /*row*/, Draft& draft) {
  Record& record = draft.record;
  add_identifier(record, "openalex", record.provenance.own_id);
  record.provenance.own_id = std::string(find_identifier(record, "openalex"));
}

void refine_pubmed(const RowView& row, Draft& draft) {
  std::string_view names = row["authors"];
  while (!names.empty() && names.back() == '.') names.remove_suffix(1);
  add_people(draft, split_trimmed(names, ","), true);
  draft.record.provenance.own_id = row["pmid"];
}

void refine_nih(const RowView& row, Draft& draft) {
  for (Person& person : draft.record.persons) {
    std::erase(person.name, '(');
    if (const std::size_t at = person.given.find(" (contact)"); at != std::string::npos) person.given.resize(at);
    if (!person.family.empty()) person.name = person.family + ", " + person.given;
  }
  const std::string_view core = row["coreprojectnum"];
  if (!core.empty()) add_identifier(draft.record, "grant", core);
}

}  // namespace jianwei::sources

// What the cells of patent tables hold beyond one value per column.
#include "base/strings.h"
#include "records/identifier.h"
#include "sources/tables/databases.h"

namespace jianwei::sources {

void refine_lens_patent(const RowView& row, Draft& draft) {
  Record& record = draft.record;
  if (!record.provenance.own_id.empty()) add_identifier(record, "lens", record.provenance.own_id);
  const std::string_view type = row["type"].empty() ? row["documenttype"] : row["type"];
  record.type = type.empty() ? "" : type.find("rant") != std::string_view::npos ? "patent_grant" : "patent_application";
  // The DOIs are those of literature the patent cites.
  for (const std::string_view key : {"dois", "nplresolvedexternalids"}) {
    for (const std::string& part : split_trimmed(row[key], ";")) {
      Reference reference;
      reference.doi = find_doi(part);
      reference.text = part;
      if (!reference.doi.empty()) record.references.push_back(std::move(reference));
    }
  }
}

void refine_derwent(const RowView& row, Draft& draft) {
  Record& record = draft.record;
  const auto english = [&](std::string_view key) {
    // Titles in several languages stand behind one another: "Titel | Title | Titre". Without an English one, the first is taken.
    const std::string_view text = row[key];
    return std::string(trim(text.substr(0, text.find(" | "))));
  };
  if (record.title.empty() && !is_missing(row["titleoriginalcleaned"])) record.title = clean_value(english("titleoriginalcleaned"));
  // "The first letters of the publication number are those of the office."
  if (record.venue.empty()) record.venue = std::string(find_identifier(record, "patent").substr(0, 2));
  // Countries stand beside the inventors only when every inventor has one.
  const auto codes = split_trimmed(row["inventorscountrycodes"], ";");
  if (codes.size() == record.persons.size()) {
    for (std::size_t i = 0; i < codes.size(); ++i) {
      if (codes[i].size() != 2) continue;
      record.persons[i].organisations.push_back(draft.add_organisation({"", codes[i], "", ""}));
    }
  }
}

namespace {

// "ZHANG SAN [CN]": the name, and the country in brackets.
std::pair<std::string, std::string> bracketed_country(std::string_view text) {
  const std::string_view name = trim(text);
  if (name.size() < 5 || name.back() != ']' || name[name.size() - 4] != '[') return {std::string(name), ""};
  return {std::string(trim(name.substr(0, name.size() - 4))), std::string(name.substr(name.size() - 3, 2))};
}

// Values of one cell on lines of their own or behind semicolons.
std::vector<std::string> cell_values(std::string_view cell) { return split_trimmed(replace_all(std::string(cell), "\n", ";"), ";"); }

}  // namespace

// One row is a family: the publication shown first gives the record its number and date, the others are further identifiers.
void refine_espacenet(const RowView& row, Draft& draft) {
  Record& record = draft.record;
  for (const std::string& number : cell_values(row["publicationnumber"])) {
    for (const std::string& one : split_trimmed(number, " ")) {
      if (record.provenance.own_id.empty()) record.provenance.own_id = one;
      add_identifier(record, "patent", one);
    }
  }
  const auto dates = split_trimmed(replace_all(replace_all(std::string(row["publicationdate"]), "\n", ";"), " ", ";"), ";");
  if (!dates.empty()) record.date = parse_table_date(dates[0], DateStyle::recognised, 2100);
  for (const std::string& inventor : cell_values(row["inventors"])) {
    const auto [name, country] = bracketed_country(inventor);
    Person person = parse_person(name);
    person.role = "inventor";
    draft.add_person(std::move(person), country.empty() ? std::vector<Organisation>{} : std::vector<Organisation>{{"", country, "residence", ""}});
  }
  for (const std::string& applicant : cell_values(row["applicants"])) {
    const auto [name, country] = bracketed_country(applicant);
    draft.add_organisation({clean_value(name), country, "applicant", ""});
  }
  for (const std::string& code : cell_values(row["cpc"])) draft.add_one(plain_column(Field::classifications, "cpc"), code.substr(0, code.find(" (")));
  record.venue = std::string(std::string_view(record.provenance.own_id).substr(0, 2));
}

void refine_google_patents(const RowView& row, Draft& draft) {
  Record& record = draft.record;
  std::string number(row["id"]);
  std::erase(number, '-');
  record.provenance.own_id = number;
  add_identifier(record, "patent", number);
  record.venue = number.substr(0, 2);
  record.type = row["grantdate"].empty() ? "patent_application" : "patent_grant";
  // "Tsinghua University, Big Co., Ltd.": a legal form goes on with the name before it.
  for (const std::string& part : split_trimmed(row["assignee"], ", ")) {
    const std::string form = to_lower_ascii(part.substr(0, part.find_first_of(". ")));
    const bool legal_form = form == "ltd" || form == "inc" || form == "llc" || form == "corp" || form == "co" || form == "gmbh" || form == "limited" || form == "lp" || form == "l" || form == "s";
    if (legal_form && !record.organisations.empty()) record.organisations.back().name += ", " + part;
    else draft.add_organisation({clean_value(part), "", "applicant", ""});
  }
}

}  // namespace jianwei::sources

// What the cells of tables of grants hold beyond one value per column.
#include "base/strings.h"
#include "records/country.h"
#include "records/identifier.h"
#include "records/person_name.h"
#include "sources/tables/databases.h"

namespace jianwei::sources {

void refine_cordis(const RowView& row, Draft& draft) {
  draft.add_one(plain_column(Field::funders), "European Commission");
  // Participants' countries stand in their order.
  const auto countries = split_trimmed(row["participantcountries"], ";");
  const auto participants = split_trimmed(row["participants"], ";");
  if (countries.empty() || countries.size() != participants.size()) return;
  for (std::size_t i = 0; i < countries.size(); ++i) draft.add_organisation({clean_value(participants[i]), country_code(countries[i]), "", ""});
}

// "山田 太郎  東京大学, 工学部, 教授 (80123456)": the name is what stands before the affiliation.
void refine_kaken(const RowView& row, Draft& draft) {
  Record& record = draft.record;
  Person person = parse_person(replace_all(std::string(row["研究代表者"]), ",", "、"));
  const std::vector<std::string> words = split_trimmed(replace_all(person.name, "　", " "), " ");
  if (words.empty()) return;
  person.name = words[0];
  if (words.size() > 1) {
    person.family = words[0];
    person.given = words[1];
    person.name = shown_name(person.family, person.given);
  }
  person.role = "investigator";
  record.persons.push_back(std::move(person));
  draft.add_one(plain_column(Field::funders), "JSPS KAKENHI");
}

void refine_gtr(const RowView& row, Draft& draft) {
  Record& record = draft.record;
  // 01/10/2019 is the first of October, whatever the other rows say.
  record.date = parse_table_date(row["startdate"], DateStyle::day_first, 2100);
  record.end_date = parse_table_date(row["enddate"], DateStyle::day_first, 2100);
  Person person;
  person.family = clean_value(row["pisurname"]);
  person.given = collapse_spaces(clean_value(row["pifirstname"]) + ' ' + clean_value(row["piothernames"]));
  if (person.family.empty()) return;
  person.name = shown_name(person.family, person.given);
  person.role = "investigator";
  person.orcid = normalize_identifier("orcid", row["piorcidid"]);
  draft.add_person(std::move(person), {{clean_value(row["leadroname"]), "GB", "", ""}});
}

}  // namespace jianwei::sources

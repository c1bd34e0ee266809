// NSF awards: the yearly archives (<rootTag><Award>, one or more awards a file, 1959 to today) and answers of the awards API
// (<response><award>). Page: docs/formats/nsf.md
#include "base/strings.h"
#include "sources/xml/dom.h"
#include "sources/xml/parts.h"
#include "sources/xml/readers.h"
#include "sources/xml/record_reader.h"

namespace jianwei::sources::xml {
namespace {

bool says_nothing(std::string_view text) {
  return text.empty() || equals_ignore_case(text, "name not available") || equals_ignore_case(text, "data not available") || equals_ignore_case(text, "no name");
}

void finish(Record& record, std::string_view award_number) {
  record.kind = RecordKind::project;
  record.type = "grant";
  record.language = "en";
  record.venue = record.venue.empty() ? "National Science Foundation" : record.venue;
  record.currency = record.amount ? "USD" : "";
  record.provenance.own_id = award_number;
  add_identifier(record, "grant", award_number);
  record.funding.push_back({"National Science Foundation", std::string(award_number)});
  add_organisation(record, "National Science Foundation", "US", "funder");
  if (!award_number.empty()) record.url = "https://www.nsf.gov/awardsearch/showAward?AWD_ID=" + std::string(award_number);
}

void read_amount(Record& record, std::string_view text) {
  const std::string digits = replace_all(std::string(text), ",", "");
  if (const auto amount = parse_double(digits); amount && *amount > 0) record.amount = *amount;
}

void read_institution(Record& record, const Node& institution, std::size_t first_person) {
  const std::string name = text_at(institution, "Name");
  if (name.empty()) return;
  std::string country = country_of(text_at(institution, "CountryName"));
  // Old records leave the country out but give a US state.
  if (country.empty() && !text_at(institution, "StateCode").empty()) country = "US";
  const std::int32_t index = add_organisation(record, name, country, "");
  for (std::size_t i = first_person; i < record.persons.size(); ++i) affiliate(record.persons[i], index);
}

Result<bool> build_archive(const Node& award, Record& record) {
  record.title = text_at(award, "AwardTitle");
  record.abstract = text_at(award, "AbstractNarration");
  record.date = date_at(award, "AwardEffectiveDate");
  record.end_date = date_at(award, "AwardExpirationDate");
  if (!record.date.known()) record.date = date_at(award, "MinAmdLetterDate");
  for (const std::string_view path : {"AwardTotalIntnAmount", "AwardAmount", "ARRAAmount"}) {
    if (!record.amount) read_amount(record, text_at(award, path));
  }
  for (const Node& node : children(award, "Investigator")) {
    const std::string family = text_at(node, "LastName");
    std::string given = text_at(node, "FirstName");
    if (says_nothing(family)) continue;
    if (const std::string middle = text_at(node, "PI_MID_INIT"); !middle.empty() && given.find(' ') == std::string::npos) given += " " + middle;
    const std::string role = text_at(node, "RoleCode");
    Person& person = add_person(record, family, given, role.find("Program") != std::string::npos ? "officer" : role.starts_with("Co-") ? "co-investigator" : "investigator");
    person.source_id = text_at(node, "NSF_ID");
  }
  read_institution(record, child(award, "Institution"), 0);
  const std::string directorate = text_at(award, "Organization/Directorate/LongName");
  const std::string division = text_at(award, "Organization/Division/LongName");
  add_classification(record, "nsf_directorate", text_at(award, "Organization/Directorate/Abbreviation"), directorate);
  add_classification(record, "nsf_division", text_at(award, "Organization/Code"), division);
  for (const Node& node : children(award, "ProgramElement")) add_classification(record, "nsf_program", text_at(node, "Code"), text_at(node, "Text"));
  for (const Node& node : children(award, "ProgramReference")) add_classification(record, "nsf_reference", text_at(node, "Code"), text_at(node, "Text"));
  for (const Node& node : children(award, "FoaInformation")) add_classification(record, "nsf_field", text_at(node, "Code"), text_at(node, "Name"));
  record.full_text = text_at(award, "POR/PORTxt");
  if (record.full_text.empty()) record.full_text = text_at(award, "POR");  // project outcomes report
  finish(record, text_at(award, "AwardID"));
  return true;
}

Result<bool> build_api(const Node& award, Record& record) {
  record.title = text_at(award, "title");
  record.abstract = text_at(award, "abstractText");
  record.date = date_at(award, "startDate");
  record.end_date = date_at(award, "expDate");
  if (!record.date.known()) record.date = date_at(award, "date");
  for (const std::string_view path : {"estimatedTotalAmt", "fundsObligatedAmt"}) {
    if (!record.amount) read_amount(record, text_at(award, path));
  }
  const std::string family = text_at(award, "piLastName");
  if (!says_nothing(family)) add_person(record, family, text_at(award, "piFirstName"), "investigator");
  for (const std::string& name : texts_at(award, "coPDPI")) add_person_named(record, name.substr(0, name.find('~')), "co-investigator");
  if (const std::string name = text_at(award, "awardeeName"); !name.empty()) {
    const std::string country = country_of(text_at(award, "awardeeCountryCode"));
    const std::int32_t index = add_organisation(record, name, country.empty() ? "US" : country, "");
    for (Person& person : record.persons) affiliate(person, index);
  }
  add_classification(record, "nsf_program", text_at(award, "primaryProgram"), text_at(award, "fundProgramName"));
  record.full_text = text_at(award, "projectOutComesReport");
  finish(record, text_at(award, "id"));
  return true;
}

Result<bool> build(const Node& element, const Context& context, Record& record) {
  return context.element == "Award" ? build_archive(element, record) : build_api(element, record);
}

}  // namespace

Result<> read_nsf(ByteStream& stream, const ReadOptions& options, RecordSink& sink, Progress& progress) {
  Shape shape;
  shape.format = "nsf_award_xml";
  shape.source = "nsf";
  shape.cut.elements = {"Award", "award"};
  shape.build = build;
  return read_records(stream, options, sink, progress, shape);
}

}  // namespace jianwei::sources::xml

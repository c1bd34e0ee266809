// A record in the making: values arrive column by column in any order and are put together at the end, because some only make sense
// side by side (the third affiliation belongs to the third author, an award number to its funder, a page end to its start).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "records/record.h"
#include "sources/tables/fields.h"
#include "sources/tables/text.h"

namespace jianwei::sources {

// How the values of one column are read.
struct ColumnPlan {
  Field field = Field::ignore;
  std::string role;
  std::string separator;      // between the values of a list; "" = one value
  DateStyle date_style = DateStyle::recognised;
  double scale = 1;           // of amounts: 10,000 for a column in 万元
  bool family_first = false;  // names stand as "Family I.I." without a comma (Scopus, WoS)
};

// A column of one value.
inline ColumnPlan plain_column(Field field, std::string_view role = "") { return {field, std::string(role), "", DateStyle::recognised, 1, false}; }

class Draft {
 public:
  Record record;

  // A cell: split at the plan's separator.
  void add(const ColumnPlan& plan, std::string_view value);
  // One value of a list, or a whole scalar.
  void add_one(const ColumnPlan& plan, std::string_view value);
  // A person with his affiliations.
  void add_person(Person person, const std::vector<Organisation>& affiliations);
  // The index of an organisation in the record; added when it is new (same name and role).
  std::int32_t add_organisation(Organisation organisation);

  // Puts the parts together. The latest year that two-digit years may mean is taken from the record's own year column.
  // Returns why the record cannot be kept; nothing when it can.
  std::optional<std::string> finish();

 private:
  struct DateCandidate {
    int rank;
    std::string text;
    DateStyle style;
    bool only_this_year;  // an online date counts when it lies in the year of publication
  };
  void finish_dates();
  void finish_persons();
  void finish_countries();
  void finish_funding();

  int year_ = 0;
  int month_ = 0;
  std::vector<DateCandidate> dates_;
  std::vector<DateCandidate> end_dates_;
  std::string second_abstract_;
  std::vector<std::string> affiliations_, normalised_, countries_, unique_countries_, index_terms_, orcids_, person_ids_;
  std::string organisation_index_, country_index_, person_affiliations_;
  std::vector<std::string> funders_, awards_;
  std::string start_page_, end_page_, patent_number_;
};

// The draft of a grant that a database of this name tells of.
inline Draft grant_draft(std::string_view source) {
  Draft draft;
  draft.record.kind = RecordKind::project;
  draft.record.type = "grant";
  draft.record.provenance.source = source;
  return draft;
}

// A person from a name as written: "Family, Given", "Given Family", with a source id in brackets behind; see ColumnPlan::family_first.
Person parse_person(std::string_view text, bool family_first = false);

// "Funder [award, award]; Funder(grant numbers:award); Funder, ABBR, (award)".
std::vector<Funding> parse_funding(std::string_view text);

// A cited reference as text: DOI, year, and for WoS ("AUTHOR, YEAR, SOURCE, V1, P2, DOI ...") author and source.
Reference parse_reference(std::string_view text);

}  // namespace jianwei::sources

// What the cells of patent tables hold beyond one value per column.
#include "base/strings.h"
#include "records/identifier.h"
#include "sources/tables/databases.h"

namespace jianwei::sources {

void refine_lens_patent(const RowView& row, Draft& draft) {
  Record& record = draft.record;
  if (!record.provenance.own_id.empty()) add_identifier(record, "lens", record.provenance.own_id);
  record.type = row["type"].find("rant") != std::string_view::npos ? "patent_grant" : "patent_application";
  if (row["type"].empty() && row["documenttype"].empty()) record.type.clear();
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

}  // namespace jianwei::sources

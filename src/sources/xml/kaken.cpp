// KAKEN (Grants-in-Aid of Japan): <grantAward> with a <summary> in Japanese and perhaps one in English. Page: docs/formats/nsf.md
#include "base/strings.h"
#include "records/identifier.h"
#include "sources/xml/dom.h"
#include "sources/xml/parts.h"
#include "sources/xml/readers.h"
#include "sources/xml/record_reader.h"

namespace jianwei::sources::xml {
namespace {

void read_summary(const Node& summary, std::string_view number, Record& record) {
  record.title = text_at(summary, "title");
  record.venue = text_at(summary, "category");
  add_classification(record, "discipline", "", text_at(summary, "field"));
  for (const std::string& name : texts_at(summary, "institution")) add_organisation(record, name, "JP", "");
  for (const Node& member : children(summary, "member")) {
    const std::string family = text_at(member, "personalName/familyName"), whole = text_at(member, "personalName/fullName");
    if (family.empty() && whole.empty()) continue;
    const std::string_view role = attribute(member, "role") == "principal_investigator" ? "investigator" : "co-investigator";
    Person& person = family.empty() ? add_person_named(record, whole, role) : add_person(record, family, text_at(member, "personalName/givenName"), role);
    person.source_id = attribute(member, "eradCode");
    if (const std::string name = text_at(member, "institution"); !name.empty()) affiliate(person, add_organisation(record, name, "JP", ""));
  }
  for (const std::string& keyword : texts_at(summary, "keywordList/keyword")) add_keyword(record, keyword);
  const Node period = child(summary, "periodOfAward");
  record.date = date_at(period, "startDate");
  record.end_date = date_at(period, "endDate");
  if (!record.date.known()) record.date = date_at(period, "startFiscalYear");
  if (!record.end_date.known()) record.end_date = date_at(period, "endFiscalYear");
  if (!record.date.known()) record.date = valid_date(attribute(period, "searchStartFiscalYear"));
  if (!record.end_date.known()) record.end_date = valid_date(attribute(period, "searchEndFiscalYear"));
  if (const auto amount = parse_double(replace_all(text_at(summary, "overallAwardAmount/totalCost"), ",", "")); amount && *amount > 0) {
    record.amount = *amount;
    record.currency = "JPY";
  }
  for (const Node& list : children(summary, "paragraphList")) {
    for (const std::string& paragraph : texts_at(list, "paragraph")) add_paragraph(record.abstract, paragraph);
  }
  record.funding.push_back({"JSPS KAKENHI", std::string(number)});
}

Result<bool> build(const Node& award, const Context&, Record& record) {
  record.kind = RecordKind::project;
  record.type = "grant";
  const std::string number = attribute(award, "awardNumber");
  const std::vector<Node> summaries = children(award, "summary");
  if (summaries.empty()) return false;
  read_summary(summaries.front(), number, record);
  for (const Node& summary : summaries) {
    if (attribute(summary, "lang") == "en" && summary != summaries.front()) record.title_translated = text_at(summary, "title");
  }
  record.provenance.own_id = attribute(award, "id");
  add_identifier(record, "grant", number);
  if (!record.provenance.own_id.empty()) record.url = "https://kaken.nii.ac.jp/grant/" + record.provenance.own_id + "/";
  return true;
}

}  // namespace

Result<> read_kaken(ByteStream& stream, const ReadOptions& options, RecordSink& sink, Progress& progress) {
  Shape shape;
  shape.format = "kaken_xml";
  shape.source = "kaken";
  shape.cut.elements = {"grantAward"};
  shape.build = build;
  return read_records(stream, options, sink, progress, shape);
}

}  // namespace jianwei::sources::xml

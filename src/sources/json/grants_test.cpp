// Answers of the services for grants and data sets, made up in their form.
#include "sources/tables/reading_test.h"

namespace jianwei::sources {
namespace {

Record only_record(std::string_view text, std::string_view format) {
  Collected found;
  read_text_into(found, text, "answer.json");
  EXPECT_EQ(found.format, format);
  EXPECT_EQ(found.records.size(), 1u) << (found.rejects.empty() ? "" : found.rejects[0].reason);
  return found.records.empty() ? Record{} : found.records[0];
}

TEST(NsfJson, ReadsTheAnswerOfTheApi) {
  const Record r = only_record(
      R"({"response":{"award":[{"id":"2000001","title":"CAREER: Sensors","abstractText":"We sense.","agency":"NSF","awardeeName":"Massachusetts Institute of Technology","awardeeCountryCode":"US",)"
      R"("piFirstName":"Jane","piLastName":"Doe","coPDPI":["John Roe jr@mit.edu"],"startDate":"01/05/2021","expDate":"12/31/2025","estimatedTotalAmt":"500000","fundProgramName":"CAREER"}]}})",
      "nsf_json");
  EXPECT_EQ(r.title, "CAREER: Sensors");
  EXPECT_EQ(to_string(r.date), "2021-01-05");
  EXPECT_EQ(to_string(r.end_date), "2025-12-31");
  ASSERT_EQ(r.persons.size(), 2u);
  EXPECT_EQ(r.persons[0].name, "Doe, Jane");
  EXPECT_EQ(r.persons[1].name, "John Roe");
  EXPECT_EQ(r.organisations.at(0).country, "US");
  EXPECT_EQ(r.amount, 500000);
  EXPECT_EQ(find_identifier(r, "grant"), "2000001");
}

TEST(NsfJson, ReadsAnAwardOfTheArchive) {
  const Record r = only_record(
      R"({"awd_id":"2000002","awd_titl_txt":"Edge learning","awd_eff_date":"2021-10-01","awd_exp_date":"2024-09-30","tot_intn_awd_amt":400000.0,"awd_abstract_narration":"We learn.",)"
      R"("pi":[{"pi_role":"Principal Investigator","pi_first_name":"Jane","pi_last_name":"Doe"}],"inst":{"inst_name":"University of X","inst_country_name":"United States"},"pgm_ele":[{"pgm_ele_code":"7363","pgm_ele_name":"Networking"}]})",
      "nsf_json");
  EXPECT_EQ(to_string(r.date), "2021-10-01");
  EXPECT_EQ(r.amount, 400000);
  EXPECT_EQ(r.persons.at(0).organisations.size(), 1u);
  EXPECT_EQ(r.classifications.at(0).label, "Networking");
}

TEST(GtrJson, ReadsProjectsWithTheirDays) {
  const Record r = only_record(
      R"({"page":1,"size":1,"totalSize":1,"project":[{"id":"ABC-DEF","href":"http://gtr.ukri.org/gtr/api/projects/ABC","identifiers":{"identifier":[{"value":"EP/T000001/1","type":"RCUK"}]},"title":"Solid batteries",)"
      R"("grantCategory":"Research Grant","leadFunder":"EPSRC","abstractText":"We build.","researchSubjects":{"researchSubject":[{"text":"Materials sciences","percentage":100}]},"start":1569888000000,"end":1664496000000}]})",
      "gtr_json");
  EXPECT_EQ(to_string(r.date), "2019-10-01");
  EXPECT_EQ(to_string(r.end_date), "2022-09-30");
  EXPECT_EQ(r.funding.at(0).funder, "EPSRC");
  EXPECT_EQ(r.funding.at(0).award, "EP/T000001/1");
  EXPECT_EQ(r.classifications.at(0).label, "Materials sciences");
}

TEST(DataCiteJson, ReadsListsAndSingleAnswers) {
  const std::string item =
      R"({"id":"10.5281/zenodo.1","type":"dois","attributes":{"doi":"10.5281/zenodo.1","titles":[{"title":"A dataset of sensors"}],"creators":[{"name":"Zhang, San","givenName":"San","familyName":"Zhang",)"
      R"("affiliation":["Tsinghua University"],"nameIdentifiers":[{"nameIdentifier":"https://orcid.org/0000-0002-1825-0097","nameIdentifierScheme":"ORCID"}]}],"publisher":"Zenodo","publicationYear":2022,)"
      R"("subjects":[{"subject":"sensors"}],"dates":[{"date":"2022-05-06","dateType":"Issued"}],"types":{"resourceTypeGeneral":"Dataset"},"descriptions":[{"description":"Data of sensors.","descriptionType":"Abstract"}],)"
      R"("fundingReferences":[{"funderName":"ERC","awardNumber":"101"}],"citationCount":2}})";
  for (const std::string& text : {R"({"data":[)" + item + R"(],"meta":{"total":1}})", R"({"data":)" + item + "}"}) {
    const Record r = only_record(text, "datacite_json");
    EXPECT_EQ(r.title, "A dataset of sensors");
    EXPECT_EQ(r.abstract, "Data of sensors.");
    EXPECT_EQ(r.type, "dataset");
    EXPECT_EQ(to_string(r.date), "2022-05-06");
    EXPECT_EQ(r.persons.at(0).orcid, "0000-0002-1825-0097");
    EXPECT_EQ(r.organisations.at(0).name, "Tsinghua University");
    EXPECT_EQ(r.funding.at(0).award, "101");
    EXPECT_EQ(r.citation_count, 2);
  }
}

}  // namespace
}  // namespace jianwei::sources

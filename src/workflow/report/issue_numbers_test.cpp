#include "workflow/report/issue_numbers.h"

#include <gtest/gtest.h>

#include "workflow/report/template.h"

namespace jianwei::workflow {
namespace {

IssueUnit unit(Unit kind, const std::string& id, std::int32_t rank, std::int64_t documents) { return {kind, id, id + " en", id + " zh", rank, documents, documents / 2, 0.5, {"r1", "r2"}}; }

IssueNumbers first_issue() {
  IssueNumbers numbers;
  numbers.number = 1;
  numbers.report_template = "monthly";
  numbers.template_version = 1;
  numbers.snapshot_id = "s1";
  numbers.units = {unit(Unit::topic, "topic-1", 1, 40), unit(Unit::topic, "topic-2", 2, 30), unit(Unit::topic, "topic-3", 3, 20), unit(Unit::term, "term-a", 1, 9), unit(Unit::term, "term-b", 2, 8), unit(Unit::term, "term-c", 90, 3)};
  numbers.alerts = {"a1"};
  numbers.records = {"r1", "r2", "r3"};
  return numbers;
}

TEST(IssueNumbers, ReadBackAsWritten) {
  const auto read = read_issue_numbers(to_json(first_issue()));
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_EQ(to_json(*read), to_json(first_issue()));
  EXPECT_EQ(read->units.at(3).unit, Unit::term);
  EXPECT_FALSE(read_issue_numbers("{\"number\":1}"));
}

TEST(IssueNumbers, TheDifferenceNamesNewGoneAndMoved) {
  IssueNumbers now = first_issue();
  now.number = 2;
  now.snapshot_id = "s2";
  now.records = {"r2", "r3", "r4", "r5"};
  now.alerts = {"a1", "a2"};
  now.units = {unit(Unit::topic, "topic-1", 1, 40), unit(Unit::topic, "topic-2", 2, 35), unit(Unit::topic, "topic-4", 4, 5), unit(Unit::term, "term-a", 2, 9), unit(Unit::term, "term-b", 1, 8), unit(Unit::term, "term-c", 40, 3)};
  const IssueDifference difference = compare_issues(first_issue(), now, 25);
  EXPECT_TRUE(difference.comparable);
  EXPECT_FALSE(difference.same_data);
  EXPECT_EQ(difference.new_records, (std::vector<std::string>{"r4", "r5"}));
  EXPECT_EQ(difference.gone_records, (std::vector<std::string>{"r1"}));
  EXPECT_EQ(difference.new_alerts, (std::vector<std::string>{"a2"}));
  ASSERT_EQ(difference.topics.size(), 3U);  // topic-1 stayed as it was
  EXPECT_TRUE(difference.topics[0].appeared());
  EXPECT_EQ(difference.topics[0].after.id, "topic-4");
  EXPECT_TRUE(difference.topics[1].vanished());
  EXPECT_EQ(difference.topics[1].before.id, "topic-3");
  EXPECT_EQ(difference.topics[2].after.documents - difference.topics[2].before.documents, 5);
  ASSERT_EQ(difference.terms.size(), 2U);  // term-c is below the first 25 in both
  EXPECT_EQ(difference.terms[0].after.id, "term-b");
  EXPECT_EQ(difference.terms[0].before.rank, 2);
}

TEST(IssueNumbers, AnotherVersionOfTheTemplateIsNotCompared) {
  IssueNumbers now = first_issue();
  now.template_version = 2;
  EXPECT_FALSE(compare_issues(first_issue(), now, 25).comparable);
}

TEST(ReportTemplate, AFaultNamesFileAndRemedy) {
  const std::string good = "version = 2\nrows = 5\nsections = [\"summary\", \"changes\"]\n[title]\nen = \"A\"\nzh = \"B\"\n[about]\nen = \"C\"\nzh = \"D\"\n";
  const auto read = read_report_template("house.toml", good);
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_EQ(read->id, "house");
  EXPECT_EQ(read->rows, 5);
  EXPECT_TRUE(read->has("changes"));
  const auto unknown = read_report_template("house.toml", "version = 1\nsections = [\"weather\"]\n[title]\nen = \"A\"\nzh = \"B\"\n[about]\nen = \"C\"\nzh = \"D\"\n");
  ASSERT_FALSE(unknown);
  EXPECT_NE(unknown.error().message.find("house.toml:2"), std::string::npos) << unknown.error().message;
  EXPECT_NE(unknown.error().message.find("weather"), std::string::npos);
  EXPECT_FALSE(read_report_template("house.toml", "version = 1\nsection = []\n"));
  EXPECT_FALSE(read_report_template("house.toml", "version = "));
}

}  // namespace
}  // namespace jianwei::workflow

#include "workflow/routine/schedule.h"

#include <gtest/gtest.h>

#include "workflow/routine/delivery.h"

namespace jianwei::workflow {
namespace {

SchedulePlan plan_of(Every every, std::int64_t count = 1) {
  SchedulePlan plan;
  plan.name = "p";
  plan.every = every;
  plan.count = count;
  return plan;
}

std::string next(const SchedulePlan& plan, std::string_view first, std::string_view now) { return utc_text(next_date(plan, *read_utc(first), *read_utc(now))); }

TEST(Schedule, TimesReadBackAndBadOnesAreRefused) {
  for (const char* text : {"1970-01-01T00:00:00Z", "2024-02-29T23:59:59Z", "2026-11-27T20:00:00Z"}) EXPECT_EQ(utc_text(*read_utc(text)), text);
  EXPECT_EQ(utc_text(*read_utc("2026-12-01")), "2026-12-01T00:00:00Z");
  for (const char* text : {"", "2023-02-29", "2026-13-01", "2026-12-01 02:00:00", "2026-12-01T24:00:00Z", "2026/12/01", "tomorrow  "}) EXPECT_FALSE(read_utc(text)) << text;
}

TEST(Schedule, NextDatesKeepTheirHourAndTheLastDayOfShortMonths) {
  EXPECT_EQ(next(plan_of(Every::month), "2026-01-31T02:00:00Z", "2026-02-01T00:00:00Z"), "2026-02-28T02:00:00Z");
  EXPECT_EQ(next(plan_of(Every::month), "2026-01-31T02:00:00Z", "2026-02-28T02:00:00Z"), "2026-03-31T02:00:00Z");
  EXPECT_EQ(next(plan_of(Every::month), "2027-11-30T02:00:00Z", "2028-01-31T00:00:00Z"), "2028-02-29T02:00:00Z");
  EXPECT_EQ(next(plan_of(Every::week, 2), "2026-01-05T08:30:00Z", "2026-03-01T00:00:00Z"), "2026-03-02T08:30:00Z");
  EXPECT_EQ(next(plan_of(Every::day), "2026-01-05T08:30:00Z", "2026-01-05T08:30:00Z"), "2026-01-06T08:30:00Z");
  EXPECT_EQ(next(plan_of(Every::hour, 6), "2026-01-05T00:00:00Z", "2026-01-05T13:00:00Z"), "2026-01-05T18:00:00Z");
  EXPECT_EQ(next(plan_of(Every::day), "2030-01-01T00:00:00Z", "2026-01-01T00:00:00Z"), "2030-01-01T00:00:00Z");
}

TEST(Schedule, PlansReadBackAsWritten) {
  SchedulePlan plan = plan_of(Every::week, 2);
  plan.first = "2026-12-01T00:00:00Z";
  plan.collect = "openalex";
  plan.query = "固态电池 \"solid\"";
  plan.run = plan.deliver = true;
  plan.reports = {"monthly", "early-warning"};
  plan.formats = {"html", "pdf"};
  const auto read = read_schedule_plan(to_json(plan));
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_EQ(to_json(*read), to_json(plan));
  EXPECT_EQ(read->query, plan.query);
  EXPECT_FALSE(read_schedule_plan("{"));
}

ScoredAlert alert_of(const std::string& id, const std::string& at) {
  ScoredAlert alert;
  alert.alert.id = id;
  alert.alert.rule_id = "w1";
  alert.alert.unit_id = "term-1";
  alert.alert.year = 2024;
  alert.alert.created_at = at;
  alert.alert.evidence = R"({"measure":{"value":0.5,"low":0.1,"high":0.9,"p":0.001,"q":0.01},"recent_documents":12,"documents":[{"id":"r1","year":2024,"title":"A <b> & c"}]})";
  alert.rule_name = "growth";
  alert.label = "固态电池 <x>";
  return alert;
}

TEST(Delivery, TheFeedIsNewestFirstAndEscaped) {
  const std::string feed = alert_feed({alert_of("a1", "2026-01-01T00:00:00Z"), alert_of("a2", "2026-02-01T00:00:00Z")}, "energy", Language::zh);
  EXPECT_LT(feed.find("urn:jianwei:energy:a2"), feed.find("urn:jianwei:energy:a1"));
  EXPECT_NE(feed.find("固态电池 &lt;x&gt;"), std::string::npos);
  EXPECT_NE(feed.find("A &lt;b&gt; &amp; c (2024) r1"), std::string::npos);
  EXPECT_EQ(feed.find("<x>"), std::string::npos);
}

TEST(Delivery, AMailCarriesNoLineOfAnAlertInItsHeaders) {
  ScoredAlert alert = alert_of("a1", "2026-01-01T00:00:00Z");
  alert.label = "x\r\nBcc: someone@example.org";
  const MailSettings settings{"smtp://localhost:25", "a@example.org", {"b@example.org", "c@example.org"}, "", ""};
  const std::string mail = mail_text({alert}, settings, "energy", "d1", "2026-11-27T20:00:00Z", Language::en);
  const std::string head = mail.substr(0, mail.find("\r\n\r\n"));
  EXPECT_EQ(head.find("Bcc"), std::string::npos);
  EXPECT_NE(head.find("Date: 27 Nov 2026 20:00:00 +0000"), std::string::npos);
  EXPECT_NE(head.find("To: b@example.org, c@example.org"), std::string::npos);
}

}  // namespace
}  // namespace jianwei::workflow

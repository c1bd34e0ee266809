// The library, its conflicts, a technology list, a selection and look-back on small hand data; and, on random lakes, that an author never judges the own work.
#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>

#include "base/file.h"
#include "base/random.h"
#include "workflow/expert_library/fields.h"
#include "workflow/expert_library/import_experts.h"
#include "workflow/expert_library/panel_desk.h"
#include "workflow/expert_library/record_texts.h"
#include "workflow/look_back/look_back.h"
#include "workflow/selection/selection.h"
#include "workflow/technology_list/technology_list.h"

namespace jianwei::workflow {
namespace {

struct Work {
  std::int16_t year;
  std::vector<std::int32_t> persons, organisations;
};

analysis::Dataset dataset(const std::vector<std::string>& persons, const std::vector<std::string>& organisations, const std::vector<Work>& works) {
  analysis::Dataset d;
  d.person_names = persons;
  d.organisation_names = organisations;
  d.language_names = {"en"};
  for (std::size_t i = 0; i < works.size(); ++i) {
    d.record_ids.push_back(fmt::format("r{:016x}", i + 1));
    d.year.push_back(works[i].year);
    d.month.push_back(0);
    d.kind.push_back(0);
    d.language.push_back(0);
    for (const auto& [lists, ids] : {std::pair{&d.persons, &works[i].persons}, std::pair{&d.organisations, &works[i].organisations}}) {
      lists->values.insert(lists->values.end(), ids->begin(), ids->end());
      lists->offsets.push_back(std::ssize(lists->values));
    }
    d.countries.offsets.push_back(0);
  }
  return d;
}

struct ExpertsTest : ::testing::Test {
  std::filesystem::path root;
  std::unique_ptr<store::ExpertDb> db;
  std::shared_ptr<const People> people;

  void SetUp() override {
    root = std::filesystem::temp_directory_path() / fmt::format("jianwei_experts_{}_{}", getpid(), ::testing::UnitTest::GetInstance()->current_test_info()->name());
    std::filesystem::remove_all(root);
    std::filesystem::create_directories(root);
    db = std::move(open_experts(root).value());
    people = index_people("s1", dataset({"Wei Wang", "W. Wang", "Anna Schmidt", "Bo Li", "Carl Maier"}, {"MIT", "ETH"},
                                        {{2020, {0, 2}, {0}}, {2024, {1}, {1}}, {2023, {2, 3}, {0}}, {2010, {3, 4}, {1}}, {2024, {4}, {}}}));
  }
  void TearDown() override {
    db.reset();
    std::filesystem::remove_all(root);
  }
  Roster roster() { return load_roster(*db, people).value(); }
  std::vector<std::string> kinds(std::string_view judge, const std::vector<std::int32_t>& authors, const std::vector<std::string>& names = {}) {
    const Roster all = roster();
    Thing thing;
    thing.persons = authors;
    for (const std::int32_t author : authors) thing.authors.push_back(people->dataset.person_names[static_cast<std::size_t>(author)]);
    thing.authors.insert(thing.authors.end(), names.begin(), names.end());
    std::vector<std::string> found;
    for (const FoundConflict& conflict : check_conflicts(all, all.expert(judge).value(), thing, {2024, 3})) found.emplace_back(experts::to_string(conflict.kind));
    return found;
  }
};

using Kinds = std::vector<std::string>;

TEST_F(ExpertsTest, ConflictsOfPersonsOfTheLake) {
  EXPECT_EQ(kinds(people->ids[2], {2}), (Kinds{"same_person"}));
  EXPECT_EQ(kinds(people->ids[3], {2}), (Kinds{"coauthor", "organisation"}));  // 2023, MIT
  EXPECT_EQ(kinds(people->ids[3], {4}), Kinds{});                              // wrote together in 2010: outside the window
  EXPECT_EQ(kinds(people->ids[1], {0}), (Kinds{"unresolved"}));                // "W. Wang" may be Wei Wang
  EXPECT_EQ(kinds(people->ids[4], {}, {"Maier, Carl"}), (Kinds{"unresolved"}));  // a name alone
}

TEST_F(ExpertsTest, IdentityIsADecisionThatCanBeUndone) {
  Expert expert;
  ASSERT_TRUE(change_fields(expert, R"({"name_en":"Wei Wang","organisation":"MIT","fields":["robots"]})"));
  expert = add_expert(*db, *people, expert, "mo").value();
  EXPECT_EQ(expert.identity, IdentityState::uncertain);
  EXPECT_EQ(expert.persons, (std::vector<std::string>{people->ids[0]}));
  EXPECT_EQ(add_expert(*db, *people, expert, "mo").error().kind, ErrorKind::conflict);
  Expert first, second;  // names that differ by a number are two people
  first.name_zh = "专家1";
  second.name_zh = "专家2";
  first.organisation = second.organisation = "清华";
  EXPECT_TRUE(add_expert(*db, *people, first, "mo"));
  EXPECT_TRUE(add_expert(*db, *people, second, "mo"));
  EXPECT_EQ(kinds(expert.id, {0}), (Kinds{"same_person"}));
  expert = join_identity(*db, *people, expert.id, people->ids[1], "home page", "mo").value();
  EXPECT_EQ(expert.identity, IdentityState::certain);
  EXPECT_EQ(roster().holder.at(1), 0u);
  EXPECT_EQ(kinds(expert.id, {1}), (Kinds{"same_person"}));
  expert = part_identity(*db, *people, expert.id, people->ids[1], "another", "mo").value();
  EXPECT_TRUE(expert.persons.empty());
  EXPECT_EQ(kinds(expert.id, {1}), Kinds{}) << "said to be two people";
  EXPECT_EQ(kinds(expert.id, {0}), (Kinds{"unresolved"})) << "of the other nobody said so";
  EXPECT_FALSE(store::first_broken_event(db->events().value()));
}

TEST_F(ExpertsTest, DeclaredTiesAreConflicts) {
  const std::string expert = add_person(*db, *people, people->ids[4], "mo")->id;
  EXPECT_EQ(kinds(expert, {2}), Kinds{});
  ASSERT_TRUE(declare_tie(*db, *people, {"", expert, people->ids[2], "married"}, "mo"));
  EXPECT_EQ(kinds(expert, {2}), (Kinds{"declared"}));
  EXPECT_EQ(declare_tie(*db, *people, {"", expert, "expert-99", "x"}, "mo").error().kind, ErrorKind::not_found);
}

TEST_F(ExpertsTest, AnOrcidIsChecked) {
  Expert expert;
  EXPECT_TRUE(change_fields(expert, R"({"orcid":"https://orcid.org/0000-0002-1825-0097"})"));
  EXPECT_EQ(expert.orcid, "0000-0002-1825-0097");
  EXPECT_FALSE(change_fields(expert, R"({"orcid":"0000-0002-1825-0098"})"));
  EXPECT_FALSE(change_fields(expert, R"({"shoe_size":44})"));
}

TEST_F(ExpertsTest, ImportNamesWhatItRejects) {
  std::ofstream(root / "experts.csv") << "姓名,单位,研究方向,ORCID,load\n王伟,清华大学,机器人；控制,,4\n,无名大学,x,,\n李波,北京大学,材料,0000-0000-0000-0000,\n张三,北京大学,\"材料, 能源\",,many\n";
  const ExpertImport done = import_experts(*db, *people, root / "experts.csv", "mo").value();
  ASSERT_EQ(done.added.size(), 1u);
  EXPECT_EQ(done.added[0].name_zh, "王伟");
  EXPECT_EQ(done.added[0].fields, (std::vector<std::string>{"机器人", "控制"}));
  ASSERT_EQ(done.rejects.size(), 3u);
  EXPECT_EQ(done.rejects[0].line, 3);
  EXPECT_EQ(done.rejects[0].field, "name");
  EXPECT_EQ(done.rejects[1].field, "orcid");
  EXPECT_EQ(done.rejects[2].field, "load");
  std::ofstream(root / "none.csv") << "a,b\n1,2\n";
  EXPECT_EQ(import_experts(*db, *people, root / "none.csv", "mo").error().kind, ErrorKind::invalid_input);
}

TEST_F(ExpertsTest, ErasureLeavesNothingOfThePersonInTheFile) {
  Expert expert;
  ASSERT_TRUE(change_fields(expert, R"({"name_en":"Zebulon Quartermain","email":"zq@example-institute"})"));
  const std::string id = add_expert(*db, *people, expert, "mo")->id;
  ASSERT_TRUE(declare_tie(*db, *people, {"", id, people->ids[2], "Quartermain family"}, "mo"));
  ASSERT_TRUE(change_expert(*db, id, R"({"email":"second@example-institute"})", "mo"));
  const std::string list = make_list(*db, "", "List", "mo")->id;
  const std::string entry = add_entries(*db, list, {{.en = "Soft robots"}}, "mo")->front().id;
  ASSERT_TRUE(vote_entry(*db, entry, id, 1, "", "mo"));
  EXPECT_NE(export_expert(*db, id, "mo")->find("second@example-institute"), std::string::npos);
  const Erasure done = erase_expert(*db, id, "asked", "mo").value();
  EXPECT_EQ(done.ties, 1);
  EXPECT_EQ(done.votes, 1);
  EXPECT_EQ(load_entry(*db, entry)->in_favour, 1) << "the judgement stays";
  EXPECT_EQ(load_expert(*db, id).error().kind, ErrorKind::not_found);
  EXPECT_FALSE(store::first_broken_event(db->events().value()));
  for (const char* file : {"experts.db", "experts.db-wal"}) {
    const std::string bytes = read_file(root / "experts" / file).value_or("");
    EXPECT_EQ(bytes.find("Quartermain"), std::string::npos) << file;
    EXPECT_EQ(bytes.find("second@"), std::string::npos) << file;
  }
  EXPECT_NE(add_person(*db, *people, people->ids[2], "mo")->id, id) << "a number is given once";
}

// Whoever stands behind a work, in whatever role of the library, is never free to judge it.
TEST_F(ExpertsTest, AnAuthorIsNeverFreeToJudgeTheOwnWork) {
  const std::vector<std::string> names = {"Wei Wang", "W. Wang", "Wang, Wei", "王伟", "Anna Schmidt", "A Schmidt", "Bo Li", "李波", "B. Li", "Jürgen Müller", "Jurgen Muller", "Carl Maier"};
  Random random(3);
  int checked = 0;
  for (int lake = 0; lake < 60; ++lake) {
    std::vector<Work> works;
    for (int w = 0; w < 12; ++w) {
      Work work{static_cast<std::int16_t>(2015 + random.below(10)), {}, {}};
      for (std::uint32_t k = 0; k <= random.below(3); ++k) {
        const auto person = static_cast<std::int32_t>(random.below(static_cast<std::uint32_t>(names.size())));
        if (std::find(work.persons.begin(), work.persons.end(), person) == work.persons.end()) work.persons.push_back(person);
      }
      works.push_back(std::move(work));
    }
    people = index_people("s", dataset(names, {}, works));
    db.reset();
    std::filesystem::remove_all(root / "experts");
    db = std::move(open_experts(root).value());
    // Some are in the library: for certain, or only by their name.
    for (std::size_t p = 0; p < names.size(); ++p) {
      const std::uint32_t way = random.below(3);
      if (people->works[p].empty() || way == 0) continue;
      if (way == 1) {
        (void)add_person(*db, *people, people->ids[p], "mo");
      } else {
        Expert expert;
        expert.name_en = names[p];
        (void)add_expert(*db, *people, expert, "mo");
      }
    }
    const Roster all = roster();
    for (std::int32_t row = 0; row < people->dataset.document_count(); ++row) {
      Thing thing;
      for (const std::int32_t person : people->dataset.persons.row(row)) {
        thing.persons.push_back(person);
        thing.authors.push_back(names[static_cast<std::size_t>(person)]);
      }
      for (const std::int32_t author : people->dataset.persons.row(row)) {
        std::vector<Expert> faces = {person_as_expert(*people, author), all.expert(author)};
        for (const Expert& expert : all.experts) {
          const bool may_be = std::find(expert.persons.begin(), expert.persons.end(), people->ids[static_cast<std::size_t>(author)]) != expert.persons.end();
          if (may_be || name_key(expert.name()) == name_key(names[static_cast<std::size_t>(author)])) faces.push_back(expert);
        }
        for (const Expert& face : faces) {
          EXPECT_FALSE(check_conflicts(all, face, thing, {2024, 3}).empty()) << face.name() << " wrote " << row << " of lake " << lake;
          ++checked;
        }
      }
    }
  }
  EXPECT_GT(checked, 1000);
}

TEST_F(ExpertsTest, QuotasAreRead) {
  const PanelQuota quota = parse_quota("sector=企业:2-5").value();
  EXPECT_EQ(quota.value, "企业");
  EXPECT_EQ(quota.least, 2);
  EXPECT_EQ(quota.greatest, 5);
  EXPECT_EQ(parse_quota("gender=female:3")->greatest, -1);
  for (const char* bad : {"sector:2", "sector=x:5-2", "height=tall:1", "sector=x:a"}) EXPECT_FALSE(parse_quota(bad)) << bad;
}

TEST(RecordTexts, TheTellingSentenceHoldsTheWords) {
  EXPECT_EQ(telling_sentence("We study walls. Soft grippers hold eggs. The end.", {{"soft", 1.0}, {"gripper", 2.0}}), "Soft grippers hold eggs.");
  EXPECT_EQ(telling_sentence("我们研究墙。软体夹爪抓鸡蛋！完。", {{"夹爪", 1.0}}), "软体夹爪抓鸡蛋！");
  EXPECT_EQ(telling_sentence("", {}), "");
}

TEST_F(ExpertsTest, EntriesKeepTheirHistory) {
  const std::string list = make_list(*db, "清单", "List", "mo").value().id;
  EXPECT_FALSE(make_list(*db, "", "", "mo"));
  const auto added = add_entries(*db, list, {{.en = "Soft robots", .origin = R"({"kind":"proposal","by":"expert-7","records":["r1"]})"}, {.en = "Grippers", .origin = R"({"records":["r2","r1"]})"}, {.en = "soft ROBOTS"}}, "mo").value();
  ASSERT_EQ(added.size(), 2u) << "the same words are one entry";
  const Entry merged = merge_entries(*db, {added[0].id, added[1].id}, {.en = "Soft grippers"}, "one thing", "mo").value();
  const Fields origin = Fields::parse(merged.origin, "origin").value();
  EXPECT_EQ(origin.texts("records").value(), (std::vector<std::string>{"r1", "r2"}));
  EXPECT_EQ(origin.texts("authors").value(), (std::vector<std::string>{"expert-7"})) << "who proposed a part stands behind the whole";
  EXPECT_EQ(reword_entry(*db, added[0].id, "", "x", "", "mo").error().kind, ErrorKind::conflict);
  EXPECT_EQ(freeze_list(*db, list, "before the split", "mo").value(), 1);
  const auto parts = split_entry(*db, merged.id, {{.en = "Soft fingers"}, {.zh = "软体手臂"}}, "two things", "mo").value();
  EXPECT_EQ(parts[0].origin, merged.origin);
  ASSERT_TRUE(vote_entry(*db, parts[0].id, "a", 1, "", "mo"));
  ASSERT_TRUE(vote_entry(*db, parts[0].id, "b", -1, "", "mo"));
  ASSERT_TRUE(vote_entry(*db, parts[0].id, "b", 1, "", "mo"));
  const Entry voted = load_entry(*db, parts[0].id).value();
  EXPECT_EQ(voted.in_favour, 2);
  EXPECT_EQ(voted.against, 0);
  const Longlist before = load_version(*db, list, 1).value();
  ASSERT_EQ(before.entries.size(), 3u);
  EXPECT_EQ(before.entries[2].state, "candidate");
  EXPECT_EQ(load_list(*db, list)->entries[2].state, "split");
  EXPECT_EQ(load_version(*db, list, 2).error().kind, ErrorKind::not_found);
}

TEST_F(ExpertsTest, ASelectionCanBeComputedAgain) {
  const std::string list = make_list(*db, "", "List", "mo").value().id;
  ASSERT_TRUE(add_entries(*db, list, {{.en = "A"}, {.en = "B"}, {.en = "C"}}, "mo"));
  const std::string request = R"({"list":"list-1","criteria":[{"id":"gain","source":"given","values":{"entry-1":9,"entry-2":5,"entry-3":1}},{"id":"cost","source":"given","cost":true,"values":{"entry-1":8,"entry-2":2,"entry-3":1}}],
    "weights":{"method":"ahp","comparisons":[1,3,0.3333333333333333,1]},"ranking":"weighted_sum","select":1,"expert_position":"gain","data_position":"cost"})";
  Progress progress;
  const std::string result = select_technologies(*db, {}, request, 1, progress).value();
  EXPECT_EQ(result, select_technologies(*db, {}, request, 1, progress).value());
  const Fields fields = Fields::parse(result, "result").value();
  EXPECT_NEAR(fields.number("consistency_ratio", 1.0).value(), 0.0, 1e-9);
  const auto items = fields.objects("items").value();
  // Weights 3/4 and 1/4: A 0.75 + 0, B 0.375 + 0.25 * 6/7, C 0 + 0.25.
  EXPECT_NEAR(items[0].number("value", 0).value(), 0.75, 1e-9);
  EXPECT_NEAR(items[1].number("value", 0).value(), 0.375 + 0.25 * 6.0 / 7.0, 1e-9);
  EXPECT_NEAR(items[2].number("value", 0).value(), 0.25, 1e-9);
  EXPECT_NEAR(items[1].number("data_position", 0).value(), 6.0 / 7.0, 1e-12);
  EXPECT_TRUE(items[0].flag("selected", false).value());
  const auto overtakings = fields.objects("overtakings").value();
  ASSERT_FALSE(overtakings.empty());
  EXPECT_EQ(overtakings[0].text("outside").value(), "entry-2");
  // A and B are equal where w = 0.5 w + (1 - w) 6/7: w = 12/19.
  EXPECT_NEAR(overtakings[0].number("weight", 0).value(), overtakings[0].text("criterion").value() == "gain" ? 12.0 / 19.0 : 7.0 / 19.0, 1e-9);
  EXPECT_EQ(selection_sheet(result)->rows.size(), 3u);
  const auto missing = select_technologies(*db, {}, R"({"list":"list-1","criteria":[{"id":"gain","source":"given","values":{"entry-1":9}}]})", 1, progress);
  EXPECT_NE(missing.error().message.find("entry-2"), std::string::npos);
}

TEST_F(ExpertsTest, SlipsInRequestsAreNamed) {
  const std::string list = make_list(*db, "", "List", "mo").value().id;
  ASSERT_TRUE(add_entries(*db, list, {{.en = "A"}, {.en = "B"}}, "mo"));
  Progress progress;
  const auto refused = [&](std::string_view request) { return select_technologies(*db, {}, request, 1, progress).error().message; };
  EXPECT_EQ(refused(R"({"list":"list-1","criteria":[{"id":"gain","values":{"entry-1":9,"entry-2":5}},{"id":"gain","values":{"entry-1":1,"entry-2":2}}]})"), "criteria: 'gain' is there twice; give each criterion an id of its own");
  EXPECT_EQ(refused(R"({"list":"list-1","criteria":[{"id":"gain","values":{"entry-1":9,"entry-2":5}}],"expert_position":"gian"})"), "expert_position: 'gian' is none of the criteria (gain)");
  const auto day = [&](std::string date) { const auto set = set_outcome(*db, {"t1", "", "", "realised", "page 3", std::move(date)}, "mo"); return set ? std::string() : set.error().message; };
  EXPECT_EQ(day("2026-02-31"), "date: '2026-02-31' is no day of the calendar; write YYYY, YYYY-MM or YYYY-MM-DD");
  EXPECT_EQ(day("2026-13-01"), "date: '2026-13-01' is no day of the calendar; write YYYY, YYYY-MM or YYYY-MM-DD");
  EXPECT_EQ(day("soon"), "date: 'soon' is no date; write YYYY, YYYY-MM or YYYY-MM-DD");
  for (const char* good : {"2024-02-29", "2026-06", "2026", "2026年6月30日", ""}) EXPECT_EQ(day(good), "") << good;
  EXPECT_EQ(add_forecasts(*db, {{"t1", "ann", "expert", 0.5, "2025-02-29"}}, "mo").error().message, "made_at: '2025-02-29' is no day of the calendar; write YYYY, YYYY-MM or YYYY-MM-DD");
  EXPECT_EQ(add_entries(*db, list, {{.en = "C\x01"}}, "mo").error().message, "en: character 2 is U+0001, which nobody sees; take it out");
  EXPECT_EQ(make_list(*db, "", std::string(300, 'x'), "mo").error().message, "en: has 300 characters, at most 200 fit; shorten it");
}

TEST_F(ExpertsTest, LookBackCountsAndPools) {
  std::ofstream(root / "back.csv") << "编号,概率,成员,结果,领域\nt1,90%,ann,已实现,能源\nt1,0.6,bob,,\nt2,0.1,ann,未实现,能源\nt2,0.5,bob,,\nt3,,,部分实现,材料\nt4,,,无法判断,材料\nt5,0.8,ann,,\nt5,0.2,bob,,\nt6,2,ann,,\n";
  const LookBackImport done = import_look_back(*db, root / "back.csv", "mo").value();
  EXPECT_EQ(done.outcomes, 4);
  EXPECT_EQ(done.forecasts, 6);
  ASSERT_EQ(done.rejects.size(), 1u);
  EXPECT_EQ(done.rejects[0].first, 10);
  const Fields report = Fields::parse(look_back_json(*db).value(), "report").value();
  EXPECT_NEAR(report.object("all")->number("share", 0).value(), 2.0 / 3.0, 1e-12);
  EXPECT_EQ(report.integer("open", 0).value(), 2);
  ASSERT_EQ(report.objects("outcomes").value().size(), 4u);
  EXPECT_EQ(report.objects("outcomes").value()[1].text("verdict").value(), "not");
  ASSERT_EQ(report.objects("things").value().size(), 3u) << "those that somebody forecast: t1, t2, t5";
  EXPECT_EQ(report.objects("things").value()[2].integer("forecasts", 0).value(), 2);
  const auto members = report.objects("members").value();
  EXPECT_NEAR(members[0].number("brier", 1).value(), (0.01 + 0.01) / 2, 1e-12);
  EXPECT_NEAR(members[1].number("brier", 1).value(), (0.16 + 0.25) / 2, 1e-12);
  ASSERT_TRUE(add_forecasts(*db, {{"t5", "machine", "machine", 0.9, "2026-01-01"}}, "mo"));
  const Fields pool = Fields::parse(pool_json(*db, "t5").value(), "pool").value();
  EXPECT_GT(pool.number("without_machine", 0).value(), 0.5) << "who was right before weighs more";
  EXPECT_GT(pool.number("log_odds", 0).value(), pool.number("without_machine", 1).value());
  EXPECT_EQ(pool_json(*db, "t9").error().kind, ErrorKind::not_found);
}

}  // namespace
}  // namespace jianwei::workflow

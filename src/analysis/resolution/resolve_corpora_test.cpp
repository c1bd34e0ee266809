// Entity resolution on labelled corpora, without using the labels: run where the corpora are at hand (JIANWEI_CORPORA).
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <deque>
#include <filesystem>
#include <map>
#include <string>

#include "analysis/resolution/blocking.h"
#include "analysis/resolution/quality.h"
#include "analysis/resolution/resolve.h"
#include "base/hash.h"
#include "base/source_dir.h"
#include "base/strings.h"
#include "records/identifier.h"
#include "records/unicode.h"

namespace jianwei::analysis {
namespace {

std::filesystem::path corpora() {
  const char* named = std::getenv("JIANWEI_CORPORA");
  return named != nullptr ? std::filesystem::path(named) : std::filesystem::path(kSourceDir) / "../shared/corpora";
}

std::string read_gzip(const std::filesystem::path& path) {
  std::string bytes;
  FILE* pipe = popen(("gzip -dc '" + path.string() + "'").c_str(), "r");
  if (pipe == nullptr) return bytes;
  char buffer[1 << 16];
  for (std::size_t n = std::fread(buffer, 1, sizeof buffer, pipe); n > 0; n = std::fread(buffer, 1, sizeof buffer, pipe)) bytes.append(buffer, n);
  pclose(pipe);
  return bytes;
}

// Rows of a table with quotes after RFC 4180 and any separator.
std::vector<std::vector<std::string>> read_table(const std::string& text, char separator) {
  std::vector<std::vector<std::string>> rows(1, std::vector<std::string>(1));
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    std::string& cell = rows.back().back();
    const char c = text[i];
    if (quoted) {
      if (c == '"' && i + 1 < text.size() && text[i + 1] == '"') {
        cell += text[++i];
      } else if (c == '"') {
        quoted = false;
      } else {
        cell += c;
      }
    } else if (c == '"') {
      quoted = true;
    } else if (c == separator) {
      rows.back().emplace_back();
    } else if (c == '\n') {
      rows.emplace_back(1);
    } else if (c != '\r') {
      cell += c;
    }
  }
  if (rows.back().size() == 1 && rows.back()[0].empty()) rows.pop_back();
  return rows;
}

struct Collection {
  std::deque<std::string> texts;  // owns what the records view
  std::vector<ResolutionRecord> records;
  std::string_view keep(std::string text) { return texts.emplace_back(std::move(text)); }
};

void add_bibliography(Collection& collection, const std::filesystem::path& path, std::string_view source, std::map<std::string, std::int64_t>& index) {
  const auto rows = read_table(read_gzip(path), '%');
  for (std::size_t i = 1; i < rows.size(); ++i) {
    const auto& row = rows[i];
    if (row.size() < 5) continue;
    ResolutionRecord record;
    record.key = hash64(std::string(source) + row[0]);
    record.source = source;
    record.title = collection.keep(clean_text(row[1]));
    const std::string_view authors = collection.keep(clean_text(row[2]));
    for (const std::string_view name : split(authors, ",")) record.persons.push_back(trim(name));
    record.venue = collection.keep(clean_text(row[3]));
    record.date.year = static_cast<std::int16_t>(parse_int(row[4]).value_or(0));
    index[row[0]] = static_cast<std::int64_t>(collection.records.size());
    collection.records.push_back(record);
  }
}

using Pairs = std::vector<std::pair<std::int64_t, std::int64_t>>;

TEST(ResolveCorpora, DblpAcmReachesTheTargetWithoutLabels) {
  const std::filesystem::path folder = corpora() / "gold-dedup/dblp-acm";
  if (!std::filesystem::exists(folder)) GTEST_SKIP() << "no corpora at " << folder;
  Collection collection;
  std::map<std::string, std::int64_t> acm;
  std::map<std::string, std::int64_t> dblp;
  add_bibliography(collection, folder / "acm.csv.gz", "acm", acm);
  add_bibliography(collection, folder / "dblp.csv.gz", "dblp", dblp);
  Pairs gold;
  const auto rows = read_table(read_gzip(folder / "gt.csv.gz"), '%');
  for (std::size_t i = 1; i < rows.size(); ++i) gold.emplace_back(acm.at(rows[i][1]), dblp.at(rows[i][0]));

  Progress progress;
  const auto found = resolve(collection.records, {}, {}, nullptr, progress);
  ASSERT_TRUE(found.has_value());
  Pairs predicted;
  std::int64_t inside = 0;
  for (const Link& link : found->links) {
    if (link.kind != LinkKind::same) continue;
    const auto& a = collection.records[static_cast<std::size_t>(link.a)];
    const auto& b = collection.records[static_cast<std::size_t>(link.b)];
    if (a.source == b.source) {
      ++inside;
    } else {
      predicted.emplace_back(link.a, link.b);
    }
  }
  const auto candidates = blocked_pairs(collection.records, 0, progress);
  ASSERT_TRUE(candidates.has_value());
  const double coverage = pair_coverage(*candidates, gold);
  const PrecisionRecall quality = pairwise(predicted, gold);
  RecordProperty("f1", std::to_string(quality.f1));
  std::printf("dblp-acm: precision %.4f recall %.4f f1 %.4f; inside one source %lld; candidates %lld, blocking recall %.4f\n", quality.precision, quality.recall,
              quality.f1, static_cast<long long>(inside), static_cast<long long>(candidates->size()), coverage);
  if (std::getenv("JIANWEI_SHOW_ERRORS") != nullptr) {
    std::sort(predicted.begin(), predicted.end());
    std::sort(gold.begin(), gold.end());
    const auto show = [&](const char* what, const std::pair<std::int64_t, std::int64_t>& pair) {
      std::printf("%s\n", what);
      for (const std::int64_t i : {pair.first, pair.second}) {
        const auto& r = collection.records[static_cast<std::size_t>(i)];
        std::printf("   %s | ", std::string(r.title).c_str());
        for (const auto name : r.persons) std::printf("%s, ", std::string(name).c_str());
        std::printf("| %s | %d\n", std::string(r.venue).c_str(), r.date.year);
      }
    };
    for (const auto& pair : predicted) if (!std::binary_search(gold.begin(), gold.end(), pair)) show("WRONG", pair);
    for (const auto& pair : gold) if (!std::binary_search(predicted.begin(), predicted.end(), pair)) show("MISSED", pair);
  }
  EXPECT_GE(quality.f1, 0.98);
  EXPECT_GE(coverage, 0.995);
}

// Each cluster keeps one reference, an In_database one when it has any, and removes the rest. Right: removed and Duplicate_in_trash.
TEST(ResolveCorpora, ASySDFindsWhatReviewersThrewAway) {
  const std::filesystem::path path = corpora() / "gold-dedup/asysd/labelled_test_set.csv.gz";
  if (!std::filesystem::exists(path)) GTEST_SKIP() << "no corpora at " << path;
  const auto rows = read_table(read_gzip(path), ',');
  std::map<std::string, std::size_t> column;
  for (std::size_t i = 0; i < rows[0].size(); ++i) column[rows[0][i]] = i;
  Collection collection;
  std::vector<bool> trash;      // label: thrown away by the reviewers
  std::vector<bool> duplicate;  // source: a further copy of a work that is in the set
  for (std::size_t i = 1; i < rows.size(); ++i) {
    if (rows[i].size() != rows[0].size()) continue;
    const auto cell = [&](const char* name) {
      std::string text = clean_text(rows[i][column.at(name)]);
      return collection.keep(text == "NA" ? "" : text);
    };
    ResolutionRecord record;
    record.key = hash64(rows[i][column.at("record_id")]);
    record.source = "asysd";
    record.title = cell("title");
    record.persons = {cell("author")};
    record.abstract_text = cell("abstract");
    record.venue = cell("journal");
    record.volume = cell("volume");
    record.issue = cell("number");
    record.pages = cell("pages");
    record.date.year = static_cast<std::int16_t>(parse_int(cell("year")).value_or(0));
    const std::string doi = normalize_identifier("doi", cell("doi"));
    if (!doi.empty()) record.identifiers.push_back(collection.keep("doi:" + doi));
    collection.records.push_back(record);
    trash.push_back(rows[i][column.at("label")] == "Duplicate_in_trash");
    duplicate.push_back(rows[i][column.at("source")] != "unique");
  }
  Progress progress;
  const auto found = resolve(collection.records, {}, {}, nullptr, progress);
  ASSERT_TRUE(found.has_value());
  std::map<std::int64_t, std::vector<std::size_t>> clusters;
  for (std::size_t i = 0; i < collection.records.size(); ++i) clusters[found->cluster[i]].push_back(i);
  // Each cluster keeps one record, one that `removable` says is to be kept when it has any.
  const auto score = [&](const char* name, const std::vector<bool>& removable) {
    std::int64_t tp = 0;
    std::int64_t fp = 0;
    std::int64_t fn = 0;
    std::int64_t tn = 0;
    for (const auto& [label, members] : clusters) {
      const auto first = std::find_if(members.begin(), members.end(), [&](std::size_t i) { return !removable[i]; });
      const std::size_t kept = first == members.end() ? members[0] : *first;
      for (const std::size_t i : members) (removable[i] ? (i != kept ? tp : fn) : (i != kept ? fp : tn)) += 1;
    }
    const PrecisionRecall quality = precision_recall(tp, tp + fp, tp + fn);
    std::printf("asysd by %s: tp %lld fp %lld fn %lld tn %lld; sensitivity %.4f specificity %.4f precision %.4f f1 %.4f\n", name, static_cast<long long>(tp), static_cast<long long>(fp),
                static_cast<long long>(fn), static_cast<long long>(tn), quality.recall, static_cast<double>(tn) / static_cast<double>(tn + fp), quality.precision, quality.f1);
    return quality;
  };
  const PrecisionRecall by_label = score("label", trash);
  const PrecisionRecall by_source = score("source", duplicate);
  if (std::getenv("JIANWEI_SHOW_ERRORS") != nullptr) {
    for (const auto& [label, members] : clusters) {
      std::int64_t in_database = 0;
      for (const std::size_t i : members) in_database += trash[i] ? 0 : 1;
      if (in_database == 1) continue;
      std::printf("%s\n", in_database == 0 ? "NOTHING KEPT" : "SEVERAL KEPT");
      for (const std::size_t i : members) {
        const auto& r = collection.records[i];
        std::printf("   %d %.70s | %.40s | %d | %.30s | %.8s | %.8s | %s\n", static_cast<int>(trash[i]), std::string(r.title).c_str(), std::string(r.persons[0]).c_str(), r.date.year,
                    std::string(r.venue).c_str(), std::string(r.volume).c_str(), std::string(r.pages).c_str(), r.identifiers.empty() ? "" : std::string(r.identifiers[0]).c_str());
      }
    }
  }
  EXPECT_GE(by_label.recall, 0.98);
  EXPECT_GE(by_source.f1, 0.98);
  EXPECT_GE(largest_cluster(found->cluster), 2);
  EXPECT_LE(largest_cluster(found->cluster), 12);
}

}  // namespace
}  // namespace jianwei::analysis

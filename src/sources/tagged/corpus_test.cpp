// Every real export of these formats: the count of records is what counting begin marks in the raw text gives, and the main fields are
// nearly always filled.
#include <gtest/gtest.h>

#include <algorithm>
#include <ctime>
#include <map>

#include "base/strings.h"
#include "sources/open.h"
#include "sources/tagged/reading_test.h"

namespace jianwei::sources {
namespace {

namespace fs = std::filesystem;

struct Case {
  std::string folder;         // below the corpora
  std::string contains;       // in the file name
  std::string format;         // expected
  std::string begin_mark;     // a line begins with it once per record
  double title, date, persons;  // least shares
};

const std::vector<Case> kCases = {
    {"exchange-formats/wos", "bibtex_", "bibtex", "@", 1, 0.97, 1},
    {"exchange-formats/wos", "ciw_", "wos", "PT ", 1, 0.99, 1},
    {"exchange-formats/wos", "plaintext_", "wos", "PT ", 1, 0.95, 0.99},
    {"exchange-formats/scopus", ".bib", "bibtex", "@", 1, 1, 0.98},
    {"exchange-formats/scopus", ".ris", "ris", "TY  -", 1, 1, 0.98},
    {"exchange-formats/ris", "", "ris", "TY  -", 0.98, 0.98, 0.95},
    {"exchange-formats/pubmed", "", "medline", "PMID-", 1, 1, 0.98},
    {"exchange-formats/cnki-noteexpress", "", "noteexpress", "{Reference Type}", 1, 0.85, 0.9},
    {"exchange-formats/cn-import-samples", "RefWorks", "refworks", "RT ", 1, 0.6, 0.8},
    {"exchange-formats/cn-import-samples", "Refer_", "endnote", "%0 ", 1, 0.8, 0.8},
    {"exchange-formats/reference-import-samples", "RIS_", "ris", "TY  -", 0.85, 0, 0.5},
    {"exchange-formats/reference-import-samples", "MEDLINE", "medline", "TI  -", 1, 0.8, 0.8},
    {"exchange-formats/reference-import-samples", "RefWorks", "refworks", "RT ", 1, 1, 1},
    {"exchange-formats/reference-import-samples", "Refer", "endnote", "%T", 1, 1, 1},
    {"exchange-formats/reference-import-samples", "Web_of", "wos", "PT ", 1, 1, 1},
    {"exchange-formats/jabref-samples", "Ris", "ris", "TY  -", 0.8, 1, 0.8},
    {"exchange-formats/jabref-samples", "Isi", "wos", "PT ", 1, 1, 0.6},
    {"exchange-formats/jabref-samples", "MedlinePlain", "medline", "PMID-", 0.4, 0, 0},
    {"exchange-formats/jabref-samples", "Biblioscape", "biblioscape", "------", 1, 0.6, 0.6},
    {"exchange-formats/jabref-samples", "Copac", "copac", "TI- ", 1, 1, 1},
    {"exchange-formats/jabref-samples", "Inspec", "inspec", "TI ~", 1, 0, 1},
    {"exchange-formats/jabref-samples", "Ovid", "ovid", "Accession Number", 1, 0.7, 1},
    {"exchange-formats/jabref-samples", "Repec", "nep", "URL:", 1, 1, 0.5},
    {"exchange-formats/jabref-samples", ".cff", "cff", "cff-version:", 1, 1, 1},
    {"exchange-formats/jabref-samples", "Endnote.book", "endnote", "%0 ", 1, 1, 1},
    {"exchange-formats/zotero", ".bib", "bibtex", "@", 1, 0.95, 0.95},
    {"acm-bibtex", "", "bibtex", "@", 1, 0.99, 0.97},
};

// Only for the speed: keeping all records costs more than reading them.
class DroppingSink : public RecordSink {
 public:
  Result<> record(Record&&) override { return {}; }
  Result<> reject(Reject&&) override { return {}; }
  void warn(Warning&&) override {}
};

// The text of a file and what was recognised and read in it.
struct Outcome {
  std::string text;
  std::string format;
  testing::Collected sink;
  double seconds = 0;
};

Result<> read_source(const fs::path& path, Outcome& outcome) {
  return open_source(path, {}, [&](OpenedFile& file) -> Result<> {
    std::string name = to_lower_ascii(path.filename().string());
    if (name.ends_with(".gz")) name.resize(name.size() - 3);
    std::string buffer(1 << 20, '\0');
    for (std::size_t count = 1; count > 0;) {
      count = TRY(file.stream->read(buffer.data(), buffer.size()));
      outcome.text.append(buffer.data(), count);
    }
    double best = 0;
    for (const Format& format : tagged_formats()) {
      const double score = format.recognise({name, file.sample, file.complete});
      if (score <= best) continue;
      best = score;
      outcome.format = format.name;
    }
    TRY(read_text(outcome.format, outcome.text, outcome.sink));
    if (std::getenv("JIANWEI_SHOW_FILL") == nullptr) return {};
    DroppingSink dropping;
    MemoryStream stream(outcome.text);
    Progress progress;
    const std::clock_t begin = std::clock();
    for (const Format& format : tagged_formats()) {
      if (format.name == outcome.format) TRY(format.read(stream, {}, dropping, progress));
    }
    outcome.seconds = static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
    return {};
  });
}

std::size_t count_lines_with(const std::string& text, const std::string& mark) {
  std::size_t count = 0;
  for (std::size_t at = text.find(mark); at != std::string::npos; at = text.find(mark, at + 1)) count += at == 0 || text[at - 1] == '\n' || text[at - 1] == '\r' ? 1 : 0;
  return count;
}

// "@" counts only before "word{" or "word (", and not for string, preamble and comment.
std::size_t count_bibtex(const std::string& text) {
  std::size_t count = 0;
  for (std::size_t at = text.find('@'); at != std::string::npos; at = text.find('@', at + 1)) {
    if (at > 0 && text[at - 1] != '\n') continue;
    std::size_t end = at + 1;
    while (end < text.size() && is_alpha(text[end])) ++end;
    const std::string type = to_lower_ascii(text.substr(at + 1, end - at - 1));
    while (end < text.size() && text[end] == ' ') ++end;
    count += end < text.size() && text[end] == '{' && !type.empty() && type != "string" && type != "preamble" && type != "comment" ? 1 : 0;
  }
  return count;
}

class TaggedCorpus : public ::testing::TestWithParam<Case> {};

TEST_P(TaggedCorpus, ReadsEveryRecord) {
  const fs::path folder = testing::corpus("");
  if (folder.empty()) GTEST_SKIP() << "no corpora: set JIANWEI_CORPORA";
  const Case& wanted = GetParam();
  std::map<std::string, std::size_t> filled;
  std::size_t records = 0;
  double seconds = 0;
  double bytes = 0;
  for (const auto& entry : fs::directory_iterator(folder / wanted.folder)) {
    const std::string name = entry.path().filename().string();
    if (!name.ends_with(".gz") || name.find(wanted.contains) == std::string::npos || name == "InspecImportTestFalse.txt.gz" || name == "InspecImportTest.txt.gz") continue;
    Outcome outcome;
    const Result<> result = read_source(entry.path(), outcome);
    ASSERT_TRUE(result) << name << ": " << result.error().message;
    EXPECT_EQ(outcome.format, wanted.format) << name;
    const std::size_t expected = wanted.begin_mark == "@" ? count_bibtex(outcome.text) : name.find("MultiTitle") != std::string::npos ? 1 : count_lines_with(outcome.text, wanted.begin_mark);
    EXPECT_EQ(outcome.sink.records.size() + outcome.sink.rejects.size(), expected) << name;
    for (const Reject& reject : outcome.sink.rejects) std::printf("reject %s:%lld %s\n", name.c_str(), static_cast<long long>(reject.line), reject.reason.c_str());
    for (const Record& record : outcome.sink.records) {
      const auto fields = filled_fields(record);
      for (std::size_t i = 0; i < fields.size(); ++i) filled[std::string(kReportedFields[i])] += fields[i] ? 1 : 0;
      EXPECT_FALSE(record.type.empty()) << name << ':' << record.provenance.line;
      EXPECT_FALSE(record.provenance.raw.empty());
      filled["source " + record.provenance.source] += 1;
      filled["type " + record.type] += 1;
    }
    records += outcome.sink.records.size();
    seconds += outcome.seconds;
    bytes += static_cast<double>(outcome.text.size());
  }
  ASSERT_GT(records, 0U);
  const auto share = [&](const std::string& field) { return static_cast<double>(filled[field]) / static_cast<double>(records); };
  EXPECT_GE(share("title"), wanted.title);
  EXPECT_GE(share("date"), wanted.date);
  EXPECT_GE(share("persons"), wanted.persons);
  if (std::getenv("JIANWEI_SHOW_FILL") != nullptr) {
    std::printf("%s %s: %zu records, %.0f MB/s\n   ", wanted.folder.c_str(), wanted.format.c_str(), records, bytes / 1e6 / seconds);
    for (const auto& [field, count] : filled) std::printf(" %s %.2f", field.c_str(), static_cast<double>(count) / static_cast<double>(records));
    std::printf("\n");
  }
}

INSTANTIATE_TEST_SUITE_P(Exports, TaggedCorpus, ::testing::ValuesIn(kCases), [](const auto& one) {
  return one.param.format + std::to_string(one.index);
});

}  // namespace
}  // namespace jianwei::sources

// bench_persons FILE.tsv: resolve_persons() against labelled signatures. Lines "record<TAB>name<TAB>family<TAB>given<TAB>organisation|organisation<TAB>title<TAB>person";
// an empty person is not scored but serves as context. bench/quality/persons.py makes the files from the test corpora.
//
// Prints B-cubed and pairwise precision, recall and F1 of the labelled signatures, and of two baselines: one person a name block, one a full name.
#include <fmt/format.h>

#include <chrono>
#include <deque>
#include <map>
#include <string>
#include <vector>

#include "analysis/resolution/persons.h"
#include "analysis/resolution/quality.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/strings.h"

using namespace jianwei;

namespace {

void print(std::string_view method, std::span<const std::int64_t> predicted, std::span<const std::int64_t> gold) {
  const analysis::PrecisionRecall items = analysis::b_cubed(predicted, gold);
  const analysis::PrecisionRecall pairs = analysis::pairwise(predicted, gold);
  fmt::print("{:<28} B3 {:.4f} {:.4f} F1 {:.4f}   pairs {:.4f} {:.4f} F1 {:.4f}   largest {}\n", method, items.precision, items.recall, items.f1, pairs.precision, pairs.recall, pairs.f1,
             analysis::largest_cluster(predicted));
}

Result<> evaluate(const std::string& file) {
  const std::string content = TRY(read_file(file));
  std::deque<PersonName> names;
  std::vector<analysis::PersonSignature> signatures;
  std::vector<std::string_view> organisations;
  std::map<std::string_view, std::int32_t> organisation_ids;
  std::vector<std::string_view> persons;
  std::map<std::string_view, std::int64_t> records;
  for (const std::string_view line : split(content, "\n")) {
    std::vector<std::string_view> cells = split(line, "\t");
    if (cells.size() < 7) continue;
    analysis::PersonSignature signature;
    signature.record = records.try_emplace(cells[0], static_cast<std::int64_t>(records.size())).first->second;
    signature.name = &names.emplace_back(parse_person_name(cells[1], cells[2], cells[3]));
    for (const std::string_view name : split(cells[4], "|")) {
      if (name.empty()) continue;
      const auto [place, added] = organisation_ids.try_emplace(name, static_cast<std::int32_t>(organisations.size()));
      if (added) organisations.push_back(name);
      signature.organisations.push_back(place->second);
    }
    signature.title = cells[5];
    signatures.push_back(std::move(signature));
    persons.push_back(cells[6]);
  }
  Progress progress;
  const auto start = std::chrono::steady_clock::now();
  const analysis::PersonClusters clusters = TRY(analysis::resolve_persons(signatures, organisations, {}, progress));
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  std::vector<std::int64_t> gold, ours, block, full;
  for (std::size_t i = 0; i < signatures.size(); ++i) {
    if (persons[i].empty()) continue;
    gold.push_back(static_cast<std::int64_t>(hash64(persons[i])));
    ours.push_back(clusters.person_of[i]);
    block.push_back(static_cast<std::int64_t>(hash64(person_block(*signatures[i].name))));
    full.push_back(static_cast<std::int64_t>(hash64(signatures[i].name->family + " " + signatures[i].name->joined_given())));
  }
  fmt::print("{}: {} signatures, {} labelled, {} persons found, {:.2f} s\n", file, signatures.size(), gold.size(), clusters.person_count, seconds);
  print("resolve_persons", ours, gold);
  print("one person a name block", block, gold);
  print("one person a full name", full, gold);
  return {};
}

}  // namespace

int main(int argc, char** argv) {
  for (int i = 1; i < argc; ++i) {
    if (const Result<> done = evaluate(argv[i]); !done) {
      fmt::print(stderr, "{}\n", done.error().message);
      return 1;
    }
  }
  return 0;
}

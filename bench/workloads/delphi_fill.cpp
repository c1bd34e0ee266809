// Fills the open round of a Delphi study with the answers of all its seats, without HTTP: sealed and written by the functions the server uses (32 threads, so that many share a transaction). For measuring what comes after the
// answers (pages, closing, analysis, exports) at a size that the API would take hours to fill on a small machine. The server may run meanwhile.
//
//   bench_delphi_fill WORKSPACE STUDY
#include <atomic>
#include <cstdio>
#include <thread>
#include <vector>

#include "delphi_answers.h"
#include "workflow/delphi/delphi_json.h"
#include "workflow/delphi/desk.h"
#include "workflow/delphi/item_results.h"

namespace {

using namespace jianwei;

Result<std::int64_t> fill(const char* workspace, const char* id) {
  workflow::Delphi delphi = TRY(workflow::open_delphi(workspace));
  const workflow::DelphiStudy study = TRY(workflow::load_study(delphi, id));
  const std::vector<store::SeatRow> seats = TRY(delphi.db->seats(study.row.number));
  std::atomic<std::int64_t> saved = 0;
  std::atomic<bool> failed = false;
  std::vector<std::thread> threads;
  constexpr std::size_t kThreads = 32;
  for (std::size_t t = 0; t < kThreads; ++t) {
    threads.emplace_back([&, t] {
      for (std::size_t s = t; s < seats.size() && !failed; s += kThreads) {
        for (const store::DelphiItemRow& item : study.items) {
          if (item.state != "active") continue;
          store::CardRow row{study.row.number, study.row.round, item.number, seats[s].number, "", "2026-11-28"};
          const std::string answers = bench::generated_card(static_cast<std::size_t>(seats[s].number), static_cast<std::size_t>(item.number), static_cast<std::size_t>(study.row.round));
          const auto card = workflow::read_card(study.questions, answers);
          if (!card) {
            failed = true;
            break;
          }
          row.answers = delphi.answers.close(workflow::to_json(study.questions, *card), workflow::card_context(row));
          if (!delphi.db->save_card(row)) {
            failed = true;
            break;
          }
          ++saved;
        }
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  if (failed) return fail(ErrorKind::internal, "a card could not be saved");
  return saved.load();
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) return std::fprintf(stderr, "usage: bench_delphi_fill WORKSPACE STUDY\n"), 2;
  const auto saved = fill(argv[1], argv[2]);
  if (!saved) return std::fprintf(stderr, "%s\n", saved.error().message.c_str()), 1;
  std::printf("{\"saves\":%lld}\n", static_cast<long long>(*saved));
}

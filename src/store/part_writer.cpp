// The reading thread fills a part; when it has kPartBytes or kPartRows it goes to the queue, and blocks while the queue is full. In memory are
// at most: the part being filled, one waiting, one with each writer, and DuckDB's row group for each.

#include "store/part_writer.h"

#include <malloc.h>

#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

#include "base/file.h"
#include "base/parallel.h"
#include "store/record_parquet.h"

namespace jianwei::store {
namespace {

constexpr std::int64_t kPartBytes = std::int64_t{48} << 20;
constexpr std::size_t kPartRows = 61'440;
constexpr int kMaxWriters = 4;  // more would wait for the reader
constexpr std::size_t kMaxWaiting = 1;

}  // namespace

struct PartWriter::State {
  const Lake& lake;
  std::int64_t batch_id;
  Prepare prepare;
  Database database;
  std::vector<std::thread> threads = {};

  std::mutex mutex = {};
  std::condition_variable changed = {};
  // Protected by mutex.
  std::deque<std::pair<std::int64_t, std::vector<RecordRow>>> waiting = {};
  std::vector<PartRow> written = {};
  bool closed = false;
  bool failed = false;
  Error error = {};

  void fail_with(Error what) {
    const std::lock_guard guard(mutex);
    if (!failed) error = std::move(what);
    failed = true;
    changed.notify_all();
  }

  void work() {
    Result<Connection> connection = database.connect();
    if (!connection) return fail_with(connection.error());
    for (;;) {
      std::pair<std::int64_t, std::vector<RecordRow>> part;
      {
        std::unique_lock guard(mutex);
        changed.wait(guard, [&] { return failed || closed || !waiting.empty(); });
        if (failed || waiting.empty()) return;
        part = std::move(waiting.front());
        waiting.pop_front();
        changed.notify_all();
      }
      if (prepare) prepare(part.second);
      bool given = false;
      RecordFeed feed(source_fields(), [&]() -> Result<std::span<const RecordRow>> {
        if (std::exchange(given, true)) return std::span<const RecordRow>{};
        return std::span<const RecordRow>(part.second);
      });
      const std::string relative = part_path(batch_id, part.first);
      const auto count = write_parquet(*connection, "SELECT * FROM " + feed.sql(), lake.path(relative), &feed);
      if (!count) return fail_with(count.error());
      const std::lock_guard guard(mutex);
      written.push_back({relative, batch_id, *count});
    }
  }

  void join() {
    {
      const std::lock_guard guard(mutex);
      closed = true;
      changed.notify_all();
    }
    for (std::thread& thread : threads) thread.join();
    threads.clear();
  }
};

Result<std::unique_ptr<PartWriter>> PartWriter::start(const Lake& lake, std::int64_t batch_id, int thread_count, Prepare prepare) {
  const int threads = thread_count > 0 ? thread_count : default_thread_count();
  // Every writer runs its statement on its own thread; with threads of its own DuckDB would keep ours polling for their tasks.
  auto state = std::unique_ptr<State>(new State{lake, batch_id, std::move(prepare), TRY(lake.open_database(1))});
  for (int i = 0; i < std::min(threads, kMaxWriters); ++i) state->threads.emplace_back([s = state.get()] { s->work(); });
  return std::unique_ptr<PartWriter>(new PartWriter(std::move(state)));
}

PartWriter::PartWriter(std::unique_ptr<State> state) : state_(std::move(state)) {}

PartWriter::~PartWriter() {
  if (!state_->threads.empty()) state_->fail_with({ErrorKind::cancelled, "the import was given up"});
  state_->join();
  if (kept_) return;
  std::error_code ignored;
  for (const PartRow& part : state_->written) std::filesystem::remove(state_->lake.path(part.path), ignored);
}

Result<> PartWriter::add(RecordRow&& row) {
  bytes_ += memory_bytes(row.record);
  rows_.push_back(std::move(row));
  if (bytes_ < kPartBytes && rows_.size() < kPartRows) return {};
  dispatch();
  const std::lock_guard guard(state_->mutex);
  if (state_->failed) return tl::unexpected<Error>(state_->error);
  return {};
}

void PartWriter::dispatch() {
  std::unique_lock guard(state_->mutex);
  state_->changed.wait(guard, [&] { return state_->failed || state_->waiting.size() < kMaxWaiting; });
  state_->waiting.emplace_back(next_part_++, std::move(rows_));
  state_->changed.notify_all();
  rows_ = {};
  bytes_ = 0;
}

Result<std::vector<PartRow>> PartWriter::finish() {
  if (!rows_.empty()) dispatch();
  state_->join();
  ::malloc_trim(0);  // parts are freed by other threads than those that made them; glibc keeps such memory
  if (state_->failed) return tl::unexpected<Error>(state_->error);
  TRY(sync_path(state_->lake.path("lake/records")));
  std::sort(state_->written.begin(), state_->written.end(), [](const PartRow& a, const PartRow& b) { return a.path < b.path; });
  return state_->written;
}

}  // namespace jianwei::store

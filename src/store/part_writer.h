// Writes the records of one batch as a series of Parquet files, on several threads, in bounded memory and with the same bytes
// at any thread count: rows are cut into parts by size, every part is one file.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

#include "base/result.h"
#include "store/lake.h"
#include "store/record_columns.h"

namespace jianwei::store {

class PartWriter {
 public:
  // `prepare` is called for each part on a writer's thread before it is written, to fill what is costly to fill (the language). Parts
  // may be prepared at the same time.
  using Prepare = std::function<void(std::vector<RecordRow>&)>;

  static Result<std::unique_ptr<PartWriter>> start(const Lake& lake, std::int64_t batch_id, int thread_count, Prepare prepare);
  ~PartWriter();  // without finish(): waits for the threads and removes what they wrote
  PartWriter(const PartWriter&) = delete;
  PartWriter& operator=(const PartWriter&) = delete;

  // Errors: the first one that a writer met.
  Result<> add(RecordRow&& row);
  // Writes what is left and syncs the folder. The parts belong to the lake once app.db names them.
  Result<std::vector<PartRow>> finish();
  // Keeps the parts: call it when they are committed.
  void keep() { kept_ = true; }

 private:
  struct State;
  explicit PartWriter(std::unique_ptr<State> state);
  void dispatch();

  std::unique_ptr<State> state_;
  std::vector<RecordRow> rows_;
  std::int64_t bytes_ = 0;
  std::int64_t next_part_ = 0;
  bool kept_ = false;
};

}  // namespace jianwei::store

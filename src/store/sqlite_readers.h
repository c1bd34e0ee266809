// Connections that read a database beside the one that writes it: in WAL a reader sees the last commit and waits for nobody. As many are opened as read at the same time; they are kept.
#pragma once

#include <filesystem>
#include <mutex>
#include <utility>
#include <vector>

#include "store/sqlite.h"

namespace jianwei::store {

class SqliteReaders {
 public:
  explicit SqliteReaders(std::filesystem::path path) : path_(std::move(path)) {}

  // A connection on loan; it goes back when the loan ends.
  class Loan {
   public:
    Loan(SqliteReaders& from, Sqlite database) : from_(&from), database_(std::move(database)) {}
    Loan(Loan&& other) noexcept : from_(std::exchange(other.from_, nullptr)), database_(std::move(other.database_)) {}
    Loan& operator=(Loan&&) = delete;
    ~Loan() {
      if (from_ != nullptr) from_->give(std::move(database_));
    }
    Sqlite* operator->() { return &database_; }
    Sqlite& operator*() { return database_; }

   private:
    SqliteReaders* from_;
    Sqlite database_;
  };

  // Errors: unavailable; not_found
  Result<Loan> take() {
    {
      const std::lock_guard lock(mutex_);
      if (!free_.empty()) {
        Loan loan(*this, std::move(free_.back()));
        free_.pop_back();
        return loan;
      }
    }
    return Loan(*this, TRY(Sqlite::open(path_, false)));
  }

 private:
  void give(Sqlite database) {
    const std::lock_guard lock(mutex_);
    free_.push_back(std::move(database));
  }

  const std::filesystem::path path_;
  std::mutex mutex_;  // protects free_
  std::vector<Sqlite> free_;
};

}  // namespace jianwei::store

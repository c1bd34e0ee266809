// Idempotency-Key: a request that is sent again with the same key gets the first answer again and does nothing twice.
//
// The key belongs to its user and is kept for a day. The same key with another request is a conflict, and so is one whose first request is still at work.
#pragma once

#include <mutex>
#include <set>
#include <string>

#include "server/http/router.h"
#include "store/server_db.h"

namespace jianwei::server {

class Idempotency {
 public:
  explicit Idempotency(store::ServerDb& database) : database_(database) {}

  // Answers from memory, or runs the handler and keeps what it answered when that is a success.
  Result<Response> answer(const Request& request, const Handler& handler);

 private:
  store::ServerDb& database_;
  std::mutex mutex_;               // protects at_work_
  std::set<std::string> at_work_;  // user and key
};

}  // namespace jianwei::server

// Counters of the server in Prometheus' text format.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <utility>

#include "server/http/message.h"

namespace jianwei::server {

class Metrics {
 public:
  void count(Method method, int status, double seconds);
  // `gauges`: name -> value, added as they are.
  std::string text(const std::map<std::string, double>& gauges) const;

  static constexpr std::array<double, 9> kBounds = {0.001, 0.005, 0.02, 0.05, 0.1, 0.5, 1, 5, 30};  // seconds

 private:
  mutable std::mutex mutex_;  // protects the rest
  std::map<std::pair<Method, int>, std::int64_t> requests_;
  std::array<std::int64_t, kBounds.size()> below_{};
  std::int64_t count_ = 0;
  double sum_seconds_ = 0;
};

// Resident memory of this process in bytes, 0 when unknown.
std::int64_t resident_bytes();

}  // namespace jianwei::server

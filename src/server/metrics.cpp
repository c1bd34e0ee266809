#include "server/metrics.h"

#include <unistd.h>

#include <fstream>

namespace jianwei::server {

void Metrics::count(Method method, int status, double seconds) {
  const std::lock_guard lock(mutex_);
  ++requests_[{method, status}];
  for (std::size_t i = 0; i < kBounds.size(); ++i) below_[i] += seconds <= kBounds[i];
  ++count_;
  sum_seconds_ += seconds;
}

std::string Metrics::text(const std::map<std::string, double>& gauges) const {
  std::string out = "# TYPE jianwei_requests_total counter\n";
  const std::lock_guard lock(mutex_);
  for (const auto& [key, count] : requests_) out += fmt::format("jianwei_requests_total{{method=\"{}\",status=\"{}\"}} {}\n", to_string(key.first), key.second, count);
  out += "# TYPE jianwei_request_seconds histogram\n";
  for (std::size_t i = 0; i < kBounds.size(); ++i) out += fmt::format("jianwei_request_seconds_bucket{{le=\"{}\"}} {}\n", kBounds[i], below_[i]);
  out += fmt::format("jianwei_request_seconds_bucket{{le=\"+Inf\"}} {}\njianwei_request_seconds_sum {}\njianwei_request_seconds_count {}\n", count_, sum_seconds_, count_);
  std::string family;  // of the gauge before, for one TYPE line each
  for (const auto& [name, value] : gauges) {
    if (family != name.substr(0, name.find('{'))) out += fmt::format("# TYPE {} gauge\n", family = name.substr(0, name.find('{')));
    out += fmt::format("{} {}\n", name, value);
  }
  return out;
}

std::int64_t resident_bytes() {
  std::ifstream statm("/proc/self/statm");
  std::int64_t size = 0, resident = 0;
  return statm >> size >> resident ? resident * ::sysconf(_SC_PAGESIZE) : 0;
}

}  // namespace jianwei::server

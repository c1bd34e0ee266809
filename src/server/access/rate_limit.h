// How many requests one caller may send: a bucket of tokens each, filled at a steady rate.
#pragma once

#include <algorithm>
#include <chrono>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>

namespace jianwei::server {

class RateLimit {
 public:
  RateLimit(double per_second, double burst) : per_second_(per_second), burst_(burst) {}

  // Nothing when the request may pass, else the seconds to wait.
  std::optional<int> take(const std::string& who, std::chrono::steady_clock::time_point now = std::chrono::steady_clock::now()) {
    const std::lock_guard lock(mutex_);
    if (buckets_.size() > 20'000) forget_full(now);
    auto [found, fresh] = buckets_.try_emplace(who, Bucket{burst_, now});
    Bucket& bucket = found->second;
    bucket.tokens = std::min(burst_, bucket.tokens + per_second_ * std::chrono::duration<double>(now - bucket.filled_at).count());
    bucket.filled_at = now;
    if (bucket.tokens < 1) return 1 + static_cast<int>((1 - bucket.tokens) / per_second_);
    bucket.tokens -= 1;
    return std::nullopt;
  }

 private:
  struct Bucket {
    double tokens;
    std::chrono::steady_clock::time_point filled_at;
  };
  // A bucket that is full again needs no memory.
  void forget_full(std::chrono::steady_clock::time_point now) {
    std::erase_if(buckets_, [&](const auto& item) { return item.second.tokens + per_second_ * std::chrono::duration<double>(now - item.second.filled_at).count() >= burst_; });
  }

  const double per_second_, burst_;
  std::mutex mutex_;  // protects buckets_
  std::unordered_map<std::string, Bucket> buckets_;
};

}  // namespace jianwei::server

#include "base/progress.h"

namespace jianwei {
namespace {

std::int64_t now_ms() {
  const auto now = std::chrono::steady_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::milliseconds>(now).count();
}

}  // namespace

void Progress::begin(std::string_view stage, std::int64_t total, std::string_view unit) {
  done_ = 0;
  total_ = total;
  on_begin(stage, unit);
}

void Progress::advance(std::int64_t count) {
  done_.fetch_add(count, std::memory_order_relaxed);
  const std::int64_t now = now_ms();
  std::int64_t next = next_report_ms_.load(std::memory_order_relaxed);
  if (now < next) return;
  if (next_report_ms_.compare_exchange_strong(next, now + 100)) on_advance();
}

Result<> Progress::check() const {
  if (cancelled()) return fail(ErrorKind::cancelled, "stopped as asked; nothing of this step was kept");
  return {};
}

}  // namespace jianwei

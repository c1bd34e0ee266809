#include "base/parallel.h"

#include <algorithm>
#include <atomic>
#include <thread>
#include <vector>

namespace jianwei {

int default_thread_count() { return std::max(1, static_cast<int>(std::thread::hardware_concurrency())); }

void parallel_blocks(std::int64_t count, std::int64_t block_size, int thread_count,
                     const std::function<void(std::int64_t, std::int64_t, std::int64_t)>& body) {
  if (count <= 0) return;
  block_size = std::max<std::int64_t>(1, block_size);
  const std::int64_t block_count = (count + block_size - 1) / block_size;
  std::atomic<std::int64_t> next = 0;
  const auto work = [&] {
    for (std::int64_t block = next++; block < block_count; block = next++) {
      body(block, block * block_size, std::min(count, (block + 1) * block_size));
    }
  };
  const std::int64_t wanted = thread_count > 0 ? thread_count : default_thread_count();
  std::vector<std::thread> threads;
  for (std::int64_t i = 1; i < std::min(wanted, block_count); ++i) threads.emplace_back(work);
  work();
  for (std::thread& thread : threads) thread.join();
}

}  // namespace jianwei

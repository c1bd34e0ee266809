// Fork-join loops whose result does not depend on the thread count: work is cut into fixed blocks, and whoever combines the blocks
// does it in block order.
#pragma once

#include <cstdint>
#include <functional>

namespace jianwei {

// The number of threads to use when an option says 0: the machine's.
int default_thread_count();

// Calls body(block_index, begin, end) for each block of `block_size` consecutive indices of [0, count), on up to `thread_count`
// threads (0: default_thread_count()). Blocks start in order. The body must not throw.
void parallel_blocks(std::int64_t count, std::int64_t block_size, int thread_count,
                     const std::function<void(std::int64_t block, std::int64_t begin, std::int64_t end)>& body);

}  // namespace jianwei

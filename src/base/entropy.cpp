#include "base/entropy.h"

#include <sys/random.h>

#include <cerrno>
#include <cstdlib>

#include "base/encoding.h"

namespace jianwei {

std::string random_bytes(std::size_t count) {
  std::string bytes(count, '\0');
  for (std::size_t done = 0; done < count;) {
    const ssize_t given = ::getrandom(bytes.data() + done, count - done, 0);
    if (given > 0) done += static_cast<std::size_t>(given);
    // Fails only on a kernel without getrandom (before 3.17). A key of anything else must never be used, so the process ends, as libsodium does it.
    else if (errno != EINTR) std::abort();
  }
  return bytes;
}

std::string random_hex(std::size_t digits) { return hex_text(random_bytes((digits + 1) / 2)).substr(0, digits); }

std::string random_token() { return base64url(random_bytes(32)); }

}  // namespace jianwei

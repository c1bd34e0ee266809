// Random numbers nobody can guess, from the system: for keys, tokens and ids. Numbers that a seed repeats are in base/random.h.
#pragma once

#include <cstddef>
#include <string>

namespace jianwei {

std::string random_bytes(std::size_t count);
std::string random_hex(std::size_t digits);  // hexadecimal digits
std::string random_token();                  // 32 random bytes as 43 letters of base64url

}  // namespace jianwei

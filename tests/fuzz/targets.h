// What is fuzzed: every reader, the opening of files, and the parsers of what people write by hand.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace jianwei::fuzz {

struct Target {
  std::string name;     // of a format, or open, mapping, study, values, collect_state
  bool binary = false;  // its bytes are given as they are; texts go through the decoder first, as in the program
};

const std::vector<Target>& targets();

// Runs one input. `variation` chooses the block size of the stream and the thread count; it must not change the outcome.
// Ends the process by abort() with a message when a promise is broken: text that is no UTF-8, records out of order, wild indices.
void run(std::size_t target, std::uint8_t variation, std::string_view input);

// The target that recognises an input as its own; the generic ones for what none does.
std::size_t recognise(std::string_view name, std::string_view bytes);

// One of everything that wraps files: zip, tar, gzip, 7z, xz, zstd, bz2 around the given file.
std::vector<std::string> wrap_in_archives(std::string_view name, std::string_view bytes);

}  // namespace jianwei::fuzz

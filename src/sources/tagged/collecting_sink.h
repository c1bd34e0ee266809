// For tests: keeps what a reader finds.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include "sources/bytes/memory_stream.h"
#include "base/source_dir.h"
#include "sources/reader.h"

namespace jianwei::sources {

class CollectingSink : public RecordSink {
 public:
  Result<> record(Record&& record) override {
    records.push_back(std::move(record));
    return {};
  }
  Result<> reject(Reject&& reject) override {
    rejects.push_back(std::move(reject));
    return {};
  }
  void warn(Warning&& warning) override { warnings.push_back(std::move(warning)); }

  std::vector<Record> records;
  std::vector<Reject> rejects;
  std::vector<Warning> warnings;
};

// Reads a text by a format given by name; `block` bytes at a time.
inline Result<> read_text(std::string_view format, std::string text, CollectingSink& sink, std::size_t block = 1 << 20) {
  for (const Format& one : tagged_formats()) {
    if (one.name != format) continue;
    MemoryStream stream(std::move(text), block);
    Progress progress;
    return one.read(stream, {}, sink, progress);
  }
  return fail(ErrorKind::not_found, "no tagged format {}", format);
}

// The folder of real exports; empty when it is not there.
inline std::filesystem::path corpora_folder() {
  const char* named = std::getenv("JIANWEI_CORPORA");
  const std::filesystem::path folder = named != nullptr ? named : std::filesystem::path(kSourceDir) / ".." / "shared" / "corpora";
  return std::filesystem::exists(folder) ? folder : std::filesystem::path();
}

}  // namespace jianwei::sources

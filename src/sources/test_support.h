// For the tests of the readers: a sink that keeps what it gets, and a run over a text or a file.
#pragma once

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include "base/file.h"
#include "base/source_dir.h"
#include "sources/bytes/memory_stream.h"
#include "sources/open.h"
#include "sources/reader.h"

namespace jianwei::sources::testing {

struct Found {
  std::vector<Record> records;
  std::vector<Reject> rejects;
  std::vector<Warning> warnings;

  bool warned(std::string_view code) const {
    for (const Warning& warning : warnings) {
      if (warning.code == code) return true;
    }
    return false;
  }
};

struct Collected : RecordSink, Found {
  Result<> record(Record&& record) override {
    records.push_back(std::move(record));
    return {};
  }
  Result<> reject(Reject&& reject) override {
    rejects.push_back(std::move(reject));
    return {};
  }
  void warn(Warning&& warning) override { warnings.push_back(std::move(warning)); }
};

inline const Format* format_named(std::span<const Format> formats, std::string_view name) {
  for (const Format& format : formats) {
    if (format.name == name) return &format;
  }
  return nullptr;
}

inline const Format* recognise_among(std::span<const Format> formats, const Sample& sample) {
  const Format* best = nullptr;
  double score = 0.1;
  for (const Format& format : formats) {
    if (const double own = format.recognise(sample); own > score) best = &format, score = own;
  }
  return best;
}

// Reads a text with the format that recognises it; `block` bytes at a time, so that every cut of the buffers is met.
inline void read_text(std::span<const Format> formats, std::string text, Collected& sink, std::string_view name = "test", std::size_t block = 1 << 20) {
  const Format* format = recognise_among(formats, {name, std::string_view(text).substr(0, 65536), text.size() <= 65536});
  ASSERT_NE(format, nullptr) << "no format recognises " << name;
  MemoryStream stream(std::move(text), block);
  ReadOptions options;
  options.file_name = name;
  Progress progress;
  const Result<> read = format->read(stream, options, sink, progress);
  ASSERT_TRUE(read) << read.error().message;
}

// A fixture of tests/data.
inline std::string fixture(std::string_view path) {
  const Result<std::string> text = read_file(std::filesystem::path(kSourceDir) / "tests/data" / path);
  EXPECT_TRUE(text) << path;
  return text ? *text : "";
}

// A folder of the corpora; empty when these are not on the machine.
inline std::filesystem::path corpus(std::string_view path) {
  const char* set = std::getenv("JIANWEI_CORPORA");
  const std::filesystem::path root = set != nullptr ? std::filesystem::path(set) : std::filesystem::path(kSourceDir) / "../shared/corpora";
  const std::filesystem::path found = root / path;
  return std::filesystem::exists(found) ? found : std::filesystem::path();
}

// Opens a file of the corpora (archives and gzip undone) and reads each member with the format that recognises it.
inline void read_path(std::span<const Format> formats, const std::filesystem::path& path, Collected& sink, std::string* format_name = nullptr) {
  const Result<> opened = open_source(path, OpenLimits{}, [&](OpenedFile& file) -> Result<> {
    std::string name = std::filesystem::path(file.name).filename().string();
    if (name.ends_with(".gz")) name.resize(name.size() - 3);
    const Format* format = recognise_among(formats, {name, file.sample, file.complete});
    if (format == nullptr) return fail(ErrorKind::invalid_input, "no format recognises {}", file.name);
    if (format_name != nullptr) *format_name = format->name;
    ReadOptions options;
    options.file_name = file.name;
    Progress progress;
    return format->read(*file.stream, options, sink, progress);
  });
  ASSERT_TRUE(opened) << path << ": " << opened.error().message;
}

}  // namespace jianwei::sources::testing

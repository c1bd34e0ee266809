// What the tests of tables and JSON share: a sink that knows fill rates, and ways to read a text or a corpus file.
#pragma once

#include <string>

#include "base/strings.h"
#include "sources/tables/csv.h"
#include "sources/test_support.h"

namespace jianwei::sources {

struct Collected : testing::Collected {
  std::string format;
  std::string error;  // of the reader

  // The share of records with a field of kReportedFields.
  double fill(std::string_view field) const {
    std::size_t count = 0;
    for (const Record& record : records) {
      const auto filled = filled_fields(record);
      for (std::size_t i = 0; i < filled.size(); ++i) count += kReportedFields[i] == field && filled[i] ? 1 : 0;
    }
    return records.empty() ? 0 : static_cast<double>(count) / static_cast<double>(records.size());
  }
};

// The surest of the table and JSON formats.
inline const Format* recognise_here(const Sample& sample) {
  const Format* best = nullptr;
  double best_score = 0.1;
  for (const auto formats : {json_formats(), table_formats()}) {
    for (const Format& format : formats) {
      const double score = format.recognise(sample);
      if (score > best_score) {
        best = &format;
        best_score = score;
      }
    }
  }
  return best;
}

inline void read_into(Collected& found, ByteStream& stream, const Sample& sample, int threads = 2, const Mapping* mapping = nullptr) {
  const Format* format = recognise_here(sample);
  if (format == nullptr) return;
  found.format = format->name;
  Progress progress;
  ReadOptions options;
  options.file_name = sample.name;
  options.thread_count = threads;
  options.mapping = mapping;
  const Result<> result = format->read(stream, options, found, progress);
  if (!result) found.error = result.error().message;
}

inline void read_text_into(Collected& found, std::string_view text, std::string_view name, int threads = 2, const Mapping* mapping = nullptr) {
  TextStream stream(text);
  read_into(found, stream, {name, text.substr(0, 65536), text.size() <= 65536}, threads, mapping);
}

inline void read_corpus_into(Collected& found, const std::string& path) {
  const Result<> opened = open_source(testing::corpus("") / path, {}, [&](OpenedFile& file) -> Result<> {
    std::string name = to_lower_ascii(file.name);
    if (name.ends_with(".gz")) name.resize(name.size() - 3);
    read_into(found, *file.stream, {name, file.sample, file.complete});
    return {};
  });
  if (!opened) found.error = opened.error().message;
}

}  // namespace jianwei::sources

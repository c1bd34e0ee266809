// A format for tests: a record a line, fields parted by "|": id|year|title|abstract|source|doi|keywords|references|award|kind. "!" starts a line that is rejected. No reader of
// the program is needed, so a test of the import tests the import.
#pragma once

#include "base/strings.h"
#include "records/identifier.h"
#include "sources/reader.h"

namespace jianwei::workflow::testing {

inline Result<> read_fake(sources::ByteStream& stream, const sources::ReadOptions&, sources::RecordSink& sink, Progress&) {
  sources::LineReader lines(stream);
  std::string_view line;
  std::int64_t index = 0;
  while (TRY(lines.next(line))) {
    if (line.empty()) continue;
    if (line.front() == '!') {
      TRY(sink.reject({index++, lines.line_number(), "the line starts with \"!\"", std::string(line)}));
      continue;
    }
    const std::vector<std::string_view> parts = split(line, "|");
    Record record;
    record.provenance = {"fake", "fake", std::string(parts[0]), std::string(line), lines.line_number(), index++};
    if (parts.size() > 1) {
      if (const Result<Date> date = parse_date(parts[1])) record.date = *date;
    }
    if (parts.size() > 2) record.title = parts[2];
    if (parts.size() > 3) record.abstract = parts[3];
    if (parts.size() > 4) record.provenance.source = parts[4];
    if (parts.size() > 5) add_identifier(record, "doi", parts[5]);
    if (parts.size() > 6) {
      for (std::string& keyword : split_trimmed(parts[6], ";")) record.keywords.push_back(std::move(keyword));
    }
    if (parts.size() > 7) {
      for (std::string& doi : split_trimmed(parts[7], ";")) record.references.push_back({"", std::move(doi), "", "", "", "", 0});
    }
    if (parts.size() > 8 && !parts[8].empty()) record.funding.push_back({"", std::string(parts[8])});
    if (parts.size() > 9 && parts[9] == "project") record.kind = RecordKind::project;
    TRY(sink.record(std::move(record)));
  }
  return {};
}

inline sources::Format fake_format() {
  return {"fake", "Fake", [](const sources::Sample& sample) { return sample.name.ends_with(".fake") ? 1.0 : 0.0; }, read_fake, false};
}

}  // namespace jianwei::workflow::testing

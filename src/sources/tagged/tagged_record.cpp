// One pass over the lines: each is told apart by the dialect, appended to the raw record, and extends or opens a field.
#include "sources/tagged/tagged_record.h"

#include "base/strings.h"
#include "sources/tagged/record_fields.h"

namespace jianwei::sources {
namespace {

constexpr std::size_t kMaxRecordBytes = std::size_t{64} << 20;  // a real one has a few kilobytes; WoS ones with all references less than 1 MiB

class Cutter {
 public:
  Cutter(const TaggedDialect& dialect, RecordSink& sink, Progress& progress) : dialect_(dialect), sink_(sink), progress_(progress) {}

  Result<> take_line(std::string_view line, std::int64_t line_number) {
    const TaggedLine seen = dialect_.classify(line);
    switch (seen.kind) {
      case TaggedLine::Kind::skip:
        return {};
      case TaggedLine::Kind::blank:
        after_blank_ = true;
        if (!fields_.raw.empty()) fields_.raw += '\n';
        return {};
      case TaggedLine::Kind::end:
        if (fields_.raw.empty()) return {};
        append(line);
        return finish();
      case TaggedLine::Kind::start:
        TRY(finish());
        started_ = true;
        break;
      case TaggedLine::Kind::maybe_start:
        if (after_blank_) TRY(finish());
        break;
      case TaggedLine::Kind::field:
        if (after_blank_ && dialect_.blank_separates && !started_) TRY(finish());
        break;
      case TaggedLine::Kind::continuation:
        if (fields_.raw.empty()) return {};  // text before the first record
        break;
    }
    after_blank_ = false;
    if (fields_.raw.empty()) fields_.line = line_number;
    if (fields_.raw.size() > kMaxRecordBytes) {
      oversized_ = true;
      return {};
    }
    const auto at = static_cast<std::uint32_t>(fields_.raw.size());
    append(line);
    const auto end = static_cast<std::uint32_t>(fields_.raw.size() - 1);
    if (seen.kind != TaggedLine::Kind::continuation) {
      fields_.fields.push_back({at + static_cast<std::uint32_t>(seen.tag_begin), static_cast<std::uint32_t>(seen.tag_size),
                                at + static_cast<std::uint32_t>(seen.value_begin), end});
    } else if (!fields_.fields.empty()) {
      fields_.fields.back().end = end;
    }
    return {};
  }

  // Hands over the record that is being read, if any.
  Result<> finish() {
    after_blank_ = false;
    started_ = false;
    if (fields_.fields.empty()) {
      fields_.raw.clear();
      return {};
    }
    TRY(progress_.check());
    while (fields_.raw.ends_with("\n\n")) fields_.raw.pop_back();
    Result<> result = oversized_ ? sink_.reject({fields_.index, fields_.line, fmt::format("the record is longer than {} bytes: its end was not found", kMaxRecordBytes), fields_.raw.substr(0, 4096)})
                                 : hand_over();
    ++fields_.index;
    fields_.fields.clear();
    fields_.raw.clear();
    oversized_ = false;
    return result;
  }

 private:
  void append(std::string_view line) {
    fields_.raw += line;
    fields_.raw += '\n';
  }

  Result<> hand_over() {
    Record record;
    record.provenance.format = dialect_.format;
    record.provenance.line = fields_.line;
    record.provenance.index = fields_.index;
    dialect_.build(fields_, record);
    return hand_record(std::move(record), fields_.raw, sink_);
  }

  const TaggedDialect& dialect_;
  RecordSink& sink_;
  Progress& progress_;
  TaggedRecord fields_;
  bool after_blank_ = false;
  bool started_ = false;
  bool oversized_ = false;
};

}  // namespace

std::string_view TaggedRecord::first(std::string_view wanted) const {
  for (const Field& field : fields) {
    if (tag(field) == wanted) return trim(value(field));
  }
  return {};
}

bool TaggedRecord::has(std::string_view wanted) const {
  for (const Field& field : fields) {
    if (tag(field) == wanted) return true;
  }
  return false;
}

std::vector<std::string_view> TaggedRecord::lines(const Field& field) const {
  std::vector<std::string_view> kept;
  for (const std::string_view piece : split(value(field), "\n")) {
    if (const std::string_view text = trim(piece); !text.empty()) kept.push_back(text);
  }
  return kept;
}

Result<> read_tagged(ByteStream& stream, const TaggedDialect& dialect, RecordSink& sink, Progress& progress) {
  LineReader reader(stream);
  Cutter cutter(dialect, sink, progress);
  std::string_view line;
  for (;;) {
    const Result<bool> more = reader.next(line);
    if (!more) return tl::unexpected(more.error());
    if (!*more) return cutter.finish();
    TRY(cutter.take_line(line, reader.line_number()));
  }
}

double tagged_share(std::string_view sample, TaggedLine (*classify)(std::string_view)) {
  std::int64_t lines = 0;
  std::int64_t tagged = 0;
  for (const std::string_view line : split(sample, "\n")) {
    const TaggedLine seen = classify(line.ends_with('\r') ? line.substr(0, line.size() - 1) : line);
    if (seen.kind == TaggedLine::Kind::blank || seen.kind == TaggedLine::Kind::skip) continue;
    ++lines;
    tagged += seen.kind == TaggedLine::Kind::continuation ? 0 : 1;
  }
  return lines == 0 ? 0.0 : static_cast<double>(tagged) / static_cast<double>(lines);
}

bool has_line(std::string_view sample, std::string_view prefix) {
  for (std::size_t at = sample.find(prefix); at != std::string_view::npos; at = sample.find(prefix, at + 1)) {
    if (at == 0 || sample[at - 1] == '\n' || sample[at - 1] == '\r') return true;
  }
  return false;
}

}  // namespace jianwei::sources

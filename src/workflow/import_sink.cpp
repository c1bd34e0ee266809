// The same key with the same content is a repeat. The same key with other content is a newer version, unless the id may not mean what it says:
// an id that is local to its file, or that occurs twice in one file, replaces a record only when the titles are alike; else both are kept apart
// under keys made from their contents, since losing a record is worse than having one twice.

#include "workflow/import_sink.h"

#include "base/hash.h"
#include "records/record_key.h"

namespace jianwei::workflow {
namespace {

constexpr std::size_t kMaxRejectExamples = 20;

std::string problem_of(const Record& record) {
  if (record.title.empty() && record.abstract.empty() && record.full_text.empty() && record.title_translated.empty()) {
    return "it has neither a title nor a text; name the title's column or field in a mapping file if it stands under another name";
  }
  return {};
}

}  // namespace

void add_warning(FileReport& report, std::string_view code, std::string_view message) {
  for (ImportWarning& warning : report.warnings) {
    if (warning.code == code) {
      ++warning.count;
      return;
    }
  }
  report.warnings.push_back({std::string(code), std::string(message), 1});
}

ImportSink::ImportSink(store::KeyIndex& index, store::PartWriter* writer, RejectFile* rejects, std::int64_t file_id,
                       std::int64_t& next_sequence, FileReport& report, Progress& progress)
    : index_(index), writer_(writer), rejects_(rejects), file_id_(file_id), next_sequence_(next_sequence), first_sequence_(next_sequence),
      report_(report), progress_(progress) {}

Result<> ImportSink::stop(Result<> result) {
  if (!result) {
    error_ = result.error();
    reader_progress_.cancel();
  }
  return result;
}

Result<> ImportSink::record(Record&& record) {
  if (Result<> going = progress_.check(); !going) return stop(std::move(going));
  progress_.advance();
  return stop(decide(std::move(record)));
}

Result<> ImportSink::decide(Record&& record) {
  ensure_utf8(record);
  if (std::string problem = problem_of(record); !problem.empty()) {
    return reject({record.provenance.index, record.provenance.line, std::move(problem), std::move(record.provenance.raw)});
  }
  ++report_.read;
  const std::uint64_t content = content_hash(record);
  const std::uint64_t signature = title_signature(record.title);
  const bool local = has_local_id(record) && !record.provenance.own_id.empty();
  std::uint64_t key = source_key(record, content, report_.path);
  const store::KeyIndex::Entry* known = index_.find(key);
  bool repeated = known != nullptr && known->content_hash == content;
  bool update = known != nullptr && !repeated;
  if (update && (local || known->sequence >= first_sequence_) && !similar_titles(known->title_signature, signature)) {
    add_warning(report_, "repeated_id",
                fmt::format("id \"{}\" stands for different records; they are kept apart", record.provenance.own_id));
    key = hash_combine(key, content);
    known = index_.find(key);
    repeated = known != nullptr;
    update = false;
  }
  if (known == nullptr && local) repeated = index_.find(store::content_mark(content)) != nullptr;

  if (repeated) {
    ++report_.duplicates;
  } else {
    ++(update ? report_.updated : report_.kept);
    index_.put({key, content, signature, next_sequence_});
    if (local) index_.put({store::content_mark(content), content, signature, next_sequence_});
  }
  if (repeated || writer_ == nullptr) {
    const auto filled = filled_fields(record);
    for (std::size_t f = 0; f < filled.size(); ++f) report_.filled[f] += filled[f];
    if (!repeated) ++next_sequence_;
    return {};
  }
  store::RecordRow row;
  row.record = std::move(record);
  row.key = key;
  row.content_hash = content;
  row.title_signature = signature;
  row.sequence = next_sequence_++;
  row.file_id = file_id_;
  return writer_->add(std::move(row));
}

Result<> ImportSink::reject(sources::Reject&& reject) {
  ++report_.read;
  ++report_.rejected;
  if (report_.rejects.size() < kMaxRejectExamples) report_.rejects.push_back({reject.line, reject.index, reject.reason});
  return rejects_ != nullptr ? stop(rejects_->add(reject)) : Result<>();
}

void ImportSink::warn(sources::Warning&& warning) {
  std::string message = std::move(warning.message);
  if (warning.line > 0 && message.find("line ") == std::string::npos) message = fmt::format("line {}: {}", warning.line, message);
  add_warning(report_, warning.code, message);
}

}  // namespace jianwei::workflow

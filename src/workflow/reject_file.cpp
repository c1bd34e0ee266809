// Records of line formats stand one a line (JSON arrays become JSON lines), tagged ones are parted by an empty line, XML ones get a root.

#include "workflow/reject_file.h"

#include "base/strings.h"

namespace jianwei::workflow {

RejectFile::RejectFile(std::filesystem::path folder, std::int64_t batch_id, std::string_view source_path, std::string header)
    : folder_(std::move(folder)), source_path_(source_path), header_(std::move(header)) {
  std::string base(source_path.substr(source_path.find_last_of("/!") + 1));
  if (base == "-" || base.empty()) base = "standard-input";
  for (const std::string_view packed : {".gz", ".zip", ".tar", ".tgz"}) {
    if (base.size() > packed.size() && base.ends_with(packed)) base.resize(base.size() - packed.size());
  }
  const std::size_t dot = base.find_last_of('.');
  std::string stem = base.substr(0, dot);
  std::string extension = dot == std::string::npos ? ".txt" : to_lower_ascii(base.substr(dot));
  if (extension == ".json") extension = ".jsonl";
  if (extension == ".xlsx" || extension == ".xls") extension = ".csv";
  if (extension == ".jsonl" || extension == ".ndjson" || extension == ".csv" || extension == ".tsv" || !header_.empty()) style_ = Style::lines;
  if (extension == ".xml") style_ = Style::xml;
  name_ = fmt::format("b{:06}-{}{}", batch_id, stem, extension);
  for (int copy = 2; std::filesystem::exists(folder_ / name_); ++copy) name_ = fmt::format("b{:06}-{}-{}{}", batch_id, stem, copy, extension);
}

Result<> RejectFile::add(const sources::Reject& reject) {
  if (!out_.is_open()) {
    out_.open(folder_ / name_);
    reasons_.open(folder_ / (name_ + ".txt"));
    reasons_ << "Rejected records of " << source_path_ << "\nCorrect them in " << name_ << " and import that file.\n\n";
    if (!header_.empty()) out_ << header_ << '\n';
    if (style_ == Style::xml) out_ << "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<records>\n";
  }
  std::string raw = reject.raw;
  if (style_ == Style::lines && header_.empty()) {  // JSON: line ends mean nothing outside of strings, and cannot stand inside
    for (char& c : raw) c = c == '\n' || c == '\r' ? ' ' : c;
  }
  out_ << trim(raw) << (style_ == Style::blocks ? "\n\n" : "\n");
  reasons_ << "record " << reject.index + 1;
  if (reject.line > 0) reasons_ << ", line " << reject.line;
  reasons_ << ": " << reject.reason << '\n';
  if (!out_ || !reasons_) return fail(ErrorKind::unavailable, "{}: cannot be written", (folder_ / name_).string());
  return {};
}

Result<> RejectFile::finish() {
  if (empty()) return {};
  if (style_ == Style::xml) out_ << "</records>\n";
  out_.close();
  reasons_.close();
  if (out_.fail() || reasons_.fail()) return fail(ErrorKind::unavailable, "{}: cannot be written", (folder_ / name_).string());
  return {};
}

void RejectFile::remove() const {
  std::error_code ignored;
  std::filesystem::remove(folder_ / name_, ignored);
  std::filesystem::remove(folder_ / (name_ + ".txt"), ignored);
}

}  // namespace jianwei::workflow

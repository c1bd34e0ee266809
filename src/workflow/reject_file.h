// WS/rejects/bNNNNNN-<file>: rejected records as they stood, to be corrected and imported again, and a .txt that says why.
#pragma once

#include <filesystem>
#include <fstream>
#include <string>

#include "base/result.h"
#include "sources/reader.h"

namespace jianwei::workflow {

class RejectFile {
 public:
  // Nothing is made before the first reject. `header` opens the file.
  RejectFile(std::filesystem::path folder, std::int64_t batch_id, std::string_view source_path, std::string header);

  Result<> add(const sources::Reject& reject);
  Result<> finish();
  bool empty() const { return !out_.is_open(); }
  const std::string& name() const { return name_; }
  void remove() const;

 private:
  enum class Style { lines, blocks, xml };
  std::filesystem::path folder_;
  std::string name_;
  std::string source_path_;
  std::string header_;
  Style style_ = Style::blocks;
  std::ofstream out_, reasons_;
};

}  // namespace jianwei::workflow

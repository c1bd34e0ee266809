// Text of a PDF by the program pdftotext of poppler-utils, run without a shell.
#pragma once

#include <filesystem>
#include <string>

#include "base/result.h"

namespace jianwei::sources::documents {

struct PdfLimits {
  int timeout_ms = 60'000;
  std::size_t max_text_bytes = std::size_t{64} << 20;
  std::string program = "pdftotext";  // looked for in PATH unless it has a slash
};

// Errors: unavailable    the program is missing: the message says how to install it
//         invalid_input  it refuses the file, takes longer than the limit or writes more than the limit
Result<std::string> pdf_to_text(const std::filesystem::path& path, const PdfLimits& limits = {});

}  // namespace jianwei::sources::documents

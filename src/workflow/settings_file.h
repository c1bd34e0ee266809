// The tables of WS/jianwei.toml, for the .cpp files that read one of them.
#pragma once

#include <string>

#include "base/file.h"
#include "base/toml.h"
#include "workflow/workspace.h"

namespace jianwei::workflow {

// read(path, settings) of the file; T{} when there is none. Errors: invalid_input  names the file and the line; those of `read`
template <class T, class Read>
Result<T> read_settings_file(const Workspace& workspace, Read read) {
  const std::string path = (workspace.root() / "jianwei.toml").string();
  const Result<std::string> text = read_file(path);
  if (!text && text.error().kind == ErrorKind::not_found) return T{};
  if (!text) return tl::unexpected<Error>(text.error());
  try {
    return read(path, toml::parse(*text, path));
  } catch (const toml::parse_error& error) {
    return fail(ErrorKind::invalid_input, "{}:{}: not TOML: {}", path, error.source().begin.line, error.description());
  } catch (const std::invalid_argument& error) {
    return fail(ErrorKind::invalid_input, "{}: {}", path, error.what());
  }
}

}  // namespace jianwei::workflow

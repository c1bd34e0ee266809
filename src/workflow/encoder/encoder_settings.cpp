#include "sources/live/http.h"
#include "workflow/encoder/encoder.h"
#include "workflow/settings_file.h"

namespace jianwei::workflow {
namespace {

Result<> read_key(const std::string& path, std::string_view name, const toml::node& value, EncoderSettings& encoder) {
  const auto line = value.source().begin.line;
  const auto text = [&](std::string& into) -> Result<> {
    const auto given = value.value<std::string>();
    if (!given || given->empty()) return fail(ErrorKind::invalid_input, "{}:{}: \"{}\" of [encoder] must be a text", path, line, name);
    into = *given;
    return {};
  };
  const auto number = [&](std::int64_t low, std::int64_t high, std::int64_t& into) -> Result<> {
    const auto given = value.value_exact<std::int64_t>();
    if (!given || *given < low || *given > high) return fail(ErrorKind::invalid_input, "{}:{}: \"{}\" of [encoder] must be a whole number from {} to {}", path, line, name, low, high);
    into = *given;
    return {};
  };
  if (name == "url") return text(encoder.url);
  if (name == "model") return text(encoder.model);
  if (name == "key_variable") return text(encoder.key_variable);
  if (name == "batch") return number(1, 2048, encoder.batch);
  if (name == "max_bytes") return number(16, 20'000, encoder.max_bytes);
  if (name == "timeout_seconds") return number(1, 3600, encoder.timeout_seconds);
  if (name == "tries") return number(1, 20, encoder.tries);
  return fail(ErrorKind::invalid_input, "{}:{}: [encoder] has no key \"{}\": url, model, key_variable, batch, max_bytes, timeout_seconds, tries", path, line, name);
}

Result<EncoderSettings> read_table(const std::string& path, const toml::table& table) {
  EncoderSettings encoder;
  for (const auto& [key, value] : table) TRY(read_key(path, key.str(), value, encoder));
  const auto line = table.source().begin.line;
  if (encoder.url.empty() || encoder.model.empty()) return fail(ErrorKind::invalid_input, "{}:{}: [encoder] needs a url and a model; take it out to work without an encoder", path, line);
  if (!encoder.url.starts_with("http://") && !encoder.url.starts_with("https://")) {
    return fail(ErrorKind::invalid_input, "{}:{}: the url of [encoder] is \"{}\", expected http:// or https://", path, line, encoder.url);
  }
  if (!encoder.key_variable.empty() && encoder.url.starts_with("http://") && !sources::is_this_machine(sources::host_of(encoder.url))) {
    return fail(ErrorKind::invalid_input, "{}:{}: a key is not sent over plain http to another machine: give [encoder] an https url", path, line);
  }
  return encoder;
}

}  // namespace

Result<EncoderSettings> encoder_settings(const Workspace& workspace) {
  return read_settings_file<EncoderSettings>(workspace, [](const std::string& path, const toml::table& settings) -> Result<EncoderSettings> {
    const toml::table* encoder = settings["encoder"].as_table();
    return encoder == nullptr ? EncoderSettings{} : TRY(read_table(path, *encoder));
  });
}

}  // namespace jianwei::workflow

#include "workflow/draft/draft_settings.h"

#include "sources/live/http.h"
#include "workflow/settings_file.h"

namespace jianwei::workflow {
namespace {

Result<DraftSettings> read_draft_table(const std::string& path, const toml::table& table) {
  DraftSettings draft;
  for (const auto& [key, value] : table) {
    const auto line = value.source().begin.line;
    std::string* const text = key == "url" ? &draft.url : key == "model" ? &draft.model : key == "key_variable" ? &draft.key_variable : key == "key_file" ? &draft.key_file : nullptr;
    if (text != nullptr) {
      *text = value.value_or<std::string>("");
      if (text->empty()) return fail(ErrorKind::invalid_input, "{}:{}: \"{}\" of [draft] must be a text", path, line, key.str());
      continue;
    }
    struct Number {
      std::int64_t* into;
      std::int64_t low, high;
    };
    const Number number = key == "records" ? Number{&draft.records, 1, 40} : key == "max_bytes" ? Number{&draft.max_bytes, 100, 8000} : key == "timeout_seconds" ? Number{&draft.timeout_seconds, 1, 3600} : Number{nullptr, 0, 0};
    if (number.into == nullptr) return fail(ErrorKind::invalid_input, "{}:{}: [draft] has no key \"{}\": url, model, key_variable, key_file, records, max_bytes, timeout_seconds", path, line, key.str());
    const auto given = value.value_exact<std::int64_t>();
    if (!given || *given < number.low || *given > number.high) return fail(ErrorKind::invalid_input, "{}:{}: \"{}\" of [draft] must be a whole number from {} to {}", path, line, key.str(), number.low, number.high);
    *number.into = *given;
  }
  const auto line = table.source().begin.line;
  if (draft.url.empty() || draft.model.empty()) return fail(ErrorKind::invalid_input, "{}:{}: [draft] needs a url and a model; take it out to work without drafts", path, line);
  if (!draft.key_variable.empty() && !draft.key_file.empty()) return fail(ErrorKind::invalid_input, "{}:{}: [draft] takes its key from key_variable or from key_file, not from both", path, line);
  const bool plain = draft.url.starts_with("http://");
  if (!plain && !draft.url.starts_with("https://")) return fail(ErrorKind::invalid_input, "{}:{}: the url of [draft] is \"{}\", expected http:// or https://", path, line, draft.url);
  if (plain && !sources::is_this_machine(sources::host_of(draft.url))) return fail(ErrorKind::invalid_input, "{}:{}: records are not sent over plain http to another machine: give [draft] an https url, or one of this machine", path, line);
  return draft;
}

}  // namespace

Result<DraftSettings> draft_settings(const Workspace& workspace) {
  return read_settings_file<DraftSettings>(workspace, [](const std::string& path, const toml::table& settings) -> Result<DraftSettings> {
    const toml::table* draft = settings["draft"].as_table();
    return draft == nullptr ? DraftSettings{} : TRY(read_draft_table(path, *draft));
  });
}

Result<> require_drafts(const DraftSettings& settings) {
  if (settings.is_set()) return {};
  return fail(ErrorKind::forbidden, "drafts are off: write [draft] with url and model of an endpoint of your own into jianwei.toml of the workspace (docs/drafts.md)");
}

}  // namespace jianwei::workflow

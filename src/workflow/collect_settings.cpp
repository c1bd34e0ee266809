#include "workflow/collect_settings.h"

#include <algorithm>
#include <cstdlib>

#include "workflow/settings_file.h"

namespace jianwei::workflow {
namespace {

Result<CollectPermit> read_permit(const std::string& path, const toml::table& table) {
  CollectPermit permit;
  for (const auto& [key, value] : table) {
    const auto line = value.source().begin.line;
    if (key == "sources") {
      const toml::array* list = value.as_array();
      if (list == nullptr) return fail(ErrorKind::invalid_input, "{}:{}: \"sources\" of [collect] must be a list of texts", path, line);
      for (const toml::node& item : *list) {
        const std::string source = item.value_or<std::string>("");
        if (sources::find_collector(source) == nullptr && !source.starts_with("https://") && !source.starts_with("http://")) {
          return fail(ErrorKind::invalid_input, "{}:{}: \"{}\" in sources of [collect] is no source: openalex, crossref, arxiv, europepmc, nsf, or the address of a feed", path, line, source);
        }
        permit.sources.push_back(source);
      }
      continue;
    }
    std::string* const text = key == "contact" ? &permit.contact : key == "key_variable" ? &permit.key_variable : key == "url" ? &permit.url : nullptr;
    if (text == nullptr) return fail(ErrorKind::invalid_input, "{}:{}: [collect] has no key \"{}\": sources, contact, key_variable, url", path, line, key.str());
    *text = value.value_or<std::string>("");
    if (text->empty()) return fail(ErrorKind::invalid_input, "{}:{}: \"{}\" of [collect] must be a text", path, line, key.str());
  }
  if (!permit.sources.empty() && permit.contact.empty()) return fail(ErrorKind::invalid_input, "{}:{}: [collect] needs a contact, an e-mail address: services ask who calls", path, table.source().begin.line);
  return permit;
}

}  // namespace

bool CollectPermit::allows(std::string_view source) const { return std::find(sources.begin(), sources.end(), source) != sources.end(); }

Result<CollectPermit> collect_permit(const Workspace& workspace) {
  return read_settings_file<CollectPermit>(workspace, [](const std::string& path, const toml::table& settings) -> Result<CollectPermit> {
    const toml::table* collect = settings["collect"].as_table();
    return collect == nullptr ? CollectPermit{} : TRY(read_permit(path, *collect));
  });
}

Result<sources::CollectSettings> permitted_collection(const Workspace& workspace, std::string_view source) {
  const CollectPermit permit = TRY(collect_permit(workspace));
  if (!permit.allows(source)) {
    return fail(ErrorKind::forbidden, "collecting from {} is off: write [collect] with sources = [\"{}\"] and contact = \"you@institute.cn\" into jianwei.toml of the workspace (docs/collect.md)", source, source);
  }
  sources::CollectSettings settings;
  settings.enabled = true;
  settings.http.contact = permit.contact;
  settings.base_url = permit.url;
  settings.http.allow_http = sources::is_this_machine(sources::host_of(permit.url.empty() ? source : permit.url));
  if (permit.key_variable.empty()) return settings;
  const char* key = std::getenv(permit.key_variable.c_str());
  if (key == nullptr || *key == '\0') return fail(ErrorKind::invalid_input, "[collect] of jianwei.toml names the environment variable {}, which is not set: set it where jianwei runs", permit.key_variable);
  settings.api_key = key;
  return settings;
}

}  // namespace jianwei::workflow

#include "server/delphi/studies.h"

namespace jianwei::server {

Result<workflow::Delphi*> DelphiStudies::open(std::string_view workspace) {
  const std::lock_guard lock(mutex_);
  const auto found = open_.find(workspace);
  if (found != open_.end()) return found->second.get();
  auto delphi = std::make_unique<workflow::Delphi>(TRY(workflow::open_delphi(TRY(workspaces_.folder(workspace)))));
  return open_.emplace(std::string(workspace), std::move(delphi)).first->second.get();
}

Result<StudyRequest> study_of(DelphiStudies& studies, const Request& request) {
  StudyRequest found;
  found.delphi = TRY(studies.open(request.parameter("ws")));
  found.study = TRY(workflow::load_study(*found.delphi, request.parameter("study")));
  return found;
}

Result<std::string> text_member(const simdjson::dom::object& from, std::string_view name) {
  simdjson::dom::element value;
  if (from.at_key(name).get(value) || value.is_null()) return std::string();
  std::string_view text;
  if (value.get(text)) return fail(ErrorKind::invalid_input, "{}: must be a string", name);
  return std::string(text);
}

Result<std::vector<simdjson::dom::object>> object_members(const JsonBody& body, std::string_view name) {
  simdjson::dom::array array;
  if (body.object().at_key(name).get(array)) return fail(ErrorKind::invalid_input, "{}: must be a list", name);
  std::vector<simdjson::dom::object> list;
  for (const simdjson::dom::element item : array) {
    simdjson::dom::object entry;
    if (item.get(entry)) return fail(ErrorKind::invalid_input, "{}: must be a list of objects", name);
    list.push_back(entry);
  }
  return list;
}

}  // namespace jianwei::server

// The Delphi studies of each workspace, opened once a server.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

#include "server/access/roles.h"
#include "server/http/json_body.h"
#include "server/workspaces.h"
#include "workflow/delphi/desk.h"

namespace jianwei::server {

class DelphiStudies {
 public:
  explicit DelphiStudies(const WorkspaceCache& workspaces) : workspaces_(workspaces) {}

  // Stays valid as long as this object. Errors: not_found; unavailable; corrupt
  Result<workflow::Delphi*> open(std::string_view workspace);

 private:
  const WorkspaceCache& workspaces_;
  std::mutex mutex_;  // protects open_
  std::map<std::string, std::unique_ptr<workflow::Delphi>, std::less<>> open_;
};

// A request on one study: the open studies of the workspace and the study of the path. Errors: not_found; unavailable; corrupt
struct StudyRequest {
  workflow::Delphi* delphi = nullptr;
  workflow::DelphiStudy study;
};
Result<StudyRequest> study_of(DelphiStudies& studies, const Request& request);

// Members of a body's objects. Errors: invalid_input  names the member
Result<std::string> text_member(const simdjson::dom::object& from, std::string_view name);          // "" = absent
Result<std::vector<simdjson::dom::object>> object_members(const JsonBody& body, std::string_view name);

// Who sees a study; who moves it has kModerators.
inline constexpr RoleSet kStudyReaders = {Role::moderator, Role::curator, Role::analyst, Role::admin, Role::auditor};

}  // namespace jianwei::server

#include "server/http/router.h"

#include <algorithm>

#include "base/strings.h"

namespace jianwei::server {
namespace {

bool is_parameter(std::string_view segment) { return segment.size() > 2 && segment.front() == '{' && segment.back() == '}'; }

// The route whose first differing segment is a literal goes first.
bool more_literal(const Route& a, const Route& b) {
  const std::size_t common = std::min(a.segments.size(), b.segments.size());
  for (std::size_t i = 0; i < common; ++i) {
    if (is_parameter(a.segments[i]) != is_parameter(b.segments[i])) return !is_parameter(a.segments[i]);
  }
  return false;
}

bool matches(const Route& route, const std::vector<std::string_view>& segments, Fields& parameters) {
  if (route.segments.size() != segments.size()) return false;
  parameters.clear();
  for (std::size_t i = 0; i < segments.size(); ++i) {
    const std::string_view wanted = route.segments[i];
    if (!is_parameter(wanted)) {
      if (wanted != segments[i]) return false;
    } else if (segments[i].empty()) {
      return false;
    } else {
      parameters.emplace_back(wanted.substr(1, wanted.size() - 2), segments[i]);
    }
  }
  return true;
}

}  // namespace

void Router::add(Method method, std::string path, RoleSet roles, Handler handler, RouteOptions options) {
  Route route{method, std::move(path), roles, std::move(handler), options, {}};
  for (const std::string_view segment : split(route.path, "/")) route.segments.emplace_back(segment);
  const auto place = std::find_if(routes_.begin(), routes_.end(), [&](const Route& other) { return more_literal(route, other); });
  routes_.insert(place, std::move(route));
}

Router::Match Router::find(Method method, std::string_view path) const {
  const std::vector<std::string_view> segments = split(path, "/");
  Match match;
  for (const Route& route : routes_) {
    Fields parameters;
    if (!matches(route, segments, parameters)) continue;
    match.path_known = true;
    if (route.method != method) continue;
    match.route = &route;
    match.parameters = std::move(parameters);
    break;
  }
  return match;
}

}  // namespace jianwei::server

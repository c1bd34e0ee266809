#include "server/serve.h"

#include <chrono>
#include <thread>

#include "base/json_writer.h"
#include "base/share.h"
#include "base/strings.h"
#include "server/app.h"
#include "server/http/http_server.h"
#include "server/jobs/uploads.h"
#include "server/ledger_start.h"
#include "server/log.h"
#include "store/lock.h"

namespace jianwei::server {
namespace {

// "8080", "127.0.0.1:8080", "[::1]:8080".
Result<HttpOptions> read_listen(std::string_view text) {
  HttpOptions options;
  const std::size_t colon = text.rfind(':');
  const auto port = parse_int(colon == std::string_view::npos ? text : text.substr(colon + 1));
  if (!port || *port < 0 || *port > 65535) return fail(ErrorKind::invalid_input, "--listen {}: give PORT or ADDRESS:PORT, as in 127.0.0.1:8080", text);
  options.port = static_cast<std::uint16_t>(*port);
  if (colon != std::string_view::npos) {
    std::string_view host = text.substr(0, colon);
    if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
    options.address = host == "localhost" ? "127.0.0.1" : host == "*" ? "0.0.0.0" : std::string(host);
  }
  return options;
}

Result<std::string> read_public_url(std::string url) {
  while (url.ends_with('/')) url.pop_back();
  if (!url.empty() && !url.starts_with("http://") && !url.starts_with("https://")) return fail(ErrorKind::invalid_input, "--public-url {}: must start with https:// or http://", url);
  return url;
}

std::string url_of(const HttpOptions& options, std::uint16_t port) {
  const bool v6 = options.address.find(':') != std::string::npos;
  const std::string host = options.address == "0.0.0.0" || options.address == "::" ? "127.0.0.1" : v6 ? "[" + options.address + "]" : options.address;
  return fmt::format("http://{}:{}", host, port);
}

}  // namespace

Result<> serve(const ServeOptions& options, const std::function<void(const Started&)>& on_start, Progress& progress) {
  HttpOptions http = TRY(read_listen(options.listen));
  http.trust_proxy = options.trust_proxy;
  const std::string public_url = TRY(read_public_url(options.public_url));
  const std::unique_ptr<WorkspaceCache> workspaces = TRY(WorkspaceCache::open(options.workspaces));
  const std::filesystem::path state = options.state.empty() ? TRY(workspaces->folder(workspaces->ids().front())) / "server" : options.state;
  std::error_code error;
  std::filesystem::create_directories(state, error);
  if (error) return fail(ErrorKind::unavailable, "{}: cannot be made: {}", state.string(), error.message());
  std::filesystem::permissions(state, std::filesystem::perms::owner_all, error);

  // One server a state: two would run each other's jobs.
  const store::WriterLock lock = TRY(store::WriterLock::acquire(state / "lock", "serve", 0, nullptr));
  const ServerSettings settings = TRY(read_settings(state / "server.toml"));
  for (const std::string& problem : workspaces->add_all_in(settings.workspaces)) log_event("error", "workspace", std::move(log_fields().field("message", problem)));
  for (const std::string& id : workspaces->ids()) TRY(place_ledger(TRY(workspaces->folder(id)), settings.database));
  const std::unique_ptr<store::ServerDb> database = TRY(store::ServerDb::open(database_location(settings, state)));
  const std::unique_ptr<Accounts> accounts = TRY(Accounts::open(*database, state));
  const auto pages_folder = options.pages.empty() ? share_file("web").value_or("") : options.pages;
  StaticFiles pages = TRY(StaticFiles::load(pages_folder));
  EventBus events;
  if (settings.oidc && public_url.empty()) return fail(ErrorKind::invalid_input, "[oidc] in server.toml needs --public-url: the provider sends browsers back there");
  std::optional<Oidc> oidc;
  if (settings.oidc) oidc.emplace(*settings.oidc, public_url + "/api/v1/oidc/callback");
  Metrics metrics;
  JobQueue jobs(*database, events, job_kinds());
  Services services{state, public_url, options.requests_per_second, *database, *accounts, *workspaces, events, jobs, metrics, settings, oidc ? &*oidc : nullptr};
  TRY(remove_old_uploads(services));
  App app(services, std::move(pages));

  const std::unique_ptr<HttpServer> server = TRY(HttpServer::start(http, [&app](Request&& request) { return app.answer(std::move(request)); }));
  TRY(jobs.start(services));
  const std::string url = public_url.empty() ? url_of(http, server->port()) : public_url;
  log_event("info", "started", std::move(log_fields().field("url", url).field("version", JIANWEI_VERSION).field("state", state.string())));
  on_start({url, accounts->setup_needed() ? accounts->first_run_secret() : ""});
  while (!progress.cancelled()) std::this_thread::sleep_for(std::chrono::milliseconds(100));
  jobs.stop();
  server->stop();
  log_event("info", "stopped", log_fields());
  return {};
}

}  // namespace jianwei::server

// GET /w/{ws}/reports and their files: what the job `report` made, a folder each below WS/reports.
#include <algorithm>
#include <chrono>
#include <filesystem>
#include <tuple>

#include <fmt/chrono.h>
#include <simdjson.h>

#include "base/file.h"
#include "server/resources/result_routes.h"

namespace jianwei::server {
namespace {

namespace fs = std::filesystem;

constexpr const char* kAbout = "report.json";

struct ReportFile {
  std::string name;
  std::int64_t bytes = 0;
};
struct Report {
  std::string id, created_at;
  std::string about;               // report.json, "" without
  std::vector<ReportFile> files;   // those people open
};

// UTC, ISO 8601.
std::string written_at(const fs::directory_entry& entry) {
  std::error_code error;
  const auto time = fs::last_write_time(entry, error);
  if (error) return {};
  const auto system = std::chrono::time_point_cast<std::chrono::system_clock::duration>(std::chrono::file_clock::to_sys(time));
  return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(std::chrono::system_clock::to_time_t(system)));
}

bool is_hidden(const std::string& name) { return name.empty() || name.front() == '.'; }

// A folder is a report with its files, newest first. Symbolic links are not followed.
std::vector<Report> find_reports(const fs::path& root) {
  std::vector<Report> reports;
  std::error_code error;
  for (const fs::directory_entry& folder : fs::directory_iterator(root, error)) {
    if (is_hidden(folder.path().filename().string()) || !folder.is_directory(error) || folder.is_symlink(error)) continue;
    Report report{folder.path().filename().string(), written_at(folder), {}, {}};
    if (const auto about = read_file(folder.path() / kAbout)) report.about = *about;
    std::error_code inner;
    for (const fs::directory_entry& file : fs::directory_iterator(folder.path(), inner)) {
      if (is_hidden(file.path().filename().string()) || file.path().filename() == kAbout || !file.is_regular_file(inner) || file.is_symlink(inner)) continue;
      report.files.push_back({file.path().filename().string(), static_cast<std::int64_t>(file.file_size(inner))});
    }
    std::sort(report.files.begin(), report.files.end(), [](const ReportFile& a, const ReportFile& b) { return a.name < b.name; });
    reports.push_back(std::move(report));
  }
  std::sort(reports.begin(), reports.end(), [](const Report& a, const Report& b) { return std::tie(b.created_at, b.id) < std::tie(a.created_at, a.id); });
  return reports;
}

// What report.json says of itself, as far as it is text.
void write_about(JsonWriter& json, const std::string& about) {
  simdjson::dom::parser parser;
  simdjson::dom::element root;
  if (about.empty() || parser.parse(about).get(root) != simdjson::SUCCESS) return;
  for (const char* name : {"template", "language", "title", "run", "snapshot", "by"}) {
    std::string_view text;
    if (root[name].get(text) == simdjson::SUCCESS) json.field(name, text);
  }
}

std::string_view content_type(std::string_view name) {
  constexpr std::pair<std::string_view, std::string_view> kTypes[] = {
      {".html", "text/html; charset=utf-8"}, {".pdf", "application/pdf"}, {".json", "application/json"}, {".csv", "text/csv; charset=utf-8"}, {".svg", "image/svg+xml"}, {".png", "image/png"},
      {".docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"}, {".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
      {".pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation"}};
  for (const auto& [ending, type] : kTypes) {
    if (name.ends_with(ending)) return type;
  }
  return "application/octet-stream";
}

Result<Response> list_reports(const Views& views, const Request& request) {
  const Page page = TRY(read_page(request));
  const std::vector<Report> reports = find_reports(TRY(views.services->workspaces.folder(request.parameter("ws"))) / "reports");
  const std::string base = workspace_base(request);
  return json_response(write_page(page, std::ssize(reports), [&](JsonWriter& json, std::int64_t i) {
    const Report& report = reports[static_cast<std::size_t>(i)];
    json.begin_object().field("id", report.id).field("created_at", report.created_at);
    write_about(json, report.about);
    json.key("files").begin_array();
    for (const ReportFile& file : report.files) json.begin_object().field("name", file.name).field("bytes", file.bytes).field("href", fmt::format("{}/reports/{}/{}", base, report.id, file.name)).end_object();
    json.end_array().end_object();
  }));
}

// Only what the list shows can be read: no path is built from what was asked before it was found there.
Result<Response> read_report(const Views& views, const Request& request) {
  const fs::path root = TRY(views.services->workspaces.folder(request.parameter("ws"))) / "reports";
  for (const Report& report : find_reports(root)) {
    if (report.id != request.parameter("id")) continue;
    for (const ReportFile& file : report.files) {
      if (file.name != request.parameter("file")) continue;
      Response response;
      response.content_type = content_type(file.name);
      response.body = TRY(read_file(root / report.id / file.name));
      return response;
    }
  }
  return fail(ErrorKind::not_found, "there is no report {} with a file {}", request.parameter("id"), request.parameter("file"));
}

}  // namespace

void add_report_routes(Router& router, const Views& views) {
  router.get("/api/v1/w/{ws}/reports", kReaders, [views](const Request& request) { return list_reports(views, request); });
  router.get("/api/v1/w/{ws}/reports/{id}/{file}", kReaders, [views](const Request& request) { return read_report(views, request); });
}

}  // namespace jianwei::server

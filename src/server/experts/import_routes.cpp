// Tables sent as the body of a request: experts (a preview first), and what became of things.
#include "base/file.h"
#include "base/strings.h"
#include "products/exporters/sheet.h"
#include "server/access/secrets.h"
#include "server/experts/expert_routes.h"
#include "server/http/message.h"
#include "server/jobs/uploads.h"
#include "workflow/expert_library/import_experts.h"
#include "workflow/look_back/look_back.h"

namespace jianwei::server {
namespace {

namespace fs = std::filesystem;

// The body as a file for as long as this lives: readers tell a table by its name and its bytes.
class BodyFile {
 public:
  static Result<BodyFile> write(const Services& services, const Request& request) {
    if (request.body.empty()) return fail(ErrorKind::invalid_input, "the body is empty: send the table itself (CSV, TSV, XLSX, JSON Lines)");
    const std::string name = TRY(plain_file_name(request.query_or("name", "table.csv")));
    BodyFile file(services.state / "uploads" / ("." + random_hex(16)));
    std::error_code error;
    fs::create_directories(file.folder_, error);
    fs::permissions(file.folder_, fs::perms::owner_all, error);
    if (error) return fail(ErrorKind::unavailable, "{}: cannot be made: {}", file.folder_.string(), error.message());
    TRY(write_file_atomically(file.folder_ / name, request.body));
    file.path_ = file.folder_ / name;
    return file;
  }
  BodyFile(BodyFile&& other) noexcept : folder_(std::exchange(other.folder_, {})), path_(std::move(other.path_)) {}
  BodyFile& operator=(BodyFile&&) = delete;
  ~BodyFile() {
    std::error_code error;
    if (!folder_.empty()) fs::remove_all(folder_, error);
  }
  const fs::path& path() const { return path_; }

 private:
  explicit BodyFile(fs::path folder) : folder_(std::move(folder)) {}
  fs::path folder_, path_;
};

// A table that cannot be read is the sender's to mend, and the server's folders are not theirs to know.
Error told(Error error, const BodyFile& file) {
  if (error.kind == ErrorKind::corrupt) error.kind = ErrorKind::invalid_input;
  error.message = replace_all(std::move(error.message), file.path().parent_path().string() + "/", "");
  return error;
}

Result<Response> import_experts(ExpertDesks& desks, const Services& services, const Request& request, bool preview) {
  const std::string_view id = request.parameter("ws");
  store::ExpertDb* db = TRY(desks.db(id));
  const auto people = TRY(desks.people(id));
  const BodyFile file = TRY(BodyFile::write(services, request));
  const auto read = preview ? workflow::preview_experts(*db, *people, file.path()) : workflow::import_experts(*db, *people, file.path(), request.caller.name);
  if (!read) return tl::unexpected(told(read.error(), file));
  return json_response(workflow::to_json(*read), preview ? 200 : 201);
}

}  // namespace

void add_table_routes(Router& router, Services& services, const std::shared_ptr<ExpertDesks>& desks) {
  const std::string base = "/api/v1/w/{ws}";
  const std::size_t largest = std::size_t{16} << 20;
  router.post(base + "/experts/imports/preview", kExpertDeciders, [desks, &services](const Request& request) { return import_experts(*desks, services, request, true); }, {.max_body_bytes = largest, .json_body = false, .audited = false});
  router.post(base + "/experts/imports", kExpertDeciders, [desks, &services](const Request& request) { return import_experts(*desks, services, request, false); }, {.max_body_bytes = largest, .json_body = false, .idempotent = true});
  router.post(base + "/lookback/imports", kExpertDeciders, [desks, &services](const Request& request) -> Result<Response> {
    const BodyFile file = TRY(BodyFile::write(services, request));
    store::ExpertDb* db = TRY(desks->db(request.parameter("ws")));
    const auto read = workflow::import_look_back(*db, file.path(), request.caller.name);
    if (!read) return tl::unexpected(told(read.error(), file));
    return json_response(workflow::to_json(*read), 201);
  }, {.max_body_bytes = largest, .json_body = false, .idempotent = true});
  router.get(base + "/lookback/outcomes", kExpertReaders, [desks](const Request& request) -> Result<Response> {
    Response response;
    response.content_type = "text/csv; charset=utf-8";
    response.body = products::to_csv(TRY(workflow::outcome_sheet(*TRY(desks->db(request.parameter("ws"))))));
    response.headers.emplace_back("Content-Disposition", "attachment; filename=\"outcomes.csv\"");
    return response;
  });
}

}  // namespace jianwei::server

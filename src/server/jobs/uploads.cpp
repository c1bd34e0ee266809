#include "server/jobs/uploads.h"

#include <algorithm>
#include <fstream>

#include "base/file.h"
#include "base/hash.h"
#include "base/json_writer.h"
#include "base/strings.h"
#include "server/access/secrets.h"
#include "server/http/json_body.h"

namespace jianwei::server {
namespace {

namespace fs = std::filesystem;

std::int64_t part_count(const store::UploadRow& upload) { return std::max<std::int64_t>(1, (upload.bytes + kPartBytes - 1) / kPartBytes); }
std::int64_t part_bytes(const store::UploadRow& upload, std::int64_t part) { return std::min(kPartBytes, upload.bytes - part * kPartBytes); }
fs::path folder_of(const Services& services, std::string_view id) { return services.state / "uploads" / id; }
fs::path part_path(const Services& services, std::string_view id, std::int64_t part) { return folder_of(services, id) / fmt::format("part-{}", part); }

// Ids come from us and are looked up before they become part of a path.
Result<store::UploadRow> find_upload(Services& services, const Request& request) {
  TRY(services.workspaces.folder(request.parameter("ws")));
  auto upload = TRY(services.database.upload(request.parameter("id")));
  if (!upload || upload->workspace != request.parameter("ws")) return fail(ErrorKind::not_found, "no upload {}", request.parameter("id"));
  return *upload;
}

std::vector<std::int64_t> present_parts(const Services& services, const store::UploadRow& upload) {
  std::vector<std::int64_t> present;
  std::error_code error;
  for (std::int64_t part = 0; part < part_count(upload); ++part) {
    const auto size = fs::file_size(part_path(services, upload.id, part), error);
    if (!error && static_cast<std::int64_t>(size) == part_bytes(upload, part)) present.push_back(part);
  }
  return present;
}

std::string upload_json(const Services& services, const store::UploadRow& upload) {
  JsonWriter json;
  json.begin_object().field("id", upload.id).field("name", upload.name).field("bytes", upload.bytes).field("part_bytes", kPartBytes).field("part_count", part_count(upload));
  json.field("complete", !upload.checksum.empty()).field("sha256", upload.checksum).key("parts").begin_array();
  if (upload.checksum.empty()) {
    for (const std::int64_t part : present_parts(services, upload)) json.value(part);
  }
  return json.end_array().end_object().text();
}

Result<Response> announce(Services& services, const Request& request) {
  TRY(services.workspaces.folder(request.parameter("ws")));
  const JsonBody body = TRY(JsonBody::parse(request));
  TRY(body.only({"name", "bytes"}));
  store::UploadRow upload;
  upload.name = TRY(plain_file_name(TRY(body.text("name"))));
  if (!body.has("bytes")) return fail(ErrorKind::invalid_input, "bytes: is missing");
  upload.bytes = TRY(body.integer_or("bytes", 0, 0, kMaxUploadBytes));
  std::error_code error;
  fs::create_directories(services.state / "uploads", error);
  const auto space = fs::space(services.state, error);
  // While it is put together the file is there twice.
  if (!error && static_cast<std::uint64_t>(2 * upload.bytes) > space.available) return fail(ErrorKind::unavailable, "the server's disk has no room for {} bytes", upload.bytes);
  upload.id = "upload-" + random_hex(16);
  upload.workspace = request.parameter("ws");
  upload.user_id = request.caller.user_id;
  upload.created_at = unix_now();
  fs::create_directories(folder_of(services, upload.id), error);
  if (error) return fail(ErrorKind::unavailable, "the folder of uploads cannot be written: {}", error.message());
  TRY(services.database.add_upload(upload));
  return json_response(upload_json(services, upload), 201);
}

Result<Response> put_part(Services& services, const Request& request) {
  const store::UploadRow upload = TRY(find_upload(services, request));
  if (!upload.checksum.empty()) return fail(ErrorKind::conflict, "upload {} is complete", upload.id);
  const auto part = parse_int(request.parameter("n"));
  if (!part || *part < 0 || *part >= part_count(upload)) return fail(ErrorKind::invalid_input, "part {}: this upload has parts 0 to {}", request.parameter("n"), part_count(upload) - 1);
  const std::int64_t wanted = part_bytes(upload, *part);
  if (static_cast<std::int64_t>(request.body.size()) != wanted) return fail(ErrorKind::invalid_input, "part {} has {} bytes, expected {}", *part, request.body.size(), wanted);
  TRY(write_file_atomically(part_path(services, upload.id, *part), request.body));
  return empty_response();
}

Result<Response> complete(Services& services, const Request& request) {
  store::UploadRow upload = TRY(find_upload(services, request));
  const JsonBody body = TRY(JsonBody::parse(request));
  TRY(body.only({"sha256"}));
  const std::string wanted = to_lower_ascii(TRY(body.text_or("sha256", "")));
  if (upload.checksum.empty()) {
    const std::vector<std::int64_t> present = present_parts(services, upload);
    if (static_cast<std::int64_t>(present.size()) != part_count(upload)) return fail(ErrorKind::conflict, "{} of {} parts are here; send the others first", present.size(), part_count(upload));
    std::error_code error;
    const fs::path folder = folder_of(services, upload.id) / "file";
    fs::create_directories(folder, error);
    const fs::path whole = folder / "incomplete";
    Sha256 hash;
    {
      std::ofstream out(whole, std::ios::binary | std::ios::trunc);
      for (std::int64_t part = 0; part < part_count(upload); ++part) {
        const std::string bytes = TRY(read_file(part_path(services, upload.id, part)));
        hash.update(bytes);
        out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
      }
      out.flush();
      if (!out) return fail(ErrorKind::unavailable, "upload {} cannot be put together: the disk is full", upload.id);
    }
    const std::string checksum = hash.hex();
    if (!wanted.empty() && wanted != checksum) return fail(ErrorKind::invalid_input, "sha256: the parts give {}, not {}: send them again", checksum, wanted);
    TRY(sync_path(whole));
    fs::rename(whole, folder / upload.name, error);
    if (error) return fail(ErrorKind::unavailable, "upload {} cannot be put together: {}", upload.id, error.message());
    TRY(sync_path(folder));
    TRY(services.database.complete_upload(upload.id, checksum));
    upload.checksum = checksum;
    for (std::int64_t part = 0; part < part_count(upload); ++part) fs::remove(part_path(services, upload.id, part), error);
  } else if (!wanted.empty() && wanted != upload.checksum) {
    return fail(ErrorKind::conflict, "sha256: the complete upload has {}", upload.checksum);
  }
  return json_response(upload_json(services, upload));
}

}  // namespace

Result<std::string> plain_file_name(std::string_view name) {
  const std::size_t slash = name.find_last_of("/\\");
  if (slash != std::string_view::npos) name.remove_prefix(slash + 1);
  name = trim(name);
  const bool printable = std::all_of(name.begin(), name.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x20 && c != 0x7f; });
  if (name.empty() || name == "." || name == ".." || name.size() > 200 || !printable || name == "incomplete") return fail(ErrorKind::invalid_input, "name: \"{}\" cannot be a file's name", name);
  return std::string(name);
}

Result<std::filesystem::path> uploaded_file(Services& services, std::string_view workspace, std::string_view id) {
  const auto upload = TRY(services.database.upload(id));
  if (!upload || upload->workspace != workspace) return fail(ErrorKind::not_found, "no upload {}", id);
  if (upload->checksum.empty()) return fail(ErrorKind::conflict, "upload {} is not complete", id);
  return folder_of(services, upload->id) / "file" / upload->name;
}

Result<> remove_upload(Services& services, std::string_view id) {
  const auto upload = TRY(services.database.upload(id));
  if (!upload) return {};
  TRY(services.database.delete_upload(id));
  std::error_code ignored;
  fs::remove_all(folder_of(services, upload->id), ignored);
  return {};
}

Result<> remove_old_uploads(Services& services) {
  for (const store::UploadRow& upload : TRY(services.database.uploads_before(unix_now() - 7 * 86400))) TRY(remove_upload(services, upload.id));
  return {};
}

void add_upload_routes(Router& router, Services& services) {
  const std::string base = "/api/v1/w/{ws}/uploads";
  router.post(base, kAnalysts, [&services](const Request& request) { return announce(services, request); }, {.idempotent = true});
  router.get(base + "/{id}", kAnalysts, [&services](const Request& request) -> Result<Response> { return json_response(upload_json(services, TRY(find_upload(services, request)))); });
  // Thousands of parts would bury the log; the upload's beginning and end are entered.
  router.put(base + "/{id}/parts/{n}", kAnalysts, [&services](const Request& request) { return put_part(services, request); }, {.max_body_bytes = static_cast<std::size_t>(kPartBytes), .json_body = false, .audited = false});
  router.post(base + "/{id}/complete", kAnalysts, [&services](const Request& request) { return complete(services, request); });
  router.remove(base + "/{id}", kAnalysts, [&services](const Request& request) -> Result<Response> {
    const store::UploadRow upload = TRY(find_upload(services, request));
    TRY(remove_upload(services, upload.id));
    return empty_response();
  });
}

}  // namespace jianwei::server

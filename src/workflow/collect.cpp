// A page is imported as a file of its own inside one batch. The state is stored after the batch is: a stop in between repeats pages, which come out as
// duplicates, and loses none.
#include "workflow/collect.h"

#include "base/hash.h"
#include "sources/bytes/memory_stream.h"
#include "sources/reader.h"
#include "workflow/import.h"
#include "workflow/snapshot.h"

namespace jianwei::workflow {
namespace {

std::string state_key(const CollectRequest& request) {
  return fmt::format("{}|{}|{}|{}", request.query.text, request.query.filter, to_string(request.query.from), request.settings.base_url);
}

bool is_feed(std::string_view source) { return source.starts_with("http://") || source.starts_with("https://"); }

}  // namespace

Result<> check_collect_source(std::string_view source) {
  if (is_feed(source) || (source != "feed" && sources::find_collector(source) != nullptr)) return {};
  return fail(ErrorKind::invalid_input, "\"{}\" is no source: openalex, crossref, arxiv, europepmc, nsf, or the https address of an RSS or Atom feed", source);
}

Result<ImportReport> collect_records(Workspace& workspace, const CollectRequest& request, Progress& progress) {
  CollectRequest asked = request;
  TRY(check_collect_source(request.source));
  if (is_feed(request.source)) {
    asked.settings.base_url = request.source;
    asked.source = "feed";
  }
  const sources::Collector* collector = sources::find_collector(asked.source);
  store::AppDb& app = workspace.lake.app();
  sources::CollectState state;
  if (const std::string stored = TRY(app.collect_state(asked.source, state_key(asked))); !stored.empty()) state = TRY(sources::parse_collect_state(stored));

  ImportOptions options;
  options.command = "collect " + asked.source;
  const std::unique_ptr<Importer> importer = TRY(Importer::begin(workspace, options, progress));
  sources::CollectState saved = state;
  std::int64_t page_count = 0;
  const auto save = [&](const sources::CollectPage& page, const sources::CollectState& behind) -> Result<> {
    const sources::Sample sample{"page", std::string_view(page.body).substr(0, 1 << 16), page.body.size() <= (1 << 16)};
    const sources::Format* format = page.format.empty() ? sources::recognise_format(sample) : sources::find_format(page.format);
    if (format == nullptr) return fail(ErrorKind::invalid_input, "{}: the answer is in no known format", page.url);
    Importer::FileInfo info;
    info.path = page.url;
    info.checksum = sha256_hex(page.body);
    info.byte_count = static_cast<std::int64_t>(page.body.size());
    info.format = format->name;
    info.encoding = "utf-8";
    TRY(importer->add_file(info, [&](sources::RecordSink& sink, Progress& reading) -> Result<> {
      sources::MemoryStream stream(page.body);
      sources::ReadOptions read_options;
      read_options.file_name = asked.source;
      return format->read(stream, read_options, sink, reading);
    }));
    ++page_count;
    saved = behind;
    return {};
  };
  const Result<> collected = sources::collect(*collector, asked.query, asked.settings, state, save, progress);
  if (!collected && page_count == 0) return tl::unexpected(collected.error());

  // Whatever ended the collection, the pages that came are kept.
  ImportReport report = TRY(importer->commit());
  TRY(app.set_collect_state(asked.source, state_key(asked), sources::to_json(saved)));
  if (!collected) return tl::unexpected(collected.error());
  const store::SnapshotRow snapshot = TRY(update_snapshot(workspace, 0, progress));
  report.snapshot_id = snapshot.id;
  report.snapshot_record_count = snapshot.record_count;
  return report;
}

}  // namespace jianwei::workflow

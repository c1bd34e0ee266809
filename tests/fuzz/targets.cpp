#include "targets.h"

#include <archive.h>
#include <archive_entry.h>
#include <unistd.h>

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <filesystem>

#include "base/date.h"
#include "base/strings.h"
#include "records/identifier.h"
#include "records/unicode.h"
#include "sources/bytes/encoding.h"
#include "sources/bytes/memory_stream.h"
#include "sources/live/collect.h"
#include "sources/open.h"
#include "sources/reader.h"
#include "sources/tables/mapping.h"
#include "workflow/study.h"

namespace jianwei::fuzz {
namespace {

const std::vector<sources::Format>& formats() {
  static const std::vector<sources::Format> all = sources::all_formats();
  return all;
}

[[noreturn]] void broken(std::string_view promise, std::string_view detail) {
  std::fprintf(stderr, "broken promise: %.*s: %.*s\n", static_cast<int>(promise.size()), promise.data(), static_cast<int>(std::min<std::size_t>(detail.size(), 300)), detail.data());
  std::abort();
}

void check_text(std::string_view text, std::string_view field) {
  if (!is_valid_utf8(text)) broken("valid UTF-8", field);
}

void check_date(Date date) {
  if (date.year != 0 && (date.year < 1000 || date.year > 2999)) broken("a year in 1000-2999 or none", to_string(date));
  if (date.month < 0 || date.month > 12 || date.day < 0 || date.day > 31) broken("a month and a day that exist", to_string(date));
}

void check_record(const Record& r) {
  for (const auto& [text, name] : std::initializer_list<std::pair<const std::string&, std::string_view>>{
           {r.type, "type"}, {r.title, "title"}, {r.title_translated, "title_translated"}, {r.abstract, "abstract"}, {r.abstract_translated, "abstract_translated"}, {r.full_text, "full_text"},
           {r.language, "language"}, {r.venue, "venue"}, {r.volume, "volume"}, {r.issue, "issue"}, {r.pages, "pages"}, {r.publisher, "publisher"}, {r.url, "url"}, {r.currency, "currency"},
           {r.provenance.source, "source"}, {r.provenance.own_id, "own_id"}, {r.provenance.raw, "raw"}}) {
    check_text(text, name);
  }
  check_date(r.date);
  check_date(r.end_date);
  for (const Person& person : r.persons) {
    for (const std::string& text : {person.name, person.family, person.given, person.role, person.orcid, person.source_id}) check_text(text, "person");
    for (const std::int32_t index : person.organisations) {
      if (index < 0 || static_cast<std::size_t>(index) >= r.organisations.size()) broken("a person's organisation exists", person.name);
    }
  }
  for (const Organisation& organisation : r.organisations) {
    for (const std::string& text : {organisation.name, organisation.country, organisation.role, organisation.ror}) check_text(text, "organisation");
  }
  for (const std::string& keyword : r.keywords) check_text(keyword, "keyword");
  for (const Classification& c : r.classifications) check_text(c.scheme + c.code, "classification"), check_text(c.label, "classification");
  for (const Reference& x : r.references) {
    for (const std::string& text : {x.text, x.doi, x.other, x.author, x.title, x.venue}) check_text(text, "reference");
  }
  for (const Funding& funding : r.funding) check_text(funding.funder, "funder"), check_text(funding.award, "award");
  for (const Identifier& identifier : r.identifiers) check_text(identifier.scheme, "scheme"), check_text(identifier.value, "identifier");
  if (r.amount && !std::isfinite(*r.amount)) broken("a finite amount", r.title);
}

class CheckingSink : public sources::RecordSink {
 public:
  Result<> record(Record&& record) override {
    check_record(record);
    in_order(record.provenance.index);
    return {};
  }
  Result<> reject(sources::Reject&& reject) override {
    check_text(reject.reason, "reason");
    check_text(reject.raw, "raw of a reject");
    if (reject.reason.empty()) broken("a reject says why", reject.raw);
    in_order(reject.index);
    return {};
  }
  void warn(sources::Warning&& warning) override {
    check_text(warning.message, "warning");
    if (warning.code.empty()) broken("a warning has a code", warning.message);
  }

 private:
  void in_order(std::int64_t index) {
    if (index <= last_) broken("records in file order", std::to_string(last_) + " then " + std::to_string(index));
    last_ = index;
  }
  std::int64_t last_ = -1;
};

void read_format(const sources::Format& format, std::uint8_t variation, sources::ByteStream& stream) {
  CheckingSink sink;
  sources::ReadOptions options;
  options.file_name = "fuzz/input";
  options.thread_count = variation % 8 == 0 ? 3 : 1;
  Progress progress;
  const Result<> done = format.read(stream, options, sink, progress);
  if (!done) check_text(done.error().message, "message");
}

// A file at one path that this process owns.
const std::string& scratch_path() {
  static const std::string path = (std::filesystem::temp_directory_path() / ("jianwei-fuzz-" + std::to_string(::getpid()))).string();
  static const bool registered = std::atexit([] { ::unlink(scratch_path().c_str()); }) == 0;
  (void)registered;
  return path;
}

void write_scratch(std::string_view input) {
  std::FILE* file = std::fopen(scratch_path().c_str(), "wb");
  if (file == nullptr) broken("a temporary folder to write to", scratch_path());
  std::fwrite(input.data(), 1, input.size(), file);
  std::fclose(file);
}

void open_and_read(std::uint8_t variation, std::string_view input) {
  write_scratch(input);
  sources::OpenLimits limits;
  limits.max_member_bytes = std::int64_t{32} << 20;
  limits.max_members = 200;
  const Result<> opened = sources::open_source(scratch_path(), limits, [&](sources::OpenedFile& member) -> Result<> {
    if (member.encoding != "binary" && member.complete) check_text(member.sample, "sample");
    const sources::Format* format = sources::recognise_format({member.name, member.sample, member.complete});
    if (format != nullptr && format->binary == (member.encoding == "binary")) read_format(*format, variation, *member.stream);
    return {};
  });
  if (!opened && opened.error().kind == ErrorKind::internal) broken("no internal errors", opened.error().message);
}

void parse_values(std::string_view input) {
  for (const std::string_view line : split(input, "\n")) {
    if (const Result<Date> date = parse_date(line)) check_date(*date);
    for (const std::string_view scheme : {"doi", "orcid", "openalex", "pmid", "arxiv", "issn", "isbn", "patent", "ror", "grant"}) {
      const std::string once = normalize_identifier(scheme, line);
      if (normalize_identifier(scheme, once) != once) broken("an identifier stays what it is", once);
    }
    (void)find_doi(line);
  }
  const std::string clean = clean_text(input);
  if (is_valid_utf8(input)) check_text(clean, "clean_text");
  (void)fold_case(input);
  (void)strip_marks(input);
  (void)repair_double_encoding(input);
}

void parse_state(std::string_view input) {
  if (const Result<sources::CollectState> state = sources::parse_collect_state(input)) {
    const Result<sources::CollectState> again = sources::parse_collect_state(to_json(*state));
    if (!again || !(*again == *state)) broken("a collect state reads back", to_json(*state));
  }
  for (const sources::Collector& collector : sources::collectors()) (void)collector.step(input, {}, 100);
}

void parse_mapping(std::string_view input) {
  if (const Result<sources::Mapping> mapping = sources::parse_mapping(input, "map.toml")) {
    if (!sources::parse_mapping(sources::format_mapping(*mapping), "again.toml")) broken("a mapping reads back", sources::format_mapping(*mapping));
  }
  (void)sources::suggest_mapping_of_text({"fuzz.csv", input, true});
}

void parse_study(std::string_view input) {
  write_scratch(input);
  (void)workflow::read_study(scratch_path());
  (void)workflow::parse_cutoffs(input.substr(0, 40));
}

// Text as the program gives it to a reader: through the decoder.
void read_text_or_bytes(const sources::Format& format, std::uint8_t variation, std::string_view input) {
  const std::size_t block = variation % 4 == 1 ? 1 + variation : std::size_t{1} << 20;
  sources::MemoryStream bytes{std::string(input), block};
  if (format.binary) return read_format(format, variation, bytes);
  std::string encoding = sources::recognise_encoding(input.substr(0, 65536), input.size() <= 65536);
  if (encoding == "binary") encoding = "utf-8";
  sources::DecodingStream decoded(bytes, encoding);
  read_format(format, variation, decoded);
}

}  // namespace

const std::vector<Target>& targets() {
  static const std::vector<Target> all = [] {
    std::vector<Target> made;
    for (const sources::Format& format : formats()) made.push_back({std::string(format.name), format.binary});
    for (const char* name : {"open", "mapping", "study", "values", "collect_state"}) made.push_back({name, true});
    return made;
  }();
  return all;
}

void run(std::size_t target, std::uint8_t variation, std::string_view input) {
  if (target < formats().size()) return read_text_or_bytes(formats()[target], variation, input);
  switch (target - formats().size()) {
    case 0: return open_and_read(variation, input);
    case 1: return parse_mapping(input);
    case 2: return parse_study(input);
    case 3: return parse_values(input);
    default: return parse_state(input);
  }
}

std::size_t recognise(std::string_view name, std::string_view bytes) {
  const sources::Format* format = sources::recognise_format({name, bytes.substr(0, 65536), bytes.size() <= 65536});
  for (std::size_t i = 0; format != nullptr && i < formats().size(); ++i) {
    if (formats()[i].name == format->name) return i;
  }
  return formats().size();
}

std::vector<std::string> wrap_in_archives(std::string_view name, std::string_view bytes) {
  struct Wrap {
    int (*format)(archive*);
    int (*filter)(archive*);
  };
  constexpr Wrap kWraps[] = {{archive_write_set_format_zip, archive_write_add_filter_none},   {archive_write_set_format_ustar, archive_write_add_filter_gzip},
                             {archive_write_set_format_raw, archive_write_add_filter_gzip},   {archive_write_set_format_7zip, archive_write_add_filter_none},
                             {archive_write_set_format_ustar, archive_write_add_filter_xz},   {archive_write_set_format_raw, archive_write_add_filter_bzip2},
                             {archive_write_set_format_raw, archive_write_add_filter_zstd}};
  std::vector<std::string> made;
  for (const Wrap& wrap : kWraps) {
    std::string buffer(2 * bytes.size() + 65536, '\0');
    std::size_t used = 0;
    archive* writer = archive_write_new();
    wrap.filter(writer);
    wrap.format(writer);
    archive_write_open_memory(writer, buffer.data(), buffer.size(), &used);
    for (int copy = 0; copy < (wrap.format == archive_write_set_format_raw ? 1 : 2); ++copy) {
      archive_entry* entry = archive_entry_new();
      archive_entry_set_pathname(entry, (std::string(copy == 0 ? "a/" : "b/") + std::string(name)).c_str());
      archive_entry_set_filetype(entry, AE_IFREG);
      archive_entry_set_perm(entry, 0644);
      archive_entry_set_size(entry, static_cast<la_int64_t>(bytes.size()));
      archive_write_header(writer, entry);
      archive_write_data(writer, bytes.data(), bytes.size());
      archive_entry_free(entry);
    }
    archive_write_free(writer);
    buffer.resize(used);
    if (used > 0) made.push_back(std::move(buffer));
  }
  return made;
}

}  // namespace jianwei::fuzz

#include "sources/live/collect.h"

#include <simdjson.h>

#include <algorithm>
#include <ctime>
#include <utility>

#include "base/json_writer.h"
#include "base/strings.h"

namespace jianwei::sources {
namespace {

Date date_of_clock() {
  const std::time_t now = std::time(nullptr);
  std::tm utc{};
  gmtime_r(&now, &utc);
  return {static_cast<std::int16_t>(utc.tm_year + 1900), static_cast<std::int8_t>(utc.tm_mon + 1), static_cast<std::int8_t>(utc.tm_mday)};
}

// A request without the user's key, for logs and provenance.
std::string without_key(std::string url) {
  const std::size_t at = url.find("&api_key=");
  if (at != std::string::npos) url.erase(at, url.find('&', at + 1) == std::string::npos ? std::string::npos : url.find('&', at + 1) - at);
  return url;
}

}  // namespace

std::string to_json(const CollectState& state) {
  JsonWriter json;
  json.begin_object().field("cursor", state.cursor).field("window_from", to_string(state.window_from)).field("window_until", to_string(state.window_until));
  json.field("complete", state.complete).field("page_count", state.page_count).field("record_count", state.record_count);
  json.field("etag", state.etag).field("last_modified", state.last_modified).end_object();
  return std::move(json).text();
}

Result<CollectState> parse_collect_state(std::string_view text) {
  const simdjson::padded_string padded(text);
  simdjson::dom::parser parser;
  simdjson::dom::element root;
  if (parser.parse(padded).get(root) != simdjson::SUCCESS || !root.is_object()) return fail(ErrorKind::corrupt, "the state of the collection is not JSON");
  CollectState state;
  const auto read_text = [&](const char* key) {
    std::string_view value;
    return root[key].get(value) == simdjson::SUCCESS ? std::string(value) : std::string();
  };
  const auto read_date = [&](const char* key) {
    const Result<Date> date = parse_date(read_text(key));
    return date ? *date : Date{};
  };
  state.cursor = read_text("cursor");
  state.window_from = read_date("window_from");
  state.window_until = read_date("window_until");
  if (root["complete"].get(state.complete) != simdjson::SUCCESS) return fail(ErrorKind::corrupt, "the state of the collection lacks \"complete\"");
  if (root["page_count"].get(state.page_count) != simdjson::SUCCESS) state.page_count = 0;
  if (root["record_count"].get(state.record_count) != simdjson::SUCCESS) state.record_count = 0;
  state.etag = read_text("etag");
  state.last_modified = read_text("last_modified");
  return state;
}

const Collector* find_collector(std::string_view name) {
  for (const Collector& collector : collectors()) {
    if (collector.name == name) return &collector;
  }
  return nullptr;
}

Result<> collect(const Collector& collector, const CollectQuery& query, const CollectSettings& settings, CollectState& state, const SavePage& save,
                 Progress& progress) {
  if (!settings.enabled) return fail(ErrorKind::forbidden, "collecting from {} is switched off: name it under [collect] sources in the workspace's settings", collector.title);
  if (settings.http.contact.empty()) return fail(ErrorKind::forbidden, "services ask who calls: set collect.contact to an e-mail address in the workspace's settings");
  if (collector.base_url.empty() && settings.base_url.empty()) return fail(ErrorKind::invalid_input, "{} needs the address of the feed", collector.name);

  const Date today = settings.today.known() ? settings.today : date_of_clock();
  if (state.complete) {
    // The next window begins on the last day of the one before, which may have been incomplete then; what comes twice is known by its id.
    CollectState next;
    next.window_from = state.window_until;
    next.window_until = today;
    next.etag = state.etag;
    next.last_modified = state.last_modified;
    state = next;
  } else if (!state.window_until.known()) {
    state.window_from = query.from;
    state.window_until = today;
  }

  CollectSettings effective = settings;
  if (effective.base_url.empty()) effective.base_url = collector.base_url;
  while (effective.base_url.ends_with("/") && collector.name != "feed") effective.base_url.pop_back();
  const int page_size = settings.page_size > 0 ? std::min(settings.page_size, collector.page_size) : collector.page_size;
  const int interval_ms = settings.min_interval_ms >= 0 ? settings.min_interval_ms : collector.min_interval_ms;
  HttpClient client(settings.http);
  progress.begin("collect", 0, "records");
  bool resumed = !state.cursor.empty();
  for (std::int64_t collected = 0;;) {
    TRY(progress.check());
    CollectPage page;
    const std::string url = collector.url(query, state, effective, page_size);
    page.url = without_key(url);
    page.format = collector.format;
    HttpHeaders headers;
    if (!state.etag.empty()) headers.emplace_back("If-None-Match", state.etag);
    if (!state.last_modified.empty()) headers.emplace_back("If-Modified-Since", state.last_modified);
    Result<HttpAnswer> got = client.get(url, headers, interval_ms, progress);
    if (!got && got.error().kind == ErrorKind::invalid_input && std::exchange(resumed, false)) {
      // A cursor that was kept from an earlier run has expired: the window begins again; what comes twice is known by its id.
      state.cursor.clear();
      state.page_count = state.record_count = 0;
      continue;
    }
    resumed = false;
    if (!got) return tl::unexpected(std::move(got).error());
    HttpAnswer answer = std::move(*got);
    CollectState next = state;
    if (answer.status == 304) {
      next.complete = true;
      TRY(save(page, next));
      state = std::move(next);
      return {};
    }
    const CollectStep step = TRY(collector.step(answer.body, state, page_size));
    page.body = std::move(answer.body);
    page.record_count = step.record_count;
    next.cursor = step.last ? "" : step.cursor;
    next.complete = step.last;
    next.page_count += 1;
    next.record_count += step.record_count;
    if (collector.name == "feed") {
      next.etag = answer.etag;
      next.last_modified = answer.last_modified;
    }
    TRY(save(page, next));
    state = std::move(next);
    progress.advance(step.record_count);
    collected += step.record_count;
    if (state.complete || (settings.max_records > 0 && collected >= settings.max_records)) return {};
  }
}

}  // namespace jianwei::sources

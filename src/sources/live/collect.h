// Live collection from public services: polite, resumable, incremental. Off unless the user switches a source on.
//
// A collector turns a query into requests and reads from each answer only what it needs to go on (cursor, count). The pages themselves
// are handed to the caller, who passes them to the reader named by Collector::format and stores the state with them, so that a stop at any
// moment loses at most the page under way. A kept cursor that the service no longer knows begins its window again. A state that is complete starts the next window: what is newer than the last one.
// Page: docs/collect.md
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>

#include "base/date.h"
#include "base/progress.h"
#include "base/result.h"
#include "sources/live/http.h"

namespace jianwei::sources {

struct CollectQuery {
  std::string text;   // words to search for; of feeds: unused
  std::string filter; // in the service's own syntax, added to the query (OpenAlex "type:article", Crossref "type:journal-article", ...)
  Date from;          // of the first window; unknown: everything
};

// Where a collection stands; kept by the caller between runs.
struct CollectState {
  std::string cursor;          // of the next page, "" at the start of a window
  Date window_from;            // the window under way
  Date window_until;
  bool complete = false;       // the window was read to its end
  std::int64_t page_count = 0; // of the window
  std::int64_t record_count = 0;
  std::string etag;            // feeds: what the server said last
  std::string last_modified;

  bool operator==(const CollectState&) const = default;
};
std::string to_json(const CollectState& state);
Result<CollectState> parse_collect_state(std::string_view json);  // Errors: corrupt

struct CollectSettings {
  bool enabled = false;         // sources that may be collected are named in the workspace's settings
  HttpOptions http;             // http.contact must be set: services ask who calls
  std::string api_key;          // OpenAlex, when the user has one
  std::string base_url;         // instead of the service's own; of feeds: the address of the feed
  int page_size = 0;            // 0: the service's largest
  int min_interval_ms = -1;     // between requests; -1: what the service asks for
  std::int64_t max_records = 0; // of this call; 0: no limit
  Date today;                   // end of a new window; unknown: the day of the clock (UTC)
};

struct CollectPage {
  std::string body;              // as it came
  std::string url;               // without the user's key
  std::string_view format;       // the reader's name: find_format(page.format)
  std::int64_t record_count = 0;
};

// Stores a page together with the state behind it; an error stops the collection and is returned.
using SavePage = std::function<Result<>(const CollectPage& page, const CollectState& state)>;

struct CollectStep {             // what an answer says about how to go on
  std::string cursor;            // of the next page
  std::int64_t record_count = 0;
  bool last = false;
};

struct Collector {
  std::string_view name;         // openalex, crossref, arxiv, europepmc, nsf, feed
  std::string_view title;
  std::string_view base_url;
  std::string_view format;       // "" = recognised from the body (feeds: rss or atom)
  int page_size;
  int min_interval_ms;
  std::string (*url)(const CollectQuery& query, const CollectState& state, const CollectSettings& settings, int page_size);
  Result<CollectStep> (*step)(std::string_view body, const CollectState& state, int page_size);
};

std::span<const Collector> collectors();
const Collector* find_collector(std::string_view name);  // nullptr when there is none

// Reads pages from where `state` stands until the window ends or the limit is reached. `state` is moved on after each saved page.
//
// Errors: forbidden      the source is not switched on, or no contact is given
//         unavailable    the service cannot be reached: run again, it goes on where it stopped
//         invalid_input  the service refuses the query, or its answer cannot be understood
Result<> collect(const Collector& collector, const CollectQuery& query, const CollectSettings& settings, CollectState& state, const SavePage& save,
                 Progress& progress);

}  // namespace jianwei::sources

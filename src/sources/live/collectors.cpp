// The services: how each pages, what it calls its date filter, how fast it may be asked.
#include <simdjson.h>

#include <array>

#include "base/strings.h"
#include "sources/live/collect.h"

namespace jianwei::sources {
namespace {

std::string iso(Date date, std::string_view unknown) {
  if (!date.known()) return std::string(unknown);
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year), std::max<int>(1, date.month), std::max<int>(1, date.day));
}

std::string compact(Date date, std::string_view unknown) { return replace_all(iso(date, unknown), "-", ""); }

std::string us_date(Date date) { return fmt::format("{:02}/{:02}/{:04}", std::max<int>(1, date.month), std::max<int>(1, date.day), static_cast<int>(date.year)); }

std::string with_filter(std::string filter, std::string_view more) {
  if (more.empty()) return filter;
  return filter.empty() ? std::string(more) : filter + "," + std::string(more);
}

// The text of the first element of a name, "" when there is none; enough for counters in an answer's head.
std::string element_text(std::string_view body, std::string_view name) {
  for (std::size_t at = body.find(name); at != std::string_view::npos; at = body.find(name, at + 1)) {
    if (at == 0 || (body[at - 1] != '<' && body[at - 1] != ':')) continue;
    const std::size_t open = body.find('>', at);
    const std::size_t close = open == std::string_view::npos ? open : body.find('<', open);
    if (close == std::string_view::npos || body[open - 1] == '/') return "";
    return std::string(trim(body.substr(open + 1, close - open - 1)));
  }
  return "";
}

std::int64_t count_of(std::string_view body, std::string_view text) {
  std::int64_t count = 0;
  for (std::size_t at = body.find(text); at != std::string_view::npos; at = body.find(text, at + text.size())) ++count;
  return count;
}

// Reads the cursor and the number of items of a JSON answer: cursor_path and items_path are JSON pointers.
Result<CollectStep> json_step(std::string_view body, std::string_view service, std::string_view cursor_path, std::string_view items_path) {
  const simdjson::padded_string padded(body);
  simdjson::dom::parser parser;
  simdjson::dom::element root;
  if (parser.parse(padded).get(root) != simdjson::SUCCESS) return fail(ErrorKind::invalid_input, "{} answers with something that is not JSON: {}", service, collapse_spaces(body.substr(0, 200)));
  simdjson::dom::array items;
  if (root.at_pointer(items_path).get(items) != simdjson::SUCCESS) return fail(ErrorKind::invalid_input, "{} answers without {}", service, items_path);
  CollectStep step;
  step.record_count = static_cast<std::int64_t>(items.size());
  std::string_view cursor;
  if (root.at_pointer(cursor_path).get(cursor) == simdjson::SUCCESS) step.cursor = cursor;
  step.last = step.cursor.empty() || step.record_count == 0;
  return step;
}

// --- OpenAlex. The update date needs a key; without one the window is by publication date.

std::string openalex_url(const CollectQuery& query, const CollectState& state, const CollectSettings& settings, int page_size) {
  std::string filter;
  if (state.window_from.known()) {
    filter = fmt::format("{}:{}", settings.api_key.empty() ? "from_publication_date" : "from_updated_date", iso(state.window_from, ""));
  }
  filter = with_filter(std::move(filter), query.filter);
  std::string url = fmt::format("{}/works?per-page={}&cursor={}&mailto={}", settings.base_url, page_size, state.cursor.empty() ? "%2A" : url_encode(state.cursor), url_encode(settings.http.contact));
  if (!query.text.empty()) url += "&search=" + url_encode(query.text);
  if (!filter.empty()) url += "&filter=" + url_encode(filter);
  if (!settings.api_key.empty()) url += "&api_key=" + url_encode(settings.api_key);
  return url;
}
Result<CollectStep> openalex_step(std::string_view body, const CollectState&, int) { return json_step(body, "OpenAlex", "/meta/next_cursor", "/results"); }

// --- Crossref. Index date: when the record last changed there.

std::string crossref_url(const CollectQuery& query, const CollectState& state, const CollectSettings& settings, int page_size) {
  std::string filter;
  if (state.window_from.known()) filter = fmt::format("from-index-date:{},until-index-date:{}", iso(state.window_from, ""), iso(state.window_until, ""));
  filter = with_filter(std::move(filter), query.filter);
  std::string url = fmt::format("{}/works?rows={}&cursor={}&mailto={}", settings.base_url, page_size, state.cursor.empty() ? "%2A" : url_encode(state.cursor), url_encode(settings.http.contact));
  if (!query.text.empty()) url += "&query=" + url_encode(query.text);
  if (!filter.empty()) url += "&filter=" + url_encode(filter);
  return url;
}
Result<CollectStep> crossref_step(std::string_view body, const CollectState&, int page_size) {
  CollectStep step = TRY(json_step(body, "Crossref", "/message/next-cursor", "/message/items"));
  // Crossref gives a cursor for ever; a page that is not full is the last.
  step.last = step.last || step.record_count < page_size;
  return step;
}

// --- arXiv. Pages by offset in the order of submission, which does not change for a past window.

std::string arxiv_url(const CollectQuery& query, const CollectState& state, const CollectSettings& settings, int page_size) {
  std::string search = query.text.empty() ? "" : fmt::format("all:\"{}\"", replace_all(query.text, "\"", ""));
  const auto add = [&](std::string_view part) { search += (search.empty() ? "" : " AND ") + std::string(part); };
  if (!query.filter.empty()) add(query.filter);
  add(fmt::format("submittedDate:[{}0000 TO {}2359]", compact(state.window_from, "19910101"), compact(state.window_until, "29991231")));
  return fmt::format("{}/api/query?search_query={}&start={}&max_results={}&sortBy=submittedDate&sortOrder=ascending", settings.base_url, url_encode(search), state.cursor.empty() ? "0" : state.cursor, page_size);
}
Result<CollectStep> arxiv_step(std::string_view body, const CollectState& state, int) {
  const auto total = parse_int(element_text(body, "totalResults"));
  if (!total) return fail(ErrorKind::invalid_input, "arXiv answers without totalResults: {}", collapse_spaces(body.substr(0, 200)));
  CollectStep step;
  step.record_count = count_of(body, "<entry>") + count_of(body, "<entry ");
  const std::int64_t start = state.cursor.empty() ? 0 : parse_int(state.cursor).value_or(0);
  // An empty page before the end is a known hiccup of the service; it is an error here, so that nothing is skipped.
  if (step.record_count == 0 && start < *total) return fail(ErrorKind::unavailable, "arXiv gave an empty page at {} of {}; run again, it goes on there", start, *total);
  step.cursor = std::to_string(start + step.record_count);
  step.last = start + step.record_count >= *total;
  return step;
}

// --- Europe PMC. FIRST_IDATE: when the record was first indexed there.

std::string europepmc_url(const CollectQuery& query, const CollectState& state, const CollectSettings& settings, int page_size) {
  std::string search = query.text.empty() ? "" : "(" + query.text + ")";
  const auto add = [&](std::string_view part) { search += (search.empty() ? "" : " AND ") + std::string(part); };
  if (!query.filter.empty()) add(query.filter);
  if (state.window_from.known()) add(fmt::format("(FIRST_IDATE:[{} TO {}])", iso(state.window_from, ""), iso(state.window_until, "")));
  if (search.empty()) search = "*";
  return fmt::format("{}/search?query={}&resultType=core&format=xml&pageSize={}&cursorMark={}&email={}", settings.base_url, url_encode(search), page_size, state.cursor.empty() ? "%2A" : url_encode(state.cursor),
                     url_encode(settings.http.contact));
}
Result<CollectStep> europepmc_step(std::string_view body, const CollectState& state, int) {
  if (body.find("<responseWrapper") == std::string_view::npos) return fail(ErrorKind::invalid_input, "Europe PMC answers with something else: {}", collapse_spaces(body.substr(0, 200)));
  CollectStep step;
  step.record_count = count_of(body, "<result>") + count_of(body, "<result ");
  step.cursor = element_text(body, "nextCursorMark");
  step.last = step.cursor.empty() || step.cursor == state.cursor || step.record_count == 0;
  return step;
}

// --- NSF awards. Pages by offset from 1; a page that is not full is the last. The window is by award date.

std::string nsf_url(const CollectQuery& query, const CollectState& state, const CollectSettings& settings, int page_size) {
  std::string url = fmt::format("{}/services/v1/awards.xml?rpp={}&offset={}", settings.base_url, page_size, state.cursor.empty() ? "1" : state.cursor);
  if (!query.text.empty()) url += "&keyword=" + url_encode(query.text);
  if (state.window_from.known()) url += "&dateStart=" + url_encode(us_date(state.window_from)) + "&dateEnd=" + url_encode(us_date(state.window_until));
  if (!query.filter.empty()) url += "&" + query.filter;
  url += "&printFields=id,title,agency,awardeeName,awardeeCity,awardeeStateCode,awardeeCountryCode,fundProgramName,primaryProgram,piFirstName,piLastName,coPDPI,startDate,expDate,estimatedTotalAmt,fundsObligatedAmt,date,abstractText,projectOutComesReport";
  return url;
}
Result<CollectStep> nsf_step(std::string_view body, const CollectState& state, int page_size) {
  if (body.find("<response") == std::string_view::npos) return fail(ErrorKind::invalid_input, "NSF answers with something else: {}", collapse_spaces(body.substr(0, 200)));
  CollectStep step;
  step.record_count = count_of(body, "<award>") + count_of(body, "<award ");
  const std::int64_t offset = state.cursor.empty() ? 1 : parse_int(state.cursor).value_or(1);
  step.cursor = std::to_string(offset + step.record_count);
  step.last = step.record_count < page_size;
  return step;
}

// --- RSS and Atom: one page, the newest items; what is new since last time is the server's to say (ETag, Last-Modified).

std::string feed_url(const CollectQuery&, const CollectState&, const CollectSettings& settings, int) { return settings.base_url; }
Result<CollectStep> feed_step(std::string_view body, const CollectState&, int) {
  CollectStep step;
  step.record_count = count_of(body, "<item>") + count_of(body, "<item ") + count_of(body, "<entry>") + count_of(body, "<entry ");
  step.last = true;
  if (step.record_count == 0 && body.find("<rss") == std::string_view::npos && body.find("<feed") == std::string_view::npos && body.find("RDF") == std::string_view::npos) {
    return fail(ErrorKind::invalid_input, "the address gives no RSS or Atom feed: {}", collapse_spaces(body.substr(0, 200)));
  }
  return step;
}

// Largest page sizes and intervals as the services document them (2024); arXiv asks for three seconds between requests.
constexpr std::array<Collector, 6> kCollectors = {{
    {"openalex", "OpenAlex", "https://api.openalex.org", "openalex", 200, 110, openalex_url, openalex_step},
    {"crossref", "Crossref", "https://api.crossref.org", "crossref", 500, 100, crossref_url, crossref_step},
    {"arxiv", "arXiv", "https://export.arxiv.org", "arxiv_atom", 500, 3000, arxiv_url, arxiv_step},
    {"europepmc", "Europe PMC", "https://www.ebi.ac.uk/europepmc/webservices/rest", "europepmc_xml", 500, 200, europepmc_url, europepmc_step},
    {"nsf", "NSF awards", "https://api.nsf.gov", "nsf_award_xml", 25, 500, nsf_url, nsf_step},
    {"feed", "RSS or Atom feed", "", "", 1, 1000, feed_url, feed_step},
}};

}  // namespace

std::span<const Collector> collectors() { return kCollectors; }

}  // namespace jianwei::sources

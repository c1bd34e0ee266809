// JSON formats are told by keys in the first 64 KiB.
#include <array>
#include <initializer_list>

#include "base/strings.h"
#include "sources/json/json_reader.h"

namespace jianwei::sources {
namespace {

bool starts_like_json(std::string_view text) {
  const std::string_view start = trim(text.substr(0, 4096));
  if (start.empty() || (start[0] != '{' && start[0] != '[')) return false;
  // "[Authors]..." of a text is no JSON: a quote, a bracket or the end must follow.
  const std::string_view rest = trim(start.substr(1));
  return rest.empty() || rest[0] == '"' || rest[0] == '{' || rest[0] == '[' || rest[0] == '}' || rest[0] == ']';
}

// Does `"key"` stand in the text with a colon behind it?
bool has_key(std::string_view text, std::string_view key) {
  const std::string quoted = '"' + std::string(key) + '"';
  for (std::size_t at = text.find(quoted); at != std::string_view::npos; at = text.find(quoted, at + 1)) {
    std::size_t next = at + quoted.size();
    while (next < text.size() && is_space(text[next])) ++next;
    if (next < text.size() && text[next] == ':') return true;
  }
  return false;
}

bool has_keys(const Sample& sample, std::initializer_list<std::string_view> keys) {
  if (!starts_like_json(sample.text)) return false;
  for (const std::string_view key : keys) {
    if (!has_key(sample.text, key)) return false;
  }
  return true;
}

double is_openalex(const Sample& s) { return has_keys(s, {"id", "display_name"}) && s.text.find("https://openalex.org/") != std::string_view::npos ? 0.95 : 0; }
double is_crossref(const Sample& s) {
  if (!has_keys(s, {"DOI"})) return 0;
  return has_key(s.text, "is-referenced-by-count") || has_key(s.text, "reference-count") || (has_key(s.text, "message-type") && has_key(s.text, "container-title")) ? 0.9 : 0;
}
double is_csl(const Sample& s) {
  if (is_crossref(s) > 0 || !has_keys(s, {"type", "title"})) return 0;
  return has_key(s.text, "date-parts") || (has_key(s.text, "container-title") && has_key(s.text, "issued")) ? 0.85 : 0;
}
double is_zotero(const Sample& s) { return has_keys(s, {"itemType"}) && (has_key(s.text, "creators") || has_key(s.text, "dateAdded")) ? 0.9 : 0; }
double is_nih(const Sample& s) { return has_keys(s, {"appl_id", "project_num"}) || has_keys(s, {"appl_id", "project_title"}) ? 0.95 : 0; }
double is_nsf(const Sample& s) { return has_keys(s, {"awd_id", "awd_titl_txt"}) || (has_keys(s, {"id", "title"}) && (has_key(s.text, "awardeeName") || has_key(s.text, "estimatedTotalAmt"))) ? 0.9 : 0; }
double is_gtr(const Sample& s) { return has_keys(s, {"title", "leadFunder", "grantCategory"}) ? 0.9 : 0; }
double is_datacite(const Sample& s) { return has_keys(s, {"attributes", "titles", "creators", "publicationYear"}) || has_keys(s, {"doi", "titles", "creators", "publicationYear"}) ? 0.9 : 0; }
double is_lens(const Sample& s) { return has_keys(s, {"lens_id"}) ? 0.9 : 0; }
double is_dimensions(const Sample& s) { return has_keys(s, {"title", "times_cited"}) && (has_key(s.text, "dimensions_url") || s.text.find("\"pub.1") != std::string_view::npos) ? 0.9 : 0; }
double is_semantic_scholar(const Sample& s) {
  if (!starts_like_json(s.text)) return 0;
  const bool id = has_key(s.text, "paperId") || has_key(s.text, "corpusid") || has_key(s.text, "corpusId") || has_key(s.text, "paperAbstract");
  const bool more = has_key(s.text, "citationCount") || has_key(s.text, "externalIds") || has_key(s.text, "externalids") || has_key(s.text, "outCitations") || has_key(s.text, "authors");
  return id && more && has_key(s.text, "title") ? 0.85 : 0;
}
double is_arxiv(const Sample& s) { return has_keys(s, {"authors_parsed", "categories"}) ? 0.95 : 0; }
double is_dblp(const Sample& s) { return has_keys(s, {"info"}) && s.text.find("dblp.org") != std::string_view::npos ? 0.9 : 0; }
double is_wos(const Sample& s) { return has_keys(s, {"AU", "TI", "SO", "PY"}) ? 0.9 : 0; }
double is_chinaxiv(const Sample& s) {
  if (!has_keys(s, {"id", "submitted", "lang"}) || !(has_key(s.text, "head") || has_key(s.text, "text"))) return 0;
  // Ids such as "201711.00089V1".
  const std::size_t at = s.text.find("\"id\"");
  const std::string_view id = s.text.substr(at, 40);
  return id.find("V") != std::string_view::npos && id.find('.') != std::string_view::npos ? 0.9 : 0;
}
double is_json(const Sample& s) {
  if (!starts_like_json(s.text)) return 0;
  const bool named = s.name.ends_with(".json") || s.name.ends_with(".jsonl") || s.name.ends_with(".ndjson");
  return named ? 0.45 : 0.35;
}

template <std::unique_ptr<JsonConverter> (*Make)(const ReadOptions&), const char* const& Name>
Result<> read_with(ByteStream& stream, const ReadOptions& options, RecordSink& sink, Progress& progress) {
  // A mapping says what the keys mean, whatever the source.
  const std::unique_ptr<JsonConverter> converter = options.mapping != nullptr ? generic_converter(options) : Make(options);
  return read_json(stream, options, Name, *converter, sink, progress);
}

constexpr const char* kOpenAlex = "openalex";
constexpr const char* kCrossref = "crossref";
constexpr const char* kNih = "nih_json";
constexpr const char* kNsf = "nsf_json";
constexpr const char* kGtr = "gtr_json";
constexpr const char* kDatacite = "datacite_json";
constexpr const char* kArxiv = "arxiv_json";
constexpr const char* kLens = "lens_json";
constexpr const char* kZotero = "zotero_json";
constexpr const char* kDimensions = "dimensions_json";
constexpr const char* kDblp = "dblp_json";
constexpr const char* kWos = "wos_json";
constexpr const char* kChinaxiv = "chinaxiv";
constexpr const char* kSemanticScholar = "semantic_scholar";
constexpr const char* kCsl = "csl_json";
constexpr const char* kJson = "json";

constexpr std::array<Format, 16> kFormats = {{
    {"openalex", "OpenAlex JSON", is_openalex, read_with<openalex_converter, kOpenAlex>},
    {"crossref", "Crossref JSON", is_crossref, read_with<crossref_converter, kCrossref>},
    {"nih_json", "NIH RePORTER JSON", is_nih, read_with<nih_converter, kNih>},
    {"nsf_json", "NSF awards JSON", is_nsf, read_with<nsf_converter, kNsf>},
    {"gtr_json", "Gateway to Research JSON", is_gtr, read_with<gtr_converter, kGtr>},
    {"datacite_json", "DataCite JSON", is_datacite, read_with<datacite_converter, kDatacite>},
    {"arxiv_json", "arXiv metadata JSON", is_arxiv, read_with<arxiv_converter, kArxiv>},
    {"lens_json", "Lens JSON", is_lens, read_with<lens_converter, kLens>},
    {"zotero_json", "Zotero JSON", is_zotero, read_with<zotero_converter, kZotero>},
    {"dimensions_json", "Dimensions JSON", is_dimensions, read_with<dimensions_converter, kDimensions>},
    {"dblp_json", "dblp JSON", is_dblp, read_with<dblp_converter, kDblp>},
    {"wos_json", "Web of Science field tags as JSON", is_wos, read_with<wos_json_converter, kWos>},
    {"chinaxiv", "ChinaXiv JSON", is_chinaxiv, read_with<chinaxiv_converter, kChinaxiv>},
    {"semantic_scholar", "Semantic Scholar JSON", is_semantic_scholar, read_with<semantic_scholar_converter, kSemanticScholar>},
    {"csl_json", "CSL JSON", is_csl, read_with<csl_converter, kCsl>},
    {"json", "JSON or JSON lines", is_json, read_with<generic_converter, kJson>},
}};

}  // namespace

std::span<const Format> json_formats() { return kFormats; }

}  // namespace jianwei::sources

// JSON texts to records: blocks of documents are parsed in parallel and handed to the sink in file order.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "sources/json/values.h"
#include "sources/reader.h"

namespace jianwei::sources {

// What one run of documents gave, in order; filled by converters on several threads, one each.
struct Converted {
  std::vector<std::variant<Record, Reject>> items;
  std::map<std::string, std::int64_t> notes;  // warnings by what they say, with how often; "unmapped\tkey" for keys without a field

  void reject(std::string reason) { items.emplace_back(Reject{0, 0, std::move(reason), ""}); }
};

// Turns one JSON object into records. Const and called from several threads.
class JsonConverter {
 public:
  JsonConverter() = default;
  virtual ~JsonConverter() = default;
  JsonConverter(const JsonConverter&) = delete;
  JsonConverter& operator=(const JsonConverter&) = delete;

  // Called once, with the first documents, before convert().
  virtual void learn(const std::vector<JsonElement>& /*first*/) {}
  virtual void convert(const JsonElement& document, Converted& out) const = 0;
  // Why nothing can be read at all; "" when it can.
  virtual std::string refusal() const { return ""; }
};

// Errors: those of the stream and of the sink. A document that is not JSON is a reject with its line and the parser's reason.
// Provenance line, index, raw and format are filled in here.
Result<> read_json(ByteStream& stream, const ReadOptions& options, std::string_view format, JsonConverter& converter, RecordSink& sink, Progress& progress);

// The converters of known sources, each in its own file.
std::unique_ptr<JsonConverter> openalex_converter(const ReadOptions& options);
std::unique_ptr<JsonConverter> crossref_converter(const ReadOptions& options);
std::unique_ptr<JsonConverter> csl_converter(const ReadOptions& options);
std::unique_ptr<JsonConverter> zotero_converter(const ReadOptions& options);
std::unique_ptr<JsonConverter> nih_converter(const ReadOptions& options);
std::unique_ptr<JsonConverter> nsf_converter(const ReadOptions& options);
std::unique_ptr<JsonConverter> gtr_converter(const ReadOptions& options);
std::unique_ptr<JsonConverter> datacite_converter(const ReadOptions& options);
std::unique_ptr<JsonConverter> lens_converter(const ReadOptions& options);
std::unique_ptr<JsonConverter> dimensions_converter(const ReadOptions& options);
std::unique_ptr<JsonConverter> semantic_scholar_converter(const ReadOptions& options);
std::unique_ptr<JsonConverter> arxiv_converter(const ReadOptions& options);
std::unique_ptr<JsonConverter> dblp_converter(const ReadOptions& options);
std::unique_ptr<JsonConverter> wos_json_converter(const ReadOptions& options);
std::unique_ptr<JsonConverter> chinaxiv_converter(const ReadOptions& options);
std::unique_ptr<JsonConverter> generic_converter(const ReadOptions& options);

}  // namespace jianwei::sources

// One block (4 MiB of documents) is cut into a fixed number of runs; each run has its own parser, so the result does not depend on the
// number of threads. While a block is parsed the next one is read and inflated on another thread.
#include "sources/json/json_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <future>

#include "base/parallel.h"
#include "records/unicode.h"
#include "sources/json/blocks.h"

namespace jianwei::sources {
namespace {

constexpr std::size_t kRunsPerBlock = 16;
constexpr std::size_t kLearnedDocuments = 300;

std::string_view piece_text(const JsonBlock& block, const JsonPiece& piece) { return std::string_view(block.text).substr(piece.begin, piece.end - piece.begin); }

// An API page on one line: its elements are the documents.
bool expand_page(const JsonElement& document, std::vector<JsonElement>& out) {
  for (const std::string_view outer : {"", "message", "response", "result"}) {
    const std::optional<JsonElement> object = outer.empty() ? std::optional<JsonElement>(document) : member(document, outer);
    if (!object || !is_object(*object)) continue;
    for (const std::string_view key : {"results", "items", "records", "works", "docs"}) {
      const auto list = member(*object, key);
      JsonArray array;
      if (!list || list->get_array().get(array) != simdjson::SUCCESS || array.size() == 0 || !is_object(array.at(0).value_unsafe())) continue;
      for (const JsonElement element : array) out.push_back(element);
      return true;
    }
  }
  return false;
}

class Pipeline {
 public:
  Pipeline(const ReadOptions& options, std::string_view format, JsonConverter& converter) : options_(options), format_(format), converter_(converter) {
    for (auto& parser : parsers_) {
      parser = std::make_unique<simdjson::dom::parser>(JsonBlockReader::kMaxDocumentBytes + (1 << 20));
    }
  }

  void learn(JsonBlock& block) {
    // Copies of the first documents, kept alive by their own parsers while the converter looks at them.
    std::vector<std::unique_ptr<simdjson::dom::parser>> parsers;
    std::vector<JsonElement> first;
    for (const JsonPiece& piece : block.pieces) {
      if (first.size() >= kLearnedDocuments) break;
      auto parser = std::make_unique<simdjson::dom::parser>();
      JsonElement document;
      if (piece.problem != nullptr || parser->parse(block.text.data() + piece.begin, piece.end - piece.begin, false).get(document) != simdjson::SUCCESS) continue;
      first.push_back(document);
      parsers.push_back(std::move(parser));
    }
    converter_.learn(first);
  }

  Result<> process(const JsonBlock& block, RecordSink& sink) {
    const auto count = static_cast<std::int64_t>(block.pieces.size());
    const std::int64_t run_size = std::max<std::int64_t>(1, (count + static_cast<std::int64_t>(kRunsPerBlock) - 1) / static_cast<std::int64_t>(kRunsPerBlock));
    std::vector<Converted> results(kRunsPerBlock);
    parallel_blocks(count, run_size, options_.thread_count, [&](std::int64_t run, std::int64_t begin, std::int64_t end) {
      const auto r = static_cast<std::size_t>(run);
      for (std::int64_t i = begin; i < end; ++i) convert(block, block.pieces[static_cast<std::size_t>(i)], *parsers_[r], results[r]);
    });
    for (Converted& result : results) {
      for (auto& item : result.items) {
        if (Record* record = std::get_if<Record>(&item)) {
          record->provenance.index = index_++;
          TRY(sink.record(std::move(*record)));
        } else {
          Reject& reject = std::get<Reject>(item);
          reject.index = index_++;
          TRY(sink.reject(std::move(reject)));
        }
      }
      for (const auto& [note, times] : result.notes) notes_[note] += times;
    }
    return {};
  }

  void finish(RecordSink& sink) {
    std::string unmapped;
    for (const auto& [note, times] : notes_) {
      if (note.starts_with("unmapped\t")) {
        if (!unmapped.empty()) unmapped += ", ";
        unmapped += note.substr(9);
      } else {
        sink.warn({"source_note", fmt::format("{} {}", times, note), 0});
      }
    }
    if (!unmapped.empty()) sink.warn({"unmapped_columns", fmt::format("keys without a field, kept in the raw record only: {}", unmapped), 0});
  }

 private:
  void convert(const JsonBlock& block, const JsonPiece& piece, simdjson::dom::parser& parser, Converted& out) const {
    const std::size_t before = out.items.size();
    const std::string_view raw = piece_text(block, piece);
    JsonElement document;
    const simdjson::error_code code = piece.problem != nullptr ? simdjson::SUCCESS : parser.parse(raw.data(), raw.size(), false).get(document);
    if (piece.problem != nullptr) {
      out.reject(piece.problem);
    } else if (code != simdjson::SUCCESS) {
      out.reject(fmt::format("not JSON: {}", simdjson::error_message(code)));
    } else if (!is_object(document)) {
      out.reject("not a JSON object");
    } else {
      std::vector<JsonElement> inside;
      if (expand_page(document, inside)) {
        for (const JsonElement& element : inside) {
          const std::size_t at = out.items.size();
          converter_.convert(element, out);
          finish_items(out, at, simdjson::minify(element), piece.line);
        }
        return;
      }
      converter_.convert(document, out);
    }
    finish_items(out, before, raw, piece.line);
  }

  void finish_items(Converted& out, std::size_t from, std::string_view raw, std::int64_t line) const {
    for (std::size_t i = from; i < out.items.size(); ++i) {
      if (Record* record = std::get_if<Record>(&out.items[i])) {
        record->provenance.raw = raw;
        record->provenance.line = line;
        record->provenance.format = format_;
      } else {
        std::get<Reject>(out.items[i]).raw = raw;
        std::get<Reject>(out.items[i]).line = line;
      }
    }
  }

  const ReadOptions& options_;
  std::string format_;
  JsonConverter& converter_;
  std::array<std::unique_ptr<simdjson::dom::parser>, kRunsPerBlock> parsers_;
  std::int64_t index_ = 0;
  std::map<std::string, std::int64_t> notes_;
};

}  // namespace

Result<> read_json(ByteStream& stream, const ReadOptions& options, std::string_view format, JsonConverter& converter, RecordSink& sink, Progress& progress) {
  JsonBlockReader blocks(stream);
  Pipeline pipeline(options, format, converter);
  const bool ahead = options.thread_count != 1 && default_thread_count() > 1;
  JsonBlock current;
  JsonBlock following;
  bool more = TRY(blocks.next(current));
  if (!more) return {};
  pipeline.learn(current);
  if (const std::string refusal = converter.refusal(); !refusal.empty()) {
    const std::string_view raw = piece_text(current, current.pieces[0]);
    return sink.reject({0, current.pieces[0].line, refusal, std::string(raw.substr(0, character_start(raw, 4000)))});
  }
  while (more) {
    TRY(progress.check());
    std::future<Result<bool>> reading = std::async(ahead ? std::launch::async : std::launch::deferred, [&] { return blocks.next(following); });
    const Result<> processed = pipeline.process(current, sink);
    Result<bool> next = reading.get();  // before any return: it works on our locals
    TRY(Result<>(processed));
    progress.advance(current.byte_count);
    if (!next) return tl::unexpected(next.error());
    more = *next;
    std::swap(current, following);
  }
  pipeline.finish(sink);
  return {};
}

}  // namespace jianwei::sources

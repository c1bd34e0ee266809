// Texts that the cache does not hold go out in batches, one after the other; each answer is checked, scaled to unit length and kept before the next.
#include "workflow/encoder/encoder.h"

#include <simdjson.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "base/hash.h"
#include "base/json_writer.h"
#include "base/strings.h"
#include "sources/live/http.h"
#include "workflow/arena.h"
#include "workflow/encoder/vector_cache.h"

namespace jianwei::workflow {
namespace {

constexpr std::int64_t kMaxDimensions = 65'536;

std::size_t at(std::int64_t i) { return static_cast<std::size_t>(i); }

std::string request_body(const EncoderSettings& settings, std::span<const std::string_view> texts) {
  JsonWriter json;
  json.begin_object().field("model", settings.model).field("encoding_format", "float").key("input").begin_array();
  for (const std::string_view text : texts) json.value(text);
  json.end_array().end_object();
  return std::move(json).text();
}

Result<sources::HttpHeaders> request_headers(const EncoderSettings& settings) {
  sources::HttpHeaders headers = {{"Content-Type", "application/json"}};
  if (settings.key_variable.empty()) return headers;
  const char* key = std::getenv(settings.key_variable.c_str());
  if (key == nullptr || *key == '\0') return fail(ErrorKind::invalid_input, "the environment variable {} is not set: [encoder] of jianwei.toml takes its key from it", settings.key_variable);
  headers.emplace_back("Authorization", "Bearer " + std::string(key));
  return headers;
}

// The vectors of one answer, in the order of the texts and scaled to unit length.
struct Answer {
  std::int32_t dimensions = 0;
  std::vector<float> values;
};

Result<> add_vector(const EncoderSettings& settings, simdjson::dom::array embedding, std::size_t place, std::size_t count, Answer& answer) {
  const auto length = static_cast<std::int64_t>(embedding.size());
  if (answer.dimensions == 0) {
    if (length < 2 || length > kMaxDimensions) return fail(ErrorKind::corrupt, "the encoder {} answers with vectors of {} numbers", settings.url, length);
    answer.dimensions = static_cast<std::int32_t>(length);
    answer.values.assign(count * at(length), 0.0F);
  }
  if (length != answer.dimensions) return fail(ErrorKind::corrupt, "the encoder {} answers with vectors of {} and of {} numbers", settings.url, answer.dimensions, length);
  float* row = answer.values.data() + place * at(length);
  double squares = 0.0;
  for (const simdjson::dom::element number : embedding) {
    double value = 0.0;
    if (number.get(value) != simdjson::SUCCESS || !std::isfinite(value)) return fail(ErrorKind::corrupt, "the encoder {} answers with something that is no number", settings.url);
    squares += value * value;
    *row++ = static_cast<float>(value);
  }
  if (!(squares > 0.0)) return fail(ErrorKind::corrupt, "the encoder {} answers with a vector of zeros", settings.url);
  for (float* value = answer.values.data() + place * at(length); value != row; ++value) *value = static_cast<float>(static_cast<double>(*value) / std::sqrt(squares));
  return {};
}

Result<Answer> read_answer(const EncoderSettings& settings, const std::string& body, std::size_t count) {
  simdjson::dom::parser parser;
  simdjson::dom::element root;
  simdjson::dom::array data;
  if (parser.parse(body).get(root) != simdjson::SUCCESS || root["data"].get(data) != simdjson::SUCCESS) {
    return fail(ErrorKind::corrupt, "the encoder {} does not answer as an embeddings endpoint does (\"data\": [{{\"index\", \"embedding\"}}]): {}", settings.url, cut_text(collapse_spaces(body), 200));
  }
  Answer answer;
  std::vector<std::uint8_t> seen(count, 0);
  std::size_t place = 0;
  for (const simdjson::dom::element one : data) {
    std::uint64_t index = place++;  // some servers leave the index out and keep the order
    if (std::uint64_t given = 0; one["index"].get(given) == simdjson::SUCCESS) index = given;
    simdjson::dom::array embedding;
    if (index >= count || seen[index] != 0 || one["embedding"].get(embedding) != simdjson::SUCCESS) return fail(ErrorKind::corrupt, "the encoder {} gives no vector for text {}", settings.url, index);
    seen[index] = 1;
    TRY(add_vector(settings, embedding, index, count, answer));
  }
  if (place != count) return fail(ErrorKind::corrupt, "the encoder {} answers with {} vectors for {} texts", settings.url, place, count);
  return answer;
}

}  // namespace

std::string text_to_encode(std::string_view title, std::string_view abstract, std::int64_t max_bytes) {
  std::string text(trim(title));
  if (!trim(abstract).empty()) text += (text.empty() ? "" : "\n") + std::string(trim(abstract));
  return std::string(cut_text(text, at(max_bytes)));
}

std::string encoder_identity(const EncoderSettings& settings) {
  return settings.url.empty() ? "" : fmt::format("{:016x}", hash64(settings.url + "\n" + settings.model + "\n" + std::to_string(settings.max_bytes)));
}

Result<analysis::VectorTable> encode_texts(const Workspace& workspace, const EncoderSettings& settings, std::span<const std::string> texts, Progress& progress) {
  const sources::HttpHeaders headers = TRY(request_headers(settings));
  VectorCache cache(workspace.root() / "cache" / ("encoder-" + encoder_identity(settings) + ".bin"));
  std::vector<std::string_view> missing;
  for (const std::string& text : texts) {
    if (!text.empty() && !cache.find(text)) missing.emplace_back(text);
  }
  std::sort(missing.begin(), missing.end());
  missing.erase(std::unique(missing.begin(), missing.end()), missing.end());

  progress.begin("encode", std::ssize(missing), "texts");
  sources::HttpOptions options;
  options.timeout_ms = static_cast<int>(settings.timeout_seconds * 1000);
  options.max_tries = static_cast<int>(settings.tries);
  options.allow_http = true;  // the usual encoder runs on this machine; encoder_settings() refuses a key over http to another
  options.retry_hint = "see that it runs, or take [encoder] out of jianwei.toml";
  sources::HttpClient client(options);
  for (std::size_t begin = 0; begin < missing.size(); begin += at(settings.batch)) {
    const std::span<const std::string_view> batch = std::span<const std::string_view>(missing).subspan(begin, std::min(at(settings.batch), missing.size() - begin));
    const sources::HttpAnswer http = TRY(client.post(settings.url, headers, request_body(settings, batch), progress));
    const Answer answer = TRY(read_answer(settings, http.body, batch.size()));
    if (cache.dimensions() != 0 && cache.dimensions() != answer.dimensions) {
      return fail(ErrorKind::conflict, "the encoder {} answers with vectors of {} numbers, before with {}: it is another model; delete {} and run again", settings.url, answer.dimensions,
                  cache.dimensions(), (workspace.root() / "cache" / ("encoder-" + encoder_identity(settings) + ".bin")).string());
    }
    cache.add(batch, answer.values, answer.dimensions);
    progress.advance(std::ssize(batch));
  }

  analysis::VectorTable table{std::ssize(texts), cache.dimensions(), {}};
  table.values.assign(texts.size() * at(table.dimensions), 0.0F);
  for (std::size_t i = 0; i < texts.size(); ++i) {
    if (const auto row = cache.find(texts[i])) std::copy(row->begin(), row->end(), table.row(static_cast<std::int64_t>(i)).begin());
  }
  return table;
}

}  // namespace jianwei::workflow

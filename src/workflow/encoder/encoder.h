// Vectors of texts from an encoder that the user runs or rents: an OpenAI-compatible embeddings endpoint (POST {"model", "input": [...]}).
//
// Off unless jianwei.toml has an [encoder]; nothing else ever sends texts anywhere. What was encoded once is kept in WS/cache/encoder-<id>.bin by the
// hash of its text, so that an unchanged record is never sent twice; deleting the file asks again.
// Page: docs/encoders.md
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/vectors/vector_table.h"
#include "base/progress.h"
#include "base/result.h"
#include "workflow/workspace.h"

namespace jianwei::workflow {

// [encoder] of jianwei.toml.
struct EncoderSettings {
  std::string url;                    // of the embeddings endpoint, http or https; "" = none, nothing is sent anywhere
  std::string model;
  std::string key_variable;           // environment variable that holds its key; "" = it asks for none
  std::int64_t batch = 64;            // texts a request, [1, 2048]
  std::int64_t max_bytes = 2'000;     // of a text that is sent, [16, 20000]
  std::int64_t timeout_seconds = 120; // of one answer, [1, 3600]
  std::int64_t tries = 5;             // of one request, [1, 20]
  bool is_set() const { return !url.empty(); }
};

// Errors: invalid_input  names the file, the line and the key of [encoder]
Result<EncoderSettings> encoder_settings(const Workspace& workspace);

// What is sent of a record: its title and abstract, at most `max_bytes`.
std::string text_to_encode(std::string_view title, std::string_view abstract, std::int64_t max_bytes);

// Names the encoder and what it is given, for fingerprints; "" when there is none.
std::string encoder_identity(const EncoderSettings& settings);

// [texts] vectors, unit length, in the texts' order; an empty text is a row of zeros. Equal texts are sent once.
//
// Errors: invalid_input  the encoder's key is missing, or it refuses a request
//         unavailable    not reached after all tries (what came before is kept)
//         corrupt        an answer without one vector of the same length for each text
//         cancelled
Result<analysis::VectorTable> encode_texts(const Workspace& workspace, const EncoderSettings& settings, std::span<const std::string> texts, Progress& progress);

}  // namespace jianwei::workflow

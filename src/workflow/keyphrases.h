// The phrases that say what each document is about (text/keyphrases.h), of files or of records of a workspace.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/progress.h"
#include "base/result.h"
#include "text/keyphrases.h"

namespace jianwei::workflow {

struct KeyphraseRequest {
  std::string path;               // a workspace, or a file or folder of records or documents in any format that can be imported
  std::vector<std::string> ids;   // records of the workspace, as show_record() knows them; empty: all
  std::string corpus;             // a workspace that tells which phrases are common; "": the documents themselves
  std::int32_t count = 10;        // phrases a document
  int thread_count = 0;
};

struct ShownKeyphrase {
  std::string phrase;             // as it first stands in the text
  double score = 0.0;
  std::int32_t count = 0;         // occurrences in title and abstract
  std::int32_t document_count = 0;
};

struct DocumentKeyphrases {
  std::string id;                 // the record's id, or the source's own, or "<file>#<number>"
  std::string title;
  std::int16_t year = 0;
  std::vector<ShownKeyphrase> phrases;  // best first
};

struct KeyphraseResult {
  std::int64_t corpus_count = 0;  // documents behind document_count
  std::vector<DocumentKeyphrases> documents;
};

// Errors: not_found      a path, an id, or the workspace's records
//         invalid_input  ids without a workspace; no document with a text; a format that is not recognised
Result<KeyphraseResult> list_keyphrases(const KeyphraseRequest& request, Progress& progress);

std::string to_json(const KeyphraseResult& result);

}  // namespace jianwei::workflow

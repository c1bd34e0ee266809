// A study: the question and every option of its analysis. The same study on the same snapshot gives the same bytes.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "records/record.h"
#include "text/corpus.h"

namespace jianwei::workflow {

struct CutoffRange {
  std::int16_t first = 0;  // 0: chosen from the data: the last six or, with last = 2999, every year that can be judged
  std::int16_t last = 0;
  std::int16_t step = 1;
};

enum class TopicMethod : std::uint8_t { lda, embedded };
std::string_view to_string(TopicMethod method);
// Errors: invalid_input
Result<TopicMethod> parse_topic_method(std::string_view name);

inline constexpr std::int32_t kSearchTopicCount = -1;  // "auto" (docs/methods/topic_count.md)

struct Study {
  std::string title;     // of the report; "" = the workspace's name
  std::string question;  // in the analyst's words

  // Which records.
  std::vector<RecordKind> kinds;      // empty: all
  std::vector<std::string> sources;   // empty: all
  std::vector<std::string> languages; // empty: all
  std::string query;                  // words that title, abstract or keywords must hold; "" = all
  std::int16_t from = 0;              // first year, 0: no bound
  std::int16_t until = 0;             // last year, 0: no bound. Nothing later is read: it is the cut-off of a hindcast

  text::TermOptions terms;
  TopicMethod topic_method = TopicMethod::lda;  // embedded: document vectors in three nested levels (docs/methods/embedded_topics.md)
  std::int32_t topic_count = 0;       // 0: chosen from the number of documents; kSearchTopicCount: found by trying (LDA only)
  std::int32_t topic_iterations = 100;
  std::int32_t horizon_years = 3;     // of the emergence forecast and the hindcast
  bool emergence_escore = false;      // also compute EScore (its method is patented in the US)
  CutoffRange cutoffs;                // of the hindcast
  bool hindcast = true;               // score the ranking on the corpus's own past as part of the run
  std::uint64_t seed = 1;
  std::vector<std::pair<std::string, std::string>> held;  // of this run: record id and id of the topic people moved it to; filled in by the run
  bool fresh_topics = false;          // of this run only: fit from nothing although the workspace holds an earlier model
  int thread_count = 0;               // never changes a result
};

// Reads a study.toml; docs/study.md lists the keys. Errors: not_found; invalid_input names the file, the line and the key.
Result<Study> read_study(const std::filesystem::path& path);

// "auto" or a number from 0 to 5000. Errors: invalid_input
Result<std::int32_t> parse_topic_count(std::string_view text);

// "2008:2018", "2008:2018:2", "2015" or "all" ({0, 2999}). Errors: invalid_input
Result<CutoffRange> parse_cutoffs(std::string_view text);

// All that decides the result, as text: equal texts, equal results. `thread_count`, `title` and `question` are left out.
std::string fingerprint_text(const Study& study);

}  // namespace jianwei::workflow

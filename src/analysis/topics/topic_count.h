// How many topics: models of several sizes are fitted to a sample, and the documents kept back say which to take.
//
//   perplexity(K)  document completion on a tenth of the sample that no fit has seen, mean of the seeds     > 1
//   npmi(K)        mean coherence of the topics' ten first terms in the sample, mean of the seeds           [-1, 1]
//   stability(K)   adjusted Rand index of the documents' largest topics between two seeds, mean of pairs    <= 1
// Rule: of the sizes that reach `fall_share` of the fall in ln perplexity between the worst and the best size (or lie within `tolerance` of the
// lowest), the one of the highest NPMI; among those less than `npmi_tolerance` below it, the fewest topics. Stability is shown, not used.
// The lowest perplexity alone is no rule: on abstracts it falls beyond any number of topics a person reads, while coherence falls too.
//
// Source: Wallach, Murray, Salakhutdinov and Mimno (2009), doi:10.1145/1553374.1553515 (completion);
//         Roeder, Both and Hinneburg (2015), doi:10.1145/2684822.2685324 (coherence); Hubert and Arabie (1985), doi:10.1007/BF01908075
// Page:   docs/methods/topic_count.md
#pragma once

#include <cstdint>
#include <vector>

#include "base/progress.h"
#include "base/result.h"
#include "text/corpus.h"

namespace jianwei::analysis {

struct TopicCountOptions {
  std::vector<std::int32_t> ladder;       // increasing, each 2 to 65,535; empty: topic_count_ladder(documents of the sample)
  std::int64_t sample_documents = 10'000; // more of them move the perplexity of abstracts little and cost time in proportion
  int iteration_count = 80;
  int seed_count = 2;                     // fits of each size; stability needs two
  double fall_share = 2.0 / 3.0;          // [0, 1]
  double tolerance = 0.02;                // >= 0, of the lowest perplexity: two seeds differ by about half of it
  double npmi_tolerance = 0.01;           // >= 0
  std::uint64_t seed = 1;
  int thread_count = 0;
};

struct TopicCountTrial {
  std::int32_t topic_count = 0;
  double perplexity = 0.0;
  double npmi = 0.0;
  double stability = 0.0;                 // 0 with one seed
  bool close = false;                     // its perplexity is low enough to be chosen
};

struct TopicCountChoice {
  std::int32_t topic_count = 0;           // 0: no search was made
  std::vector<TopicCountTrial> trials;    // by increasing size
  std::int64_t fitted_documents = 0, held_out_documents = 0;
};

// 5 to 300 in steps of about 1.6, and at least ten documents a topic; {2} when there are fewer than 50 documents.
std::vector<std::int32_t> topic_count_ladder(std::int64_t document_count);

// Time O(sizes * seeds * iterations * tokens of the sample). Same result at any thread count.
//
// Errors: invalid_input  an option is out of range; fewer than 20 documents, or the documents kept back have no two terms
//         cancelled      `progress` asked to stop
Result<TopicCountChoice> choose_topic_count(const text::CountMatrix& documents, const TopicCountOptions& options, Progress& progress);

}  // namespace jianwei::analysis

// A made-up bilingual corpus whose truth is known: what was planted must be found.
//
// Works have a topic (background, emerging, fading), terms of that topic over a Zipf background, bursts and weak signals of single terms,
// authors of a community, references to earlier works of mostly the same topic, and grants. A work appears in one to three sources with
// differing spellings, and some works have a preprint besides. English words are pronounceable and mean nothing; Chinese ones are made of
// common technical morphemes. Every record carries publisher "synthetic" and a venue that says so.
//
// Everything about a work depends on (seed, index) only, so that a corpus of a million is made record by record in O(1) memory.
// Page: docs/methods/synthetic.md
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/random.h"
#include "records/record.h"

namespace jianwei::analysis {

struct SyntheticOptions {
  std::int64_t work_count = 1000;       // distinct works, 1 to 10 million; records are about 1.7 times as many
  std::int16_t first_year = 2005;
  std::int16_t last_year = 2022;
  std::int32_t topic_count = 24;        // >= emerging_count + fading_count + 1
  std::int32_t emerging_count = 4;
  std::int32_t fading_count = 3;
  std::int32_t burst_count = 5;
  std::int32_t weak_signal_count = 5;
  std::int32_t community_count = 8;
  double yearly_growth = 0.05;          // of the number of works
  double chinese_share = 0.4;
  double preprint_share = 0.06;
  std::uint64_t seed = 1;
};

struct SyntheticTerm {
  std::string en, zh;
};

enum class TopicTrend : std::uint8_t { steady, emerging, fading };

struct SyntheticTopic {
  std::vector<SyntheticTerm> terms;     // the first is its name
  TopicTrend trend = TopicTrend::steady;
  std::int16_t start_year = 0;          // of the rise or the fall; 0 for steady ones
};

// A term planted on its own: a burst raises its share inside [first_year, last_year]; a weak signal is rare and rises from first_year on.
struct SyntheticSignal {
  SyntheticTerm term;
  std::int32_t topic = 0;
  std::int16_t first_year = 0, last_year = 0;
};

struct SyntheticPlan {
  std::vector<SyntheticTopic> topics;
  std::vector<SyntheticSignal> bursts, weak_signals;
};

// One work as its sources tell it.
struct SyntheticWork {
  std::vector<Record> copies;           // provenance: source "synthetic", format ris, scopus or openalex, own_id
  std::int32_t topic = 0;
  std::int32_t community = 0;
  std::int32_t preprint = -1;           // index into copies of the preprint version, -1 without; all others are one publication
};

class SyntheticCorpus {
 public:
  // Errors: invalid_input  counts below one, years out of order, more planted topics than topics
  static Result<SyntheticCorpus> make(const SyntheticOptions& options);

  const SyntheticOptions& options() const { return options_; }
  const SyntheticPlan& plan() const { return plan_; }

  SyntheticWork work(std::int64_t index) const;     // 0 <= index < work_count; ordered by year
  std::int64_t grant_count() const;
  Record grant(std::int64_t index) const;           // a project; its number is in identifiers under `grant`

  std::int16_t year_of(std::int64_t index) const;
  std::int32_t topic_of(std::int64_t index) const;
  std::string author_name(std::int32_t community, std::int32_t author) const;  // "Family, Given"
  std::int32_t authors_per_community() const;

 private:
  explicit SyntheticCorpus(const SyntheticOptions& options);
  void plan_vocabulary();
  Record core(std::int64_t index, bool with_references) const;
  std::string sentence(Random& random, std::int32_t topic, std::int16_t year, bool chinese, int term_count) const;
  std::vector<std::int64_t> cited_works(std::int64_t index) const;
  std::string grant_number(std::int64_t index) const;

  // constant after construction
  SyntheticOptions options_;
  SyntheticPlan plan_;
  std::vector<SyntheticTerm> background_;            // by falling frequency
  std::vector<double> background_cumulative_;
  std::vector<double> year_cumulative_;              // [years], share of works up to and with the year
  std::vector<std::vector<double>> topic_cumulative_;  // [years][topics]
};

}  // namespace jianwei::analysis

// Which topic of this run is which topic of the last one: numbers that stay, and what happened to those that did not.
//
// Only documents that both runs hold are compared. The shared weight of an old topic i and a new topic j is
//   O_ij = sum_d a_di b_dj            a_di, b_dj  share of document d in i before, in j now; in documents
// so that O_ij summed over j is the old weight of i in the shared documents. The overlap of a pair is
//   cosine_ij = O_ij / (|a_i| |b_j|)   |a_i| = sqrt(sum_d a_di^2)               (0, 1], 1 for equal shares
// Among the pairs that overlap by at least `min_overlap` the assignment of greatest total O_ij is chosen; a matched topic keeps its number, every
// other takes the next free one. Numbers are never given twice. It does not matter how the topics were made.
//
// Events count documents by their main topic (their largest share): n_ij documents that lay in i and now lie in j.
//   split   i -> {j}   at least two j each hold `event_share` of i's documents; j is i's successor, or new and made of i for the greater half
//   merge   {i} -> j   at least two i each make up `event_share` of j; i is j's predecessor, or ends and gave j the greater half of its documents
//   birth   j has no predecessor and is no part of a split       death   i has no successor and went into no merge
//   continuation       a matched pair
//
// Source: Kuhn (1955), doi:10.1002/nav.3800020109, and Jonker and Volgenant (1987), doi:10.1007/BF02278710 (assignment);
//         Palla, Barabasi and Vicsek (2007), doi:10.1038/nature05670 (events)
// Page:   docs/methods/topic_identity.md
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/topics/topic_model.h"
#include "base/result.h"

namespace jianwei::analysis {

// The topics of one run.
struct TopicGeneration {
  std::vector<std::int32_t> numbers;    // [topics] >= 1, each once
  std::vector<std::string> record_ids;  // [documents] each once
  DocumentTopics documents;             // topics count from 0 into `numbers`
};

enum class TopicEventKind : std::uint8_t { birth, continuation, split, merge, death };

struct TopicEvent {
  TopicEventKind kind = TopicEventKind::continuation;
  std::vector<std::int32_t> from, to;   // numbers of topics before and now, increasing
  double overlap = 0.0;                 // [0, 1] of a continuation; of a split or merge, the share of the documents of the one topic that the parts explain;
                                        // of a birth, the share of its documents that are new; of a death, the share of its documents that are gone
  std::int64_t documents_before = 0;    // main documents of `from`, all of them
  std::int64_t documents_after = 0;     // main documents of `to`
  std::int64_t documents_shared = 0;    // of both; of a birth or death: those that lay, or now lie, in other topics
  std::vector<std::string> evidence;    // records counted in documents_shared (of a birth: its records), largest shares first, at most evidence_count
};

struct IdentityOptions {
  double min_overlap = 0.3;         // (0, 1]; as in evolution.h: pairs below it share less than about a third of their weight
  double event_share = 0.2;         // (0, 1) of a topic's documents that a part must hold to count as a part
  std::int64_t event_documents = 5; // and at least so many documents
  std::size_t evidence_count = 20;
};

struct TopicIdentity {
  std::vector<std::int32_t> numbers;     // [new topics]
  std::int32_t next_number = 1;          // the next free one
  std::vector<TopicEvent> events;        // by kind, then numbers; none when there was nothing before
  std::int64_t shared_documents = 0;     // documents of both runs that have a main topic in both
  std::int64_t kept_documents = 0;       // of these, with the same number as before
  double adjusted_rand = 0.0;            // of the shared documents' main topics, before against now; 0 without shared documents
};

// Numbers for the topics of `after`, whose `documents` count topics from 0 to topic_count - 1 (`after.numbers` is not read).
// `next_number` is above every number ever given; with an empty `before` the topics get next_number, next_number + 1, ... in their order.
//
// Errors: invalid_input  a generation has as many records as document rows, numbers not below next_number, or topics out of range
// Time O(entries of both * topics a document) + O(n^3) for the largest set of n topics linked by admissible pairs. Ties: smaller index first.
Result<TopicIdentity> carry_identity(const TopicGeneration& before, std::int32_t next_number, const TopicGeneration& after, std::int32_t topic_count,
                                     const IdentityOptions& options);

std::string_view to_string(TopicEventKind kind);

// Assignment of rows to columns of the greatest total weight: column of each row, -1 for a row without. A pair that is not listed cannot be used.
// Every row and column is used at most once; weights must be > 0.
struct WeightedPair {
  std::int32_t row = 0;
  std::int32_t column = 0;
  double weight = 0.0;
};
std::vector<std::int32_t> assign_greatest_total(std::int32_t row_count, std::int32_t column_count, std::span<const WeightedPair> pairs);

}  // namespace jianwei::analysis

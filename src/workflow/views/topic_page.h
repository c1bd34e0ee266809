// One topic from every side: what it is, its words, who works on it, what lies beside it.
#pragma once

#include <string>
#include <string_view>

#include "base/catalogue.h"
#include "workflow/views/result_index.h"

namespace jianwei::workflow {

// The topic as `topics --json` has it, with its rank, score and parts, forecast and main numbers.
std::string topic_json(const ResultIndex& index, std::size_t topic, Language language, std::string_view base);

// A term as the vocabulary has it, with the same, its bursts and its place on the maps of weak signals.
std::string term_json(const ResultIndex& index, std::size_t term, Language language, std::string_view base);

// Terms with their frequency in the topic and overall, in documents: a reader computes the relevance of Sievert and Shirley (2014) for any lambda,
//   r(w, k | lambda) = lambda ln(p_wk) + (1 - lambda) ln(p_wk / p_w)      p_wk = in_topic / in_topic_total     p_w = overall / overall_total
// At most `count` of each end of the scale (lambda 1, 0.6 and 0) are listed, so that the slider has something to show everywhere.
std::string topic_terms_json(const ResultIndex& index, std::size_t topic, std::size_t count, std::string_view base);

// Who is in the documents of a unit, `count` of each group, with the documents behind each number and those of the last three complete years.
std::string actors_json(const ResultIndex& index, Unit unit, std::size_t u, std::size_t count, std::string_view base);

// The topics nearest by shared documents, as a list (items) and as a small network: nodes, and the links among them. Depth 2 adds the nearest of the nearest.
std::string neighbours_json(const ResultIndex& index, std::size_t topic, std::size_t count, int depth, Language language, std::string_view base);

}  // namespace jianwei::workflow

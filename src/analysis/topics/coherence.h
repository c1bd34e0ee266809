// How well the top words of a topic go together, and how little topics repeat each other.
//
//   NPMI = mean over pairs i < j of the top words of  ln(p_ij / (p_i p_j)) / -ln p_ij        in [-1, 1]
//     p_i   share of documents holding word i        p_ij  share holding both (window: the document)
// A pair that never meets counts -1, a pair that always meets counts 1. Diversity = distinct words among the top words of all topics / their number.
//
// Source: Bouma (2009), Normalized (pointwise) mutual information; Aletras and Stevenson (2013), IWCS, aclanthology.org/W13-0102;
//         Dieng, Ruiz and Blei (2020), TACL 8:439-453, doi:10.1162/tacl_a_00325 (diversity)
// Page:   docs/methods/coherence.md
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "text/corpus.h"

namespace jianwei::analysis {

// NPMI of each list of word numbers (columns of `documents`), a list a topic. A list with fewer than two words gets 0.
// Time O(pairs * documents of a word).
std::vector<double> npmi_coherence(const text::CountMatrix& documents, std::span<const std::vector<std::int32_t>> top_words, int thread_count);

// In (0, 1]; 1 when no word is shared. 0 without words.
double topic_diversity(std::span<const std::vector<std::int32_t>> top_words);

}  // namespace jianwei::analysis

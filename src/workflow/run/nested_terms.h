// Terms that hardly stand alone: 全科 where nearly every document says 全科医生. In a list of what rises they would repeat the longer term.
#pragma once

#include <cstdint>
#include <vector>

#include "workflow/run/results.h"

namespace jianwei::workflow {

// The terms t for which a longer one, itself flagged in `listed`, holds t's name and at least 70 % of t's documents flagged in `counted`.
// A name is held as whole words; Chinese, which has none, as characters. `documents` over terms; listed [terms], counted [documents]. Increasing.
// Time O(terms * words^2 + entries of the terms that hold others).
std::vector<std::size_t> nested_terms(const std::vector<TermRow>& terms, const analysis::UnitDocuments& documents, const std::vector<std::uint8_t>& listed, const std::vector<std::uint8_t>& counted);

}  // namespace jianwei::workflow

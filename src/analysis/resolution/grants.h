// Which project paid for which work: award numbers as papers write them against the numbers of projects.
//
// "No. 61772354", "NSFC-61772354" and "61772354" are one number; so are "IIS-1500186" and "1500186", "R01 AI123456-02", "5R01AI123456-02A1"
// and "AI123456". Numbers of up to seven digits are shared by many funders, so they count only when the funders do not contradict.
// Page: docs/methods/reference_matching.md
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace jianwei::analysis {

struct AwardMention {
  std::int64_t work = 0;        // index the caller knows
  std::string_view funder;      // as written, "" unknown
  std::string_view award;       // as written; may list several
};

struct ProjectNumber {
  std::int64_t project = 0;     // index the caller knows
  std::string_view funder;
  std::string_view number;      // the project's own number or another identifier of it
};

struct GrantLink {
  std::int64_t work = 0;
  std::int64_t project = 0;
  double score = 1.0;           // 1 same number and funder; 0.9 funder unknown on a side; 0.7 funder named otherwise
  std::string award;            // the key both share
  std::string evidence;         // "No. 61772354 (NSFC) = 61772354 (National Natural Science Foundation of China)"
};

// The comparable forms of the award numbers in a text, sorted, without repeats; empty when it holds none.
std::vector<std::string> award_keys(std::string_view text);

// Whether two names may be one funder: equal after folding, one an abbreviation of the other, or known names of one ("NSFC", "国家自然科学基金").
bool is_same_funder(std::string_view a, std::string_view b);

// Sorted by (work, project), the best link of each. Time O(n log n).
std::vector<GrantLink> link_grants(std::span<const AwardMention> mentions, std::span<const ProjectNumber> projects);

}  // namespace jianwei::analysis

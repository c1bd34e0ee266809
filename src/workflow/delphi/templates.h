// Ready questionnaires after the pattern of the national exercises. They are starting points: every word, option and score can be changed before the rules are locked.
//
// Source: NISTEP, 11th Science and Technology Foresight Survey (2019); 国家技术预测调查 (importance, familiarity, standing, realization, constraints, measures)
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "experts/delphi/protocol.h"
#include "experts/delphi/question.h"

namespace jianwei::workflow {

struct DelphiTemplate {
  std::string_view id;               // china, japan, short
  experts::Words name;
  std::vector<experts::Question> questions;
  experts::Protocol protocol;
};

std::int32_t this_year();

// `first_year`: of the realization questions; the horizon is thirty years.
std::vector<DelphiTemplate> delphi_templates(std::int32_t first_year);
// Errors: not_found  lists those there are
Result<DelphiTemplate> delphi_template(std::string_view id, std::int32_t first_year);

}  // namespace jianwei::workflow

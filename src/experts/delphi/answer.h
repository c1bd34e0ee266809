// One answer to one question, and whether it is a possible one.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"
#include "experts/delphi/question.h"

namespace jianwei::experts {

enum class Realized : std::uint8_t { year, already, never, unknown };

struct Answer {
  std::vector<std::int32_t> options;  // scale, choice: one index; choices: increasing indices; ranking: all indices, best first
  std::int32_t year = 0;              // year, when realized == year
  Realized realized = Realized::year;
  double number = 0.0;                // probability, percent
  std::vector<std::int32_t> points;   // allocation [options]
  std::string text;
  bool abstained = false;             // "no answer" on purpose: counted apart, never as a value
};

// Errors: invalid_input  names the question and what would be a possible answer
Result<> check_question(const Question& question);
Result<> check_answer(const Question& question, const Answer& answer);

}  // namespace jianwei::experts

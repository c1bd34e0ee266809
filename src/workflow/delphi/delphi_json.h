// Questions, answers and protocols as JSON: how they are stored, sent and shown. Reading checks types and names the field; whether an answer is possible is
// check_answer's matter.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "base/json_writer.h"
#include "base/result.h"
#include "experts/delphi/answer.h"
#include "experts/delphi/protocol.h"
#include "experts/delphi/question.h"

namespace jianwei::workflow {

using Card = std::map<std::string, experts::Answer>;  // question id -> answer

std::string to_json(const experts::Question& question);
std::string to_json(const experts::Protocol& protocol);
void write_answer(JsonWriter& json, const experts::Question& question, const experts::Answer& answer);
std::string to_json(const std::vector<experts::Question>& questions, const Card& card);

// As stored: members that are not known are passed over, words stay as they were accepted. Errors: invalid_input  names the field
Result<experts::Question> read_question(std::string_view json);
Result<experts::Protocol> read_protocol(std::string_view json);
// As somebody typed it: also refused is what is not known here, not seen, or too long.
Result<experts::Question> read_typed_question(std::string_view json);
Result<experts::Protocol> read_typed_protocol(std::string_view json);
// The questions decide how each answer reads: {"importance": {"option": "high"}, "technical": {"year": 2035} | {"realized": "never"}, "chance": {"number": 40},
// "order": {"options": ["b", "a"]}, "points": {"points": [60, 40]}, "why": {"text": "..."}, any: {"abstained": true}}
Result<Card> read_card(const std::vector<experts::Question>& questions, std::string_view json);

}  // namespace jianwei::workflow

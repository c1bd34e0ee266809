#include "experts/delphi/answer.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>

namespace jianwei::experts {
namespace {

// Characters as people count them: bytes that begin a UTF-8 sequence.
std::int64_t characters(std::string_view text) {
  return std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; });
}

Result<> check_options(const Question& question, const Answer& answer, std::size_t least, std::size_t most) {
  if (answer.options.size() < least || answer.options.size() > most) {
    return fail(ErrorKind::invalid_input, "question {}: {} options chosen, expected {}", question.id, answer.options.size(), least == most ? fmt::format("{}", least) : fmt::format("{}–{}", least, most));
  }
  std::set<std::int32_t> seen;
  for (const std::int32_t option : answer.options) {
    if (option < 0 || static_cast<std::size_t>(option) >= question.options.size()) return fail(ErrorKind::invalid_input, "question {}: option {} does not exist, there are {}", question.id, option, question.options.size());
    if (!seen.insert(option).second) return fail(ErrorKind::invalid_input, "question {}: option {} is chosen twice", question.id, option);
  }
  return {};
}

Result<> check_year(const Question& question, const Answer& answer) {
  const auto allowed = [&] {
    switch (answer.realized) {
      case Realized::already: return question.allow_already;
      case Realized::never: return question.allow_never;
      case Realized::unknown: return question.allow_unknown;
      case Realized::year: return true;
    }
    return false;
  }();
  if (!allowed) return fail(ErrorKind::invalid_input, "question {}: this answer is not among those offered", question.id);
  if (answer.realized == Realized::year && (answer.year < question.first_year || answer.year > question.last_year)) {
    return fail(ErrorKind::invalid_input, "question {}: year {} lies outside {} to {}", question.id, answer.year, question.first_year, question.last_year);
  }
  return {};
}

Result<> check_points(const Question& question, const Answer& answer) {
  if (answer.points.size() != question.options.size()) return fail(ErrorKind::invalid_input, "question {}: {} shares given, there are {} options", question.id, answer.points.size(), question.options.size());
  if (std::ranges::any_of(answer.points, [](std::int32_t p) { return p < 0; })) return fail(ErrorKind::invalid_input, "question {}: a share is negative", question.id);
  const std::int64_t sum = std::accumulate(answer.points.begin(), answer.points.end(), std::int64_t{0});
  if (sum != question.total) return fail(ErrorKind::invalid_input, "question {}: the shares sum to {}, expected {}", question.id, sum, question.total);
  return {};
}

}  // namespace

Result<> check_question(const Question& question) {
  if (question.id.empty()) return fail(ErrorKind::invalid_input, "a question has no id");
  if (question.label.zh.empty() && question.label.en.empty()) return fail(ErrorKind::invalid_input, "question {} has no words in any language", question.id);
  const bool needs_options = question.type != QuestionType::year && question.type != QuestionType::probability && question.type != QuestionType::text;
  if (needs_options && question.options.size() < 2) return fail(ErrorKind::invalid_input, "question {} has {} options, expected two or more", question.id, question.options.size());
  std::set<std::string> ids;
  for (const Option& option : question.options) {
    if (!ids.insert(option.id).second) return fail(ErrorKind::invalid_input, "question {} has the option '{}' twice", question.id, option.id);
  }
  if (question.type == QuestionType::year && question.last_year <= question.first_year) return fail(ErrorKind::invalid_input, "question {} asks for a year from {} to {}", question.id, question.first_year, question.last_year);
  if (question.type == QuestionType::allocation && question.total < 1) return fail(ErrorKind::invalid_input, "question {} has {} points to give", question.id, question.total);
  return {};
}

Result<> check_answer(const Question& question, const Answer& answer) {
  if (answer.abstained) {
    if (question.required) return fail(ErrorKind::invalid_input, "question {} needs an answer", question.id);
    return {};
  }
  const std::size_t count = question.options.size();
  switch (question.type) {
    case QuestionType::scale:
    case QuestionType::choice: return check_options(question, answer, 1, 1);
    case QuestionType::choices: return check_options(question, answer, question.required ? 1 : 0, question.most > 0 ? static_cast<std::size_t>(question.most) : count);
    case QuestionType::ranking: return check_options(question, answer, count, count);
    case QuestionType::year: return check_year(question, answer);
    case QuestionType::allocation: return check_points(question, answer);
    case QuestionType::probability:
      if (!(answer.number >= 0.0 && answer.number <= 100.0)) return fail(ErrorKind::invalid_input, "question {}: {} percent, expected 0 to 100", question.id, answer.number);
      return {};
    case QuestionType::text:
      if (characters(answer.text) > question.max_characters) return fail(ErrorKind::invalid_input, "question {}: {} characters, at most {}", question.id, characters(answer.text), question.max_characters);
      return {};
  }
  return fail(ErrorKind::internal, "question {} has an unknown type", question.id);
}

}  // namespace jianwei::experts

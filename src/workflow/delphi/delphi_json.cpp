#include "workflow/delphi/delphi_json.h"

#include <simdjson.h>

#include <algorithm>
#include <array>
#include <optional>
#include <span>

#include "workflow/expert_library/typed_words.h"

namespace jianwei::workflow {
namespace {

using namespace experts;
using simdjson::dom::element;
using simdjson::dom::object;

constexpr std::array<std::string_view, 8> kTypes{"scale", "choice", "choices", "year", "probability", "ranking", "allocation", "text"};
constexpr std::array<std::string_view, 11> kRoles{"other", "importance", "familiarity", "standing", "technical_realization", "social_realization", "impact", "constraint", "measure", "probability", "reason"};
constexpr std::array<std::string_view, 4> kRealized{"year", "already", "never", "unknown"};
constexpr std::array<std::string_view, 3> kMeasures{"agreement_share", "interquartile_range", "tastle_wierman"};
constexpr std::array<std::string_view, 3> kCardPolicies{"shown", "held", "split"};

template <class Enum>
Result<Enum> parse_name(std::string_view field, std::string_view name, std::span<const std::string_view> names) {
  std::string known;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (names[i] == name) return static_cast<Enum>(i);
    known += (i > 0 ? ", " : "") + std::string(names[i]);
  }
  return fail(ErrorKind::invalid_input, "{}: '{}' is none of {}", field, name, known);
}

// A field of an object, absent or of the wanted type.
template <class T>
Result<std::optional<T>> field(const object& from, std::string_view name) {
  element value;
  if (from.at_key(name).get(value) || value.is_null()) return std::optional<T>();
  T read;
  if (value.get(read)) return fail(ErrorKind::invalid_input, "{}: is of another type than expected", name);
  return std::optional<T>(std::move(read));
}

Result<std::string> text_of(const object& from, std::string_view name) { return std::string(TRY(field<std::string_view>(from, name)).value_or("")); }
Result<std::int32_t> number_of(const object& from, std::string_view name, std::int64_t otherwise) {
  const std::int64_t value = TRY(field<std::int64_t>(from, name)).value_or(otherwise);
  if (value < -1'000'000 || value > 1'000'000) return fail(ErrorKind::invalid_input, "{}: {} is out of range", name, value);
  return static_cast<std::int32_t>(value);
}
Result<double> real_of(const object& from, std::string_view name, double otherwise) {
  element value;
  if (from.at_key(name).get(value) || value.is_null()) return otherwise;
  double read = 0.0;
  if (value.get(read)) return fail(ErrorKind::invalid_input, "{}: must be a number", name);
  return read;
}
Result<bool> flag_of(const object& from, std::string_view name, bool otherwise) { return TRY(field<bool>(from, name)).value_or(otherwise); }

Result<Words> words_of(const object& from, std::string_view name) {
  const auto words = TRY(field<object>(from, name));
  if (!words) return Words{};
  return Words{TRY(text_of(*words, "zh")), TRY(text_of(*words, "en"))};
}

void write_words(JsonWriter& json, std::string_view name, const Words& words) { json.key(name).begin_object().field("zh", words.zh).field("en", words.en).end_object(); }

Result<std::int32_t> option_index(const Question& question, std::string_view id) {
  for (std::size_t i = 0; i < question.options.size(); ++i) {
    if (question.options[i].id == id) return static_cast<std::int32_t>(i);
  }
  return fail(ErrorKind::invalid_input, "question {}: there is no option '{}'", question.id, id);
}

Result<Answer> read_answer(const Question& question, const object& from) {
  Answer answer;
  answer.abstained = TRY(flag_of(from, "abstained", false));
  if (answer.abstained) return answer;
  if (const auto one = TRY(field<std::string_view>(from, "option"))) answer.options.push_back(TRY(option_index(question, *one)));
  if (const auto list = TRY(field<simdjson::dom::array>(from, "options"))) {
    for (const element item : *list) {
      std::string_view id;
      if (item.get(id)) return fail(ErrorKind::invalid_input, "question {}: options must be a list of option ids", question.id);
      answer.options.push_back(TRY(option_index(question, id)));
    }
    if (question.type == QuestionType::choices) std::sort(answer.options.begin(), answer.options.end());
  }
  if (const auto list = TRY(field<simdjson::dom::array>(from, "points"))) {
    for (const element item : *list) {
      std::int64_t points = 0;
      if (item.get(points) || points < -1'000'000 || points > 1'000'000) return fail(ErrorKind::invalid_input, "question {}: points must be whole numbers", question.id);
      answer.points.push_back(static_cast<std::int32_t>(points));
    }
  }
  answer.year = TRY(number_of(from, "year", 0));
  if (const auto name = TRY(field<std::string_view>(from, "realized"))) answer.realized = TRY(parse_name<Realized>("realized", *name, kRealized));
  answer.number = TRY(real_of(from, "number", -1.0));
  answer.text = TRY(text_of(from, "text"));
  return answer;
}

Result<object> parse_object(simdjson::dom::parser& parser, std::string_view json, std::string_view what) {
  object parsed;
  if (const auto error = parser.parse(json.data(), json.size()).get(parsed)) return fail(ErrorKind::invalid_input, "{} is no JSON object: {}", what, simdjson::error_message(error));
  return parsed;
}

Result<> check_words(const Question& question) {
  TRY(check_line("question.id", question.id, 64));
  const auto check = [&](std::string_view field, const Words& words, std::int64_t most) -> Result<> {
    TRY(check_text(fmt::format("question {}: {}.zh", question.id, field), words.zh, most));
    return check_text(fmt::format("question {}: {}.en", question.id, field), words.en, most);
  };
  TRY(check("label", question.label, kStatementCharacters));
  TRY(check("help", question.help, kTextCharacters));
  for (const Option& option : question.options) TRY(check(fmt::format("option {}", option.id), option.label, kTitleCharacters));
  return {};
}

}  // namespace

std::string to_json(const Question& question) {
  JsonWriter json;
  json.begin_object().field("id", question.id).field("type", kTypes[static_cast<std::size_t>(question.type)]).field("role", kRoles[static_cast<std::size_t>(question.role)]);
  write_words(json, "label", question.label);
  write_words(json, "help", question.help);
  json.key("options").begin_array();
  for (const Option& option : question.options) {
    json.begin_object().field("id", option.id);
    write_words(json, "label", option.label);
    json.field("score", option.score).end_object();
  }
  json.end_array().field("first_year", question.first_year).field("last_year", question.last_year).field("allow_already", question.allow_already).field("allow_never", question.allow_never);
  json.field("allow_unknown", question.allow_unknown).field("total", question.total).field("most", question.most).field("required", question.required).field("max_characters", question.max_characters);
  return json.end_object().text();
}

Result<Question> read_question(std::string_view json) {
  simdjson::dom::parser parser;
  const object from = TRY(parse_object(parser, json, "the question"));
  Question question;
  question.id = TRY(text_of(from, "id"));
  question.type = TRY(parse_name<QuestionType>("type", TRY(text_of(from, "type")), kTypes));
  const std::string role = TRY(text_of(from, "role"));
  if (!role.empty()) question.role = TRY(parse_name<QuestionRole>("role", role, kRoles));
  question.label = TRY(words_of(from, "label"));
  question.help = TRY(words_of(from, "help"));
  if (const auto options = TRY(field<simdjson::dom::array>(from, "options"))) {
    for (const element item : *options) {
      object option;
      if (item.get(option)) return fail(ErrorKind::invalid_input, "options: must be a list of objects");
      question.options.push_back({TRY(text_of(option, "id")), TRY(words_of(option, "label")), TRY(real_of(option, "score", 0.0))});
    }
  }
  question.first_year = TRY(number_of(from, "first_year", 0));
  question.last_year = TRY(number_of(from, "last_year", 0));
  question.allow_already = TRY(flag_of(from, "allow_already", true));
  question.allow_never = TRY(flag_of(from, "allow_never", true));
  question.allow_unknown = TRY(flag_of(from, "allow_unknown", true));
  question.total = TRY(number_of(from, "total", 100));
  question.most = TRY(number_of(from, "most", 0));
  question.required = TRY(flag_of(from, "required", false));
  question.max_characters = TRY(number_of(from, "max_characters", 2000));
  TRY(check_question(question));
  return question;
}

Result<Question> read_typed_question(std::string_view json) {
  simdjson::dom::parser parser;
  const object from = TRY(parse_object(parser, json, "the question"));
  TRY(only_members(from, "question", {"id", "type", "role", "label", "help", "options", "first_year", "last_year", "allow_already", "allow_never", "allow_unknown", "total", "most", "required", "max_characters"}));
  Question question = TRY(read_question(json));
  if (const auto options = TRY(field<simdjson::dom::array>(from, "options"))) {
    for (const element option : *options) TRY(only_members(option.get_object().value_unsafe(), fmt::format("question {}: options", question.id), {"id", "label", "score"}));  // read_question has seen that they are objects
  }
  TRY(check_words(question));
  return question;
}

std::string to_json(const Protocol& protocol) {
  JsonWriter json;
  json.begin_object().field("deciding_question", protocol.deciding_question).field("measure", kMeasures[static_cast<std::size_t>(protocol.measure)]).field("threshold", protocol.threshold);
  json.field("agree_from", protocol.agree_from).field("agree_to", protocol.agree_to).field("disagree_from", protocol.disagree_from).field("disagree_to", protocol.disagree_to);
  json.field("quantiles", static_cast<std::int32_t>(protocol.quantiles)).field("least_unchanged", protocol.least_unchanged).field("least_answers", protocol.least_answers);
  json.field("least_rounds", protocol.least_rounds).field("most_rounds", protocol.most_rounds).field("reopening_arguments", protocol.reopening_arguments).field("small_cell", protocol.small_cell);
  json.field("feedback_answers", protocol.feedback_answers).field("data_cards", kCardPolicies[static_cast<std::size_t>(protocol.data_cards)]).field("control_share", protocol.control_share);
  return json.end_object().text();
}

Result<Protocol> read_protocol(std::string_view json) {
  simdjson::dom::parser parser;
  const object from = TRY(parse_object(parser, json, "the protocol"));
  Protocol p;
  if (const auto id = TRY(field<std::string_view>(from, "deciding_question"))) p.deciding_question = std::string(*id);
  if (const auto measure = TRY(field<std::string_view>(from, "measure"))) p.measure = TRY(parse_name<ConsensusMeasure>("measure", *measure, kMeasures));
  p.threshold = TRY(real_of(from, "threshold", p.threshold));
  p.agree_from = TRY(number_of(from, "agree_from", p.agree_from));
  p.agree_to = TRY(number_of(from, "agree_to", p.agree_to));
  p.disagree_from = TRY(number_of(from, "disagree_from", p.disagree_from));
  p.disagree_to = TRY(number_of(from, "disagree_to", p.disagree_to));
  const std::int32_t quantiles = TRY(number_of(from, "quantiles", static_cast<std::int32_t>(p.quantiles)));
  if (quantiles != 2 && quantiles != 6 && quantiles != 7) return fail(ErrorKind::invalid_input, "quantiles: {} is none of the definitions 2, 6, 7", quantiles);
  p.quantiles = static_cast<QuantileType>(quantiles);
  p.least_unchanged = TRY(real_of(from, "least_unchanged", p.least_unchanged));
  p.least_answers = TRY(number_of(from, "least_answers", p.least_answers));
  p.least_rounds = TRY(number_of(from, "least_rounds", p.least_rounds));
  p.most_rounds = TRY(number_of(from, "most_rounds", p.most_rounds));
  p.reopening_arguments = TRY(number_of(from, "reopening_arguments", p.reopening_arguments));
  p.small_cell = TRY(number_of(from, "small_cell", p.small_cell));
  p.feedback_answers = TRY(number_of(from, "feedback_answers", p.feedback_answers));
  if (const auto policy = TRY(field<std::string_view>(from, "data_cards"))) p.data_cards = TRY(parse_name<DataCardPolicy>("data_cards", *policy, kCardPolicies));
  p.control_share = TRY(real_of(from, "control_share", p.control_share));
  TRY(check_protocol(p));
  return p;
}

Result<Protocol> read_typed_protocol(std::string_view json) {
  simdjson::dom::parser parser;
  const object from = TRY(parse_object(parser, json, "the protocol"));
  TRY(only_members(from, "protocol", {"deciding_question", "measure", "threshold", "agree_from", "agree_to", "disagree_from", "disagree_to", "quantiles", "least_unchanged", "least_answers", "least_rounds", "most_rounds",
                                      "reopening_arguments", "small_cell", "feedback_answers", "data_cards", "control_share"}));
  return read_protocol(json);
}

void write_answer(JsonWriter& json, const Question& question, const Answer& answer) {
  json.begin_object();
  if (answer.abstained) {
    json.field("abstained", true).end_object();
    return;
  }
  const auto id = [&](std::int32_t index) { return std::string_view(question.options[static_cast<std::size_t>(index)].id); };
  switch (question.type) {
    case QuestionType::scale:
    case QuestionType::choice: json.field("option", id(answer.options[0])); break;
    case QuestionType::choices:
    case QuestionType::ranking:
      json.key("options").begin_array();
      for (const std::int32_t option : answer.options) json.value(id(option));
      json.end_array();
      break;
    case QuestionType::year:
      if (answer.realized == Realized::year) {
        json.field("year", answer.year);
      } else {
        json.field("realized", kRealized[static_cast<std::size_t>(answer.realized)]);
      }
      break;
    case QuestionType::probability: json.field("number", answer.number); break;
    case QuestionType::allocation:
      json.key("points").begin_array();
      for (const std::int32_t points : answer.points) json.value(points);
      json.end_array();
      break;
    case QuestionType::text: json.field("text", answer.text); break;
  }
  json.end_object();
}

std::string to_json(const std::vector<Question>& questions, const Card& card) {
  JsonWriter json;
  json.begin_object();
  for (const Question& question : questions) {
    const auto answer = card.find(question.id);
    if (answer == card.end()) continue;
    json.key(question.id);
    write_answer(json, question, answer->second);
  }
  return json.end_object().text();
}

Result<Card> read_card(const std::vector<Question>& questions, std::string_view json) {
  // Millions of cards are read when a round is settled: its buffers are kept.
  thread_local simdjson::dom::parser parser;
  const object from = TRY(parse_object(parser, json, "the answers"));
  Card card;
  for (const auto [key, value] : from) {
    const std::string id(key);
    const auto question = std::find_if(questions.begin(), questions.end(), [&](const Question& q) { return q.id == id; });
    if (question == questions.end()) return fail(ErrorKind::invalid_input, "there is no question '{}'", id);
    object given;
    if (value.get(given)) return fail(ErrorKind::invalid_input, "question {}: the answer must be an object", id);
    Answer answer = TRY(read_answer(*question, given));
    TRY(check_answer(*question, answer));
    card.emplace(id, std::move(answer));
  }
  return card;
}

}  // namespace jianwei::workflow

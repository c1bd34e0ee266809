// What a panel is asked about an item. The national exercises ask a handful of questions of every item: importance, familiarity, standing
// (lead, par, follow), the years of technical and social realization, constraints, measures, a free reason.
//
// Source: NISTEP, 11th Science and Technology Foresight Survey (2019); 国家技术预测 (questionnaires of the fifth and sixth exercise)
// Page:   docs/delphi.md
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace jianwei::experts {

enum class QuestionType : std::uint8_t {
  scale,        // one of ordered options, lowest first
  choice,       // one of unordered options
  choices,      // any of the options
  year,         // a year in [first_year, last_year], or already / never / don't know where allowed
  probability,  // 0..100 percent
  ranking,      // all options in order, best first
  allocation,   // points over the options that sum to `total`
  text,         // a reason; shown to others without the name
};

// What a question means to the statistics; `other` is only counted.
enum class QuestionRole : std::uint8_t { other, importance, familiarity, standing, technical_realization, social_realization, impact, constraint, measure, probability, reason };

struct Words {
  std::string zh, en;
};

struct Option {
  std::string id;
  Words label;
  double score = 0.0;   // of importance (100, 50, 25, 0) and familiarity (weights): part of the protocol
};

struct Question {
  std::string id;
  QuestionType type = QuestionType::scale;
  QuestionRole role = QuestionRole::other;
  Words label, help;
  std::vector<Option> options;                  // scale, choice, choices, ranking, allocation
  std::int32_t first_year = 0, last_year = 0;   // year
  bool allow_already = true, allow_never = true, allow_unknown = true;
  std::int32_t total = 100;                     // allocation
  std::int32_t most = 0;                        // choices: at most so many; 0: any
  bool required = false;
  std::int32_t max_characters = 2000;           // text
};

}  // namespace jianwei::experts

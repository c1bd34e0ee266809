// The words that make a relation. Order matters: what stands first wins ("is used to improve" improves; "applied to" before "used").
// English patterns are whole words; Chinese ones may stand anywhere between the terms.
#include <array>

#include "analysis/knowledge/sentence_relations.h"
#include "base/strings.h"

namespace jianwei::analysis {
namespace {

struct Pattern {
  std::string_view words;
  TermRelation relation;
  bool reversed;
};

using enum TermRelation;

constexpr Pattern kEnglish[] = {
    {"improved by", improves, true},      {"enhanced by", improves, true},      {"outperformed by", improves, true},  {"accelerated by", improves, true},
    {"improve", improves, false},         {"improves", improves, false},        {"improved", improves, false},        {"improving", improves, false},
    {"enhance", improves, false},         {"enhances", improves, false},        {"enhanced", improves, false},        {"enhancing", improves, false},
    {"outperform", improves, false},      {"outperforms", improves, false},     {"outperformed", improves, false},    {"accelerate", improves, false},
    {"accelerates", improves, false},     {"accelerating", improves, false},    {"such as", kind_of, true},           {"including", kind_of, true},
    {"is a kind of", kind_of, false},     {"is a type of", kind_of, false},     {"is a form of", kind_of, false},     {"is one of the", kind_of, false},
    {"are a kind of", kind_of, false},    {"are a class of", kind_of, false},   {"is a class of", kind_of, false},    {"used by", uses, true},
    {"applied to", applied_to, false},    {"applied in", applied_to, false},    {"application to", applied_to, false}, {"applications in", applied_to, false},
    {"application in", applied_to, false}, {"used for", applied_to, false},     {"used in", applied_to, false},       {"used to", applied_to, false},
    {"useful for", applied_to, false},    {"suitable for", applied_to, false},  {"designed for", applied_to, false},  {"based on", uses, false},
    {"uses", uses, false},                {"use", uses, false},                 {"using", uses, false},               {"utilizes", uses, false},
    {"utilizing", uses, false},           {"utilising", uses, false},           {"employs", uses, false},             {"employing", uses, false},
    {"employ", uses, false},              {"by means of", uses, false},         {"relies on", uses, false},           {"rely on", uses, false},
    {"via", uses, false},                 {"with the help of", uses, false},    {"built on", uses, false},
};

constexpr Pattern kChinese[] = {
    {"提高", improves, false},     {"提升", improves, false},     {"改善", improves, false},     {"增强", improves, false},   {"优化", improves, false},   {"改进", improves, false},
    {"促进", improves, false},     {"应用于", applied_to, false}, {"应用到", applied_to, false}, {"应用在", applied_to, false}, {"适用于", applied_to, false}, {"用于", applied_to, false},
    {"是一种", kind_of, false},    {"包括", kind_of, true},       {"例如", kind_of, true},       {"使用", uses, false},       {"采用", uses, false},       {"利用", uses, false},
    {"运用", uses, false},         {"基于", uses, false},         {"借助", uses, false},         {"依靠", uses, false},
};

constexpr std::string_view kNegations[] = {" not ", " no ", " without ", " cannot ", " never ", " nor ", "不", "未", "没有", "无法", "并非"};
constexpr std::string_view kBefore[] = {"基于", "采用", "利用", "使用", "运用"};

// A relation is told over few words only: farther apart the verb belongs to something else.
constexpr std::size_t kMaxWords = 7;
constexpr std::size_t kMaxChineseBytes = 45;  // fifteen characters

bool has_chinese(std::string_view text) {
  for (const char c : text) {
    if (static_cast<unsigned char>(c) >= 0xe3) return true;
  }
  return false;
}

}  // namespace

std::string_view to_string(TermRelation relation) {
  constexpr std::array<std::string_view, 5> kNames = {"uses", "improves", "applied_to", "kind_of", "co_occurs"};
  return kNames[static_cast<std::size_t>(relation)];
}

PatternMatch match_pattern(std::string_view before, std::string_view between) {
  const std::string_view words = trim(between);
  const std::string padded = " " + std::string(words) + " ";
  for (const std::string_view negation : kNegations) {
    if (padded.find(negation) != std::string::npos) return {};
  }
  if (has_chinese(words)) {
    if (words.size() > kMaxChineseBytes) return {};
    if (words == "的") {
      for (const std::string_view verb : kBefore) {
        if (trim(before).ends_with(verb)) return {uses, true};
      }
      return {};
    }
    for (const Pattern& pattern : kChinese) {
      if (words.find(pattern.words) != std::string_view::npos) return {pattern.relation, pattern.reversed};
    }
    return {};
  }
  if (words.empty() || split_trimmed(words, " ").size() > kMaxWords) return {};
  if (words == "based") return {uses, true};       // "graph-based clustering"
  if (words == "for") return {applied_to, false};  // "deep learning for face recognition"
  for (const Pattern& pattern : kEnglish) {
    if (padded.find(" " + std::string(pattern.words) + " ") != std::string::npos) return {pattern.relation, pattern.reversed};
  }
  return {};
}

}  // namespace jianwei::analysis

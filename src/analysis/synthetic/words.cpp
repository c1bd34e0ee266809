// Syllables for English and names, morphemes of science and technology for Chinese.
#include "analysis/synthetic/words.h"

#include <array>

#include "base/strings.h"
#include "records/unicode.h"

namespace jianwei::analysis {
namespace {

constexpr std::array<std::string_view, 48> kMorphemes = {"固态", "柔性", "量子", "稀土", "电池", "薄膜", "传感", "芯片", "光子", "神经", "网络", "催化", "分子", "基因", "纳米", "晶体",
                                                        "磁性", "超导", "激光", "仿生", "智能", "算法", "遥感", "水下", "机器", "材料", "界面", "离子", "陶瓷", "合金", "微波", "声学",
                                                        "图像", "语义", "控制", "能源", "储氢", "膜层", "介质", "蛋白", "细胞", "免疫", "生态", "土壤", "气候", "卫星", "导航", "编码"};
constexpr std::array<std::string_view, 20> kOnsets = {"b", "d", "f", "g", "k", "l", "m", "n", "p", "r", "s", "t", "v", "z", "tr", "pl", "st", "gr", "th", "qu"};
constexpr std::array<std::string_view, 8> kVowels = {"a", "e", "i", "o", "u", "ae", "io", "ei"};
constexpr std::array<std::string_view, 8> kEndings = {"n", "r", "x", "l", "th", "m", "nd", ""};
constexpr std::array<std::string_view, 24> kSurnames = {"Wang", "Li", "Zhang", "Liu", "Chen", "Yang", "Huang", "Zhao", "Wu", "Zhou", "Xu", "Sun",
                                                       "Ma", "Zhu", "Hu", "Guo", "He", "Lin", "Gao", "Luo", "Zheng", "Liang", "Xie", "Tang"};
constexpr std::array<std::string_view, 24> kGiven = {"wei", "ying", "min", "jing", "lei", "yan", "jun", "tao", "ping", "hong", "qing", "xin",
                                                    "bo", "hui", "lan", "feng", "yu", "chao", "rui", "ning", "kai", "shan", "mei", "hao"};

template <std::size_t N>
std::string_view pick(Random& random, const std::array<std::string_view, N>& values) {
  return values[random.below(static_cast<std::uint32_t>(N))];
}

std::string word(Random& random) {
  std::string made;
  for (std::uint32_t i = 2 + random.below(2); i > 0; --i) {
    made += pick(random, kOnsets);
    made += pick(random, kVowels);
  }
  made += pick(random, kEndings);
  return made;
}

std::string capital(std::string text) {
  if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') text[0] = static_cast<char>(text[0] - 32);
  return text;
}

std::string upper(std::string text) {
  for (char& c : text) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 32);
  }
  return text;
}

// "Okubo, Yui" -> "Okubo, Y."
std::string with_initial(const std::string& name) {
  const std::size_t comma = name.find(", ");
  return comma == std::string::npos || comma + 2 >= name.size() ? name : name.substr(0, comma + 3) + '.';
}

// Two neighbouring letters change places.
void slip(Random& random, std::string& text) {
  for (int attempt = 0; attempt < 8 && text.size() > 12; ++attempt) {
    const std::size_t at = 4 + random.below(static_cast<std::uint32_t>(text.size() - 8));
    if (!is_alpha(text[at]) || !is_alpha(text[at + 1])) continue;
    std::swap(text[at], text[at + 1]);
    return;
  }
}

}  // namespace

SyntheticTerm WordMaker::term(int word_count) {
  for (;;) {
    SyntheticTerm made;
    for (int i = 0; i < word_count; ++i) made.en += (i > 0 ? " " : "") + word(random_);
    for (int i = 0; i <= word_count; ++i) made.zh += pick(random_, kMorphemes);
    if (used_.insert(made.en).second && used_.insert(made.zh).second) return made;
  }
}

std::string made_up_person(std::uint64_t seed, std::uint64_t number, bool pinyin) {
  Random random(seed, number + (std::uint64_t{1} << 60));
  if (pinyin) return std::string(pick(random, kSurnames)) + ", " + capital(std::string(pick(random, kGiven)) + std::string(pick(random, kGiven)));
  const std::string family = capital(word(random));
  return family + ", " + capital(word(random));
}

std::string title_case(std::string_view text) {
  std::string cased;
  for (const std::string_view part : split(text, " ")) cased += (cased.empty() ? "" : " ") + capital(std::string(part));
  return cased;
}

std::string join_terms(Random& random, const std::vector<const SyntheticTerm*>& terms, bool chinese) {
  static constexpr std::array<std::string_view, 6> kEnglish = {" of ", " for ", " with ", " in ", " and ", " under "};
  static constexpr std::array<std::string_view, 6> kChinese = {"与", "的", "及其", "中的", "用于", "基于"};
  std::string text;
  for (const SyntheticTerm* term : terms) {
    if (!text.empty()) text += chinese ? pick(random, kChinese) : pick(random, kEnglish);
    text += chinese ? term->zh : term->en;
  }
  return chinese ? text : capital(text);
}

void respell(Random& random, int source, Record& record) {
  const bool chinese = record.language == "zh";
  if (source == 0) {
    if (!chinese) record.title = upper(record.title);
    for (Person& person : record.persons) person.name = with_initial(person.name);
    for (Reference& reference : record.references) reference.doi.clear();
  } else if (source == 1) {
    record.venue = replace_all(record.venue, "Synthetic Journal of", "Synth. J.");
    for (Funding& funding : record.funding) funding.award = (funding.funder == "NSF" ? "IIS-" : "No. ") + funding.award;
    for (Person& person : record.persons) {
      if (random.uniform() < 0.5) person.name = with_initial(person.name);
    }
  } else {
    record.title = replace_all(record.title, " and ", " & ");
    record.references.clear();
  }
  if (!chinese && random.uniform() < 0.05) slip(random, record.title);
  if (random.uniform() < 0.02) record.date.year = static_cast<std::int16_t>(record.date.year + 1);
  if (random.uniform() < 0.15) record.abstract.clear();
  if (random.uniform() < 0.2) record.pages = record.pages.substr(0, record.pages.find('-'));
}

}  // namespace jianwei::analysis

#include "records/person_name.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/strings.h"
#include "records/han.h"
#include "records/unicode.h"

namespace jianwei {
namespace {

#include "records/pinyin.inc"

constexpr char32_t kFirstCharacter = 0x4E00;

// Family names read otherwise than the character elsewhere.
constexpr std::pair<char32_t, std::string_view> kFamilyReadings[] = {
    {U'单', "shan"}, {U'曾', "zeng"}, {U'解', "xie"}, {U'查', "zha"}, {U'仇', "qiu"}, {U'翟', "zhai"}, {U'盖', "ge"},  {U'区', "ou"},  {U'朴', "piao"},
    {U'任', "ren"},  {U'缪', "miao"}, {U'尉', "wei"}, {U'乐', "yue"}, {U'覃', "qin"}, {U'洗', "xian"}, {U'冼', "xian"}, {U'秘', "bi"}, {U'折', "she"},
    {U'种', "chong"}, {U'宓', "mi"},  {U'繁', "po"},  {U'员', "yun"}, {U'贠', "yun"}, {U'祭', "zhai"}, {U'召', "shao"}, {U'重', "chong"}, {U'黑', "he"}};

constexpr std::u32string_view kCompoundFamilies[] = {U"欧阳", U"歐陽", U"司马", U"司馬", U"上官", U"诸葛", U"諸葛", U"东方", U"東方", U"皇甫", U"尉迟", U"公孙", U"慕容", U"令狐",
                                                     U"宇文", U"长孙", U"司徒", U"司空", U"夏侯", U"端木", U"南宫", U"独孤", U"轩辕", U"淳于", U"澹台", U"公冶", U"太史", U"申屠", U"呼延", U"百里", U"东郭", U"闻人"};

constexpr std::array<std::string_view, 22> kParticles = {"van", "von", "de", "der", "den", "del", "della", "di", "da", "dos", "du", "la", "le", "el", "al", "ten", "ter", "bin", "ibn", "st", "san", "af"};
constexpr std::array<std::string_view, 6> kSuffixes = {"jr", "sr", "ii", "iii", "iv", "phd"};

template <class Range>
bool contains(const Range& range, std::string_view value) {
  return std::find(std::begin(range), std::end(range), value) != std::end(range);
}

struct Word {
  std::string folded;     // letters a-z (and letters of other scripts)
  bool capitals = false;  // more than one letter, all capitals
};

// Words of a Latin name; "J.-P." and "JP" stay what they are, "J.P." becomes two initials, hyphens part words.
std::vector<Word> split_words(std::string_view text) {
  std::vector<Word> words;
  Word current;
  bool has_lower = false;
  const auto finish = [&] {
    if (!current.folded.empty()) {
      current.capitals = !has_lower && current.folded.size() > 1;
      words.push_back(std::move(current));
    }
    current = {};
    has_lower = false;
  };
  for (std::size_t i = 0; i < text.size();) {
    const CodePoint point = decode_utf8(text.substr(i));
    const std::string_view character = text.substr(i, static_cast<std::size_t>(point.length));
    i += character.size();
    if (point.value == U'\'' || point.value == U'’' || point.value == U'`') continue;  // O'Brien
    if (!is_letter(point.value)) {
      finish();
      continue;
    }
    const std::string folded = strip_marks(fold_case(character));
    has_lower = has_lower || folded == strip_marks(character);
    current.folded += folded;
  }
  finish();
  return words;
}

std::u32string code_points(std::string_view text) {
  std::u32string points;
  for (std::size_t i = 0; i < text.size();) {
    const CodePoint point = decode_utf8(text.substr(i));
    if (is_han(point.value)) points.push_back(point.value);
    i += static_cast<std::size_t>(point.length);
  }
  return points;
}

PersonName chinese_name(const std::u32string& points) {
  PersonName name;
  for (const char32_t point : points) append_utf8(name.hanzi, point);
  std::size_t family_length = 1;
  if (points.size() > 2) {
    const std::u32string_view start(points.data(), 2);
    for (const std::u32string_view compound : kCompoundFamilies) {
      if (start == compound) family_length = 2;
    }
  }
  for (std::size_t i = 0; i < points.size(); ++i) {
    std::string_view reading = pinyin(points[i]);
    if (i >= family_length) {
      name.given.emplace_back(reading);
      continue;
    }
    if (family_length == 1) {
      for (const auto& [character, family_reading] : kFamilyReadings) {
        if (character == points[i]) reading = family_reading;
      }
    }
    name.family += reading;
  }
  return name;
}

// A given name; capitals such as "XL" beside a family name in small letters are initials.
void add_given(PersonName& name, Word word, bool family_in_capitals) {
  if (word.capitals && !family_in_capitals && word.folded.size() <= 3) {
    for (const char letter : word.folded) name.given.emplace_back(1, letter);
  } else {
    name.given.push_back(std::move(word.folded));
  }
}

PersonName from_words(std::vector<Word> words) {
  while (words.size() > 1 && contains(kSuffixes, words.back().folded)) words.pop_back();
  std::size_t begin = words.size() - 1;
  std::size_t end = words.size();
  const std::size_t first_mixed = static_cast<std::size_t>(std::find_if(words.begin(), words.end(), [](const Word& w) { return !w.capitals; }) - words.begin());
  if (first_mixed > 0 && first_mixed < words.size() && words[first_mixed].folded.size() > 1) {  // "WANG Wei"
    begin = 0;
    end = first_mixed;
  } else {
    while (begin > 1 && contains(kParticles, words[begin - 1].folded)) --begin;  // the first word is always given
  }
  PersonName name;
  const bool family_in_capitals = words[begin].capitals;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i >= begin && i < end) {
      name.family += words[i].folded;
    } else {
      add_given(name, std::move(words[i]), family_in_capitals);
    }
  }
  return name;
}

// Whether the letters of `shorter` are the initials or the start of the words of `longer`.
bool agree_word_by_word(const std::vector<std::string>& a, const std::vector<std::string>& b) {
  const std::size_t count = std::min(a.size(), b.size());
  for (std::size_t i = 0; i < count; ++i) {
    const std::string_view x = a[i], y = b[i];
    if (x == y) continue;
    if ((x.size() == 1 || y.size() == 1) && x.substr(0, 1) == y.substr(0, 1)) continue;
    return false;
  }
  return true;
}

std::string initials(const std::vector<std::string>& words) {
  std::string letters;
  for (const std::string& word : words) letters += word.substr(0, 1);
  return letters;
}

}  // namespace

std::string_view pinyin(char32_t character) {
  if (character < kFirstCharacter || character >= kFirstCharacter + std::size(kSyllableOf)) return {};
  return kSyllables[kSyllableOf[character - kFirstCharacter]];
}

std::string PersonName::joined_given() const {
  std::string joined;
  for (const std::string& word : given) joined += word;
  return joined;
}

bool PersonName::only_initials() const {
  return std::all_of(given.begin(), given.end(), [](const std::string& word) { return word.size() <= 1; });
}

std::string shown_name(std::string_view family, std::string_view given) {
  std::string name(family);
  if (!family.empty() && !given.empty()) name += ", ";
  return name.append(given);
}

bool names_nobody(std::string_view display) {
  constexpr std::string_view kPlaceholders[] = {"", "anonymous", "anon", "anonymous author", "no author", "author unknown", "unknown author", "unknown", "et al", "others", "n/a",
                                                "佚名", "匿名", "无名氏", "無名氏", "不详", "等", "本刊", "本刊编辑部", "本刊编辑", "本刊记者", "编辑部"};
  constexpr std::string_view kAround = "[](){}<>.,;-* ";
  while (!display.empty() && kAround.find(display.front()) != std::string_view::npos) display.remove_prefix(1);
  while (!display.empty() && kAround.find(display.back()) != std::string_view::npos) display.remove_suffix(1);
  return contains(kPlaceholders, to_lower_ascii(display));
}

PersonName parse_person_name(std::string_view display, std::string_view family, std::string_view given) {
  const std::string_view whole = display.empty() ? family : display;
  if (names_nobody(whole)) return {};
  if (has_han(whole)) {
    const std::u32string points = family.empty() || !has_han(family) ? code_points(whole) : code_points(family) + code_points(given);
    if (!points.empty()) return chinese_name(points);
  }
  if (family.empty()) {
    if (const std::size_t comma = display.find(','); comma != std::string_view::npos) {
      family = display.substr(0, comma);
      given = display.substr(comma + 1);
      if (const std::size_t suffix = given.find(','); suffix != std::string_view::npos) given = given.substr(0, suffix);
    }
  }
  if (family.empty()) {
    std::vector<Word> words = split_words(display);
    return words.empty() ? PersonName{} : from_words(std::move(words));
  }
  PersonName name;
  bool family_in_capitals = true;
  for (const Word& word : split_words(family)) {
    family_in_capitals = family_in_capitals && word.capitals;
    name.family += word.folded;
  }
  for (Word& word : split_words(given)) {
    if (!contains(kSuffixes, word.folded)) add_given(name, std::move(word), family_in_capitals);
  }
  return name;
}

GivenNames compare_given_names(const PersonName& a, const PersonName& b) {
  if (!a.hanzi.empty() && !b.hanzi.empty()) return a.hanzi == b.hanzi ? GivenNames::same : GivenNames::different;
  if (a.given.empty() || b.given.empty()) return GivenNames::initials;
  const std::string joined_a = a.joined_given();
  const std::string joined_b = b.joined_given();
  const bool initials_only = a.only_initials() || b.only_initials();
  if (!initials_only) {
    if (joined_a == joined_b) return GivenNames::same;
    return agree_word_by_word(a.given, b.given) ? GivenNames::same : GivenNames::different;
  }
  if (agree_word_by_word(a.given, b.given)) return a.only_initials() && b.only_initials() && joined_a == joined_b && joined_a.size() > 1 ? GivenNames::same : GivenNames::initials;
  // "xl" or "x l" for "xiaoli" written as two words on the other side, and the reverse
  const std::string initials_a = initials(a.given);
  const std::string initials_b = initials(b.given);
  return joined_a == initials_b || joined_b == initials_a ? GivenNames::initials : GivenNames::different;
}

std::string person_block(const PersonName& name) {
  if (name.family.empty()) return {};
  std::string block = name.family;
  if (!name.given.empty() && !name.given[0].empty()) {
    block += ' ';
    const CodePoint first = decode_utf8(name.given[0]);
    block += name.given[0].substr(0, static_cast<std::size_t>(first.length));
  }
  return block;
}

}  // namespace jianwei

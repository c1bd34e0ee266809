// A person's name taken apart and folded, so that its spellings can be compared: "Wei Wang", "Wang, W.", "王伟", "WANG Wei".
//
// Latin names: without case and diacritics, letters only. Chinese names: the family name is the first character (two for the compound
// family names, e.g. 欧阳); their Latin form is pinyin without tones, each family name in its reading as a name (单 shan, 曾 zeng).
// Source of readings: Unicode Han database (kMandarin). Page: docs/methods/persons.md
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace jianwei {

struct PersonName {
  std::string family;              // folded Latin letters without blanks: "wang", "vandenberg"; pinyin of a Chinese name
  std::vector<std::string> given;  // folded words or initials: {"xiao", "li"}; the pinyin of each character of a Chinese given name
  std::string hanzi;               // the name as Chinese characters, family name first; "" for names in other scripts

  std::string joined_given() const;  // "xiaoli"
  bool only_initials() const;        // no given word is longer than a letter; also when there is none
};

// From the parts when they are known (`family` not empty), else from the name as displayed: "Family, Given" or "Given Family" (particles
// such as van, de, von belong to the family name), "WANG Wei" (capitals mark the family name). Empty when names_nobody(). Time O(bytes).
PersonName parse_person_name(std::string_view display, std::string_view family = {}, std::string_view given = {});

// How records show a name: "Family, Given", or the part that is there.
std::string shown_name(std::string_view family, std::string_view given);

// What databases write in the place of an author: "Anonymous", "[Anon]", "et al.", "佚名", "本刊编辑部", and nothing at all.
bool names_nobody(std::string_view display);

// How two given names of the same family name stand to each other.
enum class GivenNames : std::uint8_t {
  same,      // all words agree: "xiao li" and "xiaoli", "maria jose" and "maria"
  initials,  // nothing contradicts, but one side has initials only: "w" and "wei"
  different
};
GivenNames compare_given_names(const PersonName& a, const PersonName& b);

// What two spellings of one person share: the family name and the first letter of the given name, e.g. "wang w". "" without a family name.
std::string person_block(const PersonName& name);

// The reading of one character without tone; "" when it is not Chinese or has none.
std::string_view pinyin(char32_t character);

}  // namespace jianwei

#include "analysis/resolution/organisations.h"

#include <algorithm>
#include <array>
#include <map>
#include <numeric>
#include <unordered_map>
#include <utility>

#include "analysis/resolution/comparable.h"
#include "base/strings.h"
#include "records/address.h"
#include "records/country.h"
#include "records/unicode.h"

namespace jianwei::analysis {
namespace {

constexpr std::array<std::pair<std::string_view, std::string_view>, 38> kAbbreviations = {{
    {"univ", "university"}, {"uni", "university"}, {"universitat", "university"}, {"universite", "university"}, {"universita", "university"}, {"universidad", "university"},
    {"universidade", "university"}, {"universiteit", "university"}, {"inst", "institute"}, {"institut", "institute"}, {"instituto", "institute"}, {"istituto", "institute"},
    {"tech", "technology"}, {"technol", "technology"}, {"natl", "national"}, {"nat", "national"}, {"lab", "laboratory"}, {"labs", "laboratories"}, {"acad", "academy"},
    {"sci", "science"}, {"sciences", "science"}, {"engn", "engineering"}, {"eng", "engineering"}, {"hosp", "hospital"}, {"coll", "college"}, {"ctr", "center"}, {"centre", "center"},
    {"res", "research"}, {"med", "medical"}, {"int", "international"}, {"intl", "international"}, {"minist", "ministry"}, {"fdn", "foundation"}, {"sch", "school"},
    {"elect", "electronic"}, {"agr", "agricultural"}, {"agric", "agricultural"}, {"chem", "chemical"}}};

// Words that say nothing about which organisation it is.
constexpr std::array<std::string_view, 17> kEmptyWords = {"the", "inc", "ltd", "corp", "corporation", "co", "company", "llc", "gmbh", "limited", "plc", "ag", "sa", "srl", "bv", "pty", "llp"};
constexpr std::array<std::string_view, 9> kJoiningWords = {"of", "and", "for", "in", "at", "de", "di", "du", "der"};

// A part of a Chinese name that stands for itself ends with the first of these; the second list begins what belongs to it.
constexpr std::array<std::string_view, 4> kBodies = {"大学", "研究所", "研究院", "公司"};
constexpr std::array<std::string_view, 14> kOwnBodies = {"医院", "出版社", "附属", "第一", "第二", "第三", "分校", "（", "(", "校医院", "研究生院", "科学园", "科技园", "集团"};

// "清华大学计算机系" -> "清华大学"; a hospital or a campus of a university is a body of its own.
std::string_view main_body(std::string_view name) {
  for (const std::string_view body : kBodies) {
    const std::size_t at = name.find(body);
    if (at == std::string_view::npos || at == 0) continue;
    const std::string_view rest = name.substr(at + body.size());
    const bool own = std::any_of(kOwnBodies.begin(), kOwnBodies.end(), [&](std::string_view mark) { return rest.find(mark) != std::string_view::npos; });
    return own ? name : name.substr(0, at + body.size());
  }
  return name;
}

// Universities whose campuses are bodies of their own, told apart by the place after the comma: "University of California, Berkeley".
constexpr std::array<std::string_view, 14> kSystems = {"university of california", "university of texas", "university of illinois", "university of wisconsin", "university of maryland",
                                                       "university of north carolina", "university of massachusetts", "university of colorado", "university of missouri",
                                                       "university of nebraska", "university of tennessee", "university of alabama", "indian institute of technology", "california state university"};

// The body and, for a campus of a system, its place.
std::string body_with_campus(std::string_view name, std::string body) {
  const std::string folded = fold_words(body);
  if (std::find(kSystems.begin(), kSystems.end(), folded) == kSystems.end()) return body;
  const std::size_t at = name.find(body);
  if (at == std::string_view::npos) return body;
  std::string_view rest = trim(name.substr(at + body.size()));
  if (!rest.starts_with(',')) return body;
  rest = trim(rest.substr(1));
  const std::string_view place = trim(rest.substr(0, rest.find(',')));
  const bool named = place.size() > 2 && std::none_of(place.begin(), place.end(), [](char c) { return is_digit(c); }) && country_code(place).empty();
  return named ? body + " " + std::string(place) : body;
}

std::int32_t root_of(std::vector<std::int32_t>& parent, std::int32_t i) {
  while (parent[static_cast<std::size_t>(i)] != i) i = parent[static_cast<std::size_t>(i)] = parent[static_cast<std::size_t>(parent[static_cast<std::size_t>(i)])];
  return i;
}

}  // namespace

std::string organisation_key(std::string_view name) {
  std::string body = organisation_of_address(name);
  if (body.empty()) body = std::string(name);
  body = body_with_campus(name, std::move(body));
  if (is_cjk_text(body)) {
    std::string key;
    each_word(fold_words(main_body(body)), [&](std::string_view word) { key += word; });
    return key;
  }
  std::vector<std::string_view> words;
  const std::string folded = fold_words(body);
  each_word(folded, [&](std::string_view word) {
    if (std::find(kEmptyWords.begin(), kEmptyWords.end(), word) != kEmptyWords.end()) return;
    const auto* full = std::find_if(kAbbreviations.begin(), kAbbreviations.end(), [&](const auto& entry) { return entry.first == word; });
    words.push_back(full != kAbbreviations.end() ? full->second : word);
  });
  std::string key;
  for (std::size_t i = 0; i < words.size(); ++i) {
    // "Chinese Acad Sci" and "Chinese Academy of Sciences": joining words fall away, but "University of X" keeps its own.
    const bool joining = std::find(kJoiningWords.begin(), kJoiningWords.end(), words[i]) != kJoiningWords.end();
    if (joining && !(words[i] == "of" && i == 1 && words[0] == "university")) continue;
    if (!key.empty()) key += ' ';
    key += words[i];
  }
  return key.empty() ? folded : key;
}

Result<std::vector<OrganisationAlias>> parse_organisation_aliases(std::string_view content, std::string_view origin) {
  std::vector<OrganisationAlias> aliases;
  std::int64_t number = 0;
  for (const std::string_view line : split(content, "\n")) {
    ++number;
    const std::string_view text = trim(line);
    if (text.empty() || text.starts_with('#')) continue;
    const std::vector<std::string_view> cells = split(text, "\t");
    if (cells.size() < 2 || trim(cells[0]).empty() || trim(cells[1]).empty()) {
      return fail(ErrorKind::invalid_input, "{}: line {}: expected \"other name<TAB>name\", found \"{}\"; part the two names with one tab", origin, number, text);
    }
    aliases.push_back({std::string(trim(cells[0])), std::string(trim(cells[1]))});
  }
  return aliases;
}

Organisations resolve_organisations(std::span<const OrganisationName> names, std::span<const OrganisationAlias> aliases) {
  std::map<std::string, std::string, std::less<>> alias_keys;         // key of the alias -> key of the name
  std::unordered_map<std::string, std::string> shown;                 // key of the name -> the table's spelling
  for (const OrganisationAlias& alias : aliases) {
    const std::string key = organisation_key(alias.name);
    alias_keys[organisation_key(alias.alias)] = key;
    shown[key] = alias.name;
  }
  std::vector<std::int32_t> parent(names.size());
  std::iota(parent.begin(), parent.end(), 0);
  std::vector<std::string_view> ror(names.size());
  for (std::size_t i = 0; i < names.size(); ++i) ror[i] = names[i].ror;
  const auto join = [&](std::int32_t a, std::int32_t b) {
    a = root_of(parent, a);
    b = root_of(parent, b);
    std::string_view& ror_a = ror[static_cast<std::size_t>(a)];
    const std::string_view ror_b = ror[static_cast<std::size_t>(b)];
    if (a == b || (!ror_a.empty() && !ror_b.empty() && ror_a != ror_b)) return;
    const auto [kept, gone] = std::minmax(a, b);
    const std::string_view known = ror_a.empty() ? ror_b : ror_a;
    parent[static_cast<std::size_t>(gone)] = kept;
    ror[static_cast<std::size_t>(kept)] = known;
  };
  std::vector<std::string> keys;
  std::unordered_map<std::string, std::int32_t> first_of_key;
  std::unordered_map<std::string_view, std::int32_t> first_of_ror;
  for (std::size_t i = 0; i < names.size(); ++i) {
    std::string key = organisation_key(names[i].name);
    if (const auto alias = alias_keys.find(key); alias != alias_keys.end()) key = alias->second;
    const auto index = static_cast<std::int32_t>(i);
    if (!names[i].ror.empty()) {
      if (const auto [place, added] = first_of_ror.try_emplace(names[i].ror, index); !added) join(place->second, index);
    }
    if (const auto [place, added] = first_of_key.try_emplace(key, index); !added) join(place->second, index);
    keys.push_back(std::move(key));
  }
  Organisations result;
  std::vector<std::int32_t> number(names.size(), -1);
  std::vector<std::map<std::string_view, std::int64_t>> spellings;
  for (std::size_t i = 0; i < names.size(); ++i) {
    std::int32_t& organisation = number[static_cast<std::size_t>(root_of(parent, static_cast<std::int32_t>(i)))];
    if (organisation < 0) {
      organisation = static_cast<std::int32_t>(spellings.size());
      spellings.emplace_back();
      result.labels.emplace_back();
    }
    result.organisation_of.push_back(organisation);
    spellings[static_cast<std::size_t>(organisation)][names[i].name] += names[i].mentions;
    if (const auto place = shown.find(keys[i]); place != shown.end()) result.labels[static_cast<std::size_t>(organisation)] = place->second;
  }
  for (std::size_t o = 0; o < spellings.size(); ++o) {
    if (!result.labels[o].empty()) continue;
    const auto most = std::max_element(spellings[o].begin(), spellings[o].end(), [](const auto& a, const auto& b) { return a.second < b.second; });
    result.labels[o] = most->first;
  }
  return result;
}

}  // namespace jianwei::analysis

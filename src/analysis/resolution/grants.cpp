// Award numbers are cut out of their text, brought to a key, and joined with the keys of the projects by sorting.
#include "analysis/resolution/grants.h"

#include <algorithm>
#include <array>
#include <cctype>

#include "analysis/resolution/comparable.h"
#include "analysis/resolution/compare.h"
#include "base/strings.h"
#include "records/unicode.h"

namespace jianwei::analysis {
namespace {

constexpr std::size_t kSharedDigits = 7;  // plain numbers up to this length are used by many funders

bool alphanumeric(char c) { return is_digit(c) || is_alpha(c); }

std::size_t digit_count(std::string_view text) { return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), is_digit)); }

// "5R01AI123456-02A1" -> "NIH AI123456"; "" when the text is not of that form. Letters of the institute, five or six digits.
std::string nih_key(std::string_view compact) {
  for (std::size_t i = 0; i + 7 <= compact.size(); ++i) {
    if (!is_alpha(compact[i]) || !is_alpha(compact[i + 1]) || !is_digit(compact[i + 2])) continue;
    // An activity code stands before it: a letter and two digits, or two letters and a digit (R01, K99, UL1, DP2).
    if (i < 3) continue;
    const std::string_view code = compact.substr(i - 3, 3);
    if (!is_alpha(code[0]) || !is_digit(code[2])) continue;
    std::size_t end = i + 2;
    while (end < compact.size() && is_digit(compact[end]) && end - i < 8) ++end;
    const std::string_view serial = compact.substr(i + 2, end - i - 2);
    if (serial.size() < 5) continue;
    // Numbers of years follow without a hyphen in some spellings: six digits are the serial, five are padded.
    return "NIH " + std::string(compact.substr(i, 2)) + (serial.size() == 5 ? "0" : "") + std::string(serial.substr(0, 6));
  }
  return "";
}

// A funder's abbreviation or an organisational unit of letters before a number, as in NSFC-61772354 or IIS-1500186.
std::string without_prefix(const std::string& compact) {
  std::size_t letters = 0;
  while (letters < compact.size() && is_alpha(compact[letters])) ++letters;
  const std::string_view rest = std::string_view(compact).substr(letters);
  const bool digits_follow = rest.size() >= kSharedDigits && std::all_of(rest.begin(), rest.end(), is_digit);
  return letters > 0 && digits_follow ? std::string(rest) : compact;
}

bool is_plain_number(std::string_view key) { return std::all_of(key.begin(), key.end(), is_digit); }

constexpr std::array<std::array<std::string_view, 5>, 10> kFunders = {{
    {"nsfc", "national natural science foundation of china", "natural science foundation of china", "国 家 自 然 科 学 基 金", "国 家 自 然 科 学 基 金 委 员 会"},
    {"nsf", "national science foundation", "us national science foundation", "u s national science foundation", "national science foundation usa"},
    {"nih", "national institutes of health", "nih hhs", "us national institutes of health", "national institute of health"},
    {"nssfc", "national social science fund of china", "national social science foundation of china", "国 家 社 会 科 学 基 金", "国 家 社 科 基 金"},
    {"nkrdpc", "national key research and development program of china", "national key r d program of china", "国 家 重 点 研 发 计 划", "national key research and development program"},
    {"erc", "european research council", "erc european research council", "", ""},
    {"epsrc", "engineering and physical sciences research council", "engineering physical sciences research council", "", ""},
    {"dfg", "deutsche forschungsgemeinschaft", "german research foundation", "deutsche forschungsgemeinschaft dfg", ""},
    {"jsps", "japan society for the promotion of science", "jsps kakenhi", "kakenhi", ""},
    {"darpa", "defense advanced research projects agency", "defence advanced research projects agency", "", ""},
}};

int funder_family(std::string_view folded) {
  for (std::size_t i = 0; i < kFunders.size(); ++i) {
    for (const std::string_view name : kFunders[i]) {
      if (!name.empty() && folded == name) return static_cast<int>(i);
    }
  }
  return -1;
}

// The institutes of the NIH pay as the NIH.
bool is_nih_institute(std::string_view folded) { return folded.starts_with("national institute ") || folded.starts_with("national cancer institute") || folded.starts_with("national heart"); }

}  // namespace

std::vector<std::string> award_keys(std::string_view text) {
  std::string folded = fold_case(text);
  for (const std::string_view separator : {"、", " and ", " und ", " et ", "和", ";", "|", "\n"}) folded = replace_all(std::move(folded), separator, ",");
  std::vector<std::string> keys;
  for (const std::string_view part : split(folded, ",")) {
    std::string compact;
    for (std::size_t i = 0; i < part.size(); ++i) {
      if (alphanumeric(part[i])) compact += static_cast<char>(std::toupper(static_cast<unsigned char>(part[i])));
    }
    // Words around the number: "GRANT NO 61772354", "AWARD NUMBER 1500186".
    for (bool again = true; again;) {
      again = false;
      for (const std::string_view word : {"GRANTS", "GRANT", "AWARDS", "AWARD", "CONTRACT", "PROJECT", "NUMBERS", "NUMBER", "NOS", "NO", "ID", "UNDER", "THE"}) {
        if (compact.size() > word.size() + 3 && compact.starts_with(word) && (word.size() > 3 || !is_alpha(compact[word.size()]))) {
          compact.erase(0, word.size());
          again = true;
        }
      }
    }
    if (digit_count(compact) < 4 || compact.size() < 5) continue;
    if (const std::string nih = nih_key(compact); !nih.empty()) {
      keys.push_back(nih);
      continue;
    }
    keys.push_back(part.find('/') == std::string_view::npos ? without_prefix(compact) : compact);  // EP/K503113/1 is one number
  }
  std::sort(keys.begin(), keys.end());
  keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
  return keys;
}

bool is_same_funder(std::string_view a, std::string_view b) {
  const std::string x = fold_words(a);
  const std::string y = fold_words(b);
  if (x == y) return true;
  const int family_x = is_nih_institute(x) ? 2 : funder_family(x);
  const int family_y = is_nih_institute(y) ? 2 : funder_family(y);
  if (family_x >= 0 && family_y >= 0) return family_x == family_y;
  return is_same_venue_name(x, y);
}

std::vector<GrantLink> link_grants(std::span<const AwardMention> mentions, std::span<const ProjectNumber> projects) {
  struct Keyed {
    std::string key;
    const ProjectNumber* project;
  };
  std::vector<Keyed> table;
  for (const ProjectNumber& project : projects) {
    for (std::string& key : award_keys(project.number)) table.push_back({std::move(key), &project});
  }
  std::sort(table.begin(), table.end(), [](const Keyed& a, const Keyed& b) { return std::tie(a.key, a.project) < std::tie(b.key, b.project); });
  std::vector<GrantLink> links;
  for (const AwardMention& mention : mentions) {
    for (const std::string& key : award_keys(mention.award)) {
      auto row = std::lower_bound(table.begin(), table.end(), key, [](const Keyed& keyed, const std::string& wanted) { return keyed.key < wanted; });
      for (; row != table.end() && row->key == key; ++row) {
        const ProjectNumber& project = *row->project;
        const bool known = !mention.funder.empty() && !project.funder.empty();
        const bool same = known && is_same_funder(mention.funder, project.funder);
        if (known && !same && is_plain_number(key) && key.size() <= kSharedDigits) continue;
        const auto named = [](std::string_view number, std::string_view funder) { return std::string(number) + (funder.empty() ? "" : " (" + std::string(funder) + ")"); };
        links.push_back({mention.work, project.project, same ? 1.0 : known ? 0.7 : 0.9, key, named(mention.award, mention.funder) + " = " + named(project.number, project.funder)});
      }
    }
  }
  std::sort(links.begin(), links.end(), [](const GrantLink& a, const GrantLink& b) { return std::tuple(a.work, a.project, -a.score, a.award, a.evidence) < std::tuple(b.work, b.project, -b.score, b.award, b.evidence); });
  links.erase(std::unique(links.begin(), links.end(), [](const GrantLink& a, const GrantLink& b) { return a.work == b.work && a.project == b.project; }), links.end());
  return links;
}

}  // namespace jianwei::analysis

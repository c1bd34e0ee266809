// Names are compared folded: lower case, marks stripped, every run of punctuation one blank.
#include "records/country.h"

#include <algorithm>
#include <array>
#include <unordered_map>
#include <vector>

#include "base/strings.h"
#include "records/unicode.h"

namespace jianwei {
namespace {

struct Country {
  std::string_view alpha2;
  std::string_view alpha3;
  std::string_view names;
};
constexpr Country kCountries[] = {
#include "records/country_names.inc"
};

using Codes = std::unordered_map<std::string_view, std::string_view>;

const Codes& codes_by_name() {
  static const Codes codes = [] {
    Codes map;
    for (const Country& country : kCountries) {
      for (const std::string_view name : split(country.names, "|")) map.emplace(name, country.alpha2);
    }
    return map;
  }();
  return codes;
}

const Codes& codes_by_code() {
  static const Codes codes = [] {
    Codes map;
    for (const Country& country : kCountries) {
      map.emplace(country.alpha2, country.alpha2);
      map.emplace(country.alpha3, country.alpha2);
    }
    return map;
  }();
  return codes;
}

std::string_view find(const Codes& codes, std::string_view key) {
  const auto at = codes.find(key);
  return at == codes.end() ? std::string_view() : at->second;
}

std::string fold_name(std::string_view name) {
  std::string folded;
  for (const char c : strip_marks(name)) {
    if (is_alpha(c) || is_digit(c) || static_cast<unsigned char>(c) >= 0x80) {
      folded += to_lower_ascii(c);
    } else if (!folded.empty() && folded.back() != ' ') {
      folded += ' ';
    }
  }
  if (!folded.empty() && folded.back() == ' ') folded.pop_back();
  return folded;
}

// Two-letter codes of US states, as before a ZIP code.
constexpr std::array<std::string_view, 52> kStateCodes = {"al", "ak", "az", "ar", "ca", "co", "ct", "de", "fl", "ga", "hi", "id", "il", "in", "ia", "ks", "ky", "la",
                                                          "me", "md", "ma", "mi", "mn", "ms", "mo", "mt", "ne", "nv", "nh", "nj", "nm", "ny", "nc", "nd", "oh", "ok",
                                                          "or", "pa", "ri", "sc", "sd", "tn", "tx", "ut", "vt", "va", "wa", "wv", "wi", "wy", "dc", "pr"};
constexpr std::array<std::string_view, 50> kStates = {
    "alabama", "alaska", "arizona", "arkansas", "california", "colorado", "connecticut", "delaware", "florida", "hawaii", "idaho", "illinois", "indiana",
    "iowa", "kansas", "kentucky", "louisiana", "maine", "maryland", "massachusetts", "michigan", "minnesota", "mississippi", "missouri", "montana", "nebraska",
    "nevada", "new hampshire", "new jersey", "new mexico", "new york", "north carolina", "north dakota", "ohio", "oklahoma", "oregon", "pennsylvania",
    "rhode island", "south carolina", "south dakota", "tennessee", "texas", "utah", "vermont", "virginia", "washington", "west virginia", "wisconsin", "wyoming", "district of columbia"};
// Provinces and the largest cities of mainland China.
constexpr std::array<std::string_view, 50> kChinesePlaces = {
    "中国", "北京", "上海", "天津", "重庆", "河北", "山西", "辽宁", "吉林", "黑龙江", "江苏", "浙江", "安徽", "福建", "江西", "山东", "河南",
    "湖北", "湖南", "广东", "海南", "四川", "贵州", "云南", "陕西", "甘肃", "青海", "内蒙古", "广西", "西藏", "宁夏", "新疆", "南京", "武汉",
    "广州", "深圳", "西安", "成都", "杭州", "长沙", "合肥", "哈尔滨", "沈阳", "大连", "长春", "济南", "青岛", "郑州", "厦门", "兰州"};

bool digits_only(std::string_view word) { return !word.empty() && std::all_of(word.begin(), word.end(), is_digit); }

// The country named by one comma-separated part of an address.
std::string_view country_of_part(std::string_view part) {
  const std::string folded = fold_name(part);
  const std::vector<std::string_view> words = split(folded, " ");
  if (folded.empty() || words.size() > 24) return {};
  const Codes& codes = codes_by_name();

  // The whole, then its last words: "Cambridge MA 02139 USA". A post code may stand behind the name.
  std::size_t end = words.size();
  while (end > 1 && digits_only(words[end - 1])) --end;
  const bool has_zip = end < words.size() && words[end].size() >= 5;
  const std::string_view named = std::string_view(folded).substr(0, static_cast<std::size_t>(words[end - 1].data() + words[end - 1].size() - folded.data()));
  const auto is_one_of = [](const auto& list, std::string_view word) { return std::find(list.begin(), list.end(), word) != list.end(); };
  if (is_one_of(kStates, named) || (has_zip && (is_one_of(kStateCodes, words[end - 1]) || named == "georgia"))) return "US";
  for (std::size_t first = end > 6 ? end - 6 : 0; first < end; ++first) {
    const std::string_view name = named.substr(static_cast<std::size_t>(words[first].data() - folded.data()));
    if (name.size() <= 2 && name != "uk" && name != "us") continue;
    // "New Mexico", "Bank of China", "New England" are no countries.
    if (first > 0 && (words[first - 1] == "new" || words[first - 1] == "of" || words[first - 1] == "in")) continue;
    if (const std::string_view code = find(codes, name); !code.empty()) return code;
  }
  return {};
}

std::string_view country_in_chinese(std::string_view address) {
  for (const std::string_view place : {"香港", "澳门", "台湾", "臺灣"}) {
    if (address.find(place) != std::string_view::npos) return find(codes_by_name(), place);
  }
  for (const std::string_view place : kChinesePlaces) {
    if (address.find(place) != std::string_view::npos) return "CN";
  }
  return {};
}

}  // namespace

std::string country_code(std::string_view name) {
  name = trim(name);
  if (name.empty() || name.size() > 80) return "";
  if (const std::string_view code = find(codes_by_code(), name); !code.empty()) return std::string(code);
  std::string folded = fold_name(name);
  if (folded.starts_with("the ")) folded.erase(0, 4);
  return std::string(find(codes_by_name(), folded));
}

std::string country_of_address(std::string_view address) {
  // PubMed and Scopus put the author's e-mail behind the country.
  for (const std::string_view mark : {"Electronic address", "electronic address", "email:", "e-mail:", "E-mail:", "Email:", "[mailto"}) {
    if (const std::size_t at = address.find(mark); at != std::string_view::npos && at > 0) address = address.substr(0, at);
  }
  while (!address.empty() && std::string_view(" .;,").find(address.back()) != std::string_view::npos) address.remove_suffix(1);
  if (address.empty()) return "";
  if (const std::size_t at = address.find_last_of(" \t"); at != std::string_view::npos && address.find('@', at) != std::string_view::npos) {
    address = trim(address.substr(0, at));
  }
  // The last two or three parts: behind the country there may stand a post code or a province.
  std::string_view rest = address;
  for (int part = 0; part < 4 && !rest.empty(); ++part) {
    const std::size_t at = rest.find_last_of(",;.");
    const std::string_view last = at == std::string_view::npos ? rest : rest.substr(at + 1);
    if (const std::string_view code = country_of_part(last); !code.empty()) return std::string(code);
    rest = at == std::string_view::npos ? std::string_view() : rest.substr(0, at);
  }
  return std::string(is_cjk_text(address) ? country_in_chinese(address) : std::string_view());
}

}  // namespace jianwei

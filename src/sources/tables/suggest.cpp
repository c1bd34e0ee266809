// Meaning of columns: the dictionary of names gives a first guess, the values confirm or refute it, and values alone may speak for a
// column whose name says nothing. Fields that a record has once go to the surest column.
#include <algorithm>
#include <map>
#include <set>

#include "base/strings.h"
#include "records/han.h"
#include "records/identifier.h"
#include "sources/tables/mapping.h"
#include "sources/tables/separators.h"

namespace jianwei::sources {
namespace {

constexpr double kLeastConfidence = 0.5;

bool is_year(std::string_view text) {
  text = trim(text);
  if (text.ends_with(".0")) text.remove_suffix(2);
  const auto number = parse_int(text);
  return number && *number >= 1500 && *number <= 2100 && text.size() == 4;
}

bool is_number(std::string_view text) {
  std::string digits(trim(text));
  std::erase(digits, ',');
  for (const std::string_view sign : {"$", "€", "£", "¥", "￥"}) {
    if (digits.starts_with(sign)) digits.erase(0, sign.size());
  }
  return parse_double(digits).has_value();
}

bool is_date(std::string_view text) { return text.starts_with("0000") || parse_table_date(text, DateStyle::day_number, 2060).known(); }
bool is_clock_time(std::string_view text) {
  const std::size_t colon = text.find(':');
  return text.size() >= 14 && colon != std::string_view::npos && colon >= 2 && is_digit(text[colon - 1]) && text.substr(colon - 2, 5) != "00:00";
}
// 0 when the values contradict the field, 1 when they confirm it.
double agreement(const ColumnMeaning& meaning, const ColumnSample& column) {
  const auto& values = column.values;
  if (values.empty()) return 1;
  switch (meaning.field) {
    case Field::year: return share_of(values, [](std::string_view v) { return is_year(v) || is_date(v); });
    case Field::date:
    case Field::end_date: return std::min(1.0, 1.5 * share_of(values, is_date));
    case Field::citations:
    case Field::amount: return share_of(values, is_number);
    case Field::title: return 1 - share_of(values, is_number);
    case Field::abstract: return median_length(values) >= 20 ? 1.0 : 0.7;  // the name says it; short abstracts are still abstracts
    case Field::full_text: return median_length(values) >= 20 ? 1.0 : 0.3;
    case Field::persons:
    case Field::venue: return 1 - share_of(values, is_number);
    case Field::identifier:
      if (meaning.role == "doi") return share_of(values, [](std::string_view v) { return !find_doi(v).empty(); }) > 0.2 ? 1 : 0;
      if (meaning.role == "patent") return share_of(values, [](std::string_view v) { return v.size() >= 5 && std::any_of(v.begin(), v.end(), is_digit); });
      return 1;
    case Field::url: return share_of(values, [](std::string_view v) { return v.find('.') != std::string_view::npos && v.find(' ') == std::string_view::npos; }) > 0.3 ? 1 : 0;
    case Field::references:
      if (column.is_list) return 1;
      return share_of(values, [](std::string_view v) { return v.find(' ') != std::string_view::npos || !find_doi(v).empty(); }) > 0.5 ? 1 : 0;
    case Field::classifications:
      // A bare "label" is a class only when it is worded in Chinese or is one of the patent schemes' codes.
      return meaning.role == "label" && share_of(values, has_han) < 0.5 ? 0 : 1;
    case Field::type: return share_of(values, [](std::string_view v) { return v.size() < 60; });
    default: return 1;
  }
}

bool is_single(Field field) {
  switch (field) {
    case Field::id: case Field::title: case Field::title_translated: case Field::full_text: case Field::language: case Field::year:
    case Field::month: case Field::venue: case Field::volume: case Field::issue: case Field::pages: case Field::start_page:
    case Field::end_page: case Field::publisher: case Field::url: case Field::citations: case Field::amount: case Field::type: case Field::end_date:
      return true;
    default:
      return false;
  }
}

// What values say of a column that no name explains; confidence 0 when nothing.
ColumnMeaning guess_from_values(const ColumnSample& column, const std::set<Field>& taken, std::string& reason) {
  const auto& values = column.values;
  if (values.size() < 3) return {};
  if (share_of(values, [](std::string_view v) { return v.size() < 200 && !find_doi(v).empty(); }) > 0.8) {
    reason = "values look like DOIs";
    return {Field::identifier, "doi", 0.7};
  }
  if (!taken.contains(Field::year) && !taken.contains(Field::date) && values.size() >= 5 && share_of(values, is_year) > 0.95) {
    reason = "values look like years";
    return {Field::year, "", 0.55};
  }
  const std::set<std::string> distinct(values.begin(), values.end());
  const double variety = static_cast<double>(distinct.size()) / static_cast<double>(values.size());
  const std::size_t length = median_length(values);
  const bool words = share_of(values, [](std::string_view v) { return v.find("://") == std::string_view::npos && (has_han(v) || std::count(v.begin(), v.end(), ' ') >= 2); }) > 0.7;
  if (!words || variety < 0.6) return {};
  if (!taken.contains(Field::abstract) && !taken.contains(Field::full_text) && length > 250) {
    reason = "long texts";
    return {Field::abstract, "", 0.55};
  }
  if (!taken.contains(Field::title) && !taken.contains(Field::abstract) && length >= 12 && length <= 250) {
    reason = "short distinct texts";
    return {Field::title, "", 0.52};
  }
  return {};
}

std::string recognise_kind(std::span<const ColumnSample> columns, const std::vector<ColumnSuggestion>& meanings) {
  std::set<std::string> keys;
  std::set<std::string> facts;  // "field" and "field/role"
  bool clock_times = false;
  bool law_text = false;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    keys.insert(column_key(columns[i].name));
    const Mapping::Column& target = meanings[i].target;
    if (target.field.empty()) continue;
    facts.insert(target.field);
    facts.insert(target.field + '/' + target.role);
    if (target.field == "date") clock_times |= share_of(columns[i].values, is_clock_time) > 0.5;
    if (target.field == "full_text" || target.field == "abstract") {
      law_text |= share_of(columns[i].values, [](std::string_view v) { return v.find("第一条") != std::string_view::npos && v.find("第二条") != std::string_view::npos; }) > 0.5;
    }
  }
  const auto key = [&](std::initializer_list<std::string_view> names) {
    return std::any_of(names.begin(), names.end(), [&](std::string_view name) { return keys.contains(std::string(name)); });
  };
  const auto has = [&](std::string_view fact) { return facts.contains(std::string(fact)); };
  if (has("classifications/cpc") || has("classifications/ipc") || has("identifier/application") || has("identifier/patent") || has("persons/inventor") || key({"专利名称", "发明名称"})) return "patent";
  if (has("organisations/issuer") || has("identifier/document") || law_text || key({"政策名称", "文件名称"})) return "policy";
  const bool project_key = key({"项目名称", "课题名称", "项目批准号", "projecttitle", "awardtitle", "awardnumber", "awardamount", "callidentifier", "projectnum", "projectnumber"});
  if (project_key || has("awards/own") || has("persons/investigator") || has("organisations/awardee") || has("date_range") || has("amount") ||
      (has("funders") && has("end_date")) || (key({"agency"}) && key({"program", "phase"}))) {
    return "project";
  }
  const bool scholarly = has("identifier/doi") || has("abstract") || has("references") || has("organisations") || has("volume") || has("citations");
  if (!scholarly && (clock_times || key({"headline", "新闻标题", "newstitle"}))) return "post";
  return "work";
}

std::string shorten(std::string_view text) {
  constexpr std::size_t kShown = 60;
  std::string shown = collapse_spaces(text.substr(0, 4 * kShown));
  if (shown.size() <= kShown) return shown;
  std::size_t cut = kShown;
  while (cut > 0 && (static_cast<unsigned char>(shown[cut]) & 0xc0) == 0x80) --cut;
  return shown.substr(0, cut) + "…";
}

}  // namespace

SuggestedMapping suggest_mapping(std::span<const ColumnSample> columns) {
  std::vector<ColumnMeaning> meanings(columns.size());
  std::vector<std::string> reasons(columns.size());
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const auto named = recognise_column(columns[i].name);
    if (!named) continue;
    const double values = agreement(*named, columns[i]);
    meanings[i] = *named;
    meanings[i].confidence = named->confidence * values;
    reasons[i] = columns[i].values.empty() ? "name; no values" : "name";
    // A date column that holds years alone, and the other way round, is both at once: the parser reads either.
    if (meanings[i].confidence < kLeastConfidence) meanings[i] = {};
  }
  // Fields a record has once: the surest column, the first among equals.
  std::map<std::pair<Field, std::string>, std::size_t> best;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const bool once = is_single(meanings[i].field) || meanings[i].field == Field::persons || (meanings[i].field == Field::organisations && meanings[i].role != "affiliation");
    if (meanings[i].confidence <= 0 || !once || meanings[i].field == Field::ignore) continue;
    const auto key = std::pair(meanings[i].field, meanings[i].field == Field::persons || meanings[i].field == Field::organisations ? meanings[i].role : std::string());
    const auto [place, added] = best.emplace(key, i);
    if (added) continue;
    std::size_t loser = i;
    if (meanings[i].confidence > meanings[place->second].confidence + 1e-9) std::swap(loser, place->second);
    meanings[loser] = {};
    reasons[loser] = "another column is surer";
  }
  // A project's investigator is its person; an "author" beside him is that of a result.
  const bool investigators = best.contains({Field::persons, "investigator"});
  if (const auto author = best.find({Field::persons, "author"}); investigators && author != best.end()) {
    meanings[author->second] = {};
    reasons[author->second] = "the investigator is the project's person";
  }
  std::set<Field> taken;
  for (const ColumnMeaning& meaning : meanings) {
    if (meaning.confidence > 0) taken.insert(meaning.field);
  }
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (meanings[i].confidence > 0 || recognise_column(columns[i].name)) continue;
    meanings[i] = guess_from_values(columns[i], taken, reasons[i]);
    if (meanings[i].confidence > 0) taken.insert(meanings[i].field);
  }

  SuggestedMapping suggestion;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    ColumnSuggestion column{columns[i].name, {}, meanings[i].confidence, reasons[i], {}};
    for (std::size_t k = 0; k < std::min<std::size_t>(3, columns[i].values.size()); ++k) column.samples.push_back(shorten(columns[i].values[k]));
    if (meanings[i].confidence > 0) {
      column.target.field = to_string(meanings[i].field);
      column.target.role = meanings[i].role;
      const bool list = meanings[i].field == Field::persons || meanings[i].field == Field::keywords || meanings[i].field == Field::organisations ||
                        meanings[i].field == Field::classifications || meanings[i].field == Field::countries || meanings[i].field == Field::funders ||
                        meanings[i].field == Field::references || meanings[i].field == Field::awards || meanings[i].field == Field::identifier;
      if (list && !columns[i].is_list) {
        std::string separator = recognise_separator(columns[i].values, meanings[i].field == Field::persons);
        // A comma inside an organisation, a class or an award number is part of it.
        if (separator == "," && (meanings[i].field == Field::organisations || meanings[i].field == Field::awards || meanings[i].field == Field::identifier ||
                                 meanings[i].field == Field::references)) {
          separator = "";
        }
        column.target.separator = separator;
      }
    }
    suggestion.columns.push_back(column);
    if (!column.target.field.empty()) suggestion.mapping.columns[column.column] = column.target;
  }
  suggestion.mapping.kind = recognise_kind(columns, suggestion.columns);
  // "text" and "content" of works and projects are abstracts when short; policies and news have their full text there.
  const bool has_abstract = taken.contains(Field::abstract);
  for (std::size_t i = 0; i < columns.size(); ++i) {
    ColumnSuggestion& column = suggestion.columns[i];
    const bool weak = column.target.field == "full_text" && column.confidence < 0.9;
    if (!weak || has_abstract || suggestion.mapping.kind == "policy" || suggestion.mapping.kind == "post" || median_length(columns[i].values) >= 4000) continue;
    column.target.field = "abstract";
    column.reason = "name; the texts are short";
    suggestion.mapping.columns[column.column] = column.target;
  }
  return suggestion;
}

}  // namespace jianwei::sources

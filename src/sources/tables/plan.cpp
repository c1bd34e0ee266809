// From a mapping to a plan: field names resolved, open questions (separator, order of day and month, unit of amounts) answered from values.
#include <algorithm>

#include "base/strings.h"
#include "records/record.h"
#include "sources/tables/mapping.h"
#include "sources/tables/separators.h"

namespace jianwei::sources {
namespace {

bool is_list_field(Field field) {
  switch (field) {
    case Field::persons: case Field::keywords: case Field::organisations: case Field::classifications: case Field::countries:
    case Field::funders: case Field::references: case Field::awards: case Field::identifier: case Field::person_orcids: case Field::person_ids:
      return true;
    default:
      return false;
  }
}

// 10,000 for amounts written in 万元: the column says so, or its Chinese name goes with values too small for yuan.
double amount_scale(const ColumnSample& column) {
  if (column.name.find("万") != std::string::npos) return 1e4;
  const bool chinese = column.name.find("金额") != std::string::npos || column.name.find("经费") != std::string::npos;
  if (!chinese || column.values.empty()) return 1;
  const double small = share_of(column.values, [](std::string_view v) { const auto n = parse_double(trim(v)); return n && *n < 10000; });
  return small > 0.9 ? 1e4 : 1;
}

}  // namespace

Plan compile_plan(const Mapping& mapping, std::span<const ColumnSample> columns, std::string_view file_name) {
  Plan plan;
  plan.kind = parse_record_kind(mapping.kind).value_or(RecordKind::work);
  plan.source = mapping.source.empty() ? collection_name(file_name) : mapping.source;
  plan.language = mapping.language;
  bool deadline = false;
  bool persons = false;
  bool track = false;
  bool status = false;
  for (const ColumnSample& column : columns) {
    ColumnPlan target;
    const auto row = mapping.columns.find(column.name);
    const std::string key = column_key(column.name);
    track |= key == "track";
    status |= key == "status";
    if (row == mapping.columns.end() || row->second.field.empty()) {
      plan.unmapped.push_back(column.name);
      plan.columns.push_back(target);
      continue;
    }
    const std::string& name = row->second.field;
    target.field = parse_field(name).value_or(Field::ignore);
    target.role = row->second.role;
    target.separator = row->second.separator;
    if (name == "doi") target.role = "doi";
    if (is_list_field(target.field) && target.separator.empty() && !column.is_list) {
      const bool whole = target.field == Field::organisations || target.field == Field::awards || target.field == Field::identifier || target.field == Field::references;
      std::string separator = recognise_separator(column.values, target.field == Field::persons);
      if (!(whole && separator == ",")) target.separator = separator;
    }
    if (target.field == Field::date || target.field == Field::end_date) target.date_style = recognise_date_style(column.values);
    if (target.field == Field::amount) {
      target.scale = amount_scale(column);
      if (target.scale > 1 && target.role.empty()) target.role = "CNY";
    }
    if (target.field == Field::countries && (column.name.find("省") != std::string::npos)) target.role = "province";
    deadline |= key == "deadline" || key == "closedate" || key == "截止时间" || key == "截止日期";
    persons |= target.field == Field::persons;
    plan.has_text |= target.field == Field::title || target.field == Field::abstract || target.field == Field::full_text || target.field == Field::head;
    plan.columns.push_back(std::move(target));
  }
  if (plan.kind == RecordKind::project) {
    plan.type = deadline && !persons ? "call" : "grant";
    // "Grant" in a column of a list of calls is what they offer, not what they are.
    for (ColumnPlan& column : plan.columns) {
      if (plan.type == "call" && column.field == Field::type) column.field = Field::ignore;
    }
  }
  if (plan.kind == RecordKind::post) plan.type = "news";
  if (plan.kind == RecordKind::work && track && status) plan.type = "conference_paper";  // a venue's list of accepted papers
  return plan;
}

std::string collection_name(std::string_view file_name) {
  for (const char mark : {'!', '/', '\\'}) {
    const std::size_t at = file_name.rfind(mark);
    if (at != std::string_view::npos) file_name.remove_prefix(at + 1);
  }
  return std::string(file_name.substr(0, file_name.find('.', 1)));
}

void settle_policy(Record& record) {
  // "成文日期： 2018年12月21日" in the head of a published document is the day it was issued; stored dates may be those of a crawl.
  const std::string_view head = std::string_view(record.full_text).substr(0, 2000);
  if (const std::size_t at = head.find("成文日期"); at != std::string_view::npos) {
    std::string_view rest = head.substr(at + std::string_view("成文日期").size());
    const std::size_t digit = rest.substr(0, 40).find_first_of("0123456789");
    if (digit != std::string_view::npos) {
      const std::string_view text = rest.substr(digit);
      const Result<Date> date = parse_date(text.substr(0, text.find_first_of("\n ")));
      if (date && date->month != 0) {
        record.date = *date;
        return;
      }
    }
  }
  // 国发〔2018〕43号 carries the year.
  const std::string_view number = find_identifier(record, "document");
  for (const std::string_view bracket : {"〔", "[", "（", "﹝"}) {
    const std::size_t at = number.find(bracket);
    if (at == std::string_view::npos) continue;
    const auto year = parse_int(number.substr(at + bracket.size(), 4));
    if (year && *year > 1900 && *year < 2100 && record.date.year != *year) record.date = {static_cast<std::int16_t>(*year), 0, 0};
    return;
  }
}

}  // namespace jianwei::sources

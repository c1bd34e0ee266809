// Text exports with Chinese labels: CNKI's self-defined and novelty-search ones ("Title-题名: x", SrcDatabase-来源库 begins a record) and
// VIP's ("【题　名】x", the title begins a record).
#include "base/strings.h"
#include "records/identifier.h"
#include "records/unicode.h"
#include "sources/tagged/formats.h"
#include "sources/tagged/record_fields.h"
#include "sources/tagged/tagged_record.h"

namespace jianwei::sources {
namespace {

constexpr std::size_t kLongestLabel = 48;  // bytes

// The Chinese part of a label without blanks: "题　名" and "Title-题名" are 题名.
std::string label_of(std::string_view tag) {
  if (const std::size_t dash = tag.find('-'); dash != std::string_view::npos) tag.remove_prefix(dash + 1);
  return replace_all(replace_all(std::string(trim(tag)), "　", ""), " ", "");
}

TaggedLine classify(std::string_view line) {
  if (trim(line).empty()) return {TaggedLine::Kind::blank};
  if (line.starts_with("【")) {
    const std::size_t close = line.substr(0, kLongestLabel).find("】");
    if (close == std::string_view::npos) return {};
    const std::size_t begin = std::string_view("【").size();
    const std::string label = label_of(line.substr(begin, close - begin));
    return {label == "题名" ? TaggedLine::Kind::start : TaggedLine::Kind::field, begin, close - begin, close + std::string_view("】").size()};
  }
  const std::size_t colon = line.substr(0, kLongestLabel).find(':');
  const std::size_t dash = line.substr(0, kLongestLabel).find('-');
  if (!is_alpha(line[0]) || colon == std::string_view::npos || dash == std::string_view::npos || dash > colon) return {};
  for (const char c : line.substr(0, dash)) {
    if (!is_alpha(c)) return {};
  }
  const std::string label = label_of(line.substr(0, colon));
  const bool chinese = is_cjk_text(label) || label == "DOI" || label == "ISSN" || label == "URL";
  if (!chinese) return {};
  const TaggedLine::Kind kind = label == "来源库" ? TaggedLine::Kind::start : label == "题名" ? TaggedLine::Kind::maybe_start : TaggedLine::Kind::field;
  return {kind, 0, colon, colon + 1};
}

bool one_of(std::string_view label, std::initializer_list<std::string_view> names) {
  for (const std::string_view name : names) {
    if (label == name) return true;
  }
  return false;
}

// "材料导报.2018,32(5):700-712": journal, year, volume (issue), pages; a name alone otherwise.
void read_source(Record& record, std::string_view value) {
  const std::size_t stop = value.find('.');
  const bool detailed = stop != std::string_view::npos && stop + 5 <= value.size() && parse_int(value.substr(stop + 1, 4)).has_value();
  set_text(record.venue, detailed ? value.substr(0, stop) : value);
  if (detailed) read_numbering(record, value.substr(stop + 1));
}

void build(const TaggedRecord& fields, Record& record) {
  record.type = "article";
  std::string_view day;
  bool bracketed = false;
  for (const TaggedRecord::Field& field : fields.fields) {
    const std::string_view value = trim(fields.value(field));
    const std::string label = label_of(fields.tag(field));
    bracketed |= field.tag_begin >= 3 && fields.raw.compare(field.tag_begin - 3, 3, "【") == 0;
    if (value.empty()) continue;
    if (label == "来源库") set_type(record, value);
    else if (one_of(label, {"题名", "标题", "篇名"})) set_text(record.title, value);
    else if (one_of(label, {"英文题名", "英文标题"})) set_text(record.title_translated, value);
    else if (one_of(label, {"作者", "发明人"})) add_persons(record, bracketed ? replace_all(std::string(value), " ", ";") : std::string(value), ";,", record.kind == RecordKind::patent ? "inventor" : "");
    else if (one_of(label, {"导师"})) add_persons(record, value, ";,", "advisor");
    else if (one_of(label, {"单位", "机构", "作者单位"})) for (const std::string& address : split_list(value, ";")) add_affiliation(record, address);
    else if (one_of(label, {"申请人", "专利权人"})) for (const std::string& body : split_list(value, ";")) add_organisation(record, body, "", "applicant");
    else if (one_of(label, {"文献来源", "刊名", "来源", "学位授予单位", "会议名称"})) read_source(record, value);
    else if (label == "关键词") add_keywords(record, bracketed ? replace_all(std::string(value), " ", ";") : std::string(value), ";,");
    else if (one_of(label, {"摘要", "文摘"})) set_text(record.abstract, value);
    else if (one_of(label, {"英文摘要"})) set_text(record.abstract_translated, value);
    else if (one_of(label, {"发表时间", "出版时间"})) day = value;
    else if (label == "年") refine_date(record, value);
    else if (label == "卷") set_text(record.volume, value);
    else if (label == "期") set_text(record.issue, value);
    else if (label == "页码") set_pages(record, value, {});
    else if (one_of(label, {"基金", "基金项目"})) add_funding(record, value);
    else if (one_of(label, {"中图分类号", "分类号"})) for (std::string& code : split_list(value, ";")) record.classifications.push_back({"clc", std::move(code), {}});
    else if (one_of(label, {"公开号", "专利号"})) add_identifier(record, "patent", value);
    else if (label == "DOI") add_identifier(record, "doi", value);
    else if (one_of(label, {"ISSN", "ISSN号"})) add_serial_numbers(record, value);
    else if (one_of(label, {"URL", "网址"})) record.url = value.substr(0, value.find_first_of(" \n"));
    else if (label == "馆藏") record.provenance.source = recognise_source(value);
  }
  if (!record.date.known()) refine_date(record, day);
  refine_date_within_year(record, day);
  if (!day.empty()) refine_date(record, day);
  if (record.provenance.source.empty()) record.provenance.source = bracketed ? "vip" : "cnki";
}

}  // namespace

double recognise_cnki_text(const Sample& sample) {
  const bool cnki = has_line(sample.text, "SrcDatabase-") || has_line(sample.text, "Title-题名");
  const bool vip = has_line(sample.text, "【题") && (has_line(sample.text, "【作") || has_line(sample.text, "【刊"));
  return (cnki || vip) && tagged_share(sample.text.substr(0, 8192), classify) > 0.5 ? 0.97 : 0.0;
}

Result<> read_cnki_text(ByteStream& stream, const ReadOptions&, RecordSink& sink, Progress& progress) {
  static constexpr TaggedDialect kDialect = {classify, false, build, "cnki_text"};
  return read_tagged(stream, kDialect, sink, progress);
}

}  // namespace jianwei::sources

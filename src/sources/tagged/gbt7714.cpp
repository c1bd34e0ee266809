// Lists of references by GB/T 7714, as CNKI, Wanfang and VIP copy them: "[1]王明,李晓红.题名[J].中国工程科学,2021,23(06):1-10."
//
// The mark in brackets ([J], [D], [C]//, [P], [N], [M], [R], [S], [EB/OL]) parts the authors and the title from the source.
#include <algorithm>
#include <array>

#include "base/strings.h"
#include "records/identifier.h"
#include "sources/tagged/formats.h"
#include "sources/tagged/record_fields.h"
#include "sources/tagged/tagged_record.h"

namespace jianwei::sources {
namespace {

struct Mark {
  std::string_view letter, type;
};
constexpr std::array<Mark, 14> kMarks = {{{"J", "article"}, {"D", "thesis"}, {"C", "conference paper"}, {"P", "patent"}, {"N", "newspaper"}, {"M", "book"}, {"G", "book"}, {"R", "report"},
                                          {"S", "standard"}, {"EB", "web page"}, {"DB", "dataset"}, {"DS", "dataset"}, {"A", "chapter"}, {"Z", "other"}}};

struct Place {
  std::size_t at = std::string_view::npos, end = 0;
  std::string_view type;
};

// "[J]", "[J/OL]", "[EB/OL]".
Place find_mark(std::string_view text) {
  for (std::size_t open = text.find('['); open != std::string_view::npos; open = text.find('[', open + 1)) {
    const std::size_t close = text.substr(0, open + 8).find(']', open);
    if (close == std::string_view::npos || open == 0) continue;
    std::string_view letter = text.substr(open + 1, close - open - 1);
    letter = letter.substr(0, letter.find('/'));
    for (const Mark& mark : kMarks) {
      if (mark.letter == letter) return {open, close + 1, mark.type};
    }
  }
  return {};
}

// The length of "[12]", "12." or "［12］" at the beginning; 0 without.
std::size_t number_size(std::string_view line) {
  std::size_t i = line.starts_with('[') ? 1 : line.starts_with("［") ? std::string_view("［").size() : 0;
  const bool bracket = i > 0;
  const std::size_t digits = i;
  while (i < line.size() && is_digit(line[i])) ++i;
  if (i == digits || i - digits > 5) return 0;
  for (const std::string_view end : {"]", "］", ".", "、"}) {
    if (line.substr(i).starts_with(end) && bracket == (end == "]" || end == "］")) return i + end.size();
  }
  return 0;
}

TaggedLine classify(std::string_view line) {
  if (trim(line).empty()) return {TaggedLine::Kind::blank};
  const std::size_t number = number_size(line);
  if (number == 0 && find_mark(line).at == std::string_view::npos) return {};
  return {TaggedLine::Kind::start, 0, number, number};
}

// "王明,李晓红,等.题名": the authors end at the first full stop that does not follow an initial.
std::size_t authors_end(std::string_view text) {
  for (std::size_t at = text.find('.'); at != std::string_view::npos; at = text.find('.', at + 1)) {
    const bool initial = at >= 1 && text[at - 1] >= 'A' && text[at - 1] <= 'Z' && (at == 1 || text[at - 2] == ' ' || text[at - 2] == '-' || text[at - 2] == '.') &&
                         (text.substr(at + 1).starts_with(',') || text.substr(at + 1).starts_with(" ,"));
    if (!initial) return at;
  }
  return std::string_view::npos;
}

// Where the year of the issue stands: behind a comma, four digits.
std::size_t year_place(std::string_view text) {
  for (std::size_t i = 1; i + 4 <= text.size(); ++i) {
    const auto year = parse_int(text.substr(i, 4));
    const bool before = text[i - 1] == ',' || text[i - 1] == ' ' || text[i - 1] == '(' || text[i - 1] == '.';
    const bool after = i + 4 == text.size() || !is_digit(text[i + 4]);
    if (before && after && is_digit(text[i]) && year && *year >= 1500 && *year <= 2100) return i;
  }
  return std::string_view::npos;
}

std::string_view trim_marks(std::string_view text) {
  const auto mark = [](char c) { return c == '.' || c == ',' || c == ':' || c == ' ' || c == '/' || c == '('; };
  while (!text.empty() && mark(text.front())) text.remove_prefix(1);
  while (!text.empty() && mark(text.back())) text.remove_suffix(1);
  return text;
}

// "北京:科学出版社": the publisher stands behind the place.
std::string_view after_colon(std::string_view text) {
  const std::size_t colon = text.rfind(':');
  return trim_marks(colon == std::string_view::npos ? text : text.substr(colon + 1));
}

void read_source(Record& record, std::string_view source) {
  const std::size_t link = std::min(source.find("http"), source.find("DOI:"));
  if (const std::size_t http = source.find("http"); http != std::string_view::npos) {
    const std::string_view url = source.substr(http, source.substr(http).find_first_of(" \n"));
    record.url = url.ends_with('.') ? url.substr(0, url.size() - 1) : url;
  }
  source = trim_marks(source.substr(0, link));
  const std::size_t year = year_place(fmt::format(",{}", source));
  const std::size_t at = year == std::string_view::npos ? source.size() : year - 1;
  const std::string_view name = trim_marks(source.substr(0, at));
  const std::string_view numbering = source.substr(at);
  if (record.kind == RecordKind::patent) {
    // "北京市:CN112447000A,2021-03-05"; the older form names the number alone.
    add_identifier(record, "patent", after_colon(name));
    refine_date(record, numbering.substr(0, 10));
  } else if (record.type == "book" || record.type == "report" || record.type == "standard") {
    set_text(record.publisher, after_colon(name));
    read_numbering(record, numbering);
  } else if (record.type == "webpage") {
    refine_date(record, numbering.substr(0, 10));
  } else {
    // "中国人工智能学会.第十届中国人工智能大会论文集": the last part names the volume.
    const bool collected = record.type == "conference_paper" || record.type == "chapter";
    const std::size_t stop = collected ? name.rfind('.') : std::string_view::npos;
    set_text(record.venue, trim_marks(stop == std::string_view::npos ? name : name.substr(stop + 1)));
    if (record.type == "thesis") set_text(record.publisher, after_colon(name));
    if (record.type == "thesis") record.venue = record.publisher;
    if (record.kind == RecordKind::post) refine_date(record, numbering.substr(0, 10));
    read_numbering(record, numbering);
  }
}

void build(const TaggedRecord& fields, Record& record) {
  const std::string text = replace_all(replace_all(collapse_spaces(fields.value(fields.fields.front())), "［", "["), "］", "]");
  const Place mark = find_mark(text);
  if (mark.at == std::string_view::npos) return;
  set_type(record, mark.type);
  const std::string_view head = std::string_view(text).substr(0, mark.at);
  const std::size_t stop = authors_end(head);
  if (stop != std::string_view::npos) add_persons(record, replace_all(std::string(head.substr(0, stop)), "，", ","), ",", record.kind == RecordKind::patent ? "inventor" : "");
  set_text(record.title, stop == std::string_view::npos ? head : head.substr(stop + 1));
  if (const std::string doi = find_doi(text); !doi.empty()) add_identifier(record, "doi", doi.ends_with('.') ? doi.substr(0, doi.size() - 1) : doi);
  read_source(record, std::string_view(text).substr(mark.end));
  record.provenance.source = recognise_source(text);
}

}  // namespace

double recognise_gbt7714(const Sample& sample) {
  std::int64_t lines = 0, marked = 0;
  for (const std::string_view line : split(sample.text.substr(0, 16384), "\n")) {
    if (trim(line).empty()) continue;
    ++lines;
    marked += number_size(trim(line)) > 0 && find_mark(trim(line)).at != std::string_view::npos ? 1 : 0;
  }
  return marked > 0 && marked * 2 > lines ? 0.9 : 0.0;
}

Result<> read_gbt7714(ByteStream& stream, const ReadOptions&, RecordSink& sink, Progress& progress) {
  static constexpr TaggedDialect kDialect = {classify, false, build, "gbt7714"};
  return read_tagged(stream, kDialect, sink, progress);
}

}  // namespace jianwei::sources

// ChinaXiv preprints as JSON lines: derived fields (title, abstract, keywords) beside the raw beginning of the document ("head", or "text"
// for full texts). The derived ones are imperfect; where they are missing or damaged the head speaks, and it alone gives authors and the
// abstract in the second language.
//
// The head is Markdown from a PDF: "# title", a line of authors, affiliations in brackets, "摘要：...", "关键词：...", then the same in English.
#include <algorithm>

#include "base/strings.h"
#include "records/country.h"
#include "records/identifier.h"
#include "records/unicode.h"
#include "sources/json/json_reader.h"
#include "sources/tables/draft.h"

namespace jianwei::sources {
namespace {

struct Head {
  std::string title, title_english, abstract, abstract_english, keywords;
  std::vector<std::string> authors;
  std::string doi;
};

bool starts_with_any(std::string_view text, std::initializer_list<std::string_view> starts) {
  return std::any_of(starts.begin(), starts.end(), [&](std::string_view start) { return text.starts_with(start); });
}

std::int64_t han_count(std::string_view text) {
  std::int64_t count = 0;
  while (!text.empty()) {
    const CodePoint point = decode_utf8(text);
    count += is_han(point.value) ? 1 : 0;
    text.remove_prefix(static_cast<std::size_t>(point.length));
  }
  return count;
}

// Where a label such as "摘要" ends, npos when the text does not hold it. Blanks inside and brackets around it do not matter.
std::size_t after_label(std::string_view text, std::initializer_list<std::string_view> labels, std::size_t& start) {
  std::size_t best = std::string_view::npos;
  std::size_t end = best;
  for (const std::string_view label : labels) {
    const std::size_t at = text.find(label);
    if (at == std::string_view::npos || at >= best) continue;
    best = at;
    end = at + label.size();
  }
  if (best == std::string_view::npos) return best;
  start = best;
  for (;;) {
    const std::string_view rest = text.substr(end);
    std::size_t step = 0;
    for (const std::string_view mark : {"：", ":", "】", "]", " ", "—", "-", "］", "\n", ".", "**", "\u3000"}) {
      if (rest.starts_with(mark)) step = mark.size();
    }
    if (step == 0) break;
    end += step;
  }
  return end;
}

std::string_view until(std::string_view text, std::initializer_list<std::string_view> ends) {
  std::size_t cut = text.size();
  for (const std::string_view end : ends) cut = std::min(cut, text.find(end));
  return text.substr(0, std::min(cut, text.size()));
}

// A heading that names the document: not a journal's banner, a DOI or a section.
bool is_title_line(std::string_view line) {
  if (line.size() < 8 || line.size() > 400) return false;
  return !starts_with_any(line, {"DOI", "doi", "ChinaXiv", "Article", "ARTICLE", "http", "![", "摘要", "关键词", "Abstract", "ABSTRACT", "收稿", "基金", "引用", "Keywords", "Citation", "第", "作者", "中图"});
}

std::string without_marks(std::string title) {
  // Footnote signs that stuck to the end.
  title = clean_value(title);
  for (bool cut = true; cut && !title.empty();) {
    cut = false;
    for (const std::string_view mark : {"*", "\\", "＊", "†", "“", "‘", "①", "¹", " ", "#", "$"}) {
      if (title.ends_with(mark)) {
        title.resize(title.size() - mark.size());
        cut = true;
      }
    }
    const bool digit_after_han = title.size() > 4 && is_digit(title.back()) && static_cast<unsigned char>(title[title.size() - 2]) >= 0x80;
    if (digit_after_han && (title.back() == '1' || title.back() == '2')) {
      title.pop_back();
      cut = true;
    }
  }
  return title;
}

// Chinese names of a line "张振豪1，过弋1,2,3，韩美琪1"; empty when the line is something else.
std::vector<std::string> chinese_names(std::string_view line) {
  std::vector<std::string> names;
  std::string name;
  bool bad = false;
  const auto close = [&] {
    const std::size_t letters = name.size() / 3;
    if (letters >= 2 && letters <= 4) names.push_back(name);
    else if (letters > 4) bad = true;
    else if (letters == 1) bad = true;
    name.clear();
  };
  std::string_view rest = line;
  while (!rest.empty()) {
    const CodePoint point = decode_utf8(rest);
    const std::string_view piece = rest.substr(0, static_cast<std::size_t>(point.length));
    rest.remove_prefix(piece.size());
    if (point.value == U'(' || point.value == U'（') break;  // affiliations
    if (is_han(point.value)) {
      name += piece;
    } else if (point.value == U'·' || point.value == U'•') {
      return {};  // names of minorities need more care than a guess
    } else if (point.value == U' ' && name.size() == 3) {
      // "王 伟": a blank set for width inside a name of two characters
    } else {
      close();
      if (point.value < 0x80 && is_alpha(static_cast<char>(point.value))) return {};
    }
  }
  close();
  if (bad || names.empty() || names.size() > 40) return {};
  return names;
}

Head read_head(std::string_view text) {
  Head head;
  head.doi = find_doi(text.substr(0, 3000));
  std::vector<std::string_view> lines = split(text.substr(0, 12000), "\n");
  bool body = false;
  bool next_is_authors = false;
  int tried = 0;
  std::string_view first_line;
  for (std::string_view line : lines) {
    line = trim(line);
    if (line.empty()) continue;
    const bool heading = line.starts_with('#');
    while (line.starts_with('#') || line.starts_with(' ')) line.remove_prefix(1);
    body |= line.find("摘要") != std::string_view::npos || line.find("摘 要") != std::string_view::npos;
    if (heading && is_title_line(line)) {
      const bool chinese = 3 * 3 * han_count(line) >= static_cast<std::int64_t>(line.size());
      if (head.title.empty() && !body) {
        head.title = without_marks(std::string(line));
        next_is_authors = true;
        continue;
      }
      if (body && !chinese && head.title_english.empty() && std::count(line.begin(), line.end(), ' ') >= 3) head.title_english = without_marks(std::string(line));
    }
    if (next_is_authors && !body) head.authors = chinese_names(line);
    // The line behind the title; when that is a subtitle or a banner, the one after it.
    next_is_authors = next_is_authors && head.authors.empty() && ++tried < 3;
    if (first_line.empty() && is_title_line(line) && han_count(line) >= 6 && line.size() < 150 && line.find("。") == std::string_view::npos) first_line = line;
  }
  if (head.title.empty() && !first_line.empty()) head.title = without_marks(std::string(first_line));
  std::size_t start = 0;
  if (const std::size_t at = after_label(text, {"摘要", "摘 要", "摘  要", "[摘要]", "【摘要】", "内容提要"}, start); at != std::string_view::npos) {
    head.abstract = clean_value(until(text.substr(at), {"关键词", "关键字", "关 键 词", "中图分类号", "\n# ", "[关键词", "【关键词"}));
  }
  if (const std::size_t at = after_label(text, {"关键词", "关键字", "关 键 词"}, start); at != std::string_view::npos) {
    head.keywords = std::string(until(text.substr(at), {"\n", "中图分类号", "中图法分类号", "分类号", "文献标识码", "doi", "DOI", "文章编号"}));
  }
  if (const std::size_t at = after_label(text, {"Abstract", "ABSTRACT"}, start); at != std::string_view::npos) {
    head.abstract_english = clean_value(until(text.substr(at), {"Key words", "Keywords", "KEY WORDS", "Key Words", "KEYWORDS", "Keyword", "\n# ", "关键词"}));
  }
  return head;
}

class ChinaXiv : public JsonConverter {
 public:
  void convert(const JsonElement& d, Converted& out) const override {
    Draft draft;
    Record& record = draft.record;
    record.provenance.source = "chinaxiv";
    record.provenance.own_id = text(d, "id");
    record.type = "preprint";
    record.venue = "ChinaXiv";
    record.language = language_code(text(d, "lang"));
    record.date = parse_table_date(text(d, "submitted"), DateStyle::recognised, 2100);
    record.identifiers.push_back({"chinaxiv", record.provenance.own_id});
    const std::string raw_text = text(d, "text");
    const std::string raw_head = text(d, "head");
    const Head head = read_head(raw_head.empty() ? raw_text : raw_head);
    const bool chinese = record.language != "en";
    record.title = without_marks(text(d, "title"));
    // A title that is a DOI line, a citation or debris gives way to the first heading.
    const bool damaged = record.title.size() < 9 || starts_with_any(record.title, {"DOI", "doi", "http", "![", "ChinaXiv"}) || record.title.find("\ufffd") != std::string::npos ||
                         (chinese && !head.title.empty() && han_count(record.title) == 0 && han_count(head.title) > 4);
    if (damaged && !head.title.empty()) record.title = head.title;
    record.abstract = clean_value(text(d, "abstract"));
    if (!chinese && record.abstract.empty()) record.abstract = head.abstract_english;
    const bool cut = chinese && head.abstract.size() > record.abstract.size() + 60 && head.abstract.size() < 6000;
    if (chinese && (record.abstract.size() < 60 || cut)) record.abstract = head.abstract.empty() ? record.abstract : head.abstract;
    // "目的/意义]构建…": the bracket that opens went with the label.
    if (const std::size_t close = record.abstract.find(']'); close < 40 && record.abstract.find('[') > close) record.abstract.insert(0, "[");
    if (chinese) {
      record.title_translated = head.title_english;
      if (head.abstract_english.size() > 150 && han_count(head.abstract_english) * 20 < static_cast<std::int64_t>(head.abstract_english.size())) record.abstract_translated = head.abstract_english;
    } else if (head.abstract.size() > 100) {
      record.abstract_translated = head.abstract;
    }
    for (const JsonElement& keyword : elements(d, "keywords")) {
      std::string word = clean_value(scalar_text(keyword));
      word = word.substr(0, word.find("文章编号"));
      if (word.size() > 90) continue;  // a sentence
      // Words run together in one entry, apart by blanks.
      const bool several = is_cjk_text(word) && std::count(word.begin(), word.end(), ' ') >= 2;
      for (const std::string& one : split_values(word, several ? " " : "")) draft.add_one(plain_column(Field::keywords), one);
    }
    if (record.keywords.empty() && !head.keywords.empty()) {
      const std::string list = replace_all(replace_all(replace_all(head.keywords, "；", ";"), "，", ";"), ",", ";");
      for (const std::string& word : split_values(list, ";")) {
        if (word.size() <= 90) draft.add_one(plain_column(Field::keywords), word);
      }
    }
    for (const std::string& name : head.authors) draft.add_person(parse_person(name), {});
    add_identifier(record, "doi", head.doi);
    if (!raw_text.empty()) record.full_text = clean_long_text(raw_text);
    if (auto problem = draft.finish()) return out.reject(std::move(*problem));
    out.items.emplace_back(std::move(record));
  }
};

}  // namespace

std::unique_ptr<JsonConverter> chinaxiv_converter(const ReadOptions&) { return std::make_unique<ChinaXiv>(); }

}  // namespace jianwei::sources

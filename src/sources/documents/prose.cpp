#include "sources/documents/prose.h"

#include <algorithm>
#include <array>

#include "base/strings.h"
#include "records/unicode.h"
#include "sources/documents/prose_marks.h"
#include "sources/xml/parts.h"

namespace jianwei::sources::documents {
namespace {

constexpr std::size_t npos = std::string_view::npos;

// 二〇一六 -> 2016, 十二 -> 12; Arabic digits pass. Only what dates need.
std::string arabic_date(std::string_view text) {
  constexpr std::array<std::string_view, 10> kDigits = {"〇", "一", "二", "三", "四", "五", "六", "七", "八", "九"};
  std::string out;
  while (!text.empty()) {
    bool found = false;
    for (std::size_t d = 0; d < kDigits.size() && !found; ++d) {
      if (text.starts_with(kDigits[d]) || (d == 0 && (text.starts_with("零") || text.starts_with("○")))) {
        out += static_cast<char>('0' + d);
        text.remove_prefix(3);
        found = true;
      }
    }
    if (found) continue;
    if (text.starts_with("十")) {
      // ten: 十二 = 12, 二十 = 20, 二十八 = 28
      const bool tens = !out.empty() && is_digit(out.back());
      text.remove_prefix(3);
      const bool units = std::any_of(kDigits.begin() + 1, kDigits.end(), [&](std::string_view d) { return text.starts_with(d); });
      if (!tens) out += '1';
      if (!units) out += '0';
      continue;
    }
    out += text[0];
    text.remove_prefix(1);
  }
  return out;
}

// A date with 年 at the start of a text: "2016年7月28日", "2021 年 8 月", "二〇一六年七月二十八日"; and where it ends.
Date leading_date(std::string_view text, std::string_view* rest = nullptr) {
  const std::size_t year = text.find("年");
  if (year == npos || year > 16) return {};
  std::size_t end = year + 3;
  const std::size_t month = text.substr(0, std::min<std::size_t>(text.size(), end + 16)).find("月", end);
  if (month != npos) {
    end = month + 3;
    const std::size_t day = text.substr(0, std::min<std::size_t>(text.size(), end + 16)).find("日", end);
    if (day != npos) end = day + 3;
  }
  const std::string arabic = replace_all(arabic_date(text.substr(0, end)), " ", "");
  if (arabic.size() < 4 || !is_digit(arabic[0])) return {};
  const Result<Date> date = parse_date(arabic);
  if (!date) return {};
  if (rest != nullptr) *rest = text.substr(end);
  return *date;
}

// The value behind a label at the start of a paragraph, blanks inside the label ignored: "成文日期： 2018年12月21日".
// Pages of gov.cn have the label and its value in two paragraphs.
std::string labelled(const std::vector<std::string>& paragraphs, std::string_view label) {
  for (std::size_t i = 0; i < paragraphs.size() && i < 60; ++i) {
    const std::string& paragraph = paragraphs[i];
    std::size_t colon = paragraph.find("：");
    std::size_t width = 3;
    if (colon == npos || colon > 40) colon = paragraph.find(':'), width = 1;
    if (colon == npos || colon > 40 || replace_all(paragraph.substr(0, colon), " ", "") != label) continue;
    const std::string value(trim(std::string_view(paragraph).substr(colon + width)));
    if (!value.empty()) return value;
    if (i + 1 < paragraphs.size()) return paragraphs[i + 1];
  }
  return "";
}

// 国发〔2016〕43号: letters of the office, a year in brackets, a number.
std::string document_number(std::string_view text) {
  for (const auto& [open, close] : {std::pair<std::string_view, std::string_view>{"〔", "〕"}, {"[", "]"}, {"［", "］"}, {"（", "）"}}) {
    for (std::size_t at = text.find(open); at != npos; at = text.find(open, at + 1)) {
      const std::size_t digits = at + open.size();
      const std::size_t end = text.find(close, digits);
      if (end == npos || end != digits + 4 || !parse_int(text.substr(digits, 4))) continue;
      std::size_t tail = end + close.size();
      while (tail < text.size() && (is_digit(text[tail]) || text[tail] == ' ')) ++tail;
      if (tail == end + close.size() || !text.substr(tail).starts_with("号")) continue;
      // Back over the Chinese characters before the bracket.
      std::size_t begin = at;
      for (int steps = 0; begin >= 3 && steps < 12; ++steps) {
        if (!is_han(decode_utf8(text.substr(begin - 3)).value)) break;
        begin -= 3;
      }
      if (begin == at) continue;
      return replace_all(std::string(text.substr(begin, at - begin)) + "〔" + std::string(text.substr(digits, 4)) + "〕" + std::string(text.substr(end + close.size(), tail - end - close.size())) + "号", " ", "");
    }
  }
  return "";
}

bool is_author_line(std::string_view text) {
  // 薛美慧、丁明磊、尹西明 : two to four characters each
  std::vector<std::string_view> names = split(text, "、");
  return names.size() >= 2 && std::all_of(names.begin(), names.end(), [](std::string_view name) { const auto n = character_count(trim(name)); return n >= 2 && n <= 4; });
}

std::string after_label(std::string_view paragraph, std::initializer_list<std::string_view> labels) {
  std::string_view text = paragraph;
  while (text.starts_with("[") || text.starts_with("【") || text.starts_with("〔")) text.remove_prefix(text[0] == '[' ? 1 : 3);
  for (const std::string_view label : labels) {
    std::string_view rest = text;
    bool matched = true;
    std::string_view left = label;
    while (!left.empty() && matched) {  // blanks inside the label: "摘   要"
      while (!rest.empty() && rest[0] == ' ') rest.remove_prefix(1);
      const auto length = static_cast<std::size_t>(decode_utf8(left).length);
      matched = rest.starts_with(left.substr(0, length));
      if (matched) rest.remove_prefix(length), left.remove_prefix(length);
    }
    if (!matched) continue;
    bool marked = rest.empty() || rest[0] == ' ';
    for (bool more = true; more;) {
      more = false;
      for (const std::string_view sign : {"]", "】", "〕", "：", ":", " ", "—", "-"}) {
        if (rest.starts_with(sign)) rest.remove_prefix(sign.size()), more = marked = true;
      }
    }
    if (marked) return std::string(rest);
  }
  return "";
}

std::string first_sentence(std::string_view text, std::int64_t max_characters) {
  std::size_t end = npos;
  for (const std::string_view mark : {"。", ". ", "！", "？", "；"}) end = std::min(end, text.find(mark));
  std::string_view sentence = text.substr(0, end);
  if (character_count(sentence) > max_characters) {
    // At the last comma that fits.
    std::size_t cut = 0;
    std::int64_t characters = 0;
    for (std::size_t i = 0; i < sentence.size() && characters < max_characters; ++characters) {
      if (characters > max_characters / 4 && (sentence.substr(i).starts_with("，") || sentence[i] == ',')) cut = i;
      i += static_cast<std::size_t>(decode_utf8(sentence.substr(i)).length);
    }
    if (cut > 0) sentence = sentence.substr(0, cut);
  }
  return std::string(trim(sentence));
}

// The title of an English abstract at the end of a Chinese paper: between the end of the text and the authors' line.
std::string english_title(const std::vector<std::string>& paragraphs) {
  for (std::size_t i = 1; i < paragraphs.size(); ++i) {
    if (after_label(paragraphs[i], {"Abstract", "ABSTRACT"}).empty()) continue;
    for (std::size_t back = 1; back <= 4 && back <= i; ++back) {
      const std::string& candidate = paragraphs[i - back];
      if (is_cjk_text(candidate)) break;
      const std::size_t words = split_trimmed(candidate, " ").size();
      std::size_t capitals = 0;
      for (const char c : candidate) capitals += c >= 'A' && c <= 'Z' ? 1 : 0;
      // An affiliation is in brackets; authors' names have many capitals.
      if (words < 4 || candidate.starts_with("(") || candidate.starts_with("（") || 3 * capitals > candidate.size()) continue;
      const std::size_t address = candidate.find(" (");
      return address != npos && address > 40 ? candidate.substr(0, address) : candidate;
    }
    break;
  }
  return "";
}

std::string find_title(const std::vector<std::string>& paragraphs, const std::string& abstract) {
  if (const std::string title = labelled(paragraphs, "标题"); !title.empty()) return title;
  const std::size_t head = std::min<std::size_t>(paragraphs.size(), 40);
  // A title over up to three lines: 国务院关于印发 / “十三五”国家科技创新规划的通知
  for (std::size_t i = 0; i < std::min<std::size_t>(head, 12); ++i) {
    std::string joined = paragraphs[i];
    for (std::size_t more = 0; more < 3 && i + more < head; ++more) {
      if (more > 0) joined += paragraphs[i + more];
      if (is_heading(paragraphs[i + more]) || ends_sentence(joined) || !is_cjk_text(joined) || character_count(joined) > 90 || is_author_line(joined)) break;
      if (looks_like_title(joined) && !after_label(joined, {"关键词"}).size()) return joined;
    }
  }
  // Below an abstract, as extracted PDF has it; further down the same words end headings.
  for (std::size_t i = 0; i < std::min<std::size_t>(head, 8); ++i) {
    if (looks_like_title(paragraphs[i]) && !is_heading(paragraphs[i]) && is_cjk_text(paragraphs[i])) return paragraphs[i];
  }
  for (std::size_t i = 0; i < std::min<std::size_t>(head, 4); ++i) {
    const std::string& paragraph = paragraphs[i];
    const std::int64_t length = character_count(paragraph);
    const bool cjk = is_cjk_text(paragraph);
    if (length < 4 || length > (cjk ? 60 : 200) || ends_sentence(paragraph) || ends_with_comma(paragraph)) continue;
    if (is_heading(paragraph) || is_author_line(paragraph) || !std::any_of(paragraph.begin(), paragraph.end(), [](char c) { return is_alpha(c) || static_cast<unsigned char>(c) >= 0x80; })) continue;
    return paragraph;
  }
  if (std::string title = english_title(paragraphs); !title.empty()) return title;
  if (!abstract.empty()) return first_sentence(abstract, 60);
  for (const std::string& paragraph : paragraphs) {
    if (!is_author_line(paragraph) && !is_heading(paragraph) && character_count(paragraph) >= 10) return first_sentence(paragraph, is_cjk_text(paragraph) ? 60 : 200);
  }
  return paragraphs.empty() ? "" : first_sentence(paragraphs[0], 200);
}

// The date that the text gives itself; the strongest sign first.
Date find_date(const std::vector<std::string>& paragraphs, std::string_view number) {
  for (const std::string_view label : {"成文日期", "印发日期", "发布日期", "发布时间", "公布日期", "收稿日期", "日期", "时间", "Date", "Published"}) {
    const std::string value = labelled(paragraphs, label);
    if (value.empty()) continue;
    if (const Date date = leading_date(value); date.known()) return date;
    if (const Result<Date> date = parse_date(value.substr(0, 40)); date) return *date;
  }
  // 2010年12月23日 ...会议通过 below the title of a law; in brackets sometimes.
  for (std::size_t i = 0; i < std::min<std::size_t>(paragraphs.size(), 12); ++i) {
    std::string_view text = paragraphs[i];
    for (const std::string_view open : {"（", "("}) {
      if (text.starts_with(open)) text.remove_prefix(open.size());
    }
    std::string_view rest;
    const Date date = leading_date(text, &rest);
    if (!date.known()) continue;
    if (trim(rest).empty()) return date;
    for (const std::string_view act : {"通过", "批准", "公布", "发布", "国务院", "印发", "颁布"}) {
      if (rest.find(act) != npos) return date;
    }
  }
  // The signature at the end.
  for (std::size_t back = 1; back <= std::min<std::size_t>(paragraphs.size(), 12); ++back) {
    const std::string& paragraph = paragraphs[paragraphs.size() - back];
    if (character_count(paragraph) > 30) continue;
    std::string_view rest;
    for (std::size_t at = 0; at < paragraph.size(); at += static_cast<std::size_t>(decode_utf8(std::string_view(paragraph).substr(at)).length)) {
      const Date date = leading_date(std::string_view(paragraph).substr(at), &rest);
      if (date.known() && date.month != 0 && trim(rest).size() <= 9) return date;
      if (date.known()) break;
    }
  }
  // A line of its own, as in running headers: 2021 年 8 月; and 收稿日期 anywhere.
  for (const std::string& paragraph : paragraphs) {
    if (character_count(paragraph) > 60) continue;
    std::string_view rest;
    const Date date = leading_date(paragraph, &rest);
    if (date.known() && date.month != 0 && trim(rest).empty()) return date;
    if (const std::string received = after_label(paragraph, {"收稿日期"}); !received.empty()) {
      if (const Result<Date> read = parse_date(received); read) return *read;
    }
  }
  if (const std::size_t at = number.find("〔"); at != npos) {
    if (const Result<Date> date = parse_date(number.substr(at + 3, 4)); date) return *date;
  }
  // （来源：科技日报，2025年7月14日理论版）: the latest, when several pieces are put together.
  Date latest;
  for (const std::string& paragraph : paragraphs) {
    for (std::size_t at = paragraph.find("来源：") == npos ? paragraph.find("来源:") : paragraph.find("来源："); at != npos && at < paragraph.size(); ++at) {
      if (!is_digit(paragraph[at]) || (at > 0 && is_digit(paragraph[at - 1]))) continue;
      const Date date = leading_date(std::string_view(paragraph).substr(at));
      if (date.known() && date > latest) latest = date;
      break;
    }
  }
  return latest;
}

std::string find_issuer(const std::vector<std::string>& paragraphs, std::string_view title) {
  if (const std::string issuer = labelled(paragraphs, "发文机关"); !issuer.empty()) return issuer;
  // 国务院办公厅关于...的意见
  if (const std::size_t about = title.find("关于"); about != npos && about > 0) {
    const std::string_view before = title.substr(0, about);
    for (const std::string_view ending : {"院", "部", "委", "局", "厅", "府", "会", "署", "中央"}) {
      if (before.ends_with(ending) && character_count(before) <= 40) return std::string(before);
    }
  }
  // 第十三届人民代表大会常务委员会第二十二次会议通过
  for (std::size_t i = 0; i < std::min<std::size_t>(paragraphs.size(), 12); ++i) {
    std::string_view rest;
    if (!leading_date(paragraphs[i], &rest).known()) continue;
    const std::size_t congress = rest.find("人民代表大会");
    if (congress != npos) {
      std::size_t end = congress + std::string_view("人民代表大会").size();
      if (rest.substr(end).starts_with("常务委员会")) end += std::string_view("常务委员会").size();
      std::string_view name = trim(rest.substr(0, end));
      // The ordinal of the term is left out: 北京市第十三届人民代表大会 -> 北京市人民代表大会
      const std::size_t ordinal = name.find("第");
      const std::size_t term = name.find("届", ordinal == npos ? 0 : ordinal);
      if (ordinal != npos && term != npos) return std::string(name.substr(0, ordinal)) + std::string(name.substr(term + 3));
      return std::string(name);
    }
    if (rest.find("国务院") != npos && rest.find("国务院") < 12) return "国务院";
  }
  return "";
}

}  // namespace

ProseFacts read_prose(const std::vector<std::string>& paragraphs, std::string_view title_known) {
  ProseFacts facts;
  for (const std::string& paragraph : paragraphs) {
    if (facts.abstract.empty()) facts.abstract = after_label(paragraph, {"内容摘要", "摘要"});
    if (facts.abstract_translated.empty()) facts.abstract_translated = after_label(paragraph, {"Abstract", "ABSTRACT"});
    if (facts.keywords.empty()) {
      std::string words = after_label(paragraph, {"关键词", "Keywords", "Key words", "KEYWORDS"});
      for (const std::string_view mark : {"；", "，", "、", ","}) words = replace_all(std::move(words), mark, ";");
      if (words.find(';') != npos) facts.keywords = split_trimmed(words, ";");
    }
  }
  if (facts.abstract.empty()) facts.abstract.swap(facts.abstract_translated);
  facts.title = title_known.empty() ? find_title(paragraphs, facts.abstract) : std::string(title_known);

  std::int64_t articles = 0;
  for (const std::string& paragraph : paragraphs) articles += is_article(paragraph) ? 1 : 0;
  const std::size_t head = std::min<std::size_t>(paragraphs.size(), 20);
  for (std::size_t i = 0; i < head && facts.number.empty(); ++i) {
    if (character_count(paragraphs[i]) <= 60) facts.number = document_number(paragraphs[i]);
  }
  facts.issuer = find_issuer(paragraphs, facts.title);
  const bool official = is_policy_title(facts.title) && (articles > 0 || !facts.issuer.empty());
  facts.is_policy = articles >= 3 || !facts.number.empty() || official;
  if (!facts.is_policy) facts.issuer.clear();
  facts.date = find_date(paragraphs, facts.number);
  return facts;
}

void fill_from_prose(Record& record, const std::vector<std::string>& paragraphs) {
  ProseFacts facts = read_prose(paragraphs, record.title);
  const bool typed = !record.type.empty();
  if (!typed) {
    record.kind = facts.is_policy ? RecordKind::policy : RecordKind::post;
    record.type = facts.is_policy ? "policy" : "document";
  }
  record.title = std::move(facts.title);
  if (record.abstract.empty()) record.abstract = std::move(facts.abstract);
  if (record.abstract_translated.empty()) record.abstract_translated = std::move(facts.abstract_translated);
  if (record.keywords.empty()) record.keywords = std::move(facts.keywords);
  if (!record.date.known()) record.date = facts.date;
  for (const std::string& paragraph : paragraphs) xml::add_paragraph(record.full_text, paragraph);
  if (record.language.empty() && is_cjk_text(std::string_view(record.full_text).substr(0, 20000))) record.language = "zh";
  if (record.kind != RecordKind::policy) return;
  if (!facts.number.empty()) {
    record.identifiers.push_back({"document_number", facts.number});
    record.provenance.own_id = facts.number;
  }
  if (!facts.issuer.empty()) {
    xml::add_organisation(record, facts.issuer, is_cjk_text(facts.issuer) ? "CN" : "", "issuer");
    if (record.venue.empty()) record.venue = facts.issuer;
  }
}

}  // namespace jianwei::sources::documents

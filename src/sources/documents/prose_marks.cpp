#include "sources/documents/prose_marks.h"

#include <algorithm>
#include <array>
#include <string>

#include "base/strings.h"
#include "records/unicode.h"

namespace jianwei::sources::documents {
namespace {

template <std::size_t N>
bool ends_with_any(std::string_view text, const std::array<std::string_view, N>& endings) {
  return std::any_of(endings.begin(), endings.end(), [&](std::string_view ending) { return text.ends_with(ending); });
}

// A number in Chinese or Arabic digits at the start; its length in bytes.
std::size_t leading_number(std::string_view text) {
  constexpr std::array<std::string_view, 14> kDigits = {"一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "百", "零", "〇", "千"};
  std::size_t length = 0;
  for (bool more = true; more && length < text.size();) {
    more = false;
    if (is_digit(text[length])) {
      ++length;
      more = true;
      continue;
    }
    for (const std::string_view digit : kDigits) {
      if (text.substr(length).starts_with(digit)) {
        length += digit.size();
        more = true;
        break;
      }
    }
  }
  return length;
}

// "第" number "条"
bool is_numbered(std::string_view text, std::string_view unit) {
  if (!text.starts_with("第")) return false;
  text.remove_prefix(std::string_view("第").size());
  const std::size_t length = leading_number(text);
  return length > 0 && text.substr(length).starts_with(unit);
}

constexpr std::array<std::string_view, 22> kPolicyEndings = {"通知", "办法", "条例", "意见", "决定", "规定", "细则", "公告", "通告", "规划", "方案", "纲要", "批复", "命令", "措施", "章程", "规则", "指南", "政策", "准则", "议定书", "计划"};

bool ends_as_policy(std::string_view text) {
  for (const std::string_view bracket : {"》", "”"}) {
    if (text.ends_with(bracket)) text.remove_suffix(bracket.size());
  }
  // 中华人民共和国科学技术进步法; （试行）, （2021—2035年） and the like are set aside.
  for (const std::string_view open : {"（", "("}) {
    const std::size_t at = text.rfind(open);
    if (at != std::string_view::npos && at > 0 && (text.ends_with("）") || text.ends_with(")"))) text = text.substr(0, at);
  }
  text = trim(text);
  return ends_with_any(text, kPolicyEndings) || (text.ends_with("法") && !text.ends_with("方法") && !text.ends_with("算法") && !text.ends_with("做法"));
}

}  // namespace

std::int64_t character_count(std::string_view text) {
  return std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; });
}

bool ends_sentence(std::string_view text) {
  for (bool more = true; more;) {
    more = false;
    for (const std::string_view close : {"”", "’", "）", "》", "」", "\"", ")", "]"}) {
      if (text.ends_with(close) && text.size() > close.size()) {
        text.remove_suffix(close.size());
        more = true;
      }
    }
  }
  constexpr std::array<std::string_view, 14> kEnds = {"。", "！", "？", "；", "：", ".", "!", "?", ";", ":", "．", "■", "□", "…"};
  return ends_with_any(text, kEnds);
}

bool ends_with_comma(std::string_view text) {
  constexpr std::array<std::string_view, 8> kCommas = {"，", "、", ",", "（", "(", "“", "《", "—"};
  return ends_with_any(text, kCommas);
}

bool ends_wide(std::string_view text) {
  if (text.empty()) return false;
  std::size_t at = text.size() - 1;
  while (at > 0 && (static_cast<unsigned char>(text[at]) & 0xc0) == 0x80) --at;
  const char32_t c = decode_utf8(text.substr(at)).value;
  return c >= 0x2e80 || c == 0x201c || c == 0x201d || c == 0x2014;
}

bool starts_wide(std::string_view text) {
  if (text.empty()) return false;
  const char32_t c = decode_utf8(text).value;
  return c >= 0x2e80 || c == 0x201c || c == 0x201d || c == 0x2014;
}

bool is_article(std::string_view text) {
  if (is_numbered(text, "条")) return true;
  for (const std::string_view word : {"Article ", "Section ", "SECTION ", "SEC. ", "Sec. ", "§ "}) {
    if (text.starts_with(word) && text.size() > word.size() && is_digit(text[word.size()])) return true;
  }
  return false;
}

bool is_heading(std::string_view text) {
  if (is_article(text)) return true;
  for (const std::string_view unit : {"章", "节", "编", "部分", "篇"}) {
    if (is_numbered(text, unit)) return true;
  }
  for (const std::string_view word : {"摘要", "摘 要", "[摘", "【摘", "关键词", "[关键词", "【关键词", "参考文献", "Abstract", "ABSTRACT", "Keywords", "Key words", "KEYWORDS", "收稿日期", "作者简介", "基金项目", "图 ", "表 ", "附件", "（来源"}) {
    if (text.starts_with(word)) return true;
  }
  const std::size_t number = leading_number(text);
  if (number > 0 && text.substr(number).starts_with("、")) return true;
  for (const std::string_view open : {"（", "("}) {
    if (!text.starts_with(open)) continue;
    const std::string_view inside = text.substr(open.size());
    const std::size_t length = leading_number(inside);
    if (length > 0 && (inside.substr(length).starts_with("）") || inside.substr(length).starts_with(")"))) return true;
  }
  // "1.1 Title", "3 Methods": a short number, a blank, then letters; a sentence that starts with a number is longer.
  std::size_t i = 0;
  while (i < text.size() && i < 8 && (is_digit(text[i]) || text[i] == '.')) ++i;
  if (i > 0 && i <= 7 && i < text.size() && text[i] == ' ' && text.find('.') != std::string_view::npos && text.find('.') < i && character_count(text) <= 60) return !ends_sentence(text);
  return i > 0 && i <= 2 && i < text.size() && text[i] == ' ' && starts_wide(text.substr(i + 1)) && character_count(text) <= 40 && !ends_sentence(text) && !ends_with_comma(text);
}

bool is_policy_title(std::string_view text) { return character_count(text) <= 90 && text.find("。") == std::string_view::npos && ends_as_policy(text); }

bool looks_like_title(std::string_view text) {
  const std::int64_t length = character_count(text);
  if (length < 5 || length > 80 || ends_sentence(text) || ends_with_comma(text)) return false;
  for (const std::string_view mark : {"。", "；", "．"}) {
    if (text.find(mark) != std::string_view::npos) return false;
  }
  constexpr std::array<std::string_view, 30> kEndings = {"研究", "分析", "启示", "思考", "建议", "对策", "探讨", "综述", "进展", "趋势", "展望", "影响", "路径", "机制", "战略", "模式", "实践", "探索",
                                                         "报告", "评估", "评价", "比较", "借鉴", "现状", "述评", "白皮书", "蓝皮书", "年鉴", "讲话", "解读"};
  return ends_with_any(text, kEndings) || ends_as_policy(text);
}

}  // namespace jianwei::sources::documents

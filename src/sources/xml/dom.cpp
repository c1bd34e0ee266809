#include "sources/xml/dom.h"

#include <algorithm>
#include <array>

#include "base/strings.h"
#include "records/unicode.h"
#include "sources/xml/cutter.h"

namespace jianwei::sources::xml {
namespace {

constexpr int kMaxDepth = 400;  // of recursion; the cutter refuses deeper records

// Elements that stand between words; all others (sub, i, fixed-case, style, ...) inside them.
bool is_block(std::string_view name) {
  static constexpr std::array<std::string_view, 30> kBlocks = {
      "AbstractText", "BTEXT", "DIV", "H",  "LI",   "P",   "PARA", "abstract", "br",        "claim",   "claim-text", "disp-formula", "div", "entry", "h1",
      "h2",           "h3",    "h4", "heading", "label", "li", "list-item", "p", "paragraph", "row", "sec", "section", "title", "td", "tr"};
  return std::find(kBlocks.begin(), kBlocks.end(), name) != kBlocks.end();
}

void append_text(std::string& out, const Node& node, int depth, char separator) {
  for (const Node& part : node.children()) {
    switch (part.type()) {
      case pugi::node_pcdata:
      case pugi::node_cdata:
        out += part.value();
        break;
      case pugi::node_element: {
        if (depth >= kMaxDepth) break;
        const bool block = is_block(local_name(part));
        if (block && !out.empty()) out += separator;
        append_text(out, part, depth + 1, separator);
        if (block) out += separator;
        break;
      }
      default:
        break;
    }
  }
}

void collect(const Node& node, std::string_view name, int depth, std::vector<Node>& found) {
  for (const Node& part : node.children()) {
    if (part.type() != pugi::node_element) continue;
    if (local_name(part) == name) found.push_back(part);
    if (depth < kMaxDepth) collect(part, name, depth + 1, found);
  }
}

}  // namespace

std::string_view local_name(const Node& node) { return local_part(node.name()); }

Node child(const Node& node, std::string_view path) {
  const std::size_t slash = path.find('/');
  const std::string_view step = path.substr(0, slash);
  for (const Node& part : node.children()) {
    if (part.type() != pugi::node_element || local_name(part) != step) continue;
    if (slash == std::string_view::npos) return part;
    if (const Node found = child(part, path.substr(slash + 1))) return found;
  }
  return {};
}

std::vector<Node> children(const Node& node, std::string_view path) {
  const std::size_t slash = path.find('/');
  const std::string_view step = path.substr(0, slash);
  std::vector<Node> found;
  for (const Node& part : node.children()) {
    if (part.type() != pugi::node_element || local_name(part) != step) continue;
    if (slash == std::string_view::npos) {
      found.push_back(part);
    } else {
      const std::vector<Node> below = children(part, path.substr(slash + 1));
      found.insert(found.end(), below.begin(), below.end());
    }
  }
  return found;
}

std::vector<Node> descendants(const Node& node, std::string_view name) {
  std::vector<Node> found;
  collect(node, name, 0, found);
  return found;
}

std::string attribute(const Node& node, std::string_view name) {
  for (const pugi::xml_attribute& entry : node.attributes()) {
    if (local_part(entry.name()) != name) continue;
    std::string value(trim(entry.value()));
    ensure_utf8(value);  // "&#x110000;" names no character
    return value;
  }
  return "";
}

std::string text_of(const Node& node) {
  std::string text;
  append_text(text, node, 0, ' ');
  return clean_text(text);
}

std::string text_at(const Node& node, std::string_view path) {
  const Node found = child(node, path);
  return found ? text_of(found) : "";
}

std::string paragraphs_of(const Node& node) {
  constexpr char kBreak = '\x1e';  // record separator: never in XML text
  std::string text;
  append_text(text, node, 0, kBreak);
  std::string lines;
  for (const std::string_view part : split(text, std::string_view(&kBreak, 1))) {
    const std::string line = clean_text(part);
    if (line.empty()) continue;
    if (!lines.empty()) lines += '\n';
    lines += line;
  }
  return lines;
}

std::vector<std::string> texts_at(const Node& node, std::string_view path) {
  std::vector<std::string> texts;
  for (const Node& found : children(node, path)) {
    std::string text = text_of(found);
    if (!text.empty()) texts.push_back(std::move(text));
  }
  return texts;
}

Date valid_date(std::string_view text) {
  const Result<Date> date = parse_date(text);
  return date ? *date : Date{};
}

Date date_at(const Node& node, std::string_view path) {
  const std::string text = text_at(node, path);
  return text.empty() ? Date{} : valid_date(text);
}

Date date_of_parts(const Node& node) {
  std::string year;
  std::string month;
  std::string day;
  for (const Node& part : node.children()) {
    const std::string name = to_lower_ascii(local_name(part));
    if (name == "year") year = text_of(part);
    if (name == "month") month = text_of(part);
    if (name == "day") day = text_of(part);
  }
  Date date = valid_date(year);
  if (!date.known()) return date;
  date.month = date.day = 0;
  if (const int number = parse_month(month); number > 0) {
    date = valid_date(fmt::format("{:04}-{:02}-{}", static_cast<int>(date.year), number, day));
  }
  return date;
}

}  // namespace jianwei::sources::xml

// One pass over the tags keeps a stack of what matters (ignored parts, main parts, links) and cuts the text into blocks at block elements.
#include "sources/documents/html.h"

#include <algorithm>
#include <array>

#include "base/strings.h"
#include "records/unicode.h"

namespace jianwei::sources::documents {
namespace {

constexpr std::size_t npos = std::string_view::npos;

struct Tag {
  std::string name;              // lower case
  bool closing = false;
  bool empty = false;            // "/>"
  std::string_view attributes;
};

template <std::size_t N>
bool one_of(std::string_view name, const std::array<std::string_view, N>& names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

bool is_block(std::string_view name) {
  constexpr std::array<std::string_view, 33> kBlocks = {"address", "article", "aside", "blockquote", "body", "br", "dd", "div", "dl", "dt", "fieldset",
                                                        "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr",
                                                        "li", "main", "nav", "ol", "p", "section", "table", "td", "tr", "ul"};
  return one_of(name, kBlocks);
}
bool is_raw(std::string_view name) {  // their content is no text and may hold "<"
  constexpr std::array<std::string_view, 5> kRaw = {"script", "style", "textarea", "svg", "template"};
  return one_of(name, kRaw);
}
bool is_void(std::string_view name) {
  constexpr std::array<std::string_view, 10> kVoid = {"br", "hr", "img", "input", "link", "meta", "source", "wbr", "col", "area"};
  return one_of(name, kVoid);
}
bool is_boilerplate(std::string_view name) {
  constexpr std::array<std::string_view, 9> kBoilerplate = {"nav", "header", "footer", "aside", "form", "button", "select", "noscript", "iframe"};
  return one_of(name, kBoilerplate);
}

// Classes and ids that name what surrounds a text; whole words of the attribute only.
bool names_boilerplate(std::string_view attribute) {
  constexpr std::array<std::string_view, 16> kWords = {"nav", "navbar", "menu", "sidebar", "footer", "breadcrumb", "breadcrumbs", "comments", "comment", "share", "social", "related", "advert", "ads", "cookie", "pagination"};
  const std::string lower = to_lower_ascii(attribute);
  std::size_t begin = 0;
  while (begin < lower.size()) {
    const std::size_t end = lower.find_first_of(" -_", begin);
    if (one_of(std::string_view(lower).substr(begin, end == npos ? npos : end - begin), kWords)) return true;
    if (end == npos) break;
    begin = end + 1;
  }
  return false;
}

std::string attribute(std::string_view attributes, std::string_view name) {
  std::size_t i = 0;
  while (i < attributes.size()) {
    while (i < attributes.size() && (is_space(attributes[i]) || attributes[i] == '/')) ++i;
    const std::size_t begin = i;
    while (i < attributes.size() && !is_space(attributes[i]) && attributes[i] != '=') ++i;
    const std::string_view found = attributes.substr(begin, i - begin);
    while (i < attributes.size() && is_space(attributes[i])) ++i;
    std::string_view value;
    if (i < attributes.size() && attributes[i] == '=') {
      ++i;
      while (i < attributes.size() && is_space(attributes[i])) ++i;
      if (i < attributes.size() && (attributes[i] == '"' || attributes[i] == '\'')) {
        const std::size_t end = attributes.find(attributes[i], i + 1);
        value = attributes.substr(i + 1, end == npos ? npos : end - i - 1);
        i = end == npos ? attributes.size() : end + 1;
      } else {
        const std::size_t end = attributes.find_first_of(" \t\r\n", i);
        value = attributes.substr(i, end == npos ? npos : end - i);
        i = end == npos ? attributes.size() : end;
      }
    } else if (found.empty()) {
      ++i;
    }
    if (equals_ignore_case(found, name)) return clean_text(value);
  }
  return "";
}

struct Block {
  std::string text;
  std::size_t link_bytes = 0;
  bool main = false;
  bool boilerplate = false;
  bool heading = false;
};

struct Scan {
  HtmlPage page;
  std::vector<Block> blocks;
};

class Scanner {
 public:
  explicit Scanner(std::string_view html) : html_(html) {}

  Scan run() {
    std::size_t at = 0;
    while (at < html_.size()) {
      const std::size_t open = html_.find('<', at);
      text(html_.substr(at, open == npos ? npos : open - at));
      if (open == npos) break;
      at = markup(open);
    }
    end_block();
    return std::move(scan_);
  }

 private:
  struct Open {
    std::string name;
    bool boilerplate, main, link, title, heading;
  };

  void text(std::string_view part) {
    if (part.empty()) return;
    if (in(&Open::title)) scan_.page.title += part;
    else {
      block_.text += part;
      if (in(&Open::link)) block_.link_bytes += part.size();
    }
  }
  bool in(bool Open::*what) const {
    return std::any_of(open_.begin(), open_.end(), [&](const Open& open) { return open.*what; });
  }
  void end_block() {
    std::string text = clean_text(block_.text);
    if (!text.empty()) {
      block_.text = std::move(text);
      block_.main = in(&Open::main);
      block_.boilerplate = in(&Open::boilerplate);
      block_.heading = in(&Open::heading);
      if (block_.heading && scan_.page.heading.empty() && !open_.empty() && open_.back().name == "h1") scan_.page.heading = block_.text;
      scan_.blocks.push_back(std::move(block_));
    }
    block_ = Block{};
  }

  std::size_t markup(std::size_t at) {
    const std::string_view rest = html_.substr(at);
    if (rest.starts_with("<!--")) {
      const std::size_t end = rest.find("-->", 4);
      return end == npos ? html_.size() : at + end + 3;
    }
    if (rest.starts_with("<![CDATA[")) {
      const std::size_t end = rest.find("]]>");
      text(rest.substr(9, end == npos ? npos : end - 9));
      return end == npos ? html_.size() : at + end + 3;
    }
    const bool closing = rest.size() > 1 && rest[1] == '/';
    std::size_t name_end = closing ? 2 : 1;
    const std::size_t name_begin = name_end;
    while (name_end < rest.size() && (is_alpha(rest[name_end]) || is_digit(rest[name_end]) || rest[name_end] == '-' || rest[name_end] == ':')) ++name_end;
    if (name_end == name_begin && rest.size() > 1 && rest[1] != '!' && rest[1] != '?') {
      text("<");
      return at + 1;
    }
    // The end of the tag, quotes respected as far as they close within it.
    std::size_t end = name_end;
    char quote = 0;
    const std::size_t limit = std::min<std::size_t>(rest.size(), 65536);
    while (end < limit && (quote != 0 || rest[end] != '>')) {
      if (quote != 0) quote = rest[end] == quote ? '\0' : quote;
      else if (rest[end] == '"' || rest[end] == '\'') quote = rest[end];
      ++end;
    }
    if (end >= limit) end = std::min(rest.find('>'), rest.size());
    Tag tag;
    tag.name = to_lower_ascii(rest.substr(name_begin, name_end - name_begin));
    tag.closing = closing;
    tag.attributes = end > name_end ? rest.substr(name_end, end - name_end) : std::string_view();
    tag.empty = tag.attributes.ends_with("/");
    const std::size_t past = std::min(html_.size(), at + end + 1);
    return handle(tag, past);
  }

  std::size_t handle(const Tag& tag, std::size_t past) {
    if (!tag.closing && is_raw(tag.name) && !tag.empty) {
      // Up to its end tag, whatever stands in between.
      for (std::size_t at = html_.find("</", past); at != npos; at = html_.find("</", at + 2)) {
        if (equals_ignore_case(html_.substr(at + 2, tag.name.size()), tag.name)) {
          const std::size_t end = html_.find('>', at);
          return end == npos ? html_.size() : end + 1;
        }
      }
      return html_.size();
    }
    if (tag.name == "meta" && !tag.closing) return meta(tag), past;
    if (tag.name == "link" && attribute(tag.attributes, "rel") == "canonical") scan_.page.canonical = attribute(tag.attributes, "href");
    if (tag.name == "html" && !tag.closing) scan_.page.language = attribute(tag.attributes, "lang");
    if (tag.name == "time" && !tag.closing && scan_.page.time.empty()) scan_.page.time = attribute(tag.attributes, "datetime");
    if (is_block(tag.name)) end_block();
    if (is_void(tag.name) || tag.empty) return past;
    if (tag.closing) {
      // Closes the innermost element of the name and what was left open in it.
      for (std::size_t i = open_.size(); i-- > 0 && open_.size() - i < 64;) {
        if (open_[i].name != tag.name) continue;
        open_.resize(i);
        break;
      }
    } else if (open_.size() < 256) {
      const bool named = tag.name != "body" && tag.name != "html" && tag.name != "main" && tag.name != "article" &&
                         (names_boilerplate(attribute(tag.attributes, "class")) || names_boilerplate(attribute(tag.attributes, "id")));
      // A <p> or <li> ends the one before it.
      if ((tag.name == "p" || tag.name == "li") && !open_.empty() && open_.back().name == tag.name) open_.pop_back();
      const bool header_of_text = tag.name == "header" && in(&Open::main);
      open_.push_back({tag.name, named || (is_boilerplate(tag.name) && !header_of_text), tag.name == "article" || tag.name == "main", tag.name == "a", tag.name == "title",
                       tag.name.size() == 2 && tag.name[0] == 'h' && tag.name[1] >= '1' && tag.name[1] <= '6'});
    }
    return past;
  }

  void meta(const Tag& tag) {
    for (const std::string_view key : {"name", "property", "itemprop"}) {
      const std::string name = to_lower_ascii(attribute(tag.attributes, key));
      if (name.empty()) continue;
      scan_.page.meta.emplace(name, attribute(tag.attributes, "content"));
      return;
    }
  }

  std::string_view html_;
  Scan scan_;
  Block block_;
  std::vector<Open> open_;
};

}  // namespace

HtmlPage read_html(std::string_view html) {
  Scan scan = Scanner(html).run();
  scan.page.title = clean_text(scan.page.title);
  // A block made of links is navigation, wherever it stands.
  const auto is_text = [](const Block& block) { return !block.boilerplate && (block.heading || 2 * block.link_bytes <= block.text.size()); };
  std::size_t main_bytes = 0;
  std::size_t all_bytes = 0;
  for (const Block& block : scan.blocks) {
    if (!is_text(block)) continue;
    all_bytes += block.text.size();
    main_bytes += block.main ? block.text.size() : 0;
  }
  const bool only_main = 4 * main_bytes >= all_bytes && main_bytes > 0;
  for (const Block& block : scan.blocks) {
    if (!is_text(block) || (only_main && !block.main)) continue;
    if (!scan.page.text.empty()) scan.page.text += '\n';
    scan.page.text += block.text;
  }
  return std::move(scan.page);
}

std::string html_to_text(std::string_view html) {
  const Scan scan = Scanner(html).run();
  std::string text;
  for (const Block& block : scan.blocks) {
    if (!text.empty()) text += '\n';
    text += block.text;
  }
  return text;
}

}  // namespace jianwei::sources::documents

// HTML to text, tolerant of everything the web holds: no tree is built, tags are taken as they come.
//
// The main text of a page is chosen by a simple readability rule: navigation, headers, footers, asides, forms and scripts are left out;
// of the remaining blocks those are kept that hold text rather than links, from <article> or <main> when these hold enough of it.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace jianwei::sources::documents {

struct HtmlPage {
  std::multimap<std::string, std::string> meta;  // <meta name|property|itemprop> in lower case -> content, in order of the page per name
  std::string title;                             // <title>
  std::string heading;                           // the first <h1>
  std::string language;                          // <html lang>, as written
  std::string canonical;                         // <link rel=canonical>
  std::string time;                              // the first <time datetime>
  std::string text;                              // the main text, a paragraph a line
};

HtmlPage read_html(std::string_view html);

// All text of a fragment, a paragraph a line; for feeds, where everything is main text.
std::string html_to_text(std::string_view html);

}  // namespace jianwei::sources::documents

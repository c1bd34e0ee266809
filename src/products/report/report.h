// A report as a value, and its renderings. Text is in one language already; the renderers know HTML and DOCX, not foresight.
//
// Every number that rests on documents carries the key of an Evidence: in the HTML a click lists all of them, in print and DOCX it leads to the
// appendix with the first ones and the command that lists the rest.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <variant>
#include <vector>

#include "base/result.h"

namespace jianwei::products {

struct DocumentRef {
  std::string id;      // of the merged record
  std::string title;
  std::int32_t year = 0;
  std::string venue;
  std::string url;     // "" none
};

// The documents behind one number, as rows of Report::documents; all of them, in the order of their weight.
struct Evidence {
  std::string title;
  std::vector<std::int32_t> documents;
  std::string explanation;  // how the number comes from them
};

struct ReportCell {
  std::string text;
  std::string evidence;     // key of Report::evidence, "" none
  std::string svg;          // drawn instead of the text when given (sparklines)
  std::string note;         // small print under the text
};

struct Column {
  std::string title;
  bool numeric = false;
};

struct Table {
  std::string title;
  std::vector<Column> columns;
  std::vector<std::vector<ReportCell>> rows;
  std::string note;
};

struct Figure {
  std::string svg;          // links inside it are "#ev-<key>"
  std::string caption;
};

struct Paragraph {
  std::vector<ReportCell> runs;   // text runs, each may open evidence
};

struct MethodCard {
  std::string name;
  std::string question;     // in the words of an analyst
  std::string formula;      // plain text
  std::string parameters;   // as used in this run
  std::string limits;
  std::string source;       // citation with DOI
};

// A few numbers set large, side by side.
struct Tiles {
  struct Tile {
    ReportCell number;
    std::string label;
  };
  std::vector<Tile> tiles;
};

using Block = std::variant<Paragraph, Table, Figure, MethodCard, Tiles>;

struct Section {
  std::string id;           // anchor
  std::string title;
  std::vector<Block> blocks;
};

struct Report {
  std::string language;     // zh or en
  std::string title;
  std::string subtitle;
  std::string series;       // "issue 3"; "" = no issue of a series
  std::string warning;      // printed on top of every rendering, e.g. that the data are synthetic
  std::vector<std::pair<std::string, std::string>> facts;  // data version, filters, seed, software version, date
  std::vector<Section> sections;
  std::vector<DocumentRef> documents;
  std::map<std::string, Evidence> evidence;  // by key: letters, digits, "-" and "_"
};

// The words of the frame ("Contents", "Documents behind this number", ...) by key, in the report's language.
using FrameWords = std::map<std::string, std::string>;

enum class Medium { screen, print };

// One file that works offline: no script or style from elsewhere; works without script through the appendix. On screen a number opens the list of all
// its documents (JSON inside the page, deflated above 1 MB); in print there is no script and the appendix is set small.
std::string render_html(const Report& report, const FrameWords& words, Medium medium = Medium::screen);

// The plain form that pandoc turns into DOCX: no script, figures as references to `figure_files` in their order.
std::string render_plain_html(const Report& report, const FrameWords& words, const std::vector<std::string>& figure_files);

// Slides, 16:9: a title, figures and tables one a slide (long ones over several), then the documents behind the numbers. `figure_pngs` [figures]: the
// pictures of figure_svgs() for programs that do not draw SVG. The same report gives the same bytes.
std::string render_pptx(const Report& report, const FrameWords& words, const std::vector<std::string>& figure_pngs);

// The SVGs of the figures in reading order.
std::vector<std::string> figure_svgs(const Report& report);

}  // namespace jianwei::products

// The report as one HTML file. The documents and the evidence lists are JSON inside the page, which report_js.inc shows; without
// script the links lead to the appendix.
#include <fmt/format.h>

#include "base/encoding.h"
#include "base/json_writer.h"
#include "base/strings.h"
#include "products/charts/svg.h"
#include "products/exporters/deflate.h"
#include "products/report/evidence_numbers.h"
#include "products/report/report.h"

namespace jianwei::products {
namespace {

constexpr std::string_view kStyle =
#include "products/report/report_css.inc"
    ;
constexpr std::string_view kScript =
#include "products/report/report_js.inc"
    ;

constexpr std::size_t kAppendixDocuments = 10;  // of each evidence on screen; the rest opens by script or on the command line
constexpr std::size_t kPrintedDocuments = 4;    // in print and DOCX
constexpr std::size_t kDeflateBytes = std::size_t{1} << 20;

class Renderer {
 public:
  // `figure_files`: the plain form, its figures as files; null: the styled page.
  Renderer(const Report& report, const FrameWords& words, Medium medium, const std::vector<std::string>* figure_files)
      : report_(report), words_(words), styled_(figure_files == nullptr), interactive_(styled_ && medium == Medium::screen), figure_files_(figure_files), numbers_(report) {}

  std::string page() {
    out_ = fmt::format("<!doctype html>\n<html lang=\"{}\">\n<head><meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                       "<title>{}</title>\n",
                       report_.language == "zh" ? "zh-CN" : "en", escape_xml(report_.title));
    if (styled_) out_ += fmt::format("<style>{}</style>\n", kStyle);
    out_ += "</head>\n<body>\n";
    header();
    for (const Section& section : report_.sections) {
      out_ += fmt::format("<section id=\"{}\">\n<h2>{}</h2>\n", section.id, escape_xml(section.title));
      for (const Block& block : section.blocks) std::visit([this](const auto& content) { write(content); }, block);
      out_ += "</section>\n";
    }
    appendix();
    out_ += "</main>\n";
    if (interactive_) data_and_script();
    return std::move(out_) + "</body>\n</html>\n";
  }

 private:
  const std::string& word(const std::string& key) const {
    static const std::string kNone;
    const auto found = words_.find(key);
    return found == words_.end() ? kNone : found->second;
  }

  void header() {
    if (interactive_) {
      out_ += fmt::format("<nav><b>{}</b>\n", escape_xml(word("contents")));
      for (const Section& section : report_.sections) out_ += fmt::format("<a href=\"#{}\">{}</a>\n", section.id, escape_xml(section.title));
      out_ += fmt::format("<a href=\"#evidence\">{}</a></nav>\n", escape_xml(word("appendix")));
    }
    out_ += fmt::format("<main>\n<header>\n<h1>{}</h1>\n<p class=\"subtitle\">{}{}{}</p>\n", escape_xml(report_.title), escape_xml(report_.series), report_.series.empty() ? "" : " · ", escape_xml(report_.subtitle));
    if (!report_.warning.empty()) out_ += fmt::format("<p class=\"warning\"><strong>{}</strong></p>\n", escape_xml(report_.warning));
    out_ += "<table class=\"facts\"><tbody>\n";
    for (const auto& [name, value] : report_.facts) out_ += fmt::format("<tr><th>{}</th><td>{}</td></tr>\n", escape_xml(name), escape_xml(value));
    out_ += "</tbody></table>\n</header>\n";
  }

  std::string run(const ReportCell& cell) const {
    std::string text = cell.svg.empty() || !styled_ ? escape_xml(cell.text) : cell.svg;
    if (!cell.evidence.empty()) text = fmt::format("<a class=\"n\" href=\"#ev-{0}\" data-e=\"{0}\">{1}</a>", cell.evidence, text);
    // On paper a number names its place in the appendix.
    if (!cell.evidence.empty() && !interactive_) text += fmt::format("<sup>E{}</sup>", numbers_.of(cell.evidence));
    if (!cell.note.empty()) text += fmt::format("<small>{}</small>", escape_xml(cell.note));
    return text;
  }

  void write(const Paragraph& paragraph) {
    out_ += "<p>";
    for (const ReportCell& cell : paragraph.runs) out_ += run(cell);
    out_ += "</p>\n";
  }

  void write(const Table& table) {
    out_ += "<div class=\"table\"><table>\n";
    if (!table.title.empty()) out_ += fmt::format("<caption>{}</caption>\n", escape_xml(table.title));
    out_ += "<thead><tr>";
    for (const Column& column : table.columns) out_ += fmt::format("<th{}>{}</th>", column.numeric ? " class=\"num\"" : "", escape_xml(column.title));
    out_ += "</tr></thead>\n<tbody>\n";
    for (const auto& row : table.rows) {
      out_ += "<tr>";
      for (std::size_t c = 0; c < row.size(); ++c) {
        const bool numeric = c < table.columns.size() && table.columns[c].numeric;
        out_ += fmt::format("<td{}>{}</td>", numeric ? " class=\"num\"" : "", run(row[c]));
      }
      out_ += "</tr>\n";
    }
    out_ += "</tbody></table></div>\n";
    if (!table.note.empty()) out_ += fmt::format("<p class=\"note\">{}</p>\n", escape_xml(table.note));
  }

  void write(const Figure& figure) {
    if (figure_files_ != nullptr) {
      out_ += fmt::format("<p><img src=\"{}\" alt=\"{}\"></p>\n", (*figure_files_)[figure_count_], escape_xml(figure.caption));
    } else {
      out_ += fmt::format("<figure>{}", figure.svg);
    }
    ++figure_count_;
    const std::string behind = interactive_ ? "" : numbers_.list(evidence_of(figure));
    if (!figure.caption.empty() || !behind.empty()) {
      const std::string_view element = figure_files_ != nullptr ? "p" : "figcaption";
      out_ += fmt::format("<{0}>{1}{2}{3}</{0}>\n", element, escape_xml(figure.caption), behind.empty() ? "" : " ", behind.empty() ? "" : escape_xml(word("evidence")) + " " + behind);
    }
    if (figure_files_ == nullptr) out_ += "</figure>\n";
  }

  void write(const Tiles& tiles) {
    if (!styled_) {  // a table of one row: pandoc knows no boxes
      Table table{"", {}, {{}}, ""};
      for (const Tiles::Tile& tile : tiles.tiles) {
        table.columns.push_back({tile.label, true});
        table.rows[0].push_back(tile.number);
      }
      return write(table);
    }
    out_ += "<div class=\"tiles\">";
    for (const Tiles::Tile& tile : tiles.tiles) out_ += fmt::format("<div><span>{}</span><b>{}</b></div>", escape_xml(tile.label), run(tile.number));
    out_ += "</div>\n";
  }

  void write(const MethodCard& card) {
    out_ += fmt::format("<div class=\"card\"><h3>{}</h3><dl>", escape_xml(card.name));
    const std::pair<const char*, const std::string*> rows[] = {
        {"question", &card.question}, {"formula", &card.formula}, {"parameters", &card.parameters}, {"limits", &card.limits}, {"source", &card.source}};
    for (const auto& [key, content] : rows) {
      if (!content->empty()) out_ += fmt::format("<dt>{}</dt><dd>{}</dd>", escape_xml(word(key)), escape_xml(*content));
    }
    out_ += "</dl></div>\n";
  }

  void appendix() {
    out_ += fmt::format("<section id=\"evidence\" class=\"evidence\">\n<h2>{}</h2>\n<p class=\"note\">{}</p>\n", escape_xml(word("appendix")), escape_xml(word("appendix_note")));
    for (const std::string& key : numbers_.keys()) {
      const Evidence& evidence = report_.evidence.at(key);
      out_ += fmt::format("<div id=\"ev-{}\"><h4>E{} {} <small>({})</small></h4>", key, numbers_.of(key), escape_xml(evidence.title), evidence.documents.size());
      if (!evidence.explanation.empty()) out_ += fmt::format("<p class=\"note\">{}</p>", escape_xml(evidence.explanation));
      out_ += "<ol>";
      const std::size_t shown = interactive_ ? kAppendixDocuments : kPrintedDocuments;
      for (std::size_t i = 0; i < std::min(shown, evidence.documents.size()); ++i) {
        const DocumentRef& document = report_.documents[static_cast<std::size_t>(evidence.documents[i])];
        const std::string title = escape_xml(document.title);
        out_ += fmt::format("<li>{} <small>{}{}{} · {}</small></li>", document.url.empty() ? title : fmt::format("<a href=\"{}\">{}</a>", escape_xml(document.url), title),
                            document.year > 0 ? std::to_string(document.year) : "", document.venue.empty() ? "" : " · ", escape_xml(document.venue), document.id);
      }
      out_ += "</ol>";
      if (evidence.documents.size() > shown) {
        out_ += fmt::format("<p class=\"note\">{}</p>", escape_xml(fmt::format(fmt::runtime(word("and_more")), evidence.documents.size() - shown, key)));
      }
      out_ += "</div>\n";
    }
    out_ += "</section>\n";
  }

  void data_and_script() {
    JsonWriter json;
    json.begin_object().key("documents").begin_array();
    for (const DocumentRef& document : report_.documents) {
      json.begin_array().value(document.id).value(document.title).value(document.year).value(document.venue).value(document.url).end_array();
    }
    json.end_array().key("evidence").begin_object();
    for (const auto& [key, evidence] : report_.evidence) {
      json.key(key).begin_object().field("t", evidence.title).field("x", evidence.explanation).key("d").begin_array();
      for (const std::int32_t document : evidence.documents) json.value(document);
      json.end_array().end_object();
    }
    json.end_object().key("words").begin_object();
    for (const auto& [key, text] : words_) json.field(key, text);
    json.end_object().end_object();
    // In the page a "<" of a title could end the element or open a comment; in JSON it stands in strings only, where it may be written so.
    std::string text = replace_all(std::move(json).text(), "<", "\\u003c");
    const bool packed = text.size() > kDeflateBytes;
    out_ += fmt::format("<dialog id=\"drawer\"></dialog>\n<script type=\"{}\" id=\"report-data\">{}</script>\n<script>{}</script>\n",
                        packed ? "application/gzip+base64" : "application/json", packed ? base64(deflated(text, Wrapping::gzip)) : text, kScript);
  }

  const Report& report_;
  const FrameWords& words_;
  bool styled_;
  bool interactive_;
  const std::vector<std::string>* figure_files_;
  EvidenceNumbers numbers_;
  std::size_t figure_count_ = 0;
  std::string out_;
};

}  // namespace

std::string render_html(const Report& report, const FrameWords& words, Medium medium) { return Renderer(report, words, medium, nullptr).page(); }

std::string render_plain_html(const Report& report, const FrameWords& words, const std::vector<std::string>& figure_files) {
  return Renderer(report, words, Medium::print, &figure_files).page();
}

std::vector<std::string> figure_svgs(const Report& report) {
  std::vector<std::string> svgs;
  for (const Section& section : report.sections) {
    for (const Block& block : section.blocks) {
      if (const auto* figure = std::get_if<Figure>(&block)) svgs.push_back(figure->svg);
    }
  }
  return svgs;
}

}  // namespace jianwei::products

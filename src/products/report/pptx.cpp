// The report as slides: an own small writer, because a deck is laid out by what stands on it: a figure fills its slide, a table is cut where it ends,
// numbers carry E-numbers that the last slides resolve.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "products/charts/svg.h"
#include "products/exporters/zip.h"
#include "products/report/evidence_numbers.h"
#include "products/report/pptx_parts.h"
#include "products/report/report.h"

namespace jianwei::products {
namespace {

constexpr long kMargin = 500'000, kTop = 1'080'000, kBottom = 6'480'000, kInner = kSlideWidth - 2 * kMargin;
constexpr double kPoint = 12'700;  // EMU
constexpr std::size_t kMaxColumns = 8;

struct Box {
  long x = 0, y = 0, width = 0, height = 0;
};

std::string frame(const Box& box, std::string_view element = "a:xfrm") { return fmt::format("<{0}><a:off x=\"{1}\" y=\"{2}\"/><a:ext cx=\"{3}\" cy=\"{4}\"/></{0}>", element, box.x, box.y, box.width, box.height); }

struct Style {
  int size = 1400;              // hundredths of a point
  std::string color = "1F2733";
  bool bold = false;
};

std::string run_xml(const std::string& text, const Style& style, bool raised = false) {
  return fmt::format("<a:r><a:rPr sz=\"{}\"{}{} dirty=\"0\"><a:solidFill><a:srgbClr val=\"{}\"/></a:solidFill></a:rPr><a:t>{}</a:t></a:r>", style.size, style.bold ? " b=\"1\"" : "", raised ? " baseline=\"30000\"" : "", style.color, escape_xml(text));
}

double aspect_of(const std::string& svg) {
  const auto number = [&](std::string_view key) {
    const std::size_t at = svg.find(key);
    return at == std::string::npos ? 0.0 : std::strtod(svg.c_str() + at + key.size(), nullptr);
  };
  const double width = number(" width=\""), height = number(" height=\"");
  return width > 0 && height > 0 ? width / height : 16.0 / 9.0;
}

class Deck {
 public:
  Deck(const Report& report, const FrameWords& words, const std::vector<std::string>& pngs) : report_(report), words_(words), pngs_(pngs), numbers_(report) {}

  std::string bytes() {
    cover();
    for (const Section& section : report_.sections) {
      for (const Block& block : section.blocks) {
        std::visit([&](const auto& content) { add(section, content); }, block);
      }
      flush_text(section);
      flush_methods(section);
    }
    appendix();
    std::vector<std::pair<std::string, std::string>> parts = frame_parts(slides_.size(), report_.title, report_.language);
    for (std::size_t i = 0; i < slides_.size(); ++i) {
      parts.emplace_back(fmt::format("ppt/slides/slide{}.xml", i + 1), slides_[i].xml);
      parts.emplace_back(fmt::format("ppt/slides/_rels/slide{}.xml.rels", i + 1), relations_xml(slides_[i].relations));
    }
    for (auto& part : media_) parts.push_back(std::move(part));
    return make_zip(parts);
  }

 private:
  struct Slide {
    std::string xml;
    std::vector<Relation> relations;
  };

  const std::string& word(const std::string& key) const {
    static const std::string kNone;
    const auto found = words_.find(key);
    return found == words_.end() ? kNone : found->second;
  }

  // Runs of a cell with its E-number; remembers that the appendix needs it.
  std::string runs(const ReportCell& cell, const Style& style) {
    std::string xml = run_xml(cell.text, style);
    if (!cell.evidence.empty()) {
      cited_.push_back(cell.evidence);
      xml += run_xml(fmt::format("E{}", numbers_.of(cell.evidence)), {style.size, "667085", false}, true);
    }
    return xml;
  }

  std::string text_shape(const Box& box, const std::string& paragraphs, std::string_view fill = "", std::string_view anchor = "t") {
    return fmt::format("<p:sp><p:nvSpPr><p:cNvPr id=\"{0}\" name=\"Text {0}\"/><p:cNvSpPr txBox=\"1\"/><p:nvPr/></p:nvSpPr><p:spPr>{1}<a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom>{2}</p:spPr>"
                       "<p:txBody><a:bodyPr wrap=\"square\" lIns=\"0\" tIns=\"0\" rIns=\"0\" bIns=\"0\" anchor=\"{3}\"><a:normAutofit/></a:bodyPr><a:lstStyle/>{4}</p:txBody></p:sp>",
                       next_id_++, frame(box), fill.empty() ? std::string("<a:noFill/>") : fmt::format("<a:solidFill><a:srgbClr val=\"{}\"/></a:solidFill>", fill), anchor, paragraphs);
  }

  std::string bar(const Box& box, std::string_view color) { return text_shape(box, "<a:p><a:endParaRPr sz=\"100\"/></a:p>", color); }

  void slide(const std::string& title, const std::string& shapes, std::vector<Relation> relations = {}) {
    relations.insert(relations.begin(), {"rId1", "slideLayout", "../slideLayouts/slideLayout1.xml"});
    std::string head;
    if (!title.empty()) {
      head = fmt::format("<p:sp><p:nvSpPr><p:cNvPr id=\"2\" name=\"Title\"/><p:cNvSpPr><a:spLocks noGrp=\"1\"/></p:cNvSpPr><p:nvPr><p:ph type=\"title\"/></p:nvPr></p:nvSpPr><p:spPr/><p:txBody><a:bodyPr/><a:lstStyle/><a:p><a:r><a:rPr dirty=\"0\"/><a:t>{}</a:t></a:r></a:p></p:txBody></p:sp>",
                         escape_xml(title)) +
             bar({kMargin, 940'000, 720'000, 38'100}, "0072B2") +
             text_shape({kMargin, 6'540'000, kInner, 200'000}, fmt::format("<a:p><a:pPr algn=\"r\"/>{}</a:p>", run_xml(fmt::format("{}{}{} · {}", report_.title, report_.series.empty() ? "" : " · ", report_.series, slides_.size() + 1), {900, "98A2B3", false})));
      if (!report_.warning.empty()) head += text_shape({kMargin, 6'540'000, kInner * 2 / 3, 200'000}, fmt::format("<a:p>{}</a:p>", run_xml(fit_text(report_.warning, 640, 9), {900, "B54708", true})));
    }
    slides_.push_back({fmt::format("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<p:sld xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" "
                                   "xmlns:p=\"http://schemas.openxmlformats.org/presentationml/2006/main\"><p:cSld><p:spTree><p:nvGrpSpPr><p:cNvPr id=\"1\" name=\"\"/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr/>{}{}</p:spTree></p:cSld>"
                                   "<p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:sld>",
                                   head, shapes),
                       std::move(relations)});
    next_id_ = 10;
  }

  void cover() {
    std::string facts;
    for (const auto& [name, value] : report_.facts) facts += fmt::format("<a:p>{}{}</a:p>", run_xml(name + "  ", {1100, "98A2B3", false}), run_xml(fit_text(value, 560, 11), {1100, "D0D5DD", false}));
    std::string head = fmt::format("<a:p>{}</a:p>", run_xml(report_.title, {3800, "FFFFFF", true}));
    std::string below = fmt::format("<a:p>{}</a:p>", run_xml(report_.subtitle, {1800, "D0D5DD", false}));
    if (!report_.series.empty()) below += fmt::format("<a:p>{}</a:p>", run_xml(report_.series, {1800, "56B4E9", true}));
    if (!report_.warning.empty()) below += fmt::format("<a:p>{}</a:p>", run_xml(report_.warning, {1300, "FDB022", true}));
    slide("", bar({0, 0, kSlideWidth, kSlideHeight}, "101828") + bar({kMargin + 200'000, 2'960'000, 1'100'000, 57'150}, "0072B2") +
                  text_shape({kMargin + 200'000, 1'300'000, kInner - 400'000, 1'500'000}, head, "", "b") + text_shape({kMargin + 200'000, 3'180'000, kInner - 400'000, 1'300'000}, below) +
                  text_shape({kMargin + 200'000, 4'700'000, kInner - 400'000, 1'600'000}, facts, "", "b"));
  }

  void add(const Section&, const Paragraph& paragraph) {
    std::string xml;
    for (const ReportCell& cell : paragraph.runs) xml += runs(cell, {1500, "1F2733", false});
    text_ += fmt::format("<a:p><a:pPr><a:spcAft><a:spcPts val=\"900\"/></a:spcAft></a:pPr>{}</a:p>", xml);
  }

  void add(const Section&, const Tiles& tiles) {
    const auto count = static_cast<long>(std::max<std::size_t>(1, tiles.tiles.size()));
    const long gap = 160'000, width = (kInner - gap * (count - 1)) / count;
    for (long i = 0; i < static_cast<long>(tiles.tiles.size()); ++i) {
      const Tiles::Tile& tile = tiles.tiles[static_cast<std::size_t>(i)];
      const long x = kMargin + i * (width + gap);
      tiles_ += bar({x, kTop + 120'000, width, 1'260'000}, "F6F8FA") + bar({x, kTop + 120'000, width, 38'100}, "0072B2");
      tiles_ += text_shape({x + 120'000, kTop + 220'000, width - 200'000, 1'120'000},
                           fmt::format("<a:p>{}</a:p><a:p>{}</a:p><a:p>{}</a:p>", run_xml(tile.label, {1200, "667085", false}), runs(tile.number, {2800, "1F2733", true}), run_xml(tile.number.note, {1100, "667085", false})));
    }
  }

  // Tiles and paragraphs share a slide until a figure or table comes.
  void flush_text(const Section& section) {
    if (text_.empty() && tiles_.empty()) return;
    const long top = tiles_.empty() ? kTop + 120'000 : kTop + 1'600'000;
    slide(section.title, tiles_ + (text_.empty() ? "" : text_shape({kMargin, top, kInner, kBottom - top}, text_)));
    text_.clear();
    tiles_.clear();
  }

  void add(const Section& section, const Figure& figure) {
    flush_text(section);
    const std::size_t index = figure_count_++;
    if (index >= pngs_.size()) return;
    const double aspect = aspect_of(figure.svg);
    const long room = kBottom - kTop - 420'000;
    const long height = std::min(room, static_cast<long>(static_cast<double>(kInner) / aspect));
    const long width = static_cast<long>(static_cast<double>(height) * aspect);
    const std::string png = fmt::format("figure{}.png", index + 1), svg = fmt::format("figure{}.svg", index + 1);
    media_.emplace_back("ppt/media/" + png, pngs_[index]);
    media_.emplace_back("ppt/media/" + svg, figure.svg);
    // PowerPoint draws the SVG, older programs the PNG.
    const std::string picture = fmt::format("<p:pic><p:nvPicPr><p:cNvPr id=\"{}\" name=\"Figure\" descr=\"{}\"/><p:cNvPicPr><a:picLocks noChangeAspect=\"1\"/></p:cNvPicPr><p:nvPr/></p:nvPicPr><p:blipFill><a:blip r:embed=\"rId2\"><a:extLst>"
                                            "<a:ext uri=\"{{96DAC541-7B7A-43D3-8B79-37D633B846F1}}\"><asvg:svgBlip xmlns:asvg=\"http://schemas.microsoft.com/office/drawing/2016/SVG/main\" r:embed=\"rId3\"/></a:ext></a:extLst></a:blip>"
                                            "<a:stretch><a:fillRect/></a:stretch></p:blipFill><p:spPr>{}<a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom></p:spPr></p:pic>",
                                            next_id_++, escape_xml(figure.caption), frame({kMargin + (kInner - width) / 2, kTop + (room - height) / 2, width, height}));
    const std::vector<std::string> keys = evidence_of(figure);
    cited_.insert(cited_.end(), keys.begin(), keys.end());
    const std::string behind = numbers_.list(keys);
    const std::string caption = figure.caption + (behind.empty() ? "" : " " + word("evidence") + " " + behind);
    slide(section.title, picture + text_shape({kMargin, kBottom - 380'000, kInner, 360'000}, fmt::format("<a:p>{}</a:p>", run_xml(fit_text(caption, 1700, 10), {1000, "667085", false}))), {{"rId2", "image", "../media/" + png}, {"rId3", "image", "../media/" + svg}});
  }

  // Columns that hold drawings only (sparklines) are left out; the rest get room by what stands in them.
  void add(const Section& section, const Table& table) {
    flush_text(section);
    std::vector<std::size_t> columns;
    for (std::size_t c = 0; c < table.columns.size() && columns.size() < kMaxColumns; ++c) {
      if (std::any_of(table.rows.begin(), table.rows.end(), [&](const auto& row) { return c < row.size() && (!row[c].text.empty() || (row[c].svg.empty() && !row[c].note.empty())); })) columns.push_back(c);
    }
    if (columns.empty()) return;
    std::vector<double> widths;
    double sum = 0;
    for (const std::size_t c : columns) {
      double width = text_width(table.columns[c].title, 11);
      for (const auto& row : table.rows) {
        if (c < row.size()) width = std::max({width, text_width(row[c].text, 12) + (row[c].evidence.empty() ? 0 : 22), std::min(200.0, text_width(row[c].note, 9))});
      }
      widths.push_back(std::clamp(width, 46.0, 330.0) + 14);
      sum += widths.back();
    }
    std::vector<long> emu;
    for (const double width : widths) emu.push_back(static_cast<long>(width / sum * static_cast<double>(kInner)));
    for (std::size_t first = 0; first < table.rows.size();) first = table_slide(section, table, columns, emu, first);
  }

  std::size_t table_slide(const Section& section, const Table& table, const std::vector<std::size_t>& columns, const std::vector<long>& widths, std::size_t first) {
    const double room = static_cast<double>(kBottom - kTop) / kPoint - 60;
    std::string grid, rows = "<a:tr h=\"330000\">";
    for (std::size_t i = 0; i < columns.size(); ++i) {
      grid += fmt::format("<a:gridCol w=\"{}\"/>", widths[i]);
      rows += cell_xml(fmt::format("<a:p>{}{}</a:p>", table.columns[columns[i]].numeric ? "<a:pPr algn=\"r\"/>" : "", run_xml(table.columns[columns[i]].title, {1050, "667085", true})), "98A2B3");
    }
    rows += "</a:tr>";
    double used = 26;
    std::size_t next = first;
    for (; next < table.rows.size(); ++next) {
      const auto& row = table.rows[next];
      double height = 20;
      std::string cells;
      for (std::size_t i = 0; i < columns.size(); ++i) {
        static const ReportCell kEmpty;
        const ReportCell& cell = columns[i] < row.size() ? row[columns[i]] : kEmpty;
        const double width = static_cast<double>(widths[i]) / kPoint - 12;
        const std::string_view align = table.columns[columns[i]].numeric ? "<a:pPr algn=\"r\"/>" : "";
        ReportCell shown = cell;
        shown.text = fit_text(cell.text, 2 * width, 12);
        std::string paragraphs = fmt::format("<a:p>{}{}</a:p>", align, runs(shown, {1200, "1F2733", false}));
        double tall = 6 + 14.5 * std::max(1.0, std::ceil(text_width(shown.text, 12) / width));
        if (!cell.note.empty()) {
          paragraphs += fmt::format("<a:p>{}{}</a:p>", align, run_xml(fit_text(cell.note, 2 * width, 9), {900, "667085", false}));
          tall += 11 * std::min(2.0, std::ceil(text_width(cell.note, 9) / width));
        }
        height = std::max(height, tall);
        cells += cell_xml(paragraphs, "E4E7EC");
      }
      if (next > first && used + height > room) break;
      used += height;
      rows += fmt::format("<a:tr h=\"{}\">{}</a:tr>", static_cast<long>(height * kPoint), cells);
    }
    const std::string shape = fmt::format("<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id=\"{}\" name=\"Table\"/><p:cNvGraphicFramePr><a:graphicFrameLocks noGrp=\"1\"/></p:cNvGraphicFramePr><p:nvPr/></p:nvGraphicFramePr>{}"
                                          "<a:graphic><a:graphicData uri=\"http://schemas.openxmlformats.org/drawingml/2006/table\"><a:tbl><a:tblPr firstRow=\"1\"/><a:tblGrid>{}</a:tblGrid>{}</a:tbl></a:graphicData></a:graphic></p:graphicFrame>",
                                          next_id_++, frame({kMargin, kTop + 60'000, kInner, static_cast<long>(used * kPoint)}, "p:xfrm"), grid, rows);
    std::string title = section.title + (table.title.empty() ? "" : " · " + table.title);
    if (first > 0) title += fmt::format(" ({})", 1 + pages_of_table_);
    pages_of_table_ = next < table.rows.size() ? pages_of_table_ + 1 : 0;
    slide(title, shape + (table.note.empty() ? "" : text_shape({kMargin, kBottom - 330'000, kInner, 320'000}, fmt::format("<a:p>{}</a:p>", run_xml(fit_text(table.note, 1750, 9.5), {950, "667085", false})), "", "b")));
    return next;
  }

  static std::string cell_xml(const std::string& paragraphs, std::string_view line) {
    constexpr std::string_view kNoLine = "<a:noFill/>";
    return fmt::format("<a:tc><a:txBody><a:bodyPr/><a:lstStyle/>{0}</a:txBody><a:tcPr marL=\"50800\" marR=\"50800\" marT=\"25400\" marB=\"25400\"><a:lnL>{1}</a:lnL><a:lnR>{1}</a:lnR><a:lnT>{1}</a:lnT>"
                       "<a:lnB w=\"9525\"><a:solidFill><a:srgbClr val=\"{2}\"/></a:solidFill></a:lnB><a:noFill/></a:tcPr></a:tc>",
                       paragraphs, kNoLine, line);
  }

  void add(const Section&, const MethodCard& card) {
    methods_.push_back(fmt::format("<a:p><a:pPr><a:spcAft><a:spcPts val=\"500\"/></a:spcAft></a:pPr>{}{}{}</a:p>", run_xml(card.name + "  ", {1200, "1F2733", true}), run_xml(card.question + "  ", {1100, "344054", false}), run_xml(fit_text(card.source, 700, 9), {900, "667085", false})));
  }

  void flush_methods(const Section& section) {
    constexpr std::size_t kPerSlide = 9;
    for (std::size_t i = 0; i < methods_.size(); i += kPerSlide) {
      std::string text;
      for (std::size_t k = i; k < std::min(methods_.size(), i + kPerSlide); ++k) text += methods_[k];
      slide(section.title, text_shape({kMargin, kTop + 120'000, kInner, kBottom - kTop - 120'000}, text));
    }
    methods_.clear();
  }

  // The documents behind the numbers on the slides.
  void appendix() {
    std::sort(cited_.begin(), cited_.end(), [&](const std::string& a, const std::string& b) { return numbers_.of(a) < numbers_.of(b); });
    cited_.erase(std::unique(cited_.begin(), cited_.end()), cited_.end());
    constexpr std::size_t kPerColumn = 16;
    const long width = (kInner - 300'000) / 2;
    const double points = static_cast<double>(width) / kPoint;
    for (std::size_t i = 0; i < cited_.size(); i += 2 * kPerColumn) {
      std::string shapes;
      for (std::size_t column = 0; column < 2; ++column) {
        std::string text;
        for (std::size_t k = i + column * kPerColumn; k < std::min(cited_.size(), i + (column + 1) * kPerColumn); ++k) {
          const Evidence& evidence = report_.evidence.at(cited_[k]);
          std::string documents;
          for (std::size_t d = 0; d < std::min<std::size_t>(2, evidence.documents.size()); ++d) {
            const DocumentRef& document = report_.documents[static_cast<std::size_t>(evidence.documents[d])];
            documents += fmt::format("{}{} ({}, {})", d > 0 ? "; " : "", fit_text(document.title, points * 0.62, 8), document.year, document.id);
          }
          text += fmt::format("<a:p>{}{}</a:p><a:p><a:pPr><a:spcAft><a:spcPts val=\"250\"/></a:spcAft></a:pPr>{}</a:p>", run_xml(fmt::format("E{} ", numbers_.of(cited_[k])), {900, "0072B2", true}),
                              run_xml(fmt::format("{} ({})", fit_text(evidence.title, points * 0.8, 9), evidence.documents.size()), {900, "1F2733", false}), run_xml(fit_text(documents, points * 0.97, 8), {800, "667085", false}));
        }
        if (!text.empty()) shapes += text_shape({kMargin + static_cast<long>(column) * (width + 300'000), kTop + 60'000, width, kBottom - kTop - 60'000}, text);
      }
      slide(word("appendix"), shapes);
    }
  }

  const Report& report_;
  const FrameWords& words_;
  const std::vector<std::string>& pngs_;
  EvidenceNumbers numbers_;
  std::vector<Slide> slides_;
  std::vector<std::pair<std::string, std::string>> media_;
  std::vector<std::string> cited_, methods_;
  std::string text_, tiles_;
  std::size_t figure_count_ = 0, pages_of_table_ = 0;
  int next_id_ = 10;
};

}  // namespace

std::string render_pptx(const Report& report, const FrameWords& words, const std::vector<std::string>& figure_pngs) { return Deck(report, words, figure_pngs).bytes(); }

}  // namespace jianwei::products

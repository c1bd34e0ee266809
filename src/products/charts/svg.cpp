#include "products/charts/svg.h"

#include "records/unicode.h"

namespace jianwei::products {
namespace {

std::string paint_attributes(const Paint& paint) {
  std::string attributes = fmt::format(" fill=\"{}\"", paint.fill);
  if (!paint.stroke.empty()) attributes += fmt::format(" stroke=\"{}\" stroke-width=\"{:.4g}\"", paint.stroke, paint.stroke_width);
  if (paint.opacity < 1.0) attributes += fmt::format(" opacity=\"{:.3g}\"", paint.opacity);
  if (!paint.dash.empty()) attributes += fmt::format(" stroke-dasharray=\"{}\"", paint.dash);
  return attributes;
}

std::string close_with(std::string_view element, std::string_view tooltip) {
  if (tooltip.empty()) return "/>";
  return fmt::format("><title>{}</title></{}>", escape_xml(tooltip), element);
}

}  // namespace

std::string escape_xml(std::string_view text) {
  std::string escaped;
  escaped.reserve(text.size());
  for (const char c : text) {
    switch (c) {
      case '&': escaped += "&amp;"; break;
      case '<': escaped += "&lt;"; break;
      case '>': escaped += "&gt;"; break;
      case '"': escaped += "&quot;"; break;
      default:
        if (static_cast<unsigned char>(c) >= 0x20 || c == '\n' || c == '\t') escaped += c;
    }
  }
  return escaped;
}

double text_width(std::string_view text, double font_size) {
  double width = 0;
  while (!text.empty()) {
    const CodePoint point = decode_utf8(text);
    width += point.value >= 0x2e80 ? 1.0 : point.value >= U'A' && point.value <= U'Z' ? 0.66 : 0.54;
    text.remove_prefix(static_cast<std::size_t>(point.length));
  }
  return width * font_size;
}

std::string fit_text(std::string_view text, double width, double font_size) {
  if (text_width(text, font_size) <= width) return std::string(text);
  std::string fitted;
  while (!text.empty()) {
    const auto length = static_cast<std::size_t>(decode_utf8(text).length);
    if (text_width(fitted, font_size) + 2 * font_size > width) break;
    fitted += text.substr(0, length);
    text.remove_prefix(length);
  }
  return fitted + "…";
}

Svg::Svg(double width, double height, std::string_view title) {
  out_ = fmt::format(
      "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {0:.6g} {1:.6g}\" width=\"{0:.6g}\" height=\"{1:.6g}\" role=\"img\" "
      "font-family=\"'Noto Sans CJK SC','Noto Sans SC',system-ui,'Segoe UI','PingFang SC','Microsoft YaHei',sans-serif\"><title>{2}</title>\n",
      width, height, escape_xml(title));
}

void Svg::line(double x1, double y1, double x2, double y2, const Paint& paint) {
  out_ += fmt::format("<line x1=\"{:.6g}\" y1=\"{:.6g}\" x2=\"{:.6g}\" y2=\"{:.6g}\"{}/>\n", x1, y1, x2, y2, paint_attributes(paint));
}

void Svg::rect(double x, double y, double width, double height, const Paint& paint, std::string_view tooltip) {
  out_ += fmt::format("<rect x=\"{:.6g}\" y=\"{:.6g}\" width=\"{:.6g}\" height=\"{:.6g}\"{}{}\n", x, y, width, height, paint_attributes(paint),
                      close_with("rect", tooltip));
}

void Svg::circle(double x, double y, double radius, const Paint& paint, std::string_view tooltip) {
  out_ += fmt::format("<circle cx=\"{:.6g}\" cy=\"{:.6g}\" r=\"{:.4g}\"{}{}\n", x, y, radius, paint_attributes(paint), close_with("circle", tooltip));
}

void Svg::path(std::string_view d, const Paint& paint, std::string_view tooltip) {
  out_ += fmt::format("<path d=\"{}\"{}{}\n", d, paint_attributes(paint), close_with("path", tooltip));
}

void Svg::text(double x, double y, std::string_view content, double font_size, Anchor anchor, std::string_view color, bool bold) {
  constexpr std::array<std::string_view, 3> kAnchors = {"start", "middle", "end"};
  out_ += fmt::format("<text x=\"{:.6g}\" y=\"{:.6g}\" font-size=\"{:.4g}\" text-anchor=\"{}\" fill=\"{}\"{}>{}</text>\n", x, y, font_size,
                      kAnchors[static_cast<std::size_t>(anchor)], color, bold ? " font-weight=\"600\"" : "", escape_xml(content));
}

void Svg::open_link(std::string_view href) {
  if (!href.empty()) out_ += fmt::format("<a href=\"{}\">", escape_xml(href));
}

void Svg::close_link(std::string_view href) {
  if (!href.empty()) out_ += "</a>\n";
}

std::string Svg::finish() && { return std::move(out_) + "</svg>"; }

}  // namespace jianwei::products

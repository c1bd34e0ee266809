// A small SVG writer and the look all charts share.
#pragma once

#include <fmt/format.h>

#include <array>
#include <string>
#include <string_view>

namespace jianwei::products {

// Okabe and Ito (2008), "Color universal design": told apart with every common colour vision deficiency.
inline constexpr std::array<std::string_view, 8> kPalette = {"#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#6a5acd", "#7f7f7f"};
inline constexpr std::string_view kInk = "#1f2733";
inline constexpr std::string_view kMuted = "#667085";
inline constexpr std::string_view kGrid = "#e4e7ec";

std::string escape_xml(std::string_view text);

// The width of a text in pixels, estimated: CJK characters are square, others about half of that.
double text_width(std::string_view text, double font_size);
// `text` cut with "…" so that it fits.
std::string fit_text(std::string_view text, double width, double font_size);

// Attributes common to a shape; "" leaves one out.
struct Paint {
  std::string_view fill = "none";
  std::string_view stroke = "";
  double stroke_width = 1.0;
  double opacity = 1.0;
  std::string_view dash = "";
};

enum class Anchor { start, middle, end };

class Svg {
 public:
  Svg(double width, double height, std::string_view title);

  void line(double x1, double y1, double x2, double y2, const Paint& paint);
  void rect(double x, double y, double width, double height, const Paint& paint, std::string_view tooltip = "");
  void circle(double x, double y, double radius, const Paint& paint, std::string_view tooltip = "");
  void path(std::string_view d, const Paint& paint, std::string_view tooltip = "");
  void text(double x, double y, std::string_view content, double font_size, Anchor anchor = Anchor::start, std::string_view color = kInk,
            bool bold = false);
  // Everything until close_link() opens `href` when clicked; "" opens no link.
  void open_link(std::string_view href);
  void close_link(std::string_view href);

  std::string finish() &&;

 private:
  std::string out_;
};

}  // namespace jianwei::products

// The parts of a PPTX file that do not depend on its slides: theme, master, layout, relations. ECMA-376 (Office Open XML), PresentationML.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace jianwei::products {

inline constexpr long kSlideWidth = 12'192'000, kSlideHeight = 6'858'000;  // EMU, 914,400 an inch

struct Relation {
  std::string id, kind, target;  // kind: the last part of the relationship's type, "slide"
};
std::string relations_xml(const std::vector<Relation>& relations);

// Everything but the slides: [Content_Types].xml, presentation.xml, theme, master, layout, properties.
std::vector<std::pair<std::string, std::string>> frame_parts(std::size_t slide_count, std::string_view title, std::string_view language);

}  // namespace jianwei::products

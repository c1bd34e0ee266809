// Small vocabulary on a parsed record (pugixml). Names are compared without their namespace prefix. Included by the .cpp files of this
// folder only.
#pragma once

#include <pugixml.hpp>

#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"

namespace jianwei::sources::xml {

using Node = pugi::xml_node;

std::string_view local_name(const Node& node);

// The first element at a path of child names: child(article, "Journal/JournalIssue/Volume"); empty when a step is missing.
Node child(const Node& node, std::string_view path);
// All elements at a path, in document order.
std::vector<Node> children(const Node& node, std::string_view path);
// All elements of a name below a node at any depth.
std::vector<Node> descendants(const Node& node, std::string_view name);

std::string attribute(const Node& node, std::string_view name);  // by local name; "" when it is not there

// The text of an element and of everything in it, as canonical records hold it: markup dropped, block elements separated by a blank.
std::string text_of(const Node& node);
std::string text_at(const Node& node, std::string_view path);
// The same, with one line per block element (p, sec, title, ...), for full texts.
std::string paragraphs_of(const Node& node);

// The text of the elements at a path, empty ones left out.
std::vector<std::string> texts_at(const Node& node, std::string_view path);

Date date_at(const Node& node, std::string_view path);             // Date{} when it is no date
Date date_of_parts(const Node& node);                               // <year>, <month>, <day> children in any capitals
Date valid_date(std::string_view text);

}  // namespace jianwei::sources::xml

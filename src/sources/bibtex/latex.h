// LaTeX as bibliographies use it, to Unicode text.
#pragma once

#include <string>
#include <string_view>

namespace jianwei::sources {

// Accents (\"o, \'{e}, \c{c}, \v s, {\aa}), letters (\ss, \o, \ae, \l, \i), Greek and common symbols inside and outside $math$, dashes
// ("--", "---"), quotes (``x''), ties (~) and escapes (\&, \%, \_) become characters; \textit{x}, \emph{x}, {\em x}, $_2$ keep what they
// enclose; braces and unknown commands go. White space is kept; letters and accents are not yet composed (clean_text does both).
// Linear in the text; nesting deeper than 64 groups is read as text.
std::string latex_to_text(std::string_view latex);

// Whether the text is the same in LaTeX and outside it.
bool is_plain_latex(std::string_view text);

// Only the escapes of URLs and identifiers: "\_" -> "_", "{\_}" -> "_", "\%" -> "%", "\textasciitilde" -> "~".
std::string latex_to_identifier(std::string_view latex);

}  // namespace jianwei::sources

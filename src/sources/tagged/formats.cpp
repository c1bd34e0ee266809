#include "sources/tagged/formats.h"

#include <array>

namespace jianwei::sources {

std::span<const Format> tagged_formats() {
  static constexpr std::array<Format, 15> kFormats = {{
      {"wos", "Web of Science plain text (.txt, .ciw)", recognise_wos, read_wos},
      {"ris", "RIS", recognise_ris, read_ris},
      {"medline", "PubMed MEDLINE (.nbib)", recognise_medline, read_medline},
      {"endnote", "EndNote %-tagged (.enw)", recognise_endnote, read_endnote},
      {"refworks", "RefWorks tagged", recognise_refworks, read_refworks},
      {"noteexpress", "NoteExpress and CNKI (.net)", recognise_noteexpress, read_noteexpress},
      {"cnki_text", "CNKI and VIP text with Chinese labels", recognise_cnki_text, read_cnki_text},
      {"gbt7714", "References by GB/T 7714", recognise_gbt7714, read_gbt7714},
      {"bibtex", "BibTeX and BibLaTeX", recognise_bibtex, read_bibtex},
      {"copac", "Copac tagged", recognise_copac, read_copac},
      {"inspec", "Inspec tagged", recognise_inspec, read_inspec},
      {"ovid", "Ovid citation", recognise_ovid, read_ovid},
      {"biblioscape", "Biblioscape tagged", recognise_biblioscape, read_biblioscape},
      {"nep", "RePEc New Economics Papers", recognise_nep, read_nep},
      {"cff", "Citation File Format", recognise_cff, read_cff},
  }};
  return kFormats;
}

}  // namespace jianwei::sources

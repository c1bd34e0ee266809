// The table of XML formats. A format is recognised by its root or record elements among the first start tags of the sample, not by the
// file's name, since exports are renamed freely.
#include <array>
#include <string_view>

#include "base/strings.h"
#include "sources/reader.h"
#include "sources/xml/readers.h"

namespace jianwei::sources {
namespace {

// Whether a start tag of this local name is in the text, with or without a prefix.
bool has_element(std::string_view text, std::string_view name) {
  for (std::size_t at = text.find(name); at != std::string_view::npos; at = text.find(name, at + 1)) {
    const std::size_t end = at + name.size();
    if (end >= text.size() || !(is_space(text[end]) || text[end] == '>' || text[end] == '/')) continue;
    if (at > 0 && text[at - 1] == '<') return true;
    if (at > 1 && text[at - 1] == ':') {
      const std::size_t open = text.find_last_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-.", at - 2);
      if (open != std::string_view::npos && text[open] == '<') return true;
    }
  }
  return false;
}

bool looks_like_xml(const Sample& sample) {
  std::string_view text = sample.text;
  while (!text.empty() && is_space(text[0])) text.remove_prefix(1);
  return text.size() > 1 && text[0] == '<';
}

double xml_score(const Sample& sample, std::string_view element, double score) { return looks_like_xml(sample) && has_element(sample.text, element) ? score : 0.0; }

bool is_oai(const Sample& sample) { return has_element(sample.text, "OAI-PMH"); }

double recognise_pubmed(const Sample& s) { return std::max(xml_score(s, "PubmedArticle", 0.98), std::max(xml_score(s, "PubmedArticleSet", 0.97), xml_score(s, "PubmedBookArticle", 0.98))); }
double recognise_endnote(const Sample& s) {
  if (xml_score(s, "record", 1) == 0 || !has_element(s.text, "records")) return 0;
  return has_element(s.text, "ref-type") || has_element(s.text, "contributors") || (has_element(s.text, "xml") && has_element(s.text, "titles")) ? 0.95 : 0;
}
double recognise_nsf(const Sample& s) {
  if (xml_score(s, "Award", 1) > 0 && (has_element(s.text, "AwardTitle") || has_element(s.text, "AwardID"))) return 0.97;
  return xml_score(s, "award", 1) > 0 && has_element(s.text, "response") && (has_element(s.text, "awardeeName") || has_element(s.text, "abstractText") || has_element(s.text, "agency")) ? 0.9 : 0;
}
double recognise_kaken(const Sample& s) { return xml_score(s, "grantAward", 0.97); }
double recognise_acl(const Sample& s) { return xml_score(s, "collection", 1) > 0 && has_element(s.text, "volume") ? 0.95 : 0; }
double recognise_mods(const Sample& s) { return std::max(xml_score(s, "mods", 0.96), xml_score(s, "modsCollection", 0.95)); }
double recognise_marc(const Sample& s) { return xml_score(s, "datafield", 1) > 0 && has_element(s.text, "record") && has_element(s.text, "subfield") ? 0.95 : 0; }
double recognise_unixref(const Sample& s) { return xml_score(s, "doi_record", 0.96); }
double recognise_jats(const Sample& s) {
  return xml_score(s, "article", 1) > 0 && (has_element(s.text, "article-meta") || has_element(s.text, "journal-meta") || has_element(s.text, "front")) ? 0.93 : 0;
}
double recognise_arxiv_atom(const Sample& s) { return xml_score(s, "feed", 1) > 0 && (s.text.find("arxiv.org/schemas/atom") != std::string_view::npos || s.text.find("//arxiv.org/abs/") != std::string_view::npos || s.text.find("arxiv.org/api/") != std::string_view::npos) ? 0.95 : 0; }
double recognise_oai(const Sample& s) { return looks_like_xml(s) && is_oai(s) ? 0.85 : 0; }
double recognise_europepmc(const Sample& s) { return xml_score(s, "responseWrapper", 1) > 0 && has_element(s.text, "resultList") ? 0.96 : 0; }
double recognise_datacite(const Sample& s) { return xml_score(s, "resource", 1) > 0 && s.text.find("datacite.org/schema/kernel") != std::string_view::npos ? 0.94 : 0; }
double recognise_rss(const Sample& s) { return std::max(xml_score(s, "rss", 0.93), xml_score(s, "RDF", 1) > 0 && s.text.find("purl.org/rss/1.0") != std::string_view::npos ? 0.9 : 0.0); }
double recognise_atom(const Sample& s) { return xml_score(s, "feed", 1) > 0 && s.text.find("www.w3.org/2005/Atom") != std::string_view::npos ? 0.9 : xml_score(s, "feed", 1) > 0 && has_element(s.text, "entry") ? 0.6 : 0; }
double recognise_uspto_xml(const Sample& s) { return std::max(xml_score(s, "us-patent-grant", 0.98), xml_score(s, "us-patent-application", 0.98)); }
double recognise_uspto_pap(const Sample& s) { return xml_score(s, "patent-application-publication", 0.98); }
double recognise_uspto_sgml(const Sample& s) { return xml_score(s, "PATDOC", 0.98); }
double recognise_greenbook(const Sample& s) {
  const std::size_t at = s.text.starts_with("PATN") ? 0 : s.text.find("\nPATN");
  return at != std::string_view::npos && s.text.find("\nWKU ", at) != std::string_view::npos ? 0.97 : 0;
}
double recognise_brs(const Sample& s) { return s.text.find("*** BRS DOCUMENT BOUNDARY") != std::string_view::npos ? 0.97 : 0; }
double recognise_cpc_scheme(const Sample& s) { return xml_score(s, "class-scheme", 0.97); }
double recognise_cpc_master(const Sample& s) { return xml_score(s, "CPCMasterClassificationFile", 0.97); }
double recognise_citavi(const Sample& s) { return s.name.find(".ctv") != std::string_view::npos && s.name.ends_with("bak") ? 0.9 : xml_score(s, "CitaviExchangeData", 0.9); }

constexpr std::array<Format, 23> kFormats = {{
    {"pubmed_xml", "PubMed XML", recognise_pubmed, xml::read_pubmed},
    {"endnote_xml", "EndNote XML", recognise_endnote, xml::read_endnote},
    {"nsf_award_xml", "NSF awards (XML)", recognise_nsf, xml::read_nsf},
    {"kaken_xml", "KAKEN grants (XML)", recognise_kaken, xml::read_kaken},
    {"acl_anthology_xml", "ACL Anthology XML", recognise_acl, xml::read_acl_anthology},
    {"mods", "MODS", recognise_mods, xml::read_mods},
    {"marcxml", "MARCXML", recognise_marc, xml::read_marcxml},
    {"crossref_unixref", "Crossref UNIXREF", recognise_unixref, xml::read_crossref_unixref},
    {"jats", "JATS article XML", recognise_jats, xml::read_jats},
    {"arxiv_atom", "arXiv API (Atom)", recognise_arxiv_atom, xml::read_arxiv_atom},
    {"oai_pmh", "OAI-PMH (arXiv, Dublin Core)", recognise_oai, xml::read_arxiv_oai},
    {"europepmc_xml", "Europe PMC XML", recognise_europepmc, xml::read_europepmc},
    {"datacite_xml", "DataCite XML", recognise_datacite, xml::read_datacite},
    {"rss", "RSS feed", recognise_rss, xml::read_rss},
    {"atom", "Atom feed", recognise_atom, xml::read_atom},
    {"uspto_xml", "USPTO full text (XML, since 2004)", recognise_uspto_xml, xml::read_uspto_xml},
    {"uspto_pap", "USPTO applications (XML, 2001-2004)", recognise_uspto_pap, xml::read_uspto_pap},
    {"uspto_sgml", "USPTO grants (SGML, 2001-2004)", recognise_uspto_sgml, xml::read_uspto_sgml},
    {"uspto_greenbook", "USPTO grants (Green Book, 1976-2001)", recognise_greenbook, xml::read_uspto_greenbook},
    {"uspto_brs", "USPTO search extract (BRS)", recognise_brs, xml::read_uspto_brs},
    {"cpc_scheme", "CPC scheme", recognise_cpc_scheme, xml::read_cpc_scheme},
    {"cpc_master", "CPC master classification file", recognise_cpc_master, xml::read_cpc_master},
    {"citavi", "Citavi backup (not supported)", recognise_citavi, xml::read_citavi},
}};

}  // namespace

std::span<const Format> xml_formats() { return kFormats; }

}  // namespace jianwei::sources

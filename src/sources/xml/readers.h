// The XML formats, one reader each; the table of their names is in formats.cpp. docs/formats/ says which element goes where.
#pragma once

#include "sources/reader.h"

namespace jianwei::sources::xml {

using Read = Result<>(ByteStream& stream, const ReadOptions& options, RecordSink& sink, Progress& progress);

Read read_pubmed;
Read read_endnote;
Read read_nsf;
Read read_kaken;
Read read_acl_anthology;
Read read_mods;
Read read_marcxml;
Read read_crossref_unixref;
Read read_jats;
Read read_arxiv_atom;
Read read_arxiv_oai;
Read read_europepmc;
Read read_datacite;
Read read_rss;
Read read_atom;
Read read_uspto_xml;        // grants and applications since 2004
Read read_uspto_pap;        // applications 2001-2004
Read read_uspto_sgml;       // grants 2001-2004
Read read_uspto_greenbook;  // grants 1976-2001, text (APS)
Read read_uspto_brs;        // search extracts, text
Read read_cpc_scheme;
Read read_cpc_master;
Read read_citavi;

}  // namespace jianwei::sources::xml

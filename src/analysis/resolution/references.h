// Cited works: every reference of a set of records as a node of its own, however it was spelt, and the record of the set it stands for.
//
// Two references are one node, and a reference is a record, when they share in this order: a DOI; another identifier; the whole text, folded; the key of a title
// of at least four significant words with years at most one apart; first author, year, volume and first page; or, without volume or
// page, first author, year and the folded name of the source. No node holds two different DOIs, two records, or years further apart.
// Source: the reference keys are those of the Web of Science CR field; Thor et al. (2016), doi:10.1016/j.joi.2016.02.005 (CRExplorer)
// Page: docs/methods/reference_matching.md
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "analysis/resolution/resolve.h"

namespace jianwei::analysis {

// What a reference says; empty and 0 where it says nothing. Views of folded text are owned here.
struct ReferenceParts {
  std::string doi;
  std::string author;   // family name of the first author, folded
  std::string title;    // folded
  std::string source;   // journal or book, folded
  std::int16_t year = 0;
  std::int32_t volume = 0;
  std::int32_t first_page = 0;
};

// Reads a reference: its fields where the source gave them, and what its text holds in the forms of Web of Science
// ("Smith J, 1999, J APPL PHYS, V85, P1234, DOI 10.1063/1.1"), Scopus ("Smith, J., Lee, K., Title (1999) Journal, 85 (3), pp. 1-9")
// and free text (DOI and year only).
ReferenceParts read_reference(const Reference& reference);

struct CitedWork {
  std::string label;               // the matched record's title, else the most frequent spelling
  std::int16_t year = 0;
  std::int64_t record = -1;        // index of the record it is, -1 when it lies outside the set
  std::int64_t citation_count = 0; // citing records
  std::string rule;                // how it was matched to the record: doi, identifier, title, place; "" outside
};

struct CitationMatch {
  std::vector<std::int64_t> offsets = {0};  // [records + 1] into cited
  std::vector<std::int32_t> cited;          // nodes, increasing and without repeats inside a record
  std::vector<CitedWork> works;             // [nodes] by decreasing citation_count, then label
  std::int64_t reference_count = 0;         // as read, repeats included
};

// `records` are merged records (their keys settle ties); references[i] is the list of record i. A record does not cite itself.
// Errors: invalid_input when the two lengths differ; cancelled. Time O(n log n), memory O(references).
Result<CitationMatch> match_references(std::span<const ResolutionRecord> records, std::span<const std::span<const Reference>> references, Progress& progress);

}  // namespace jianwei::analysis

// Writes what a workspace holds for other programs: spreadsheets, reference managers, map and graph tools, data frames.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/progress.h"
#include "products/exporters/sheet.h"
#include "workflow/links/networks.h"
#include "workflow/run/results.h"
#include "workflow/workspace.h"

namespace jianwei::workflow {

// records, links, topics, topics-documents, topics-periods, topics-links, topics-events, terms, emerging, weak-signals, bursts, indicators-terms,
// indicators-topics, countries, organisations, lag-terms, lag-topics, and the networks of network_names()
const std::vector<std::string>& exportable();
bool needs_run(std::string_view what);  // else the snapshot is enough

// The ending of the path decides the format: .csv .xlsx .parquet .jsonl for all but networks; records also .ris .bib;
// networks .gexf .graphml .net (Pajek) .json (VOSviewer) .txt (VOSviewer map, and its network beside it as <name>.network.txt) or .csv (edges).
// `result` is needed for what comes from a run. A plain request for the term-network gives the map of the run; every other network is built now. Files are written whole or not at all.
// Errors: invalid_input  unknown `what`, or an ending that it cannot be written as: lists those that can
Result<> export_file(Workspace& workspace, const StudyResult* result, std::string_view what, const NetworkRequest& request, const std::filesystem::path& path, Progress& progress);

// A table by the ending of the path: .csv, .xlsx, .parquet or .jsonl. Errors: invalid_input  another ending: lists those
Result<> write_sheet(const products::Sheet& sheet, const std::filesystem::path& path);

}  // namespace jianwei::workflow

// The results of a run as sheets.
#pragma once

#include <string_view>

#include "products/exporters/network.h"
#include "products/exporters/sheet.h"
#include "workflow/run/term_evidence.h"

namespace jianwei::workflow {

products::Sheet topic_sheet(const StudyResult& result);
products::Sheet topic_document_sheet(const StudyResult& result);   // record, topic, weight
products::Sheet term_sheet(const StudyResult& result, const TermEvidences& evidence);
products::Sheet emerging_sheet(const StudyResult& result);         // every candidate, by rank
products::Sheet weak_signal_sheet(const StudyResult& result);
products::Sheet map_sheet(const StudyResult& result);              // a row a topic, then a row a document: where each lies
products::Sheet burst_sheet(const StudyResult& result);
products::Network to_network(const StudyResult& result, const NetworkResult& network);

}  // namespace jianwei::workflow

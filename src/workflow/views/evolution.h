// Topics over the periods of the corpus, for an alluvial picture: every topic of every period is a node, also one that nothing leads to or from.
#pragma once

#include <string>
#include <string_view>

#include "base/catalogue.h"
#include "workflow/views/result_index.h"

namespace jianwei::workflow {

// {"periods":[{first,last,documents}],"nodes":[{period, id, label, documents, line, isolated, event}],"flows":[{period, from, to, similarity, documents}],"events":[...]}.
// Nodes are named by topic id and period; the width of a flow is the similarity of the words times the smaller of the two topics. Errors: as trace_topics()
Result<std::string> evolution_json(const ResultIndex& index, Language language, std::string_view base);

}  // namespace jianwei::workflow

// Titles, abstracts and the ORCIDs of the persons of some records of the newest snapshot.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "workflow/workspace.h"

namespace jianwei::workflow {

struct RecordText {
  std::string title, abstract, venue;
  std::vector<std::pair<std::string, std::string>> orcids;  // name as written, ORCID
};
// By id; ids that are no merged record are left out. Errors: not_found  no snapshot; corrupt
Result<std::map<std::string, RecordText>> read_record_texts(const Workspace& workspace, const std::vector<std::string>& ids);

// The sentence of the text that says most about the words: largest sum of their weights, the earlier of equals; "" for an empty text.
std::string telling_sentence(std::string_view text, const std::vector<std::pair<std::string, double>>& words);

}  // namespace jianwei::workflow

// What running text says about itself: paragraphs behind hard line breaks, title, date, issuer, document number. Chinese policy texts
// (laws, notices, opinions) and articles extracted from PDF are the main case; English text falls out of the same rules.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "records/record.h"

namespace jianwei::sources::documents {

// Paragraphs of a text. Lines broken at a fixed width (extracted PDF) are joined: without a blank between Chinese characters. A text whose
// every line is followed by an empty one is read as if these were not there. Repeated headings are kept once.
std::vector<std::string> paragraphs_of_lines(std::string_view text);

struct ProseFacts {
  bool is_policy = false;     // reads as a law, a regulation or an official notice
  std::string title;
  std::string abstract;       // after 摘要 or Abstract
  std::string abstract_translated;
  std::vector<std::string> keywords;
  std::string number;         // 国发〔2016〕43号
  std::string issuer;         // 国务院
  Date date;                  // labelled, adopted or signed; else the year of the number; else of a named source
};

// `title_known`: a title found elsewhere (front matter, <title>), "" when none; it is used as it is.
ProseFacts read_prose(const std::vector<std::string>& paragraphs, std::string_view title_known = "");

// Fills kind, title, abstract, full text and the rest of a record from paragraphs; fields that are set already are kept.
void fill_from_prose(Record& record, const std::vector<std::string>& paragraphs);

}  // namespace jianwei::sources::documents

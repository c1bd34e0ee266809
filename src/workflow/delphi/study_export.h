// A study's answers to carry away, anonymous: long (a row an answer) with its codebook, and as a table for statistics programs (a row a card).
//
// Respondents are numbered anew in every export. A respondent's attributes are given only where at least the small cell of respondents share their combination; the others
// read "(other)" in every column. Words of one's own are left out.
#pragma once

#include <string>
#include <string_view>

#include "base/catalogue.h"
#include "base/progress.h"
#include "products/exporters/labelled.h"
#include "workflow/delphi/desk.h"

namespace jianwei::workflow {

struct AnonymousExport {
  products::Sheet answers;       // respondent, round, item, question, value
  products::Sheet codebook;      // question, type, code, label zh, label en
  products::LabelledSheet table; // respondent, round, item, attributes, then of each question its value or values and <question>_abstained
};
// `language`: of the table's labels; where a label has none, the other one.
Result<AnonymousExport> export_answers(Delphi& delphi, const DelphiStudy& study, Language language, Progress& progress);

struct ExportFile {
  std::string name, content_type, bytes;
};
// format: csv, jsonl (part: answers or codebook), xlsx (both), dta (Stata 14 and later), r (zip of answers.csv, read.R, codebook.csv). An event of the study.
// Errors: invalid_input  another format or part
Result<ExportFile> export_study(Delphi& delphi, const DelphiStudy& study, std::string_view format, std::string_view part, Language language, std::string_view actor, Progress& progress);

}  // namespace jianwei::workflow

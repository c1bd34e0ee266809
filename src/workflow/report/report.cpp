#include "workflow/report/report.h"

#include <algorithm>

#include "base/strings.h"
#include "workflow/report/sections.h"

namespace jianwei::workflow {

products::FrameWords frame_words(Language language) {
  products::FrameWords words;
  for (const char* key : {"contents", "appendix", "appendix_note", "and_more", "question", "formula", "parameters", "limits", "source", "documents", "close", "filter", "more"}) {
    words[key] = message(language, std::string("frame.") + key);
  }
  return words;
}

products::Report build_report(const StudyResult& result, const DataQuality& quality, const ReportOptions& options) {
  products::Report report;
  report.language = std::string(to_string(options.language));
  const auto say = [&](std::string_view key, const auto&... args) { return message(options.language, key, args...); };
  report.title = result.study.title.empty() ? say("report.title") : result.study.title;
  report.subtitle = result.study.question.empty() ? say("report.subtitle") : result.study.question;
  if (result.synthetic) report.warning = say("report.synthetic");

  std::string filters;
  for (const RecordKind kind : result.study.kinds) filters += (filters.empty() ? "" : ", ") + say(fmt::format("kind.{}", to_string(kind)));
  const auto add_list = [&](const std::vector<std::string>& values) {
    constexpr std::size_t kShown = 8;
    if (values.empty()) return;
    filters += (filters.empty() ? "" : "; ") + join(std::span(values).first(std::min(kShown, values.size())), ", ") + (values.size() > kShown ? fmt::format(", … ({})", values.size()) : "");
  };
  add_list(result.study.sources);
  add_list(result.study.languages);
  if (result.study.from != 0) filters += fmt::format(" ≥ {}", result.study.from);
  if (result.study.until != 0) filters += fmt::format(" ≤ {}", result.study.until);
  if (!result.study.query.empty()) filters += fmt::format(" \"{}\"", result.study.query);
  report.facts = {{say("report.data_version"), result.snapshot_id},
                  {say("report.run"), result.run_id},
                  {say("report.filters"), filters.empty() ? say("report.no_filters") : filters},
                  {say("report.seed"), std::to_string(result.study.seed)},
                  {say("report.software"), "Jianwei 见微 " + result.software_version},
                  {say("report.created"), result.created}};

  EvidenceBook book(result, report);
  SectionWriter writer{result, quality, options, book};
  report.sections = {summary_section(writer), data_section(writer),  topic_section(writer), indicator_section(writer), lag_section(writer), emergence_section(writer), warning_section(writer), weak_signal_section(writer),
                     burst_section(writer),   map_section(writer),   actor_section(writer), method_section(writer)};
  return report;
}

}  // namespace jianwei::workflow
